"""The people both rows name."""

from __future__ import annotations

from math import fsum

from chrono.merge.background import bits
from chrono.merge.pair import Pair

NAME = "people named"

SHARED = 0.3
MOST_EACH = 1.5
MOST_A_ROLE = 1.0
"""'The class teacher', 'a neighbour': somebody in both rows, and not always the same."""
MOST = 5.0


def weigh(pair: Pair) -> float:
    """Bits for each person both name, by how rarely they are named."""
    shared = pair.one.people & pair.other.people
    return min(MOST, fsum(_each(person, pair) for person in shared))


def _each(person: str, pair: Pair) -> float:
    most = MOST_A_ROLE if person in pair.one.roles else MOST_EACH
    return min(most, max(0.0, bits(SHARED, pair.usual.share(pair.usual.people.get(person, 0)))))


def explain(pair: Pair) -> str:
    """Who is named in both."""
    one, other = pair.one, pair.other
    return f"both name {', '.join(sorted(one.people & other.people))}"
