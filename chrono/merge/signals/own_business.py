"""Against: what an agency does by itself, such as a session or an appointment, is not in another's return unless it is named."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "own work"

BY_ITSELF = -3.0
"""Two supervision sessions or home visits of one day are mostly two agencies', each with its own."""


def weigh(pair: Pair) -> float:
    """Bits against, for rows of an agency's own work, where neither row names the other agency, nor both a third."""
    one, other = pair.one, pair.other
    if one.agency in other.named or other.agency in one.named or one.named & other.named:
        return 0.0
    return BY_ITSELF if _by_itself(one) or _by_itself(other) else 0.0


def explain(pair: Pair) -> str:
    """What it is."""
    own = sorted({type_.replace("-", " ") for one in (pair.one, pair.other) if _by_itself(one) for type_ in one.main})
    return f"{' and '.join(own[:3])}: mostly one agency's own work, and neither row names the other agency"


def _by_itself(one: Traits) -> bool:
    return bool(one.main) and one.main <= kinds().own
