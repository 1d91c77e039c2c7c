"""The nouns of chrono: what passes between the stages, named as in combined.json. No files, no words, no rules."""

from __future__ import annotations

import importlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Precision = Literal[
    "minute", "day", "range", "week", "month", "season", "quarter", "term", "half", "year", "open", "none"
]
WhenStatus = Literal["ok", "ditto", "conflict", "invalid", "unknown"]
EventStatus = Literal["occurred", "planned", "cancelled", "did-not-happen", "referred-to"]
DateRole = Literal["occurred", "recorded", "planned-for", "referring-back", "due-by"]
Category = Literal["gap", "contradiction", "missing-record", "data-quality"]
Severity = Literal["high", "medium", "low"]
Certainty = Literal["definite", "possible"]
ActorKind = Literal["subject", "person", "role", "agency", "unresolved"]
SheetKind = Literal["chronology", "other", "empty", "hidden"]

Value = str | int | float | bool | datetime | date | time | None
"""What a cell holds: text as typed, numbers, and real date cells as datetime."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

TELLING = ("category", "outcome", "action", "reason", "comment")
"""The columns beside the text that say what happened and what came of it."""
OF_WHO_AND_WHERE = frozenset(
    {
        "date",
        "reported",
        "recorded",
        "end-date",
        "time",
        "end-time",
        "sequence",
        "reference",
        "people",
        "worker",
        "told",
        "referrer",
    }
    | {"subject", "agency", "team", "source", "location", "shared", "age", "review-flag"}
)
"""The columns that say who, where and when; a sentence in any other one tells what happened."""

EDTF_SEASONS: Mapping[int, int] = MappingProxyType({3: 21, 6: 22, 9: 23})
"""First month of a season -> its EDTF number. Winter runs over the year's end, so it is written as an interval."""

# ---------------------------------------------------------------------------------------------- where and when


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """Where something is written: row numbers are the ones the spreadsheet shows.

    `file` is the path relative to the returns folder with '/'; `sheet` is '' for csv and 'table N' for Word;
    `row` is 1-based: the line on which a csv record begins, the row of a Word table.
    """

    file: str
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        place = f"{self.file} [{self.sheet}]" if self.sheet else self.file
        return f"{place} row {self.row}" if self.row else place


