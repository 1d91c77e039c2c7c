"""An order or plan is made, and its first session or visit comes weeks later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.check.words import tells
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Timeline, short_day

MADE = ("referral-order", "order-made", "sentence", "supervision-order")
SESSION = re.compile(
    r"^(?:supervision|induction|reported|reporting|office visit|kept)\b"
    r"|\b(first|initial)\s+(session|appointment|contact|panel|meeting)\b",
    re.IGNORECASE,
)
WORK = ("session", "management-supervision", "visit", "home-visit", "appointment", "youth-offender-panel", "attended")


@rule("G13", needs="typed", severity="medium")
def measure_starts_late(timeline: Timeline, *, working_days: int = 20) -> Iterator[Finding]:
    """The first session, visit or panel under an order comes late.

    Finds: a court order in the rows of a youth justice service, and its first session, visit or panel surely more than
    `working_days` working days later.
    Why it matters: an order that does not start neither helps nor holds.
    Stays silent when: the dates may keep the limit; a panel, session or contact by telephone lies between; the order was
    only extended, or goes on after a breach; it was made before the time that the returns were asked for.
    Basis: referral order guidance and national standards for youth justice: first panel within 20 working days.
    """
    view = View.of(timeline)
    limit = Limit(working_days, "working_days")
    for agency in view.of_kinds("youth-justice", "probation", returned=True):
        for entry in view.agency(agency):
            if (
                entry.records(*MADE)
                and not entry.records("order-extended", "order-ended")
                and not tells("order_goes_on", told(entry))
                and entry.when.end
                and entry.when.start
                and not _before_the_period(entry, timeline)
            ):
                first = _first_work(entry, view)
                if first and limit.judge(entry.when, first.when) == "passed":
                    yield _finding(entry, first, limit, view)


def _before_the_period(entry: Entry, timeline: Timeline) -> bool:
    """True if the returns need not hold the first sessions: the order is told as history."""
    begins = timeline.period[0]
    return begins is not None and entry.when.latest < begins


def _first_work(entry: Entry, view: View) -> Entry | None:
    rows = view.agency(entry.agency).between(entry.when.earliest, date.max)
    for row in rows:
        if row.id == entry.id or not view.same_child(row, entry) or not row.when.surely_after(entry.when):
            continue
        planning = row.records("plan-agreed", "asset-assessment")
        if (row.records(*WORK) and not planning) or SESSION.search(told(row)) or _by_telephone(row):
            return row
        if row.records(*MADE):
            return None
    return None


def _by_telephone(row: Entry) -> bool:
    """True if the row is by its kind a contact by telephone, as supervision was for months."""
    return any(event.type == "telephone-call" and event.column == "category" for event in row.events)


def _finding(entry: Entry, first: Entry, limit: Limit, view: View) -> Finding:
    due = limit.due(entry.when.latest)
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: order of {entry.when}, first session on {first.when}",
        cites=(entry.source, first.source),
        explanation=f"{says(entry)} The first session, visit or panel after it: {says(first)} Between them are "
        f"{counted(entry.when.latest, first.when.earliest)}; {limit} ended on {short_day(due)}.",
        settle=ask(
            view.timeline, (entry.agency,), "contacts under the order before that date, or the reason for the delay"
        ),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry, first)),
    )
