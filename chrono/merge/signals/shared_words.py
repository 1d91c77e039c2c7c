"""Rare words both rows use; words that name the kind of event count only for what they add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chrono.merge.background import bits
from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits
from chrono.stems import COMMON as EVERYDAY

NAME = "shared words"

SHARED = 0.35
MOST_EACH = 3.5
FURTHER = 0.6
"""Words of one text come together, so each further one counts for this share of what the one before counted for."""
COMMON = 0.12
"""How often unrelated rows share a word of which returns are full, whatever a small timeline shows."""
MUCH_RARER = 0.5
ENOUGH_TO_COMPARE = 4
"""Words of the shorter text for which it says something that two rows of one kind share none."""
NOTHING_SHARED = -1.0


def weigh(pair: Pair) -> float:
    """Bits for each shared word, by how rare it is; a little against where two full texts share none."""
    one, other = pair.one, pair.other
    shared = _shared(pair)
    if not shared:
        fewest = min(len(one.words), len(other.words))
        nothing = not one.words & other.words and not one.ideas.keys() & other.ideas.keys()
        kind = bool(pair.types or pair.families)
        return NOTHING_SHARED if nothing and fewest >= (ENOUGH_TO_COMPARE if kind else 1) else 0.0
    strongest = sorted(_each_of(shared, pair).values(), reverse=True)
    return sum(weight * FURTHER**place for place, weight in enumerate(strongest))


def explain(pair: Pair) -> str:
    """The rarest of them."""
    each = _each_of(_shared(pair), pair)
    shared = sorted(each, key=lambda word: (-each[word], word))
    return f"both use words such as {', '.join(shared[:4])}" if shared else "the texts share no telling word"


def _shared(pair: Pair) -> frozenset[str]:
    one, other = pair.one, pair.other
    shared = one.words & other.words
    if not shared:
        return shared
    named = _words_of_own_work(one) & _words_of_own_work(other)
    named = named.union(*(one.phrases[type_] & other.phrases[type_] for type_ in pair.types))
    return shared - {word for word in shared & named if not _adds(word, pair)}


def _words_of_own_work(one: Traits) -> frozenset[str]:
    """The words that name what an agency does by itself: 'visit' in two agencies' rows of their own visits."""
    own = one.types.keys() & kinds().own
    return frozenset().union(*(one.phrases[type_] for type_ in own)) if own else frozenset()


def _adds(word: str, pair: Pair) -> bool:
    """True if the word is much rarer than the kind it stands in: 'arm' in 'arm injury'."""
    rarest = min((pair.usual.types.get(type_, 0) for type_ in pair.types), default=0)
    return pair.usual.words.get(word, 0) <= rarest * MUCH_RARER


def _each_of(words: Iterable[str], pair: Pair) -> Mapping[str, float]:
    # In a long text any word is likelier to turn up.
    length = max(1.0, max(len(pair.one.words), len(pair.other.words)) / pair.usual.words_an_entry)
    return {word: _weigh(word, length, pair) for word in words}


def _weigh(word: str, length: float, pair: Pair) -> float:
    chance = pair.usual.share(pair.usual.words.get(word, 0)) * length
    if word in EVERYDAY:
        chance = max(chance, COMMON)
    return min(MOST_EACH, max(0.0, bits(SHARED, chance)))
