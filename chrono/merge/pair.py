"""Two rows side by side, with what they have in common worked out once for all signals."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Self

from chrono.merge.background import Background
from chrono.merge.traits import Traits


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of one timeline, earlier place first."""

    one: Traits
    other: Traits
    usual: Background
    """How common everything is in the timeline they stand in."""
    types: Set[str] = field(default=frozenset())
    """Event types both rows tell of."""
    families: frozenset[str] = field(default=frozenset())
    """Families of kinds that both rows have a name for."""
    wider: frozenset[str] = field(default=frozenset())
    """Families that one row has a name for, and the other a wider word."""
    together: bool = False
    """True if a row that goes with both is about the children of the two."""

    @classmethod
    def of(cls, one: Traits, other: Traits, usual: Background, *, together: bool = False) -> Self:
        """The pair, in the timeline's order whichever row comes first."""
        if one.place > other.place:
            one, other = other, one
        families = one.families & other.families
        wider = (one.families & other.general) | (one.general & other.families)
        return cls(one, other, usual, one.types.keys() & other.types.keys(), families, wider - families, together)

    @property
    def passed_on(self) -> bool:
        """True if the later row says that something came from the other's agency, or the earlier that it went there, and
        each names the other."""
        earlier, later = sorted((self.one, self.other), key=lambda row: (row.first, row.place))
        if later.agency not in earlier.named or earlier.agency not in later.named:
            return False
        return earlier.agency in later.comes_from or later.agency in earlier.sends_to

    @property
    def meet(self) -> bool:
        """True if one row says that something went to the other's agency, and the other that it came from there."""
        sides = ((self.one, self.other), (self.other, self.one))
        return any(theirs.agency in mine.sends_to and mine.agency in theirs.comes_from for mine, theirs in sides)
