"""Kinds of event as links see them: families of names for the same thing, and look-alikes. The words are kinds.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from chrono.vocabulary import words as words_of

Nature = Literal["shared", "exchange", "happening"]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Event types by family. A type that stands in no family is a family of its own."""

    families_of: Mapping[str, frozenset[str]]
    general_of: Mapping[str, frozenset[str]]
    """The families for which a type is a wider word."""
    nature: Mapping[str, Nature]
    look_alikes: frozenset[frozenset[str]]
    """Pairs of event types (never of families) that are not the same event."""
    numbered: Mapping[str, frozenset[str]]
    """Types of a series -> the words that say it is this one and no other of the series."""
    vague: frozenset[str]
    carriers: frozenset[str]
    """Types that say how a thing became known, and not what it was."""
    own: frozenset[str]
    """Types of what an agency mostly does by itself."""
    papers: frozenset[str]
    """Types of what every agency writes for itself, for the same occasion."""
    of_the_family: frozenset[str]
    """Families of events that are held once for all the children of a family."""
    hearsay: frozenset[str]
    """Types of a row that passes on what somebody says happened."""
    between: Mapping[str, tuple[str, str]]
    """Types of notice that by their nature pass from one kind of agency to another."""


@lru_cache(maxsize=16384)
def families(types: frozenset[str]) -> frozenset[str]:
    """The families that these types are names for; a type that kinds.yaml does not list is a family of its own."""
    return frozenset(family for type_ in types for family in kinds().families_of.get(type_, (type_,)))


@lru_cache(maxsize=16384)
def general(types: frozenset[str]) -> frozenset[str]:
    """The families that these types may stand for as wider words."""
    return frozenset(family for type_ in types for family in kinds().general_of.get(type_, ()))


@lru_cache(maxsize=16384)
def telling(types: frozenset[str]) -> frozenset[str]:
    """Those of these types that say enough about what happened, and are not an agency's own work."""
    return types - kinds().vague - kinds().own


@lru_cache(maxsize=16384)
def natures(families: frozenset[str]) -> frozenset[Nature]:
    """How events of these families come into two returns; unlisted ones are happenings."""
    nature = kinds().nature
    return frozenset(nature.get(family, "happening") for family in families)


@cache
def kinds() -> Kinds:
    """The kinds as kinds.yaml lists them."""
    written = words_of(Path(__file__).with_name("kinds.yaml"))
    families = written["families"]
    return Kinds(
        _turned({family: about["types"] for family, about in families.items()}),
        _turned({family: about.get("general", []) for family, about in families.items()}),
        {family: about["nature"] for family, about in families.items()},
        frozenset(_pairs_of_types(written["look_alikes"], families)),
        {type_: frozenset(words) for type_, words in written["numbered"].items()},
        frozenset(written["vague"]),
        frozenset(written["carriers"]),
        frozenset(written["own"]),
        frozenset(written["papers"]),
        frozenset(written["of_the_family"]),
        frozenset(written["hearsay"]),
        {type_: (sender, receiver) for type_, (sender, receiver) in written["between"].items()},
    )


def _turned(types_of: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    """Family -> types turned into type -> families."""
    turned: dict[str, set[str]] = defaultdict(set)
    for family, types in types_of.items():
        for type_ in types:
            turned[type_].add(family)
    return {type_: frozenset(found) for type_, found in turned.items()}


def _pairs_of_types(
    pairs: list[list[str]], families: Mapping[str, Mapping[str, list[str]]]
) -> Iterable[frozenset[str]]:
    """Look-alikes may name a family or a type; what stands in both families of a pair is no look-alike of itself."""
    for one, other in pairs:
        ones, others = (families[name]["types"] if name in families else [name] for name in (one, other))
        yield from (frozenset((a, b)) for a in ones for b in others if a not in others and b not in ones)
