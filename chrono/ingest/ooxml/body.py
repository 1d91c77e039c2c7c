"""The body of a Word document in one pass: tables, merged cells, tracked changes, text boxes, paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from chrono.ingest.ooxml.markup import Markup, attribute, is_on, local
from chrono.ingest.reading import Limits, UnreadableError
from chrono.model import Mark, Merge, Row, Value

BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
CHANGES = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted"}
NOTE_REFERENCES = {"commentReference": "comment", "footnoteReference": "footnote", "endnoteReference": "endnote"}
LOOKS = {"strike": "struck", "dstrike": "struck", "vanish": "hidden"}
LEFT_OUT = ("Fallback", "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "sectPrChange")
"""What an old program would show instead, and how something looked before a tracked change."""
HEADING_STYLES = ("heading", "title", "subtitle", "caption")
MOST_TAGS = 1_000
T = TypeVar("T")
WIDEST = 1_000
"""Grid columns: Word itself allows 63 in a table."""


@dataclass(slots=True)
class Words:
    """Paragraphs being put together: the text that counts, and apart from it what is struck, deleted, inserted, hidden."""

    live: list[str] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Comments, footnotes and text boxes anchored here, as (kind, words)."""
    shaded: bool = False

    def add(self, words: str, kinds: set[str]) -> None:
        """Add words. Deleted ones are no part of the text."""
        if "deleted" in kinds:
            kinds = {"deleted"}
        else:
            self.live.append(words)
        for kind in kinds:
            self.apart.setdefault(kind, []).append(words)

    @property
    def text(self) -> str:
        """The text that counts, without blank space around it."""
        return "".join(self.live).strip()

    def marks(self, column: int) -> Iterator[Mark]:
        """What the text alone does not tell."""
        apart = ((kind, "".join(self.apart[kind]).strip()) for kind in sorted(self.apart))
        yield from (Mark(kind, column, words) for kind, words in (*apart, *self.notes) if words)


@dataclass(slots=True)
class Table:
    """A table being read: its rows so far, and the row and cell that are open."""

    name: str
    heading: str = ""
    rows: list[Row] = field(default_factory=list)
    number: int = 0
    inner: int = 0
    cells: list[Value] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    change: str = ""
    """'inserted' or 'deleted' where the whole row is."""
    span: int = 1
    vertical: str = ""
    """'restart' in the first cell of a vertical merge, 'continue' in those below."""
    merged: dict[int, Merge] = field(default_factory=dict)
    """Column -> the last merge that begins in it."""
    merges: list[Merge] = field(default_factory=list)

    def begin_row(self) -> None:
        """The next row, empty."""
        self.number += 1
        self.cells, self.marks, self.change = [], [], ""

    def skip(self, columns: int) -> None:
        """Leave out grid columns before the row's first cell."""
        self.cells += [None] * min(columns, WIDEST)

    def begin_cell(self) -> None:
        """The next cell of the row, not merged."""
        self.span, self.vertical = 1, ""

    def end_cell(self, words: Words) -> None:
        """Put a cell where it stands in the grid; the other places it covers stay empty."""
        column = len(self.cells)
        if column >= WIDEST:
            raise UnreadableError("holds a table with too many columns", "ask the agency for a plain copy")
        last = column + max(1, min(self.span, WIDEST)) - 1
        self.cells.append(words.text or None)
        self.cells += [None] * (last - column)
        self.marks += words.marks(column)
        above = self.merged.get(column)
        if self.vertical == "continue" and above and above.last_row == self.number - 1:
            self.merged[column] = Merge(above.first_row, self.number, column, above.last_column)
        else:
            self.merged[column] = Merge(self.number, self.number, column, last)
            self._set_aside(above)

    def end_row(self) -> int:
        """Keep the row if there is anything in it; gives the places it takes."""
        if self.change == "deleted":
            gone = (Mark("deleted", column, str(cell)) for column, cell in enumerate(self.cells) if cell is not None)
            self.marks += gone
            self.cells = []
        elif self.change:
            self.marks.append(Mark(self.change))
        while self.cells and self.cells[-1] is None:
            self.cells.pop()
        if self.cells or self.marks:
            self.rows.append(Row(self.number, tuple(self.cells), marks=tuple(self.marks)))
        return len(self.cells)

    def finish(self) -> None:
        """No further row."""
        for merge in self.merged.values():
            self._set_aside(merge)
        self.merged = {}
        self.merges.sort(key=lambda merge: (merge.first_row, merge.first_column))

    def _set_aside(self, merge: Merge | None) -> None:
        if merge and (merge.first_row, merge.first_column) != (merge.last_row, merge.last_column):
            self.merges.append(merge)


