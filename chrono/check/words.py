"""The words that rules read: each list of phrases, in ideas/ and in the files of single matters, is one idea, and so is each list
of regular expressions in patterns.yaml.

Most texts speak of few ideas: the words of each text are looked up once, and only the ideas of which all words of some phrase,
or the words that an expression needs, stand in it are then searched for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from chrono.check.any_case import small
from chrono.check.needed_words import needed_words
from chrono.check.patterns import expressions
from chrono.vocabulary import words as words_of

FOLDER = Path(__file__).with_name("ideas")
OF_MATTERS = (
    "accounts",
    "causes",
    "claims",
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
CASE_COUNTS = "(?-i:"
"""So begins what looks at capitals in an expression for which case is else of no account."""


@dataclass(frozen=True)
class Idea:
    """What can be said in many ways: one list of phrases, or of regular expressions, among those looked for in the same texts."""

    name: str
    phrases: tuple[str, ...]
    expressions: tuple[str, ...]
    bit: int
    """Its place in a set of ideas, which is written as a whole number: a big case has such a set for each text. The bit
    before it says that the text surely speaks of the idea: a phrase of one word stands in it, or it was found there before."""
    among: Ideas

    @cached_property
    def sure(self) -> int:
        """The bit that says that it surely stands in a text."""
        return self.bit << 1

    def told_in(self, text: str) -> bool:
        """True if it stands in `text`, whatever its case."""
        possible = self.among.possible(text)
        if not possible & self.bit:
            return False
        if possible & self.sure:
            return True
        found = any(look.search(text) for look in self._as_written) or self._found_in_small(text.lower(), text)
        self.among.settle(text, self.bit, found)
        return found

    def possible(self, text: str) -> bool:
        """True if the text has all words of some phrase, or the word that an expression needs, in whatever order."""
        return bool(self.bit & self.among.possible(text))

    def search(self, text: str) -> re.Match[str] | None:
        """The first place at which it stands in `text`, the longest phrase there, whatever its case."""
        return self.pattern.search(text) if self.told_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place at which it stands in `text`."""
        return self.pattern.finditer(text) if self.told_in(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        return [found.group() for found in self.finditer(text)]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, the longest phrase first."""
        return re.compile("|".join(self.expressions) or _any_of(self.phrases), re.IGNORECASE)

    def _found_in_small(self, lower: str, text: str) -> bool:
        if len(lower) != len(text):  # a rare letter is longer in lower case
            return bool(self.pattern.search(text))
        return bool(self._small and self._small.search(lower))

    @cached_property
    def _small(self) -> re.Pattern[str] | None:
        """The same for a text in small letters, two or three times as fast; less what looks at capitals."""
        if self.expressions:
            parts = [small(part) for part in self.expressions if CASE_COUNTS not in part]
            return re.compile("|".join(parts)) if parts else None
        phrases = tuple(phrase.lower() for phrase in self.phrases)
        letters = "".join(sorted({re.escape(phrase[0]) for phrase in phrases}))
        return re.compile(rf"(?=[{letters}]){_any_of(phrases)}")

    @cached_property
    def _as_written(self) -> tuple[re.Pattern[str], ...]:
        """The expressions that look at capitals."""
        parts = [part for part in self.expressions if CASE_COUNTS in part]
        return (re.compile("|".join(parts), re.IGNORECASE),) if parts else ()

    def needs(self) -> Iterator[tuple[frozenset[str], bool]]:
        """The sets of words of which a text must have one, whole, to speak of it ('clos*' for a word of any ending), and
        whether to have that is enough. An empty set: any text may speak of it."""
        for phrase in self.phrases:
            if words := _words_in(phrase):
                yield words, bool(ONE_WORD.fullmatch(phrase))
        for expression in self.expressions:
            for word in needed_words(small(expression)) or ("",):
                yield frozenset((word,) if word else ()), False


class Ideas:
    """Lists of phrases, and of regular expressions, by name."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], expressions: Mapping[str, Iterable[str]]) -> None:
        if twice := phrases.keys() & expressions.keys():
            raise ValueError(f"{', '.join(sorted(twice))}: is both a list of phrases and one of expressions")
        names = (*phrases, *expressions)
        self._ideas = {
            name: Idea(
                name, tuple(map(str, phrases.get(name, ()))), tuple(expressions.get(name, ())), 1 << 2 * place, self
            )
            for place, name in enumerate(names)
        }
        self._words: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
        """The rarest word of a phrase -> its other words -> the ideas that have such a phrase."""
        self._open: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
        """The same for words that may have any ending ('declin*')."""
        self._of_any_text = 0
        """The ideas of which any text may speak."""
        self._place()
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

    def settle(self, text: str, bit: int, told: bool) -> None:
        """Note for a text that is kept whether it tells of an idea, once it was searched."""
        if text in self._of_rows:
            self._of_rows[text] = self._of_rows[text] | bit << 1 if told else self._of_rows[text] & ~bit

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

    def _place(self) -> None:
        needs = [(idea_.bit, words, enough) for idea_ in self for words, enough in idea_.needs()]
        common = Counter(word for _, words, _ in needs for word in words)
        for bit, words, enough in needs:
            if not words:
                self._of_any_text |= bit
                continue
            rarest = min(words, key=lambda word: (common[word], -len(word), word))
            others = frozenset(word for word in words if word != rarest and not word.endswith("*"))
            needed = self._open[rarest[:-1]] if rarest.endswith("*") else self._words[rarest]
            needed[others] = needed.get(others, 0) | bit | (bit << 1 if enough else 0)

    def _possible(self, text: str) -> int:
        """The ideas of which the text has all words of some phrase, or the word that some expression needs."""
        words = set(WORD.findall(text.lower()))
        found = self._of_any_text
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
    return Ideas(lists, expressions())


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
