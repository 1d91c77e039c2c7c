"""A child whose worker does not see them for a while after something serious."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, counted, says
from chrono.model import Entry, Finding, Timeline, day_after

VISITS = ("home-visit", "visit", "statutory-visit", "child-seen", "session")


@rule("G22", needs="typed", severity="medium")
def not_seen_after_serious_event(timeline: Timeline, *, days: int = 14, at_most: int = 120) -> Iterator[Finding]:
    """A serious event is known, and the social worker's next visit comes more than two weeks later.

    Finds: two neighbouring visits of social care to one child surely more than `days` days apart (and less than `at_most`),
    with an arrest, injury, missing episode or the like in the fortnight before the first or between them.
    Why it matters: plans made before such an event need testing with the child.
    Stays silent when: nothing serious is recorded; the case was closed or moved between; dates by month may be nearer.
    """
    view = View.of(timeline)
    for agency in view.of_kinds("social-care", returned=True):
        visits = [
            entry for entry in view.recording(*VISITS) if entry.agency == agency and entry.when.end and entry.when.start
        ]
        for before in visits:
            after = next(
                (row for row in visits if row.when.surely_after(before.when) and view.same_child(row, before)), None
            )
            if after and days < before.when.days_until(after.when)[0] <= at_most:
                event = _serious(before, after, view)
                if event and not _closed_between(before, after, view):
                    yield _finding(before, after, event, view)


def _serious(before: Entry, after: Entry, view: View) -> Entry | None:
    first = day_after(before.when.earliest, -14)
    last = day_after(after.when.earliest, -7)
    rows = view.serious.between(first, last if last > first else date.max)
    return next((row for row in rows if view.same_child(row, before) and row.when.within(first, last)), None)


def _closed_between(before: Entry, after: Entry, view: View) -> bool:
    rows = view.recording("closure", "transfer", "case-closed").between(before.when.earliest, after.when.latest)
    return any(row.agency == before.agency and view.same_child(row, before) for row in rows)


def _finding(before: Entry, after: Entry, event: Entry, view: View) -> Finding:
    name = view.timeline.name_of(before.agency)
    return Finding(
        f"{name}: no visit between {before.when} and {after.when}, after a serious event",
        cites=tuple(dict.fromkeys(row.source for row in (before, after, event))),
        explanation=f"{says(event)} {says(before)} The next visit: {says(after)} Between the visits are "
        f"{counted(before.when.latest, after.when.earliest)}.",
        settle=ask(
            view.timeline,
            (before.agency,),
            "visits or other contact with the child in this time, or the reason for none",
        ),
        agencies=(before.agency,),
        subjects=before.subjects,
        period=facts((before, after)),
        certainty="possible",
        severity="medium" if before.when.days_until(after.when)[0] > 28 else "low",
    )
