"""The words that rules read themselves; each list in words.yaml is one idea, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("words.yaml")
WORD = re.compile(r"\w+")
STEM = 2
"""So many first letters part most words from one another; no beginning in words.yaml is shorter."""


@dataclass(frozen=True)
class Idea:
    """One list of phrases: the pattern that finds any of them, and the words with which they begin."""

    pattern: re.Pattern[str]
    first_words: frozenset[str]
    first_letters: tuple[str, ...]
    """Beginnings of the first words that have any ending ('declin*')."""
    first_stems: frozenset[str]
    """The first letters of those beginnings: what a text must have, before its words are looked at one by one."""

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in `text`. Most texts hold none of the first words, and are passed over without a search."""
        words = _words_of(text)
        if self.first_words.isdisjoint(words) and (
            self.first_stems.isdisjoint(_stems_of(text))
            or not any(word.startswith(self.first_letters) for word in words)
        ):
            return None
        return self.pattern.search(text)

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        return [found.group() for found in self.pattern.finditer(text)]


@cache
def idea(name: str) -> Idea:
    """What finds the phrases of one idea, whatever their case."""
    return idea_of(_lists()[name])


def idea_of(phrases: Iterable[str]) -> Idea:
    """What finds any of these phrases, written as in words.yaml."""
    longest = sorted(map(str, phrases), key=lambda phrase: (-len(phrase), phrase))
    firsts = [(phrase.split()[0], WORD.search(phrase)) for phrase in longest]
    beginnings = sorted({found.group().lower() for first, found in firsts if found and "*" in first})
    return Idea(
        re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, longest))})(?!\w)", re.IGNORECASE),
        frozenset(found.group().lower() for first, found in firsts if found and "*" not in first),
        tuple(beginnings),
        frozenset(beginning[:STEM] for beginning in beginnings),
    )


def tells(name: str, text: str) -> bool:
    """True if a text speaks of an idea."""
    return idea(name).search(text) is not None


def words_for(name: str, text: str) -> str:
    """The words with which a text speaks of an idea, as written; '' if it does not."""
    found = idea(name).search(text)
    return found.group() if found else ""


@lru_cache(maxsize=200_000)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))


@lru_cache(maxsize=200_000)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _words_of(text))


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = words_of(FILE)
    return lists


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
