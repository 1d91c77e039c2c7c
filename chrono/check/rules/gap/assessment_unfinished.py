"""Assessments that run past their limit or have no end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Timeline, When, day_after

STARTED = ("assessment-started",)
COMPLETED = ("assessment-completed",)
ENDED = (*COMPLETED, "closure", "case-closed", "transfer", "initial-conference", "became-looked-after")
BEGUN = ("started", "commenced", "begun", "began", "opened", "to start", "goes on", "ongoing")


@rule("G05", needs="typed", severity="medium")
def assessment_unfinished(timeline: Timeline, *, working_days: int = 45) -> Iterator[Finding]:
    """An assessment was started and its end is missing or late.

    Finds: the start of an assessment with no completion in the same agency's rows, or one surely later than
    `working_days` working days after it.
    Why it matters: while an assessment is open, decisions wait for it.
    Stays silent when: the dates may keep the limit; the case moved on to a conference or into care; the start belongs to
    the last days of the period, unless something grave ended the period.
    Basis: Working Together 2013 to 2023: 45 working days from the referral; local limits are often shorter.
    """
    view = View.of(timeline)
    for entry in view.speaking_of(*STARTED):
        if entry.when.start and entry.when.end and any(e.status == "occurred" for e in entry.events_of(*STARTED)):
            finding = _finding(entry, view, Limit(working_days, "working_days"))
            if finding:
                yield finding


def _end_of(entry: Entry, view: View) -> Entry | None:
    rows = view.agency(entry.agency).between(entry.when.earliest, date.max)
    later = (
        row
        for row in rows
        if row.id != entry.id and view.same_child(row, entry) and not row.when.surely_before(entry.when)
    )
    for row in later:
        if row.records(*STARTED) and row.when.surely_after(entry.when):
            return None
        if row.records(*ENDED):
            return row
    return None


def _finding(entry: Entry, view: View, limit: Limit) -> Finding | None:
    timeline, end = view.timeline, _end_of(entry, view)
    last = timeline.period[1] or entry.when.latest
    due = limit.due(entry.when.latest)
    if end and limit.judge(entry.when, end.when) != "passed":
        return None
    if not end and (last - entry.when.latest).days < 21:
        return None
    name = timeline.name_of(entry.agency)
    until = end.when if end else When.of_day(last)
    count = counted(entry.when.latest, until.earliest)
    told_end = (
        f"{says(end)} That is {count}."
        if end
        else f"No row of {name} records its completion; to the end of the period are {count}."
    )
    over = end is not None or day_after(due) <= last
    return Finding(
        f"{name}: assessment started {entry.when} {'ends late' if end else 'has no recorded end'}",
        cites=tuple(row.source for row in (entry, end) if row),
        explanation=f"{says(entry)} {told_end} {limit} {'ended' if over else 'would end'} on {due:%-d %b %Y}.",
        settle=ask(
            timeline, (entry.agency,), "the assessment, the date it was completed and the reason if it took longer"
        ),
        agencies=(entry.agency,),
        expected_from=() if end else (entry.agency,),
        subjects=entry.subjects,
        period=facts((entry, end)) if end else (entry.when.start, last),
        certainty="definite" if "assessment" in told(entry).lower() else "possible",
    )
