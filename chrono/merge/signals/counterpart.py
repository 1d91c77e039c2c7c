"""Against: a referral, notice or call is between two; a row that names another counterpart tells of another one."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "counterpart"

ELSEWHERE = -3.5


def weigh(pair: Pair) -> float:
    """Bits against, for each row that names only other agencies as the far side of what passed between two."""
    return ELSEWHERE * len(_strangers(pair))


def explain(pair: Pair) -> str:
    """Whom they name instead of each other."""
    said = (f"{stranger.agency} names {', '.join(sorted(stranger.named))}" for stranger in _strangers(pair))
    return "; ".join(said)


def _strangers(pair: Pair) -> list[Traits]:
    """Rows that are mainly an exchange, and name only others as its far side."""
    if kinds().natures(pair.one.main_families & pair.other.main_families) - {"exchange"}:
        return []
    sides = ((pair.one, pair.other), (pair.other, pair.one))
    return [
        mine
        for mine, theirs in sides
        if mine.named and theirs.agency not in mine.named and "exchange" in kinds().natures(mine.main_families)
    ]
