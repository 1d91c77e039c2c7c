"""Where the tables of a sheet begin: header rows by their words, by what stands below them, or none at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from chrono.model import Merge
from chrono.normalise.tables.contents import is_date, is_ditto, is_flag, is_time, says_undated
from chrono.normalise.tables.header_words import CaseHeaders, instructions, plain, role_of, subheaders, without_hints
from chrono.normalise.tables.lines import Line
from chrono.normalise.tables.words import heads_people, is_form_label, is_version_word

_LONGEST_HEADER = 70
_LONGEST_SUBHEADER = 30
_ROWS_BELOW = 15
_FEWEST_BELOW = 2
_DATES = frozenset({"date", "reported", "recorded", "end-date"})
_TEXTS = frozenset({"text", "event", "action", "comment", "contact", "category", "outcome"})
_NO_HEADER = "no header row: the columns were judged by their contents"
_WORDS_OF_A_TEXT = 3
_MOST_GROUPS = 2
"""Lines of group headings above a header."""
_NO_SUPPORT = frozenset({"age", "kept"})


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: the line it starts on, how many lines it takes, and the wording above each column (by place)."""

    line: int
    depth: int
    wordings: Mapping[int, str]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table as a stretch of lines: `first` to `last` (exclusive), below its header if it has one."""

    header: Header | None
    first: int
    last: int
    notes: tuple[str, ...] = ()
    repeats: frozenset[int] = field(default_factory=frozenset)
    """Lines that repeat the header."""

    @property
    def of_the_document(self) -> bool:
        """True for a table of the return's own versions: it has dates, but tells nothing of the child."""
        return self.header is not None and any(is_version_word(text) for text in self.header.wordings.values())

    @property
    def of_people(self) -> bool:
        """True for a list of the family or the staff: dates of birth and service, and nothing that happened."""
        if self.header is None:
            return False
        wordings = self.header.wordings.values()
        roles = {known.role for text in wordings if (known := role_of(text))}
        return sum(map(heads_people, wordings)) >= 2 and roles.isdisjoint(_TEXTS)


@dataclass(frozen=True, slots=True)
class _Look:
    """How much a line looks like a header."""

    filled: int
    known: int
    roles: frozenset[str]

    @property
    def dated(self) -> bool:
        return bool(self.roles & _DATES)

    @property
    def tells(self) -> bool:
        """Two known columns or more, one of which says what happened."""
        return self.known >= 2 and self.known * 2 >= self.filled and bool(self.roles & {"text", "event"})

    @property
    def strong(self) -> bool:
        """A date column, and a text column or two more known ones."""
        return self.dated and (bool(self.roles & _TEXTS) or self.known >= 3) and self.known * 2 >= self.filled


def look(line: Line, headers: CaseHeaders) -> _Look | None:
    """How much the line looks like a header; None if it cannot be one."""
    for place in line.filled:
        if not isinstance(line.cells[place], str) or len(line.texts[place]) > _LONGEST_HEADER:
            return None
    if len(line.filled) < 2 or line.lone:
        return None
    texts = [line.texts[place] for place in line.filled]
    if any(map(_is_value, texts)):
        return None
    roles = [role for text in texts if (role := _role(text, headers))]
    return _Look(len(texts), len(roles), frozenset(roles))


def _is_value(text: str) -> bool:
    """True for what stands below a header, never in it."""
    return (
        is_date(text)
        or is_time(text)
        or is_ditto(text)
        or says_undated(text)
        or (is_flag(text) and role_of(text) is None)
    )


def _role(text: str, headers: CaseHeaders) -> str:
    if given := headers.role_of(text):
        return given
    known = role_of(text)
    return known.role if known and (known.whole or len(text) <= 40) else ""


def blocks_of(lines: Sequence[Line], merges: Sequence[Merge], headers: CaseHeaders) -> list[Block]:
    """The tables that stand under each other, in order; none if there is nothing dated."""
    first = _first_header(lines, merges, headers)
    if first is None:
        return _without_header(lines)
    before = _without_header(lines[: first.line]) if sum(map(_dated, lines[: first.line])) >= _FEWEST_BELOW else []
    return [*before, *_blocks(lines, merges, headers, first)]


def _blocks(lines: Sequence[Line], merges: Sequence[Merge], headers: CaseHeaders, header: Header) -> Iterator[Block]:
    repeats: set[int] = set()
    start = header.line + header.depth
    at = start
    while at < len(lines):
        found = look(lines[at], headers)
        if found and _repeats(lines[at], header):
            repeats.update(range(at, at + _repeated_depth(lines, at, header)))
            at += _repeated_depth(lines, at, header)
            continue
        if found and not is_instruction(lines[at]) and (found.strong or _begins_another(lines, at)):
            following = _deepened(lines, at, merges)
            yield Block(header, start, following.line, repeats=frozenset(repeats))
            header = following
            repeats, start = set(), at + header.depth
            at = start
            continue
        at += 1
    yield Block(header, start, len(lines), repeats=frozenset(repeats))


