"""Returns as plain files again: the same sheets, rows and merged cells, and nothing of where they came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

import docx
import xlsxwriter

from chrono.model import Mark, Return, Row, Sheet, Value

ENDINGS = {".csv": ".csv", ".tsv": ".csv", ".txt": ".csv", ".docx": ".docx"}
"""What a return is written as; every other format as a workbook."""
LONGEST_NAME = 31
LONGEST_CELL = 32_767
MADE = datetime(2000, 1, 1)
"""Document properties tell nothing, not even when the set was made."""


def write_return(return_: Return, out: BinaryIO) -> None:
    """Write a return in the format that its name says."""
    if return_.file.endswith(".csv"):
        _write_csv(return_, out)
    elif return_.file.endswith(".docx"):
        _write_document(return_, out)
    else:
        _write_workbook(return_, out)


def _write_csv(return_: Return, out: BinaryIO) -> None:
    """A record begins on the line on which it began: other files cite it by that line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    line = 1
    for sheet in return_.sheets:
        for row in sheet.rows:
            text.write("\n" * (row.number - line))
            cells = [as_text(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in row.cells]
            writer.writerow(cells)
            line = max(line, row.number) + 1 + sum(cell.count("\n") for cell in cells)
    out.write(text.getvalue().encode("utf-8"))


def as_text(value: Value) -> str:
    """A cell as text; dates the English way round."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


# ------------------------------------------------------------------------------------------------------ workbooks


def _write_workbook(return_: Return, out: BinaryIO) -> None:
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": MADE})
    formats = _Formats(book)
    for number, sheet in enumerate(return_.sheets, 1):
        _write_sheet(book.add_worksheet(sheet.name or f"Sheet{number}"), sheet, formats)
    if all(sheet.hidden for sheet in return_.sheets):
        book.worksheets()[0].activate()
    else:
        next(page for page, sheet in zip(book.worksheets(), return_.sheets, strict=True) if not sheet.hidden).activate()
    for page, sheet in zip(book.worksheets()[1:], return_.sheets[1:], strict=True):
        if sheet.hidden:
            page.hide()
    if return_.sheets and return_.sheets[0].hidden and not all(sheet.hidden for sheet in return_.sheets):
        book.worksheets()[0].hide()
    book.close()


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Any] = {}

    def of(self, value: Value, marks: list[Mark]) -> Any:
        kinds = {mark.kind: mark.text for mark in marks}
        number = _date_format(value, kinds)
        key = (number, "struck" in kinds and not kinds["struck"], "white" in kinds and not kinds["white"])
        if key == ("", False, False):
            return None
        if key not in self._made:
            wanted = {"num_format": number or "General", "font_strikeout": key[1]}
            self._made[key] = self._book.add_format(wanted | ({"font_color": "#FFFFFF"} if key[2] else {}))
        return self._made[key]


def _date_format(value: Value, kinds: dict[str, str]) -> str:
    if not isinstance(value, (date, time)):
        return ""
    if "number-format" in kinds:
        return kinds["number-format"]
    if isinstance(value, time):
        return "hh:mm"
    if "shown" in kinds:
        return "mmmm yyyy" if any(mark.isalpha() for mark in kinds["shown"]) else "yyyy"
    return "dd/mm/yyyy hh:mm" if isinstance(value, datetime) and value.time() != time() else "dd/mm/yyyy"


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    for row in sheet.rows:
        for column, value in enumerate(row.cells):
            _write_cell(page, row, column, value, formats)
        for mark in row.marks:
            if mark.kind == "comment" and mark.text:
                page.write_comment(row.number - 1, max(mark.column, 0), mark.text, {"author": ""})
        if row.hidden:
            page.set_row(row.number - 1, options={"hidden": True})
    for merge in sheet.merges:
        if (merge.first_row, merge.first_column) != (merge.last_row, merge.last_column):
            _merge(page, sheet, merge.first_row - 1, merge.first_column, merge.last_row - 1, merge.last_column)
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})


def _merge(page: Any, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Merging in XlsxWriter writes the first cell anew as well, so its value is given again."""
    row = next((one for one in sheet.rows if one.number == top + 1), None)
    value = row.cells[left] if row and left < len(row.cells) else None
    if isinstance(value, (datetime, date, time)):
        return  # a merged date cell must stay a date cell
    page.merge_range(top, left, bottom, right, "")
    if value is not None:
        page.write_string(top, left, as_text(value)[:LONGEST_CELL])


def _write_cell(page: Any, row: Row, column: int, value: Value, formats: _Formats) -> None:
    style = formats.of(value, [mark for mark in row.marks if mark.column == column])
    place = (row.number - 1, column)
    if isinstance(value, str):
        page.write_string(*place, value[:LONGEST_CELL], style)
    elif isinstance(value, bool):
        page.write_boolean(*place, value, style)
    elif isinstance(value, (datetime, date, time)):
        page.write_datetime(*place, value, style)
    elif value is not None:
        page.write_number(*place, value, style)


# ------------------------------------------------------------------------------------------------------ documents


def _write_document(return_: Return, out: BinaryIO) -> None:
    document = docx.Document()
    for name in ("author", "last_modified_by", "title", "subject", "comments", "keywords", "category"):
        setattr(document.core_properties, name, "")
    document.core_properties.created = document.core_properties.modified = MADE
    notes = list(return_.notes)
    for sheet in return_.sheets:
        for line in _lines_above(sheet, notes):
            document.add_paragraph(line)
        _write_table(document, sheet)
    for line in notes:
        document.add_paragraph(line)
    document.save(out)


def _lines_above(sheet: Sheet, notes: list[str]) -> Iterator[str]:
    """The paragraphs above a table; they are taken out of `notes`, which holds all of the document's, in order."""
    lines = sheet.heading.split("\n") if sheet.heading else []
    last = notes.index(lines[-1]) if lines and lines[-1] in notes else len(lines) - 1
    yield from notes[: last + 1] if lines else ()
    del notes[: last + 1]


def _write_table(document: Any, sheet: Sheet) -> None:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    height = max((row.number for row in sheet.rows), default=0)
    if not (width and height):
        return
    table = document.add_table(rows=height, cols=width)
    cells = table._cells  # `table.cell` counts all cells again each time it is asked
    for row in sheet.rows:
        for column, value in enumerate(row.cells):
            cells[(row.number - 1) * width + column].text = as_text(value)
    for merge in sheet.merges:
        if merge.last_column < width and merge.last_row <= height:
            first = cells[(merge.first_row - 1) * width + merge.first_column]
            first.merge(cells[(merge.last_row - 1) * width + merge.last_column])
