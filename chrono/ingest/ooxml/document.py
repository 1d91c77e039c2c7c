"""A Word document: every table with its merged, tracked, struck-out and hidden text, and the paragraphs around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from chrono.ingest.ooxml.body import BREAKS, DocumentReader, Table
from chrono.ingest.ooxml.markup import Markup, attribute, local
from chrono.ingest.ooxml.package import ASK_AGAIN, Package
from chrono.ingest.reading import Contents, Given, Limits, UnreadableError
from chrono.model import Problem, Row, Sheet

NOTE_PARTS = ("comments", "footnotes", "endnotes")
NOTES = ("comment", "footnote", "endnote")


def read_document(given: Given) -> Contents:
    """Read a document: one sheet a table. Raises UnreadableError if it is no Word document, or cannot be opened safely.

    A document without any table gives one sheet 'text', its paragraphs as rows: a letter may hold the whole answer.
    """
    package = Package(given.content, given.limits)
    part = next((name for name in (*package.related("", "officeDocument"), "word/document.xml") if name in package), "")
    if not part:
        raise UnreadableError("holds no document text", ASK_AGAIN)
    body = DocumentReader(_side_texts(package, part), given.limits)
    problems = list(package.unread(given.file, "word"))
    try:
        body.read(package.chunks(part))
    except UnreadableError as fault:
        if not body.tables and not body.paragraphs:
            raise
        problems.append(Problem(given.file, f"{fault.what}; only what stands before the damage was read", ASK_AGAIN))
    sheets = tuple(_sheet(given.file, table) for table in body.tables if table.rows)
    margins = tuple(_margins(package, part))
    if sheets:
        return Contents(sheets, (*margins, *body.paragraphs), tuple(problems), package.modified)
    rows = tuple(Row(number, (words,)) for number, words in enumerate(body.paragraphs, 1))
    if not rows and package.count("word/media"):
        raise UnreadableError("holds pictures and no text", "ask the agency for the table the pictures show")
    if rows:
        problems.append(Problem(given.file, "has no table; its paragraphs were read as rows"))
    return Contents((Sheet(given.file, "text", rows),) if rows else (), margins, tuple(problems), package.modified)


def _sheet(file: str, table: Table) -> Sheet:
    return Sheet(file, table.name, tuple(table.rows), merges=tuple(table.merges), heading=table.heading)


def _side_texts(package: Package, part: str) -> Mapping[tuple[str, str], str]:
    """The words of comments, footnotes and endnotes by (kind, id)."""
    found = _Notes()
    for kind in NOTE_PARTS:
        for target in package.related(part, kind):
            with suppress(UnreadableError):
                found.read(package.chunks(target))
    return found.texts


def _margins(package: Package, part: str) -> Iterator[str]:
    """The words of page headers and footers: often the only place where the agency stands."""
    seen = set()
    for kind in ("header", "footer"):
        for target in package.related(part, kind):
            margin = DocumentReader({}, Limits())
            with suppress(UnreadableError):
                margin.read(package.chunks(target))
            inside = (str(cell) for table in margin.tables for row in table.rows for cell in row.cells if cell)
            words = " ".join((*margin.paragraphs, *inside)).strip()
            if words and words not in seen:
                seen.add(words)
                yield words


class _Notes(Markup):
    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self._key: tuple[str, str] | None = None
        self._author, self._words, self._in_text = "", "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name in NOTES:
            self._key = (name, attribute(attributes, "id"))
            self._author, self._words = attribute(attributes, "author"), ""
        elif name in BREAKS:
            self._words += BREAKS[name]
        self._in_text = name == "t"

    def text(self, words: str) -> None:
        if self._in_text:
            self._words += words

    def end(self, tag: str) -> None:
        name = local(tag)
        self._in_text = False
        if name == "p":
            self._words += "\n"
        elif self._key and name == self._key[0]:
            words = self._words.strip()
            self.texts[self._key] = f"{self._author}: {words}" if self._author and words else words
            self._key = None
