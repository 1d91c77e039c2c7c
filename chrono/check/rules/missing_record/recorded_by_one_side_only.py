"""Events that name two agencies and stand in the return of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.parties import Party, named_parties
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask, many, quoted
from chrono.model import Entry, Finding, Timeline, day_after

FORMAL = frozenset(("meeting", "visit", "session", "assessment", "interview", "appointment"))
BY_NAME = ("present", "provider", "decided")
MOST = 15


@rule("M04", needs="typed", severity="medium")
def recorded_by_one_side_only(timeline: Timeline, *, days: int = 3) -> Iterator[Finding]:
    """One agency's row names another as taking part, and the other has no row of it.

    Finds: rows that name an agency as present, providing, told or referred to, where that agency has sent a return that
    covers the date and has no linked row, and none within `days` days that could be about it. One finding for each pair of
    agencies; telephone calls, e-mails and letters (whatever they tell of) make a finding of their own, of low severity.
    Why it matters: either the other side did not record it, or left it out, or it did not happen as written.
    Stays silent when: the other's row is coarser and may hold it; it was only planned; the other return does not cover it.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, str, bool], list[tuple[Entry, Party]]] = defaultdict(list)
    for entry in view.everything:
        if entry.when.start is None or entry.when.end is None or not _took_place(entry):
            continue
        for party in named_parties(entry, view):
            if view.covers(party.agency, entry.when) and not _has_row(party.agency, entry, view, days):
                groups[entry.agency, party.agency, _formal(entry, party)].append((entry, party))
    for (holder, other, formal), found in groups.items():
        for start in range(0, len(found), MOST):
            yield _finding(holder, other, formal, found[start : start + MOST], view)


def _took_place(entry: Entry) -> bool:
    return any(event.status in ("occurred", "referred-to") for event in entry.events)


def _formal(entry: Entry, party: Party) -> bool:
    kinds = {event.nature for event in entry.events if event.status in ("occurred", "referred-to")}
    if entry.records("letter", "email", "text-message"):
        return False
    return (party.part in BY_NAME and bool(kinds & FORMAL)) or (
        party.part == "provider" and not kinds & {"notification", "referral"}
    )


def _has_row(agency: str, entry: Entry, view: View, days: int) -> bool:
    if any(row.agency == agency for row in view.timeline.linked(entry)):
        return True
    slack = days if entry.when.is_day else days + 4
    rows = view.agency(agency).between(day_after(entry.when.earliest, -slack), day_after(entry.when.latest, slack))
    return any(view.same_child(row, entry) and _could_be(row, entry) for row in rows)


def _could_be(row: Entry, entry: Entry) -> bool:
    """True if the other agency's row may be about the same matter: it names this agency, or speaks of a like event."""
    if any(mention.actor == entry.agency for mention in row.mentions):
        return True
    mine = {(event.family or event.type) for event in entry.events} | {event.type for event in entry.events}
    theirs = {(event.family or event.type) for event in row.events} | {event.type for event in row.events}
    return bool(mine & theirs) or (not row.events and row.when.may_overlap(entry.when, slack=1))


def _finding(holder: str, other: str, formal: bool, found: list[tuple[Entry, Party]], view: View) -> Finding:
    timeline = view.timeline
    rows = [entry for entry, _ in found]
    one, two = timeline.name_of(holder), timeline.name_of(other)
    parts = ", ".join(
        dict.fromkeys(f"{quoted(party.words)} ({party.part.replace('-', ' ')})" for _, party in found[:4])
    )
    return Finding(
        f"{one} records {many(len(rows), 'event')} with {two} that the return of {two} does not show",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} They name {two} as taking part: {parts}. {two} was asked and has returned; no row of it is "
        "linked to these, and none near them could be about the same.",
        settle=ask(timeline, (other,), f"its own record of these, or whether it took part; {one} for who was there"),
        agencies=(holder, other),
        expected_from=(other,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite" if formal and all(row.when.is_day for row in rows) else "possible",
        severity="medium" if formal else "low",
    )
