"""Weeks or months between a referral and the first thing done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.matters import RESPONSES, Referral, referrals
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, counted, says, span
from chrono.model import Entry, Finding, Timeline, day_after

_Wait = tuple[Referral, Entry]
"""A referral and the first row that answers it."""
MOST = 8


@rule("G04", needs="typed", severity="medium")
def referral_to_assessment_delay(timeline: Timeline, *, weeks: int = 6, at_most: int = 80) -> Iterator[Finding]:
    """A service's first step after a referral comes late.

    Finds: a referral or request, and the first assessment, offer, appointment or discussion of the service it went to,
    surely more than `weeks` weeks later (and less than `at_most`: beyond that the two rarely belong together).
    Why it matters: children's situations change while they wait, and families who waited often no longer take up help.
    Stays silent when: the dates may lie within the limit; an urgent step was taken meanwhile; no later row of that service
    is there at all (see referral-without-outcome).
    """
    view = View.of(timeline)
    seen: set[str] = set()
    groups: dict[tuple[str, tuple[str, ...]], list[_Wait]] = defaultdict(list)
    for referral in referrals(view):
        answer = None if referral.decided_here else _first_step(referral, view, at_most * 7)
        if answer and answer.id not in seen and referral.when.days_until(answer.when)[0] > weeks * 7:
            seen.add(answer.id)
            groups[referral.receiver, referral.entry.subjects or answer.subjects].append((referral, answer))
    for waits in groups.values():
        for start in range(0, len(waits), MOST):
            yield _finding(waits[start : start + MOST], timeline)


def _first_step(referral: Referral, view: View, days: int) -> Entry | None:
    if not referral.receiver or not referral.when.known or referral.when.end is None or referral.when.start is None:
        return None
    last = day_after(referral.when.end, days)
    about = view.agency(referral.receiver).about(referral.entry).between(referral.when.start, last)
    rows = (row for row in about if row.id != referral.entry.id and not row.declares)
    own = referral.entry.agency == referral.receiver
    for row in rows:
        if own and row.records("referral", "early-help-referral", "mental-health-referral", "closure"):
            return row if row.records("assessment-offered", "support-offered") else None
        if not own or row.records(*RESPONSES):
            return row
    return None


def _finding(waits: list[_Wait], timeline: Timeline) -> Finding:
    first, answer = waits[0]
    name = timeline.name_of(first.receiver)
    rows = [row for referral, step in waits for row in (referral.entry, step)]
    longest = span(*max(((one.when, two.when) for one, two in waits), key=lambda pair: pair[0].days_until(pair[1])))
    often = f"{len(waits)} times, up to " if len(waits) > 1 else ""
    return Finding(
        f"{name}: {often}{longest} from referral to first step",
        cites=tuple(row.source for row in rows),
        explanation=" ".join(_told(referral, step, name) for referral, step in waits),
        settle=ask(
            timeline, (first.receiver,), "when the referral was received, what was done meanwhile, and who was told"
        ),
        agencies=tuple(dict.fromkeys((*(referral.entry.agency for referral, _ in waits), first.receiver))),
        subjects=first.entry.subjects or answer.subjects,
        period=facts(rows),
        certainty="definite" if first.entry.subjects and answer.subjects else "possible",
    )


def _told(referral: Referral, answer: Entry, name: str) -> str:
    least, most = referral.when.days_until(answer.when)
    exact = counted(referral.when.latest, answer.when.earliest) if least == most else span(referral.when, answer.when)
    return f"{says(referral.entry)} The first row of {name} that answers it: {says(answer)} Between them are {exact}."
