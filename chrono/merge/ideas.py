"""The ideas of a text: what offices call by different words, so that rows told in two manners of speaking can meet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from chrono.vocabulary import words as words_of

TOKEN = re.compile(r"[a-z0-9&][a-z0-9&']*")
ENDINGS = ("ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y")
SHORTEST = 3
"""Letters that must be left of a word without its ending."""

Phrase = tuple[str, ...]


class Ideas(NamedTuple):
    """Phrases as roots, by their first root, the longest first; each with the ideas it stands for."""

    by_first: Mapping[str, tuple[tuple[Phrase, frozenset[str]], ...]]
    everyday: frozenset[str]
    """Ideas of which returns are full."""


@cache
def ideas() -> Ideas:
    """The ideas as ideas.yaml lists them."""
    written = _written()
    meanings: dict[Phrase, set[str]] = defaultdict(set)
    for idea, phrases in written["ideas"].items():
        for phrase in phrases.split(","):
            meanings[_roots(phrase)].add(idea)
    by_first: dict[str, list[tuple[Phrase, frozenset[str]]]] = defaultdict(list)
    for phrase in sorted(meanings, key=lambda phrase: (-len(phrase), phrase)):
        by_first[phrase[0]].append((phrase, frozenset(meanings[phrase])))
    return Ideas({first: tuple(phrases) for first, phrases in by_first.items()}, frozenset(written["everyday"]))


@cache
def _written() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", words_of(Path(__file__).with_name("ideas.yaml")))


@cache
def _whole() -> frozenset[str]:
    """Words that lose nothing of their ending."""
    return frozenset(_written()["whole"])


@lru_cache(maxsize=4096)
def ideas_of(text: str) -> Mapping[str, frozenset[str]]:
    """Idea -> the phrases of the text that stand for it; of phrases that begin at one word, the longest alone counts."""
    roots = _roots(text)
    found: dict[str, frozenset[str]] = {}
    place = 0
    while place < len(roots):
        phrase, meant = _longest(roots, place)
        for idea in meant:
            found[idea] = found.get(idea, frozenset()) | {" ".join(phrase)}
        place += max(1, len(phrase))
    return found


def _longest(roots: Phrase, place: int) -> tuple[Phrase, frozenset[str]]:
    for phrase, meant in ideas().by_first.get(roots[place], ()):
        if roots[place : place + len(phrase)] == phrase:
            return phrase, meant
    return (), frozenset()


def _roots(text: str) -> Phrase:
    return tuple(_root(word) for word in TOKEN.findall(text.lower().replace("’", "'")))


@lru_cache(maxsize=65536)
def _root(word: str) -> str:
    """The word without a verb's or a plural's ending: 'moved', 'moving' and 'moves' meet in 'mov'."""
    word = word.removesuffix("'s")
    if word in _whole():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > SHORTEST and word[-1] == word[-2] else word
