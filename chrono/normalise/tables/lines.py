"""Rows as lines of text, with merged cells filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chrono.model import Merge, Row, Sheet, Value
from chrono.normalise.tables.contents import shown


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the text of its cells. `filled` are the places of cells with text; `wide` is the place where a cell
    merged over most of the table stands, or -1."""

    row: Row
    cells: tuple[Value, ...]
    texts: tuple[str, ...]
    filled: tuple[int, ...]
    wide: bool = False

    @property
    def number(self) -> int:
        """The row number that the spreadsheet shows."""
        return self.row.number

    @property
    def lone(self) -> bool:
        """True if the whole row says one thing: one filled cell, or one text repeated in all (a merged row in Word)."""
        if len(self.filled) < 3:
            return len(self.filled) == 1
        first, texts = self.texts[self.filled[0]], self.texts
        return texts[self.filled[1]] == first and all(texts[at] == first for at in self.filled)

    @property
    def first(self) -> str:
        """The text of the first filled cell."""
        return self.texts[self.filled[0]] if self.filled else ""

    @property
    def text(self) -> str:
        """All texts of the row."""
        if self.lone:
            return self.first
        return " | ".join(self.texts[at] for at in self.filled)

    def at(self, place: int | None) -> str:
        """The text at this place; '' where the row is shorter."""
        return self.texts[place] if place is not None and place < len(self.texts) else ""

    def cell(self, place: int | None) -> Value:
        """The value at this place; None where the row is shorter."""
        return self.cells[place] if place is not None and place < len(self.cells) else None


def lines_of(sheet: Sheet, columns: tuple[int, int] | None = None) -> list[Line]:
    """The rows of a sheet, or of the columns from `columns[0]` to `columns[1]`, with cells merged downwards filled in."""
    below = _merged_downwards(sheet)
    wide = {merge.first_row: merge for merge in sheet.merges if merge.last_column > merge.first_column}
    return [_line(row, below, wide, columns) for row in sheet.rows]


def _line(
    row: Row, below: dict[tuple[int, int], Value], wide: dict[int, Merge], columns: tuple[int, int] | None
) -> Line:
    cells = row.cells
    if below:
        cells = tuple(
            below.get((row.number, place), cell) if cell is None or cell == "" else cell
            for place, cell in enumerate(_padded(cells, row.number, below))
        )
    if columns:
        cells = tuple(cell if columns[0] <= place <= columns[1] else None for place, cell in enumerate(cells))
    texts = tuple([shown(cell) for cell in cells])
    filled = tuple([place for place, text in enumerate(texts) if text])
    merge = wide.get(row.number)
    is_wide = bool(merge and merge.last_column - merge.first_column >= 1 and filled and filled[0] == merge.first_column)
    return Line(row, cells, texts, filled, is_wide)


def _padded(cells: Sequence[Value], number: int, below: dict[tuple[int, int], Value]) -> Iterator[Value]:
    yield from cells
    longest = max((place for line, place in below if line == number), default=-1)
    yield from [None] * (longest + 1 - len(cells))


_LARGEST_MERGE = 2_000


def _merged_downwards(sheet: Sheet) -> dict[tuple[int, int], Value]:
    """(row, column) -> value, for cells covered by a merge that starts in a row above. A merge over several columns and
    rows at once is a title block, and a merge of hundreds of rows a border: neither is filled in."""
    tops = {row.number: row for row in sheet.rows}
    filled: dict[tuple[int, int], Value] = {}
    for merge in sheet.merges:
        top = tops.get(merge.first_row)
        if top is None or merge.first_column != merge.last_column or merge.last_row - merge.first_row > _LARGEST_MERGE:
            continue
        if merge.first_column < len(top.cells) and merge.last_row > merge.first_row:
            for number in range(merge.first_row + 1, merge.last_row + 1):
                filled[number, merge.first_column] = top.cells[merge.first_column]
    return filled
