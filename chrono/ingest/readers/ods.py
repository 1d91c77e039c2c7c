"""OpenDocument spreadsheets (.ods), as LibreOffice saves them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time

from chrono.ingest.ooxml.grid import LAST_COLUMN, LAST_ROW, Budget, hidden_within, merges_within
from chrono.ingest.ooxml.markup import Markup, attribute, local
from chrono.ingest.ooxml.numbers import iso_moment, number
from chrono.ingest.ooxml.package import ASK_AGAIN, Package
from chrono.ingest.reading import Contents, Given, Reader, UnreadableError
from chrono.model import Mark, Merge, Problem, Row, Sheet, Value

CONTENT = "content.xml"
DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
NOT_SHOWN = frozenset(("tracked-changes", "creator", "date", "date-string"))


def read_ods(given: Given) -> Contents:
    """Read every sheet. Raises UnreadableError if the file is no spreadsheet, or cannot be opened safely."""
    package = Package(given.content, given.limits)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableError("is protected with a password", "ask the agency for a copy without one")
    found = _Sheets(Budget.of(given.limits))
    problems = []
    try:
        found.read(package.chunks(CONTENT))
    except UnreadableError as fault:
        if not found.tabs:
            raise
        problems.append(Problem(given.file, f"{fault.what}; only what stands before that was read", ASK_AGAIN))
    return Contents(
        tuple(tab.sheet(given.file) for tab in found.tabs), problems=tuple(problems), modified=package.modified
    )


def time_or_hours(text: str) -> Value:
    """A duration as OpenDocument writes it (PT14H30M00S): a time of day, or as text the hours where it is longer."""
    found = DURATION.fullmatch(text)
    if not found:
        return text
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (
        time(hours, minutes, seconds) if max(hours - 23, minutes - 59, seconds - 59) <= 0 else f"{hours}:{minutes:02d}"
    )


VALUES: dict[str, tuple[str, Callable[[str], Value]]] = {
    "float": ("value", number),
    "currency": ("value", number),
    "percentage": ("value", number),
    "date": ("date-value", iso_moment),
    "time": ("time-value", time_or_hours),
    "boolean": ("boolean-value", lambda text: text == "true"),
}


@dataclass(slots=True)
class _Tab:
    name: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    columns: int = 0
    number: int = 0

    def sheet(self, file: str) -> Sheet:
        width = max((len(row.cells) for row in self.rows), default=0)
        last = self.rows[-1].number if self.rows else 0
        merges = merges_within(self.merges, last, width)
        hidden = hidden_within(self.hidden_columns, width)
        return Sheet(file, self.name, tuple(self.rows), self.hidden, merges, hidden, tuple(self.marks))


class _Sheets(Markup):
    """Styles come before the sheets: which sheets they hide, which words they strike out."""

    def __init__(self, budget: Budget) -> None:
        self.tabs: list[_Tab] = []
        self._budget = budget
        self._style = ""
        self._hiding: set[str] = set()
        self._striking: set[str] = set()
        self._cells: list[Value] = []
        self._marks: list[Mark] = []
        self._cell: dict[str, str] | None = None
        self._row: dict[str, str] = {}
        self._words: list[str] = []
        self._aside: list[str] | None = None
        self._spans: list[bool] = []
        self._struck: list[str] = []
        self._paragraphs = 0
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._skipped or name in NOT_SHOWN:
            self._skipped += 1
        elif begin := STARTS.get(name):
            begin(self, attributes)

    def text(self, words: str) -> None:
        if self._paragraphs and not self._skipped:
            self._add(words)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif finish := ENDS.get(local(tag)):
            finish(self)

    def _add(self, words: str) -> None:
        (self._words if self._aside is None else self._aside).append(words)
        if self._aside is None and any(self._spans):
            self._struck.append(words)

    def begin_style(self, attributes: dict[str, str]) -> None:
        self._style = attribute(attributes, "name")

    def look(self, attributes: dict[str, str]) -> None:
        if attribute(attributes, "display") == "false":
            self._hiding.add(self._style)
        if attribute(attributes, "text-line-through-style", "none") != "none":
            self._striking.add(self._style)

    def begin_table(self, attributes: dict[str, str]) -> None:
        hidden = attribute(attributes, "style-name") in self._hiding
        self.tabs.append(_Tab(attribute(attributes, "name"), hidden))

    def column(self, attributes: dict[str, str]) -> None:
        if not self.tabs:
            return
        tab = self.tabs[-1]
        first, tab.columns = tab.columns, tab.columns + _times(attributes, "number-columns-repeated")
        if attribute(attributes, "visibility", "visible") != "visible":
            tab.hidden_columns.append((first, tab.columns - 1))

    def begin_row(self, attributes: dict[str, str]) -> None:
        self._row, self._cells, self._marks = attributes, [], []

    def end_row(self) -> None:
        if not self.tabs:
            return
        tab, times = self.tabs[-1], _times(self._row, "number-rows-repeated")
        while self._cells and (self._cells[-1] is None or self._cells[-1] == ""):
            self._cells.pop()
        if self._cells or self._marks:
            hidden = attribute(self._row, "visibility", "visible") != "visible"
            last = min(tab.number + times, LAST_ROW)
            self._budget.slots -= (len(self._cells) + 4) * (last - tab.number)
            if self._budget.slots < 0:
                raise UnreadableError("holds more cells than can be read", ASK_AGAIN)
            cells, marks = tuple(self._cells), tuple(self._marks)
            tab.rows += (Row(number, cells, hidden, marks) for number in range(tab.number + 1, last + 1))
        tab.number += times

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._words, self._struck, self._spans = attributes, [], [], []

    def end_cell(self) -> None:
        if self._cell is None:
            return
        attributes, self._cell = self._cell, None
        value, column = self._value(attributes), len(self._cells)
        times = min(_times(attributes, "number-columns-repeated"), LAST_COLUMN + 1 - column)
        self._cells += [value] * times
        if value is None or not self.tabs:
            return
        struck = attribute(attributes, "style-name") in self._striking
        if struck or self._struck:
            self._marks.append(Mark("struck", column, "" if struck else "".join(self._struck)))
        if attributes.get("calcext:value-type") == "error" or (isinstance(value, str) and value.startswith("Err:")):
            self._marks.append(Mark("error", column, str(value)))
        self._merge(attributes, column)

    def _merge(self, attributes: dict[str, str], column: int) -> None:
        across, down = (_times(attributes, f"number-{way}-spanned") for way in ("columns", "rows"))
        if across > 1 or down > 1:
            row = self.tabs[-1].number + 1
            self.tabs[-1].merges.append(Merge(row, row + down - 1, column, column + across - 1))

    def _value(self, attributes: dict[str, str]) -> Value:
        shown = "".join(self._words).rstrip("\n")
        name, read = VALUES.get(attribute(attributes, "value-type"), ("", str))
        written = attribute(attributes, name) if name else ""
        return read(written) if written else (shown or attribute(attributes, "string-value") or None)

    def begin_paragraph(self, _: dict[str, str]) -> None:
        self._paragraphs += 1

    def end_paragraph(self) -> None:
        self._add("\n")
        self._paragraphs -= 1

    def begin_span(self, attributes: dict[str, str]) -> None:
        self._spans.append(attribute(attributes, "style-name") in self._striking)

    def end_span(self) -> None:
        if self._spans:
            self._spans.pop()

    def spaces(self, attributes: dict[str, str]) -> None:
        self._add(" " * min(_times(attributes, "c"), 1000))

    def tab(self, _: dict[str, str]) -> None:
        self._add("\t")

    def line(self, _: dict[str, str]) -> None:
        self._add("\n")

    def begin_aside(self, _: dict[str, str]) -> None:
        self._aside = []

    def end_comment(self) -> None:
        self._marks += self._said_aside("comment", len(self._cells))

    def end_box(self) -> None:
        if self.tabs:
            self.tabs[-1].marks += self._said_aside("text-box", -1)

    def _said_aside(self, kind: str, column: int) -> Iterator[Mark]:
        words, self._aside = "".join(self._aside or ()).strip(), None
        if words:
            yield Mark(kind, column, words)


def _times(attributes: dict[str, str], name: str) -> int:
    text = attribute(attributes, name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


STARTS: dict[str, Callable[[_Sheets, dict[str, str]], None]] = {
    "style": _Sheets.begin_style,
    "table-properties": _Sheets.look,
    "text-properties": _Sheets.look,
    "table": _Sheets.begin_table,
    "table-column": _Sheets.column,
    "table-row": _Sheets.begin_row,
    "table-cell": _Sheets.begin_cell,
    "covered-table-cell": _Sheets.begin_cell,
    "p": _Sheets.begin_paragraph,
    "span": _Sheets.begin_span,
    "s": _Sheets.spaces,
    "tab": _Sheets.tab,
    "line-break": _Sheets.line,
    "annotation": _Sheets.begin_aside,
    "frame": _Sheets.begin_aside,
    "custom-shape": _Sheets.begin_aside,
}
ENDS: dict[str, Callable[[_Sheets], None]] = {
    "table-row": _Sheets.end_row,
    "table-cell": _Sheets.end_cell,
    "covered-table-cell": _Sheets.end_cell,
    "p": _Sheets.end_paragraph,
    "span": _Sheets.end_span,
    "annotation": _Sheets.end_comment,
    "frame": _Sheets.end_box,
    "custom-shape": _Sheets.end_box,
}


def _recognises(content: bytes) -> bool:
    """The format demands that the kind of document stands at the very beginning, unpacked."""
    return content.startswith(b"PK") and b"opendocument.spreadsheet" in content[:200]


reader = Reader("OpenDocument spreadsheet", (".ods", ".ots"), _recognises, read_ods)
