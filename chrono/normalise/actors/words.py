"""The words of a text, with their places; names made comparable; the words of the field from YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from chrono.vocabulary import words as words_of

WORD = re.compile(r"([^\W\d_]+|\d+|&)(['’`´][sS]?\b|['’`´](?=\W|$))?")
"""A word, and the possessive ending behind it if there is one."""


class Token(NamedTuple):
    """A word of a text: as written, folded for comparison, its place, and whether a possessive 's follows it."""

    raw: str
    low: str
    begin: int
    end: int
    owns: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text. "K's" is the word K that owns; '&' counts as 'and'; hyphens part words, and so do digits, so
    that 'SW2' and 'SW 2' are the same two words."""
    found: list[Token] = []
    begin = 0
    for piece in text.split(" "):
        for raw, low, first, last, owns in tokens_of_piece(piece):
            found.append(Token(raw, low, begin + first, begin + last, owns))
        begin += len(piece) + 1
    return found


@lru_cache(maxsize=1 << 17)
def tokens_of_piece(piece: str) -> tuple[Token, ...]:
    """The words of what stands between two spaces: the same pieces come again and again."""
    return tuple(
        Token(raw, "and" if raw == "&" else raw.lower(), *match.span(1), match.group(2) is not None)
        for match in WORD.finditer(piece)
        for raw in (match.group(1),)
    )


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A name for comparison: lower case, no punctuation or possessives, '&' as 'and'."""
    return " ".join(token.low + ("s" if token.owns else "") for token in tokens(text))


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """A name as an id: 'Northshire Police' gives 'northshire-police'."""
    return "-".join(token.low + ("s" if token.owns else "") for token in tokens(text))


def yaml_beside(module: str, name: str) -> Any:
    """The contents of a YAML file that stands beside a module (its `__file__`)."""
    return words_of(Path(module).with_name(name))


def listed(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of words from YAML, as text; a missing one is empty."""
    return tuple(str(word) for word in entry.get(key) or ())
