"""The number in a series: the third strategy discussion is not the second."""

from __future__ import annotations

from chrono.merge.pair import Pair

NAME = "number in a series"

SAME = 3.0
DIFFERENT = -20.0


def weigh(pair: Pair) -> float:
    """Bits where both number the same kind of event."""
    one, other = pair.one, pair.other
    if not one.ordinals or not other.ordinals:
        return 0.0
    shared = one.ordinals.keys() & other.ordinals.keys()
    if not shared:
        return 0.0
    return SAME if any(one.ordinals[type_] == other.ordinals[type_] for type_ in shared) else DIFFERENT


def explain(pair: Pair) -> str:
    """The two numbers."""
    one, other = pair.one, pair.other
    type_ = sorted(one.ordinals.keys() & other.ordinals.keys())[0]
    mine, theirs = sorted((one.ordinals[type_], other.ordinals[type_]))
    kind = type_.replace("-", " ")
    return f"both are number {mine} of {kind}" if mine == theirs else f"numbers {mine} and {theirs} of {kind}"
