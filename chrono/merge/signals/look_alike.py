"""Against: two kinds of event that fall on one day and look alike, such as a looked-after review and a secure review."""

from __future__ import annotations

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "look-alike"

APART = -20.0


def weigh(pair: Pair) -> float:
    """Bits against, where each row is about one half of a look-alike pair and neither tells of both.

    A row that a meeting heads is of that one, even if its text tells of another: 'Looked-after review | ... PEP done before'.
    """
    return APART if _look_alikes(pair) else 0.0


def explain(pair: Pair) -> str:
    """The two kinds that are told apart."""
    names = _look_alikes(pair)
    return f"{names[0]} and {names[1]} are different events" if names else ""


def _look_alikes(pair: Pair) -> tuple[str, str] | None:
    one, other = pair.one, pair.other
    told, known = one.headed or one.types.keys(), other.headed or other.types.keys()
    mine, theirs = (
        (one.headed - one.unnumbered or _about(one)) - known,
        (other.headed - other.unnumbered or _about(other)) - told,
    )
    if not mine or not theirs or (told & known) - kinds().vague:
        return None
    alike = kinds().look_alikes
    pairs = sorted((a, b) for a in mine for b in theirs if frozenset((a, b)) in alike)
    return (pairs[0][0].replace("-", " "), pairs[0][1].replace("-", " ")) if pairs else None


def _about(one: Traits) -> frozenset[str]:
    """What the row is mainly about, and not what it only refers to, nor a conference of which it does not say the number."""
    return frozenset(type_ for type_ in one.main - one.unnumbered if one.types.get(type_) != "referred-to")
