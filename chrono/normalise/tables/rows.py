"""What each row under a header is: an entry, the continuation of one, a heading, a total, a note, a statement of absence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from chrono.model import SetAside, Value
from chrono.normalise.tables.columns import Columns
from chrono.normalise.tables.contents import is_date, is_day_number, period_of, says_undated
from chrono.normalise.tables.header import is_instruction
from chrono.normalise.tables.lines import Line
from chrono.normalise.tables.words import (
    absence,
    heads_glossary,
    heads_meanings,
    is_abbreviation,
    is_author_note,
    is_form_label,
    is_note,
    is_total,
    pairs_in,
    says_blank_is_above,
)

_LONGEST_HEADING = 90
_OWN = (
    "time",
    "end-date",
    "sequence",
    "subject",
    "category",
    "worker",
    "people",
    "source",
    "agency",
    "reference",
    "location",
    "team",
)
"""Columns that a new event fills and the rest of a long text does not."""

SpeaksOfEvent = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row that is an entry. `date` is its date cell; where that is blank, `above` says if an earlier row's date holds.

    `heading` is what stands over its part of the table; `period` the cell of a heading that dates what follows.
    `continued` are the rows whose text belongs to this one, each with the place of the column it continues.
    """

    line: Line
    date: Value
    heading: str = ""
    period: Value = None
    starts_part: bool = False
    continued: tuple[tuple[Line, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A row in which an agency says that it had no contact or holds nothing. `heading` only where it stands directly
    below one: further down, the heading has rows of its own, and the statement is about somebody else."""

    line: Line
    text: str
    heading: str = ""


@dataclass
class Sorted:
    """The rows of one table, sorted."""

    entries: list[EntryRow] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Part:
    """Where in the table we are."""

    heading: str = ""
    period: Value = None
    fresh: bool = True
    """No entry since the last heading."""
    glossary: bool = False
    below_header: bool = True


class RowSorter:
    """Sorts the lines of one table, in order."""

    def __init__(
        self,
        lines: Sequence[Line],
        columns: Columns,
        *,
        heading: str = "",
        speaks_of_event: SpeaksOfEvent,
        table_follows: bool = False,
    ) -> None:
        self._lines = lines
        self._speaks_of_event = speaks_of_event
        self._role = {reading.place: reading.role for reading in columns.readings}
        self._date, self._text = columns.place("date"), columns.place("text")
        self._source = columns.place("source")
        self._width = max(len(columns.readings), 1)
        dated = (at for at, line in enumerate(lines) if self._is_dated(line))
        self._last_dated = len(lines) if table_follows else max(dated, default=-1)
        self._blank_is_above = any(line.lone and says_blank_is_above(line.first) for line in lines)
        self._part = _Part(heading=heading, period=period_of(heading))
        self.sorted = Sorted()

    def sort(self, repeats: frozenset[int] = frozenset()) -> Sorted:
        """Everything sorted; `repeats` are the lines known to repeat the header."""
        for at, line in enumerate(self._lines):
            self._place(at, line, "header" if at in repeats else "")
        return self.sorted

    def _place(self, at: int, line: Line, known: str) -> None:
        why = known or self._why(at, line)
        if why == "entry":
            self._add_entry(line)
        elif why == "continuation":
            self._continue(line)
        else:
            self._set_aside(line, why)
        self._part.below_header = why in {"header", "guidance"}

    def _is_dated(self, line: Line) -> bool:
        """True for a date cell beside others; a day of the month counts, whose month a heading may give."""
        if self._date is None or len(line.filled) < 2:
            return False
        return is_date(line.cell(self._date)) or is_day_number(line.at(self._date))

    # -------------------------------------------------------------------------------------------------- what a row is

    def _why(self, at: int, line: Line) -> str:
        """'entry', 'continuation', or the reason for which it is set aside."""
        if not line.filled:
            return "blank"
        if is_author_note(line.first if line.lone else self._labelled(line)):
            return "note"
        if self._part.below_header and is_instruction(line):
            return "guidance"
        return self._why_lone(at, line) if line.lone else self._why_full(at, line)

    def _labelled(self, line: Line) -> str:
        """Where Chronolator marks an author's note: in the source, or in the date."""
        source = line.at(self._source)
        return source if source.startswith(("#", "^", "~", "¬")) else line.at(self._date)

    def _why_lone(self, at: int, line: Line) -> str:
        text, place = line.first, line.filled[0]
        if is_total(text):
            return "total"
        if place == self._text and not self._spans(line):
            return self._why_running(at, line)
        if absence(text):
            return "declaration"
        if heads_glossary(text):
            return "heading"
        if is_date(line.cells[place]):
            return "heading" if self._dates_what_follows(at, line) else "no text"
        if self._role.get(place) and place != self._date and not self._spans(line) and self._previous and place:
            return "continuation"
        return "note" if self._reads_as_note(at, text) else "heading"

    def _spans(self, line: Line) -> bool:
        return line.wide or len(line.filled) > 1

    def _reads_as_note(self, at: int, text: str) -> bool:
        sentence = text.endswith(".") and len(text.split()) > 3
        return (
            at > self._last_dated or len(text) > _LONGEST_HEADING or sentence or is_note(text) or bool(pairs_in(text))
        )

    def _dates_what_follows(self, at: int, line: Line) -> bool:
        """A year or month on its own dates what follows; so does a day, if the next row has none."""
        text = line.first
        if not any(letter in text for letter in "/.-") and len(text) <= 25:
            return at < len(self._lines) - 1
        following = next((other for other in self._lines[at + 1 :] if other.filled), None)
        if following is None or following.lone:
            return False
        return following.at(self._date) in ("", text)

    def _why_full(self, at: int, line: Line) -> str:
        date, first = line.at(self._date), line.first
        if self._is_dated(line):
            return "entry"
        if is_total(first) or is_total(date):
            return "total"
        if self._reads_as_glossary(at, line):
            return "alias"
        if len(line.filled) <= 3 and is_form_label(first):
            return "note"
        if len(line.filled) == 2 and is_note(first) and (date == first or not date):
            return "note"
        if self._is_statement(line, date):
            return "declaration"
        if date or self._has_own_cells(line) or self._text not in line.filled:
            return "entry"
        return self._why_running(at, line)

    def _reads_as_glossary(self, at: int, line: Line) -> bool:
        if len(line.filled) != 2:
            return False
        short, meaning = (line.texts[place] for place in line.filled)
        if heads_glossary(short) and heads_meanings(meaning):
            self._part.glossary = True
            return True
        return self._part.glossary or (
            at > self._last_dated
            and line.filled[0] == 0
            and is_abbreviation(short)
            and not self._stands_above(line.filled[0], short)
            and not says_undated(short)
            and len(meaning) < _LONGEST_HEADING
        )

    def _stands_above(self, place: int, short: str) -> bool:
        """True if a row of the table has the same in this column: then it is who wrote the row, and nothing that it explains."""
        return any(entry.line.at(place) == short for entry in self.sorted.entries)

    def _is_statement(self, line: Line, date: str) -> bool:
        """An undated row that says nothing but that nothing is held."""
        if date and not says_undated(date) and not absence(date) and date.casefold() not in {"nil", "none", "n/a"}:
            return False
        return len(line.filled) <= 3 and any(absence(line.texts[place]) for place in line.filled)

    def _has_own_cells(self, line: Line) -> bool:
        return any(self._role.get(place) in _OWN for place in line.filled)

    def _why_running(self, at: int, line: Line) -> str:
        """Text without a date: it runs on from the row above, or tells a further event of the same date."""
        text, before = line.at(self._text), self._previous
        if before is None:
            return self._why_undated(at, text)
        if absence(text) and at > self._last_dated:
            return "declaration"
        if is_note(text) or (at > self._last_dated and pairs_in(text)):
            return "note"
        if self._blank_is_above:
            return "entry"
        if text[:1].islower() or text[:1] in ",;)-–—•*…&" or not _ends(self._text_before(before)):
            return "continuation" if text[:1].islower() or not self._speaks_of_event(text) else "entry"
        return "entry" if self._speaks_of_event(text) else "continuation"

    def _why_undated(self, at: int, text: str) -> str:
        if absence(text):
            return "declaration"
        return "note" if self._reads_as_note(at, text) and not self._speaks_of_event(text) else "entry"

    @property
    def _previous(self) -> EntryRow | None:
        return self.sorted.entries[-1] if self.sorted.entries and not self._part.fresh else None

    def _text_before(self, entry: EntryRow) -> str:
        line = entry.continued[-1][0] if entry.continued else entry.line
        return line.at(self._text) or line.text

    # ------------------------------------------------------------------------------------------------ where it is put

    def _add_entry(self, line: Line) -> None:
        self.sorted.entries.append(
            EntryRow(line, line.cell(self._date), self._part.heading, self._part.period, self._part.fresh)
        )
        self._part.fresh = self._part.glossary = False

    def _continue(self, line: Line) -> None:
        before = self.sorted.entries[-1]
        places = tuple((line, place) for place in line.filled)
        self.sorted.entries[-1] = replace(before, continued=before.continued + places)
        self.sorted.set_aside.append(SetAside(line.number, "continuation", line.text, before.line.number))

    def _set_aside(self, line: Line, why: str) -> None:
        self.sorted.set_aside.append(SetAside(line.number, why, line.text))
        if why == "heading":
            self._begin_part(line)
        elif why == "alias":
            self.sorted.pairs.append((line.first, line.texts[line.filled[1]]))
        elif why == "declaration":
            said = next((line.texts[place] for place in line.filled if absence(line.texts[place])), line.text)
            heading = self._part.heading if self._part.fresh else ""
            self.sorted.statements.append(Statement(line, said, heading))
        if why in {"note", "declaration", "title"}:
            self.sorted.pairs.extend(pairs_in(line.text))

    def _begin_part(self, line: Line) -> None:
        place = line.filled[0]
        if heads_glossary(line.first):
            self._part.glossary = True
        elif is_date(line.cells[place]):
            self._part.period, self._part.fresh = period_of(line.first) or line.cells[place], True
        else:
            self._part.heading, self._part.period, self._part.fresh = line.first, None, True


def _ends(text: str) -> bool:
    """True if a text ends like a sentence."""
    return text.rstrip().endswith((".", "!", "?", ":", ";", ")", '"', "”", "’"))