@dataclass(frozen=True, slots=True)
class When:
    """The days something written can mean: `start` to `end`, both inclusive; a side that is open or unknown is None.

    The only place where uncertain dates are compared: `surely_*` holds for every reading, `may_*` for at least one.
    Times are 'HH:MM'. `notation` names the notation that read it, `notes` the assumptions made and doubts met.
    """

    text: str
    start: date | None = None
    end: date | None = None
    precision: Precision = "none"
    approximate: bool = False
    status: WhenStatus = "unknown"
    start_time: str | None = None
    end_time: str | None = None
    notation: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def unknown(cls, text: str = "", *notes: str) -> When:
        """A date that is not given, or that nobody can read."""
        return cls(text, notes=notes)

    @classmethod
    def of_day(cls, day: date, text: str = "") -> When:
        """One certain day."""
        return cls(text or day.isoformat(), day, day, "day", status="ok")

    @property
    def known(self) -> bool:
        """True if at least one side is a day."""
        return self.start is not None or self.end is not None

    @property
    def is_day(self) -> bool:
        """True if it can only be one single day, and nobody doubts it."""
        return self.start is not None and self.start == self.end and not self.approximate

    @property
    def earliest(self) -> date:
        """The first day it can be; the beginning of time when that side is open."""
        return self.start or date.min

    @property
    def latest(self) -> date:
        """The last day it can be; the end of time when that side is open."""
        return self.end or date.max

    def surely_before(self, other: When) -> bool:
        """True only if every reading of the two puts this one on an earlier day."""
        return self.known and other.known and self.latest < other.earliest

    def surely_after(self, other: When) -> bool:
        """True only if every reading of the two puts this one on a later day."""
        return other.surely_before(self)

    def surely_same_day(self, other: When) -> bool:
        """True only if both are one certain day, and the same."""
        return self.is_day and other.is_day and self.start == other.start

    def may_overlap(self, other: When, slack: int = 0) -> bool:
        """True if some reading has both on one day, or not more than `slack` days apart. False if either is unknown."""
        if not (self.known and other.known):
            return False
        least, _ = self.days_until(other)
        return least <= slack if least > 0 else (other.days_until(self)[0] <= slack)

    def within(self, first: date | None, last: date | None) -> bool | None:
        """True or False if it surely is, or surely is not, from `first` to `last` (inclusive, None is open); else None."""
        low, high = first or date.min, last or date.max
        if not self.known:
            return None
        if self.latest < low or self.earliest > high:
            return False
        return True if low <= self.earliest and self.latest <= high else None

    def days_until(self, other: When) -> tuple[int, int]:
        """The least and the most days from this to `other`; negative if `other` is earlier. Open sides are counted to
        the ends of time, so check `known` and the sides where the most matters."""
        return (other.earliest - self.latest).days, (other.latest - self.earliest).days

    def days_apart(self, other: When) -> int:
        """The fewest days that can lie between the two, whichever is earlier; 0 if they may be of one day."""
        return max(self.days_until(other)[0], other.days_until(self)[0], 0)

    @property
    def sort_key(self) -> tuple[date, str, date]:
        """Orders by first day, then clock time, then last day; what is unknown comes last."""
        if not self.known:
            return (date.max, "99:99", date.max)
        return (self.start or self.latest, self.start_time or "", self.latest)

    @property
    def edtf(self) -> str:
        """The date as ISO 8601-2 / EDTF level 1 text: '2017-06-03', '2017-06', '2017-22' (summer), '2017-06-03/2017-06-05',
        '../2017-06-03', '2017-06-03T14:30:00'; '~' marks what is approximate, '' stands for no date."""
        if not self.known:
            return ""
        if self.start is None or self.end is None:
            return f"{self.start or '..'}/{self.end or '..'}"
        doubt = "~" if self.approximate else ""
        if self.start == self.end:
            return f"{self.start}T{self.start_time}:00" if self._one_minute else f"{self.start}{doubt}"
        month, year = self.start.isoformat()[:7], self.start.isoformat()[:4]
        if self.precision == "month":
            return f"{month}{doubt}"
        if self.precision == "year" and (self.start.month, self.start.day, self.end.month) == (1, 1, 12):
            return f"{year}{doubt}"
        if self.precision == "season" and self.start.month in EDTF_SEASONS:
            return f"{year}-{EDTF_SEASONS[self.start.month]}{doubt}"
        return f"{self.start}{doubt}/{self.end}{doubt}"

    @property
    def _one_minute(self) -> bool:
        return self.start_time is not None and self.end_time is None and not self.approximate

    def __str__(self) -> str:
        """As read, in words a reader of dates in England expects: '3 Jun 2017', '1 to 10 Jun 2017', 'before 3 Jun 2017'."""
        if not self.known:
            return self.text or "no date"
        if self.start is None:
            return f"up to {short_day(self.latest)}"
        if self.end is None:
            return f"from {short_day(self.start)}"
        if self.start == self.end:
            return short_day(self.start) + (f" {self.start_time}" if self.start_time else "")
        if self.precision == "month":
            return f"{self.start:%b %Y}"
        return f"{short_day(self.start)} to {short_day(self.end)}"


def short_day(day: date) -> str:
    """A day as a reader in England writes it: '3 Jun 2017'."""
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression inside a text: its place (`begin` inclusive, `end` exclusive) and what it dates."""

    begin: int
    end: int
    when: When
    role: DateRole


# ------------------------------------------------------------------------------------------------------ the case


@dataclass(frozen=True, slots=True)
class Subject:
    """A child or young person under review."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    dob: When | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the case names: family or professional."""

    id: str
    name: str
    role: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation of the case. `files` are patterns of its returns' names, `columns` maps a column's role to its header."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    asked: bool = False
    files: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    kind: str = ""
    """Kind of service: police, social-care, health, hospital, mental-health, school, education, youth-justice,
    housing, early-help, voluntary, panel, court, probation ...; '' when it cannot be told."""


