"""Clock times, where both rows give one for the same day."""

from __future__ import annotations

from chrono.merge.pair import Pair

NAME = "time of day"

WITHIN_AN_HOUR = 2.0
HOURS_APART = -1.5


def weigh(pair: Pair) -> float:
    """Bits for times within an hour; against, where they are more than three hours apart on one day."""
    one, other = pair.one, pair.other
    if one.minute is None or other.minute is None or one.span != other.span:
        return 0.0
    apart = abs(one.minute - other.minute)
    if apart <= 60:
        return WITHIN_AN_HOUR
    return HOURS_APART if apart > 180 else 0.0


def explain(pair: Pair) -> str:
    """The two times."""
    one, other = pair.one, pair.other
    return f"at {one.entry.when.start_time} and {other.entry.when.start_time}"
