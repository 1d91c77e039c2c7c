"""Text from returns, made safe to show."""

from __future__ import annotations

import unicodedata

KEPT = "\n\t"


def clean(text: str) -> str:
    """Without control and direction characters: they could repaint a terminal, turn text round, or break a file."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char for char in text if char in KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
