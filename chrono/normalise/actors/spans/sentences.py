"""A text in its sentences: no name, and nothing that tells who is meant, reaches beyond the end of one."""

from __future__ import annotations

import re
from functools import lru_cache

from chrono.normalise.actors.people.roles import honorifics

_TITLES = "".join(rf"(?<!\b{title})" for title in honorifics() if len(title) > 2)
ENDS = re.compile(rf"(?:[a-z]{{3}}|[^\W\d_]{{4}}|\d\d){_TITLES}$")
"""What stands before the full stop of a sentence: one behind a shorter word may be that of an abbreviation: 'St. Alda's',
'Dr. Fern', 'J. Fern'."""
TAIL = 1 + max(map(len, honorifics()))


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with the place where it begins. Where it is in doubt if one ends, two stay together."""
    if ". " not in text:
        return [(0, text)]
    found = []
    begin = end = 0
    for piece in text.split(". ")[:-1]:
        end += len(piece) + 2
        if _ends(piece[-TAIL:]):
            found.append((begin, text[begin : end - 1]))
            begin = end
    found.append((begin, text[begin:]))
    return found


@lru_cache(maxsize=1 << 14)
def _ends(tail: str) -> bool:
    return ENDS.search(tail) is not None
