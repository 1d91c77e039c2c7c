"""Finds known names and words in text: whole words, longest first, in one pass whatever the number of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

from chrono.normalise.actors.words import Token, tokens

ARTICLES = frozenset({"a", "an", "the"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """One way of writing something. `exact` is the spelling an abbreviation must have; '' takes any capitals."""

    meaning: T
    exact: str = ""
    weak: bool = False
    """True if the words also mean other things, so that they count only where a name is expected."""


@dataclass(slots=True)
class _Step(Generic[T]):
    """What a name may go on with behind its words so far, and what it means if it ends there; `plain` if neither the
    capitals nor the place of such a name matter."""

    following: dict[str, _Step[T]] = field(default_factory=dict)
    forms: list[Form[T]] = field(default_factory=list)
    plain: bool = True

    def take_up(self, form: Form[T]) -> None:
        """One more meaning of the name that ends here."""
        if form not in self.forms:
            self.forms.append(form)
            self.plain = self.plain and not (form.exact or form.weak)

    def fitting(self, words: Sequence[Token], *, weak: bool) -> list[Form[T]]:
        """What the name means if it is spelt so, weak meanings only if they count."""
        spelt = words[0].raw if len(words) == 1 else squashed(words)
        return [form for form in self.forms if (weak or not form.weak) and form.exact in ("", spelt)]


class Lexicon(Generic[T]):
    """Names by their words, for looking them up in a text from any word on.

    `words` are all the words that names hold, `first_words` and `last_words` those with which they begin and end,
    `letters` those that are names by themselves and have no second letter.
    """

    def __init__(self) -> None:
        self._root: _Step[T] = _Step()
        self._entries: list[tuple[str, Form[T]]] = []
        self.first_words: set[str] = set()
        self.last_words: set[str] = set()
        self.words: set[str] = set()
        self.letters: set[str] = set()

    def add(self, name: str, meaning: T, *, exact: bool = False, weak: bool = False) -> None:
        """Take up a name. A possessive in it may be missing in the text, or its apostrophe; articles do not matter."""
        words = _without_articles(tokens(name))
        if not words:
            return
        form = Form(meaning, squashed(words) if exact else "", weak)
        self._entries.append((name, form))
        for path in product(*((word.low, word.low + "s") if word.owns else (word.low,) for word in words)):
            self.first_words.add(path[0])
            self.last_words.add(path[-1])
            self.words.update(path)
            self.letters.update(path if len(path) == 1 and len(path[0]) == 1 else ())
            node = self._root
            for word in path:
                node = node.following.setdefault(word, _Step())
            node.take_up(form)

    def items(self) -> Iterator[tuple[str, Form[T]]]:
        """Every name taken up, folded or in its exact spelling, with what it may mean."""
        yield from self._entries

    def longest(self, words: Sequence[Token], place: int, *, weak: bool = True) -> tuple[int, list[Form[T]]]:
        """The longest name that begins with the word at `place`: the place after it, and what it may be; or (place, [])."""
        best = place
        found: list[Form[T]] = []
        node = self._root
        for end in range(place, len(words)):
            step = node.following.get(words[end].low)
            if step is None:
                if end > place and words[end].low in ARTICLES:
                    continue
                break
            node = step
            fitting = node.forms if node.plain else node.fitting(words[place : end + 1], weak=weak)
            if fitting:
                best, found = end + 1, fitting
        return best, found

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
