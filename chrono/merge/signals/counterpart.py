"""A referral, notice or call is between two: one sends to the other, the other has it from the one; or it is another one."""

from __future__ import annotations

from chrono.merge.kinds import natures
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "counterpart"

SENT_AND_RECEIVED = 4.0
"""One row says it went to the other's agency, the other that it came from the one's: hardly ever by chance near in time."""
ELSEWHERE = -3.5
NOBODY_NAMED = -3.0
"""A row of a call or a letter nearly always says with whom."""


def weigh(pair: Pair) -> float:
    """Bits where sender and receiver meet; against, where the rows name others, or nobody, as the far side."""
    if pair.meet:
        return SENT_AND_RECEIVED
    if _both_exchanges(pair) and not _name_each_other(pair) and not (pair.one.named & pair.other.named):
        return ELSEWHERE * len(_strangers(pair)) or NOBODY_NAMED
    return ELSEWHERE if _heard_from_one(pair) else ELSEWHERE * len(_strangers(pair))


def explain(pair: Pair) -> str:
    """Who sent to whom, or whom they name instead of each other."""
    if pair.meet:
        sender, receiver = (pair.one, pair.other) if pair.other.agency in pair.one.sends_to else (pair.other, pair.one)
        return f"sent by {sender.agency} to {receiver.agency}, and received there as such"
    strangers = _strangers(pair)
    if not strangers:
        return "something passed between two, and neither row names the other agency"
    return "; ".join(f"{stranger.agency} names {', '.join(sorted(stranger.named))}" for stranger in strangers)


def _both_exchanges(pair: Pair) -> bool:
    return pair.one.exchanged and pair.other.exchanged


def _heard_from_one(pair: Pair) -> bool:
    """True if both rows may be the same news from a third: 'ward rang, baby born' and 'notified of birth by the ward'."""
    return bool(pair.one.named & pair.other.named and pair.one.ideas.keys() & pair.other.ideas.keys())


def _name_each_other(pair: Pair) -> bool:
    return pair.other.agency in pair.one.named or pair.one.agency in pair.other.named


def _strangers(pair: Pair) -> list[Traits]:
    """Rows that are mainly an exchange, and name only others as its far side."""
    happened = natures(pair.one.main_families & pair.other.main_families) - {"exchange"}
    if happened and not _both_exchanges(pair):
        return []
    sides = ((pair.one, pair.other), (pair.other, pair.one))
    return [mine for mine, theirs in sides if mine.exchanged and mine.named and theirs.agency not in mine.named]
