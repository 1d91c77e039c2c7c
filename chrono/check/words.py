"""The words that rules read themselves; each list in words.yaml is one idea.

Most texts speak of few ideas: each text is looked through once for the words with which phrases begin, and only the ideas
that have such a phrase are then searched for in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("words.yaml")
WORD = re.compile(r"\w+")
STEM = 2
"""So many first letters part most words from one another; no beginning in words.yaml is shorter."""


@dataclass(frozen=True)
class Idea:
    """One list of phrases among those that the same texts are searched for."""

    name: str
    phrases: tuple[str, ...]
    among: Ideas

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in `text`, the longest there, whatever its case."""
        return self.pattern.search(text) if self.name in self.among.possible(text) else None

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        return [found.group() for found in self.pattern.finditer(text)]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the phrases, the longest first."""
        longest = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, longest))})(?!\w)", re.IGNORECASE)


class Ideas:
    """Lists of phrases by name."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._ideas = {name: Idea(name, tuple(map(str, phrases)), self) for name, phrases in lists.items()}
        self._words: dict[str, set[str]] = defaultdict(set)
        """First word of a phrase -> the ideas."""
        self._open: dict[str, set[str]] = defaultdict(set)
        """First word that may have any ending ('declin*') -> the ideas."""
        for idea_ in self._ideas.values():
            for phrase in idea_.phrases:
                if first := WORD.search(phrase):
                    (self._open if "*" in phrase.split()[0] else self._words)[first.group().lower()].add(idea_.name)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        for beginning in self._open:
            self._by_letters[beginning[:STEM]].append(beginning)
        self.possible = lru_cache(maxsize=200_000)(self._possible)  # every rule asks about the text of every row

    def __getitem__(self, name: str) -> Idea:
        return self._ideas[name]

    def _possible(self, text: str) -> frozenset[str]:
        """The ideas of which some phrase begins with a word of the text."""
        found: set[str] = set()
        for word in set(WORD.findall(text.lower())):
            found.update(self._words.get(word, ()))
            for beginning in self._by_letters.get(word[:STEM], ()):
                if word.startswith(beginning):
                    found |= self._open[beginning]
        return frozenset(found)


@cache
def idea(name: str) -> Idea:
    """What finds the phrases of one idea of words.yaml."""
    return _ideas()[name]


def tells(name: str, text: str) -> bool:
    """True if a text speaks of an idea."""
    return idea(name).search(text) is not None


def words_for(name: str, text: str) -> str:
    """The words with which a text speaks of an idea, as written; '' if it does not."""
    found = idea(name).search(text)
    return found.group() if found else ""


@cache
def _ideas() -> Ideas:
    return Ideas(words_of(FILE))


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
