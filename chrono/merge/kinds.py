"""Kinds of event as links see them: families of names for the same thing, and look-alikes. The words are kinds.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

Nature = Literal["shared", "exchange", "happening"]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Event types by family. A type that stands in no family is a family of its own."""

    families_of: Mapping[str, tuple[str, ...]]
    nature: Mapping[str, Nature]
    look_alikes: frozenset[frozenset[str]]
    """Pairs of event types (never of families) that are not the same event."""
    vague: frozenset[str]

    def families(self, type_: str) -> tuple[str, ...]:
        """The families an event type belongs to, in the order of kinds.yaml."""
        return self.families_of.get(type_, (type_,))

    def natures(self, families: Iterable[str]) -> frozenset[Nature]:
        """How events of these families come into two returns; unlisted ones are happenings."""
        return frozenset(self.nature.get(family, "happening") for family in families)


@cache
def kinds() -> Kinds:
    """The kinds as kinds.yaml lists them."""
    written = yaml.safe_load(resources.files("chrono.merge").joinpath("kinds.yaml").read_text(encoding="utf-8"))
    families_of: dict[str, list[str]] = defaultdict(list)
    for family, about in written["families"].items():
        for type_ in about["types"]:
            families_of[type_].append(family)
    return Kinds(
        {type_: tuple(families) for type_, families in families_of.items()},
        {family: about["nature"] for family, about in written["families"].items()},
        frozenset(_pairs_of_types(written["look_alikes"], written["families"])),
        frozenset(written["vague"]),
    )


def _pairs_of_types(
    pairs: list[list[str]], families: Mapping[str, Mapping[str, list[str]]]
) -> Iterable[frozenset[str]]:
    """Look-alikes may name a family or a type; what stands in both families of a pair is no look-alike of itself."""
    for one, other in pairs:
        ones, others = (families[name]["types"] if name in families else [name] for name in (one, other))
        yield from (frozenset((a, b)) for a in ones for b in others if a not in others and b not in ones)
