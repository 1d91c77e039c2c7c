"""Which column holds what: one main date, one main text, and the role of every other column, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from chrono.model import Value
from chrono.normalise.tables.contents import Contents, contents_of, shown
from chrono.normalise.tables.header_words import CaseHeaders, plain, role_of

BY_CASE = "case.yaml says so"
BY_HEADER = "its header says so"
BY_PHRASE = "words of its header say so"
BY_CELLS = "its cells look like it"
_ON_THE_WAY = {"event": "category", "reported": "recorded", "kept": ""}
_DATE_RANK = {"date": 3.0, "reported": 1.6, "recorded": 1.0, "end-date": 0.4}
_DATED_APART = frozenset(
    {"text", "outcome", "action", "reason", "told", "shared", "comment", "review-flag", "voice", "age", "kept"}
)
"""Dates in these columns are of something else than the event: when it was shared, when a child was born."""
_TEXT_RANK = {
    "text": 2.6, "event": 1.7, "contact": 1.2, "action": 1.0, "comment": 0.9, "category": 0.8, "outcome": 0.8, "": 0.6,
    "reason": 0.5, "told": 0.2, "voice": 0.2, "source": 0.1,
}  # fmt: skip
_IN_OR_OUT = re.compile(
    r"(?:date |time |when |day )*(?:in|out|left|returned|came|went|back|away)+(?: (?:in|out|back|on|date|time))*"
)
_BEGINS = re.compile(r"\b(?:from|start|starts|started|begins|began)$")
_ENDS = re.compile(r"\b(?:to|until|till|end|ends|ended|finish|finished)$")
_ENDED = re.compile(r"(?:it )?(?:ended|ceased|finished)")
_NAMED_FOR_WHAT_IT_WAS = frozenset({"event", "seen", "text", "contact", "category"})
"""A column of days under such a header says when that was: 'Consultation', 'Incident', 'Seen'."""
_LABELS = 6
"""Cells that are shorter than this on average are labels ('SW1'), and tell nothing."""
_A_FEW = 4
"""Fewer cells than these do not show what a column holds."""
_LONG_TEXT = 80
_LONGER_THAN_NAMES = 25
"""Characters: a column 'Subject' of longer cells holds titles, one 'Event' of shorter cells holds labels."""
_LONGEST_NAMES = 50
"""Characters: cells longer than this on average are no names of workers, although a word of the header is."""


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken to be. `header` is unique within its table; `role` is '' where none fits."""

    place: int
    header: str
    role: str
    why: str
    contents: Contents = field(default_factory=Contents, compare=False)

    @property
    def key(self) -> str:
        """Under which name a cell of this column is kept: its role, or its own header."""
        return self.role or self.header


@dataclass(frozen=True)
class Columns:
    """The columns of one table. `date` and `text` are the places of the main date and of the narrative."""

    readings: tuple[ColumnReading, ...]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {reading.role: reading.place for reading in self.readings if reading.role}

    def place(self, role: str) -> int | None:
        """Where the column with this role stands, if there is one."""
        return self._places.get(role)

    @property
    def by_role(self) -> Mapping[str, str]:
        """Role -> header it was read from."""
        return {reading.role: reading.header for reading in self.readings if reading.role}

    @property
    def unrecognised(self) -> tuple[str, ...]:
        """Headers without a role; their cells are kept under them."""
        return tuple(reading.header for reading in self.readings if not reading.role)

    @property
    def explained(self) -> tuple[str, ...]:
        """One line for each column that was not simply read by the wording of its header: what it was taken to be, and why."""
        return tuple(
            f"column '{reading.header}' was read as {reading.role}: {reading.why}"
            for reading in self.readings
            if reading.role and reading.why != BY_HEADER
        )


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known before a table is read: headers the case assigns, and how a subject of the case is told."""

    headers: CaseHeaders = field(default_factory=CaseHeaders)
    names_subject: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class _Draft:
    """A column while its role is being decided."""

    place: int
    header: str
    role: str
    why: str
    contents: Contents
    subjects: float = 0.0
    fixed: bool = False


def unique_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers as given, empty ones as 'column C', repeated ones numbered: 'Date', 'Date (2)'."""
    seen: dict[str, int] = {}
    named = []
    for place, header in enumerate(headers):
        name = " ".join(header.split()) or f"column {letter(place)}"
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        named.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return tuple(named)


