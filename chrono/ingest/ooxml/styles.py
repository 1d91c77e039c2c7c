"""What the styles of a workbook say about its cells: which numbers are dates, what is struck out, what cannot be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from chrono.ingest.ooxml.markup import Markup, attribute, is_on, local
from chrono.ingest.ooxml.numbers import BUILT_IN, NumberFormat, number_format

T = TypeVar("T")
WHITE_INDEXES = ("1", "9")


@dataclass(slots=True)
class Look:
    """Whether words are struck out, or white."""

    struck: bool = False
    white: bool = False

    def take(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in one property of a font or run."""
        if tag == "strike":
            self.struck = is_on(attributes)
        elif tag == "color":
            self.white = is_white(attributes)


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell styles by their number as the sheet writes it: '0', '1', ...; '' where it names none.

    `dates` holds those that make a number a date, `marks` those that say something the value does not, as (kind, text).
    """

    dates: dict[str, NumberFormat] = field(default_factory=dict)
    marks: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def read_styles(pieces: Iterable[bytes], styles: Styles) -> None:
    """Read the styles part into `styles`. Raises UnreadableError where it is no well-formed XML; what stands before has then
    been read."""
    _StylesPart(styles).read(pieces)


def is_white(attributes: dict[str, str]) -> bool:
    """True if a colour element means plain white: by value, by the theme's background colour, or by palette number."""
    if float_of(attributes.get("tint", "0")) < 0:
        return False
    by_theme = attributes.get("theme") == "0"
    return by_theme or attributes.get("rgb", "").upper()[-6:] == "FFFFFF" or attributes.get("indexed") in WHITE_INDEXES


def float_of(text: str) -> float:
    """A number, or 0 where the text is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


class _StylesPart(Markup):
    """Fonts, fills and formats come first and are numbered by their order; cell styles (cellXfs) point to them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._section = ""
        self._formats: dict[str, str] = {}
        self._fonts: list[Look] = []
        self._fill_is_plain: list[bool] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag in ("numFmts", "fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"):
            self._section = tag
        elif self._section == "numFmts" and tag == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif self._section == "fonts":
            self._font(tag, attributes)
        elif self._section == "fills":
            self._fill(tag, attributes)
        elif self._section == "cellXfs" and tag == "xf":
            self._style(attributes)

    def end(self, tag: str) -> None:
        if local(tag) == self._section:
            self._section = ""

    def _font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font":
            self._fonts.append(Look())
        elif self._fonts:
            self._fonts[-1].take(tag, attributes)

    def _fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._fill_is_plain.append(True)
        elif tag == "patternFill" and self._fill_is_plain:
            self._fill_is_plain[-1] = attributes.get("patternType", "none") == "none"
        elif tag == "gradientFill" and self._fill_is_plain:
            self._fill_is_plain[-1] = False
        elif tag == "fgColor" and self._fill_is_plain and not self._fill_is_plain[-1]:
            self._fill_is_plain[-1] = is_white(attributes)

    def _style(self, attributes: dict[str, str]) -> None:
        names = (str(self._count), "") if self._count == 0 else (str(self._count),)
        self._count += 1
        format_ = self._format(attribute(attributes, "numFmtId", "0"))
        font = _at(self._fonts, attributes.get("fontId", "0")) or Look()
        plain = _at(self._fill_is_plain, attributes.get("fillId", "0"))
        if format_.dated:
            self.styles.dates.update(dict.fromkeys(names, format_))
        said = {
            "struck": font.struck,
            "white": (font.white and plain is not False) or format_.blank,
        }
        if marks := tuple((kind, "") for kind, so in said.items() if so):
            self.styles.marks.update(dict.fromkeys(names, marks))

    def _format(self, id_: str) -> NumberFormat:
        code = self._formats.get(id_)
        if code is None:
            code = BUILT_IN.get(int(id_), "") if id_.isdecimal() else ""
        return number_format(code)


def _at(items: list[T], place: str) -> T | None:
    return items[int(place)] if place.isdecimal() and int(place) < len(items) else None
