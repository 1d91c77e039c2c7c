"""What stands before and behind a name in its sentence; names of an enumeration share what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

CONTEXT = 80
"""How much text on either side of a name is looked at."""
SENTENCE_END = re.compile(r"(?<=[.;!?])\s|\n")
BETWEEN = re.compile(r"\)?\s*(?:,|/|&|\band\b|, and\b|\bor\b)\s*", re.IGNORECASE)
"""What parts the names of an enumeration."""

Stretch = tuple[int, int]
"""Where a name with its articles begins and ends."""


def surroundings(text: str, names: Sequence[Stretch]) -> list[tuple[str, str]]:
    """For each name, in order, what stands in its sentence before and behind it: of 'Told CSC and YOS' both are told."""
    whole = not SENTENCE_END.search(text)
    if len(names) == 1:
        return [_around(text, *names[0], whole=whole)]
    around: list[tuple[str, str]] = []
    for group in _enumerations(text, names):
        around += [_around(text, group[0][0], group[-1][1], whole=whole)] * len(group)
    return around


def _around(text: str, begin: int, end: int, *, whole: bool) -> tuple[str, str]:
    """What stands before and behind; `whole` if the text is one sentence."""
    if whole:
        return text[max(0, begin - CONTEXT) : begin], text[end : end + CONTEXT]
    before = SENTENCE_END.split(text[max(0, begin - CONTEXT - 2) : begin])[-1][-CONTEXT:]
    return before, SENTENCE_END.split(text[end : end + CONTEXT], maxsplit=1)[0]


def _enumerations(text: str, names: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Names of one enumeration together: 'CSC and YOS'; others alone."""
    group = [names[0]]
    for name in names[1:]:
        if not BETWEEN.fullmatch(text, group[-1][1], name[0]):
            yield group
            group = []
        group.append(name)
    yield group
