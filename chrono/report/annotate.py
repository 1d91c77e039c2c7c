"""Copies of returns to be sent back: a comment on each cell that needs a look, and a list of what to do. The original
is only read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chrono.model import Finding, Return, Review, Sheet, SheetAccount, Source, Timeline, Value
from chrono.report import folder as output
from chrono.report.lines import needed
from chrono.report.text import clean
from chrono.report.xlsx.book import LINE_HEIGHT, TALLEST, lines_needed

LIST = "What to look at"
SETTLES = "What would settle it"
FILL = PatternFill("solid", start_color="FFF2CC")
AUTHOR = "chrono"
WIDEST = 60
"""A column of a plain copy, in letters."""
LONGEST = 31_000
"""Characters of a comment or cell; a workbook holds no more than 32,767."""


def write_annotated(review: Review, returns: Sequence[Return], root: Path, folder: Path) -> tuple[Path, ...]:
    """A workbook for each file with findings: an .xlsx as it is, any other as a plain copy of its rows.

    `root` is the folder that files are cited relative to. Raises ReportError if `folder` cannot be written to.
    """
    concerned: dict[str, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        for file in dict.fromkeys(source.file for source in finding.cites):
            concerned[file].append(finding)
    accounts = {each.file: {sheet.sheet: sheet for sheet in each.sheets} for each in review.timeline.returns}
    jobs = {
        f"{each.file.replace('/', ' - ')} - to look at.xlsx": partial(
            _copy, each, root / each.file, accounts.get(each.file, {}), concerned[each.file], review.timeline
        )
        for each in sorted(returns, key=lambda each: each.file)
        if concerned[each.file]
    }
    return output.put(folder, jobs)


def _copy(
    read: Return,
    path: Path,
    accounts: Mapping[str, SheetAccount],
    findings: Sequence[Finding],
    timeline: Timeline,
    to: BinaryIO,
) -> None:
    book = _book(path, read)
    remarks: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for finding in findings:
        for source in finding.cites:
            title = _title(source.sheet)
            if source.file == read.file and title in book.sheetnames and source.row:
                column = _column(book[title], source, finding.column, accounts.get(source.sheet))
                remarks[title, source.row, column].append(_remark(timeline, finding))
    for (title, row, column), texts in remarks.items():
        cell = book[title].cell(row, column)
        cell.comment = Comment(clean("\n\n".join(dict.fromkeys(texts)))[:LONGEST], AUTHOR, width=420, height=200)
        cell.fill = FILL
    _list(book, read.file, findings, timeline)
    book.save(to)


def _book(path: Path, read: Return) -> Workbook:
    """The workbook itself; where openpyxl cannot open it, or it is no workbook, a new one with the rows as read."""
    if path.suffix.lower() == ".xlsx":
        try:
            return load_workbook(path)
        except (BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError):
            # openpyxl refuses workbooks that Excel opens: odd styles, odd properties. The rows were read all the same.
            return _plain(read.sheets)
    return _plain(read.sheets)


def _plain(sheets: Sequence[Sheet]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.name))
        for row in sheet.rows:
            for number, value in enumerate(row.cells, start=1):
                _fill(page, row.number, number, value)
                _widen(page, number, value)
        _heighten(page)
        _fit_to_print(page)
    return book


def _widen(page: Worksheet, column: int, value: Value) -> None:
    """As wide as its longest text, within reason."""
    dimension = page.column_dimensions[get_column_letter(column)]
    dimension.width = max(dimension.width, min(len(str(value or "")) + 2, WIDEST))


def _heighten(page: Worksheet) -> None:
    """As high as the texts of a row ask: not every program works that out for itself."""
    widths = {name: column.width for name, column in page.column_dimensions.items()}
    for number, row in enumerate(page.iter_rows(), start=1):
        texts = [(cell.value, widths.get(cell.column_letter, WIDEST)) for cell in row if isinstance(cell.value, str)]
        most = max((lines_needed(text, width) for text, width in texts), default=1)
        if most > 1:
            page.row_dimensions[number].height = min(most * LINE_HEIGHT + 2, TALLEST)


def _fit_to_print(page: Worksheet) -> None:
    """Across, all columns on one page's width."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(page: Worksheet, row: int, column: int, value: Value) -> None:
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST]
        cell.data_type = "s"  # what looks like a formula stays text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None:
        cell.value = value
        if isinstance(value, date | datetime | time):
            cell.alignment = Alignment(horizontal="left", vertical="top")


def _title(sheet: str) -> str:
    return sheet or "Rows"


def _column(page: Worksheet, source: Source, role: str, account: SheetAccount | None) -> int:
    """The 1-based column of the role, or of a header kept under its own name; else of the row's first cell with content."""
    header = account.columns.get(role, role) if account and role else None
    if header and account and account.header_row:
        for cell in page[account.header_row]:
            if cell.value is not None and str(cell.value).strip() == header.strip():
                return int(cell.column)
    return next((int(cell.column) for cell in page[source.row] if cell.value is not None), 1)


def _remark(timeline: Timeline, finding: Finding) -> str:
    return finding.title + (f"\n{SETTLES}: {needed(timeline, finding)}" if finding.settle else "")


def _list(book: Workbook, file: str, findings: Sequence[Finding], timeline: Timeline) -> None:
    page = book.create_sheet(LIST, 0)
    page.append(("Where", "How important", "What", SETTLES))
    for finding in findings:
        where = "; ".join(f"{_title(cite.sheet)} row {cite.row}" for cite in finding.cites if cite.file == file)
        for number, text in enumerate(
            (where, finding.severity or "low", finding.title, needed(timeline, finding)), start=1
        ):
            _fill(page, page.max_row + (number == 1), number, text)
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), FILL
    for letter, width in zip("ABCD", (34, 16, 70, 60), strict=True):
        page.column_dimensions[letter].width = width
    _heighten(page)
    page.freeze_panes = "A2"
    _fit_to_print(page)
    book.active = 0
