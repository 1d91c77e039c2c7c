"""The words that rules read themselves; each list in the files of ideas/ is one idea.

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

FOLDER = Path(__file__).with_name("ideas")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Idea:
    """One list of phrases among those that the same texts are searched for."""

    name: str
    phrases: tuple[str, ...]
    bit: int
    """Its place in a set of ideas, which is written as a whole number: a big case has such a set for each text."""
    among: Ideas

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in `text`, the longest there, whatever its case."""
        if not self.possible(text):
            return None
        lower = text.lower()
        if len(lower) != len(text):  # a rare letter is longer in lower case
            return self.pattern.search(text)
        found = self._lower.search(lower)
        return self.pattern.match(text, found.start()) if found else None

    def possible(self, text: str) -> bool:
        """True if some phrase begins with a word of the text."""
        return bool(self.bit & self.among.possible(text))

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        return [found.group() for found in self.pattern.finditer(text)]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the phrases, the longest first."""
        return re.compile(_any_of(self.phrases), re.IGNORECASE)

    @cached_property
    def _lower(self) -> re.Pattern[str]:
        """The same for a text in lower case, twice as fast."""
        phrases = tuple(phrase.lower() for phrase in self.phrases)
        letters = "".join(sorted({re.escape(phrase[0]) for phrase in phrases}))
        return re.compile(rf"(?=[{letters}]){_any_of(phrases)}")


class Ideas:
    """Lists of phrases by name."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._ideas = {
            name: Idea(name, tuple(map(str, phrases)), 1 << place, self)
            for place, (name, phrases) in enumerate(lists.items())
        }
        self._words: dict[str, int] = defaultdict(int)
        """First word of a phrase -> the ideas."""
        self._open: dict[str, int] = defaultdict(int)
        """First word that may have any ending ('declin*') -> the ideas."""
        for idea_ in self._ideas.values():
            for phrase in idea_.phrases:
                if first := WORD.search(phrase):
                    (self._open if "*" in phrase.split()[0] else self._words)[first.group().lower()] |= idea_.bit
        self._begun_by = lru_cache(maxsize=65_536)(self._ideas_begun_by)
        self.possible = lru_cache(maxsize=1_000_000)(self._possible)  # every rule asks about the text of every row

    def __getitem__(self, name: str) -> Idea:
        return self._ideas[name]

    def _possible(self, text: str) -> int:
        """The ideas of which some phrase begins with a word of the text."""
        found = 0
        for word in set(WORD.findall(text.lower())):
            found |= self._begun_by(word)
        return found

    def _ideas_begun_by(self, word: str) -> int:
        found = self._words.get(word, 0)
        for length in range(1, len(word) + 1):
            found |= self._open.get(word[:length], 0)
        return found


@cache
def idea(name: str) -> Idea:
    """What finds the phrases of one idea of ideas/."""
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
    lists: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        of_the_file: dict[str, list[str]] = words_of(file)
        if twice := lists.keys() & of_the_file.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))} stands in another file too")
        lists |= of_the_file
    return Ideas(lists)


def _any_of(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return rf"(?<!\w)(?:{'|'.join(map(_pattern, longest))})(?!\w)"


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
