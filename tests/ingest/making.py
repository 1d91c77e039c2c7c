"""Makes small workbooks, documents and texts part by part, so that a test can put in exactly one defect."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import escape

from chrono.ingest import Given, Limits, read_content
from chrono.ingest.reading import Contents
from chrono.model import Value

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

CONTENT_TYPES = f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

Parts = dict[str, str | bytes]


def read(content: bytes, name: str = "return.xlsx", limits: Limits | None = None) -> Contents:
    """Read a file's content as the program does."""
    return read_content(Given(name, content, limits or Limits()))


def rows_of(contents: Contents, sheet: int = 0) -> list[tuple[int, tuple[Value, ...]]]:
    """The rows of one sheet as (number, cells)."""
    return [(row.number, row.cells) for row in contents.sheets[sheet].rows]


def zipped(parts: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """The parts as a zip, always the same bytes."""
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
    return target.getvalue()


def relations(*pointers: tuple[str, str, str]) -> str:
    """A .rels part of (id, kind, target)."""
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{REL}/{kind}" Target="{target}"/>' for id_, kind, target in pointers
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{inside}</Relationships>'


# ------------------------------------------------------------------------------------------------------ workbooks

(
    DATE_STYLE,
    TIME_STYLE,
    MONTH_STYLE,
    STRUCK_STYLE,
    WHITE_STYLE,
    WHITE_ON_BLUE_STYLE,
    HOURS_STYLE,
    US_STYLE,
    INVISIBLE_STYLE,
) = range(1, 10)
STYLES = f"""{DECLARATION}<styleSheet xmlns="{MAIN}">
<numFmts count="5"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="mmm\\-yy"/>
<numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="mm/dd/yyyy"/>
<numFmt numFmtId="168" formatCode=";;;"/></numFmts>
<fonts><font><sz val="11"/></font><font><strike/></font><font><color rgb="FFFFFFFF"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill></fills>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="164" fontId="0" fillId="0"/>
<xf numFmtId="20" fontId="0" fillId="0"/>
<xf numFmtId="165" fontId="0" fillId="0"/><xf numFmtId="0" fontId="1" fillId="0"/><xf numFmtId="0" fontId="2" fillId="0"/>
<xf numFmtId="0" fontId="2" fillId="2"/><xf numFmtId="166" fontId="0" fillId="0"/><xf numFmtId="167" fontId="0" fillId="0"/>
<xf numFmtId="168" fontId="0" fillId="0"/></cellXfs></styleSheet>"""


def column(place: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def serial(day: datetime) -> float:
    """A moment as Excel counts it from 1900."""
    span = day - datetime(1899, 12, 30)
    return span.days + span.seconds / 86_400


def cell(value: Value, reference: str) -> str:
    """One cell as Excel writes it, texts inside the cell."""
    match value:
        case None:
            return ""
        case bool():
            return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{reference}"><v>{value}</v></c>'
        case datetime():
            return f'<c r="{reference}" s="{DATE_STYLE}"><v>{serial(value)!r}</v></c>'
        case time():
            share = (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
            return f'<c r="{reference}" s="{TIME_STYLE}"><v>{share!r}</v></c>'
        case date():
            return f'<c r="{reference}" s="{DATE_STYLE}"><v>{serial(datetime.combine(value, time()))!r}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def row(number: int, cells: Sequence[Value], attributes: str = "") -> str:
    """One row as Excel writes it."""
    inside = "".join(cell(value, f"{column(place)}{number}") for place, value in enumerate(cells))
    return f'<row r="{number}"{attributes}>{inside}</row>'


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part around its rows."""
    return f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook_parts(*sheets: str, states: Sequence[str] = (), properties: str = "", strings: str = "") -> Parts:
    """The parts of a workbook of worksheet parts: Sheet1, Sheet2 ..."""
    numbers = range(1, len(sheets) + 1)
    shown = (*states, *["visible"] * len(sheets))
    tabs = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" state="{shown[n - 1]}" r:id="rId{n}"/>' for n in numbers)
    pointers = [
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
        ("rId90", "styles", "styles.xml"),
        ("rId91", "sharedStrings", "sharedStrings.xml"),
    ]
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{tabs}</sheets></workbook>'
    parts: Parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": DECLARATION + book,
        "xl/_rels/workbook.xml.rels": relations(*pointers),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'{DECLARATION}<sst xmlns="{MAIN}">{strings}</sst>',
    }
    return parts | {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}


def workbook(*tables: Sequence[Sequence[Value]]) -> bytes:
    """A workbook with a sheet for each table, as plain as can be."""
    sheets = (worksheet("".join(row(number, cells) for number, cells in enumerate(table, 1))) for table in tables)
    return zipped(workbook_parts(*sheets))


def sheet_of(rows: str, before: str = "", after: str = "", strings: str = "", properties: str = "") -> bytes:
    """A workbook of one worksheet written out."""
    return zipped(workbook_parts(worksheet(rows, before, after), strings=strings, properties=properties))


# ------------------------------------------------------------------------------------------------------ documents


def run(words: str, properties: str = "") -> str:
    """A run of words with properties such as '<w:strike/>'."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(inside: str, style: str = "") -> str:
    """A paragraph of runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>'


def box(inside: str, properties: str = "") -> str:
    """A table cell of runs, or of other content where it begins with '<w:p' or '<w:tbl'."""
    content = inside if inside.startswith(("<w:p>", "<w:tbl")) else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """A Word table of cells of words."""
    inside = "".join("<w:tr>" + "".join(box(run(words)) for words in cells) + "</w:tr>" for cells in rows)
    return f"<w:tbl>{inside}</w:tbl>"


def document_parts(body: str) -> Parts:
    """The parts of a document around its body."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'{DECLARATION}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }


def document(body: str) -> bytes:
    """A document around its body."""
    return zipped(document_parts(body))
