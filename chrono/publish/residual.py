"""What could still name somebody, for a person to decide: the scan that nothing passes silently."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from chrono.model import Source
from chrono.publish.rewrite import PATTERNS
from chrono.publish.words import WORD, Ordinary, begins_sentence
from chrono.vocabulary import words

_CAPITALS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ \u00a0]+[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*)*")
_IN_DATES = "date that was not changed"
_DATE = re.compile(r"(?<![\w/.])\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})(?![\w/])|\b(?:19|20)\d\d-\d\d-\d\d\b")


@dataclass(frozen=True, order=True)
class Doubt:
    """A phrase that may name somebody, and where the set shows it."""

    phrase: str
    kind: str
    sources: tuple[Source, ...]


class Scan:
    """Collects the doubtful phrases of texts, each once with all its places."""

    def __init__(self, ordinary: Ordinary, accepted: Collection[str], *, dates_changed: bool) -> None:
        self._ordinary = ordinary
        self._accepted = {phrase.casefold() for phrase in accepted}
        self._dates_changed = dates_changed
        self._found: dict[tuple[str, str], list[Source]] = {}

    def add(self, masked: str, source: Source) -> None:
        """Look through one text, in which whatever the rewriting wrote is masked."""
        for kind, phrase in self._phrases(masked):
            if phrase.casefold() not in self._accepted:
                places = self._found.setdefault((phrase, kind), [])
                if not places or places[-1] != source:
                    places.append(source)

    def doubts(self) -> tuple[Doubt, ...]:
        """What was found, in alphabetical order."""
        return tuple(sorted(Doubt(phrase, kind, tuple(places)) for (phrase, kind), places in self._found.items()))

    def _phrases(self, text: str) -> Iterator[tuple[str, str]]:
        taken: list[tuple[int, int]] = []
        for kind, pattern in _patterns():
            for found in pattern.finditer(text):
                if kind in _OF_NAMES and not self._unknown(found.group()):
                    continue
                if not _within(found.span(), taken):
                    taken.append(found.span())
                    yield kind, found.group().strip()
        if self._dates_changed:
            yield from ((_IN_DATES, found.group()) for found in _DATE.finditer(text))
        for found in _CAPITALS.finditer(text):
            for phrase, begin in self._names(text, found):
                if not _within((begin, begin + len(phrase)), taken):
                    yield "name", phrase

    def _names(self, text: str, found: re.Match[str]) -> Iterator[tuple[str, int]]:
        """The runs of unknown words within a run of capitalised ones."""
        run: list[re.Match[str]] = []
        for word in (*WORD.finditer(text, found.start(), found.end()), None):
            if word is not None and self._doubtful(text, word):
                run.append(word)
                continue
            if run:
                yield text[run[0].start() : run[-1].end()], run[0].start()
            run = []

    def _doubtful(self, text: str, word: re.Match[str]) -> bool:
        if not self._ordinary.names_somebody(word.group()):
            return False
        return not (begins_sentence(text, word.start()) and self._ordinary.could_begin_a_sentence(word.group()))

    def _unknown(self, phrase: str) -> bool:
        return any(self._ordinary.names_somebody(word) for word in WORD.findall(phrase))


_OF_NAMES = frozenset({"street", "school or home"})


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one["kind"], re.compile(one["pattern"])) for one in words(PATTERNS))


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in others)
