"""Several dates in one cell, and dates in running text: which words make which date what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.normalise.dates.words import ROLES, CellRole

_SURFACES: dict[str, CellRole] = {surface: role for role in ROLES for surface in ROLES[role]}
_ROLE = re.compile(
    rf"(?<![a-z])(?:{'|'.join(re.escape(word) for word in sorted(_SURFACES, key=len, reverse=True))})(?![a-z])",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*[(\[-]?\s*([A-Za-z' ]+?)\s*[)\],;.]")
_LAST = re.compile(r"\s*[(\[-]?\s*([A-Za-z' ]+?)\s*(?:[)\],;.]|$)")
"""'05/06/17 (recorded)' and '05/06/17 recorded,' but not '03/06/17 (recorded 05/06/17)'."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an expression stands and what the words around make of it; None where they say nothing."""

    begin: int
    end: int
    role: CellRole | None


def placed(text: str, spans: list[tuple[int, int]]) -> Iterator[Placed]:
    """Each expression with its role: the last role word between it and the expression before, else one in brackets behind it."""
    previous = 0
    for place, (begin, end) in enumerate(spans):
        following = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        behind = (_BEHIND if following < len(text) else _LAST).match(text, end, following)
        role = _SURFACES.get(behind.group(1).lower()) if behind else None
        yield Placed(begin, end, role or _before(text, previous, begin))
        previous = behind.end() if behind and role else end


def _before(text: str, previous: int, begin: int) -> CellRole | None:
    found = _ROLE.findall(text, previous, begin)
    return _SURFACES[found[-1].lower()] if found else None
