"""Work with a parent that stops while work with the child goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

HELPERS = ("youth-justice", "social-care", "early-help", "voluntary", "mental-health", "exploitation")
NOT_SEEN = re.compile(r"^\W*$")


@rule("G14", needs="typed", severity="low")
def work_with_parent_stops(timeline: Timeline, *, days: int = 150, sessions: int = 5) -> Iterator[Finding]:
    """A service goes on seeing the child and for months records no contact with a parent it had worked with.

    Finds: two neighbouring contacts of a service with a parent or carer surely `days` days or more apart, with `sessions` or
    more contacts with the child in between.
    Why it matters: plans for young people rest on what happens at home.
    Stays silent when: the return has no column of who was seen; the service worked with the parent only once.
    """
    view = View.of(timeline)
    for agency in view.of_kinds(*HELPERS, returned=True):
        rows = [entry for entry in view.agency(agency) if entry.when.end and entry.when.start]
        with_parent = [entry for entry in rows if tells("parent", _who(entry))]
        for before, after in pairwise(with_parent):
            if before.when.days_until(after.when)[0] < days:
                continue
            between = [row for row in rows if row.when.surely_after(before.when) and row.when.surely_before(after.when)]
            seen = [row for row in between if not NOT_SEEN.match(_who(row)) and view.same_child(row, before)]
            if len(seen) >= sessions:
                yield _finding(before, after, len(seen), view)


def _who(entry: Entry) -> str:
    """The column of who was seen, whichever way it was headed."""
    return entry.fields.get("people") or entry.fields.get("subject", "")


def _finding(before: Entry, after: Entry, contacts: int, view: View) -> Finding:
    name = view.timeline.name_of(before.agency)
    return Finding(
        f"{name} records no contact with a parent between {before.when} and {after.when}",
        cites=(before.source, after.source),
        explanation=f"{says(before)} The next contact with a parent: {says(after)} That is "
        f"{counted(before.when.latest, after.when.earliest)}; "
        f"{contacts} other contacts are recorded in between.",
        settle=ask(view.timeline, (before.agency,), "contacts with parents or carers in this time"),
        agencies=(before.agency,),
        subjects=before.subjects,
        period=facts((before, after)),
        certainty="possible",
    )