@dataclass(frozen=True, slots=True)
class Case:
    """The terms of reference. Where there is no case.yaml, `assumptions` says what was assumed instead."""

    title: str = ""
    start: date | None = None
    end: date | None = None
    subjects: tuple[Subject, ...] = ()
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """Rule name or code -> options, or False for off."""
    expectations: tuple[Mapping[str, Any], ...] = ()
    vocabulary: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """Words of the field that this case adds: {'events': {type: [phrases]}, 'headers': {role: [headers]}}."""
    joined: tuple[tuple[Source, Source], ...] = ()
    """Pairs of rows the reviewer says are one event."""
    parted: tuple[tuple[Source, Source], ...] = ()
    """Pairs of rows the reviewer says are not one event."""
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: NOTHING)
    """Finding id -> {'status': ..., 'reason': ...} as the reviewer decided."""
    from_file: bool = False
    assumptions: tuple[str, ...] = ()

    def agency(self, agency_id: str) -> Agency | None:
        """The agency with this id, or None."""
        return next((agency for agency in self.agencies if agency.id == agency_id), None)

    def name_of(self, id_: str) -> str:
        """The name the case gives to a subject's, person's or agency's id; the id itself if it gives none."""
        named: tuple[Agency | Subject | Person, ...] = (*self.agencies, *self.subjects, *self.people)
        return next((one.name for one in named if one.id == id_), id_)


