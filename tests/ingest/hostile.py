"""Files that are broken, lying or malicious, each with one defect: those to be read all the same, and those to be refused."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Callable

from chrono.model import Value
from tests.ingest import making
from tests.ingest.making import (
    DECLARATION,
    MAIN,
    STRICT,
    Parts,
    document_parts,
    relations,
    row,
    run,
    table,
    workbook_parts,
    worksheet,
    zipped,
)  # fmt: skip

TABLE: list[tuple[Value, ...]] = [
    ("Date", "Event"),
    ("3 May 2019", "Home visit & call"),
    ("4 May 2019", "Strategy discussion"),
]
ROWS = "".join(row(number, cells) for number, cells in enumerate(TABLE, 1))
SHEET = worksheet(ROWS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

SHARED = "".join(f"<si><t>{text.replace('&', '&amp;')}</t></si>" for cells in TABLE for text in map(str, cells))
SHARED_ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="s"><v>{2 * n - 2}</v></c><c r="B{n}" t="s"><v>{2 * n - 1}</v></c></row>'
    for n in (1, 2, 3)
)


def _parts(sheet: str | bytes = SHEET, **changed: str | bytes | None) -> Parts:
    """A good workbook with some parts changed; None takes one away. '__' in a name stands for '/'."""
    parts = workbook_parts(SHEET) | {"xl/worksheets/sheet1.xml": sheet}
    for name, content in changed.items():
        part = next(one for one in parts if one.rpartition("/")[2].partition(".")[0] == name)
        if content is None:
            del parts[part]
        else:
            parts[part] = content
    return parts


def _renamed(parts: Parts, rename: Callable[[str], str]) -> Parts:
    return {rename(name): content for name, content in parts.items()}


WORD_TABLE = table(*[list(map(str, cells)) for cells in TABLE])
LOOSE_FONTS = '<styleSheet><fonts><font/></fonts><cellXfs><xf fontId="99"/></cellXfs></styleSheet>'
LOOSE_FILLS = '<styleSheet><fills><fill/></fills><cellXfs><xf fillId="0"/></cellXfs></styleSheet>'


def _merged(*references: str) -> Parts:
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in references)
    return _parts(worksheet(ROWS, after=f"<mergeCells>{merges}</mergeCells>"))


def _cells_turned_round() -> str:
    turned = (making.cell(event, f"B{n}") + making.cell(date, f"A{n}") for n, (date, event) in enumerate(TABLE, 1))
    return "".join(f'<row r="{n}">{cells}</row>' for n, cells in enumerate(turned, 1))


def _cells_without_references() -> str:
    cells = (making.cell(date, "") + making.cell(event, "") for date, event in TABLE)
    return "".join(f"<row>{inside}</row>" for inside in cells).replace(' r=""', "")


def _row_in_two_pieces() -> str:
    place = ROWS.index('<c r="B3"')
    return f'{ROWS[:place]}</row><row r="3">{ROWS[place:]}'


def _word(body: str) -> bytes:
    return making.document(WORD_TABLE + body)


def _cut_document() -> Parts:
    parts = document_parts(WORD_TABLE)
    return parts | {"word/document.xml": str(parts["word/document.xml"])[:-20]}


def _odd_sheet_name() -> Parts:
    parts = _parts()
    return parts | {"xl/workbook.xml": str(parts["xl/workbook.xml"]).replace("Sheet1", "[a]*?/\\&lt;'")}


def _strict() -> Parts:
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    parts = {name: str(text).replace(MAIN, STRICT).replace(making.REL, relation) for name, text in _parts().items()}
    return dict(parts)


def _prefixed(sheet: str) -> str:
    for tag in ("worksheet", "sheetData", "row", "is", "c", "t", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    return sheet.replace("xmlns=", "xmlns:x=")


def _stored(parts: Parts, method: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _utf16(parts: Parts) -> Parts:
    return {
        name: text if name.endswith(".rels") else str(text).replace("UTF-8", "UTF-16").encode("utf-16")
        for name, text in parts.items()
    }


def _with_prologue(prologue: bytes) -> bytes:
    return prologue + zipped(_parts())


MANY_EMPTY = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(4, 200_001))
FAR_CELL = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
COMMAS, LAST = "," * 5000, str(TABLE[2][1])
ABSURD_SPAN = '<w:gridSpan w:val="999999"/>'
STYLES_MANY = f'{DECLARATION}<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 60_000}</cellXfs></styleSheet>'

READ: dict[str, Callable[[], bytes]] = {
    # the packing
    "parts not compressed": lambda: _stored(_parts(), zipfile.ZIP_STORED),
    "parts packed with bzip2": lambda: _stored(_parts(), zipfile.ZIP_BZIP2),
    "parts packed with lzma": lambda: _stored(_parts(), zipfile.ZIP_LZMA),
    "bytes before the zip": lambda: _with_prologue(b"PK\x03\x04junk"),
    "part names with backslashes": lambda: zipped(_renamed(_parts(), lambda name: name.replace("/", "\\"))),
    "part names in upper case": lambda: zipped(_renamed(_parts(), str.upper)),
    "part names with a slash in front": lambda: zipped(_renamed(_parts(), lambda name: "/" + name)),
    "parts in reverse order": lambda: zipped(dict(reversed(_parts().items()))),
    "a part that leads out of the folder": lambda: zipped(_parts() | {"../../evil.txt": "x"}),
    "folders as members": lambda: zipped({"xl/": "", "xl/worksheets/": ""} | _parts()),
    # parts that are missing
    "no shared texts": lambda: zipped(_parts(sharedStrings=None)),
    "no styles": lambda: zipped(_parts(styles=None)),
    "no content types": lambda: zipped({name: text for name, text in _parts().items() if name[0] != "["}),
    "no pointer to the workbook": lambda: zipped({name: text for name, text in _parts().items() if name != "_rels/.rels"}),
    "no pointers to the sheets": lambda: zipped({k: v for k, v in _parts().items() if k != "xl/_rels/workbook.xml.rels"}),
    "no workbook part": lambda: zipped({name: text for name, text in _parts().items() if name != "xl/workbook.xml"}),
    "shared texts nobody points to": lambda: zipped(
        _parts(worksheet(SHARED_ROWS), sharedStrings=f'<sst xmlns="{MAIN}">{SHARED}</sst>')
        | {"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml"))}
    ),
    "pointers from the root": lambda: zipped(
        _parts() | {"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))}
    ),
    "a pointer that leads outside": lambda: zipped(
        _parts()
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("a", "drawing", "http://127.0.0.1/x")).replace(
                "/>", ' TargetMode="External"/>', 1
            )
        }
    ),
    # styles
    "odd styles": lambda: zipped(_parts(styles=LOOSE_FONTS)),
    "empty fills": lambda: zipped(_parts(styles=LOOSE_FILLS)),
    "damaged styles": lambda: zipped(_parts(styles="<styleSheet><fonts>")),
    "sixty thousand styles": lambda: zipped(_parts(styles=STYLES_MANY)),
    "bad core properties": lambda: zipped(_parts() | {"docProps/core.xml": "<x><dcterms:modified xmlns:dcterms='d'>soon"}),
    # the sheet
    "strict workbook": lambda: zipped(_strict()),
    "tags with a prefix": lambda: zipped(_parts(_prefixed(SHEET))),
    "a sheet in UTF-16": lambda: zipped(_utf16(_parts())),
    "a sheet with a byte order mark": lambda: zipped(_parts(codecs.BOM_UTF8 + SHEET.encode())),
    "a sheet in Latin-1": lambda: zipped(_parts(SHEET.replace("UTF-8", "ISO-8859-1").encode("latin-1"))),
    "a false dimension": lambda: zipped(_parts(worksheet(ROWS, '<dimension ref="A1"/>'))),
    "an absurd dimension": lambda: zipped(_parts(worksheet(ROWS, '<dimension ref="A1:XFD1048576"/>'))),
    "rows out of order": lambda: zipped(_parts(worksheet("".join(row(n, TABLE[n - 1]) for n in (3, 1, 2))))),
    "cells out of order": lambda: zipped(_parts(worksheet(_cells_turned_round()))),
    "a row in two pieces": lambda: zipped(_parts(worksheet(_row_in_two_pieces()))),
    "rows without numbers": lambda: zipped(_parts(re.sub(r'<row r="\d">', "<row>", SHEET))),
    "cells without references": lambda: zipped(_parts(worksheet(_cells_without_references()))),
    "references in lower case": lambda: zipped(_parts(SHEET.replace('r="A', 'r="a').replace('r="B', 'r="b'))),
    "white space between all tags": lambda: zipped(_parts(SHEET.replace("><", ">\n  <"))),
    "comments between the rows": lambda: zipped(_parts(SHEET.replace("<row", "<!-- <row> --><row"))),
    "texts as quoted sections": lambda: zipped(_parts(SHEET.replace("Home visit &amp; call", "<![CDATA[Home visit & call]]>"))),
    "texts as numbers of characters": lambda: zipped(_parts(SHEET.replace("&amp;", "&#38;"))),
    "formatted to row 200,000": lambda: zipped(_parts(worksheet(ROWS + MANY_EMPTY))),
    "a format in the last cell of all": lambda: zipped(_parts(worksheet(ROWS + FAR_CELL))),
    "forty thousand merges": lambda: zipped(_merged(*(f"A{n}:B{n}" for n in range(10, 40_010)))),
    "the whole sheet merged": lambda: zipped(_merged("D1:XFD1048576")),
    "merges that make no sense": lambda: zipped(_merged("", "1:Z", "A0:B0", "B2")),
    "the sheet is damaged at its end": lambda: zipped(_parts(SHEET[: -len("</sheetData></worksheet>")])),
    "elements nobody knows": lambda: zipped(_parts(SHEET.replace("<sheetData>", "<unknown><deep/></unknown><sheetData>"))),
    "a sheet name with odd characters": lambda: zipped(_odd_sheet_name()),
    # not what the name says
    "a csv named .xlsx": lambda: "\n".join(f'"{date}","{event}"' for date, event in TABLE).encode(),
    "a Word document named .xlsx": lambda: _word(""),
    # Word
    "a document with a damaged end": lambda: zipped(_cut_document()),
    "a document in UTF-16": lambda: zipped(_utf16(document_parts(WORD_TABLE))),
    "a document with tables nested deep": lambda: _word("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000),
    "a document with absurd spans": lambda: _word(f"<w:tbl><w:tr>{making.box(run(''), ABSURD_SPAN)}</w:tr></w:tbl>"),
    # csv
    "a csv with a NUL in it": lambda: b"Date,Event\n3 May 2019,Home \0visit & call\n4 May 2019,Strategy discussion\n",
    "a csv with columns without end": lambda: f"Date,Event{COMMAS}\n3 May 2019,Home visit & call\n4 May 2019,{LAST}".encode(),
}  # fmt: skip

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _claiming(*sizes: int) -> bytes:
    """A workbook with more parts, each said to unpack to so many bytes."""
    target = io.BytesIO(zipped(_parts()))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"xl/media/{number}", bytes(10_000))
            archive.getinfo(f"xl/media/{number}").file_size = size
    return target.getvalue()


def _size_told_wrong() -> bytes:
    """A sheet that says it is small and is not."""
    target = io.BytesIO(zipped(_parts(worksheet(ROWS + row(4, ["x" * 100_000])))))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("x", "")
        archive.getinfo("xl/worksheets/sheet1.xml").file_size = 10
    return target.getvalue()


def _locked_part() -> bytes:
    """The mark that says a part needs a password."""
    content = bytearray(zipped(_parts()))
    for start in range(len(content) - 4):
        if content[start : start + 4] == b"PK\x03\x04":
            content[start + 6] |= 1
        elif content[start : start + 4] == b"PK\x01\x02":
            content[start + 8] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "zeros": (lambda: bytes(5000), "is empty"),
    "a zip cut short": (lambda: zipped(_parts())[:-200], "is damaged or cut short"),
    "the beginning of a zip": (lambda: b"PK\x03\x04xl/", "is damaged or cut short"),
    "a zip of other things": (lambda: zipped({"photo.jpg": "x"}), "is a zip file, and no workbook or document"),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "is an empty archive"),
    "a part of 600 MB in a small file": (lambda: _claiming(600_000_000), "would unpack to more than"),
    "a part of 300 MB in a small file": (lambda: _claiming(300_000_000), "holds a part of more than"),
    "a part of 20 MB in a small file": (lambda: zipped(_parts() | {"xl/x": bytes(20_000_000)}), "holds a part that unpacks to"),
    "many parts of 4 MB": (lambda: _claiming(*[4_000_000] * 150), "would unpack to more than"),
    "six thousand parts": (lambda: zipped(_parts() | {f"x/{n}": "" for n in range(6000)}), "holds 6,007 parts"),
    "a size told wrong": (_size_told_wrong, "is damaged"),
    "parts with a password": (_locked_part, "is protected with a password"),
    "entities within entities": (lambda: zipped(_parts(workbook=f"{ENTITIES}<a>&j;</a>")), "document type definition"),
    "an entity from outside": (lambda: zipped(_parts(workbook=f"{OUTSIDE}<a>&e;</a>")), "document type definition"),
    "a document type in a sheet": (lambda: zipped(_parts(f"{ENTITIES}<worksheet/>")), "document type definition"),
    "a workbook without sheets": (lambda: zipped(_parts("<a/>", workbook="<workbook/>")), "has nothing written in it"),
    "a workbook with chart sheets only": (
        lambda: zipped(_parts() | {"xl/_rels/workbook.xml.rels": relations(("rId1", "chartsheet", "chartsheets/sheet1.xml"))}),
        "has nothing written in it",
    ),
    "a workbook part that is no XML": (lambda: zipped(_parts(workbook=b"\xff\xfe\x00\x01")), "is damaged"),
    "an empty workbook": (lambda: zipped(_parts(worksheet(""))), "has nothing written in it"),
    "only blank cells": (lambda: zipped(_parts(worksheet(row(1, ["  ", "\t"])))), "has nothing written in it"),
    "a binary workbook": (lambda: zipped({"xl/workbook.bin": b"x"}), "is a binary workbook"),
    "an encrypted workbook": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
    "an old Word document": (lambda: OLE + "WordDocument".encode("utf-16-le"), "is an old Word document"),
    "an e-mail of Outlook": (lambda: OLE + "__substg1.0".encode("utf-16-le"), "is an e-mail"),
    "an old workbook without content": (lambda: OLE + "Workbook\0".encode("utf-16-le"), "is damaged"),
    "an OLE file of some kind": (lambda: OLE, "is a file of an old Office program"),
    "a PDF": (lambda: b"%PDF-1.7\n...", "is a PDF"),
    "rich text": (lambda: b"{\\rtf1 hello}", "is a rich text file"),
    "an e-mail": (lambda: b"From: a@example.org\nSubject: return\nMIME-Version: 1.0\n\nhello", "is an e-mail"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n....", "is a picture"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0....", "is a picture"),
    "an archive of another kind": (lambda: b"7z\xbc\xaf\x27\x1c....", "is a packed archive"),
    "a database": (lambda: b"SQLite format 3\0....", "is a database"),
    "a presentation": (lambda: zipped({"ppt/presentation.xml": "<p/>"}), "is a presentation"),
    "a workbook saved as XML": (lambda: b'<?xml version="1.0"?><Workbook/>', "saved as XML"),
    "bytes without sense": (lambda: bytes(n * 7919 % 251 for n in range(5000)), "is no table chrono can read"),
    "a document without words": (lambda: zipped(document_parts("")), "has nothing written in it"),
    "a document of pictures": (
        lambda: zipped(document_parts("") | {"word/media/image1.png": "x"}),
        "holds pictures and no text",
    ),
    "a document without a body": (lambda: zipped({"word/other.xml": "<x/>"}), "holds no document text"),
    "a document with entities": (lambda: zipped({"word/document.xml": f"{ENTITIES}<x>&j;</x>"}), "document type definition"),
    "a csv of blanks": (lambda: b" ,, \n,,\n", "has nothing written in it"),
}  # fmt: skip
