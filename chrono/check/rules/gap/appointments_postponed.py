"""Appointments cancelled or missed again and again before the first that is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.matters import REFERRALS
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, counted
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

APPOINTMENTS = (
    "appointment",
    "mental-health-appointment",
    "mental-health-assessment",
    "did-not-attend",
    "appointment-offered",
    "session",
    "assessment",
)
KEPT_EVENTS = ("attended", *APPOINTMENTS)
WAITED = 366
"""Days before the first appointment in which the referral behind it is looked for."""


@rule("G09", needs="typed", severity="medium")
def appointments_postponed(timeline: Timeline, *, times: int = 2, weeks: int = 6) -> Iterator[Finding]:
    """A service's appointments are cancelled or missed several times, and weeks go by without one that is kept.

    Finds: `times` or more appointments in a row of one service for one child that were cancelled, postponed or missed, over
    at least `weeks` weeks from the first to the next that was kept, or to the last.
    Why it matters: a child may wait for help for months although every single date was on offer; and repeated cancelling
    by a parent is a pattern to look at by itself.
    Stays silent when: an appointment was kept between two that were missed; the whole took less time.
    """
    view = View.of(timeline)
    for agency in sorted(timeline.returned):
        runs: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in view.agency(agency):
            if not entry.records(*APPOINTMENTS, status=None):
                continue
            if tells("postponed", told(entry)) or entry.records("did-not-attend"):
                runs[entry.subjects].append(entry)
            elif entry.records(*APPOINTMENTS):
                yield from _finding(runs.pop(entry.subjects, []), entry, view, times, weeks)
        for run in runs.values():
            yield from _finding(run, None, view, times, weeks)


def _finding(run: list[Entry], kept: Entry | None, view: View, times: int, weeks: int) -> Iterator[Finding]:
    if len(run) < times:
        return
    last = kept or run[-1]
    if run[0].when.days_until(last.when)[0] < weeks * 7:
        return
    agency = run[0].agency
    accepted = _accepted(run[0], view)
    rows = [*accepted, *run, *([kept] if kept else [])]
    yield Finding(
        f"{view.timeline.name_of(agency)}: {len(run)} appointments cancelled or missed before one was kept",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} From the first to the last of these are {counted(run[0].when.latest, last.when.earliest)}.",
        settle=ask(view.timeline, (agency,), "who cancelled each appointment and why, and what was done meanwhile"),
        agencies=(agency,),
        subjects=view.children(rows),
        period=facts(rows),
    )


def _accepted(first: Entry, view: View) -> list[Entry]:
    """The last referral that the service took on before its first appointment, if nothing was kept between them."""
    if first.when.start is None:
        return []
    before = view.agency(first.agency).between(day_after(first.when.start, -WAITED), first.when.start)
    taken: list[Entry] = []
    for row in before:
        if row.id == first.id or not view.same_child(row, first):
            continue
        if any(event.outcome == "accepted" for event in row.events_of(*REFERRALS)):
            taken = [row]
        elif row.records(*KEPT_EVENTS) and not tells("postponed", told(row)):
            taken = []
    return taken
