"""The words that rules read: each list of phrases, in ideas/ and in the files of single matters, is one idea, and so is each list
of regular expressions in patterns.yaml; where both have the name of one idea, it can be said in either way. In a phrase '*' is
the rest of a word, '...' up to four words, '|' stands between words of which any may be there, and '_' joins several to one such
choice.

Most texts speak of few ideas: the words of each text are looked up once, only the phrases of which all words stand in it are
looked for, and of the expressions only those of which a word that they need stands in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import count, product
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
    "told_counts",
    "told_numbers",
    "topics",
    "transit",
)
"""Files that say more of a matter than its words: every list in them is an idea, named by the keys that lead to it."""
NO_IDEAS = frozenset(("events", "kinds", "common", "troubles", "nouns", "by"))
"""Keys of these files under which something else stands than an idea."""
WORD = re.compile(r"\w+")
WORD_OF_PHRASE = re.compile(r"(?<![\w*])\w+\*?")
CASE_COUNTS = "(?-i:"
"""So begins what looks at capitals in an expression for which case is else of no account."""


Needing = defaultdict[str, defaultdict[frozenset[str], dict[str, int]]]


@dataclass(frozen=True)
class Expression:
    """One of the regular expressions of an idea."""

    written: str
    bit: int
    """Says of a text that a word which it needs stands there."""

    def found_in(self, text: str, lower: str) -> bool:
        """True if it stands in `text`, which in small letters is `lower`; those are searched twice or thrice as fast."""
        if CASE_COUNTS in self.written or len(lower) != len(text):  # a rare letter is longer in lower case
            return bool(self._as_written.search(text))
        return bool(self._small.search(lower))

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        return re.compile(self.written, re.IGNORECASE)

    @cached_property
    def _small(self) -> re.Pattern[str]:
        return re.compile(small(self.written))


@dataclass(frozen=True)
class Idea:
    """What can be said in many ways: a list of phrases, or of regular expressions, or both, among those looked for in the same
    texts."""

    name: str
    phrases: tuple[str, ...]
    expressions: tuple[Expression, ...]
    bit: int
    """Its place in a set of ideas, which is written as a whole number: a big case has such a set for each text. It says that a
    text may speak of the idea; the bit before it, that it does: a phrase stands in it, or an expression was found there."""
    among: Ideas

    @cached_property
    def sure(self) -> int:
        """The bit that says that it surely stands in a text."""
        return self.bit << 1

    def told_in(self, text: str) -> bool:
        """True if it stands in `text`, whatever its case."""
        possible = self.among.kept.get(text)
        if possible is None:
            possible = self.among.possible(text)
        if not possible & self.bit:
            return False
        if possible & self.sure:
            return True
        lower = text.lower()
        found = any(one.found_in(text, lower) for one in self.expressions if possible & one.bit)
        self.among.settle(text, self.bit, found)
        return found

    def search(self, text: str) -> re.Match[str] | None:
        """The first place at which it stands in `text`, the longest phrase there, whatever its case."""
        return self.pattern.search(text) if self.told_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place at which it stands in `text`."""
        return self.pattern.finditer(text) if self.told_in(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """Every phrase in `text`, as written."""
        lower = text.lower()
        if self.expressions or len(lower) != len(text):
            return [found.group() for found in self.finditer(text)]
        return (
            [text[found.start() : found.end()] for found in self._small.finditer(lower)] if self.told_in(text) else []
        )

    def without(self, text: str) -> str:
        """The text less every place at which it stands."""
        return self.pattern.sub("", text) if self.told_in(text) else text

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, the longest phrase first."""
        written = [one.written for one in self.expressions]
        if self.phrases or not written:
            written.append(_any_of(self.phrases))
        return re.compile("|".join(written), re.IGNORECASE)

    @cached_property
    def _small(self) -> re.Pattern[str]:
        """What finds its phrases in small letters, two or three times as fast."""
        return re.compile(small(_any_of(self.phrases)))


class Ideas:
    """Lists of phrases, and of regular expressions, by name."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], expressions: Mapping[str, Iterable[str]]) -> None:
        names = dict.fromkeys((*phrases, *expressions))
        bits = (1 << place for place in count(2 * len(names)))
        self._ideas = {
            name: Idea(
                name,
                tuple(map(str, phrases.get(name, ()))),
                tuple(Expression(one, next(bits)) for one in expressions.get(name, ())),
                1 << 2 * place,
                self,
            )
            for place, name in enumerate(names)
        }
        self._words: Needing = defaultdict(lambda: defaultdict(dict))
        """The rarest word of a phrase -> its other words -> such phrases -> the bits of their ideas."""
        self._open: Needing = defaultdict(lambda: defaultdict(dict))
        """The same for words that may have any ending ('declin*')."""
        self._of_any_text = 0
        """The ideas of which any text may speak."""
        self._place()
        self._needed_beside = lru_cache(maxsize=65_536)(self._phrases_with)
        self.kept: dict[str, int] = {}
        """The ideas of which the texts of rows may speak."""
        self._of_pieces = lru_cache(maxsize=65_536)(self._possible)
        self._bits = cache(lambda beginning: sum(idea_.bit for idea_ in self.named(beginning)))

    def __getitem__(self, name: str) -> Idea:
        return self._ideas[name]

    def possible(self, text: str) -> int:
        """The ideas of which a text may speak, as a set of their bits."""
        known = self.kept.get(text)
        return self._of_pieces(text) if known is None else known

    def keep(self, texts: Iterable[str]) -> None:
        """Look up these texts once and for all, as every rule asks about the text of every row; those kept before are let go."""
        self.kept = {text: self._possible(text) for text in texts}

    def settle(self, text: str, bit: int, told: bool) -> None:
        """Note for a text that is kept whether it tells of an idea, once it was searched."""
        if text in self.kept:
            self.kept[text] = self.kept[text] | bit << 1 if told else self.kept[text] & ~bit

    def __iter__(self) -> Iterator[Idea]:
        return iter(self._ideas.values())

    def __contains__(self, name: str) -> bool:
        return name in self._ideas

    def of(self, text: str, beginning: str = "") -> Iterator[Idea]:
        """The ideas of which a text may speak; only those whose names begin so."""
        possible = self.possible(text) & self._bits(beginning)
        while possible:
            bit = possible & -possible
            yield self._by_bit[bit]
            possible ^= bit

    def named(self, beginning: str) -> tuple[Idea, ...]:
        """The ideas whose names begin so."""
        return tuple(idea_ for idea_ in self if idea_.name.startswith(beginning))

    @cached_property
    def _by_bit(self) -> Mapping[int, Idea]:
        return {idea_.bit: idea_ for idea_ in self}

    def _place(self) -> None:
        words_of = {phrase: _words_in(phrase) for idea_ in self for phrase in idea_.phrases}
        common = Counter(word for words in words_of.values() for word in words)
        for idea_ in self:
            for phrase in idea_.phrases:
                if words := words_of[phrase]:
                    rarest = min(words, key=lambda word: (common[word], -len(word), word))
                    self._add(rarest, words, _one_spaced(phrase.lower()), idea_.bit | idea_.sure)
            for one in idea_.expressions:
                needed = needed_words(small(one.written))
                if needed is None:
                    self._of_any_text |= idea_.bit | one.bit
                for word in needed or ():
                    self._add(word, frozenset((word,)), word, idea_.bit | one.bit)

    def _add(self, word: str, words: frozenset[str], phrase: str, bits: int) -> None:
        """Look for a phrase of these words, or for the one word that an expression needs, where a text has `word`."""
        others = frozenset(each for each in words if each != word and not each.endswith("*"))
        phrases = (self._open[word[:-1]] if word.endswith("*") else self._words[word])[others]
        known = "" if phrase == word else phrase
        phrases[known] = phrases.get(known, 0) | bits

    def _possible(self, text: str) -> int:
        """The ideas of which a phrase stands in the text, or a word that some expression needs."""
        spaced = _one_spaced(text.lower())
        words = set(WORD.findall(spaced))
        spaced = f" {spaced} "
        found = self._of_any_text
        for word in words:
            alone, with_others = self._needed_beside(word)
            found |= alone
            for others, phrases in with_others:
                if others <= words:
                    for phrase, bits in phrases:
                        if bits & ~found and _stands(phrase, spaced):
                            found |= bits
        return found

    def _phrases_with(self, word: str) -> tuple[int, tuple[tuple[frozenset[str], tuple[tuple[str, int], ...]], ...]]:
        """The ideas for which this word is enough; and the phrases with it and their ideas, behind the words needed beside it."""
        alone = 0
        needed: dict[frozenset[str], dict[str, int]] = defaultdict(dict)
        lists = (self._words.get(word), *(self._open.get(word[:length]) for length in range(1, len(word) + 1)))
        for others, phrases in (each for found in lists if found for each in found.items()):
            for phrase, bits in phrases.items():
                if phrase:
                    needed[others][phrase] = needed[others].get(phrase, 0) | bits
                else:
                    alone |= bits
        return alone, tuple((others, tuple(phrases.items())) for others, phrases in needed.items())


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
    spelled_out = {
        name: [each for one in phrases for each in _spelled_out(str(one))] for name, phrases in lists.items()
    }
    return Ideas(spelled_out, expressions())


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


def _spelled_out(phrase: str) -> Iterator[str]:
    """A phrase in each choice of its words: 'father|mum ... drunk', 'is|has_been seen'; 'was|' for a word that may be missing."""
    if "|" not in phrase or "(?" in phrase:
        yield phrase
        return
    for chosen in product(*(word.split("|") for word in phrase.split())):
        yield " ".join(word.replace("_", " ") for word in chosen if word)


def _words_in(phrase: str) -> frozenset[str]:
    """The words that a text must have for a phrase to stand in it; 'declin*' for one that may have any ending."""
    return frozenset(WORD_OF_PHRASE.findall(phrase.lower()))


def _one_spaced(text: str) -> str:
    """A text with one space between words, and one kind of apostrophe."""
    return " ".join(text.replace("’", "'").split())


def _stands(phrase: str, spaced: str) -> bool:
    """True if a phrase stands, as words of its own, in a text in small letters with one space between words and around it."""
    if "*" in phrase or "..." in phrase:
        return bool(_compiled(phrase).search(spaced))
    begin = spaced.find(phrase)
    while begin >= 0:
        end = begin + len(phrase)
        if not (WORD.match(spaced[begin - 1]) or WORD.match(spaced[end])):
            return True
        begin = spaced.find(phrase, begin + 1)
    return False


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(_any_of((phrase,)))


def _any_of(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return rf"(?<!\w)(?:{'|'.join(map(_pattern, longest)) or '(?!)'})(?!\w)"


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
