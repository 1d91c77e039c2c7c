"""Conferences that were called for, or fixed and cancelled, and never held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import View, date_of, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

AS = re.compile(r"\bno\b[^.;]*\bconference\b[^.;]*\bas\b", re.IGNORECASE)
INTO_CARE = 30
"""Days within which a child who came into care had other reviews instead of a conference."""
CONFERENCES = ("initial-conference", "review-conference", "transfer-conference")


@rule("G06", needs="typed", severity="high")
def strategy_discussion_without_conference(timeline: Timeline) -> Iterator[Finding]:
    """A child protection conference was decided on or fixed, and none is recorded in time or at all.

    Finds: enquiries that end in going to conference without one within 15 working days; a conference fixed for a day, or
    cancelled, after which no row shows one that was held.
    Why it matters: the conference is where agencies together decide whether a child needs a protection plan.
    Stays silent when: the conference follows in time; the harm was not substantiated; the child came into care; the
    row that decides against a conference says why.
    """
    yield from followup.findings(timeline, "strategy-discussion-without-conference")
    yield from _never_held(timeline)


def _never_held(timeline: Timeline) -> Iterator[Finding]:
    view = View.of(timeline)
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in view.speaking_of(*CONFERENCES):
        if entry.records("strategy-discussion", "section-47") or _decided_against(entry, view):
            continue  # the duty that an enquiry starts is judged by its limit
        for event in entry.events_of(*CONFERENCES, status=None):
            if event.status in ("planned", "cancelled", "did-not-happen") and not _held_after(
                entry, event.when or date_of(event, entry), view
            ):
                groups.setdefault(entry.subjects, []).append(entry)
                break
    for rows in groups.values():
        cancelled = any(e.status == "cancelled" for row in rows for e in row.events_of(*CONFERENCES, status=None))
        yield Finding(
            f"A child protection conference was {'cancelled' if cancelled else 'planned'} and none is recorded as held",
            cites=tuple(row.source for row in rows),
            explanation=f"{all_say(rows)} No later row of any agency shows a conference that was held.",
            settle=ask(
                timeline, dict.fromkeys(row.agency for row in rows), "the decision not to hold it, who made it and why"
            ),
            agencies=tuple(dict.fromkeys(row.agency for row in rows)),
            subjects=view.children(rows),
            period=facts(rows),
            certainty="definite" if cancelled else "possible",
        )


def _decided_against(entry: Entry, view: View) -> bool:
    """True if the row says why no conference is held, or the child came into care within weeks."""
    against = all(event.status == "did-not-happen" for event in entry.events_of(*CONFERENCES, status=None))
    if against and (tells("reason", told(entry)) or AS.search(told(entry))):
        return True
    if entry.when.end is None or entry.when.start is None:
        return False
    days = day_after(entry.when.start, -3), day_after(entry.when.end, INTO_CARE)
    return bool(view.recording("became-looked-after", "section-20").about(entry).between(*days))


def _held_after(entry: Entry, when: object, view: View) -> bool:
    first = day_after(entry.when.earliest, -3)
    rows = view.recording(*CONFERENCES).between(first, date.max)
    del when
    return any(view.same_child(row, entry) and (row.id != entry.id) for row in rows)
