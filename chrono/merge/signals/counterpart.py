"""A referral, notice or call is between two: one sends to the other, the other has it from the one; or it is another one."""

from __future__ import annotations

from chrono.merge.kinds import natures
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "counterpart"

SENT_AND_RECEIVED = 3.0
"""One row says it went to the other's agency, the other that it came from the one's: hardly ever by chance near in time."""
ELSEWHERE = -3.5


def weigh(pair: Pair) -> float:
    """Bits where sender and receiver meet; against, for each row that names only other agencies as the far side."""
    if _meet(pair):
        return SENT_AND_RECEIVED
    return ELSEWHERE * len(_strangers(pair))


def explain(pair: Pair) -> str:
    """Who sent to whom, or whom they name instead of each other."""
    if _meet(pair):
        sender, receiver = (pair.one, pair.other) if pair.other.agency in pair.one.sends_to else (pair.other, pair.one)
        return f"sent by {sender.agency} to {receiver.agency}, and received there as such"
    said = (f"{stranger.agency} names {', '.join(sorted(stranger.named))}" for stranger in _strangers(pair))
    return "; ".join(said)


def _meet(pair: Pair) -> bool:
    sides = ((pair.one, pair.other), (pair.other, pair.one))
    return any(theirs.agency in mine.sends_to and mine.agency in theirs.comes_from for mine, theirs in sides)


def _strangers(pair: Pair) -> list[Traits]:
    """Rows that are mainly an exchange, and name only others as its far side."""
    if natures(pair.one.main_families & pair.other.main_families) - {"exchange"}:
        return []
    sides = ((pair.one, pair.other), (pair.other, pair.one))
    return [
        mine
        for mine, theirs in sides
        if mine.named and theirs.agency not in mine.named and "exchange" in natures(mine.main_families)
    ]
