"""The cells of one worksheet, read in one pass, in whatever order and shape the file has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from string import digits
from xml.parsers import expat

from chrono.ingest.ooxml.markup import feed, new_parser
from chrono.ingest.ooxml.numbers import as_shown, iso_moment, moment, number
from chrono.ingest.ooxml.strings import RichText, Strings, plain
from chrono.ingest.ooxml.styles import Look, Styles, float_of
from chrono.ingest.ooxml.swift import around
from chrono.ingest.reading import Limits, UnreadableError
from chrono.model import Mark, Merge, Row, Value

LAST_COLUMN = 16_383
LAST_ROW = 1_048_576
TEXT_KINDS = frozenset(("str", "inlineStr"))
FOOTERS = frozenset(("oddHeader", "oddFooter", "firstHeader", "firstFooter", "evenHeader", "evenFooter"))

# The plain shape of a row: cells that are empty or hold a number, a text or the value of a formula, and nothing between them.
# A formula without a value, a text with marks, anything written by its number (&#233;) is left to the parser.
UNNAMED = re.compile(r"\((?!\?)")
FORMULA = r"(?:(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?=<v>[^<&]))?"
WORDS = rf'(?:{FORMULA}<v>|(?<=inlineStr">)<is><t(?: xml:space="preserve")?>)([^<&]*)(?:</v>|</t></is>)'
PLAIN_CELL = rf'<c r="([A-Z]{{1,3}})[0-9]+"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: ?/>|>(?:{WORDS})?</c>)'
PLAIN_ROW = re.compile(
    rb'<row r="([0-9]{1,7})"((?: [A-Za-z0-9:]+="[^"<>&]*")*)>((?:'
    + UNNAMED.sub("(?:", PLAIN_CELL).encode()
    + rb")*+)</row>"
)
PLAIN_CELLS = re.compile(PLAIN_CELL)
ATTRIBUTES = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')


class Columns(dict[str, int]):
    """Column letters -> 0-based column; -1 for what names no column. Remembers what it has worked out."""

    def __missing__(self, letters: str) -> int:
        column = 0
        for letter in letters.replace("$", "").upper():
            if not "A" <= letter <= "Z" or column > LAST_COLUMN:
                return -1
            column = column * 26 + ord(letter) - 64
        column = column - 1 if column - 1 <= LAST_COLUMN else -1
        if len(self) <= LAST_COLUMN:
            self[letters] = column
        return column


COLUMNS = Columns()


def cell_place(reference: str) -> tuple[int, int]:
    """'B5' as (row 5, column 1); row 0 or column -1 where it says none."""
    reference = reference.replace("$", "").strip()
    letters = reference.rstrip(digits)
    row = reference[len(letters) :]
    return (int(row) if 0 < len(row) < 9 else 0), (COLUMNS[letters] if letters else -1)


@dataclass(slots=True)
class Budget:
    """What the sheets of one file may still take of the limits."""

    slots: int
    characters: int

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        """The whole of the limits."""
        return cls(limits.slots, limits.characters)


@dataclass(slots=True)
class Grid:
    """One worksheet as read. `stopped` says why reading ended before the sheet did, '' if it did not."""

    rows: dict[int, Row] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stopped: str = ""
    misplaced: int = 0
    """Cells whose reference names no place a sheet has."""


class GridReader:
    """Takes a worksheet in: three calls a cell for numbers and shared texts, which is what most sheets are made of.

    Ends of elements are heard only inside cells that hold their own text, and outside the rows: elsewhere what an element
    held is complete when the next one begins.
    """

    def __init__(
        self, strings: Strings, styles: Styles, budget: Budget, limits: Limits, *, from_1904: bool = False
    ) -> None:
        self.grid = Grid()
        self._strings, self._styles, self._budget, self._limits = strings, styles, budget, limits
        self._from_1904 = from_1904
        self._parser: expat.XMLParserType = new_parser()
        self._number, self._hidden = 0, False
        self._cells: list[Value] = []
        self._marks: list[Mark] = []
        self._column, self._kind, self._style = -1, "", ""
        self._open = False
        self._words, self._formula = "", ""
        self._has_value = False
        self._into = ""
        self._rich: RichText | None = None

    def read(self, pieces: Iterable[bytes]) -> Grid:
        """Read a worksheet. What is damaged or beyond the limits ends it: `Grid.stopped` says why, and what was read stays."""
        self._parser.StartElementHandler = self._root
        self._parser.CharacterDataHandler = self._text
        try:
            feed(self._parser, around(pieces, b"row", PLAIN_ROW, self._plain_row))
            self._end_row()
        except UnreadableError as fault:
            self.grid.stopped = fault.what
            with suppress(UnreadableError):
                self._end_row()
        return self.grid

    def _root(self, tag: str, _: dict[str, str]) -> None:
        """Elements may carry a prefix (x:row); the first one tells which."""
        prefix = tag.rpartition(":")[0]
        self._row_tag, self._cell_tag, self._value_tag = (
            f"{prefix}:{name}" if prefix else name for name in ("row", "c", "v")
        )
        self._parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell_tag:
            if self._open:
                self._end_cell()
            self._start_cell(attributes)
        elif tag == self._value_tag:
            self._words, self._into, self._has_value = "", "v", True
        elif tag == self._row_tag:
            self._end_row()
            self._start_row(attributes)
        else:
            self._start_other(tag.rpartition(":")[2], attributes)

    def _text(self, words: str) -> None:
        if self._into:
            if self._into == "f":
                self._formula += words
            elif self._rich is not None:
                self._rich.add(words)
            else:
                self._words += words

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("t", "v", "f"):
            self._into = ""
        elif name == "r" and self._rich is not None:
            self._rich.look = Look()
        elif name == "rPh":
            self._into = ""
        elif name == "c" and self._open:
            self._end_cell()
        elif name in FOOTERS:
            self.grid.notes.append(self._words)
            self._into = ""

    # ------------------------------------------------------------------------------------------------ rows

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", "")
        self._number = int(written) if written.isdecimal() and len(written) < 9 else self._number + 1
        self._hidden = attributes.get("hidden", "0") in ("1", "true") or (
            "ht" in attributes and float_of(attributes["ht"]) == 0 and attributes.get("customHeight") in ("1", "true")
        )

    def _plain_row(self, found: re.Match[bytes]) -> None:
        """A row the parser need not see: numbers, texts without marks and empty cells, nothing between them."""
        if self._open or self._cells or self._marks:
            self._end_row()
        if b"<v>" not in found[3] and b"<is>" not in found[3]:
            self._number = int(found[1])
            return
        number, attributes, cells = (part.decode("utf-8", errors="replace") for part in found.groups())
        shown = dict(ATTRIBUTES.findall(attributes)) if "hidden" in attributes or 'ht="0' in attributes else {}
        self._start_row({"r": number, **shown})
        texts, texts_marked, styles_marked = self._strings.texts, self._strings.marks, self._styles.marks
        row = self._cells
        for letters, style, kind, words in PLAIN_CELLS.findall(cells):
            if not words:
                continue
            column = COLUMNS[letters]
            shared = (
                kind == "s" and words.isdecimal() and (place := int(words)) < len(texts) and place not in texts_marked
            )
            if shared and column == len(row) and style not in styles_marked:
                row.append(texts[place] or None)
                continue
            self._column, self._style, self._kind, self._words = column, style, kind, words
            self._put(self._value() if kind else self._number_value(words))
        self._end_row()

    def _end_row(self) -> None:
        if self._open:
            self._end_cell()
        cells, marks = self._cells, self._marks
        if not cells and not marks:
            return
        self._cells, self._marks = [], []
        while cells and (cells[-1] is None or (type(cells[-1]) is str and not cells[-1].strip())):
            cells.pop()
        if cells or marks:
            self._keep(Row(self._number, tuple(cells), self._hidden, tuple(marks)))

    def _keep(self, row: Row) -> None:
        if not 0 < row.number <= LAST_ROW:
            self.grid.misplaced += len(row.cells) - row.cells.count(None)
            return
        self._budget.slots -= len(row.cells) + 4
        if self._budget.slots < 0 or self._budget.characters < 0 or len(self.grid.rows) >= self._limits.rows:
            raise UnreadableError("holds more cells than can be read")
        before = self.grid.rows.get(row.number)
        self.grid.rows[row.number] = joined(before, row) if before else row

    # ----------------------------------------------------------------------------------------------- cells

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = COLUMNS[reference.rstrip(digits)] if reference else len(self._cells)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._open, self._has_value, self._into = True, False, ""
        if self._kind in TEXT_KINDS:
            self._rich = RichText() if self._kind == "inlineStr" else None
            self._parser.EndElementHandler = self._end
        elif self._parser.EndElementHandler is not None:
            self._parser.EndElementHandler = None

    def _end_cell(self) -> None:
        self._open, self._into = False, ""
        value = self._value() if self._has_value or self._rich is not None else None
        if self._formula:
            self._end_formula(value)
        self._rich = None
        self._put(value)

    def _put(self, value: Value) -> None:
        """Put a value at the open cell's column, wherever in the row the file has it."""
        column, cells = self._column, self._cells
        if value is None:
            return
        if column < 0:
            self.grid.misplaced += 1
            return
        if column < len(cells):
            cells[column] = value
        else:
            if column > len(cells):
                cells.extend([None] * (column - len(cells)))
            cells.append(value)
        if self._style in self._styles.marks:
            self._marks += (Mark(kind, column, words) for kind, words in self._styles.marks[self._style])

    def _end_formula(self, value: Value) -> None:
        if value is None and not (self._has_value and self._kind == "str"):
            self._marks.append(Mark("formula", self._column, f"={self._formula.strip()}"))
        self._formula = ""

    def _value(self) -> Value:
        kind, words = self._kind, self._words
        if self._rich is not None:
            self._marks += (Mark(what, self._column, part) for what, part in self._rich.marks())
            words = self._rich.text
            self._budget.characters -= len(words)
            return words or None
        if kind == "s":
            return self._shared(words)
        if kind in ("n", ""):
            return self._number_value(words)
        if kind == "b":
            return words.strip() in ("1", "true")
        if kind == "e":
            self._marks.append(Mark("error", self._column, words.strip()))
            return words.strip()
        if kind == "d":
            return iso_moment(words)
        self._budget.characters -= len(words)
        return plain(words) or None

    def _shared(self, words: str) -> Value:
        place = int(words) if words.strip().isdecimal() and len(words) < 12 else -1
        if not 0 <= place < len(self._strings.texts):
            self._marks.append(Mark("error", self._column, "the text of this cell is missing from the file"))
            return None
        said = self._strings.marks.get(place, ())
        self._marks += (Mark(kind, self._column, part) for kind, part in said)
        return self._strings.texts[place] or None

    def _number_value(self, words: str) -> Value:
        words = words.strip()
        if not words:
            return None
        value = number(words)
        format_ = self._styles.dates.get(self._style)
        if format_ is None or isinstance(value, str):
            return value
        shown = moment(value, format_, from_1904=self._from_1904)
        if isinstance(shown, (int, float)):
            self._marks.append(Mark("error", self._column, f"the number {words} is shown as a date and is none"))
        elif format_.hint:
            words = as_shown(shown, format_) if isinstance(shown, datetime) else ""
            self._marks.append(Mark("shown" if words else "number-format", self._column, words or format_.hint))
        return shown

    # -------------------------------------------------------------------------------------- everything else

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._inside_cell(name, attributes)
        elif name == "col" and (attributes.get("hidden", "0") in ("1", "true") or attributes.get("width") == "0"):
            first, last = (int(float_of(attributes.get(side, "0"))) for side in ("min", "max"))
            self.grid.hidden_columns.append((first - 1, last - 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name in FOOTERS:
            self._words, self._into = "", name
        elif name in ("mergeCells", "headerFooter"):
            self._parser.EndElementHandler = self._end

    def _inside_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "f":
            self._formula, self._into = " ", "f"
        elif name == "is":
            self._rich = self._rich or RichText()
            self._parser.EndElementHandler = self._end
        elif name == "t":
            self._into = "" if self._into == "rPh" else "t"
        elif name == "rPh":
            self._into = "rPh"
        elif self._rich is None:
            # No cell holds such an element: the rows have come to their end.
            self._end_row()
            self._start_other(name, attributes)
        elif name in ("strike", "color"):
            self._rich.look.take(name, attributes)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = cell_place(first), cell_place(last or first)
        if top and bottom and left >= 0 and right >= 0 and len(self.grid.merges) < self._limits.merges:
            merge = Merge(min(top, bottom), max(top, bottom), min(left, right), max(left, right))
            if (merge.first_row, merge.first_column) != (merge.last_row, merge.last_column):
                self.grid.merges.append(merge)


def joined(before: Row, after: Row) -> Row:
    """Two pieces of one row: a file may have them apart. What comes later counts where both have a cell."""
    width = max(len(before.cells), len(after.cells))
    first, second = (row.cells + (None,) * (width - len(row.cells)) for row in (before, after))
    cells = tuple(old if new is None else new for old, new in zip(first, second, strict=True))
    return Row(before.number, cells, before.hidden or after.hidden, before.marks + after.marks)


def hidden_within(ranges: Iterable[tuple[int, int]], width: int) -> tuple[int, ...]:
    """The hidden columns among the first `width`, in order."""
    return tuple(
        sorted({column for first, last in ranges for column in range(max(first, 0), min(last, width - 1) + 1)})
    )


def merges_within(merges: Iterable[Merge], last_row: int, width: int) -> tuple[Merge, ...]:
    """The merges that touch cells with content, cut off at the last of them: a merge may name the whole sheet."""
    inside = (merge for merge in merges if merge.first_row <= last_row and merge.first_column < width)
    cut = (
        Merge(
            m.first_row, min(m.last_row, last_row), m.first_column, max(min(m.last_column, width - 1), m.first_column)
        )
        for m in inside
    )
    return tuple(m for m in cut if (m.first_row, m.first_column) != (m.last_row, m.last_column))
