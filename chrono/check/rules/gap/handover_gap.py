"""Days without contact when a case moves from one service to another."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.model import Entry, Finding, Timeline, day_after

HANDED = (
    "handed over",
    "handover to",
    "transferred to",
    "passed to",
    "to take over",
    "to pick up",
    "to take on",
    "to hold",
)


@rule("G11", needs="typed", severity="medium")
def handover_gap(timeline: Timeline, *, days: int = 14, at_most: int = 200) -> Iterator[Finding]:
    """A case is handed to another service, whose first row comes weeks later.

    Finds: a closure, transfer or handover that names the service to take over, and no row of that service about the child
    in the `days` days after it.
    Why it matters: in between nobody has contact, and what was planned jointly tends to be dropped.
    Stays silent when: the new service is already active, or its row comes within the days; it has sent no return.
    """
    view = View.of(timeline)
    for entry in view.speaking_of("transfer", "handover", "closure", "order-ended"):
        words = told(entry).lower()
        if entry.when.end is None or entry.when.start is None or not any(phrase in words for phrase in HANDED):
            continue
        for heir in _heirs(entry, view):
            after = _next_row(entry, heir, view, at_most)
            if after and entry.when.days_until(after.when)[0] > days:
                yield _finding(entry, after, heir, view)


def _heirs(entry: Entry, view: View) -> list[str]:
    named = dict.fromkeys(mention.actor for mention in entry.mentions if mention.kind == "agency")
    return [id_ for id_ in named if id_ != entry.agency and id_ in view.timeline.returned]


def _next_row(entry: Entry, heir: str, view: View, at_most: int) -> Entry | None:
    rows = view.agency(heir).between(day_after(entry.when.earliest, -1), day_after(entry.when.latest, at_most))
    return next((row for row in rows if view.same_child(row, entry) and not row.declares), None)


def _finding(entry: Entry, after: Entry, heir: str, view: View) -> Finding:
    name = view.timeline.name_of(heir)
    return Finding(
        f"Handed over to {name} on {entry.when}; its first row is of {after.when}",
        cites=(entry.source, after.source),
        explanation=f"{says(entry)} The first row of {name} after it: {says(after)} Between them are "
        f"{counted(entry.when.latest, after.when.earliest)}.",
        settle=ask(
            view.timeline,
            (entry.agency, heir),
            "the handover record and who was in contact with the child between the two dates",
        ),
        agencies=(entry.agency, heir),
        subjects=entry.subjects or after.subjects,
        period=facts((entry, after)),
        certainty="possible",
    )
