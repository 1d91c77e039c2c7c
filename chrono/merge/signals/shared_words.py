"""Rare words both rows use; words that name the kind of event count only for what they add to it."""

from __future__ import annotations

from chrono.merge.background import bits
from chrono.merge.pair import Pair

NAME = "shared words"

SHARED = 0.35
MOST_EACH = 3.5
FURTHER = 0.6
"""Words of one text come together, so each further one counts for this share of what the one before counted for."""
MUCH_RARER = 0.5
ENOUGH_TO_COMPARE = 4
NOTHING_SHARED = -1.0


def weigh(pair: Pair) -> float:
    """Bits for each shared word, by how rare it is; a little against where two full texts share none."""
    one, other = pair.one, pair.other
    shared = _shared(pair)
    if not shared:
        fewest = min(len(one.words), len(other.words))
        return NOTHING_SHARED if fewest >= ENOUGH_TO_COMPARE and not one.words & other.words else 0.0
    strongest = sorted((_each(word, pair) for word in shared), reverse=True)
    return sum(weight * FURTHER**place for place, weight in enumerate(strongest))


def explain(pair: Pair) -> str:
    """The rarest of them."""
    shared = sorted(_shared(pair), key=lambda word: (-_each(word, pair), word))
    return f"both use words such as {', '.join(shared[:4])}" if shared else "the texts share no telling word"


def _shared(pair: Pair) -> frozenset[str]:
    one, other = pair.one, pair.other
    named = frozenset().union(*(one.phrases[type_] & other.phrases[type_] for type_ in pair.types))
    return frozenset(word for word in one.words & other.words if word not in named or _adds(word, pair))


def _adds(word: str, pair: Pair) -> bool:
    """True if the word is much rarer than the kind it stands in: 'arm' in 'arm injury'."""
    rarest = min((pair.usual.types.get(type_, 0) for type_ in pair.types), default=0)
    return pair.usual.words.get(word, 0) <= rarest * MUCH_RARER


def _each(word: str, pair: Pair) -> float:
    # In a long text any word is likelier to turn up.
    length = max(1.0, max(len(pair.one.words), len(pair.other.words)) / pair.usual.words_an_entry)
    chance = pair.usual.share(pair.usual.words.get(word, 0)) * length
    return min(MOST_EACH, max(0.0, bits(SHARED, chance)))
