"""Against: a row that passes on what a parent says happened is a record of the talk, not of what happened."""

from __future__ import annotations

from chrono.merge.pair import Pair

NAME = "told by somebody"

ONLY_TOLD = -8.0


def weigh(pair: Pair) -> float:
    """Bits against, where one row mainly passes on what somebody says and the other does not."""
    return ONLY_TOLD if pair.one.hearsay != pair.other.hearsay else 0.0


def explain(pair: Pair) -> str:
    """Which row."""
    teller = pair.one if pair.one.hearsay else pair.other
    return f"{teller.entry.source} passes on what somebody says"
