"""Rows that should have a partner in another return and have found none: two such rows may be one event with a wrong day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2

from chrono.merge.kinds import families, natures, telling
from chrono.merge.pair import Pair
from chrono.merge.signals.date import distance, slipped
from chrono.merge.traits import Traits

FORGIVEN = 7
"""Days apart that a mistake about the day may account for; and any distance that a slip of the pen explains."""
SHARP = 10
"""Days that a date may mean, for days apart to be a mistake about one day: two neighbouring months are two months."""
HELD, LOST = 4, 1
"""Where few rows tell how often two agencies record the same kind of event, four in five are taken to have a partner."""
MOST = 7.0
EXCHANGE = "exchange"

Matter = tuple[str, str, str]
"""(agency, what the row is about, the agency that should hold it too)."""


@dataclass(frozen=True, slots=True)
class Partnered:
    """How often one agency's rows of a kind found their partner in another's return."""

    rows: Mapping[Matter, int]
    found: Mapping[Matter, int]

    def bits(self, pair: Pair) -> float:
        """Bits for neither row having a partner: many, if rows like these always find one elsewhere in the timeline."""
        matter = what_both_hold(pair)
        if not matter:
            return 0.0
        sides = ((pair.one.agency, matter, pair.other.agency), (pair.other.agency, matter, pair.one.agency))
        return min(MOST, sum(-log2(1 - self._share(side)) for side in sides))

    def _share(self, side: Matter) -> float:
        return (self.found.get(side, 0) + HELD) / (self.rows.get(side, 0) + HELD + LOST)


def partnered(all_traits: Iterable[Traits], partners_of: Mapping[int, Iterable[Traits]]) -> Partnered:
    """Counts over the rows; `partners_of` gives, by place, the rows that a row was linked with."""
    rows: Counter[Matter] = Counter()
    found: Counter[Matter] = Counter()
    known = tuple(all_traits)
    agencies = sorted({one.agency for one in known})
    for one in known:
        held_by = {partner.agency for partner in partners_of.get(one.place, ())}
        for matter, other in _should_be_with(one, agencies):
            rows[one.agency, matter, other] += 1
            found[one.agency, matter, other] += other in held_by
    return Partnered(rows, found)


def _should_be_with(one: Traits, agencies: Iterable[str]) -> Iterator[tuple[str, str]]:
    for matter in sorted(families(telling(one.main))):
        shared = "shared" in natures(frozenset((matter,)))
        yield from ((matter, agency) for agency in (agencies if shared else sorted(one.named)) if agency != one.agency)
    if one.exchanged:
        yield from ((EXCHANGE, agency) for agency in sorted(one.named))


def what_both_hold(pair: Pair) -> str:
    """The kind of event that both returns should hold; '' if neither the kind nor the names say that they should."""
    if pair.one.hearsay or pair.other.hearsay:
        return ""
    both = families(telling(pair.one.main)) & families(telling(pair.other.main))
    names, named = pair.other.agency in pair.one.named, pair.one.agency in pair.other.named
    if both and (names or named or "shared" in natures(both)):
        return min(both)
    if names and named and pair.one.exchanged and pair.other.exchanged:
        return EXCHANGE
    return ""


def may_be_one_day(pair: Pair) -> bool:
    """True if the dates can agree, or a mistake about one day may explain that they do not."""
    gap = distance(pair.one.span, pair.other.span)
    if gap <= 0 or slipped(pair.one.span, pair.other.span):
        return True
    return gap <= FORGIVEN and max(pair.one.width, pair.other.width) <= SHARP
