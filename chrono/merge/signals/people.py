"""The people both rows name."""

from __future__ import annotations

from chrono.merge.background import bits
from chrono.merge.pair import Pair

NAME = "people named"

SHARED = 0.4
MOST_EACH = 3.0
MOST = 5.0


def weigh(pair: Pair) -> float:
    """Bits for each person both name, by how rarely they are named."""
    one, other = pair.one, pair.other
    shared = one.people & other.people
    if not shared:
        return 0.0
    each = (bits(SHARED, pair.usual.share(pair.usual.people.get(person, 0))) for person in shared)
    return min(MOST, sum(min(MOST_EACH, max(0.0, weight)) for weight in each))


def explain(pair: Pair) -> str:
    """Who is named in both."""
    one, other = pair.one, pair.other
    return f"both name {', '.join(sorted(one.people & other.people))}"
