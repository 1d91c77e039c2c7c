"""What the signals compare: one entry boiled down to numbers and sets, once, so that a pair is weighed quickly."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice

from chrono.clocks import clock_times
from chrono.merge.called import Callers, Calls
from chrono.merge.direction import Side, side
from chrono.merge.ideas import ideas_of
from chrono.merge.kinds import families, general, kinds, natures
from chrono.merge.words import SPOKEN_COLUMNS, content_words
from chrono.model import Entry, Event, EventStatus, Mention, Timeline, When
from chrono.stems import stems
from chrono.told_days import told_days

Span = tuple[int, int]
"""First and last day as ordinals, both inclusive."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One dated entry as links see it. `place` is its place in the timeline's order, and so a total order of pairs."""

    place: int
    entry: Entry
    agency: str
    recorder: str
    """Who wrote the row: the agency, or its team, sheet or file, where it sent several."""
    span: Span
    spoken: frozenset[Span]
    """Days the text itself speaks of, other than the entry's own."""
    told: frozenset[Span]
    """Days shortly before its own on which, as the text says, what it tells of happened: 'yesterday', 'on the 14th'."""
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
    unnumbered: frozenset[str]
    """Types of a series that it names without saying which of the series: 'CP conference'."""
    headed: frozenset[str]
    """The meetings and the like that its category names: the row is of these, whatever others its text tells of."""
    exchanged: bool
    """True if it is mainly about something sent, received or said between two."""
    hearsay: bool
    """True if it first of all passes on what somebody says happened."""
    named: frozenset[str]
    """Other agencies the row names, in person or through their workers."""
    sends_to: frozenset[str]
    """Agencies to which the row says something was sent or referred."""
    comes_from: frozenset[str]
    """Agencies from which the row says something came."""
    told_on: frozenset[Span]
    """Days on which, as a column of it says, others were told of it."""
    subjects: frozenset[str]
    people: frozenset[str]
    roles: frozenset[str]
    """Those of its people whom it only calls by what they are."""
    references: frozenset[str]
    ordinals: Mapping[str, int]
    words: frozenset[str]
    ideas: Mapping[str, Set[str]] = field(default_factory=dict)
    """What its text speaks of, in whatever words -> the words."""
    typed_ideas: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Type -> ideas of the words it was recognised by: weighed as kinds, not again as ideas."""
    phrases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Type -> stems of the words it was recognised by: weighed as kinds, not again as words."""
    minute: int | None = None
    """Clock time as minutes after midnight."""
    times: frozenset[int] = frozenset()
    """Clock times: its own, else those its text gives."""

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
REFERENCE = re.compile(
    r"\b(?!\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b)(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z/])[A-Z0-9][A-Z0-9/-]{4,}\b"
)
"""What looks like a crime, incident or case number: letters or strokes among digits, five characters or more."""
FIRST_STATEMENT = re.compile(r".{8,}?[.;\n](?=\s|$)", re.DOTALL)
FEW_STATEMENTS = re.compile(r".{60,}?[.;\n](?=\s|$)", re.DOTALL)
"""To the end of the first sentence; and of the first few where they are short, as terse rows have them."""
BEARING = re.compile(
    r"\b(?:after|following|since|before|prior to|pending|instead of)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
PAPER_FOR = re.compile(
    r"\b(?:reports?|papers|paperwork|statement|chronology|update|information)\b[^.;]{0,25}\b(?:to|for)\s+(?:the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a meeting: what was sent to it or written for it."""
NUMBER = re.compile(r"\b[A-Z]*[/-]?\d+[A-Z0-9/-]*\b")
OPEN_SIDE = 366
"""A date open on one side is taken as the year beside the side that is known."""


LOCAL = 3
"""How many times the rows of a second force the local one has."""
TOLD = ("told", "shared")
"""Columns that say who was told of what the row is about."""

SIDES: Mapping[str, Side] = {"referred-to": "to", "told": "to", "referred-by": "from", "author": "from"}
"""The parts that mentions play, as sides of what is passed on."""
TELLING = frozenset(("text", *SPOKEN_COLUMNS))
"""Columns in which the words around a name are looked at."""

UNDATED: Span = (0, 0)
"""Far from every day."""


def traits(timeline: Timeline, also: frozenset[str] = frozenset(), *, alone: bool = False) -> tuple[Traits, ...]:
    """The traits of every dated entry that tells of something, in the timeline's order; and of the entries in `also`.

    `alone`: only of those with the same days as another of their agency, as rows that stand there twice have.
    """
    agency_of = {actor.id: actor.agency for actor in timeline.actors if actor.agency}
    numbered = _numbered(timeline.entries)
    parts = _parts_of(timeline.entries)
    services = _services(timeline)
    callers = Callers(timeline.case.agencies)
    spans = [days(entry.when) for entry in timeline.entries]
    rows = Counter((entry.agency, span) for entry, span in zip(timeline.entries, spans, strict=True))
    return tuple(
        _of(place, entry, span or UNDATED, agency_of, numbered, parts, services, callers)
        for place, (entry, span) in enumerate(zip(timeline.entries, spans, strict=True))
        if (span and not entry.declares and (not alone or rows[entry.agency, span] > 1)) or entry.id in also
    )


def _parts_of(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many parts (teams, sheets, files) each agency's rows stand in."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        found[entry.agency].add(_part(entry))
    return {agency: len(parts) for agency, parts in found.items()}


def _part(entry: Entry) -> str:
    return entry.fields.get("team", "") or f"{entry.source.file} {entry.source.sheet}"


def part_name(entry: Entry) -> str:
    """What the part of an agency in which the row stands is called."""
    return entry.fields.get("team", "") or entry.source.sheet or entry.source.file


def _recorder(entry: Entry, parts: Mapping[str, int]) -> str:
    """Who wrote the row; two teams of one agency may both have been at a meeting."""
    return f"{entry.agency} {_part(entry)}" if parts[entry.agency] > 1 else entry.agency


Services = Mapping[str, Mapping[str, int]]
"""Kind of agency -> the agencies of that kind, with the rows of each."""


def _services(timeline: Timeline) -> Services:
    rows = Counter(entry.agency for entry in timeline.entries)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for agency in timeline.case.agencies:
        if rows[agency.id]:
            found[agency.kind][agency.id] = rows[agency.id]
    return found


def _the_one(services: Mapping[str, int]) -> frozenset[str]:
    """The agency meant by 'the police': the only one, or that which has far more to tell than all others together."""
    most = max(services, key=lambda agency: services[agency], default="")
    return frozenset((most,) if most and services[most] > LOCAL * (sum(services.values()) - services[most]) else ())


Numbered = Mapping[tuple[str, str], Entry]
"""(file, the row's own reference number) -> the row."""


def _numbered(entries: Iterable[Entry]) -> Numbered:
    return {
        (entry.source.file, number): entry for entry in entries if (number := entry.fields.get("reference", "").strip())
    }


def _cited(entry: Entry, numbered: Numbered) -> Iterator[Entry]:
    """The rows of the same return that the text cites by their number: 'social care told of M07' tells of what M07 tells."""
    if not numbered or "reference" not in entry.fields:
        return
    for word in NUMBER.findall(entry.text):
        cited = numbered.get((entry.source.file, word))
        if cited and cited is not entry:
            yield cited


def _of(
    place: int,
    entry: Entry,
    span: Span,
    agency_of: Mapping[str, str],
    numbered: Numbered,
    parts: Mapping[str, int],
    services: Services,
    callers: Callers,
) -> Traits:
    cited = tuple(_cited(entry, numbered))
    minute = _minute(entry.when.start_time)
    calls = callers.calls(entry.agency, entry.text)
    sides = _sides(entry, agency_of, calls)
    spoken = frozenset(_spoken(entry, cited)) - {span}
    told = [event for row in (entry, *cited) for event in row.events]
    types = _types(told)
    all_types = frozenset(types)
    first = _first(entry)
    main = _main(entry, first)
    category = frozenset(event.type for event in entry.events if event.column == "category")
    sender, receiver = _by_nature(entry, main, services)
    named = frozenset(_named(entry, agency_of)) | sender | receiver
    return Traits(
        place,
        entry,
        entry.agency,
        _recorder(entry, parts),
        span,
        spoken,
        _told(entry, span, spoken),
        types,
        main,
        families(all_types),
        general(all_types),
        families(main) | general(main),
        _unnumbered(told),
        frozenset(type_ for type_ in category if "shared" in natures(families(frozenset((type_,))))),
        "exchange" in natures(families(category or main)),
        bool(first & kinds().hearsay),
        (named | calls.named) - {entry.agency, ""},
        (frozenset(sides["to"]) | receiver) - {entry.agency, ""},
        (frozenset(sides["from"]) | sender) - {entry.agency, ""},
        frozenset(day for event in entry.events if event.column in TOLD and event.when and (day := days(event.when))),
        frozenset(entry.subjects),
        frozenset(person for row in (entry, *cited) for person in _people(row)),
        frozenset(mention.actor for mention in entry.mentions if mention.kind != "person"),
        frozenset(_references(entry)),
        {event.type: event.ordinal for event in entry.events if event.ordinal is not None},
        content_words(entry).union(*map(content_words, cited)),
        _ideas(entry, cited),
        {event.type: frozenset(ideas_of(event.words)) for event in told},
        _phrases(told),
        minute,
        clock_times(entry.text) if minute is None else frozenset((minute,)),
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


def _unnumbered(events: Iterable[Event]) -> frozenset[str]:
    numbered = kinds().numbered
    of_series = [event for event in events if event.type in numbered]
    said = {event.type for event in of_series if numbered[event.type] & set(event.words.lower().split())}
    return frozenset(event.type for event in of_series) - said


def _main(entry: Entry, first: frozenset[str]) -> frozenset[str]:
    """Types that a category names, and types in the first statement with what goes on in the same manner after it.

    An arm injury after an arrival by ambulance belongs to it; a stabbing that an assessment then mentions does not, nor a
    meeting for which a report is sent.
    """
    if not first:
        beside = (event.type for event in entry.events if event.column not in TOLD and not _for_a_meeting(event, entry))
        return frozenset(islice(beside, 1))
    manners = _manners(first)
    then = (event.type for event in entry.events if _leads(event, entry, _end(FEW_STATEMENTS, entry.text)))
    return first | {type_ for type_ in then if _manners(frozenset((type_,))) & manners}


def _for_a_meeting(event: Event, entry: Entry) -> bool:
    before = entry.text[: max(0, event.begin)] if event.column == "text" else ""
    return event.nature == "meeting" and event.status == "referred-to" and PAPER_FOR.search(before) is not None


def _first(entry: Entry) -> frozenset[str]:
    end = _end(FIRST_STATEMENT, entry.text)
    return frozenset(event.type for event in entry.events if _leads(event, entry, end))


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else len(text)


def _manners(types: frozenset[str]) -> frozenset[str]:
    """How events of these types come about: an agency's own work, or shared, exchanged, happened."""
    known = kinds()
    others = natures(families(types - known.own))
    return others | {"own"} if types & known.own else others


def _leads(event: Event, entry: Entry, end: int) -> bool:
    """True in the category, for what the return itself implies, and before `end` of the text, unless the row only refers to it
    or takes its bearings from it: 'places found after exclusion'."""
    if event.status == "referred-to":
        return False
    if event.column != "text":
        return event.column in ("category", "")
    return event.begin < end and not BEARING.search(entry.text[max(0, event.begin - 20) : max(0, event.begin)])


def _spoken(entry: Entry, cited: Iterable[Entry]) -> Iterable[Span]:
    whens = [mention.when for mention in entry.dates] + [event.when for event in entry.events if event.when]
    whens += [row.when for row in cited]
    return (span for when in whens if (span := days(when)) is not None)


RECENT = 31
"""Days for which a text looks back at what it tells of, and not at what was before."""


def _told(entry: Entry, own: Span, spoken: frozenset[Span]) -> frozenset[Span]:
    """The certain days shortly before the row's own that its text names."""
    if own[0] != own[1] or own == UNDATED:
        return frozenset()
    dated = (span for span in spoken if span[0] == span[1] and own[0] - RECENT <= span[0] < own[0])
    return frozenset((*dated, *((day, day) for day in told_days(entry.text, own[0]) if day)))


def _ideas(entry: Entry, cited: Iterable[Entry]) -> Mapping[str, Set[str]]:
    beside = (entry.fields.get(column, "") for column in SPOKEN_COLUMNS)
    return ideas_of(" . ".join((entry.text, *beside, *(row.text for row in cited))))


def _named(entry: Entry, agency_of: Mapping[str, str]) -> Iterable[str]:
    for mention in entry.mentions:
        yield mention.actor if mention.kind == "agency" else agency_of.get(mention.actor, "")
    for event in entry.events:
        yield from (event.from_agency or "", event.to_agency or "", *event.participants)


def _sides(entry: Entry, agency_of: Mapping[str, str], calls: Calls) -> Mapping[Side, set[str]]:
    """The agencies from which something came, and those to which something went: by their events, by the columns they stand
    in and by the words around them; where these say something, they count for more than the part that they seem to play."""
    found: dict[Side, set[str]] = {"from": set(calls.senders), "to": set(calls.receivers), "": set()}
    for event in entry.events:
        found["from"].add(event.from_agency or "")
        found["to"].add(event.to_agency or "")
    for mention in entry.mentions:
        agency = mention.actor if mention.kind == "agency" else agency_of.get(mention.actor, "")
        if agency:
            found[_side_of(mention, entry)].add(agency)
    return found


def _side_of(mention: Mention, entry: Entry) -> Side:
    cell = entry.cell(mention.column)
    said = side(cell, mention.begin, mention.end) if mention.begin >= 0 and mention.column in TELLING else ""
    return said or (SIDES.get(mention.part, "") if mention.kind == "agency" else "")


def _by_nature(entry: Entry, main: frozenset[str], services: Services) -> tuple[frozenset[str], frozenset[str]]:
    """From whom and to whom a notice goes by its nature, where the row need not say so: a police notice is from the police."""
    sent = [event for event in entry.events if event.type in main and event.type in kinds().between]
    if not sent or any(event.from_agency or event.to_agency for event in sent):
        return frozenset(), frozenset()
    senders, receivers = (services.get(kind, {}) for kind in kinds().between[sent[0].type])
    if entry.agency in senders:
        return frozenset(), _the_one(receivers)
    return _the_one(senders), frozenset()


def _people(entry: Entry) -> Iterable[str]:
    yield from (mention.actor for mention in entry.mentions if mention.kind in ("person", "role", "unresolved"))
    yield from (person for person in entry.people if person not in entry.subjects)


def _references(entry: Entry) -> Iterable[str]:
    yield from REFERENCE.findall(entry.text)
    yield from REFERENCE.findall(entry.fields.get("reference", ""))
    for event in entry.events:
        yield from event.references


def _phrases(events: Iterable[Event]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for event in events:
        found[event.type] = found.get(event.type, frozenset()) | stems(event.words)
    return found


def _minute(clock: str | None) -> int | None:
    return int(clock[:2]) * 60 + int(clock[3:5]) if clock else None
