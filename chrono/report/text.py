"""Text from returns, made safe to show."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
OTHER_THAN_PLAIN = re.compile(r"[^\n\t\x20-\x7e]")
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
"""Unicode's categories of control, direction, half, unassigned and private characters."""


def clean(text: str) -> str:
    """Without control and direction characters: they could repaint a terminal, turn text round, or break a file."""
    if text.isascii() and text.isprintable():
        return text
    return OTHER_THAN_PLAIN.sub(lambda found: _safe(found.group()), LINE_ENDS.sub("\n", text))


@cache
def _safe(char: str) -> str:
    return "" if unicodedata.category(char) in UNSAFE else char


def one_line(text: str) -> str:
    """Safe to show, with every run of white space made one blank."""
    return " ".join(clean(text).split())


def short(text: str, most: int) -> str:
    """At most `most` characters; what was cut is shown by an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """'1 entry', '2 entries': the noun as the number asks."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
