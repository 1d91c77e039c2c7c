"""Appointments cancelled or missed again and again before the first that is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from chrono.check.matters import REFERRALS, referrals
from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, result, told
from chrono.check.wording import all_say, ask, counted
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

APPOINTMENTS = (
    "appointment",
    "mental-health-appointment",
    "mental-health-assessment",
    "session",
    "assessment",
    "medical-review",
)
OFFERED = ("appointment-offered", "did-not-attend")
NO_CLINIC = frozenset(("social-care", "police", "school", "education", "panel", "housing", "court", "gp", "ambulance"))
"""Agencies that record other services' appointments, and give none that a family waits for."""


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
    received = {each.entry.id for each in referrals(view) if each.receiver in ("", each.entry.agency)}
    for agency in sorted(timeline.returned):
        if view.kind(agency) not in NO_CLINIC:
            for asked, run, kept in _waits(view.agency(agency), received):
                if len(run) >= times and run[0].when.days_until((kept or run[-1]).when)[0] >= weeks * 7:
                    yield _finding(asked, run, kept, view)


_Wait = tuple[list[Entry], list[Entry], Entry | None]
"""The referrals, the appointments that came to nothing, and the first that was kept."""


def _waits(rows: Iterable[Entry], received: Container[str]) -> Iterator[_Wait]:
    """For each child and team the runs of appointments that came to nothing."""
    waits: dict[tuple[tuple[str, ...], str], tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for entry in rows:
        if date_in_doubt(entry):
            continue
        key = (entry.subjects, entry.fields.get("team", ""))
        if _came_to_nothing(entry):
            waits[key][1].append(entry)
        elif _kept(entry):
            yield *waits.pop(key, ([], [])), entry
        elif entry.id in received:
            waits[key][0].append(entry)
    yield from ((referrals, run, None) for referrals, run in waits.values())


def _kept(entry: Entry) -> bool:
    """True if the child was seen as arranged; being seen on a ward after self-harm is not what was waited for."""
    seen = entry.records(*APPOINTMENTS, "attended") or tells("came", entry.text)
    return seen and not entry.records("self-harm", "admission")


def _came_to_nothing(entry: Entry) -> bool:
    """True if an appointment was cancelled, put off or missed: by its kind of event, or by the result column alone."""
    speaks = entry.records(*APPOINTMENTS, *OFFERED, status=None)
    missed = tells("postponed", told(entry)) or entry.records("did-not-attend")
    if tells("new_date", result(entry)) and tells("postponed", entry.text):
        return True
    return (speaks and missed and not entry.records(*REFERRALS)) or tells("postponed", result(entry))


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
