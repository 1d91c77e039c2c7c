"""The content words of a text by their stems, so that rows that tell of one matter in other forms of its words meet."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from chrono.vocabulary import words as words_of

WORD = re.compile(r"\b(?:year|yr|address|step) \d{1,2}\b|[a-z][a-z']*[a-z]|\d{3,}")
"""A word, a long number, or a word that a number belongs to."""
ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ers",
    "ies",
    "ied",
    "ed",
    "es",
    "er",
    "ly",
    "al",
    "s",
    "e",
    "y",
)
_WORDS = words_of(Path(__file__).with_name("empty_words.yaml"))
EMPTY = frozenset(_WORDS["words"].split())
"""Words that nearly every return is full of, or that other signals weigh."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its commonest endings, so that 'referred' and 'referral' meet in 'referr'."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)])
    return word


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(map(_of_content, WORD.findall(text.lower().replace("’", "'")))) - NOTHING


@lru_cache(maxsize=65536)
def _of_content(word: str) -> str:
    """The stem of a word as it stands; '' if it is empty of content."""
    word = word.removesuffix("'s")
    return stem(word) if word not in EMPTY and len(word) > 2 else ""


NOTHING = frozenset(("",))
COMMON = frozenset(stem(word) for word in _WORDS["common"].split())
"""Stems of words of which returns are full: two rows share them easily."""
