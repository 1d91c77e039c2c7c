"""A name in a text: its words, what stands around them and belongs to it, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chrono.normalise.actors.people.roles import Meaning, Sense
from chrono.normalise.actors.words import Token

KIN: tuple[Sense, ...] = ("relation", "group", "parent", "child")
"""What a form may mean, where it takes the children of the row to tell who is meant."""
WORKERS: tuple[Sense, ...] = ("role", "worker")
"""The same, where the case has workers of one child only."""


class Span(NamedTuple):
    """A name in a text. `begin`..`end` are its words (end exclusive), `lead` where articles and adjectives before it
    begin. `holder` says whose worker or service it is ('Northshire' in 'Northshire CSC'), `owner` whose relation
    ("K" in "K's mother"), `name` is a proper name, `pronoun` the 'his' or 'her' before it, `other` that it is expressly
    another one, `unknown` unidentified."""

    begin: int
    end: int
    lead: int
    meanings: tuple[Meaning, ...]
    number: str = ""
    holder: Span | None = None
    owner: Span | None = None
    name: str = ""
    pronoun: str = ""
    other: bool = False
    unknown: bool = False
    slip: bool = False
    tail: int = 0
    """Where the holder ends that stands behind it: 'DSL at Larkfield'; 0 if none does."""
    called: Span | None = None
    """The word before a name that says who has it: 'brother' in 'brother S'."""

    def has(self, *senses: Sense) -> bool:
        """True if it may mean something in one of these senses."""
        return any(meaning.sense in senses for meaning in self.meanings)

    def of(self, sense: Sense) -> tuple[Meaning, ...]:
        """What it may mean in this sense."""
        return tuple(meaning for meaning in self.meanings if meaning.sense == sense)


@dataclass(frozen=True, slots=True)
class Spotted:
    """A text that was searched, and its words."""

    text: str
    words: Sequence[Token]

    def written(self, span: Span, *, whole: bool = False) -> str:
        """The words of a span as they stand; `whole` with the articles and adjectives before it."""
        begin, end = self.place(span, whole=whole)
        return self.text[begin:end]

    def place(self, span: Span, *, whole: bool = False) -> tuple[int, int]:
        """Where a span begins and ends in the text, with the bracket that closes one inside it, and the 's of a saint's:
        "St Alda's" is named so, where "Eastmoor's" is not."""
        begin = self.words[span.lead if whole else span.begin].begin
        last = span.holder.begin if span.holder and span.tail == span.end else span.begin
        end = self.words[span.end - 1].end
        if self.words[span.end - 1].owns and self.words[last].low in ("st", "saint"):
            end += len("'s")
        if self.text[end : end + 1] == ")" and self.text.count("(", begin, end) > self.text.count(")", begin, end):
            end += 1
        return begin, end


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A span with what is written there. Places are characters in the text it was found in: `lead` with its articles,
    `end` with a closing bracket, `words_end` without."""

    span: Span
    found: Spotted
    lead: int
    begin: int
    end: int
    words_end: int
    written: str
    whole: str
    is_kin: bool
    is_worker: bool
    is_bare_place: bool
    """True for a place by itself, which is an agency only where it acts or is spoken to."""
    may_be_of_another: bool
    """True for 'his sister', 'her son': it may be a relative of somebody named before."""
    longer: str = ""
    """The same with what stands behind it and tells more of it: 'DSL at Larkfield', 'brother (9)'."""

    @classmethod
    def of(cls, span: Span, found: Spotted) -> Name:
        """The span as it stands in its text."""
        lead = found.words[span.lead].begin
        begin, end = found.place(span)
        words_end = found.words[span.end - 1].end
        whole = found.written(span, whole=True)
        told = (
            span.owner is not None or span.has(*KIN),
            span.has(*WORKERS),
            all(meaning.sense == "place" for meaning in span.meanings),
            bool(span.pronoun) and span.has("relation", "child"),
        )
        longer = found.written(span._replace(end=span.tail)) if span.tail else ""
        return cls(span, found, lead, begin, end, words_end, found.text[begin:end], whole, *told, longer)


def close(left: Token, right: Token, text: str) -> bool:
    """True if only spaces or a hyphen part two words."""
    return right.begin - left.end <= 3 and not text[left.end : right.begin].strip(" -–\n\t\u00a0")


def owns(words: list[Token], span: Span) -> bool:
    """True if a possessive 's follows a name: "K's"."""
    return words[span.end - 1].owns
