"""The content words of an entry, so that rare ones shared by two rows can speak for a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from chrono.model import Entry
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
SPOKEN_COLUMNS = ("category", "outcome", "action", "reason", "comment", "voice")
"""Columns beside the text that tell what happened; names, dates and places are weighed by signals of their own."""

EMPTY = frozenset(words_of(Path(__file__).with_name("empty_words.yaml"))["words"].split())
"""Words that nearly every return is full of, or that other signals weigh."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its commonest endings, so that 'referred' and 'referral' meet in 'referr'."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)])
    return word


def content_words(entry: Entry) -> frozenset[str]:
    """Stems of the words that tell what happened, without names of actors and without dates."""
    own = " ".join(_unnamed(entry))
    beside = " ".join(entry.fields.get(column, "") for column in SPOKEN_COLUMNS)
    return stems(f"{own} {beside}")


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    found = (word.removesuffix("'s") for word in WORD.findall(text.lower().replace("’", "'")))
    return frozenset(stem(word) for word in found if word not in EMPTY and len(word) > 2)


def _unnamed(entry: Entry) -> Iterator[str]:
    """The pieces of the entry's text that name nobody and give no date."""
    spans = [
        (mention.begin, mention.end) for mention in entry.mentions if mention.column == "text" and mention.begin >= 0
    ]
    spans += [(mention.begin, mention.end) for mention in entry.dates]
    place = 0
    for begin, end in sorted(spans):
        if begin > place:
            yield entry.text[place:begin]
        place = max(place, end)
    yield entry.text[place:]
