"""Numbers that rows state of events, and the rows there are of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chrono.check.days_named import MONTHS
from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.model import Entry, Event, Timeline, When, day_after
from chrono.numerals import CARDINALS

WORDS = {
    **{word: number for number, word in enumerate(CARDINALS[:12], start=1)},
    "eighteen": 18,
    "twenty-four": 24,
}
NUMBER = rf"(\d{{1,3}}|{'|'.join(WORDS)})"
DAYS = re.compile(rf"\b{NUMBER}[- ](?:school )?days?\b", re.IGNORECASE)
DAYS_OVER = re.compile(
    rf"\b{NUMBER} (?:school )?days?\b[^.;\d]{{0,20}}\b(?:over|in|across|on|and) {NUMBER} (?:separate )?(\w+)",
    re.IGNORECASE,
)
AFTER_THE_NOUN = (
    rf"\W{{0,2}}(?:\w+ ){{0,6}}?\w*(?::|=| total\w*| numbered| stood at| came to| comes to| of)\s*{NUMBER}\b"
)
"""How a number follows what it counts: "suspensions: 6", "missing episodes this year: four"."""
PLURAL = re.compile(r"\b(?!was\b)\w{2,}s\b")
MONTH_NAMED = re.compile(rf"\b(?:in|for|during)\s+({'|'.join(MONTHS)})\b", re.IGNORECASE)
"""The month of which a row states how often something happened: "sessions missed in March: 4"."""
TIMES = re.compile(rf"\b{NUMBER} (?:\w+ )?(?:occasions|times|episodes|incidents|spells)\b", re.IGNORECASE)
"""How often, behind what it was: "gone missing on 15 occasions"."""
NOT_OF_EVENTS = re.compile(
    r"\s*(?:%|per ?cent|(?:school )?days?\b|hours?\b|weeks?\b|months?\b|years?\b|[/:.]\d)", re.IGNORECASE
)
IN_CARE = re.compile(
    r"\bsince (?:(?:he|she|they|being|coming|becoming|entering|came|went|was|were) )*"
    r"(?:into care|in care|care|looked[ -]after|accommodated)\b",
    re.IGNORECASE,
)
SINCE_PLACED = re.compile(
    r"\bsince (?:(?:he|she|they|it|the|this|his|her|their|first|being|start of|beginning of|was|were|has|have|been|initially)"
    r" )*(?:placement|placed|move\b|mov(?:ed|ing) (?:here|in|to)"
    r"|c[oa]m(?:e|ing) (?:here|in\b|to (?:us|live|stay|this|the (?:home|house|unit)|our|(?-i:[A-Z])\w+))|arriv(?:al|ing|ed)"
    r"|admission|joining us|joined us|living (?:here|with us))\b",
    re.IGNORECASE,
)
CLOSINGS = ("closure", "discharge", "step-down")
AFTER_SO_MANY = re.compile(
    rf"\b(?:after|following|due to|because of|on) (?:the )?{NUMBER}\W(?:\w+\W+){{0,2}}$", re.IGNORECASE
)
PLACED = ("placement-start", "placement-move")
INTO_CARE = ("placement-start", "section-20", "interim-care-order", "care-order", "became-looked-after")
SCHOOL_YEAR = re.compile(
    r"\b(?:school|academic) year|\byear total|\btotals? (?:for|of) the year|\bthis year|\bin year \d|\byear to date"
    r"|\byear so far|\bsince september|\bsince (?:the )?(?:start|beginning) of (?:the )?year",
    re.IGNORECASE,
)
SINCE_MONTH = re.compile(
    r"\bsince (?:(?:he|she|they|it|we|this|first|began|begun|started|starting|came|coming|joined|joining|opened|opening"
    r"|with us|here|in) )*(?:(?:early|mid|late|last|the|end|beginning|start|of) )*"
    rf"(?P<month>{'|'.join(MONTHS)})\b(?: (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
CALENDAR_YEAR = re.compile(
    r"\bcalendar year|\bsince (?:1st |1 |the )?(?:of )?january\b|\bsince new year", re.IGNORECASE
)
LAST_MONTHS = re.compile(
    rf"\b(?:last|past|previous) (?:{NUMBER} months?|(year))\b|\bin {NUMBER} months\b", re.IGNORECASE
)
OF_A_HOSPITAL = ("hospital-attendance", "visit", "attended", "attendance", "appointment")
"""Kinds of event by which a hospital counts how often the child came to it."""
NO_ATTENDANCE = ("document", "notification", "referral", "meeting", "contact")
"""Natures of what a hospital's row may tell of without the child having come."""
AUTUMN = 9
"""The month in which a school year begins."""
OF_A_SCHOOL = ("exclusion", "attendance", "school")
"""Beginnings of kinds of event that schools count by their own year."""
NEAR = 25
"""How far before "5 days over 2 ..." the words for what is counted may stand: "exclusions: 5 days over 2 ..." """
COUNTED_WITH = {"missing": ("missing-notification",), "home-visit": ("visit", "statutory-visit")}
"""Kinds of event that rows tell by another name as well: by the notice of it, or by a plainer word."""
A_STRETCH = 13
"""A row dated over more days than this states its number of that time; any other of all time up to it."""


