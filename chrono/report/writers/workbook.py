"""combined.xlsx: what the reviewer works in."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from chrono.report.lines import lines
from chrono.report.writer import Report, Writer
from chrono.report.xlsx import entries, findings
from chrono.report.xlsx.about import put_about, put_changes, put_homeless, put_own
from chrono.report.xlsx.accounts import returns_sheet, who_sheet
from chrono.report.xlsx.book import Book, letter
from chrono.report.xlsx.grid import put_grid


def write(report: Report, out: BinaryIO) -> None:
    """The sheets in the order a reviewer needs them: the work first, what explains it last."""
    packed = BytesIO()  # a full disk is met here, where it can be told, and not inside the packing
    book = Book(packed, report.review.timeline.case.title, len(report.review.timeline.entries))
    shown = tuple(lines(report.review))
    entry_ids = letter(entries.columns(report), "id")
    finding_ids = letter(findings.columns(report), "id")
    book.table(entries.timeline_sheet(report, shown, finding_ids))
    book.table(findings.findings_sheet(report, entry_ids))
    put_grid(book, report)
    book.table(returns_sheet(report))
    book.table(who_sheet(report))
    book.table(entries.undated_sheet(report, shown, finding_ids))
    if report.changes:
        put_changes(book, report.changes)
    if report.notebook.homeless:
        put_homeless(book, report.notebook.homeless)
    for own in report.notebook.sheets:
        put_own(book, own)
    put_about(book, report)
    book.close()
    out.write(packed.getbuffer())


writer = Writer("workbook", "combined.xlsx", write, help="the workbook to work in")
