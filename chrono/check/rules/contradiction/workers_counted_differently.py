"""A number of workers that a row tells, and the workers that the rows show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from chrono.check.counts import NUMBER, amount
from chrono.check.named_workers import worker_of
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import named, says
from chrono.model import Entry, Finding, Timeline

COUNT = re.compile(
    rf"\b(?P<had>had |been |through )?(?P<number>{NUMBER})(?P<apart> different| separate| changes of)?"
    r"(?: (?!days?\b|weeks?\b|months?\b|years?\b)[\w'’-]+){0,3}?"
    r" (?:workers?|case ?workers|key ?workers|case managers|practitioners)\b"
    rf"(?:[^.;]{{0,15}}?\b(?:in|within|over)(?: the (?:last|past))? (?P<length>{NUMBER}) (?P<unit>week|month|year)s?\b)?",
    re.IGNORECASE,
)
UNITS = {"week": 7, "month": 30.44, "year": 365.25}
LATE = 31
"""Days after the start of the time told within which the agency's rows must begin."""


@dataclass(frozen=True)
class Told:
    """A row that says how many workers there were, at which agency; within how many days, if it says so."""

    entry: Entry
    number: int
    agency: str
    days: int | None


@rule("C18", needs="plain", severity="medium")
def workers_counted_differently(timeline: Timeline) -> Iterator[Finding]:
    """A row tells how many workers a child had, and the rows of that agency show another number.

    Finds: "four YOS workers in nine months", "has had three different social workers", where the agency's own column of
    workers names another number of them for this child in that time; without a time, only where it names more.
    Why it matters: how often a child had to begin again with somebody is told to others as a fact.
    Stays silent when: the rows agree; a row of that time does not name its worker; the rows begin later than the time told;
    the words may mean workers who came together.
    """
    view = View.of(timeline)
    for statement in filter(None, (_told(entry, view) for entry in view.telling("several_workers"))):
        rows = _rows(statement, view)
        workers = {worker_of(row) for row in rows} - {None}
        complete = statement.days is not None and _covers(statement, rows)
        if len(workers) > max(statement.number, 1) or (complete and 1 < len(workers) < statement.number):
            yield _finding(statement, rows, len(workers), view)


def _told(entry: Entry, view: View) -> Told | None:
    found = COUNT.search(told(entry))
    if not found or not entry.when.known or not (found["had"] or found["apart"] or found["length"]):
        return None
    days = round(amount(found["length"]) * UNITS[found["unit"].lower()]) if found["length"] else None
    named_ = [m.actor for m in entry.mentions if m.kind == "agency" and m.column == "text" and m.text in found.group()]
    agency = named_[0] if named_ and named_[0] in view.agencies else entry.agency
    number = amount(found["number"])
    return Told(entry, number, agency, days) if number > 1 else None


def _rows(statement: Told, view: View) -> list[Entry]:
    """The rows of the agency about this child in the time told, the first of each worker."""
    last = statement.entry.when.latest
    own = [row for row in view.agency(statement.agency).about(statement.entry) if row.when.latest <= last]
    if statement.days is None:
        return own
    first = last - timedelta(days=statement.days)
    return [row for row in own if row.when.earliest >= first]


def _covers(statement: Told, rows: list[Entry]) -> bool:
    """True if the rows tell the whole time, each with its worker."""
    begin = statement.entry.when.latest - timedelta(days=(statement.days or 0) - LATE)
    others = [row for row in rows if row.id != statement.entry.id]
    return bool(others) and others[0].when.latest <= begin and all(worker_of(row) for row in others)


def _finding(statement: Told, rows: list[Entry], number: int, view: View) -> Finding:
    timeline, entry = view.timeline, statement.entry
    firsts = list({worker: row for row in reversed(rows) if (worker := worker_of(row))}.values())[::-1]
    agencies = tuple(dict.fromkeys((entry.agency, statement.agency)))
    labels = ", ".join(row.fields["worker"].strip() for row in firsts)
    return Finding(
        f"{timeline.name_of(entry.agency)} tells of {statement.number} workers; the rows name {number} ({labels})"[
            :160
        ],
        cites=tuple(dict.fromkeys((entry.source, *(row.source for row in firsts)))),
        explanation=f"{says(entry)} In that time {timeline.name_of(statement.agency)} names {labels} for this child.",
        settle=f"Ask {named(timeline, agencies)} who the workers were, from when to when.",
        agencies=agencies,
        subjects=entry.subjects,
        period=facts((entry, *firsts)),
        certainty="possible",
    )
