"""How common everything is in this timeline: what is rare says more when two rows share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2

from chrono.merge.traits import Traits

SMALL_CASE = 20
"""Rows added to every count, so that a timeline of a few rows does not call everything rare."""


@dataclass(frozen=True, slots=True)
class Background:
    """Shares of entries that have a kind, a word, a person ...; the chance that two unrelated rows agree by accident."""

    entries: int
    types: Mapping[str, int]
    families: Mapping[str, int]
    words: Mapping[str, int]
    people: Mapping[str, int]
    subjects: Mapping[str, int]
    naming: Mapping[tuple[str, str], int]
    """(agency, agency it names) -> entries."""
    of_agency: Mapping[str, int]

    def share(self, count: int, of: int | None = None) -> float:
        """The smoothed share of entries, never 0."""
        return (count + 1) / ((self.entries if of is None else of) + SMALL_CASE)

    def naming_share(self, agency: str, named: str) -> float:
        """How often a row of `agency` names `named` anyway."""
        return self.share(self.naming.get((agency, named), 0), self.of_agency.get(agency, 0))


def background(all_traits: Iterable[Traits]) -> Background:
    """Counts over the whole timeline."""
    known = tuple(all_traits)
    return Background(
        len(known),
        _count(one.types for one in known),
        _count(one.families for one in known),
        _count(one.words for one in known),
        _count(one.people for one in known),
        _count(one.subjects for one in known),
        Counter((one.agency, other) for one in known for other in one.named),
        Counter(one.agency for one in known),
    )


def _count(groups: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(item for group in groups for item in group)


def bits(if_same: float, by_chance: float) -> float:
    """The weight of agreeing evidence: how much likelier it is for one event than for two, as a power of two."""
    return log2(if_same / by_chance)
