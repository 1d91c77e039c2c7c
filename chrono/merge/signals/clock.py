"""Clock times, where both rows or their texts give one for the same day."""

from __future__ import annotations

from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "time of day"

WITHIN_AN_HOUR = 2.0
HOURS_APART = -1.5
HALF_A_DAY_APART = -4.0
AN_HOUR, HOURS, HALF_A_DAY = 60, 180, 480
"""Minutes."""


def weigh(pair: Pair) -> float:
    """Bits for times within an hour; against, where they are more than three hours apart on one day."""
    one, other = pair.one, pair.other
    if not one.times or not other.times or one.span != other.span:
        return 0.0
    apart = min(abs(mine - theirs) for mine in one.times for theirs in other.times)
    if apart <= AN_HOUR:
        return WITHIN_AN_HOUR
    if one.minute is None or other.minute is None:
        return 0.0
    return HALF_A_DAY_APART if apart > HALF_A_DAY else HOURS_APART if apart > HOURS else 0.0


def explain(pair: Pair) -> str:
    """The two times."""
    one, other = pair.one, pair.other
    return f"at {_said(one)} and {_said(other)}"


def _said(one: Traits) -> str:
    return " or ".join(f"{time // 60:02}:{time % 60:02}" for time in sorted(one.times))
