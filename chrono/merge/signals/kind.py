"""What kind of event the rows tell of: the same, another name for the same, or something else."""

from __future__ import annotations

from collections.abc import Iterable

from chrono.merge.background import bits
from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair

NAME = "kind of event"

SAME_TYPE = 0.7
SAME_FAMILY = 0.4
WIDER_WORD = 0.2
VAGUE = 0.6
"""Share of its weight that a kind counts for which says little about what happened."""
ASIDE = 0.5
"""Share of its weight that a kind counts for in a row that mentions it beside something else, or as an outcome."""
MOST = 6.0
LEAST = 0.5
OTHER_KIND = -4.0
"""Two rows of one event rarely share no kind of event at all, once both were recognised."""
OTHER_MATTER = -2.5
"""Nor are they mostly about different matters, even if both mention something in passing."""


def weigh(pair: Pair) -> float:
    """Bits for the rarest kind both tell of; against, where both were recognised and have none in common."""
    if not pair.one.types or not pair.other.types:
        return 0.0
    weight, _ = _best(pair)
    if not weight:
        return OTHER_KIND
    return weight + (0.0 if _one_matter(pair) else OTHER_MATTER)


def explain(pair: Pair) -> str:
    """The kind they share, or the kinds they have."""
    weight, shared = _best(pair)
    if not weight:
        return f"one tells of {_list(pair.one.types)}, the other of {_list(pair.other.types)}"
    if _one_matter(pair):
        return f"both tell of: {shared}"
    return f"both tell of: {shared}; but one is about {_list(pair.one.main)}, the other about {_list(pair.other.main)}"


def _best(pair: Pair) -> tuple[float, str]:
    """The weight of the strongest kind in common and its name; (0, '') if there is none."""
    found = [(0.0, "")]
    found += [(_type_weight(type_, pair), type_.replace("-", " ")) for type_ in pair.types]
    found += [(_family_weight(family, pair, SAME_FAMILY), family) for family in pair.families]
    found += [(_family_weight(family, pair, WIDER_WORD), family) for family in pair.wider]
    return max(found)


def _type_weight(type_: str, pair: Pair) -> float:
    weight = bits(SAME_TYPE, pair.usual.share(pair.usual.types.get(type_, 0)))
    asides = (type_ not in pair.one.main) + (type_ not in pair.other.main)
    return _bounded(weight) * (VAGUE if type_ in kinds().vague else 1.0) * ASIDE**asides


def _family_weight(family: str, pair: Pair, if_same: float) -> float:
    weight = bits(if_same, pair.usual.share(pair.usual.families.get(family, 0)))
    asides = (family not in pair.one.main_families) + (family not in pair.other.main_families)
    return _bounded(weight) * VAGUE * ASIDE**asides


def _bounded(weight: float) -> float:
    return min(MOST, max(LEAST, weight))


def _one_matter(pair: Pair) -> bool:
    """True if what the two rows are mainly about can be one thing."""
    return bool(pair.one.main & pair.other.types.keys() or pair.other.main & pair.one.types.keys()) or bool(
        pair.one.main_families & pair.other.main_families
    )


def _list(types: Iterable[str]) -> str:
    return " and ".join(sorted(type_.replace("-", " ") for type_ in types)[:3])