# ------------------------------------------------------------------------------------ stage 1: files to sheets


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about a cell that its value does not show. `column` is 0-based; -1 is the whole row or sheet.

    Kinds: struck, white, hidden (Word's hidden text), inserted (`text`: the words concerned, '' for the whole cell); deleted
    (`text` is no part of the value); comment, footnote, text-box (their words); formula (the formula: the file holds no
    value for it); error; shown (a date cell that shows a month or a year only, in words: 'May 2019': its day was never
    written); number-format (the format of a date cell that shows it otherwise: 'd-mmm' without its year, 'mm/dd/yyyy').
    """

    kind: str
    column: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with content, as the file has it. `number` is the one the spreadsheet shows; cells stand at their column."""

    number: int
    cells: tuple[Value, ...]
    hidden: bool = False
    """Hidden or filtered out."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: rows as shown (1-based), columns 0-based, all inclusive. Only its first cell holds the value."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, one Word table, or a whole csv, as read: no row left out, nothing interpreted."""

    file: str
    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    heading: str = ""
    """Word: the text that stands directly above the table."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be used, said once: which file, what is wrong, and what would help. `fatal`: the file gave nothing."""

    file: str
    what: str
    remedy: str = ""
    sheet: str = ""
    row: int = 0
    fatal: bool = False

    def __str__(self) -> str:
        where = str(Source(self.file, self.sheet, self.row))
        return f"{where}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Return:
    """One file as an agency sent it. `file` is its name as cited; `modified` its own date; `notes` text outside tables."""

    file: str
    sha256: str
    size: int
    sheets: tuple[Sheet, ...]
    modified: datetime | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


# ---------------------------------------------------------------------------------- stage 2: sheets to entries


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is no entry, and why: title | header | heading | note | continuation | total | guidance | declaration |
    alias | unreadable ... For a continuation, `belongs_to` is the row it continues."""

    row: int
    why: str
    text: str = ""
    belongs_to: int = 0


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """How every row of one sheet was accounted for: rows = entries + set aside.

    `columns` maps a column's role to the header it was read from; `unrecognised` lists headers kept under their own name.
    """

    sheet: str
    kind: SheetKind
    rows: int
    entries: int
    set_aside: tuple[SetAside, ...] = ()
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    unrecognised: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """An agency's own statement that it had no contact or holds no records; `when` is the period it speaks of."""

    agency: str
    when: When
    source: Source
    text: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnAccount:
    """One file accounted for. `agency` is the id of the agency it came from; `how` says by which means that was told."""

    file: str
    sha256: str
    agency: str | None
    sheets: tuple[SheetAccount, ...]
    how: str = ""
    size: int = 0
    modified: datetime | None = None
    same_as: str = ""
    """Another file with the same content, if there is one; this one's entries are then not doubled."""


@dataclass(frozen=True, slots=True)
class Surface:
    """A form in which an actor is written, the files it stands in, how often, and by which means it was recognised."""

    text: str
    files: tuple[str, ...]
    count: int = 1
    how: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a name was taken to be. Unresolved ones carry the best `suggestion` (an id) and `why`."""

    id: str
    kind: ActorKind
    name: str
    surfaces: tuple[Surface, ...] = ()
    role: str = ""
    agency: str = ""
    suggestion: str = ""
    why: str = ""


class Mention(NamedTuple):
    """A name inside a cell: its words, the column role it stands in ('text', 'people', ...), its place, who it was taken to be.

    `actor` is an id from actors (unresolved ones have one too). `part` says what the actor does there, where the words
    show it: present, told, referred-to, referred-by, provider, decided, author, absent, invited, spoken-of; '' if unknown.
    """

    text: str
    actor: str
    kind: ActorKind
    column: str = "text"
    begin: int = -1
    end: int = -1
    part: str = ""


@dataclass(frozen=True, slots=True)
class AgeStatement:
    """How old a row says a child (subject id) is, as the first and last day of birth that would make it true."""

    child: str
    words: str
    born: tuple[date, date]
    column: str = "text"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a row speaks of. Only status `occurred` proves that it took place.

    `when` only where the text itself dates it (else the entry's own date counts). `count` is (least, most) where the words
    number it. `words` is the phrase found, at `begin`..`end` of column `column`. `sure` is False where the phrase is vague.
    """

    type: str
    status: EventStatus = "occurred"
    when: When | None = None
    outcome: str | None = None
    from_agency: str | None = None
    to_agency: str | None = None
    ordinal: int | None = None
    count: tuple[int, int] | None = None
    participants: tuple[str, ...] = ()
    """Agencies (ids) the row names as taking part."""
    documents: tuple[str, ...] = ()
    """Documents the row cites with it: minutes, plan, assessment, agreement ..."""
    references: tuple[str, ...] = ()
    """Crime, incident, referral numbers."""
    words: str = ""
    column: str = "text"
    begin: int = -1
    end: int = -1
    sure: bool = True
    family: str = ""
    """Types of one family may be names for one and the same event (discussion and meeting); types of different families
    never are (a looked-after review and a secure accommodation review)."""
    nature: str = ""
    """meeting, assessment, visit, contact, referral, notification, incident, decision, plan, status, document ..."""
    weight: int = 1
    """How serious: 0 routine or supportive, 1 ordinary, 2 a concern or a formal step, 3 serious (injury, weapon, arrest,
    missing, disclosure), 4 life-threatening or death."""


@dataclass(frozen=True)
class Entry:
    """One row of a return as a dated contact. `fields` holds every other cell by column role or header, as written.

    `id` comes from content, so it stays when rows are moved or other rows are added. `agency` is an id. `sequence` orders
    entries within a day where the return says so. `marks` tell of hidden, struck-out or commented cells.
    """

    id: str
    source: Source
    agency: str
    when: When
    text: str
    recorded: When | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    sequence: int = 0
    hidden: bool = False
    marks: tuple[Mark, ...] = ()
    continued: tuple[int, ...] = ()
    """Rows whose text continues this entry's."""
    declares: Literal["", "no-contact", "not-open", "no-records"] = ""
    """Set where the row states an absence instead of an event."""
    ages: tuple[AgeStatement, ...] = ()

    def records(self, *types: str, status: EventStatus | None = "occurred") -> bool:
        """True if the row speaks of an event of one of `types` with this status (None: any status)."""
        return any(event.type in types and status in (None, event.status) for event in self.events)

    def events_of(self, *types: str, status: EventStatus | None = "occurred") -> tuple[Event, ...]:
        """The row's events of `types` with this status (None: any status)."""
        return tuple(event for event in self.events if event.type in types and status in (None, event.status))

    def cell(self, column: str) -> str:
        """The text of a column by its role or header ('text' is what happened); '' where the row has none."""
        return self.text if column == "text" else self.fields.get(column, "")

    @cached_property
    def told(self) -> str:
        """What the row tells, without the columns of who and where: kind, text, outcome, action, reason, comment, and what
        stands in words under a heading of the agency's own ("How it went").

        Kept once made: every rule that reads words asks for it again."""
        kind, *rest = (self.fields.get(name, "") for name in TELLING)
        own = (cell for name, cell in self.fields.items() if name not in TELLING and name not in OF_WHO_AND_WHERE)
        return " · ".join(
            part for part in (kind, self.text, *rest, *(cell for cell in own if cell.count(" ") >= 2)) if part
        )

    @property
    def all_text(self) -> str:
        """What happened and every other cell, for reading: 'text · header: cell · ...'."""
        return " · ".join((self.text, *(f"{name}: {cell}" for name, cell in self.fields.items() if cell)))


# --------------------------------------------------------------------------------- stage 3: one order, links


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for (positive weight, in bits) or against (negative) that entries record the same event."""

    signal: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Entries (ids) that record one and the same real event, and why. `kind`: same-event, or duplicate within one return."""

    id: str
    entries: tuple[str, ...]
    confidence: float
    reasons: tuple[Reason, ...]
    kind: Literal["same-event", "duplicate"] = "same-event"


@dataclass(frozen=True, slots=True)
class Episode:
    """A state that lasts: missing, looked-after, cp-plan, placement, case-open, bail, on-roll, custody, allocated ...

    `opened` and `closed` are entry ids; an episode without a closing row has closed None and its `end` unknown.
    `label` is what is told apart within a kind: the placement's name, the worker's id.
    """

    kind: str
    subject: str
    agency: str
    start: When
    end: When
    opened: str | None
    closed: str | None
    label: str = ""


@dataclass(frozen=True)
class Timeline:
    """Everything the returns say, in one order. `entries` are ordered by (date, agency, source); undated ones come last."""

    case: Case
    returns: tuple[ReturnAccount, ...]
    entries: tuple[Entry, ...]
    links: tuple[Link, ...] = ()
    actors: tuple[Actor, ...] = ()
    episodes: tuple[Episode, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_source(self) -> Mapping[Source, Entry]:
        """Entries by the row they were read from."""
        return {entry.source: entry for entry in self.entries}

    @cached_property
    def _by_agency(self) -> Mapping[str, tuple[Entry, ...]]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.agency].append(entry)
        return {agency: tuple(groups[agency]) for agency in sorted(groups)}

    def by_agency(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Each agency (id) that has entries, with its entries in order."""
        yield from self._by_agency.items()

    def of(self, agency: str) -> tuple[Entry, ...]:
        """The entries of one agency (id), in order."""
        return self._by_agency.get(agency, ())

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Entry, ...]]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for kind in dict.fromkeys(event.type for event in entry.events):
                groups[kind].append(entry)
        return {kind: tuple(found) for kind, found in groups.items()}

    def recording(self, *types: str, status: EventStatus | None = "occurred") -> tuple[Entry, ...]:
        """Entries, in order, that speak of an event of one of `types` with this status (None: any)."""
        if len(types) == 1:
            return tuple(e for e in self._by_type.get(types[0], ()) if e.records(types[0], status=status))
        found = {e.id: e for kind in types for e in self._by_type.get(kind, ()) if e.records(kind, status=status)}
        return tuple(sorted(found.values(), key=lambda entry: self._place[entry.id]))

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {entry.id: place for place, entry in enumerate(self.entries)}

    @cached_property
    def dated(self) -> tuple[Entry, ...]:
        """Entries with a date, in order."""
        return tuple(entry for entry in self.entries if entry.when.known)

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return tuple(entry.when.start or entry.when.latest for entry in self.dated)

    def starting_between(self, first: date, last: date) -> tuple[Entry, ...]:
        """Dated entries whose first possible day lies from `first` to `last`, both included."""
        return self.dated[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    @cached_property
    def _links_of(self) -> Mapping[str, tuple[Link, ...]]:
        groups: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            for entry in link.entries:
                groups[entry].append(link)
        return {entry: tuple(links) for entry, links in groups.items()}

    def links_of(self, entry: Entry) -> tuple[Link, ...]:
        """The links an entry belongs to."""
        return self._links_of.get(entry.id, ())

    def linked(self, entry: Entry) -> tuple[Entry, ...]:
        """The other entries that record the same event."""
        ids = {id_ for link in self.links_of(entry) for id_ in link.entries} - {entry.id}
        return tuple(self.by_id[id_] for id_ in sorted(ids, key=self._place.__getitem__))

    @cached_property
    def returned(self) -> frozenset[str]:
        """Ids of agencies with a return that holds entries or a declaration."""
        declared = {declaration.agency for declaration in self.declarations}
        return frozenset(self._by_agency) | declared

    @cached_property
    def actor_by_id(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.actors}

    def name_of(self, id_: str) -> str:
        """The name of an agency, subject, person or other actor."""
        return self._names.get(id_, id_)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Names by id. Where the case gives the id for a name, or none, the actor's name stands."""
        named: tuple[Agency | Subject | Person, ...] = (*self.case.agencies, *self.case.subjects, *self.case.people)
        names = {one.id: one.name for one in reversed(named)}
        return names | {actor.id: actor.name for actor in self.actors if names.get(actor.id, actor.id) == actor.id}

    @cached_property
    def period(self) -> tuple[date | None, date | None]:
        """The review period; where the case gives none, the first and last day of the data."""
        days = [day for entry in self.entries for day in (entry.when.start, entry.when.end) if day]
        return (
            self.case.start or (min(days) if days else None),
            self.case.end or (max(days) if days else None),
        )


# ------------------------------------------------------------------------------------------ stage 4: findings


@dataclass(frozen=True)
class Finding:
    """A gap, contradiction, missing record or doubtful piece of data: what the rows show, never whose fault it is.

    A rule fills in what it found; `rule`, `category`, `id` and, where the rule leaves them open, `severity` and `basis`
    are set by the machinery. `agencies` and `expected_from` are ids. `period` is where the facts lie, inclusive.
    """

    title: str
    cites: tuple[Source, ...] = ()
    explanation: str = ""
    settle: str = ""
    """What would settle it, and whom to ask."""
    agencies: tuple[str, ...] = ()
    expected_from: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    period: tuple[date | None, date | None] = (None, None)
    certainty: Certainty = "definite"
    severity: Severity | None = None
    basis: str | None = None
    rule: str = ""
    category: Category | None = None
    id: str = ""
    column: str = ""
    """Role of the column it concerns (date, text, ...), where it is one cell of each row cited."""
    also: tuple[str, ...] = ()
    """Other findings with the same cause that were folded into this one."""


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What a reader of a finding may want to know of the rule that found it."""

    code: str
    name: str
    category: Category
    severity: Severity
    summary: str
    why: str = ""


@dataclass(frozen=True, repr=False)
class Review:
    """What `chrono merge` gives: the timeline and what does not fit in it, most important first."""

    timeline: Timeline
    findings: tuple[Finding, ...] = ()
    version: str = ""
    rules: tuple[RuleNote, ...] = ()
    """The rules that were applied, by code."""
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    def __repr__(self) -> str:
        """How much there is, and nothing of what it says: a repr lands in logs and tracebacks."""
        return f"Review({len(self.timeline.entries)} entries, {len(self.findings)} findings)"

    def table(self, of: Literal["entries", "findings"] = "findings") -> list[dict[str, Any]]:
        """The entries or findings as rows of plain values: text, days and None, in their order."""
        if of == "entries":
            return [self._entry_row(one) for one in self.timeline.entries]
        return [self._finding_row(one) for one in self.findings]

    def to_pandas(self, of: Literal["entries", "findings"] = "findings") -> Any:
        """`table` as a pandas DataFrame. Raises ImportError where pandas is not installed: chrono does not bring it."""
        return importlib.import_module("pandas").DataFrame(self.table(of))

    def _repr_html_(self) -> str:
        """The findings, as a notebook shows them."""
        shown = ("severity", "category", "title", "rows")
        lines = ("".join(f"<td>{escape(str(row[name]))}</td>" for name in shown) for row in self.table())
        heads = "".join(f"<th>{name}</th>" for name in shown)
        return f"<table><tr>{heads}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"

    def _entry_row(self, entry: Entry) -> dict[str, Any]:
        return {
            "from": entry.when.start,
            "to": entry.when.end,
            "written": entry.when.text,
            "agency": self.timeline.name_of(entry.agency),
            "subjects": ", ".join(map(self.timeline.name_of, entry.subjects)),
            "text": entry.text,
            "row": str(entry.source),
        }

    def _finding_row(self, finding: Finding) -> dict[str, Any]:
        return {
            "severity": finding.severity,
            "certainty": finding.certainty,
            "category": finding.category,
            "rule": finding.rule,
            "title": finding.title,
            "from": finding.period[0],
            "to": finding.period[1],
            "rows": "; ".join(map(str, finding.cites)),
        }


def day_after(day: date, days: int = 1) -> date:
    """The day `days` later, held within the calendar Python knows."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
