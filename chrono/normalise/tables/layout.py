"""A sheet's layout: its tables, the rows that are entries, and every other row with the reason for which it is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chrono.model import SetAside, Sheet, SheetKind, Value
from chrono.normalise.tables.columns import Columns, Hints, letter, read_columns
from chrono.normalise.tables.contents import is_date
from chrono.normalise.tables.forms import Labels, labels_of, read_forms, with_labels_apart
from chrono.normalise.tables.header import Block, blocks_of, look
from chrono.normalise.tables.lines import Line, lines_of
from chrono.normalise.tables.other import named_as_guidance, sort_other
from chrono.normalise.tables.rows import EntryRow, RowSorter, Sorted, SpeaksOfEvent, Statement
from chrono.normalise.tables.whole_dates import running_text, with_leading_dates, with_text_below, with_whole_dates
from chrono.normalise.tables.words import absence, is_note, pairs_in

_ROWS_OF_REAL_CHRONOLOGY = 3
_BARE = frozenset({"date", "time", "end-date", "end-time", "recorded", "sequence", "reference", "age"})
"""Columns that alone tell nothing."""
_MOSTLY = 0.8
_ENOUGH_ROWS = 300
"""So many rows show if a table tells anything."""
UNDATED = "it looks like a table of events, but no column of it holds dates: its rows were not read as entries"
_LIKE_BEFORE = "no header row: it was read like the table before it"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, the row its header starts on (None: none), and its entries in the order of the rows."""

    columns: Columns
    header_row: int | None
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True)
class SheetLayout:
    """A sheet, or one of several tables side by side, with every row accounted for: rows = entries + set aside."""

    sheet: Sheet
    kind: SheetKind
    rows: int
    tables: tuple[Table, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    statements: tuple[Statement, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Short forms and names explained here, with their meaning."""
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[EntryRow, ...]:
        """The entries of all its tables."""
        return tuple(entry for table in self.tables for entry in table.entries)


@dataclass(frozen=True, slots=True)
class LayoutHints:
    """What helps to read a layout: the columns' hints, how a new event is told in running text, and the columns of the
    table before this one in the same file, which a table without a header may continue."""

    columns: Hints = field(default_factory=Hints)
    speaks_of_event: SpeaksOfEvent = lambda _: False
    before: Mapping[int, str] = field(default_factory=dict)
    forms: Collection[Labels] = ()
    """The labels of forms of which the return has several, each on a sheet of its own."""


def read_layout(sheet: Sheet, hints: LayoutHints | None = None) -> list[SheetLayout]:
    """The layout of a sheet; more than one where tables stand side by side."""
    given = hints or LayoutHints()
    lines = lines_of(sheet)
    if not any(line.filled for line in lines):
        blank = tuple(SetAside(line.number, "blank") for line in lines)
        return [SheetLayout(sheet, "empty", len(lines), set_aside=blank)]
    if (apart := with_labels_apart(lines)) and (blocks := read_forms(apart, given.columns, elsewhere=False)):
        columns, rows = blocks
        note = "blocks of labels and values: each was read as one row"
        table = Table(columns, None, tuple(rows.entries))
        return [_with_rows_joined(_account(sheet, "chronology", apart, [table], rows, (), (note,)), lines, apart)]
    if parted := running_text(lines):
        note = "one column: each date was parted from the text that follows it"
        return [_layout(sheet, parted, given, (note,))]
    if forms := read_forms(lines, given.columns, bool(given.forms) and labels_of(sheet) in given.forms):
        columns, rows = forms
        note = "forms of labels and values: each was read as one row"
        return [_account(sheet, "chronology", lines, [Table(columns, None, tuple(rows.entries))], rows, (), (note,))]
    if dated := with_leading_dates(lines):
        note = "no column of dates: each date was parted from the text that follows it"
        return [_layout(sheet, dated, given, (note,))]
    if told := with_text_below(lines):
        note = "each text stood across the row below its date, and was read as one row with it"
        return [_with_rows_joined(_layout(sheet, told, given, (note,)), lines, told)]
    spans = _side_by_side(lines, given)
    if len(spans) == 1:
        return [_layout(sheet, lines, given)]
    parts = []
    for first, last in spans:
        part = [line for line in lines_of(sheet, (first, last)) if line.filled]
        note = f"tables side by side: this one stands in columns {letter(first)} to {letter(last)}"
        parts.append(_layout(sheet, part, given, (note,)))
    return parts


def _with_rows_joined(layout: SheetLayout, lines: Sequence[Line], told: Sequence[Line]) -> SheetLayout:
    """The layout with the rows accounted for that were joined to those above them."""
    left = {line.number for line in told}
    begun = [entry.line.number for entry in layout.entries]
    joined = [
        SetAside(line.number, "continuation", line.text, max(at for at in begun if at < line.number))
        for line in lines
        if line.number not in left
    ]
    aside = tuple(sorted((*layout.set_aside, *joined), key=lambda aside: aside.row))
    return replace(layout, rows=len(lines), set_aside=aside)


def tables(sheet: Sheet, hints: LayoutHints | None = None) -> list[Table]:
    """The tables of a sheet, those side by side from left to right."""
    return [table for layout in read_layout(sheet, hints) for table in layout.tables]


def _side_by_side(lines: Sequence[Line], hints: LayoutHints) -> list[tuple[int, int]]:
    """The column spans of tables side by side: each has a header with a date, and a column that is empty throughout
    stands between them."""
    width = max(len(line.texts) for line in lines)
    used = {place for line in lines if not line.wide and len(line.filled) > 1 for place in line.filled}
    spans: list[tuple[int, int]] = []
    for place in range(width):
        if place in used and place - 1 in used and spans:
            spans[-1] = (spans[-1][0], place)
        elif place in used:
            spans.append((place, place))
    if len(spans) < 2:
        return [(0, width - 1)]
    whole = spans[1:] and all(_has_dated_header(lines, span, hints) for span in spans)
    return [(0, spans[0][1]), *spans[1:]] if whole else [(0, width - 1)]


def _has_dated_header(lines: Sequence[Line], span: tuple[int, int], hints: LayoutHints) -> bool:
    for line in lines[:60]:
        texts = {line.texts[place] for place in line.filled if span[0] <= place <= span[1]}
        places = tuple(place for place in line.filled if span[0] <= place <= span[1])
        if len(texts) < 2:
            continue
        part = Line(line.row, line.cells, line.texts, places)
        found = look(part, hints.columns.headers)
        if found and found.strong:
            return True
    return False


def _layout(sheet: Sheet, lines: Sequence[Line], hints: LayoutHints, notes: tuple[str, ...] = ()) -> SheetLayout:
    blocks = blocks_of(lines, sheet.merges, hints.columns.headers)
    if named_as_guidance(sheet.name) and not _is_real_chronology(lines, blocks):
        blocks = []
    tells = [block for block in blocks if _tells(block, lines[block.first : block.last], hints)]
    if not tells:
        notes += (UNDATED,) if not blocks and _is_undated_table(sheet, lines, hints) else ()
        other = sort_other(lines, sheet.name)
        return _account(sheet, "other", lines, [], other, (), notes)
    above = _above(lines[: blocks[0].header.line if blocks[0].header else blocks[0].first])
    found: list[Table] = []
    heading = sheet.heading
    if titles := [aside.text for aside in above.set_aside if aside.why == "title"]:
        heading = titles[-1]
    for place, block in enumerate(blocks):
        if block not in tells:
            _join(
                above,
                _aside(lines[block.header.line if block.header else block.first : _end(blocks, place, len(lines))]),
            )
            continue
        table, part = _read_block(block, lines, hints, heading, _end(blocks, place, len(lines)))
        found.append(table)
        _join(above, part)
        notes += (_LIKE_BEFORE,) if not block.header and _takes_over(table, hints) else block.notes
        notes += (block.header.how,) if block.header and block.header.how else ()
        heading = table.entries[-1].heading if table.entries else heading
        heading = next((aside.text for aside in reversed(part.set_aside) if aside.why == "heading"), heading)
    kind: SheetKind = "hidden" if sheet.hidden else "chronology"
    return _account(sheet, kind, lines, found, above, tuple(titles), notes)


def _is_undated_table(sheet: Sheet, lines: Sequence[Line], hints: LayoutHints) -> bool:
    """True for a table that tells of events by its header, in which no column says when."""
    if named_as_guidance(sheet.name):
        return False
    for at, line in enumerate(lines):
        found = look(line, hints.columns.headers)
        if (
            found
            and found.tells
            and sum(len(other.filled) > 1 for other in lines[at + 1 :]) >= _ROWS_OF_REAL_CHRONOLOGY
        ):
            return True
    return False


def _takes_over(table: Table, hints: LayoutHints) -> bool:
    """True if a table without a header has the headers of the table before it."""
    return all(hints.before.get(reading.place) == reading.header for reading in table.columns.readings)


def _tells(block: Block, below: Sequence[Line], hints: LayoutHints) -> bool:
    """True for a table that tells what happened: not one of figures, of people, nor of the return's own versions."""
    if block.of_the_document or block.of_people:
        return False
    readings = read_columns(*_cells(block, below[:_ENOUGH_ROWS], hints), hints.columns).readings
    words = [reading for reading in readings if reading.role not in _BARE and reading.contents.numbers < _MOSTLY]
    return not any(reading.contents.count for reading in readings) or any(reading.contents.count for reading in words)


def _aside(lines: Sequence[Line]) -> Sorted:
    """The rows of a table that tells nothing of the child."""
    return Sorted(set_aside=[SetAside(line.number, "note" if line.filled else "blank", line.text) for line in lines])


def _end(blocks: Sequence[Block], place: int, lines: int) -> int:
    return blocks[place].last if place + 1 < len(blocks) else lines


def _account(
    sheet: Sheet,
    kind: SheetKind,
    lines: Sequence[Line],
    found: Sequence[Table],
    rest: Sorted,
    titles: tuple[str, ...],
    notes: tuple[str, ...],
) -> SheetLayout:
    return SheetLayout(
        sheet=sheet,
        kind=kind,
        rows=len(lines),
        tables=tuple(found),
        set_aside=tuple(sorted(rest.set_aside, key=lambda aside: aside.row)),
        statements=tuple(rest.statements),
        pairs=tuple(rest.pairs),
        titles=titles,
        notes=notes,
    )


def _join(whole: Sorted, part: Sorted) -> None:
    whole.set_aside += part.set_aside
    whole.statements += part.statements
    whole.pairs += part.pairs


_NIL_BOX = re.compile(r"\bnil return\b", re.IGNORECASE)
_TICK = re.compile(r"\W*(?:yes|y|x|true|[✓✔☑☒])\W*", re.IGNORECASE)


def _nil_box_ticked(line: Line) -> bool:
    """A form's box for a nil return, with a tick or a yes in a cell beside its label."""
    beside = (line.texts[place] for place in line.filled[1:])
    return bool(_NIL_BOX.search(line.first)) and any(_TICK.fullmatch(text) for text in beside)


def _above(lines: Sequence[Line]) -> Sorted:
    """The rows above the first table: titles, notes, statements."""
    found = Sorted()
    for line in lines:
        why = (
            "blank"
            if not line.filled
            else "declaration"
            if absence(line.text) or _nil_box_ticked(line)
            else "note"
            if is_note(line.first)
            else "title"
        )
        found.set_aside.append(SetAside(line.number, why, line.text))
        found.pairs.extend(pairs_in(line.text))
        if why == "declaration":
            found.statements.append(Statement(line, line.text))
    return found


def _is_real_chronology(lines: Sequence[Line], blocks: Sequence[Block]) -> bool:
    """A sheet named 'Key' or 'Guidance' that none the less holds a header and several dated rows."""
    if not blocks or blocks[0].header is None:
        return False
    dated = sum(any(is_date(line.cells[place]) for place in line.filled) for line in lines if len(line.filled) > 2)
    return dated >= _ROWS_OF_REAL_CHRONOLOGY and not re.search(
        r"\bexamples?\b|\bsample\b", lines[0].text, re.IGNORECASE
    )


def _read_block(
    block: Block, lines: Sequence[Line], hints: LayoutHints, heading: str, end: int
) -> tuple[Table, Sorted]:
    below = lines[block.first : end]
    if block.header:
        below = with_whole_dates(below, block.header.wordings)
    columns = read_columns(*_cells(block, below, hints), hints.columns)
    sorter = RowSorter(
        below, columns, heading=heading, speaks_of_event=hints.speaks_of_event, table_follows=end < len(lines)
    )
    part = sorter.sort(frozenset(at - block.first for at in block.repeats))
    header = block.header
    if header:
        part.set_aside += [
            SetAside(line.number, "header", line.text) if line.filled else SetAside(line.number, "blank")
            for line in lines[header.line : header.line + header.depth]
        ]
    row = lines[header.line].number if header else None
    return Table(columns, row, tuple(part.entries)), part


def _cells(block: Block, below: Sequence[Line], hints: LayoutHints) -> tuple[dict[int, str], dict[int, list[Value]]]:
    """The headers by place, and the cells below each; a table without a header takes over those of the table before it
    if that one was as wide."""
    full = [line for at, line in enumerate(below) if len(line.filled) > 1 and at + block.first not in block.repeats]
    used = {place for line in full for place in line.filled}
    headers = dict(block.header.wordings) if block.header else {}
    if not block.header and hints.before and used <= set(hints.before):
        headers = dict(hints.before)
    places = sorted(used | set(headers))
    cells = {place: [line.cell(place) for line in full] for place in places}
    return {place: headers.get(place, "") for place in places}, cells
