"""Names with a typing slip, and the known word that was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby

from rapidfuzz.distance import OSA

from chrono.model import Case
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.roles import Meaning, mended
from chrono.normalise.actors.words import tokens

MENDED = 6
"""Words shorter than this are mended only where a letter was doubled or two were swapped: too many of them differ by one."""
SHORTEST = 4
"""Words shorter than this are never mended."""


class Mender:
    """Finds the known word that one with a typing slip was meant to be: one letter off, missing, doubled or swapped,
    with the first and last letter right. Never for numbers, and never for a word that is itself known."""

    def __init__(self, lexicon: Lexicon[Meaning], case: Case) -> None:
        names = (*(s.name for s in case.subjects), *(p.name for p in case.people), *(a.name for a in case.agencies))
        self._known = frozenset(word.low for name, _ in lexicon.items() for word in tokens(name))
        self._names = _by_ends(word.low for name in names for word in tokens(name) if word.raw[0].isupper())
        self._all = _by_ends(self._known)
        self._kin = {slip: word for word in mended() for slip in _slips(word)}
        self._found: dict[tuple[str, bool], str] = {}

    def of(self, names: bool) -> Callable[[str], str]:
        """The mender for a cell: in running text only capitalised words are taken for names, and only names of the case,
        and a few words for relatives are mended."""
        return self._in_names if names else self._in_text

    def _in_text(self, word: str) -> str:
        kin = self._kin.get(word.lower(), "")
        return kin or (self._mended(word, self._names) if len(word) >= SHORTEST and word[0].isupper() else "")

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
        near = [other for other in known.get((word[0], word[-1]), ()) if _is_slip(word, other)]
        return near[0] if len(near) == 1 else ""


def _is_slip(word: str, known: str) -> bool:
    """True if one letter parts two words; of short ones, only if it is doubled, or two letters stand the wrong way round."""
    if OSA.distance(word, known, score_cutoff=1) != 1:
        return False
    long_enough = min(len(word), len(known)) >= MENDED
    return long_enough or sorted(word) == sorted(known) or _once_each(word) == _once_each(known)


def _slips(word: str) -> Iterator[str]:
    """The word with one of its inner letters missing, or two of them the wrong way round."""
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1 :]
        if place < len(word) - 2:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _once_each(word: str) -> str:
    """The word with doubled letters written once."""
    return "".join(letter for letter, _ in groupby(word))


def _by_ends(words: Iterator[str] | frozenset[str]) -> dict[tuple[str, str], list[str]]:
    """Words long enough to be taken for the one that was meant, by their first and last letter."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        if len(word) >= SHORTEST and word.isalpha():
            groups[word[0], word[-1]].append(word)
    return dict(groups)
