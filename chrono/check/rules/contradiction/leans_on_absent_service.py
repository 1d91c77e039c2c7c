"""A case is closed, or a step left out, because of a service that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.matters import REFERRALS
from chrono.check.rounds import HELPERS
from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import ask, named, says, sentence_at
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after


@rule("C07", needs="reading", severity="medium")
def leans_on_absent_service(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """A plan or closure leans on another service whose own rows show that it was not working with the child.

    Finds: a row that closes, or leaves something out, because a named service is involved or will take it on, and rows of
    that service within `days` days that record refusal, closure or no effect, with none that record its work; or a row
    that says a service is at work, and that service's own first work with the child lies surely after it.
    Why it matters: each service believes that the other holds the case.
    Stays silent when: the service's rows show it working; neither its return is there nor that of another of its kind.
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
    for entry in view.everything:
        if entry.when.known and tells("at_work_now", entry.text):
            for agency in _said_to_work(entry, view):
                rows = _work_begins_later(entry, agency, view)
                if rows:
                    yield _finding(entry, rows, agency, timeline)


def _said_to_work(entry: Entry, view: View) -> list[str]:
    """Helping services that the row says are at work; one without a return stands for those of its kind that have one."""
    found: list[str] = []
    for mention in entry.mentions:
        if mention.kind != "agency" or mention.column != "text" or mention.actor == entry.agency:
            continue
        kind = view.kind(mention.actor)
        if kind not in HELPERS or not tells("at_work_now", sentence_at(entry.text, mention.begin)):
            continue
        known = mention.actor in view.timeline.returned
        found += [mention.actor] if known else view.of_kinds(kind, returned=True)
    return [agency for agency in dict.fromkeys(found) if agency != entry.agency]


def _work_begins_later(entry: Entry, agency: str, view: View) -> list[Entry]:
    """The service's rows, none of them of work, up to its first of work after `entry`; [] if it worked before."""
    if not view.covers(agency, entry.when):
        return []
    idle: list[Entry] = []
    for row in view.agency(agency):
        if date_in_doubt(row) or not view.same_child(row, entry):
            continue
        if _waits(row):
            idle.append(row)
        elif row.when.surely_after(entry.when):
            return [*idle[-3:], row]
        else:
            return []
    return []


def _waits(row: Entry) -> bool:
    """True for a row of a service that is asked or means to work, and does not yet."""
    if tells("postponed", told(row)) or tells("waiting", told(row)) or _not_there(row):
        return True
    return row.records(*REFERRALS, "allocation", "did-not-attend", "letter", "appointment-offered")


def _named(entry: Entry, view: View) -> list[str]:
    found = [mention.actor for mention in entry.mentions if mention.kind == "agency"]
    return [a for a in dict.fromkeys(found) if a != entry.agency and a in view.timeline.returned]


def _not_there(row: Entry) -> bool:
    return row.records("closure", "support-declined") or bool(row.declares) or tells("not_working", told(row))


def _finding(entry: Entry, absent: list[Entry], agency: str, timeline: Timeline) -> Finding:
    name = timeline.name_of(agency)
    meant = [m.actor for m in entry.mentions if m.kind == "agency" and m.actor not in (agency, entry.agency)]
    silent = [actor for actor in dict.fromkeys(meant) if actor not in timeline.returned]
    other = f" The row may mean {named(timeline, silent, 'or')}, of which no return is there." if silent else ""
    return Finding(
        f"{timeline.name_of(entry.agency)} counts on {name}, whose rows show no work going on",
        cites=(entry.source, *(row.source for row in absent)),
        explanation=f"{says(entry)} Of that time {name} says: {' '.join(says(row) for row in absent[:6])}{other}",
        settle=ask(timeline, (entry.agency,), f"what it knew of the work of {name} when it decided"),
        agencies=(entry.agency, agency),
        subjects=entry.subjects,
        period=facts((entry, *absent)),
        certainty="possible",
    )
