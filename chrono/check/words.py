"""The words that rules read: each list of phrases, in ideas/ and in the files of single matters, is one idea.

Most texts speak of few ideas: the words of each text are looked up once, and only the ideas of which all words of some phrase
stand in it are then searched for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from chrono.vocabulary import words as words_of

FOLDER = Path(__file__).with_name("ideas")
OF_MATTERS = (
    "accounts",
    "causes",
    "known_facts",
    "none_before",
    "order",
    "pictures",
    "ratings",
    "refused",
    "standing",
    "topics",
    "transit",
)
"""Files that say more of a matter than its words: every list in them is an idea, named by the keys that lead to it."""
NO_IDEAS = frozenset(("events", "kinds", "common", "troubles"))
"""Keys of these files under which something else stands than an idea."""
WORD = re.compile(r"\w+")
ONE_WORD = re.compile(r"\w+\*?")


@dataclass(frozen=True)
class Idea:
    """One list of phrases among those that the same texts are searched for."""

    name: str
    phrases: tuple[str, ...]
    bit: int
    """Its place in a set of ideas, which is written as a whole number: a big case has such a set for each text. The bit
    before it says that the text surely speaks of the idea: a phrase of one word stands in it."""
    among: Ideas

    def told_in(self, text: str) -> bool:
        """True if a phrase stands in `text`, whatever its case."""
        possible = self.among.possible(text)
        if not possible & self.bit:
            return False
        if possible & self.bit << 1:
            return True
        lower = text.lower()
        return bool(self._lower.search(lower) if len(lower) == len(text) else self.pattern.search(text))

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
        """True if all words of some phrase stand in the text, in whatever order."""
        return bool(self.bit & self.among.possible(text))

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        if not self.possible(text):
            return []
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
            name: Idea(name, tuple(map(str, phrases)), 1 << 2 * place, self)
            for place, (name, phrases) in enumerate(lists.items())
        }
        self._words: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
        """The rarest word of a phrase -> its other words -> the ideas that have such a phrase."""
        self._open: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
        """The same for words that may have any ending ('declin*')."""
        self._place_phrases()
        self._needed_beside = lru_cache(maxsize=65_536)(self._ideas_with)
        self._of_rows: dict[str, int] = {}
        self._of_pieces = lru_cache(maxsize=65_536)(self._possible)

    def __getitem__(self, name: str) -> Idea:
        return self._ideas[name]

    def possible(self, text: str) -> int:
        """The ideas of which a text may speak, as a set of their bits."""
        known = self._of_rows.get(text)
        return self._of_pieces(text) if known is None else known

    def keep(self, texts: Iterable[str]) -> None:
        """Look up these texts once and for all, as every rule asks about the text of every row; those kept before are let go."""
        self._of_rows = {text: self._possible(text) for text in texts}

    def __iter__(self) -> Iterator[Idea]:
        return iter(self._ideas.values())

    def of(self, text: str) -> Iterator[Idea]:
        """The ideas of which a text may speak."""
        possible = self.possible(text) & self._all
        while possible:
            bit = possible & -possible
            yield self._by_bit[bit]
            possible ^= bit

    @cached_property
    def _all(self) -> int:
        return sum(self._by_bit)

    @cached_property
    def _by_bit(self) -> Mapping[int, Idea]:
        return {idea_.bit: idea_ for idea_ in self}

    def _place_phrases(self) -> None:
        phrases = [(idea_.bit, phrase, _words_in(phrase)) for idea_ in self for phrase in idea_.phrases]
        common = Counter(word for _, _, found in phrases for word in found)
        for bit, phrase, found in phrases:
            if not found:
                continue
            rarest = min(found, key=lambda word: (common[word], -len(word), word))
            others = frozenset(word for word in found if word != rarest and not word.endswith("*"))
            needed = self._open[rarest[:-1]] if rarest.endswith("*") else self._words[rarest]
            sure = bit << 1 if ONE_WORD.fullmatch(phrase) else 0
            needed[others] = needed.get(others, 0) | bit | sure

    def _possible(self, text: str) -> int:
        """The ideas of which some phrase has all its words in the text."""
        words = set(WORD.findall(text.lower()))
        found = 0
        for word in words:
            for others, ideas in self._needed_beside(word):
                if others <= words:
                    found |= ideas
        return found

    def _ideas_with(self, word: str) -> tuple[tuple[frozenset[str], int], ...]:
        """The ideas that have phrases with this word, and the words which these need beside it."""
        needed: dict[frozenset[str], int] = defaultdict(int)
        lists = (self._words.get(word), *(self._open.get(word[:length]) for length in range(1, len(word) + 1)))
        for others, ideas in (each for found in lists if found for each in found.items()):
            needed[others] |= ideas
        return tuple(needed.items())


@cache
def idea(name: str) -> Idea:
    """What finds the phrases of one idea: 'barred', or of a matter 'pictures: growth: good'."""
    return ideas()[name]


def tells(name: str, text: str) -> bool:
    """True if a text speaks of an idea."""
    return idea(name).told_in(text)


def words_for(name: str, text: str) -> str:
    """The words with which a text speaks of an idea, as written; '' if it does not."""
    found = idea(name).search(text)
    return found.group() if found else ""


@cache
def ideas() -> Ideas:
    """All of them."""
    lists: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        of_the_file: dict[str, list[str]] = words_of(file)
        if twice := lists.keys() & of_the_file.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))} stands in another file too")
        lists |= of_the_file
    for name in OF_MATTERS:
        lists |= _lists_in(words_of(Path(__file__).with_name(f"{name}.yaml")), name)
    return Ideas(lists)


@cache
def words_of_the_field() -> frozenset[str]:
    """Every whole word that stands in some phrase, in small letters: none of them is a person's name."""
    return frozenset(word for idea_ in ideas() for phrase in idea_.phrases for word in _words_in(phrase))


def _lists_in(content: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    """Every list in nested mappings, named 'file: key: key'."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if key not in NO_IDEAS:
                yield from _lists_in(value, f"{name}: {key}")
    elif isinstance(content, list):
        yield name, [phrase for each in content for phrase in (each if isinstance(each, list) else [each])]


def _words_in(phrase: str) -> frozenset[str]:
    """The words that a text must have for a phrase to stand in it; 'declin*' for one that may have any ending."""
    return frozenset(re.findall(r"(?<![\w*])\w+\*?", phrase.lower()))


def _any_of(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return rf"(?<!\w)(?:{'|'.join(map(_pattern, longest)) or '(?!)'})(?!\w)"


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
