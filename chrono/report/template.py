"""Return forms to send out: for each agency asked, a workbook and a Word document with its name and the period filled in.

What the form asks for follows what reviews miss most: how certain a date is, periods without contact, and which of the
five kinds of missing a missing record is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from chrono.model import Agency, Case, short_day
from chrono.report import folder as output
from chrono.report.writer import ReportError

NIL_LABEL = "Nil return (type YES if you had no contact in the period)"
WIDE, LINE_HEIGHT = 120, 15.0
"""The column of the guidance's texts, in letters; the height of one of its lines, in points."""
ROWS = 500
"""Rows of the form that have drop-downs and borders; an agency may go on below them."""

SEEN = ("Seen alone", "Seen with others", "Spoken to, not seen", "Not seen", "Does not apply")


@dataclass(frozen=True)
class Column:
    """A column of the form: its header, its width in characters, and what belongs into it."""

    header: str
    width: int
    help: str


COLUMNS = (
    Column("Date from", 14, "The day it happened, as 03/06/2021. If you do not know the day, write what you know: "
           "June 2021, early June 2021, between 3 and 7 June 2021, about 3 June 2021, summer 2021. Do not make up a day."),
    Column("Time", 9, "If recorded: 14:30."),
    Column("Date to", 14, "Only if it went on for more than a day."),
    Column("Source of record", 18, "Where your record is: system and kind of note, with its reference."),
    Column("Subject", 14, "The child or young person this row is about, as listed. Leave empty if about none of them."),
    Column("What happened", 60, "One event in each row, in a few sentences. Facts first, then what was thought of them."),
    Column("Who was involved", 24, "By role and number: SW1, PC2. List roles on the sheet People."),
    Column("Who was told or referred to", 24, "Every agency or person you told or referred to, and how."),
    Column("Child seen or spoken to", 18, "Choose from the list."),
    Column("Outcome or decision and reason", 34, "What was decided, by whom (role), and why."),
    Column("Comment", 24, "Anything the review should know, such as a record that is missing: say whether none exists, "
           "it is not held, or it was looked for and not located."),
    Column("Recorded on", 14, "The day the record was written, if it was not the day of the event."),
)  # fmt: skip

GUIDANCE = (
    "One event in each row, in order of date. Use the sheet Chronology and leave its headings as they are.",
    "Give the date of the event, not of the record. If you are not sure of a date, say so in words; do not make up a day.",
    "If you had no contact for three months or more, put in a row that says so, with the first and the last day.",
    "If a record is missing, say which of these it is: none exists; not held by us; looked for and not located.",
    "Use the names of children and families given here, and roles with a number (SW1, SW2) for professionals.",
    "Write out abbreviations on the sheet Abbreviations, and say on the sheet People who SW1 or PC2 is by role and team.",
    "Name every agency you told, asked or referred to, and what came of it.",
    "If you had no contact at all in the period, type YES in the box at the top of the sheet Chronology.",
)

EXAMPLES = (
    (
        "03/06/2021",
        "14:30",
        "",
        "Case note 114",
        "What happened: Home visit. Seen alone. Said he sleeps at a friend's.",
    ),
    ("early July 2021", "", "", "Letter on file", "What happened: Referral received from the school nurse."),
    (
        "01/08/2021",
        "",
        "30/11/2021",
        "Whole record",
        "What happened: No contact in this period; the case was not open.",
    ),
)


def write_templates(case: Case, folder: Path, *, return_by: date | None = None, only: str = "") -> tuple[Path, ...]:
    """A workbook and a Word document for each agency asked (or the one with id `only`); gives the files written.

    Raises ReportError if the folder cannot be written to, or if a form of that name is there already.
    """
    wanted = [agency for agency in case.agencies if (agency.id == only if only else agency.asked)]
    jobs = {}
    for agency in wanted:
        name = re.sub(r"[^\w .'-]+", "", agency.name).strip() or agency.id
        jobs[f"{name} chronology.xlsx"] = partial(_workbook, case, agency, return_by)
        jobs[f"{name} chronology.docx"] = partial(_document, case, agency, return_by)
    for name in jobs:
        if (folder / name).exists():
            raise ReportError(
                f"{folder / name}: exists already and may have been filled in; choose another folder with -o"
            )
    return output.put(folder, jobs)


def _period(case: Case) -> str:
    if case.start and case.end:
        return f"{short_day(case.start)} to {short_day(case.end)}, both days included"
    return "as in the letter that came with this form"


def _facts(case: Case, agency: Agency, return_by: date | None) -> Iterator[tuple[str, str]]:
    yield "Review", case.title
    yield "Agency", agency.name
    yield "Children and young people", ", ".join(subject.name for subject in case.subjects)
    yield "Period", _period(case)
    if return_by:
        yield "Please return by", short_day(return_by)


