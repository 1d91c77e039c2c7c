"""Against: what took place is not what was only planned, and not what was cancelled."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "took place"

PLANNED_AND_HELD = -3.0
TOLD_OF_AND_HELD = -6.0
"""A call, an e-mail or a letter about what was still to come is an event of its own."""
CANCELLED_AND_HELD = -4.0
OFF = frozenset(("cancelled", "did-not-happen"))


def weigh(pair: Pair) -> float:
    """Bits against, where every kind both tell of took place in one row and not in the other; what was still to be sent
    in the one, and came in the other, was sent."""
    one, other = pair.one, pair.other
    shared = pair.types - kinds().carriers or pair.types
    if not shared or pair.meet:
        return 0.0
    against = max(_differ(one.types[type_], other.types[type_]) for type_ in shared)
    told_of = against == PLANNED_AND_HELD and (_only_tells(one, other) or _only_tells(other, one))
    return TOLD_OF_AND_HELD if told_of else against


def _only_tells(one: Traits, other: Traits) -> bool:
    """True for a row of a call or letter about what is planned, if the other row has no such call or letter."""
    carried = {type_ for type_, status in one.types.items() if status == "occurred"}
    return bool(carried) and carried <= kinds().carriers - other.types.keys()


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
