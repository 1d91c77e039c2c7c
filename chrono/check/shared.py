"""The matter that two rows share: telling words that both use, and that few other rows of the case use."""

from __future__ import annotations

import re
from collections import Counter

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
    usual = view.kept("rows with each word", lambda: _usual(view))
    return frozenset(word for word in words if usual[word] <= FEW)


def _usual(view: View) -> Counter[str]:
    return Counter(word for entry in view.timeline.entries for word in _words(told(entry)))


def _words(text: str) -> frozenset[str]:
    """Stems, cut shorter for short words, so that 'move' and 'moved' meet too."""
    return frozenset(ENDING.sub("", word) if len(word) <= SHORT else word for word in stems(text))


def _names(entry: Entry) -> frozenset[str]:
    return _words(" ".join(mention.text for mention in entry.mentions if mention.column == "text"))
