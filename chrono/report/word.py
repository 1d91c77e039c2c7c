"""The kit that Word documents are made with: wide tables, repeated headers, page numbers, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from chrono.report.text import clean

MADE = datetime(2000, 1, 1)
"""The same in every document: the same input gives the same bytes."""
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
A4 = (Cm(21.0), Cm(29.7))
TWENTIETHS = 567
"""Word measures a table's columns in twentieths of a point: so many to the centimetre."""
HEAD, LINE, QUIET = "22405C", "B9C2CC", RGBColor(0x55, 0x60, 0x6E)


def document(title: str, subtitle: str, *, landscape: bool = False) -> Any:
    """A document with its title, a footer with page numbers, and a plain font."""
    made = docx.Document()
    made.core_properties.title = clean(title)[:200]
    made.core_properties.author = "chrono"
    made.core_properties.created = made.core_properties.modified = MADE
    font = made.styles["Normal"].font
    font.name, font.size = "Calibri", Pt(10)
    _page(made.sections[0], landscape=landscape)
    made.add_heading(clean(title), level=1)
    if subtitle:
        quiet(made, subtitle)
    return made


def _page(section: Any, *, landscape: bool) -> None:
    width, height = A4
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    footer = section.footer.paragraphs[0]
    footer.add_run("Confidential    Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for run in footer.runs:
        run.font.size = Pt(8)


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def quiet(made: Any, text: str) -> None:
    """A paragraph in smaller, paler type."""
    run = made.add_paragraph().add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def table(made: Any, headers: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]) -> None:
    """A table with a header row that is repeated on every page; `widths` in centimetres. No row is cut by a page's end.

    Rows are put together as XML, since the library's own way slows down with each row.
    """
    whole = made.add_table(rows=0, cols=len(headers))
    whole.style = "Table Grid"
    whole.autofit = False
    body = whole._tbl
    for column, width in zip(body.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Cm(width)
    body.append(_row(headers, widths, head=True))
    for cells in rows:
        body.append(_row(cells, widths))
    made.add_paragraph()


def _row(cells: Sequence[str], widths: Sequence[float], *, head: bool = False) -> Any:
    row = OxmlElement("w:tr")
    properties = _child(row, "w:trPr")
    _child(properties, "w:cantSplit")
    if head:
        _child(properties, "w:tblHeader")
    for text, width in zip(cells, widths, strict=True):
        cell = _child(row, "w:tc")
        about = _child(cell, "w:tcPr")
        _child(about, "w:tcW", w=str(int(width * TWENTIETHS)), type="dxa")
        if head:
            _child(about, "w:shd", val="clear", color="auto", fill=HEAD)
        _paragraph(cell, text, head=head)
    return row


def _paragraph(cell: Any, text: str, *, head: bool) -> None:
    paragraph = _child(cell, "w:p")
    _child(_child(paragraph, "w:pPr"), "w:spacing", before="20", after="20")
    run = _child(paragraph, "w:r")
    look = _child(run, "w:rPr")
    if head:
        _child(look, "w:b")
        _child(look, "w:color", val="FFFFFF")
    _child(look, "w:sz", val="18")
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            _child(run, "w:br")
        words = _child(run, "w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")


def _child(parent: Any, name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element


def box(made: Any, text: str, *, lines: int) -> None:
    """A frame to write in: `text` stands in its first line, and as many empty ones follow."""
    frame = made.add_table(rows=1, cols=1)
    frame.style = "Table Grid"
    cell = frame.cell(0, 0)
    cell.paragraphs[0].add_run(clean(text)).bold = True
    for _ in range(lines):
        cell.add_paragraph()
    made.add_paragraph()


def save(made: Any, out: BinaryIO) -> None:
    """The document without the hour at which it was saved."""
    whole = io.BytesIO()
    made.save(whole)
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as saved:
        for part in parts.infolist():
            plain = zipfile.ZipInfo(part.filename, FIRST_DAY_OF_ZIP)
            plain.compress_type = zipfile.ZIP_DEFLATED
            saved.writestr(plain, parts.read(part))
