"""A case is closed, or a step left out, because of a service that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after


@rule("C07", needs="reading", severity="medium")
def leans_on_absent_service(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """A plan or closure leans on another service whose own rows show that it was not working with the child.

    Finds: a row that closes, or leaves something out, because a named service is involved or will take it on, and rows of
    that service within `days` days that record refusal, closure or no effect, with none that record its work.
    Why it matters: each service believes that the other holds the case.
    Stays silent when: the service's rows show it working; it was not asked for a return.
    """
    view = View.of(timeline)
    for entry in view.everything:
        if entry.when.start is None or entry.when.end is None or not tells("leans_on", told(entry)):
            continue
        for agency in _named(entry, view):
            first, last = day_after(entry.when.start, -days // 3), day_after(entry.when.end, days)
            rows = [row for row in view.agency(agency).between(first, last) if view.same_child(row, entry)]
            absent = [row for row in rows if _not_there(row)]
            if absent and len(absent) * 2 > len(rows):
                yield _finding(entry, absent, agency, timeline)


def _named(entry: Entry, view: View) -> list[str]:
    found = [mention.actor for mention in entry.mentions if mention.kind == "agency"]
    return [a for a in dict.fromkeys(found) if a != entry.agency and a in view.timeline.returned]


def _not_there(row: Entry) -> bool:
    return row.records("closure", "support-declined") or bool(row.declares) or tells("not_working", told(row))


def _finding(entry: Entry, absent: list[Entry], agency: str, timeline: Timeline) -> Finding:
    name = timeline.name_of(agency)
    return Finding(
        f"{timeline.name_of(entry.agency)} counts on {name}, whose rows show no work going on",
        cites=(entry.source, *(row.source for row in absent)),
        explanation=f"{says(entry)} Of that time {name} says: {' '.join(says(row) for row in absent[:6])}",
        settle=ask(timeline, (entry.agency,), f"what it knew of the work of {name} when it decided"),
        agencies=(entry.agency, agency),
        subjects=entry.subjects,
        period=facts((entry, *absent)),
        certainty="possible",
    )
