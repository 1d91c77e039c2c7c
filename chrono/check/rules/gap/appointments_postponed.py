"""Appointments cancelled or missed again and again before the first that is kept."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, unique
from chrono.check.waits import NO_CLINIC, Wait, asked_before, waits
from chrono.check.wording import all_say, ask, counted
from chrono.model import Entry, Finding, Timeline


@rule("G09", needs="typed", severity="medium")
def appointments_postponed(timeline: Timeline, *, times: int = 2, weeks: int = 6) -> Iterator[Finding]:
    """A service's appointments are cancelled or missed several times, and weeks go by without one that is kept.

    Finds: `times` or more appointments in a row of one service (or one of its teams) for one child that were cancelled,
    postponed or missed, over at least `weeks` weeks from the first to the next that was kept, or to the last. Referrals
    for them are shown with them.
    Why it matters: a child may wait for help for months although every single date was on offer; and repeated cancelling
    by a parent is a pattern to look at by itself.
    Stays silent when: an appointment was kept between two that were missed; the whole took less time; another agency only
    reports the missed appointments.
    """
    view = View.of(timeline)
    for agency in sorted(timeline.returned):
        for wait in waits(view, agency):
            if len(wait.fallen) >= times and _weeks(wait) >= weeks and (view.kind(agency) not in NO_CLINIC or wait.own):
                asked = asked_before(wait.taken[0], view) if wait.taken and wait.told_so else []
                yield _finding(unique((*asked, *wait.taken)), wait.fallen, wait.seen, view)


def _weeks(wait: Wait) -> int:
    """Whole weeks from being taken in, or from the first meeting that fell through, to the one kept, or to the last."""
    first = wait.taken[0] if wait.taken and wait.told_so else wait.fallen[0]
    return (
        min(first, wait.fallen[0], key=lambda row: row.when.sort_key).when.days_until(
            (wait.seen or wait.fallen[-1]).when
        )[0]
        // 7
    )


def _finding(asked: list[Entry], run: list[Entry], kept: Entry | None, view: View) -> Finding:
    agency, last = run[0].agency, kept or run[-1]
    rows = sorted((*asked, *run, *([kept] if kept else [])), key=lambda row: row.when.sort_key)
    since = "the referral" if rows[0] in asked else "the first of these"
    return Finding(
        f"{view.timeline.name_of(agency)}: {len(run)} appointments cancelled or missed "
        f"{'before one was kept' if kept else 'and none recorded as kept after them'}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} From {since} to the last are {counted(rows[0].when.latest, last.when.earliest)}.",
        settle=ask(view.timeline, (agency,), "who cancelled each appointment and why, and what was done meanwhile"),
        agencies=(agency,),
        subjects=view.children(rows),
        period=facts(rows),
    )
