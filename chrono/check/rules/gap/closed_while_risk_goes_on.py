"""Cases closed or stepped down while rows around say that the risk is high."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.ratings import ratings
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told, unique, weight
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

HELPERS = ("social-care", "early-help", "youth-justice", "mental-health", "voluntary", "exploitation", "panel")
CLOSURES = ("closure", "step-down", "cp-plan-end", "not-open")
IN_CARE = ("looked-after-review", "secure-review", "secure-order", "placement-move", "placement-start", "care-plan")
"""Rows in which what is stepped down is the kind of placement."""
JUDGES = ("social-care", "early-help", "youth-justice", "exploitation", "panel")
"""Services that close on their view of the risk as such, and not of one need of the child or the parent."""
HIGH = 3
"""The level 'high' on the scale of ratings.yaml."""
RATED_WITHIN = 45
"""Days after a closing within which a risk rated high by others was hardly a new one."""
KNOWN, SHOWN = 2, 3
"""Most serious events cited of the time before, and of the time after."""


@rule("G03", needs="reading", severity="medium")
def closed_while_risk_goes_on(timeline: Timeline, *, before: int = 60, after: int = 180) -> Iterator[Finding]:
    """A case is closed or stepped down, and serious events lie close before or after.

    Finds: a closure, step-down, "no role" or taking off a list by a service that helps, with rows about an injury, a weapon,
    an arrest, a missing episode or an exclusion in the `before` days before it (its own too: then it knew) or in the
    `after` days after it; or another agency rates the risk high within weeks of it.
    Why it matters: whether the closing looked at what others knew is a question every review asks.
    Stays silent when: the work ended with a good outcome; the case was opened again before anything happened; nothing
    serious is recorded around it.
    """
    view = View.of(timeline)
    for entry in view.speaking_of(*CLOSURES):
        if _closes(entry, view):
            near = _around(entry, view, before, after)
            if near:
                yield _finding(entry, near, timeline)


def _closes(entry: Entry, view: View) -> bool:
    if view.kind(entry.agency) not in HELPERS or entry.when.end is None or entry.when.start is None:
        return False
    if entry.records(*IN_CARE, "complaint", "complaint-reply"):
        return False
    if entry.records("allocation", "case-opened") and not entry.records("closure"):
        return False  # the row of the service that takes the child on
    said = told(entry).lower()
    return (entry.records("closure") or tells("closing", said)) and not tells("ended_well", said)


def _around(entry: Entry, view: View, before: int, after: int) -> list[Entry]:
    """The nearest serious events before the closing, the service's own first, and the gravest after it."""
    assert entry.when.start
    first, last = day_after(entry.when.start, -before), day_after(entry.when.latest, after)
    own = [
        row for row in view.agency(entry.agency).between(day_after(entry.when.latest), last) if _same(row, entry, view)
    ]
    if own:
        last = own[0].when.earliest
    found = view.recording("found").about(entry).between(first, entry.when.start)
    grave = unique(
        (*view.serious.about(entry).between(first, last), *(row for row in found if view.kind(row.agency) == "police"))
    )
    rows = [row for row in grave if _same(row, entry, view) and row.when.within(first, last)]
    rated = []
    if view.kind(entry.agency) in JUDGES:
        rated = _rated_high(view).about(entry).between(entry.when.start, day_after(entry.when.latest, RATED_WITHIN))
    rows += [
        row for row in rated if row.agency != entry.agency and row.when.surely_after(entry.when) and row not in rows
    ]
    known = [row for row in rows if row.when.surely_before(entry.when)]
    later = [row for row in rows if row not in known and row.agency != entry.agency]
    known.sort(key=lambda row: (row.agency != entry.agency, -row.when.latest.toordinal(), -weight(row)))
    later.sort(key=lambda row: (-weight(row), row.when.sort_key))
    return [*known[:KNOWN], *later[:SHOWN]]


def _rated_high(view: View) -> Track:
    """Rows that rate a risk high."""
    return view.track(
        "rated high", lambda: (each.entry for each in ratings(view.everything.entries) if each.low >= HIGH)
    )


def _same(row: Entry, entry: Entry, view: View) -> bool:
    return row.id != entry.id and view.same_child(row, entry) and not row.declares


def _finding(entry: Entry, near: list[Entry], timeline: Timeline) -> Finding:
    name = timeline.name_of(entry.agency)
    later = [row for row in near if row.when.surely_after(entry.when)]
    first = min(later, key=lambda row: row.when.sort_key) if later else None
    count = (
        f" From the closing to the first of them are {counted(entry.when.latest, first.when.earliest)}."
        if first
        else ""
    )
    known = any(row.agency == entry.agency for row in near)
    what = "that its own rows record" if known else "that others record"
    return Finding(
        f"{name} closed or stepped down close to serious events {what}",
        cites=tuple(row.source for row in (entry, *near)),
        explanation=f"{says(entry)} Around it are recorded: {all_say(near)}{count} Whether these were known and weighed, "
        f"the row does not show.",
        settle=ask(timeline, (entry.agency,), "the reasons for closing and what was known of these events at the time"),
        agencies=tuple(dict.fromkeys(row.agency for row in (entry, *near))),
        subjects=entry.subjects or View.of(timeline).children(near),
        period=facts((entry, *near)),
        certainty="possible",
        severity="medium" if later or known else "low",
    )
