"""Against: a row in which a parent tells of a meeting is a record of the talk, not of the meeting.

What a parent reports as it happens, such as a child missing, is the record itself.
"""

from __future__ import annotations

from chrono.merge.kinds import natures
from chrono.merge.pair import Pair

NAME = "told by somebody"

ONLY_TOLD = -8.0


def weigh(pair: Pair) -> float:
    """Bits against, where one row mainly passes on what somebody says of a meeting and the other does not."""
    if pair.one.hearsay == pair.other.hearsay:
        return 0.0
    return ONLY_TOLD if "shared" in natures(pair.families | pair.wider) else 0.0


def explain(pair: Pair) -> str:
    """Which row."""
    teller = pair.one if pair.one.hearsay else pair.other
    return f"{teller.entry.source} passes on what somebody says"
