"""How common everything is in this timeline: what is rare says more when two rows share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from chrono.merge.traits import Traits

SMALL_CASE = 20
"""Rows added to every count, so that a timeline of a few rows does not call everything rare."""


SHORTEST, LONGEST = 180, 3650
"""Days that a timeline is taken to stretch over, at least and at most."""
FEW = 100
"""Rows that a timeline is taken to have at least."""
MATCHES_A_ROW = 0.3
"""Partners that a row has on average, over all other returns."""


@dataclass(frozen=True, slots=True)
class Background:
    """Shares of entries that have a kind, a word, a person ...; the chance that two unrelated rows agree by accident."""

    entries: int
    types: Mapping[str, int]
    families: Mapping[str, int]
    words: Mapping[str, int]
    ideas: Mapping[str, int]
    people: Mapping[str, int]
    subjects: Mapping[str, int]
    naming: Mapping[tuple[str, str], int]
    """(agency, agency it names) -> entries."""
    of_agency: Mapping[str, int]
    named: Mapping[str, int]
    period: int
    """Days over which the rows are scattered, the odd row far away left out."""
    words_an_entry: float
    """Content words in a text, on average; at least 1."""

    @property
    def start(self) -> float:
        """Bits before any evidence: of all the rows of the timeline, hardly one records the same event as a given row."""
        return log2(MATCHES_A_ROW / max(self.entries, FEW))

    def share(self, count: int) -> float:
        """The share of entries that have it, the two that are being compared left out; smoothed, never 0."""
        return (max(0, count - 2) + 1) / (self.entries + SMALL_CASE)

    def naming_share(self, agency: str, named: str) -> float:
        """How often a row of `agency` names `named` anyway."""
        others = max(0, self.naming.get((agency, named), 0) - 1)
        return (others + 1) / (self.of_agency.get(agency, 0) + SMALL_CASE)


def background(all_traits: Iterable[Traits]) -> Background:
    """Counts over the whole timeline."""
    known = tuple(all_traits)
    return Background(
        len(known),
        _count(one.types for one in known),
        _count(one.families for one in known),
        _count(one.words for one in known),
        _count(one.ideas for one in known),
        _count(one.people for one in known),
        _count(one.subjects for one in known),
        Counter((one.agency, other) for one in known for other in one.named),
        Counter(one.agency for one in known),
        _count(one.named for one in known),
        _period(known),
        max(1.0, sum(len(one.words) for one in known) / max(1, len(known))),
    )


def _period(known: Sequence[Traits]) -> int:
    """The days from the row at one twentieth to the row at nineteen twentieths, held between half a year and ten years."""
    firsts = sorted(one.first for one in known)
    if not firsts:
        return SHORTEST
    low, high = firsts[len(firsts) // 20], firsts[len(firsts) * 19 // 20]
    return min(LONGEST, max(SHORTEST, (high - low) * 10 // 9))


def _count(groups: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(item for group in groups for item in group)


def bits(if_same: float, by_chance: float) -> float:
    """The weight of agreeing evidence: how much likelier it is for one event than for two, as a power of two."""
    return log2(if_same / by_chance)
