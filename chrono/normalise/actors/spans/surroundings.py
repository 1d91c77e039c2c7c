"""What stands before and behind a name in its sentence; names of an enumeration share what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

CONTEXT = 80
"""How much text on either side of a name is looked at."""
SENTENCE_END = re.compile(r"(?<=[.;!?])\s|\n")
BETWEEN = re.compile(r"\)?\s*(?:,|/|&|\band\b|, and\b|\bor\b)\s*", re.IGNORECASE)
"""What parts the names of an enumeration."""

Stretch = tuple[int, int]
"""Where a name with its articles begins and ends."""


def surroundings(text: str, names: Iterable[Stretch]) -> dict[Stretch, tuple[str, str]]:
    """For each name what stands in its sentence before and behind it: of 'Told CSC and YOS' both are told."""
    around: dict[Stretch, tuple[str, str]] = {}
    whole = not SENTENCE_END.search(text)
    for group in _enumerations(text, sorted(set(names))):
        begin, end = group[0][0], group[-1][1]
        before, after = text[max(0, begin - CONTEXT) : begin], text[end : end + CONTEXT]
        if not whole:
            before = SENTENCE_END.split(text[max(0, begin - CONTEXT - 2) : begin])[-1][-CONTEXT:]
            after = SENTENCE_END.split(after, maxsplit=1)[0]
        for name in group:
            around[name] = before, after
    return around


def _enumerations(text: str, names: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Names of one enumeration together: 'CSC and YOS'; others alone."""
    group: list[Stretch] = []
    for name in names:
        if group and not BETWEEN.fullmatch(text[group[-1][1] : name[0]]):
            yield group
            group = []
        group.append(name)
    if group:
        yield group
