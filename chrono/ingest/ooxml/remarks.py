"""What stands beside the cells of a worksheet: comments, threaded comments, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from chrono.ingest.ooxml.grid import cell_place
from chrono.ingest.ooxml.markup import Markup, local
from chrono.ingest.ooxml.package import Package
from chrono.ingest.ooxml.strings import RichText, TextRuns
from chrono.ingest.reading import UnreadableError
from chrono.model import Mark

THREAD_NOTICE = "[Threaded comment]"


def comments(package: Package, sheet_part: str) -> Iterator[tuple[int, Mark]]:
    """The comments on a sheet's cells as (row, mark). A conversation is given in its own words, without the notice that
    stands in for it in old programs."""
    people = _People()
    for part in package.names:
        if part.startswith("xl/persons/"):
            _read(people, package, part)
    threads = _Threads(people.names)
    for part in package.related(sheet_part, "threadedComment"):
        _read(threads, package, part)
    notes = _Comments()
    for part in package.related(sheet_part, "comments"):
        _read(notes, package, part)
    for reference, words in (*notes.found, *threads.found):
        row, column = cell_place(reference)
        if row and column >= 0 and words.strip() and not words.startswith(THREAD_NOTICE):
            yield row, Mark("comment", column, words.strip())


def text_boxes(package: Package, sheet_part: str) -> Iterator[Mark]:
    """The words of boxes that float over a sheet."""
    for part in package.related(sheet_part, "drawing"):
        boxes = _Boxes()
        _read(boxes, package, part)
        yield from (Mark("text-box", -1, words) for words in boxes.found if words)


def _read(markup: Markup, package: Package, part: str) -> None:
    """A damaged side part gives what it gave before the damage."""
    with suppress(UnreadableError):
        markup.read(package.chunks(part))


class _Comments(TextRuns):
    """Comments with their author before them, where one is named and the comment does not begin with the name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._authors: list[str] = []
        self._in_author = False
        self._reference, self._author = "", ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        name = local(tag)
        if name == "author":
            self._authors.append("")
            self._in_author = True
        elif name == "comment":
            self.rich = RichText()
            self._reference = attributes.get("ref", "")
            place = attributes.get("authorId", "")
            known = place.isdecimal() and int(place) < len(self._authors)
            self._author = self._authors[int(place)].strip() if known else ""

    def text(self, words: str) -> None:
        super().text(words)
        if self._in_author:
            self._authors[-1] += words

    def end(self, tag: str) -> None:
        super().end(tag)
        name = local(tag)
        if name == "author":
            self._in_author = False
        elif name == "comment":
            self.found.append((self._reference, signed(self.rich.text, self._author)))


def signed(words: str, author: str) -> str:
    """A comment with its author's name before it, unless the words begin with it already."""
    words = words.strip()
    plain_author = author and not author.startswith("tc=") and not words.startswith((author, THREAD_NOTICE))
    return f"{author}: {words}" if plain_author and words else words


class _People(Markup):
    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "person":
            self.names[attributes.get("id", "")] = attributes.get("displayName", "")


class _Threads(Markup):
    def __init__(self, people: dict[str, str]) -> None:
        self.found: list[tuple[str, str]] = []
        self._people = people
        self._words: list[str] | None = None
        self._reference, self._author = "", ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "threadedComment":
            self._reference = attributes.get("ref", self._reference)
            self._author = self._people.get(attributes.get("personId", ""), "")
        elif local(tag) == "text":
            self._words = []

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def end(self, tag: str) -> None:
        if local(tag) == "text" and self._words is not None:
            self.found.append((self._reference, signed("".join(self._words), self._author)))
            self._words = None


class _Boxes(Markup):
    """Drawings: each shape (sp) gives its paragraphs (p) of text (t) as one text."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words = ""
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the interface of all markup
        name = local(tag)
        if name == "sp":
            self._words = ""
        self._in_text = name == "t"

    def text(self, words: str) -> None:
        if self._in_text:
            self._words += words

    def end(self, tag: str) -> None:
        name = local(tag)
        self._in_text = False
        if name == "p":
            self._words += "\n"
        elif name == "sp":
            self.found.append(self._words.strip())
