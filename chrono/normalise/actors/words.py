"""Finds known names and words in text: whole words, longest first, in one pass whatever the number of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from chrono.vocabulary import words as words_of

WORD = re.compile(r"([^\W\d_]+|\d+|&)(['’`´]s?\b|['’`´](?=\W|$))?")
"""A word, and the possessive ending behind it if there is one."""

ARTICLES = frozenset({"a", "an", "the"})

"""The compiled loader, ten times faster, where PyYAML was built with it."""

T = TypeVar("T")


class Token(NamedTuple):
    """A word of a text: as written, folded for comparison, its place, and whether a possessive 's follows it."""

    raw: str
    low: str
    begin: int
    end: int
    owns: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text. "K's" is the word K that owns; '&' counts as 'and'; hyphens part words, and so do digits, so
    that 'SW2' and 'SW 2' are the same two words."""
    return [
        Token(raw, "and" if raw == "&" else raw.lower(), *match.span(1), match.group(2) is not None)
        for match in WORD.finditer(text)
        for raw in (match.group(1),)
    ]


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A name for comparison: lower case, no punctuation or possessives, '&' as 'and'."""
    return " ".join(token.low + ("s" if token.owns else "") for token in tokens(text))


def slug(text: str) -> str:
    """A name as an id: 'Northshire Police' gives 'northshire-police'."""
    return "-".join(token.low + ("s" if token.owns else "") for token in tokens(text))


def yaml_beside(name: str) -> Any:
    """The contents of a YAML file that stands beside this module."""
    return words_of(Path(__file__).parent / name)


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """One way of writing something. `exact` is the spelling an abbreviation must have; '' takes any capitals."""

    meaning: T
    exact: str = ""
    weak: bool = False
    """True if the words also mean other things, so that they count only where a name is expected."""


class Lexicon(Generic[T]):
    """Names by their words, for looking them up in a text from any word on."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._entries: list[tuple[str, Form[T]]] = []

    def add(self, name: str, meaning: T, *, exact: bool = False, weak: bool = False) -> None:
        """Take up a name. A possessive in it may be missing in the text, or its apostrophe; articles do not matter."""
        words = _without_articles(tokens(name))
        if not words:
            return
        form = Form(meaning, squashed(words) if exact else "", weak)
        self._entries.append((name, form))
        for path in product(*((word.low, word.low + "s") if word.owns else (word.low,) for word in words)):
            node = self._root
            for step in path:
                node = node.setdefault(step, {})
            forms = node.setdefault("", [])
            if form not in forms:
                forms.append(form)

    @property
    def first_words(self) -> frozenset[str]:
        """The words a name can begin with."""
        return frozenset(self._root)

    def items(self) -> Iterator[tuple[str, Form[T]]]:
        """Every name taken up, folded or in its exact spelling, with what it may mean."""
        yield from self._entries

    def at(self, words: Sequence[Token], place: int, *, weak: bool = True) -> Iterator[tuple[int, list[Form[T]]]]:
        """The names that begin with the word at `place`, shortest first: the place after them, and what they may be."""
        node: dict[str, Any] = self._root
        for end in range(place, len(words)):
            step = node.get(words[end].low)
            if step is None and end > place and words[end].low in ARTICLES:
                continue
            if step is None:
                return
            node = step
            forms = [f for f in node.get("", ()) if (weak or not f.weak) and _spelt(f, words[place : end + 1])]
            if forms:
                yield end + 1, forms

    def longest(self, words: Sequence[Token], place: int, *, weak: bool = True) -> tuple[int, list[Form[T]]]:
        """The longest name that begins with the word at `place`, or (place, [])."""
        best: tuple[int, list[Form[T]]] = (place, [])
        for found in self.at(words, place, weak=weak):
            best = found
        return best

    def within(self, text: str, *, weak: bool = True) -> Iterator[tuple[str, list[Form[T]]]]:
        """The names in a text, longest first from each word on, none inside another."""
        words = tokens(text)
        place = 0
        while place < len(words):
            end, forms = self.longest(words, place, weak=weak)
            if forms:
                yield text[words[place].begin : words[end - 1].end], forms
            place = max(end, place + 1)


def _without_articles(words: list[Token]) -> list[Token]:
    kept = [word for word in words if word.raw not in ARTICLES]
    return kept if len(kept) > 1 else words[-1:] if kept == words[-1:] else words


def squashed(words: Iterable[Token]) -> str:
    """Words with their own capitals and nothing between them, as abbreviations are compared."""
    return "".join(word.raw for word in words)


def _spelt(form: Form[Any], words: Sequence[Token]) -> bool:
    return not form.exact or squashed(words) == form.exact


def listed(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of words from YAML, as text; a missing one is empty."""
    return tuple(str(word) for word in entry.get(key) or ())
