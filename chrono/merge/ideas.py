"""The ideas of a text: what offices call by different words, so that rows told in two manners of speaking can meet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from chrono.vocabulary import words as words_of

TOKEN = re.compile(r"[a-z0-9&][a-z0-9&']*")
ENDINGS = ("ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y")
SHORTEST = 3
"""Letters that must be left of a word without its ending."""

Roots = tuple[str, ...]


class Phrase(NamedTuple):
    """A phrase as roots, the same in one piece, and the ideas it stands for."""

    roots: Roots
    said: str
    means: frozenset[str]


class Ideas(NamedTuple):
    """Phrases by their first root, the longest first."""

    by_first: Mapping[str, tuple[Phrase, ...]]
    everyday: frozenset[str]
    """Ideas of which returns are full."""


@cache
def ideas() -> Ideas:
    """The ideas as ideas.yaml lists them."""
    written = _written()
    meanings: dict[Roots, set[str]] = defaultdict(set)
    for idea, phrases in written["ideas"].items():
        for phrase in phrases.split(","):
            meanings[_roots(phrase)].add(idea)
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for roots in sorted(meanings, key=lambda roots: (-len(roots), roots)):
        by_first[roots[0]].append(Phrase(roots, " ".join(roots), frozenset(meanings[roots])))
    return Ideas({first: tuple(phrases) for first, phrases in by_first.items()}, frozenset(written["everyday"]))


@cache
def _written() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", words_of(Path(__file__).with_name("ideas.yaml")))


@cache
def _whole() -> frozenset[str]:
    """Words that lose nothing of their ending."""
    return frozenset(_written()["whole"])


@lru_cache(maxsize=4096)
def ideas_of(text: str) -> Mapping[str, Set[str]]:
    """Idea -> the phrases of the text that stand for it; of phrases that begin at one word, the longest alone counts."""
    roots = _roots(text)
    by_first = ideas().by_first
    found: dict[str, set[str]] = {}
    end = 0
    for place, root in enumerate(roots):
        if root not in by_first or place < end:
            continue
        for phrase, said, means in by_first[root]:
            if roots[place : place + len(phrase)] == phrase:
                end = place + len(phrase)
                for idea in means:
                    found.setdefault(idea, set()).add(said)
                break
    return found


def _roots(text: str) -> Roots:
    return tuple(map(_root, TOKEN.findall(text.lower().replace("’", "'"))))


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
