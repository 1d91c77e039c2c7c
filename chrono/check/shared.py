"""The matter that two rows share: telling words that both use, and that few other rows of the case use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from chrono.check.view import View, told
from chrono.model import Entry
from chrono.stems import stems

FEW = 5
"""A word that so many rows of the case use, or fewer, tells what a row is about."""
SHORT = 5
ENDING = re.compile("(?<=...)(?:ed|es|s|e)$")


def shared_words(one: Entry, other: Entry) -> frozenset[str]:
    """Stems of the telling words that both rows use, without the names of people and agencies."""
    return (_words(told(one)) & _words(told(other))) - _names(one) - _names(other)


def rare(words: frozenset[str], view: View) -> frozenset[str]:
    """Those that few rows of the case use."""
    rows = _rows_with(view)
    return frozenset(word for word in words if len(rows.get(word, ())) <= FEW)


def alike(view: View, least: int) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of dated rows of two agencies, about one child, that have at least so many rare words in common."""
    few = sorted(word for word, rows in _rows_with(view).items() if 1 < len(rows) <= FEW)
    common = Counter(
        (one.id, other.id)
        for word in few
        for one, other in combinations((row for row in _rows_with(view)[word] if word not in _names(row)), 2)
        if one.agency != other.agency and view.same_child(one, other) and one.when.known and other.when.known
    )
    for (one_id, other_id), number in common.items():
        if number >= least:
            yield view.timeline.by_id[one_id], view.timeline.by_id[other_id]


def _rows_with(view: View) -> Mapping[str, Sequence[Entry]]:
    return view.having("words", _words)


def _words(text: str) -> frozenset[str]:
    """Stems, cut shorter for short words, so that 'move' and 'moved' meet too."""
    return frozenset(map(_cut, stems(text)))


@lru_cache(maxsize=65_536)
def _cut(stem: str) -> str:
    return ENDING.sub("", stem) if len(stem) <= SHORT else stem


def _names(entry: Entry) -> frozenset[str]:
    return _words(" ".join(mention.text for mention in entry.mentions if mention.column == "text"))
