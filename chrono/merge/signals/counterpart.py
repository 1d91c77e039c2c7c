"""Against: a referral, notice or call is between two; a row that names another counterpart tells of another one."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "counterpart"

ELSEWHERE = -3.5


def weigh(pair: Pair) -> float:
    """Bits against, for each row that names only other agencies as the far side of what passed between two."""
    one, other = pair.one, pair.other
    if one.agency == other.agency or not _is_exchange(pair):
        return 0.0
    return ELSEWHERE * len(_strangers(pair))


def explain(pair: Pair) -> str:
    """Whom they name instead of each other."""
    said = (f"{stranger.agency} names {', '.join(sorted(stranger.named))}" for stranger in _strangers(pair))
    return "; ".join(said)


def _is_exchange(pair: Pair) -> bool:
    return kinds().natures(pair.families) == {"exchange"}


def _strangers(pair: Pair) -> list[Traits]:
    one, other = pair.one, pair.other
    pairs = ((one, other), (other, one))
    return [mine for mine, theirs in pairs if mine.named and theirs.agency not in mine.named]
