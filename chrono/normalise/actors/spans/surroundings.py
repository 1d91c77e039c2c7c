"""What stands before and behind a name in its sentence; names of an enumeration share what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chrono.normalise.actors.spans.span import Span, Spotted

CONTEXT = 80
"""How much text on either side of a name is looked at."""
SENTENCE_END = re.compile(r"(?<=[.;!?])\s|\n")
BETWEEN = re.compile(r"\)?\s*(?:,|/|&|\band\b|, and\b|\bor\b)\s*", re.IGNORECASE)
"""What parts the names of an enumeration."""

Stretch = tuple[int, int]
"""The words of a name with its articles: the first, and the one after the last."""


def surroundings(found: Spotted, spans: Iterable[Span]) -> dict[Stretch, tuple[str, str]]:
    """For each name what stands in its sentence before and behind it: of 'Told CSC and YOS' both are told."""
    around: dict[Stretch, tuple[str, str]] = {}
    for group in _enumerations(found, sorted({(span.lead, span.end) for span in spans})):
        begin, end = found.words[group[0][0]].begin, found.words[group[-1][1] - 1].end
        before = SENTENCE_END.split(found.text[max(0, begin - CONTEXT - 2) : begin])[-1][-CONTEXT:]
        after = SENTENCE_END.split(found.text[end : end + CONTEXT], maxsplit=1)[0]
        around.update(dict.fromkeys(group, (before, after)))
    return around


def _enumerations(found: Spotted, stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Names of one enumeration together: 'CSC and YOS'; others alone."""
    group: list[Stretch] = []
    for stretch in stretches:
        if group and not _is_listed(found, group[-1], stretch):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def _is_listed(found: Spotted, left: Stretch, right: Stretch) -> bool:
    between = found.text[found.words[left[1] - 1].end : found.words[right[0]].begin]
    return bool(BETWEEN.fullmatch(between))


def in_brackets(left: Span, right: Span, found: Spotted) -> bool:
    """True if only a bracket stands between two names, and closes behind the second."""
    if right.begin != left.end:
        return False
    between = found.text[found.words[left.end - 1].end : found.words[right.begin].begin]
    behind = found.words[right.end - 1].end
    return between.strip() == "(" and found.text[behind : behind + 1] == ")"
