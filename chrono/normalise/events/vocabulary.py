"""The kinds of event, outcomes and cues as the YAML files beside this module name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from chrono.model import EventStatus
from chrono.normalise.events.phrases import Line, Not, Phrases
from chrono.vocabulary import words as words_of

HERE = Path(__file__).parent
Mode = Literal["text", "title", "result"]
"""Where the words stand: in running text, in a cell that says what kind of row it is, in an outcome or action cell."""


Side = Literal["before", "after", "itself"]
"""Where a cue stands: before or after what it speaks of, or in its very words."""
SIDES: tuple[Side, ...] = ("before", "after", "itself")


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event. `words` are its phrases by where they count: text, title, result, or 'at KIND OF AGENCY'."""

    id: str
    name: str
    nature: str
    family: str
    weight: int
    default: EventStatus
    until: str
    words: Mapping[str, tuple[str, ...]]
    unless: tuple[str, ...]
    brief: frozenset[str] = frozenset()
    vague: bool = False
    gives_way: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A general word of it -> the kinds to which it gives way in a category cell, where the row's text names one."""
    not_of: frozenset[str] = frozenset()
    """Kinds of which it is the end in an outcome cell, and not an event of its own."""
    row_of: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say whether what stands beside them took place."""

    status: EventStatus
    side: Side
    reach: int
    outcome: str | None = None
    excepting: tuple[str, ...] = ()
    news: bool = False
    """It says nothing of an incident told of for the first time: 'after an assault' tells of the assault."""
    strong: bool = False
    """It holds even where a verb behind the event says that it took place."""


@cache
def types() -> Mapping[str, EventType]:
    """Every kind of event by its id, in the order of events.yaml."""
    return MappingProxyType({id_: _event_type(id_, given) for id_, given in loaded("events.yaml").items()})


@cache
def row_types(agency_kind: str) -> tuple[EventType, ...]:
    """The kinds of event that every row of such an agency's return is."""
    return tuple(kind for kind in types().values() if kind.row_of and kind.row_of == agency_kind)


@cache
def referrals_to() -> Mapping[str, EventType]:
    """The kind of event that a referral to a kind of agency is, by that kind."""
    return {kind.to: kind for kind in types().values() if kind.to}


@cache
def outcomes() -> Mapping[str, str]:
    """The plain name of every outcome by its id."""
    return MappingProxyType({id_: given["name"] for id_, given in loaded("outcomes.yaml").items()})


@cache
def assessment_stages() -> Mapping[str, EventType]:
    """Which kind of event a social work assessment's stage is, by the outcome that says so."""
    return {"started": types()["assessment-started"], "completed": types()["assessment-completed"]}


@cache
def outcomes_beside() -> frozenset[str]:
    """Outcomes that may stand in running text, directly beside their event."""
    return frozenset(id_ for id_, given in loaded("outcomes.yaml").items() if given.get("beside"))


@cache
def outcome_phrases() -> Phrases[str]:
    """Phrases that name an outcome."""
    return Phrases(_outcome_entries())


def _outcome_entries() -> Iterator[tuple[str, str | Not[str]]]:
    for id_, given in loaded("outcomes.yaml").items():
        yield from ((phrase, id_) for phrase in given["phrases"])
        no: Not[str] = Not(id_)
        yield from ((phrase, no) for phrase in given.get("not", ()))


Added = tuple[tuple[str, tuple[str, ...]], ...]
"""Phrases one case adds: (type id, phrases), hashable so that a vocabulary is built once."""


def phrases(mode: Mode, agency_kind: str, added: Added = ()) -> Phrases[EventType | Cue]:
    """Everything to look for in one kind of cell of one kind of agency: events, and cues for whether they took place."""
    return _phrases(mode, agency_kind if agency_kind in _kinds_with_own_words() else "", added)


@cache
def _phrases(mode: Mode, agency_kind: str, added: Added) -> Phrases[EventType | Cue]:
    here = f"at {agency_kind}"
    own = {phrase.rstrip("*") for kind in types().values() for phrase in kind.words.get(here, ())}

    def counts(phrase: str, where: str) -> bool:
        # What a word means in one kind of agency goes before what it means elsewhere.
        return where == here or (where in ("text", mode) and phrase.rstrip("*") not in own)

    return _everywhere(added).counting(counts)


@cache
def _everywhere(added: Added) -> Phrases[EventType | Cue]:
    return Phrases([*_event_entries(added), *_cue_entries()])


@cache
def _kinds_with_own_words() -> frozenset[str]:
    """The kinds of agency in which some word means something else than elsewhere."""
    return frozenset(
        place.removeprefix("at ") for kind in types().values() for place in kind.words if place[:3] == "at "
    )


def _event_entries(added: Added) -> Iterator[Line[EventType | Cue]]:
    for kind in types().values():
        for where, listed in kind.words.items():
            yield from ((phrase, kind, where) for phrase in listed)
        no: Not[EventType | Cue] = Not(kind)
        yield from ((phrase, no) for phrase in kind.unless)
    for id_, more in added:
        kind = types().get(id_) or _own_type(id_)
        yield from ((phrase, kind) for phrase in more)


def _cue_entries() -> Iterator[tuple[str, Cue]]:
    for group in _groups("modality.yaml"):
        for side in SIDES:
            cue = Cue(
                cast(EventStatus, group["status"]),
                side,
                group["reach"],
                group.get("outcome"),
                tuple(group.get("except", ())),
                group.get("news", False),
                group.get("strong", False),
            )
            yield from ((phrase, cue) for phrase in group.get(side, ()))


def _own_type(id_: str) -> EventType:
    """A kind of event that only one case knows."""
    return _event_type(id_, {"name": id_.replace("-", " "), "is": "contact", "weight": 1})


def _event_type(id_: str, given: Mapping[str, Any]) -> EventType:
    words = {
        "text": tuple(given.get("phrases", ())),
        "title": tuple(given.get("title", ())),
        "result": tuple(given.get("result", ())),
    }
    words |= {f"at {kind}": tuple(listed) for kind, listed in given.get("at", {}).items()}
    return EventType(
        id=id_,
        name=given["name"],
        nature=given["is"],
        family=given.get("family", id_),
        weight=given["weight"],
        default=given.get("default", "occurred"),
        until=given.get("until", ""),
        words=MappingProxyType(words),
        unless=tuple(given.get("not", ())),
        brief=frozenset(given.get("brief", ())),
        vague=given.get("vague", False),
        gives_way={word: tuple(listed) for word, listed in given.get("gives_way", {}).items()},
        not_of=frozenset(given.get("not_of", ())),
        row_of=given.get("row_of", ""),
        to=given.get("to", ""),
    )


def loaded(name: str) -> dict[str, dict[str, Any]]:
    """A vocabulary file that lists things by their id."""
    return cast(dict[str, dict[str, Any]], _yaml(name))


def loaded_lists(name: str) -> dict[str, list[str]]:
    """A vocabulary file of lists by name."""
    return cast(dict[str, list[str]], _yaml(name))


def _groups(name: str) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], _yaml(name))


@cache
def _yaml(name: str) -> object:
    loaded: object = words_of(HERE / name)
    return loaded
