"""The sheets About, Notes without a home and Changes, and those the reviewer added: plain tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chrono.model import Value, short_day
from chrono.report.changes import Changes
from chrono.report.notebook import Homeless, OwnSheet
from chrono.report.writer import Report
from chrono.report.xlsx.book import Book, Cell, Styled, own_cell

ABOUT, HOMELESS, CHANGES = "About", "Notes without a home", "Changes"

HELP = (
    (
        "Working in it",
        "Write in the yellow columns, sort, filter, move and add columns, add sheets. Everything you write is "
        "taken over by the next merge and put beside the same entry or finding, also if rows moved or were corrected.",
    ),
    (
        "What is not taken over",
        "Changes to chrono's own columns (they are written anew), colours, and widths. "
        "The workbook as you left it is kept beside this one as combined.previous.xlsx.",
    ),
    ("Notes without a home", "If an entry or finding is gone, what you wrote beside it moves to that sheet."),
    (
        "Dates",
        "'Date as written' is what the return says; 'Date as read' what it was taken to mean. 'Sort date' is the first day "
        "it can be: in italics where more than one day is possible.",
    ),
    (
        "Findings",
        "They state what the rows show and what is absent, not who was at fault. 'definite' holds for every reading of "
        "the dates; 'possible' for at least one. An explained, accepted or not-an-issue finding stays so in later merges; if the "
        "rows it rests on change, it is open again and says why.",
    ),
)


def put_about(book: Book, report: Report) -> None:
    """What this is, how to work in it, which files it was made from, and what was assumed."""
    sheet = book.sheet(ABOUT)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 84)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "About this workbook", book.format("title"))
    for row, (style, cells) in enumerate(_about(report), start=2):
        styles = (style, "text")
        book.line(sheet, row, zip(cells, styles, (28, 84), strict=False))
    sheet.repeat_rows(0)


def _about(report: Report) -> Iterator[tuple[str, Sequence[Cell]]]:
    review, timeline = report.review, report.review.timeline
    first, last = timeline.period
    yield "strong", ("Case", timeline.case.title)
    yield "strong", ("Review period", f"{short_day(first)} to {short_day(last)}" if first and last else "not given")
    yield "strong", ("Made by", f"chrono {review.version}".strip())
    settings = "; ".join(f"{name}: {value}" for name, value in {**timeline.case.rules, **review.settings}.items())
    yield "strong", ("Settings", settings or "none but the defaults")
    for assumption in timeline.case.assumptions:
        yield "strong", ("Assumed", assumption)
    for said in report.notebook.said:
        yield "strong", ("Taken over", said)
    yield "heading", ()
    yield "heading", ("How to work in it",)
    for name, text in HELP:
        yield "strong", (name, text)
    yield "heading", ()
    yield "heading", ("Files read", Styled("SHA-256", "strong"))
    for account in timeline.returns:
        yield "text", (account.file, account.sha256)
    if timeline.problems:
        yield "heading", ()
        yield "heading", ("Could not be used as it is",)
    for problem in timeline.problems:
        yield "text", (problem.file, str(problem))


def put_homeless(book: Book, homeless: Sequence[Homeless]) -> None:
    """What the reviewer wrote beside something that is no longer there."""
    headers = ("Wrote beside", "Where it stood", "Column", "What you wrote", "Why it has no home", "Kind", "Id")
    rows = [
        (one.beside, one.where, header, own_cell(value), one.why, one.kind, one.id)
        for one in homeless
        for header, value in one.remarks.items()
    ]
    told = "What you wrote beside something that is no longer there. Move it where it belongs, or delete the line."
    put_plain(book, HOMELESS, told, headers, rows, (60, 30, 18, 50, 44, 12, 16))


def put_changes(book: Book, changes: Changes) -> None:
    """What is not as it was in the merge before."""
    headers = ("What", "How", "Where", "Which", "Before", "Now")
    rows = [(one.what, one.how, one.where, one.title, one.before, one.now) for one in changes.changes]
    put_plain(book, CHANGES, "What is not as it was in the merge before.", headers, rows, (10, 10, 34, 40, 56, 56))


def put_plain(
    book: Book, name: str, told: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> None:
    """A title, what the sheet is for, headers, lines: for sheets that need no more."""
    sheet = book.sheet(name)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, name, book.format("title"))
    sheet.write_string(1, 0, told, book.format("told"))
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, header, book.format("head"))
    for row, cells in enumerate(rows, start=3):
        book.line(sheet, row, ((cell, "text", width) for cell, width in zip(cells, widths, strict=True)))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.autofilter(2, 0, 2 + max(len(rows), 1), len(headers) - 1)


def put_own(book: Book, own: OwnSheet) -> None:
    """A sheet the reviewer added: its values."""
    sheet = book.sheet(own.name)
    sheet.set_column(0, max((len(row) for row in own.rows), default=1), 24)
    for row, cells in enumerate(own.rows):
        for place, value in enumerate(cells):
            book.put(sheet, row, place, _kept(value))


def _kept(value: Value) -> Cell:
    return own_cell(value) if value not in (None, "") else None