class DocumentReader(Markup):
    """Takes a document's body in. Tables come in the order in which they begin: 'table 2' the second of the document,
    'table 2.1' the first inside one of its cells. `paragraphs` are those outside tables."""

    def __init__(self, side_texts: Mapping[tuple[str, str], str], limits: Limits) -> None:
        self.tables: list[Table] = []
        self.paragraphs: list[str] = []
        self._slots, self._characters = limits.slots, limits.characters
        self._side_texts = side_texts
        self._open: list[Table] = []
        self._containers: list[Words] = [Words()]  # the page itself, then cells and text boxes, the innermost last
        self._top = 0
        self._headings: list[str] = []  # since the last table
        self._last_paragraph = ""
        self._is_heading = False
        self._changes: list[str] = []
        self._looks: set[str] = set()
        self._in_words = self._in_run = self._in_row_properties = self._in_cell_properties = False
        self._run_shaded = self._paragraph_shaded = self._placeholder = False
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Where an element begins."""
        if self._skipped:
            self._skipped += 1
        elif begin := STARTS[tag]:
            begin(self, local(tag), attributes)

    def text(self, words: str) -> None:
        """The text between two tags."""
        if self._in_words and not self._skipped:
            self._add(words)

    def end(self, tag: str) -> None:
        """Where an element ends."""
        if self._skipped:
            self._skipped -= 1
        elif finish := ENDS[tag]:
            finish(self)

    # ------------------------------------------------------------------------------------------------- words

    def _add(self, words: str) -> None:
        self._characters -= len(words)
        if self._characters < 0:
            raise UnreadableError("holds more text than can be read", "ask the agency to send it in parts")
        target = self._containers[-1]
        kinds = self._looks | set(self._changes)
        if self._run_shaded or self._paragraph_shaded or target.shaded:
            kinds.discard("white")
        target.add(words, kinds)

    def _begin_words(self, _: str, __: dict[str, str]) -> None:
        self._in_words = True

    def _end_words(self) -> None:
        self._in_words = False

    def _break(self, name: str, _: dict[str, str]) -> None:
        if self._in_run:  # a tab stop of the paragraph has the same name
            self._add(BREAKS[name])

    def _begin_run(self, _: str, __: dict[str, str]) -> None:
        self._in_run, self._looks, self._run_shaded = True, set(), False

    def _end_run(self) -> None:
        self._in_run, self._looks, self._run_shaded = False, set(), False

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_run and is_on(attributes):
            self._looks.add(LOOKS[name])

    def _color(self, _: str, attributes: dict[str, str]) -> None:
        if self._in_run and attribute(attributes, "val").upper() == "FFFFFF":
            self._looks.add("white")

    def _shade(self, name: str, attributes: dict[str, str]) -> None:
        if name == "shd" and attribute(attributes, "fill", "auto").upper() in ("AUTO", "FFFFFF", "NONE"):
            return
        if self._in_run:
            self._run_shaded = True
        elif self._in_cell_properties:
            self._containers[-1].shaded = True
        else:
            self._paragraph_shaded = True

    def _begin_change(self, name: str, _: dict[str, str]) -> None:
        self._changes.append(CHANGES[name])
        if self._in_row_properties and self._open:
            self._open[-1].change = CHANGES[name]

    def _end_change(self) -> None:
        if self._changes:
            self._changes.pop()

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        kind = NOTE_REFERENCES[name]
        words = self._side_texts.get((kind, attribute(attributes, "id")), "")
        self._containers[-1].notes.append(("footnote" if kind == "endnote" else kind, words))

    # ------------------------------------------------------------------------------------------ paragraphs

    def _begin_paragraph(self, _: str, __: dict[str, str]) -> None:
        self._is_heading = self._paragraph_shaded = False

    def _style(self, _: str, attributes: dict[str, str]) -> None:
        self._is_heading = attribute(attributes, "val").lower().startswith(HEADING_STYLES)

    def _end_paragraph(self) -> None:
        self._paragraph_shaded = False
        here = self._containers[-1]
        if len(self._containers) > 1:
            here.live.append("\n")
            return
        for words in (here.text, *(words for _, words in here.notes)):
            if words:
                self.paragraphs.append(words)
        if here.text:
            self._last_paragraph = here.text
            if self._is_heading:
                self._headings.append(here.text)
        self._containers[-1] = Words()

    def _begin_box(self, _: str, __: dict[str, str]) -> None:
        self._containers.append(Words())

    def _end_box(self) -> None:
        if len(self._containers) > 1:
            box = self._containers.pop()
            self._containers[-1].notes += (("text-box", box.text), *box.notes)

    # --------------------------------------------------------------------------------------------- tables

    def _begin_table(self, _: str, __: dict[str, str]) -> None:
        if self._open:
            outer = self._open[-1]
            outer.inner += 1
            table = Table(f"{outer.name}.{outer.inner}")
        else:
            self._top += 1
            table = Table(f"table {self._top}", self._heading())
            self._headings, self._last_paragraph = [], ""
        self._open.append(table)
        self.tables.append(table)

    def _heading(self) -> str:
        """The headings since the last table, and the paragraph that stands directly above."""
        return "\n".join(dict.fromkeys((*self._headings, self._last_paragraph))).strip()

    def _end_table(self) -> None:
        if self._open:
            self._open.pop().finish()

    def _begin_row(self, _: str, __: dict[str, str]) -> None:
        if self._open:
            self._open[-1].begin_row()

    def _begin_row_properties(self, _: str, __: dict[str, str]) -> None:
        self._in_row_properties = True

    def _end_row_properties(self) -> None:
        self._in_row_properties = False

    def _before(self, _: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].skip(whole(attribute(attributes, "val")))

    def _end_row(self) -> None:
        if self._open:
            self._slots -= self._open[-1].end_row() + 4
            if self._slots < 0:
                raise UnreadableError("holds more cells than can be read", "ask the agency to send it in parts")

    def _begin_cell(self, _: str, __: dict[str, str]) -> None:
        if self._open:
            self._open[-1].begin_cell()
            self._containers.append(Words())

    def _begin_cell_properties(self, _: str, __: dict[str, str]) -> None:
        self._in_cell_properties = True

    def _end_cell_properties(self) -> None:
        self._in_cell_properties = False

    def _span(self, _: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].span = whole(attribute(attributes, "val")) or 1

    def _vertical(self, _: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].vertical = attribute(attributes, "val", "continue")

    def _end_cell(self) -> None:
        if self._open and len(self._containers) > 1:
            self._open[-1].end_cell(self._containers.pop())

    # ------------------------------------------------------------------------------------- what is left out

    def _skip(self, _: str, __: dict[str, str]) -> None:
        self._skipped = 1

    def _prompt(self, _: str, __: dict[str, str]) -> None:
        """A content control nobody has filled in: 'Click here to enter a date'."""
        self._placeholder = True

    def _begin_control(self, _: str, __: dict[str, str]) -> None:
        if self._placeholder:
            self._placeholder, self._skipped = False, 1


def whole(text: str) -> int:
    """A count as written; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


