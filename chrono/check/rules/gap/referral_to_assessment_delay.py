"""Weeks or months between a referral and the first thing done about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from chrono.check.matters import RESPONSES, Referral, referrals
from chrono.check.rule import rule
from chrono.check.view import View, facts, unique
from chrono.check.waits import Wait, asked_before, asks, first_met, handed_on, named_in, saw, waits
from chrono.check.wording import all_say, ask, counted, says, span
from chrono.model import Entry, Finding, Timeline, day_after

_Wait = tuple[Referral, Entry]
"""A referral and the first row that answers it."""
MOST = 8
FALLEN = 2
"""From so many meetings on that fell through it is a matter of appointments-postponed-until-late."""
LONG = 12
"""Weeks that many services are known to take; a shorter wait is only laid side by side."""
HAVE_OTHER_RULES = frozenset(
    (
        "police",
        "court",
        "panel",
        "ambulance",
        "gp",
        "hospital",
        "social-care",
        "school",
        "education",
        "alternative-provision",
    )
)
"""Services of which the children are not on a list, or whose assessments have limits of their own."""


FIRST = re.compile(r"\b(?:first|1st|initial|new|intake|at last|finally|one|1)\b", re.IGNORECASE)
"""In a row that is to be the first meeting, where no row tells of the child being taken on."""


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
    for found in groups.values():
        for start in range(0, len(found), MOST):
            yield _finding(found[start : start + MOST], timeline)
    for agency in sorted(timeline.returned):
        for wait in waits(view, agency):
            if view.kind(agency) in HAVE_OTHER_RULES and not wait.own:
                continue
            if wait.seen and not wait.taken and not wait.fallen:
                wait = replace(wait, taken=_asked_long_before(wait.seen, view, at_most))
            if (
                wait.seen
                and wait.seen.id not in seen
                and _only_waits(wait, weeks, at_most)
                and not handed_on(wait, view)
            ):
                yield _seen_late(agency, wait, wait.seen, view)


def _only_waits(wait: Wait, weeks: int, at_most: int) -> bool:
    """True if the child was long on the books before being seen, and not because one meeting after another fell through."""
    if not wait.seen or len(wait.fallen) >= FALLEN or wait.explained:
        return False
    by_its_words = first_met(wait.seen) and FIRST.search(wait.seen.text) is not None
    return (wait.told_so or by_its_words) and weeks * 7 < wait.days < at_most * 7


def _seen_late(agency: str, wait: Wait, seen: Entry, view: View) -> Finding:
    name = view.timeline.name_of(agency)
    taken, first = wait.taken[:MOST], wait.taken[0]
    rows = unique((*asked_before(first, view), *taken, *wait.fallen, seen))
    return Finding(
        f"{name}: {span(first.when, seen.when)} from being taken on to being seen first",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Between the two are "
        f"{counted(first.when.latest, seen.when.earliest)}, and no row of {name} between them shows the child or family seen.",
        settle=ask(view.timeline, (agency,), "what was offered meanwhile, and who was told of the wait"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite" if wait.told_so and wait.surely_seen else "possible",
        severity="medium" if wait.surely_seen and wait.days >= LONG * 7 else "low",
    )


def _asked_long_before(seen: Entry, view: View, at_most: int) -> list[Entry]:
    """The last row of another service that refers the child to the one whose first row this is."""
    assert seen.when.start
    days = day_after(seen.when.start, -at_most * 7), day_after(seen.when.start, -1)
    rows = view.everything.about(seen).between(*days)
    return [row for row in rows if row.agency != seen.agency and asks(row) and named_in(row, seen.agency, view)][-1:]


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
        if not own or row.records(*RESPONSES) or saw(row):
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
