"""Kinds of event told in plain words: by several ideas that stand near each other in one statement ('saw' and 'under plan')."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from chrono.normalise.events.phrases import Found, Phrases
from chrono.normalise.events.vocabulary import EventType, types
from chrono.vocabulary import words as words_of

HERE = Path(__file__).parent

REACH = 130
"""Ideas that stand so many characters apart belong to one telling; in a long sentence they may be of two things."""

IDEA = re.compile(r"<([a-z0-9-]+)>")
"""An idea of the list, as a telling names it."""

FEW = 3
"""So many places of one idea in a statement are looked at."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One way of telling of a kind of event: ideas that all stand there, others that do not, in the returns of some agencies."""

    kind: EventType
    ideas: tuple[str, ...]
    unless: tuple[str, ...]
    at: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of event, and the places of the ideas that tell of it, from left to right."""

    kind: EventType
    places: tuple[tuple[int, int], ...]


def told(text: str, agency_kind: str) -> Iterator[Told]:
    """The kinds of event that the ideas in a statement tell of, each once."""
    there: dict[str, list[Found[str]]] = defaultdict(list)
    for found in _ideas().find(text):
        for idea in found.means:
            there[idea].append(found)
    kinds: set[str] = set()
    for telling in (one for idea in there for one in _tellings().get(idea, ())):
        if telling.kind.id in kinds or not _counts(telling, there, agency_kind):
            continue
        places = _apart([there[idea][:FEW] for idea in telling.ideas])
        if places and telling.kind.id not in _named_otherwise(text):
            kinds.add(telling.kind.id)
            yield Told(telling.kind, tuple(sorted(places)))


@lru_cache(maxsize=4096)
def _named_otherwise(text: str) -> frozenset[str]:
    """The kinds of event that longer expressions in the text say it does not name."""
    return frozenset(kind for found in _longer_expressions().find(text) for kind in found.means)


@cache
def _longer_expressions() -> Phrases[str]:
    return Phrases([(phrase, kind.id) for kind in types().values() for phrase in kind.unless])


def _counts(telling: Telling, there: Mapping[str, Sequence[Found[str]]], agency_kind: str) -> bool:
    return (
        (not telling.at or agency_kind in telling.at)
        and all(idea in there for idea in telling.ideas)
        and not any(idea in there for idea in telling.unless)
    )


def _apart(
    choices: Sequence[Sequence[Found[str]]], taken: tuple[tuple[int, int], ...] = ()
) -> tuple[tuple[int, int], ...]:
    """A place for each idea, near each other and none in two; () if there are none."""
    if not choices:
        return taken
    for found in choices[0]:
        begin, end = found.begin, found.end
        if any(begin < last and first < end for first, last in taken):
            continue
        if taken and max(end, *(last for _, last in taken)) - min(begin, *(first for first, _ in taken)) > REACH:
            continue
        if places := _apart(choices[1:], (*taken, (begin, end))):
            return places
    return ()


# -------------------------------------------------------------------------------------------------------- ideas.yaml


@cache
def _ideas() -> Phrases[str]:
    """The words of every idea; words that a telling names itself are an idea by their own name."""
    used = {idea for listed in _tellings().values() for one in listed for idea in (*one.ideas, *one.unless)}
    return Phrases(
        [(phrase, idea) for idea in sorted(used) for one in idea.split("|") for phrase in _words_of(one.strip())]
    )


def _words_of(written: str) -> list[str]:
    """The words of an idea, or the words themselves."""
    idea = IDEA.fullmatch(written)
    return _given()["ideas"][idea[1]] if idea else [written]


@cache
def _tellings() -> Mapping[str, tuple[Telling, ...]]:
    """The tellings by the first idea of each."""
    first: dict[str, list[Telling]] = defaultdict(list)
    for id_, listed in _given()["tellings"].items():
        for written in listed:
            telling = _telling(types()[id_], written)
            first[telling.ideas[0]].append(telling)
    return {idea: tuple(listed) for idea, listed in first.items()}


def _telling(kind: EventType, written: str) -> Telling:
    """Reads 'idea + other idea ~ idea that must not stand there @ kinds of agency'."""
    said, _, at = written.partition("@")
    said, *unless = said.split("~")
    return Telling(
        kind,
        tuple(idea.strip() for idea in said.split(" + ")),
        tuple(idea.strip() for idea in unless),
        frozenset(at.split()),
    )


def _given() -> Mapping[str, Mapping[str, list[str]]]:
    given: Mapping[str, Mapping[str, list[str]]] = words_of(HERE / "ideas.yaml")
    return given