Start = Callable[[DocumentReader, str, dict[str, str]], None]
R = DocumentReader


class ByTag(dict[str, T | None]):
    """What to do by the name of an element; found also by its tag with a prefix, 'w:tbl', and then remembered."""

    def __missing__(self, tag: str) -> T | None:
        known = self.get(local(tag))
        if len(self) < MOST_TAGS:
            self[tag] = known
        return known


STARTS: ByTag[Start] = ByTag(
    {
        "t": R._begin_words,
        "delText": R._begin_words,
        "r": R._begin_run,
        "p": R._begin_paragraph,
        "pStyle": R._style,
        "color": R._color,
        "shd": R._shade,
        "highlight": R._shade,
        "tbl": R._begin_table,
        "tr": R._begin_row,
        "trPr": R._begin_row_properties,
        "gridBefore": R._before,
        "tc": R._begin_cell,
        "tcPr": R._begin_cell_properties,
        "gridSpan": R._span,
        "vMerge": R._vertical,
        "txbxContent": R._begin_box,
        **dict.fromkeys(LEFT_OUT, R._skip),
        "showingPlcHdr": R._prompt,
        "sdtContent": R._begin_control,
        **dict.fromkeys(BREAKS, R._break),
        **dict.fromkeys(CHANGES, R._begin_change),
        **dict.fromkeys(NOTE_REFERENCES, R._note),
        **dict.fromkeys(LOOKS, R._look),
    }
)
ENDS: ByTag[Callable[[DocumentReader], None]] = ByTag(
    {
        "t": R._end_words,
        "delText": R._end_words,
        "r": R._end_run,
        "p": R._end_paragraph,
        "tbl": R._end_table,
        "tr": R._end_row,
        "trPr": R._end_row_properties,
        "tc": R._end_cell,
        "tcPr": R._end_cell_properties,
        "txbxContent": R._end_box,
        **dict.fromkeys(CHANGES, R._end_change),
    }
)
