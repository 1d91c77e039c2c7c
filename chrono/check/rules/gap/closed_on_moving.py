"""A service closes because the family moves, and nothing says that the work was passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

TREATS = (
    "mental-health",
    "health",
    "substance-misuse",
    "early-help",
    "youth-justice",
    "social-care",
    "voluntary",
    "domestic-abuse",
)
PASSED = ("transfer", "handover", "referral", "transfer-conference", "mental-health-referral", "early-help-referral")
AT_WORK = (
    "session",
    "mental-health-appointment",
    "home-visit",
    "visit",
    "appointment",
    "attended",
    "care-plan",
    "cin-plan",
)


@rule("G25", needs="typed", severity="medium")
def closed_on_moving(timeline: Timeline, *, days: int = 31, at_work: int = 92) -> Iterator[Finding]:
    """A service that was at work with the child closes because the family has moved, without a transfer or referral on.

    Finds: a row that closes and gives a move as the reason, of a service with sessions, visits or a plan for the child in the
    `at_work` days before, when no row of that service within `days` days refers on, transfers or hands over.
    Why it matters: help that stops at a boundary has to be asked for again by the family.
    Stays silent when: the row or a near one passes the work on; the service had done no work; the move was within its area.
    """
    view = View.of(timeline)
    for entry in view.recording("closure"):
        if view.kind(entry.agency) not in TREATS or not entry.when.start or not tells("moved_away", told(entry)):
            continue
        if _taken_up_elsewhere(entry, view):
            continue
        if not _passed_on(entry, view, days) and (work := _last_work(entry, view, at_work)):
            yield _finding(entry, work, timeline)


def _taken_up_elsewhere(entry: Entry, view: View) -> bool:
    """True if the row names a service of the same kind, which has rows about the child by then: it has begun its own work."""
    named = {mention.actor for mention in entry.mentions if mention.kind == "agency"} - {entry.agency}
    return any(
        view.kind(agency) == view.kind(entry.agency)
        and len(view.agency(agency).about(entry).between(date.min, entry.when.latest))
        for agency in named
    )


def _passed_on(entry: Entry, view: View, days: int) -> bool:
    first, last = day_after(entry.when.earliest, -days), day_after(entry.when.latest, days)
    rows = view.agency(entry.agency).about(entry).between(first, last)
    return any(row.records(*PASSED, status=None) or tells("passed_on", told(row)) for row in rows)


def _last_work(entry: Entry, view: View, days: int) -> Entry | None:
    rows = view.agency(entry.agency).about(entry).between(day_after(entry.when.earliest, -days), entry.when.latest)
    return next((row for row in reversed(rows) if row.id != entry.id and row.records(*AT_WORK)), None)


def _finding(entry: Entry, work: Entry, timeline: Timeline) -> Finding:
    name = timeline.name_of(entry.agency)
    return Finding(
        f"{name} closed when the family moved; nothing says that the work was passed on",
        cites=(entry.source,),
        explanation=f"{says(entry)} Shortly before, the service was at work: {says(work)} No row of {name} refers on, transfers "
        "or hands over.",
        settle=ask(timeline, (entry.agency,), "whether and to whom the work was passed on"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty="possible",
    )
