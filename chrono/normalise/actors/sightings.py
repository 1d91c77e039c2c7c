"""Names where they stand in a text, with what the words around them say of their part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chrono.model import ActorKind
from chrono.normalise.actors.parts import part_by_words
from chrono.normalise.actors.spans import Name, Placed, surroundings

ACTS = re.compile(
    r"\s*(?:has|have|had|will|would|to|says?|said|states?|told|agreed?|agrees|confirm\w*|report\w*|advis\w*|inform\w*|request\w*"
    r"|asked|refus\w*|declin\w*|offer\w*|accept\w*|responsible|remains?|duty|rang|called|emailed|sent|visited|attended|did|are)\b"
)
ENDS = re.compile(
    r"\s*(?:$|[.,;:)]|(?:and|for|re|about|on|that|who|regarding|with|to|from|by|in|via|today|this|yesterday|as)\b)"
)
BY = re.compile(
    r"\b(?:(?:calls?|calling|e-?mails?|letters?|messages?|contacts?|notifications?|information|requests?|updates?|forwarded|heard"
    r"|advice) from|by|told|informed|rang|asked|called|contacted|updated|notified|emailed|advised|with)\s+$",
    re.IGNORECASE,
)
AGED = re.compile(
    r"\s*(?:\(\s*(?:(?:aged?\s+|now\s+|then\s+)?\d{1,2}\s*(?:y/?o|yrs?|years?|m(?:on)?ths?|w(?:ee)?ks?)?(?: old)?"
    r"|(?:b\.|born(?: in| on)?|d\.?o\.?b\.?:?)\s*(?:\d{1,2}[./-]\d{1,2}[./-])?\d{2}(?:\d\d)?)\s*\)|,? aged \d{1,2}\b)",
    re.IGNORECASE,
)
"""The age or day of birth that follows a name: 'brother (9)', 'S (b. 17.01.07)'."""
SPOKEN_TO = frozenset({"told", "referred-to", "referred-by", "decided"})
WHERE = re.compile(r"\b(?:in|at|near|around|of|outside|through|lives?|living)\s+(?:[A-Z]\w+\s+)?$")


class Parts(dict[ActorKind, str]):
    """What somebody of each kind does there, by the words before and behind the name in its sentence; '' if they do not
    tell."""

    __slots__ = ("after", "before")

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after

    def __missing__(self, kind: ActorKind) -> str:
        part = self[kind] = part_by_words(kind, self.before, self.after)
        return part


@dataclass(slots=True, eq=False)
class Sighting:
    """A name in a text: its place there, and what stands before and behind it in its sentence. `like` is a name of which
    the same is asked, the same one for all that are written alike."""

    name: Name
    like: Name
    text: str
    begin: int
    end: int
    words_end: int
    parts: Parts
    leans: bool
    """True if it rests on the children of the row who is meant."""

    @property
    def acts(self) -> bool:
        """True if the words around show somebody who does something or is told something, not a place."""
        if WHERE.search(self.parts.before):
            return False
        spoken_to = BY.search(self.parts.before) is not None or self.parts["agency"] in SPOKEN_TO
        return (spoken_to and ENDS.match(self.parts.after) is not None) or ACTS.match(self.parts.after) is not None


class Seen(NamedTuple):
    """The names in one text. `leans`: it rests on the children of the row who one of them is; `knit`: on the others who
    stand there, as with 'his sister' behind 'father' or a name and its abbreviation in brackets, or on what else is said,
    as with a place."""

    text: str
    names: tuple[Sighting, ...] = ()
    leans: bool = False
    knit: bool = False


class Sightings:
    """Makes sightings, and keeps one name for all that are written alike. `of_children`: the case has people, workers
    perhaps, of one child only."""

    def __init__(self, *, of_children: bool) -> None:
        self._of_children = of_children
        self._alike: dict[tuple[object, ...], Name] = {}
        self._likes: dict[Name, Name] = {}
        self._aged: dict[tuple[Name, str], Name] = {}

    def of(self, text: str, placed: Sequence[Placed]) -> Seen:
        """The names in a text with what surrounds them."""
        names = self.around(text, placed)
        if not names:
            return Seen(text)
        knit = "(" in text or any(one.name.may_be_of_another or one.name.is_bare_place for one in names)
        return Seen(text, names, any(one.leans for one in names), knit)

    def around(self, text: str, placed: Sequence[Placed]) -> tuple[Sighting, ...]:
        """The names in a text, each with what surrounds it."""
        if not placed:
            return ()
        if "(" in text or " aged " in text:
            placed = [(at, self._with_age(name, text, at)) for at, name in placed]
        around = surroundings(text, [(at + name.lead, at + name.words_end) for at, name in placed])
        return tuple(
            [self._sighting(at, name, Parts(*there)) for (at, name), there in zip(placed, around, strict=True)]
        )

    def _with_age(self, name: Name, text: str, at: int) -> Name:
        """The name with the age behind it as one of its forms."""
        found = AGED.match(text, at + name.words_end)
        if not found:
            return name
        age = found.group()
        return self._aged.setdefault((name, age), replace(name, longer=name.written + age))

    def _sighting(self, at: int, name: Name, parts: Parts) -> Sighting:
        like = self._likes.get(name) or self._like(name)
        leans = name.is_kin or (name.is_worker and self._of_children)
        return Sighting(name, like, name.written, at + name.begin, at + name.end, at + name.words_end, parts, leans)

    def _like(self, name: Name) -> Name:
        span = name.span
        asked = (
            name.whole,
            name.longer,
            name.begin - name.lead,
            span.meanings,
            span.owner is None,
            span.holder is None,
        )
        like = self._likes[name] = self._alike.setdefault(asked, name)
        return like
