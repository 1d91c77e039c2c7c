"""Against: what took place is not what was only planned, and not what was cancelled."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair

NAME = "took place"

PLANNED_AND_HELD = -3.0
CANCELLED_AND_HELD = -4.0
OFF = frozenset(("cancelled", "did-not-happen"))


def weigh(pair: Pair) -> float:
    """Bits against, where every kind both tell of took place in one row and not in the other; what was still to be sent
    in the one, and came in the other, was sent."""
    one, other = pair.one, pair.other
    shared = pair.types - kinds().carriers or pair.types
    if not shared or pair.meet:
        return 0.0
    return max(_differ(one.types[type_], other.types[type_]) for type_ in shared)


def explain(pair: Pair) -> str:
    """What each row says of it."""
    one, other = pair.one, pair.other
    said = sorted((type_, one.types[type_], other.types[type_]) for type_ in pair.types)
    type_, mine, theirs = said[0]
    return f"{type_.replace('-', ' ')}: {mine.replace('-', ' ')} in one row, {theirs.replace('-', ' ')} in the other"


def _differ(one: str, other: str) -> float:
    statuses = {one, other}
    if len(statuses) == 1 or "occurred" not in statuses:
        return 0.0
    return CANCELLED_AND_HELD if statuses & OFF else PLANNED_AND_HELD
