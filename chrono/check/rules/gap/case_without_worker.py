"""Weeks in which a case had no worker of its own."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, counted, span
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

SERVICES = ("social-care", "early-help", "youth-justice", "mental-health", "health-visiting", "probation", "health", "")
SPOKEN_OF = frozenset({"allocated worker", "allocated social worker", "allocated sw"})
"""Words that speak of a worker who may have had the case for long."""


@rule("G32", needs="typed", severity="medium")
def case_without_worker(timeline: Timeline, *, days: int = 14, at_most: int = 400) -> Iterator[Finding]:
    """A worker leaves, or the case is put on duty, and the next worker is named weeks later.

    Finds: a row of a service that its worker's time ends, that the case waits to be given to another or is held on duty, and
    the first row after it, more than `days` days later, in which a worker is named or takes the case; or a row that looks
    back on such weeks, with the last one before it.
    Why it matters: in between nobody holds what is known, and calls are left as messages for a worker there is none of.
    Stays silent when: another worker is named in the same row or within the days; the case is closed in between; no later
    row names one.
    """
    view = View.of(timeline)
    answered: set[str] = set()
    for entry in view.telling("was_without_worker"):
        before = _last_before(entry, view, at_most)
        if before and before.when.days_until(entry.when)[0] > days:
            answered.add(entry.id)
            yield _finding(before, entry, view)
    for entry in view.telling("no_worker_now"):
        if (
            view.kind(entry.agency) not in SERVICES
            or not entry.when.start
            or not entry.when.end
            or date_in_doubt(entry)
        ):
            continue
        if tells("takes_the_case", told(entry)):
            continue  # the next worker is named
        rows = (
            view.agency(entry.agency)
            .about(entry)
            .between(day_after(entry.when.latest), day_after(entry.when.end, at_most))
        )
        ends = next((row for row in rows if _takes(row) or row.records("closure", "transfer")), None)
        if ends is None or ends.id in answered or not _takes(ends):
            continue
        answered.add(ends.id)
        if entry.when.days_until(ends.when)[0] > days:
            yield _finding(entry, ends, view)


def _last_before(entry: Entry, view: View, at_most: int) -> Entry | None:
    """The agency's last row about the child before one that looks back on weeks without a worker."""
    if view.kind(entry.agency) not in SERVICES or date_in_doubt(entry) or not entry.when.known:
        return None
    days = day_after(entry.when.earliest, -at_most), day_after(entry.when.earliest, -1)
    rows = [row for row in view.agency(entry.agency).about(entry).between(*days) if not row.declares]
    return rows[-1] if rows else None


def _takes(row: Entry) -> bool:
    """True if the row gives the case to a worker; 'message for the allocated worker' does not."""
    named = any(event.words.lower() not in SPOKEN_OF for event in row.events_of("allocation", "reallocation"))
    return (named or tells("takes_the_case", told(row))) and not tells("no_worker_now", told(row))


def _finding(entry: Entry, ends: Entry, view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    return Finding(
        f"{name}: no worker held the case for {span(entry.when, ends.when)}",
        cites=(entry.source, ends.source),
        explanation=f"{all_say([entry, ends])} Between the two are {counted(entry.when.latest, ends.when.earliest)}, "
        f"for which no row of {name} names a worker.",
        settle=ask(
            view.timeline, (entry.agency,), "who held the case in between, and who answered calls about the child"
        ),
        agencies=(entry.agency,),
        subjects=entry.subjects or ends.subjects,
        period=facts((entry, ends)),
        certainty="possible",
    )
