"""Returns given twice: the same file, or the same rows in another sheet or layout. Nothing is counted twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chrono.model import Entry, Return

_COPY = re.compile(r"\b(?:copy|old|draft|sorted|original|backup|all|combined|v\d+)\b|\(\d+\)", re.IGNORECASE)
_FEWEST_ROWS = 3
"""Fewer rows may be alike by chance."""

Place = tuple[str, str]
"""File and sheet."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one sheet tells: how often each content stands in it."""

    place: Place
    contents: Counter[str]
    hidden: bool


def same_files(returns: Sequence[Return]) -> dict[str, str]:
    """File -> the first file, by name, with the same bytes."""
    first: dict[str, str] = {}
    for return_ in sorted(returns, key=lambda return_: return_.file):
        first.setdefault(return_.sha256, return_.file)
    return {return_.file: first[return_.sha256] for return_ in returns if first[return_.sha256] != return_.file}


def repeated_sheets(entries: Iterable[Entry]) -> Mapping[Place, Place]:
    """Sheet -> another sheet of the same agency that holds every one of its rows, and perhaps more: an earlier version
    of the return, or the same in another layout. Of two that are equal, the visible one, then the first by name is kept."""
    sheets: dict[tuple[str, Place], list[Entry]] = defaultdict(list)
    for entry in entries:
        sheets[entry.agency, (entry.source.file, entry.source.sheet)].append(entry)
    by_agency: dict[str, list[_Told]] = defaultdict(list)
    for (agency, place), rows in sheets.items():
        told = _Told(place, Counter(row.id for row in rows), all(row.hidden for row in rows))
        by_agency[agency].append(told)
    return {copy: kept for group in by_agency.values() for copy, kept in _repeats(group)}


def _may_repeat(told: _Told, other: _Told) -> bool:
    """Two visible sheets of one file may be alike because two children had the same days; a copy is hidden or named so."""
    if told.place[0] != other.place[0]:
        return True
    return told.hidden or bool(_COPY.search(told.place[1]) or _COPY.search(other.place[1]))


def _repeats(group: Iterable[_Told]) -> Iterable[tuple[Place, Place]]:
    kept: list[_Told] = []
    for told in sorted(group, key=lambda told: (-told.contents.total(), told.hidden, told.place)):
        fuller = next((other for other in kept if _may_repeat(told, other) and told.contents <= other.contents), None)
        if fuller and told.contents.total() >= _FEWEST_ROWS:
            yield told.place, fuller.place
        else:
            kept.append(told)
