"""Ideas both rows have, each in its own words: 'SVD, live female' and 'baby girl born', 'notice served' and 'wants her out'."""

from __future__ import annotations

from chrono.merge.background import bits
from chrono.merge.ideas import ideas
from chrono.merge.pair import Pair

NAME = "shared ideas"

SHARED = 0.4
LEAST_CHANCE, EVERYDAY = 0.05, 0.12
"""How often unrelated rows have an idea by chance, whatever a small timeline shows: an idea is wider than a word."""
FURTHER = 0.6
"""Ideas of one text come together, so each further one counts for this share of what the one before counted for."""


def weigh(pair: Pair) -> float:
    """Bits for each idea in common that neither a shared word nor a shared kind of event has brought in already."""
    strongest = sorted((_each(idea, pair) for idea in _shared(pair)), reverse=True)
    return sum(weight * FURTHER**place for place, weight in enumerate(strongest))


def explain(pair: Pair) -> str:
    """The rarest of them."""
    shared = sorted(_shared(pair), key=lambda idea: (-_each(idea, pair), idea))
    return f"both speak of {', '.join(shared[:3])}"


def _shared(pair: Pair) -> list[str]:
    one, other = pair.one, pair.other
    return [
        idea
        for idea in one.ideas.keys() & other.ideas.keys()
        if not one.ideas[idea] & other.ideas[idea] and not _by_kind(idea, pair)
    ]


def _by_kind(idea: str, pair: Pair) -> bool:
    """True if the words that bring in the idea are those by which both rows were recognised as of one kind."""
    shared = pair.types
    return bool(shared) and any(
        idea in one.typed_ideas.get(type_, ()) for one in (pair.one, pair.other) for type_ in shared
    )


def _each(idea: str, pair: Pair) -> float:
    least = EVERYDAY if idea in ideas().everyday else LEAST_CHANCE
    chance = max(least, pair.usual.share(pair.usual.ideas.get(idea, 0)))
    return max(0.0, bits(SHARED, min(chance, SHARED)))