def _begins_another(lines: Sequence[Line], at: int) -> bool:
    """True for the header of a list of people; and for one of words unknown that stands, below a blank line and a heading
    of its own, over dates."""
    line = lines[at]
    if all(heads_people(line.texts[place]) for place in line.filled):
        return True
    above = [other for other in lines[max(at - 3, 0) : at] if other.filled]
    if len(above) < 2 or not above[-1].lone or above[-1].number - above[-2].number < 2 or not _all_short(line):
        return False
    below = list(islice((other for other in lines[at + 1 :] if other.filled), _FEWEST_BELOW))
    return len(below) == _FEWEST_BELOW and any(
        all(is_date(other.cell(place)) for other in below) for place in line.filled
    )


def _repeats(line: Line, header: Header) -> bool:
    """True if at least two cells, and three in five of all, say what the header says above them."""
    same = [place for place in line.filled if plain(line.texts[place]) in _words_above(header, place)]
    return len(same) >= 2 and len(same) * 5 >= len(line.filled) * 3


def _words_above(header: Header, place: int) -> tuple[str, ...]:
    wording = header.wordings.get(place, "")
    return (plain(wording), *(plain(part) for part in wording.split("\n")))


def _repeated_depth(lines: Sequence[Line], at: int, header: Header) -> int:
    depth = 1
    while depth < header.depth and at + depth < len(lines) and _repeats(lines[at + depth], header):
        depth += 1
    return depth


def _first_header(lines: Sequence[Line], merges: Sequence[Merge], headers: CaseHeaders) -> Header | None:
    """The first line that looks like a header and has dates below one of its columns; else the first with the words of one."""
    candidates = [(at, found) for at, line in enumerate(lines) if (found := look(line, headers))]
    data = next((at for at, line in enumerate(lines) if _dated(line) and not is_labelled(line)), len(lines))
    for at, found in candidates:
        likely = found.strong or (found.known * 2 >= found.filled and at < data)
        if likely and found.known and _dates_below(lines, at, headers):
            return _deepened(lines, at, merges)
    for at, found in candidates:
        if found.strong and found.known >= 2:
            return _deepened(lines, at, merges)
    return _header_by_position(lines, [at for at, _ in candidates], headers, merges)


def _header_by_position(
    lines: Sequence[Line], candidates: Sequence[int], headers: CaseHeaders, merges: Sequence[Merge]
) -> Header | None:
    """A line of unknown short words directly above rows that are dated."""
    for at in candidates:
        if any(_dated(line) for line in lines[:at]):
            return None
        if _dates_below(lines, at, headers, least=0.6) and _dated_directly_below(lines, at):
            return _deepened(lines, at, merges, how="judged a header by what stands below it")
    return None


def _dated_directly_below(lines: Sequence[Line], at: int) -> bool:
    """True unless the line is one of a form's 'label | value' lines: those have their like below them."""
    following = next((line for line in lines[at + 1 :] if line.filled), None)
    return following is not None and _dated(following) and not is_labelled(following)


def is_labelled(line: Line) -> bool:
    """True for a form's line of labels and values: 'Date of report: | 03/05/2019'."""
    if len(line.filled) not in (2, 4):
        return False
    labels = [line.texts[place] for place in line.filled[::2]]
    return all(label.endswith((":", "?")) or is_form_label(label) or _is_whole_header(label) for label in labels)


def _is_whole_header(text: str) -> bool:
    known = role_of(text)
    return known is not None and known.whole


def _dates_below(lines: Sequence[Line], at: int, headers: CaseHeaders, least: float = 0.4) -> bool:
    """True if, in the rows below, a column of this header, or one over which it is blank, mostly says when."""
    below = list(islice(_until_next_header(lines, at, headers), _ROWS_BELOW))
    width = max((len(line.texts) for line in below), default=0)
    for place in range(width):
        if _role(lines[at].at(place), headers) in _NO_SUPPORT:
            continue
        cells = [line.cell(place) for line in below if line.at(place) and not is_ditto(line.at(place))]
        dates = sum(map(is_date, cells))
        if dates and dates >= least * len(cells):
            return True
    return False


def _until_next_header(lines: Sequence[Line], at: int, headers: CaseHeaders) -> Iterator[Line]:
    """The rows of more than one cell below a header, up to the header of another table."""
    for line in islice(lines, at + 1, None):
        if len(line.filled) < 2 or is_labelled(line):
            continue
        found = look(line, headers)
        if found and found.strong and not is_instruction(line):
            return
        yield line


def _dated(line: Line) -> bool:
    return len(line.filled) > 1 and any(is_date(line.cells[place]) for place in line.filled)


