"""The kit the sheets are made with: text that stays text, formats, tables that can be read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chrono.model import Value
from chrono.report.notebook import NO_REMARKS, Remarks
from chrono.report.text import clean

LONGEST = 32_767
"""Characters a cell of a workbook can hold."""
LONGEST_HEADER = 200
"""A table's header can hold 255."""
CUT = " […cut: a cell holds no more; the whole text is in combined.json]"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")
OWN_KEY = "own."
"""What the key of a reviewer's column begins with; its header, as first seen, follows."""
KEY_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
"""Rows of a table sheet (0-based): the hidden row that says what each column is, the headers, the first line."""
LINE_HEIGHT, TALLEST = 12.75, 409.0
"""Points: one line of text, and the most a row can have."""
PER_LETTER, AT_LINE_ENDS = 0.80, 2.5
"""What a letter takes of a column's unit of width, on average; and what is lost at each line's end, more in narrow columns."""
PER_BOLD_LETTER, SHORT = 0.87, 80
"""What a letter of a name takes; and up to how many letters a text is broken into lines word by word."""
MADE = datetime(2000, 1, 1)
"""The same in every workbook: the same input gives the same bytes."""
MANY = 30_000
"""Lines beyond which a workbook is written line by line, without Excel tables and lines between cells."""

INK, PAPER, LINE = "#1F2933", "#FFFFFF", "#D5DAE1"
HEAD, OWN_HEAD, OWN = "#22405C", "#7A5B00", "#FFF9E5"

FORMATS: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "strong": {"bold": True},
    "faint": {"font_color": "#667080"},
    "number": {"align": "center", "font_color": "#667080"},
    "count": {"align": "center"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "first day": {"num_format": "dd/mm/yyyy", "align": "left", "italic": True, "font_color": "#667080"},
    "own": {"bg_color": OWN},
    "own day": {"bg_color": OWN, "num_format": "dd/mm/yyyy"},
    "own moment": {"bg_color": OWN, "num_format": "dd/mm/yyyy hh:mm"},
    "own time": {"bg_color": OWN, "num_format": "hh:mm"},
    "link": {"font_color": "#0B57A4", "underline": 1},
    "high": {"bg_color": "#F6C9C4", "bold": True},
    "medium": {"bg_color": "#FCE4B8"},
    "low": {"bg_color": "#E4EAF0"},
}
PLAIN: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": HEAD},
    "subtitle": {"font_color": "#4A5563", "text_wrap": True, "valign": "top"},
    "told": {"font_color": "#4A5563"},
    "heading": {"bold": True, "font_size": 11, "font_color": HEAD},
    "head": {"bg_color": HEAD},
    "own head": {"bg_color": OWN_HEAD},
    "key": {"font_color": "#9AA3AE", "font_size": 8},
}
HEADERS = {"bold": True, "font_color": PAPER, "text_wrap": True, "valign": "vcenter", "border": 1}
BASE = {"font_name": "Calibri", "font_size": 10, "font_color": INK}
CELL: Mapping[str, Any] = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `key` stays whatever is done to the header; `own` ones are the reviewer's."""

    key: str
    header: str
    width: float
    style: str = "text"
    hidden: bool = False
    own: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """A cell that leads to the line with `id_` on another table, wherever sorting has put it."""

    text: str
    sheet: str
    ids: str
    """The column of that sheet that holds the ids, as a letter."""
    id_: str


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell in a format other than its column's. `tint` is a colour of its own, on top of that."""

    value: Value
    style: str = "text"
    tint: str = ""


Cell = Value | Jump | Styled


@dataclass(frozen=True)
class TableSheet:
    """What makes a sheet with one table: `kind` and the id of each line are what it is recognised by when read back."""

    name: str
    kind: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[tuple[str, Sequence[Cell]]]
    """(id, cells for all columns that are neither the reviewer's nor the id's)"""
    subtitle: str = ""
    legend: Sequence[tuple[str, str]] = ()
    """(colour, what has it)"""
    remarks: Mapping[str, Remarks] = field(default_factory=dict)
    frozen: int = 0
    printed: int = 0
    """How many columns are printed; 0 for all that are not hidden."""
    paper: int = 9
    """9 is A4, 8 is A3."""