def _workbook(case: Case, agency: Agency, return_by: date | None, to: BinaryIO) -> None:
    book = xlsxwriter.Workbook(to, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": case.title, "author": "", "comments": f"Return form for {agency.name}"})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "border": 1, "valign": "top"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "num_format": "@"}),
        "box": book.add_format({"border": 2, "bold": True, "align": "center"}),
    }  # fmt: skip
    _guidance_sheet(book, styles, list(_facts(case, agency, return_by)))
    _chronology_sheet(book, styles, case, agency)
    _pairs_sheet(book, styles, "Abbreviations", ("Abbreviation", "Meaning"), 30)
    _pairs_sheet(book, styles, "People", ("Label", "Role and team"), 40)
    book.close()


def _guidance_sheet(book: Any, styles: dict[str, Any], facts: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Guidance")
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, WIDE)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Chronology for a review: how to fill in this form", styles["title"])
    for line, (label, text) in enumerate(facts, start=2):
        sheet.write_string(line, 0, label, styles["label"])
        sheet.write_string(line, 1, text, styles["text"])
    first = len(facts) + 3
    for group in _guidance():
        for line, (label, text) in enumerate(group, start=first):
            sheet.set_row(line, LINE_HEIGHT * (1 + len(text) // WIDE))
            sheet.write_string(line, 0, label, styles["label"])
            sheet.write_string(line, 1, text, styles["text"])
        first += len(group) + 1
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _guidance() -> Iterator[list[tuple[str, str]]]:
    """What the sheet explains, in groups: a label and a text each."""
    yield [(f"Step {number}", text) for number, text in enumerate(GUIDANCE, start=1)]
    yield [(f"Column: {column.header}", column.help) for column in COLUMNS]
    yield [("For example", " | ".join(part for part in example if part)) for example in EXAMPLES]


HEADER_ROW = 4


def _chronology_sheet(book: Any, styles: dict[str, Any], case: Case, agency: Agency) -> None:
    sheet = book.add_worksheet("Chronology")
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{agency.name}: chronology for {case.title}", styles["title"])
    sheet.merge_range(1, 0, 1, last, f"Period: {_period(case)}", styles["text"])
    sheet.merge_range(2, 0, 2, 4, NIL_LABEL, styles["label"])
    sheet.write_string(2, 5, "", styles["box"])
    sheet.set_row(HEADER_ROW, 2 * LINE_HEIGHT + 2)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(HEADER_ROW, number, column.header, styles["head"])
        sheet.write_comment(HEADER_ROW, number, column.help, {"x_scale": 2, "y_scale": 1.5})
    first, end = HEADER_ROW + 1, HEADER_ROW + ROWS
    for row in range(first, end + 1):
        for number in range(len(COLUMNS)):
            sheet.write_blank(row, number, None, styles["cell"])
    position = {column.header: number for number, column in enumerate(COLUMNS)}
    names = [subject.name for subject in case.subjects]
    if names:
        choices = [*names, "All of them"] if len(names) > 1 else names
        _choose(sheet, position["Subject"], first, end, choices)
    _choose(sheet, position["Child seen or spoken to"], first, end, list(SEEN))
    sheet.data_validation(2, 5, 2, 5, {"validate": "list", "source": ["YES"]})
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.activate()


def _choose(sheet: Any, column: int, first: int, last: int, choices: list[str]) -> None:
    """A drop-down that also lets other words through: a return must never be held back by its form."""
    sheet.data_validation(
        first, column, last, column, {"validate": "list", "source": choices, "error_type": "information"}
    )


def _pairs_sheet(book: Any, styles: dict[str, Any], name: str, headers: tuple[str, str], rows: int) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    for number, header in enumerate(headers):
        sheet.write_string(0, number, header, styles["head"])
        for row in range(1, rows):
            sheet.write_blank(row, number, None, styles["cell"])
    sheet.freeze_panes(1, 0)


NARROWEST, PRINTED = 19, 26.7
"""Of the Word form: the least width of a column, in characters, and the width of all together, in centimetres."""


def _document(case: Case, agency: Agency, return_by: date | None, to: BinaryIO) -> None:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    document.add_heading(f"{agency.name}: chronology", level=1)
    for label, text in _facts(case, agency, return_by):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    for text in GUIDANCE:
        if "sheet" not in text:
            document.add_paragraph(text, style="List Bullet")
    document.add_paragraph(f"{NIL_LABEL}:   ")
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = column.header
        cell.paragraphs[0].runs[0].bold = True
    _repeat(table.rows[0])
    for _ in range(12):
        table.add_row().height = Cm(0.8)
    shares = [max(column.width, NARROWEST) for column in COLUMNS]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(PRINTED * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width
    document.save(to)


def _repeat(row: Any) -> None:
    """Make Word repeat a table's row at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    properties[-1].set(qn("w:val"), "true")
