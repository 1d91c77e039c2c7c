"""Which words name nobody: the words of chrono's own vocabularies, and words that the returns also write small."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chrono.vocabulary import words as read_words

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ]")
LABEL = re.compile(r"[A-Z]{1,5}\s?\d{1,2}[a-z]?|[A-Z]\d?")
"""SW1, YP 2, K: a letter or number that stands for somebody, and names nobody by itself."""
_SENTENCE = re.compile(r"(?:^|[.!?:;\n•–(\"“/|-])\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_HERE = Path(__file__).parent


@cache
def titles() -> tuple[str, ...]:
    """Words after which a name follows: Mr, Dr, PC."""
    return tuple(read_words(_HERE / "ordinary.yaml")["titles"])


@cache
def lettered() -> frozenset[str]:
    """Words after which a letter is no child: class A, hepatitis B."""
    return frozenset(read_words(_HERE / "ordinary.yaml")["lettered"])


def begins_sentence(text: str, place: int) -> bool:
    """True if a sentence, or a part of one that could stand alone, begins here."""
    return _SENTENCE.search(text, max(0, place - 6), place) is not None


@cache
def relatives() -> frozenset[str]:
    """Words for a child's relatives."""
    return frozenset(read_words(_HERE / "ordinary.yaml")["relatives"])


@cache
def of_the_field() -> frozenset[str]:
    """Every word, in small letters, of the vocabularies that the stages carry, and of the list beside this module."""
    files = sorted(path for path in _HERE.parent.rglob("*.yaml") if path.name != "patterns.yaml")
    return frozenset(word for file in files for text in _texts(read_words(file)) for word in parts(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield str(name)
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def parts(text: str) -> Iterator[str]:
    """The words of a text in small letters, without a possessive; compounds whole and in pieces."""
    for found in WORD.findall(text):
        word = _POSSESSIVE.sub("", found).lower()
        yield word
        if "-" in word:
            yield from word.split("-")


class Ordinary:
    """The words that name nobody in these returns."""

    def __init__(self, also: Iterable[str] = (), texts: Iterable[str] = ()) -> None:
        self._known = of_the_field() | {word for text in also for word in parts(text)}
        self._small = {word.lower() for text in texts for word in WORD.findall(text) if word[0].islower()}

    def names_somebody(self, word: str) -> bool:
        """True for a capitalised word that is in no vocabulary: a name, unless somebody says otherwise."""
        bare = _POSSESSIVE.sub("", word)
        if len(bare) < 2 or not CAPITALISED.match(bare):
            return False
        return not self._in(bare.lower(), self._known)

    def could_begin_a_sentence(self, word: str) -> bool:
        """True for a word that the returns write small elsewhere."""
        return self._in(_POSSESSIVE.sub("", word).lower(), self._small)

    def also_a_word(self, name: str) -> bool:
        """True for a name that is a word too when written small: Grace, Will."""
        return name.lower() in self._known or name.lower() in self._small

    def _in(self, word: str, words: Iterable[str]) -> bool:
        held = words if isinstance(words, (set, frozenset)) else frozenset(words)
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), word + "s")
        return any(form in held for form in forms) or ("-" in word and all(piece in held for piece in word.split("-")))

    def identifying(self, surface: str) -> tuple[str, ...]:
        """The words of a surface that name somebody; none for a role ('Duty social worker') or a label ('SW1')."""
        if LABEL.fullmatch(surface.strip()):
            return ()
        return tuple(word for word in WORD.findall(surface) if self.names_somebody(word))