@dataclass(frozen=True)
class Statement:
    """A row that says how often something happened: `number` events of `kind`; `days` in all, if it says so."""

    entry: Entry
    kind: str
    number: int
    days: int | None = None
    since: date | None = None
    """The first day of the time it speaks of, where it says so."""
    in_passing: bool = False
    """True if a sentence says how often it happened, and the row is of something else."""
    at_least: bool = False
    """True if the work ends after so many, as a policy has it: of those of the last weeks, and not of all."""

    @property
    def until(self) -> date | None:
        """The last day of the month it speaks of, where it names one."""
        if self.since is None or not MONTH_NAMED.search(told(self.entry)):
            return None
        return self.since.replace(day=monthrange(self.since.year, self.since.month)[1])


def statements(timeline: Timeline) -> Iterator[Statement]:
    """Every exact number of two or more that a row states of a kind of event."""
    for entry in timeline.entries:
        days = DAYS_OVER.search(told(entry)) if tells("days_counted", told(entry)) else None
        events = [event for event in entry.events if event.status == "occurred"]
        if days and events:
            counted = next((event for event in events if _near(event, days)), events[0])
            number = amount(days.group(2))
            yield Statement(entry, counted.type, number, amount(days.group(1)), _since(entry, counted.type, timeline))
            continue
        for event in entry.events:
            number = _number_of(event, entry)
            if number > 1:
                in_passing = not event.count and _times(event, entry) == number
                days_in_all, since = _days_in_all(event, entry), _since(entry, event.type, timeline)
                yield Statement(entry, event.type, number, days_in_all, since, in_passing, _ends_after(event, entry))


def _ends_after(event: Event, entry: Entry) -> bool:
    """True of 'discharged after two missed appointments'."""
    before = entry.cell(event.column)[: max(event.begin, 0)]
    return entry.records(*CLOSINGS) and AFTER_SO_MANY.search(before) is not None


def _number_of(event: Event, entry: Entry) -> int:
    """How many events of one kind a row counts: as the event was read, or as a number that follows its noun; 0 if none."""
    if event.count and event.status in ("occurred", "referred-to"):
        return event.count[0] if event.count[0] == event.count[1] else 0
    if event.count or event.status not in ("occurred", "referred-to"):
        return 0
    if number := _times(event, entry):
        return number
    if not PLURAL.search(event.words):
        return 0
    found = re.search(re.escape(event.words) + AFTER_THE_NOUN, told(entry), re.IGNORECASE)
    return amount(found.group(1)) if found and not NOT_OF_EVENTS.match(told(entry), found.end()) else 0


def _times(event: Event, entry: Entry) -> int:
    """How often a sentence says that it happened: 'has gone missing from the home on 15 occasions'; 0 if it does not."""
    cell = entry.text if event.column == "text" else ""
    if not cell or event.nature != "incident" or not tells("times_counted", cell):
        return 0
    end = cell.find(".", max(event.end, 0))
    found = TIMES.search(cell, max(event.end, 0), end if end >= 0 else len(cell))
    return amount(found.group(1)) if found else 0


def _days_in_all(event: Event, entry: Entry) -> int | None:
    """The days that a row gives beside the number of suspensions or absences: '6 suspensions, 17 days'."""
    if not event.type.startswith(OF_A_SCHOOL):
        return None
    found = DAYS.findall(told(entry))
    return amount(found[0]) if len(found) == 1 else None


def _since(entry: Entry, kind: str, timeline: Timeline) -> date | None:
    """The first day of the time that a row counts, where it says so: the child's first in care, or in this placement; that of
    the month it names; the first of September before the row, where it counts what schools count and speaks of this year."""
    if IN_CARE.search(told(entry)):
        rows = (row for row in timeline.recording(*INTO_CARE) if set(row.subjects) & set(entry.subjects))
        return next((row.when.start for row in rows if row.when.start), None)
    day = entry.when.start
    if day and SINCE_PLACED.search(told(entry)) and (placed := last_placed(entry, day, timeline)):
        return placed
    if day is None:
        return None
    if month := MONTH_NAMED.search(told(entry)):
        return _first_of(month.group(1), day)
    if first := since_month(told(entry), day):
        return first
    if CALENDAR_YEAR.search(told(entry)):
        return date(day.year, 1, 1)
    if months := LAST_MONTHS.search(told(entry)):
        number = 12 if months.group(2) else amount(months.group(1) or months.group(3))
        return day - timedelta(days=round(number * 30.44))
    if not kind.startswith(OF_A_SCHOOL) or not SCHOOL_YEAR.search(told(entry)):
        return None
    return date(day.year if day.month >= AUTUMN else day.year - 1, AUTUMN, 1)