class Page(Worksheet):  # type: ignore[misc]  # the library carries no type information
    """A sheet whose rows keep growing with what is typed into them."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        # A height marked as custom would stay as it is, however much the reviewer writes.
        kept = [each for each in attributes if tag != "row" or each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)


class Book:
    """A workbook being written. Text never becomes a formula, a link or markup."""

    def __init__(self, out: BinaryIO, title: str, lines: int) -> None:
        self.many = lines > MANY
        options = {
            "constant_memory": self.many,
            "in_memory": not self.many,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        }
        self._book = xlsxwriter.Workbook(out, options)
        self._book.set_properties({"title": clean(title)[:200], "created": MADE, "comments": "Written by chrono"})
        self._book.set_size(2400, 1500)
        self._formats: dict[tuple[str, str, bool], Format] = {}
        self._names: set[str] = set()

    def close(self) -> None:
        """Write everything out."""
        self._book.close()

    def sheet(self, name: str, colour: str = "") -> Worksheet:
        """A new sheet, set up to be read on a screen and printed across."""
        sheet = self._book.add_worksheet(self._free(name), Page)
        if colour:
            sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&A&C&8Confidential&R&8Page &P of &N")
        sheet.fit_to_pages(1, 0)
        return sheet

    def _free(self, name: str) -> str:
        """A name for a sheet that Excel allows and that is not taken."""
        plain = "".join(" " if char in "[]:*?/\\" else char for char in clean(name)).strip("' ")[:31] or "Sheet"
        free, number = plain, 2
        while free.casefold() in self._names:
            free = f"{plain[:27]} ({number})"
            number += 1
        self._names.add(free.casefold())
        return free

    def format(self, style: str, tint: str = "", quoted: bool = False) -> Format:
        """A format by name. `quoted` keeps text that looks like a formula as text, also when it is edited."""
        found = self._formats.get((style, tint, quoted))
        if found is None:
            given = {**BASE, **self._shape(style), **(PLAIN.get(style) or FORMATS[style])}
            given |= {"bg_color": tint} if tint else {}
            found = self._formats[style, tint, quoted] = self._book.add_format(given | {"quote_prefix": quoted})
        return found

    def _shape(self, style: str) -> Mapping[str, Any]:
        if style.endswith("head"):
            return HEADERS
        if style in PLAIN:
            return {}
        return CELL if self.many else {**CELL, "border": 1, "border_color": LINE}

    def put(self, sheet: Worksheet, row: int, column: int, cell: Cell, style: str = "text", tint: str = "") -> None:
        """Write one cell, as what it is."""
        if cell is None or cell == "":
            if tint or not self.many:
                sheet.write_blank(row, column, None, self.format(style, tint))
        elif isinstance(cell, str):
            text = fitting(cell)
            sheet.write_string(row, column, text, self.format(style, tint, text.startswith(FORMULA_STARTS)))
        elif isinstance(cell, Styled):
            self.put(sheet, row, column, cell.value, cell.style, cell.tint)
        elif isinstance(cell, Jump):
            self._jump(sheet, row, column, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.format(style, tint))
        elif isinstance(cell, (int, float)):
            sheet.write_number(row, column, cell, self.format(style, tint))
        else:
            self._put_time(sheet, row, column, cell, style, tint)

    def _put_time(self, sheet: Worksheet, row: int, column: int, moment: date | time, style: str, tint: str) -> None:
        if isinstance(moment, date) and moment.year < 1900:  # Excel's calendar does not go back further
            sheet.write_string(row, column, moment.isoformat(), self.format(style, tint))
        else:
            sheet.write_datetime(row, column, moment, self.format(style, tint))

    def line(self, sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, str, float]]) -> None:
        """Write one row, each cell with its style and its column's width, and make it as tall as its text asks."""
        tallest = 1
        for place, (cell, style, width) in enumerate(cells):
            self.put(sheet, row, place, cell, style)
            if cell and (needed := lines_needed(cell, width)) > tallest:
                tallest = needed
        if tallest > 1:
            sheet.set_row(row, min(tallest * LINE_HEIGHT + 2, TALLEST))

    def _jump(self, sheet: Worksheet, row: int, column: int, jump: Jump) -> None:
        # The place is looked up when the link is followed, so that it holds after the other sheet was sorted.
        text = clean(jump.text).replace('"', "'")[:250]
        ids = f"'{jump.sheet}'!${jump.ids}:${jump.ids}"
        formula = f"""=HYPERLINK("#'{jump.sheet}'!A"&MATCH("{jump.id_}",{ids},0),"{text}")"""
        sheet.write_formula(row, column, formula, self.format("link"), text)

    def table(self, table: TableSheet) -> None:
        """A sheet with one table: title, legend, a hidden row of keys, headers, lines; filters and a print set-up."""
        sheet = self.sheet(table.name)
        columns = unique(table.columns)
        shown = [place for place, column in enumerate(columns) if not column.hidden]
        self._set_columns(sheet, columns)
        self._head(sheet, table, columns, shown[-1])
        last = FIRST_ROW
        for last, (id_, cells) in enumerate(table.rows, start=FIRST_ROW):
            self._line(sheet, last, columns, id_, iter(cells), table.remarks.get(id_, NO_REMARKS))
        self._choices(sheet, columns, last)
        self._filter(sheet, table, columns, last)
        sheet.freeze_panes(FIRST_ROW, table.frozen)
        sheet.set_paper(table.paper)
        sheet.repeat_rows(HEADER_ROW)
        sheet.print_area(0, 0, last, (table.printed or len(shown)) - 1)

    def _set_columns(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})

    def _head(self, sheet: Worksheet, table: TableSheet, columns: Sequence[Column], last_shown: int) -> None:
        sheet.set_row(0, 24)
        sheet.write_string(0, 0, fitting(table.title), self.format("title"))
        self._legend(sheet, table, last_shown)
        sheet.set_row(KEY_ROW, 8, None, {"hidden": True})
        for place, column in enumerate(columns):
            sheet.write_string(KEY_ROW, place, f"{table.kind}.{column.key}", self.format("key"))
        sheet.set_row(HEADER_ROW, 32)
        for place, column in enumerate(columns):
            sheet.write_string(HEADER_ROW, place, column.header, self.format("own head" if column.own else "head"))

    def _legend(self, sheet: Worksheet, table: TableSheet, last_shown: int) -> None:
        """The line under the title: what is on the sheet, and which colour stands for what."""
        width = min(last_shown, 10)
        rich: list[Any] = [fitting(table.subtitle) + ("   " if table.legend else "")] if table.subtitle else []
        for colour, what in table.legend:
            square = self._book.add_format({**BASE, "font_color": colour, "font_size": 12})
            rich += [square, "■ ", f"{clean(what)}   "]
        length = len(table.subtitle) + sum(len(what) + 5 for _, what in table.legend)
        room = sum(column.width for column in list(table.columns)[: width + 1] if not column.hidden)
        sheet.set_row(1, 15 * (1 + int(length // max(room, 1))))
        sheet.merge_range(1, 0, 1, width, "", self.format("subtitle"))
        if table.legend:
            sheet.write_rich_string(1, 0, *rich, self.format("subtitle"))
        elif table.subtitle:
            sheet.write_string(1, 0, fitting(table.subtitle), self.format("subtitle"))

    def _line(
        self, sheet: Worksheet, row: int, columns: Sequence[Column], id_: str, cells: Iterator[Cell], remarks: Remarks
    ) -> None:
        self.line(sheet, row, self._cells(columns, id_, cells, remarks))

    def _cells(
        self, columns: Sequence[Column], id_: str, cells: Iterator[Cell], remarks: Remarks
    ) -> Iterator[tuple[Cell, str, float]]:
        for column in columns:
            if column.own:
                yield own_cell(remarks.get(column.key.removeprefix(OWN_KEY))), "own", column.width
            elif column.key == "id":
                yield id_, "faint", LONGEST
            else:
                yield next(cells), column.style, LONGEST if column.hidden else column.width

    def _choices(self, sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
        for place, column in enumerate(columns):
            if column.choices:
                # A list to choose from, not a fence: another word is asked about, and then taken.
                asked = {"error_type": "warning", "error_message": "Not one of the usual words. Keep it?"}
                sheet.data_validation(
                    FIRST_ROW, place, last, place, {"validate": "list", "source": list(column.choices), **asked}
                )

    def _filter(self, sheet: Worksheet, table: TableSheet, columns: Sequence[Column], last: int) -> None:
        if self.many:
            sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
            return
        heads = [
            {"header": column.header, "header_format": self.format("own head" if column.own else "head")}
            for column in columns
        ]
        # A real table: a column that the reviewer adds beside it is sorted with the rest.
        name = "".join(char if char.isalnum() else "_" for char in table.name)
        sheet.add_table(HEADER_ROW, 0, last, len(columns) - 1, {"name": f"T_{name}", "columns": heads, "style": None})


def own_cell(value: Value) -> Cell:
    """What the reviewer typed, as the kind of thing it is."""
    styles = {datetime: "own moment", date: "own day", time: "own time"}
    style = styles.get(type(value), "own")
    if isinstance(value, datetime) and value.time() == time():
        style = "own day"
    return Styled(value, style)


def lines_needed(cell: Cell, width: float) -> int:
    """How many lines a cell's text takes in a column of this width, about."""
    text = cell.value if isinstance(cell, Styled) else cell.text if isinstance(cell, Jump) else cell
    if not isinstance(text, str) or (len(text) < width and "\n" not in text):
        return 1
    return sum(_lines_of(part, width) for part in text[:LONGEST].split("\n"))


def _lines_of(text: str, width: float) -> int:
    if len(text) > SHORT:
        return 1 + int(len(text) * (PER_LETTER + AT_LINE_ENDS / width) / width)
    room = max(int(width / PER_BOLD_LETTER), 1)
    lines, left = 1, room
    for word in text.split(" "):
        if len(word) > left < room:
            lines, left = lines + 1, room
        lines += max(len(word) - 1, 0) // room
        left -= len(word) + 1
    return lines


def fitting(text: str) -> str:
    """Text that a cell can hold, and that stays what it is. What has to be cut says so."""
    safe = clean(text)
    if len(safe) > LONGEST:
        safe = safe[: LONGEST - len(CUT)] + CUT
    # The library takes text between these marks for its own formatting.
    return f"{safe} " if safe.startswith("<r>") and safe.endswith("</r>") else safe


def unique(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with no header twice (a table allows none, whatever their case)."""
    taken: set[str] = set()
    found = []
    for column in columns:
        header, number = fitting(column.header)[:LONGEST_HEADER].strip() or "Column", 2
        plain = header
        while header.casefold() in taken:
            header = f"{plain} ({number})"
            number += 1
        taken.add(header.casefold())
        found.append(Column(column.key, header, column.width, column.style, column.hidden, column.own, column.choices))
    return tuple(found)


def own_columns(headers: Iterable[str], settings: Mapping[str, tuple[float, tuple[str, ...]]]) -> tuple[Column, ...]:
    """The reviewer's columns; `settings` gives width and choices for the usual ones."""
    usual: tuple[float, tuple[str, ...]] = (18, ())
    return tuple(
        Column(
            OWN_KEY + header,
            header,
            settings.get(header, usual)[0],
            "own",
            own=True,
            choices=settings.get(header, usual)[1],
        )
        for header in headers
    )


def letter(columns: Sequence[Column], key: str) -> str:
    """The letter of the column with this key."""
    place = next(place for place, column in enumerate(columns) if column.key == key)
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
