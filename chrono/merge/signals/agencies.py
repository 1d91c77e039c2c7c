"""Which agencies the rows name: each naming the other is strong, one naming the other is something."""

from __future__ import annotations

from chrono.merge.background import Background, bits
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "agencies named"

NAMES_THE_OTHER = 0.6
MOST = 4.0
NAMES_OTHERS_ONLY = -1.0
NAMES_NOBODY = -0.4


def weigh(pair: Pair) -> float:
    """Bits for each row that names the other's agency, by how rarely it does so anyway."""
    one, other = pair.one, pair.other
    if one.agency == other.agency:
        return 0.0
    return _one_way(one, other, pair.usual) + _one_way(other, one, pair.usual)


def explain(pair: Pair) -> str:
    """Who names whom."""
    one, other = pair.one, pair.other
    mine, theirs = other.agency in one.named, one.agency in other.named
    if mine and theirs:
        return f"{one.agency} and {other.agency} name each other"
    if mine:
        return f"{one.agency} names {other.agency}"
    if theirs:
        return f"{other.agency} names {one.agency}"
    return "neither names the other"


def _one_way(one: Traits, other: Traits, usual: Background) -> float:
    if other.agency in one.named:
        chance = usual.naming_share(one.agency, other.agency)
        return min(MOST, max(0.5, bits(NAMES_THE_OTHER, chance)))
    return NAMES_OTHERS_ONLY if one.named else NAMES_NOBODY
