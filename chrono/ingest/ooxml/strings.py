"""The texts of a workbook: plain or made of runs, each run with its own look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chrono.ingest.ooxml.markup import Markup, local
from chrono.ingest.ooxml.styles import Look
from chrono.ingest.ooxml.swift import around
from chrono.ingest.reading import Limits, UnreadableError

PLAIN_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<&]*)</t></si>')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """A text as the workbook shows it: characters written as _x000D_ in place, line ends as one character."""
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@dataclass(slots=True)
class RichText:
    """A text that is being put together from its runs, with the words that are struck out or white."""

    parts: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    white: list[str] = field(default_factory=list)
    look: Look = field(default_factory=Look)

    def add(self, words: str) -> None:
        """Add words of the run that is open."""
        self.parts.append(words)
        if self.look.struck:
            self.struck.append(words)
        if self.look.white:
            self.white.append(words)

    @property
    def text(self) -> str:
        """The whole text."""
        return plain("".join(self.parts))

    def marks(self) -> tuple[tuple[str, str], ...]:
        """What its runs say that the text does not show, as (kind, the words)."""
        found = (("struck", self.struck), ("white", self.white))
        return tuple((kind, plain("".join(words))) for kind, words in found if "".join(words).strip())


@dataclass(frozen=True, slots=True)
class Strings:
    """The shared texts by their number, and for some of them marks as (kind, words)."""

    texts: list[str] = field(default_factory=list)
    marks: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def read_strings(pieces: Iterable[bytes], strings: Strings, limits: Limits) -> None:
    """Read the shared texts into `strings`. Raises UnreadableError where the part is no well-formed XML or holds too many;
    what stands before has then been read."""
    found = _StringsPart(strings, limits)
    found.read(around(pieces, b"si>", PLAIN_TEXT, found.take))


class TextRuns(Markup):
    """Any part whose texts are runs (r) of words (t); phonetic guides (rPh) are no part of the text."""

    def __init__(self) -> None:
        self.rich = RichText()
        self._words = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Where an element begins."""
        tag = local(tag)
        if tag == "t":
            self._words = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "r":
            self.rich.look = Look()
        elif tag in ("strike", "color"):
            self.rich.look.take(tag, attributes)

    def text(self, words: str) -> None:
        """The text between two tags."""
        if self._words:
            self.rich.add(words)

    def end(self, tag: str) -> None:
        """Where an element ends."""
        tag = local(tag)
        if tag == "t":
            self._words = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self.rich.look = Look()


class _StringsPart(TextRuns):
    def __init__(self, strings: Strings, limits: Limits) -> None:
        super().__init__()
        self.strings = strings
        self._most = limits.slots

    def take(self, found: re.Match[bytes]) -> None:
        """A text the parser need not see: one piece, no marks, no characters written by number."""
        self._keep(plain(found[1].decode("utf-8", errors="replace")))

    def _keep(self, text: str) -> None:
        if len(self.strings.texts) >= self._most:
            raise UnreadableError("holds more texts than can be read")
        self.strings.texts.append(text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "si":
            self.rich = RichText()
        else:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        if local(tag) != "si":
            super().end(tag)
            return
        if marks := self.rich.marks():
            self.strings.marks[len(self.strings.texts)] = marks
        self._keep(self.rich.text)
