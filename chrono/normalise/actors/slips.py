"""Names with a typing slip, and the known word that was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from rapidfuzz.distance import OSA

from chrono.model import Case
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.roles import Meaning
from chrono.normalise.actors.words import tokens

MENDED = 6
"""Words shorter than this are never mended: too many of them differ by one letter."""


class Mender:
    """Finds the known word that one with a typing slip was meant to be: one letter off, missing, doubled or swapped,
    with the first and last letter right. Never for numbers, and never for a word that is itself known."""

    def __init__(self, lexicon: Lexicon[Meaning], case: Case) -> None:
        names = (*(s.name for s in case.subjects), *(p.name for p in case.people), *(a.name for a in case.agencies))
        self._known = frozenset(word.low for name, _ in lexicon.items() for word in tokens(name))
        self._names = _by_ends(word.low for name in names for word in tokens(name) if word.raw[0].isupper())
        self._all = _by_ends(self._known)
        self._found: dict[tuple[str, bool], str] = {}

    def of(self, names: bool) -> Callable[[str], str]:
        """The mender for a cell: in running text only capitalised words are taken for names, and only names of the case."""
        return self._in_names if names else self._in_text

    def _in_text(self, word: str) -> str:
        return self._mended(word, self._names) if len(word) >= MENDED and word[0].isupper() else ""

    def _in_names(self, word: str) -> str:
        return self._mended(word, self._all) if len(word) >= MENDED else ""

    def _mended(self, word: str, known: dict[tuple[str, str], list[str]]) -> str:
        key = (word, known is self._all)
        if key not in self._found:
            self._found[key] = self._nearest(word.lower(), known)
        return self._found[key]

    def _nearest(self, word: str, known: dict[tuple[str, str], list[str]]) -> str:
        if word in self._known or not word.isalpha():
            return ""
        near = [other for other in known.get((word[0], word[-1]), ()) if OSA.distance(word, other, score_cutoff=1) == 1]
        return near[0] if len(near) == 1 else ""


def _by_ends(words: Iterator[str] | frozenset[str]) -> dict[tuple[str, str], list[str]]:
    """Words long enough to be mended, by their first and last letter."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        if len(word) >= MENDED and word.isalpha():
            groups[word[0], word[-1]].append(word)
    return dict(groups)
