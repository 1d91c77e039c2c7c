"""Workbooks of old Excel (.xls), through xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlrd

from chrono.ingest.ooxml.grid import hidden_within
from chrono.ingest.ooxml.numbers import as_shown, moment, number_format
from chrono.ingest.reading import Contents, Given, Limits, Reader, UnreadableError
from chrono.model import Mark, Merge, Row, Sheet, Value

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book"))


def read_xls(given: Given) -> Contents:
    """Read every sheet. Raises UnreadableError if the workbook is protected or damaged."""
    try:
        book = xlrd.open_workbook(
            file_contents=given.content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as fault:
        if "encrypted" in str(fault).lower():
            raise UnreadableError("is protected with a password", "ask the agency for a copy without one") from fault
        raise UnreadableError("is damaged", "ask the agency to save it as .xlsx and send that") from fault
    return Contents(tuple(_sheet(given.file, book, sheet, given.limits) for sheet in book.sheets()))


def _sheet(file: str, book: Any, sheet: Any, limits: Limits) -> Sheet:
    comments: dict[int, list[Mark]] = {}
    for (row, column), note in sheet.cell_note_map.items():
        comments.setdefault(row, []).append(Mark("comment", column, note.text.strip()))
    rows, slots = [], limits.slots
    for place in range(sheet.nrows):
        cells, marks = _cells(book, sheet, place)
        marks += comments.get(place, [])
        if cells or marks:
            hidden = place in sheet.rowinfo_map and bool(sheet.rowinfo_map[place].hidden)
            rows.append(Row(place + 1, tuple(cells), hidden, tuple(marks)))
        slots -= len(cells) + 4
        if slots < 0:
            raise UnreadableError("holds more cells than can be read", "ask the agency to send it in parts")
    width = max((len(row.cells) for row in rows), default=0)
    merges = tuple(Merge(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return Sheet(file, sheet.name, tuple(rows), sheet.visibility != 0, merges, _hidden_columns(sheet, width))


def _hidden_columns(sheet: Any, width: int) -> tuple[int, ...]:
    hidden = ((column, column) for column, info in sheet.colinfo_map.items() if info.hidden)
    return hidden_within(hidden, width)


def _cells(book: Any, sheet: Any, place: int) -> tuple[list[Value], list[Mark]]:
    cells: list[Value] = []
    marks: list[Mark] = []
    for column, cell in enumerate(sheet.row(place)):
        value = _value(book, cell)
        cells.append(value)
        if value is not None:
            marks += _marks(book, cell, column)
    while cells and (cells[-1] is None or (isinstance(cells[-1], str) and not cells[-1].strip())):
        cells.pop()
    return cells, marks


def _value(book: Any, cell: Any) -> Value:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value) or None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return moment(cell.value, number_format(code), from_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return int(cell.value) if cell.value.is_integer() else float(cell.value)
    return None


def _marks(book: Any, cell: Any, column: int) -> Iterator[Mark]:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        yield Mark("error", column, str(xlrd.error_text_from_code.get(cell.value, "#ERROR!")))
    style = book.xf_list[cell.xf_index]
    if book.font_list[style.font_index].struck_out:
        yield Mark("struck", column)
    format_ = number_format(book.format_map[style.format_key].format_str)
    if cell.ctype == xlrd.XL_CELL_DATE and format_.hint:
        day = _value(book, cell)
        words = as_shown(day, format_) if isinstance(day, datetime) else ""
        yield Mark("shown" if words else "number-format", column, words or format_.hint)


def _recognises(content: bytes) -> bool:
    return content.startswith(OLE) and any(name in content for name in STREAMS)


reader = Reader("old Excel workbook", (".xls", ".xlt"), _recognises, read_xls)
