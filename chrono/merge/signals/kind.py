"""What kind of event the rows tell of: the same, another name for the same, or something else."""

from __future__ import annotations

from chrono.merge.background import bits
from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "kind of event"

SAME_TYPE = 0.7
SAME_FAMILY = 0.4
VAGUE = 0.6
"""Share of its weight that a kind counts for which says little about what happened."""
MOST = 6.0
OTHER_KIND = -3.0
"""Two rows of one event rarely share no kind of event at all, once both were recognised."""


def weigh(pair: Pair) -> float:
    """Bits for the rarest kind both tell of; against, where both were recognised and have none in common."""
    one, other = pair.one, pair.other
    if not one.types or not other.types:
        return 0.0
    weight, _ = _best(pair)
    return weight or OTHER_KIND


def explain(pair: Pair) -> str:
    """The kind they share, or the kinds they have."""
    one, other = pair.one, pair.other
    weight, shared = _best(pair)
    if weight:
        return f"both tell of: {shared}"
    return f"one tells of {_list(one)}, the other of {_list(other)}"


def _best(pair: Pair) -> tuple[float, str]:
    """The weight of the strongest kind in common and its name; (0, '') if there is none."""
    known = kinds()
    found = [(0.0, "")]
    for type_ in pair.types:
        chance = pair.usual.share(pair.usual.types.get(type_, 0))
        scale = VAGUE if type_ in known.vague else 1.0
        found.append((min(MOST, max(0.5, bits(SAME_TYPE, chance))) * scale, type_.replace("-", " ")))
    for family in pair.families:
        chance = pair.usual.share(pair.usual.families.get(family, 0))
        found.append((min(MOST, max(0.5, bits(SAME_FAMILY, chance))) * VAGUE, family))
    return max(found)


def _list(one: Traits) -> str:
    return " and ".join(sorted(type_.replace("-", " ") for type_ in one.types)[:3])