def letter(place: int) -> str:
    """A column's letter as the spreadsheet shows it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_columns(headers: Mapping[int, str], cells: Mapping[int, Sequence[Value]], hints: Hints) -> Columns:
    """The role of every column of a table from its headers (place -> header; '' where there is none) and its cells."""
    places = sorted(headers)
    names = dict(zip(places, unique_headers([headers[place] for place in places]), strict=True))
    drafts = [_draft(place, names[place], headers[place], cells.get(place, ()), hints) for place in places]
    drafts = _with_roles_by_cells(drafts)
    drafts = _with_main_date(drafts)
    drafts = _with_main_text(drafts)
    drafts = _with_what_came_of_it(drafts)
    return Columns(tuple(_finished(drafts)))


def _draft(place: int, name: str, header: str, cells: Sequence[Value], hints: Hints) -> _Draft:
    contents = contents_of(cells)
    texts = [text for cell in cells[:200] if (text := shown(cell))]
    subjects = sum(map(hints.names_subject, texts)) / len(texts) if texts else 0.0
    if given := hints.headers.role_of(header):
        return _Draft(place, name, given, BY_CASE, contents, subjects, fixed=True)
    known = role_of(header)
    if known is None:
        return _Draft(place, name, "", "", contents, subjects)
    return _Draft(place, name, known.role, BY_HEADER if known.whole else BY_PHRASE, contents, subjects)


def _with_roles_by_cells(drafts: list[_Draft]) -> list[_Draft]:
    """Settles what the header leaves open, and headers that their own cells contradict."""
    return [draft if draft.fixed else _settled(draft) for draft in drafts]


def _settled(draft: _Draft) -> _Draft:
    cells = draft.contents
    if not cells.count:
        return draft
    if draft.role in _NAMED_FOR_WHAT_IT_WAS and cells.days >= 0.5 and cells.length <= _LONGER_THAN_NAMES:
        return replace(draft, role="date", why=BY_CELLS)
    if draft.role in {"people", "contact", "worker", "", "location"} and draft.subjects >= 0.6:
        return replace(draft, role="subject", why=BY_CELLS)
    if draft.role in {"event", "category"} and _only_names(draft):
        return replace(draft, role="subject", why=BY_CELLS)
    if draft.role == "contact" and cells.people >= 0.5:
        return replace(draft, role="people", why=BY_CELLS)
    if draft.role == "contact":
        return replace(draft, role="event")
    if draft.role == "seen" and draft.subjects + cells.people >= 0.5 and cells.flags < 0.3:
        return replace(draft, role="people", why=BY_CELLS)
    if draft.role == "subject" and draft.subjects < 0.2 and "init" in plain(draft.header):
        return replace(draft, role="worker", why=BY_CELLS)
    if draft.role == "subject" and draft.subjects < 0.2 and cells.length > _LONGER_THAN_NAMES:
        return replace(draft, role="event", why=BY_CELLS)
    if draft.role == "time" and cells.times < 0.3 and cells.dates >= 0.6:
        return replace(draft, role="date", why=BY_CELLS)
    if draft.role == "sequence" and cells.numbered < 0.5:
        return replace(draft, role="reference", why=BY_CELLS)
    if draft.role == "date" and _is_year_group(draft):
        return replace(draft, role="age", why=BY_CELLS)
    if draft.role == "date" and cells.dates < 0.2 and cells.times >= 0.8:
        return replace(draft, role="time", why=BY_CELLS)
    if draft.role == "date" and cells.dates < 0.2 and cells.people >= 0.5:
        return replace(draft, role="referrer", why=BY_CELLS)
    if draft.role == "end-date" and cells.dates < 0.2 and cells.times < 0.5:
        return replace(draft, role="told" if cells.people >= 0.2 else "", why=BY_CELLS)
    if draft.role == "end-date" and cells.dates < 0.2:
        return replace(draft, role="end-time", why=BY_CELLS)
    if draft.role == "worker" and (cells.flags >= 0.6 or (draft.why == BY_PHRASE and cells.length > _LONGEST_NAMES)):
        return replace(draft, role="", why=BY_CELLS)
    if draft.role in {"event", "category"} and cells.codes >= 0.8:
        return replace(draft, role="reference", why=BY_CELLS)
    if draft.role == "text" and cells.numbered >= 0.8:
        return replace(draft, role="sequence", why=BY_CELLS)
    if draft.role in {"event", "category"} and cells.numbers >= 0.8:
        return replace(draft, role="")
    if draft.role == "" and cells.times >= 0.8 and cells.dates < 0.5:
        return replace(draft, role="time", why=BY_CELLS)
    return draft


def _only_names(draft: _Draft) -> bool:
    """True of short cells that name a child of the case, or else a relative: whom the row is about."""
    told = draft.subjects + draft.contents.people
    return draft.subjects >= 0.3 and told >= 0.9 and draft.contents.length <= _LONGER_THAN_NAMES


def _is_year_group(draft: _Draft) -> bool:
    """A column 'Year' of small numbers holds school years, not dates."""
    return "year" in plain(draft.header) and draft.contents.numbered >= 0.6 and draft.contents.dates < 0.3


def _with_main_date(drafts: list[_Draft]) -> list[_Draft]:
    fixed = next((draft for draft in drafts if draft.fixed and draft.role == "date"), None)
    drafts = [_from_whom(draft) if _only_sounds_like_a_date(draft, drafts) else draft for draft in drafts]
    drafts = _begins_on_the_left(_with_ends(drafts))
    dated = [draft for draft in drafts if draft is fixed or not _has_fewer_days(draft, drafts)]
    best = fixed or _rather_than_entered(max(dated, key=_as_date, default=None), dated)
    if best is None or (not fixed and _as_date(best) <= 0):
        return [replace(draft, role="") if draft.role == "date" and not draft.fixed else draft for draft in drafts]
    return [_beside_the_date(draft, best) for draft in drafts]


def _rather_than_entered(best: _Draft | None, drafts: Sequence[_Draft]) -> _Draft | None:
    """When a row was entered is not when it happened: a column of dates to the left of that one is, whatever its header."""
    if best is None or best.role != "recorded":
        return best
    before = [
        one for one in drafts if one.place < best.place and one.role not in _DATE_RANK and one.contents.dates >= 0.8
    ]
    return max((one for one in before if _as_date(one) > 0), key=_as_date, default=best)


def _only_sounds_like_a_date(draft: _Draft, drafts: Sequence[_Draft]) -> bool:
    """A column 'From' or 'Period' without a date in it, beside another that is full of them, says who or where from."""
    holds_none = draft.role == "date" and draft.contents.count and not draft.contents.dates and not draft.contents.days
    if draft.fixed or not holds_none or "date" in plain(draft.header).split():
        return False
    return any(other is not draft and other.contents.dates >= 0.6 and _as_date(other) > 0 for other in drafts)


def _from_whom(draft: _Draft) -> _Draft:
    somebody = plain(draft.header) == "from" and draft.contents.people >= 0.2
    return replace(draft, role="referrer" if somebody else "", why=BY_CELLS)


def _begins_on_the_left(drafts: list[_Draft]) -> list[_Draft]:
    """Of 'In' and 'Out' with dates the left one begins: a stay with 'In', an absence with 'Out'."""
    ways = [draft for draft in drafts if not draft.fixed and _IN_OR_OUT.fullmatch(plain(draft.header))]
    if len(ways) != 2 or any(draft.contents.dates < 0.5 for draft in ways):
        return drafts
    roles = {ways[0].place: "date", ways[1].place: "kept"}
    return [replace(draft, role=roles.get(draft.place, draft.role)) for draft in drafts]


def _with_ends(drafts: list[_Draft]) -> list[_Draft]:
    """Days under 'Began' are when it began; days under 'Ended', and under a header that differs from another only by 'to' for
    'from', when it ended."""
    begins = {_BEGINS.sub("", plain(draft.header)) for draft in drafts if _BEGINS.search(plain(draft.header))}
    return [_begun_or_ended(draft, begins) for draft in drafts]


def _begun_or_ended(draft: _Draft, begins: Collection[str]) -> _Draft:
    header = plain(draft.header)
    if draft.fixed or draft.role in _DATE_RANK or draft.contents.days < 0.8:
        return draft
    if _ENDED.fullmatch(header) or (_ENDS.search(header) and _ENDS.sub("", header) in begins):
        return replace(draft, role="end-date", why=BY_CELLS)
    return replace(draft, role="date", why=BY_CELLS) if not draft.role and _BEGINS.search(header) else draft


def _has_fewer_days(draft: _Draft, drafts: Sequence[_Draft]) -> bool:
    """True of a column with the word 'date' somewhere in its header whose cells say more, or other things, than days ('Y
    11/08/22', 'n/a'), beside one that is full of days."""
    if draft.fixed or draft.role != "date" or draft.why != BY_PHRASE or draft.contents.days >= 0.3:
        return False
    return any(other is not draft and other.contents.days >= 0.8 and _as_date(other) > 0 for other in drafts)


def _as_date(draft: _Draft) -> float:
    """How well a column would serve as the main date: its header, and what its cells look like."""
    cells = draft.contents
    if draft.fixed and draft.role != "date":
        return 0.0
    rank = _DATE_RANK.get(draft.role, 0.0)
    if draft.why == BY_PHRASE:
        rank *= 0.9
    if not cells.count:
        return rank * 0.5
    looks = cells.dates + 0.3 * cells.days + 0.4 * cells.filled
    if rank:
        return rank + looks if cells.dates >= 0.3 or draft.role == "date" else 0.0
    return looks if draft.role not in _DATED_APART and cells.dates >= 0.5 and cells.length <= 45 else 0.0


def _beside_the_date(draft: _Draft, main: _Draft) -> _Draft:
    if draft is main:
        why = "no other column has the date" if draft.role in _DATE_RANK else BY_CELLS
        return replace(draft, role="date", why=draft.why if draft.role == "date" else why)
    if draft.role == "date" and not draft.fixed:
        return replace(draft, role="", why="another column holds the date")
    return draft


def _with_main_text(drafts: list[_Draft]) -> list[_Draft]:
    drafts = [_telling(draft, drafts) for draft in drafts]
    fixed = next((draft for draft in drafts if draft.fixed and draft.role == "text"), None)
    best = fixed or max(drafts, key=_as_text, default=None)
    if best is None or (not fixed and _as_text(best) <= 0):
        return drafts
    return [_beside_the_text(draft, best) for draft in drafts]


def _telling(draft: _Draft, drafts: Sequence[_Draft]) -> _Draft:
    """Comments beside an event column of mere labels ('First meeting') are the narrative; beside a narrative they are not."""
    if draft.role != "comment" or draft.fixed or any(other.role == "text" for other in drafts):
        return draft
    labels = [other for other in drafts if other.role == "event" and 0 < other.contents.length < _LONGER_THAN_NAMES]
    longer = any(draft.contents.length > 1.2 * other.contents.length for other in labels)
    return replace(draft, role="text") if longer and draft.contents.filled >= 0.5 else draft


def _as_text(draft: _Draft) -> float:
    """How well a column would serve as the narrative."""
    rank = _TEXT_RANK.get(draft.role)
    if rank is None or (draft.fixed and draft.role != "text"):
        return 0.0
    cells = draft.contents
    if draft.why == BY_PHRASE:
        rank *= 0.8
    if not cells.count:
        return rank * 0.3
    if cells.flags >= 0.8 or (draft.role == "" and (cells.dates >= 0.5 or cells.numbered >= 0.5)):
        return 0.0
    if draft.role == "" and cells.length < _LABELS:
        return 0.0
    return rank + cells.filled + 1.5 * min(cells.length, _LONG_TEXT) / _LONG_TEXT + 0.5 * cells.distinct


def _beside_the_text(draft: _Draft, main: _Draft) -> _Draft:
    if draft is main:
        return replace(draft, role="text", why=draft.why if draft.role == "text" else BY_CELLS)
    if draft.role == "text" and not draft.fixed:
        again = draft.header.startswith(main.header)
        if draft.contents.numbered >= 0.8 or draft.contents.codes >= 0.8:
            return replace(draft, role="sequence" if draft.contents.numbered >= 0.8 else "reference", why=BY_CELLS)
        labels = 0 < draft.contents.length < _LONGER_THAN_NAMES and not again
        return replace(draft, role="category" if labels else "", why="another column holds what happened")
    return draft


def _with_what_came_of_it(drafts: list[_Draft]) -> list[_Draft]:
    """Where no header says what came of an event, a column of short statements to the right of what happened does."""
    text = next((draft for draft in drafts if draft.role == "text"), None)
    if text is None or any(draft.role in {"outcome", "action", "reason"} for draft in drafts):
        return drafts
    behind = (draft for draft in drafts if draft.place > text.place and _says_what_came_of_it(draft, text))
    answer = next(behind, None)
    return [replace(draft, role="outcome", why=BY_CELLS) if draft is answer else draft for draft in drafts]


def _says_what_came_of_it(draft: _Draft, text: _Draft) -> bool:
    """True of a column without a role whose cells are words, differ from one another, and are no longer than the narrative."""
    cells = draft.contents
    if draft.role or draft.fixed or cells.count < _A_FEW or not _LABELS < cells.length < text.contents.length:
        return False
    told_otherwise = max(
        cells.dates, cells.times, cells.numbers, cells.codes, cells.flags, cells.people, draft.subjects
    )
    return told_otherwise < 0.3 and cells.distinct >= 0.4


def _finished(drafts: list[_Draft]) -> list[ColumnReading]:
    """Every role at most once: the column that fits best keeps it, the others stay under their own header."""
    taken: set[str] = set()
    readings = []
    order = sorted(drafts, key=lambda draft: (not draft.fixed, draft.why != BY_HEADER, draft.place))
    roles = {}
    for draft in order:
        role = _ON_THE_WAY.get(draft.role, draft.role)
        roles[draft.place] = "" if role in taken else role
        taken.add(role)
    for draft in drafts:
        readings.append(ColumnReading(draft.place, draft.header, roles[draft.place], draft.why, draft.contents))
    return readings
