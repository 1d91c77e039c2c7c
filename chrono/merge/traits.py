"""What the signals compare: one entry boiled down to numbers and sets, once, so that a pair is weighed quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chrono.merge.kinds import Kinds, kinds
from chrono.merge.words import content_words, stems
from chrono.model import Entry, Event, EventStatus, Timeline, When

Span = tuple[int, int]
"""First and last day as ordinals, both inclusive."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One dated entry as links see it. `place` is its place in the timeline's order, and so a total order of pairs."""

    place: int
    entry: Entry
    agency: str
    span: Span
    spoken: frozenset[Span]
    """Days the text itself speaks of, other than the entry's own."""
    types: Mapping[str, EventStatus]
    """Event types and the strongest status the row gives each."""
    main: frozenset[str]
    """The types that say what the row is: those of its category and of the beginning of its text."""
    families: frozenset[str]
    """Families of kinds that its types are names for."""
    general: frozenset[str]
    """Families that its types may stand for as wider words."""
    main_families: frozenset[str]
    """Both, of its main types alone."""
    named: frozenset[str]
    """Other agencies the row names, in person or through their workers."""
    sends_to: frozenset[str]
    """Agencies to which the row says something was sent or referred."""
    comes_from: frozenset[str]
    """Agencies from which the row says something came."""
    subjects: frozenset[str]
    people: frozenset[str]
    references: frozenset[str]
    ordinals: Mapping[str, int]
    words: frozenset[str]
    phrases: frozenset[str] = field(default=frozenset())
    """Stems of the words its events were recognised by: weighed as kinds, not again as words."""
    minute: int | None = None
    """Clock time as minutes after midnight."""

    @property
    def first(self) -> int:
        """The first day it can be, as an ordinal."""
        return self.span[0]

    @property
    def last(self) -> int:
        """The last day it can be, as an ordinal."""
        return self.span[1]

    @property
    def width(self) -> int:
        """How many days its date can mean."""
        return self.span[1] - self.span[0] + 1


STRENGTH: Mapping[str, int] = {"occurred": 4, "cancelled": 3, "did-not-happen": 2, "planned": 1, "referred-to": 0}
REFERENCE = re.compile(r"\b(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z/])[A-Z0-9][A-Z0-9/-]{4,}\b")
"""What looks like a crime, incident or case number: letters or strokes among digits, five characters or more."""
FIRST_STATEMENT = re.compile(r".{60,}?[.;\n](?=\s|$)", re.DOTALL)
"""To the end of the first sentence, or of the first few where they are short: a terse row is one statement."""
OPEN_SIDE = 366
"""A date open on one side is taken as the year beside the side that is known."""


UNDATED: Span = (0, 0)
"""Far from every day."""


def traits(timeline: Timeline, also: frozenset[str] = frozenset()) -> tuple[Traits, ...]:
    """The traits of every dated entry that tells of something, in the timeline's order; and of the entries in `also`."""
    agency_of = {actor.id: actor.agency for actor in timeline.actors if actor.agency}
    return tuple(
        _of(place, entry, span or UNDATED, agency_of, kinds())
        for place, entry in enumerate(timeline.entries)
        if ((span := days(entry.when)) and not entry.declares) or entry.id in also
    )


def _of(place: int, entry: Entry, span: Span, agency_of: Mapping[str, str], known: Kinds) -> Traits:
    types = _types(entry.events)
    main = frozenset(_main(entry))
    return Traits(
        place,
        entry,
        entry.agency,
        span,
        frozenset(_spoken(entry)) - {span},
        types,
        main,
        known.families(types),
        known.general(types),
        known.families(main) | known.general(main),
        frozenset(_named(entry, agency_of)) - {entry.agency, ""},
        frozenset(_far_sides(entry, "referred-to", "told")) - {entry.agency},
        frozenset(_far_sides(entry, "referred-by", "author")) - {entry.agency},
        frozenset(entry.subjects),
        frozenset(_people(entry)),
        frozenset(_references(entry)),
        {event.type: event.ordinal for event in entry.events if event.ordinal is not None},
        content_words(entry),
        _phrases(entry.events),
        _minute(entry.when.start_time),
    )


def days(when: When) -> Span | None:
    """First and last day as ordinals; an open side is held within a year; None for no date."""
    if not when.known:
        return None
    first = when.start.toordinal() if when.start else when.latest.toordinal() - OPEN_SIDE
    last = when.end.toordinal() if when.end else first + OPEN_SIDE
    return (max(first, 1), max(first, last))


def _types(events: Iterable[Event]) -> Mapping[str, EventStatus]:
    found: dict[str, EventStatus] = {}
    for event in events:
        if event.type not in found or STRENGTH[event.status] > STRENGTH[found[event.type]]:
            found[event.type] = event.status
    return found


def _main(entry: Entry) -> Iterable[str]:
    """Types that a category names, and types in the first statement; where those are none, in whatever comes first."""
    statement = FIRST_STATEMENT.match(entry.text)
    end = statement.end() if statement else len(entry.text)
    first = [
        event.type
        for event in entry.events
        if event.column == "category" or (event.column == "text" and event.begin < end)
    ]
    return first or (event.type for event in entry.events[:1])


def _spoken(entry: Entry) -> Iterable[Span]:
    whens = [mention.when for mention in entry.dates] + [event.when for event in entry.events if event.when]
    return (span for when in whens if (span := days(when)) is not None)


def _named(entry: Entry, agency_of: Mapping[str, str]) -> Iterable[str]:
    for mention in entry.mentions:
        yield mention.actor if mention.kind == "agency" else agency_of.get(mention.actor, "")
    for event in entry.events:
        yield from (event.from_agency or "", event.to_agency or "", *event.participants)


def _far_sides(entry: Entry, *parts: str) -> Iterable[str]:
    """Agencies that the entry's events or mentions put on the far side of what was passed on."""
    yield from (mention.actor for mention in entry.mentions if mention.kind == "agency" and mention.part in parts)
    sending = "referred-to" in parts
    yield from (far for event in entry.events if (far := event.to_agency if sending else event.from_agency))


def _people(entry: Entry) -> Iterable[str]:
    yield from (mention.actor for mention in entry.mentions if mention.kind in ("person", "role"))
    yield from (person for person in entry.people if person not in entry.subjects)


def _references(entry: Entry) -> Iterable[str]:
    yield from REFERENCE.findall(entry.text)
    yield from REFERENCE.findall(entry.fields.get("reference", ""))
    for event in entry.events:
        yield from event.references


def _phrases(events: Iterable[Event]) -> frozenset[str]:
    return stems(" ".join(event.words for event in events))


def _minute(clock: str | None) -> int | None:
    return int(clock[:2]) * 60 + int(clock[3:5]) if clock else None