def since_month(text: str, day: date) -> date | None:
    """The first day of the month since when a text of that day counts: 'four calls since November'."""
    found = SINCE_MONTH.search(text)
    return _first_of(found["month"], day, found["year"]) if found else None


def _first_of(name: str, day: date, year: str | None = None) -> date:
    """The first of the month of this name: of the year given, or of the last such month that began by that day."""
    month = MONTHS.index(name.lower()) + 1
    return date(int(year or 0) or (day.year if month <= day.month else day.year - 1), month, 1)


def last_placed(entry: Entry, day: date, timeline: Timeline) -> date | None:
    """The last day up to the row on which the child came to a placement."""
    rows = (row for row in timeline.recording(*PLACED) if set(row.subjects) & set(entry.subjects))
    return max((row.when.start for row in rows if row.when.start and row.when.start <= day), default=None)


def _near(event: Event, number: re.Match[str]) -> bool:
    """True if the event's own words stand in the clause of the number, or just before it."""
    clause = number.string[max(number.start() - NEAR, 0) : number.end()]
    return bool(event.words) and event.words.lower() in clause.lower()


def counted_rows(statement: Statement, agency: str, view: View) -> list[Entry]:
    """The rows of `agency` that record single events of the kind, in the time the statement speaks of."""
    entry = statement.entry
    rows = [row for row in _may_count(statement, agency, view) if row.agency == agency and row.id != entry.id]
    found = [
        row
        for row in rows
        if _in_time(row.when, entry.when, statement.since)
        and view.same_child(row, entry)
        and row.when.within(None, statement.until) is not False
        and not _states(row, statement)
        and not _of_several(row, statement)
    ]
    return [row for row in found if not any(_lasts_until(other, row) for other in found)]


def _may_count(statement: Statement, agency: str, view: View) -> Iterable[Entry]:
    """The rows of the kind; of a hospital that counts how often the child came, all but its papers and meetings."""
    if view.kind(agency) == "hospital" and statement.kind in OF_A_HOSPITAL and statement.entry.agency == agency:
        return (row for row in view.agency(agency) if not any(event.nature in NO_ATTENDANCE for event in row.events))
    return view.recording(statement.kind, *COUNTED_WITH.get(statement.kind, ()))


def _lasts_until(one: Entry, other: Entry) -> bool:
    """True if the event of the one, by its length, still goes on at the other: a row within an exclusion of four days."""
    length = days_of(one)
    if not length or length < 2 or one.id == other.id or not one.when.start or days_of(other):
        return False
    return one.when.surely_before(other.when) and other.when.latest <= day_after(one.when.latest, length - 1)


def total(rows: Sequence[Entry], kind: str) -> int:
    """How many events the rows record: one each, or as many as the row says."""
    return sum(max(((event.count or (1, 1))[0] for event in row.events_of(kind)), default=1) for row in rows)


def days_of(row: Entry) -> int | None:
    """How many days a row's event lasted, as a cell or its text says; None if they do not."""
    cell = next(
        (text for name, text in row.fields.items() if name.strip().lower() in ("days", "no. of days", "length")), ""
    )
    if cell.strip().isdigit():
        return int(cell)
    found = DAYS.search(told(row))
    return amount(found.group(1)) if found else None


def amount(word: str) -> int:
    """A number as digits or as a word."""
    return WORDS.get(word.lower()) or int(word)


def _in_time(when: When, stated: When, since: date | None) -> bool:
    if stated.start is None or stated.end is None or (since and not when.within(since, stated.end)):
        return False
    if (stated.end - stated.start).days > A_STRETCH:
        return when.within(stated.start, stated.end) is True
    return not when.surely_after(stated)


def _of_several(row: Entry, statement: Statement) -> bool:
    """True for a complaint or meeting that speaks of such events without a number, and records none: 'not told of missing
    episodes'."""
    events = row.events_of(statement.kind)
    many = events and all(PLURAL.search(event.words) and not event.count for event in events)
    return bool(many) and row.records("complaint", "complaint-reply")


def _states(row: Entry, statement: Statement) -> bool:
    """True for another summary, which would count its events twice."""
    return any((event.count or (1, 1))[0] > 2 for event in row.events_of(statement.kind))
