"""What a reviewer does in the workbook, done with openpyxl: the keys are found as a person finds them, by their headers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from chrono.report.xlsx.book import FIRST_ROW, HEADER_ROW

HEADERS, FIRST = HEADER_ROW + 1, FIRST_ROW + 1
"""Rows as the spreadsheet shows them."""


@contextmanager
def opened(folder: Path) -> Iterator[Workbook]:
    """The workbook in `folder`, saved again at the end."""
    book = load_workbook(folder / "combined.xlsx")
    yield book
    book.save(folder / "combined.xlsx")


def columns(sheet: Worksheet) -> dict[str, int]:
    """Header -> column number."""
    return {str(cell.value): cell.column for cell in sheet[HEADERS] if cell.value}


def lines(folder: Path, sheet: str = "Timeline") -> list[dict[str, Any]]:
    """The lines of a table sheet, by header; empty cells left out."""
    table = load_workbook(folder / "combined.xlsx")[sheet]
    named = columns(table)
    found = [{name: table.cell(row, at).value for name, at in named.items()} for row in range(FIRST, table.max_row + 1)]
    return [{name: value for name, value in line.items() if value is not None} for line in found if any(line.values())]


def plain_lines(folder: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The lines of a sheet without keys, below its headers; none if there is no such sheet."""
    book = load_workbook(folder / "combined.xlsx")
    return list(book[sheet].iter_rows(min_row=4, values_only=True)) if sheet in book.sheetnames else []


def row_of(sheet: Worksheet, text: str) -> int:
    """The row in which some cell begins with this text."""
    cells = (cell for row in sheet.iter_rows(min_row=FIRST) for cell in row)
    return next(cell.row for cell in cells if str(cell.value or "").startswith(text))


def note(sheet: Worksheet, text: str, **remarks: Any) -> None:
    """Type into the reviewer's columns of the line with `text`; underscores stand for blanks in headers."""
    named, row = columns(sheet), row_of(sheet, text)
    for header, value in remarks.items():
        sheet.cell(row, named[header.replace("_", " ")], value)


def reverse(sheet: Worksheet) -> None:
    """Sort the lines the other way round, every cell with its line."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    for number, values in enumerate(reversed(rows), start=FIRST):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value
