"""Crime, incident and referral numbers."""

from __future__ import annotations

from chrono.merge.pair import Pair

NAME = "reference number"

SAME = 9.0


def weigh(pair: Pair) -> float:
    """A number both rows cite hardly ever agrees by chance; a number only one cites says nothing."""
    one, other = pair.one, pair.other
    return SAME if one.references & other.references else 0.0


def explain(pair: Pair) -> str:
    """The number."""
    one, other = pair.one, pair.other
    return f"both cite {', '.join(sorted(one.references & other.references))}"
