"""Reading XML piece by piece, with no document type, no entities, and nothing kept but what a handler keeps."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from chrono.ingest.reading import UnreadableError


def local(tag: str) -> str:
    """A tag or attribute without its prefix: 'w:tbl' is 'tbl'."""
    return tag.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str, default: str = "") -> str:
    """The value of an attribute by its name without prefix."""
    for key, value in attributes.items():
        if key == name or key.endswith(f":{name}"):
            return value
    return default


def is_on(attributes: dict[str, str], name: str = "val") -> bool:
    """An Office switch: present without a value means on."""
    return attribute(attributes, name, "1").lower() not in ("0", "false", "off", "none")


class Markup:
    """A handler of one part: subclasses say what to do at a tag's start, its end, and at text (given whole)."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called where an element begins."""

    def text(self, words: str) -> None:
        """Called with the text between two tags."""

    def end(self, tag: str) -> None:
        """Called where an element ends."""

    def read(self, pieces: Iterable[bytes]) -> None:
        """Go through a part. Raises UnreadableError where it is no well-formed XML; what came before has then been handled."""
        parser = new_parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        feed(parser, pieces)


def new_parser() -> expat.XMLParserType:
    """A parser that refuses a document type: Office files have none, and every entity bomb needs one."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Give a parser a part piece by piece. Raises UnreadableError as `Markup.read` does."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise UnreadableError("is damaged", "ask the agency to save it again and send the new copy") from fault


def _refuse(*_: object) -> None:
    raise UnreadableError(
        "holds a document type definition, which no Office program writes", "ask the agency for a plain copy"
    )
