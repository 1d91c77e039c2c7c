"""The kit that Word documents are made with: wide tables, repeated headers, page numbers, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

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
DOCUMENT = "word/document.xml"
PLACE = '<w:tr w:rsidTr="{:08X}"/>'
"""An empty row: text that was typed by others can never look like it, since its brackets are escaped."""
TWENTIETHS = 567
"""Word measures a table's columns in twentieths of a point: so many to the centimetre."""
HEAD, QUIET = "22405C", RGBColor(0x55, 0x60, 0x6E)


@dataclass
class Word:
    """A document in the making, and the rows of its tables, as XML, in order of the tables."""

    document: Any
    rows: list[Iterable[str]] = field(default_factory=list)


def document(title: str, subtitle: str, *, landscape: bool = False) -> Word:
    """A document with its title, a footer with page numbers, and a plain font."""
    made = docx.Document()
    made.core_properties.title = clean(title)[:200]
    made.core_properties.author = "chrono"
    made.core_properties.created = made.core_properties.modified = MADE
    font = made.styles["Normal"].font
    font.name, font.size = "Calibri", Pt(10)
    _page(made.sections[0], landscape=landscape)
    made.add_heading(clean(title), level=1)
    whole = Word(made)
    if subtitle:
        quiet(whole, subtitle)
    return whole


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
    footer.style.font.size = Pt(8)


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def quiet(made: Word, text: str) -> None:
    """A paragraph in smaller, paler type."""
    run = made.document.add_paragraph().add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def kept_with_next(made: Word, text: str, style: str = "Normal") -> None:
    """A paragraph that no page's end parts from what follows it."""
    made.document.add_paragraph(clean(text), style=style).paragraph_format.keep_with_next = True


def table(made: Word, headers: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]) -> None:
    """A table with a header row that is repeated on every page; `widths` in centimetres. No row is cut by a page's end.

    The rows are only written when the document is saved: the library's own way slows down with every row.
    """
    whole = made.document.add_table(rows=0, cols=len(headers))
    whole.style = "Table Grid"
    whole.autofit = False
    body = whole._tbl
    for column, width in zip(body.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Cm(width)
    place = len(made.rows)
    made.rows.append(chain([_row(headers, widths, head=True)], (_row(cells, widths) for cells in rows)))
    kept = OxmlElement("w:tr")
    kept.set(qn("w:rsidTr"), f"{place:08X}")
    body.append(kept)
    made.document.add_paragraph()


def _row(cells: Sequence[str], widths: Sequence[float], *, head: bool = False) -> str:
    kept = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/>' if head else ""
    look = '<w:b/><w:color w:val="FFFFFF"/><w:sz w:val="18"/>' if head else '<w:sz w:val="18"/>'
    whole = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width * TWENTIETHS:.0f}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr><w:r><w:rPr>{look}</w:rPr>{_words(text)}</w:r></w:p></w:tc>'
        for text, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{kept}</w:trPr>{whole}</w:tr>"


def _words(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))


def box(made: Word, text: str, *, lines: int) -> None:
    """A frame to write in: `text` stands in its first line, and as many empty ones follow."""
    frame = made.document.add_table(rows=1, cols=1)
    frame.style = "Table Grid"
    frame.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cell = frame.cell(0, 0)
    cell.paragraphs[0].add_run(clean(text)).bold = True
    for _ in range(lines):
        cell.add_paragraph()
    made.document.add_paragraph()


def save(made: Word, out: BinaryIO) -> None:
    """The document without the hour at which it was saved."""
    whole = io.BytesIO()
    made.document.save(whole)
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as saved:
        for part in parts.infolist():
            plain = zipfile.ZipInfo(part.filename, FIRST_DAY_OF_ZIP)
            plain.compress_type = zipfile.ZIP_DEFLATED
            with saved.open(plain, "w", force_zip64=True) as into:
                for piece in _pieces(made, part.filename, parts.read(part)):
                    into.write(piece)


def _pieces(made: Word, name: str, content: bytes) -> Iterator[bytes]:
    """The content of one part; in the document's own, the tables' rows stand where their places were kept."""
    if name != DOCUMENT:
        yield content
        return
    for place, rows in enumerate(made.rows):
        before, _, content = content.partition(PLACE.format(place).encode())
        yield before
        for row in rows:
            yield row.encode("utf-8", "replace")
    yield content
