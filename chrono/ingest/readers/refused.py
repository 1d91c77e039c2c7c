"""Formats that hold no table one could trust: recognised, so that the message can say what to ask the agency for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from chrono.ingest.reading import Given, Reader, UnreadableError

ASK_FOR_TABLE = "ask the agency for the Excel, Word or csv file it was made from"
ASK_FOR_TEXT = "ask the agency to save it as a Word document (.docx)"
ASK_FOR_NEW = "ask the agency to save it as .xlsx or .docx"
ASK_WITHOUT_PASSWORD = "ask the agency for a copy without one, sent the safe way you have agreed"
LOOK_INSIDE = "save what is attached to it and use that"
UNPACK = "unpack it and name the files in it"
OPEN_IN_EXCEL = "open it in Excel, save it as .xlsx, and check that nothing is lost"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = (
    ("EncryptedPackage", "is protected with a password", ASK_WITHOUT_PASSWORD),
    ("__substg1.0", "is an e-mail", LOOK_INSIDE),
    ("WordDocument", "is an old Word document (.doc)", ASK_FOR_TEXT),
    ("PowerPoint Document", "is a presentation", ASK_FOR_TABLE),
    ("", "is a file of an old Office program", ASK_FOR_NEW),
)
"""Files of old Office programs are told apart by the names of the streams inside."""

PICTURES = rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0\0\0\0|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif)"
MAIL_HEADERS = (
    rb"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?(?i:message-id|mime-version|received|return-path):"
)
OFFICE_XML = rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*(?:<\?[^>]*>\s*)*<(?:\w+:)?(?:Workbook|wordDocument|package)\b"
WEB_PAGE = rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta)\b"
BEGINNINGS = tuple(
    (re.compile(pattern, re.DOTALL), what, remedy)
    for pattern, what, remedy in (
        (rb"\s*%PDF-", "is a PDF, which keeps no rows and cells", ASK_FOR_TABLE),
        (rb"\s*\{\\rtf", "is a rich text file (.rtf)", ASK_FOR_TEXT),
        (PICTURES, "is a picture", ASK_FOR_TABLE),
        (MAIL_HEADERS, "is an e-mail", LOOK_INSIDE),
        (OFFICE_XML, "is a workbook or document saved as XML", ASK_FOR_NEW),
        (WEB_PAGE, "is a web page", OPEN_IN_EXCEL),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "is a packed archive", UNPACK),
        (rb"SQLite format 3\0|\x00\x01\x00\x00Standard (?:Jet|ACE) DB", "is a database", ASK_FOR_TABLE),
        (rb"PK\x05\x06", "is an empty archive", "ask the agency to send it again"),
        (rb"PK\x03\x04.*(?:ppt/|visio/)", "is a presentation or a drawing", ASK_FOR_TABLE),
        (rb"PK\x03\x04.*Index/(?:Document|Tables)", "is a Numbers or Pages file of Apple", ASK_FOR_NEW),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "is an OpenDocument file without a sheet", ASK_FOR_NEW),
        (rb"PK\x03\x04", "is a zip file, and no workbook or document", UNPACK),
    )
)
SUFFIXES = (
    *(".doc", ".dot", ".pdf", ".rtf", ".msg", ".eml", ".mht", ".html", ".htm", ".xlsb", ".xml", ".odt"),
    *(".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp", ".zip", ".7z", ".rar", ".gz"),
    *(".ppt", ".pptx", ".mdb", ".accdb", ".one", ".vsdx", ".pages", ".numbers"),
)


def _refusals(content: bytes) -> Iterator[tuple[str, str]]:
    """What the content may be and what to ask for; the first counts."""
    if content.startswith(OLD_OFFICE):
        yield from ((what, remedy) for name, what, remedy in STREAMS if name.encode("utf-16-le") in content)
    yield from ((what, remedy) for pattern, what, remedy in BEGINNINGS if pattern.match(content))


def _recognises(content: bytes) -> bool:
    return any(_refusals(content))


def _refuse(given: Given) -> NoReturn:
    raise UnreadableError(*next(_refusals(given.content)))


reader = Reader("file without a table", SUFFIXES, _recognises, _refuse, turn=2)
