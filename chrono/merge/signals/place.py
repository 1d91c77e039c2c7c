"""Where it happened, as the location columns of both returns say."""

from __future__ import annotations

from rapidfuzz.fuzz import token_set_ratio

from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "place"

SAME = 2.0
DIFFERENT = -1.0
ALIKE = 85


def weigh(pair: Pair) -> float:
    """Bits for the same place in other words; a little against for two places that share no word."""
    one, other = pair.one, pair.other
    mine, theirs = _place(one), _place(other)
    if not mine or not theirs:
        return 0.0
    likeness = token_set_ratio(mine, theirs)
    return SAME if likeness >= ALIKE else DIFFERENT if likeness < 40 else 0.0


def explain(pair: Pair) -> str:
    """The two places."""
    one, other = pair.one, pair.other
    return f"at '{_place(one)}' and '{_place(other)}'"


def _place(one: Traits) -> str:
    return one.entry.fields.get("location", "").strip().lower()