def _deepened(lines: Sequence[Line], at: int, merges: Sequence[Merge], how: str = "") -> Header:
    """The header with a line of group headings above it, or of sub-headings or filling-in hints below it."""
    top, bottom = at, at
    while top and at - top < _MOST_GROUPS and _is_group_line(lines[top - 1], lines[top], merges):
        top -= 1
    if top == at and at + 1 < len(lines) and _is_sub_line(lines[at + 1], lines[at], merges):
        bottom = at + 1
    wordings: dict[int, str] = {}
    for line in lines[top : bottom + 1]:
        spread = _spread(line, merges) if line is not lines[bottom] or top == bottom else line.texts
        for place, text in enumerate(spread):
            if text:
                above = wordings.get(place, "")
                wordings[place] = text if not above or above == text else f"{above}\n{text}"
    return Header(top, bottom - top + 1, wordings, how)


def _spread(line: Line, merges: Sequence[Merge]) -> tuple[str, ...]:
    """The texts of a line of group headings, each standing over all columns it is merged over."""
    texts = list(line.texts)
    for merge in merges:
        if merge.first_row == line.number and merge.last_column > merge.first_column:
            texts += [""] * (merge.last_column + 1 - len(texts))
            texts[merge.first_column : merge.last_column + 1] = [line.at(merge.first_column)] * (
                merge.last_column - merge.first_column + 1
            )
    return tuple(texts)


def _is_group_line(above: Line, line: Line, merges: Sequence[Merge]) -> bool:
    """True for headings over several columns each: 'Event' over 'Date' and 'Time', or over columns without a header."""
    if len(above.filled) < 2 or above.number != line.number - 1 or not _all_short(above):
        return False
    grouped = any(
        merge.first_row == above.number
        and merge.last_column > merge.first_column
        and merge.first_column in above.filled
        for merge in merges
    )
    completes = any(place not in line.filled for place in above.filled)
    hints = sum(line.texts[place].endswith((")", "?")) for place in line.filled) * 3 >= len(line.filled)
    return (grouped or completes or hints) and sum(
        role_of(above.texts[place]) is not None for place in above.filled
    ) * 2 >= len(above.filled)


def _is_sub_line(below: Line, line: Line, merges: Sequence[Merge]) -> bool:
    """True for a second header line: words such as 'from' and 'to', nothing that could be a day or an event; or one that
    parts every column over which the first is merged."""
    if not below.filled or below.number != line.number + 1 or not _all_short(below) or is_instruction(below):
        return False
    texts = [plain(below.texts[place]) for place in below.filled]
    known = sum(text in subheaders() or bool((found := role_of(text)) and found.whole) for text in texts)
    parted = _merged_over(line, merges)
    if parted and parted <= set(below.filled):
        return True
    beneath_nothing = any(not line.at(place) for place in below.filled)
    if beneath_nothing:
        return known * 2 >= len(texts)
    return all(text in subheaders() for text in texts)


def _merged_over(line: Line, merges: Sequence[Merge]) -> set[int]:
    """The places over which cells of the line are merged sideways."""
    across = [merge for merge in merges if merge.first_row == line.number and merge.last_column > merge.first_column]
    return {place for merge in across for place in range(merge.first_column, merge.last_column + 1)}


def _all_short(line: Line) -> bool:
    return all(
        isinstance(line.cells[place], str)
        and len(line.texts[place]) <= _LONGEST_SUBHEADER
        and not is_date(line.cells[place])
        for place in line.filled
    )


def is_instruction(line: Line) -> bool:
    """True for the row under a header that shows how to fill it in: 'dd/mm/yyyy', 'please give details'."""
    said = sum(bool(instructions().search(without_hints(line.texts[place]))) for place in line.filled)
    return said * 2 >= len(line.filled) and not _dated(line)


def _without_header(lines: Sequence[Line]) -> list[Block]:
    """A table without a header: it starts at the first row with a date in the column that mostly holds dates."""
    full = [at for at, line in enumerate(lines) if len(line.filled) > 1 and not line.lone and not is_labelled(line)]
    if not _holds_texts([lines[at] for at in full]):
        return []
    for place in range(max(len(lines[at].texts) for at in full)):
        told = [at for at in full if lines[at].at(place) and not is_ditto(lines[at].at(place))]
        dated = [at for at in told if is_date(lines[at].cell(place))]
        if dated and len(dated) * 3 >= len(told) * 2 and len(dated) * 5 >= len(full) * 2:
            return [Block(None, dated[0], len(lines), notes=(_NO_HEADER,))]
    return []


def _holds_texts(lines: Sequence[Line]) -> bool:
    """True if rows mostly say something: a list of names with dates of birth is no chronology."""
    told = sum(
        any(
            len(line.texts[place].split()) >= _WORDS_OF_A_TEXT
            for place in line.filled
            if not is_date(line.cells[place])
        )
        for line in lines
    )
    return bool(lines) and told * 2 >= len(lines)
