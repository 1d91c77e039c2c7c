"""Which agencies the rows name: each naming the other is strong, one naming the other is something, and so is a third."""

from __future__ import annotations

from math import fsum

from chrono.merge.background import bits
from chrono.merge.kinds import natures
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "agencies named"

NAMES_THE_OTHER = 0.6
MOST = 4.0
BOTH_NAME_A_THIRD = 0.3
MOST_FOR_THIRDS = 4.0
REFERRAL = "referral"
"""Each referral has its own receiver: two that name the same sender are two."""
LISTS_OTHERS_ONLY = -2.0
"""The row lists who met, and the other agency is not among them."""
NAMES_OTHERS_ONLY = -1.2
"""Others that have a return; ambulances and courts are named in passing."""
NAMES_NOBODY = -0.4


def weigh(pair: Pair) -> float:
    """Bits for each row that names the other's agency, by how rarely it does so anyway."""
    one, other = pair.one, pair.other
    if one.agency == other.agency:
        return 0.0
    return _one_way(one, other, pair) + _one_way(other, one, pair) + _thirds(pair)


def explain(pair: Pair) -> str:
    """Who names whom."""
    one, other = pair.one, pair.other
    mine, theirs = other.agency in one.named, one.agency in other.named
    if mine and theirs:
        return f"{one.agency} and {other.agency} name each other"
    if third := one.named & other.named:
        return f"both name {', '.join(sorted(third))}"
    if mine:
        return f"{one.agency} names {other.agency}"
    if theirs:
        return f"{other.agency} names {one.agency}"
    return "neither names the other"


def _one_way(one: Traits, other: Traits, pair: Pair) -> float:
    if other.agency in one.named:
        chance = pair.usual.naming_share(one.agency, other.agency)
        return min(MOST, max(0.5, bits(NAMES_THE_OTHER, chance)))
    if one.entry.fields.get("people") and "shared" in natures(pair.families | pair.wider):
        return LISTS_OTHERS_ONLY
    return NAMES_OTHERS_ONLY if any(name in pair.usual.of_agency for name in one.named) else NAMES_NOBODY


def _thirds(pair: Pair) -> float:
    if REFERRAL in pair.families and pair.one.exchanged and pair.other.exchanged:
        return 0.0
    thirds = (pair.one.named & pair.other.named) - {pair.one.agency, pair.other.agency}
    each = (bits(BOTH_NAME_A_THIRD, pair.usual.share(pair.usual.named.get(agency, 0))) for agency in thirds)
    return min(MOST_FOR_THIRDS, fsum(max(0.0, weight) for weight in each))
