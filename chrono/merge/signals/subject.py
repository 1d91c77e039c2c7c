"""Whom the rows are about: the same child, or different children of the case."""

from __future__ import annotations

from chrono.merge.background import bits
from chrono.merge.kinds import families, kinds
from chrono.merge.pair import Pair
from chrono.merge.signals.date import told_day

NAME = "child"

SAME = 0.95
DIFFERENT = -12.0
OF_ONE_FAMILY = -4.0
"""A conference of one day about three children stands in a school's return under the one who goes there."""


def weigh(pair: Pair) -> float:
    """Bits by how few rows are about the child; against, where both say and have none in common."""
    one, other = pair.one, pair.other
    if not one.subjects or not other.subjects:
        return 0.0
    shared = one.subjects & other.subjects
    if not shared and pair.together:
        return 0.0
    if not shared:
        return OF_ONE_FAMILY if _of_one_day(pair) and _held_for_the_family(pair) else DIFFERENT
    chance = min(pair.usual.share(pair.usual.subjects.get(child, 0)) for child in shared)
    return max(0.0, bits(SAME, min(chance, SAME)))


def _of_one_day(pair: Pair) -> bool:
    return pair.one.span == pair.other.span or told_day(pair.one, pair.other) > 0


def _held_for_the_family(pair: Pair) -> bool:
    """True if both rows are of a conference or the like; one of the two may call it by a wider word, 'meeting'."""
    one, other = pair.one, pair.other
    by_name = families(one.main) | families(other.main)
    return bool(one.main_families & other.main_families & by_name & kinds().of_the_family)


def explain(pair: Pair) -> str:
    """Which child."""
    one, other = pair.one, pair.other
    shared = one.subjects & other.subjects
    if shared:
        return f"both about {', '.join(sorted(shared))}"
    return f"one is about {', '.join(sorted(one.subjects))}, the other about {', '.join(sorted(other.subjects))}"
