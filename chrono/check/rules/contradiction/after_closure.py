"""A service that has closed is met again as if it were still at work, or begins later than another says it did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.parties import is_plain, named_parties
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after

PRESENT = ("present", "provider")
CLOSED = ("closure",)
HANDED_OVER = ("step-down", "transfer", "handover")
"""Rows of the service that takes over, in which the one that closed has its last part."""

OF_INCIDENTS = ("police", "ambulance", "hospital", "fire")
"""Agencies whose 'closed' ends an incident, a call or an attendance, and no work with a child."""
OF_A_CONTACT = re.compile(
    r"\b(?:contact|referral|enquiry|notification|alert|report|request)\b[^.;]{0,15}\b(?:closed|ended|shut|nfa)\b"
    r"|\b(?:closed|closing|ended|nfa)\b[^.;]{0,12}\b(?:contact|referral|enquiry|notification)\b(?! with)",
    re.IGNORECASE,
)
"""What is closed is one contact, and no work with a child."""


@rule("C08", needs="typed", severity="medium")
def after_closure(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """One agency closed, and another records it as taking part afterwards.

    Finds: a row of another agency, within `days` days of the closure, that names the closed agency as present or at work,
    when the closed agency's own rows show no new opening and no such contact.
    Why it matters: either the closure's date or the contact is not as written, or work went on unrecorded.
    Stays silent when: the agency re-opened; it records the contact itself; it is only spoken of, or hands its work over; what
    was closed is one contact or referral; a word such as 'the health visitor' may mean another of the kind, here or where
    the family moved.
    """
    view = View.of(timeline)
    for closing in view.recording(*CLOSED):
        if not closing.when.is_day or closing.when.end is None or view.kind(closing.agency) in OF_INCIDENTS:
            continue
        if OF_A_CONTACT.search(told(closing)):
            continue  # the front door ends one contact, and is there for the next
        last = day_after(closing.when.end, days)
        reopened = _reopened(closing, view)
        for entry in view.everything.between(day_after(closing.when.end), last):
            before_reopening = not reopened or entry.when.surely_before(reopened)
            if before_reopening and _takes_part(closing, entry, view) and view.same_child(entry, closing):
                yield _finding(closing, entry, timeline)
                break


def _reopened(closing: Entry, view: View) -> When | None:
    last = closing.when.latest
    own = view.agency(closing.agency).between(day_after(last), day_after(last, 365))
    return next(
        (row.when for row in own if row.events and view.same_child(row, closing) and row.id != closing.id), None
    )


def _takes_part(closing: Entry, entry: Entry, view: View) -> bool:
    agency = closing.agency
    if entry.agency == agency or not any(event.status == "occurred" for event in entry.events):
        return False
    if any(row.agency == agency for row in view.timeline.linked(entry)) or entry.records(*HANDED_OVER):
        return False
    elsewhere = (
        len(view.of_kinds(view.kind(agency))) > 1 or tells("goes_away", told(closing)) or closing.records("transfer")
    )
    party = next((one for one in named_parties(entry, view) if one.agency == agency and one.part in PRESENT), None)
    return party is not None and not (elsewhere and is_plain(party))


def _finding(closing: Entry, entry: Entry, timeline: Timeline) -> Finding:
    name, other = timeline.name_of(closing.agency), timeline.name_of(entry.agency)
    return Finding(
        f"{name} closed on {closing.when}; {other} has it taking part on {entry.when}",
        cites=(closing.source, entry.source),
        explanation=f"{says(closing)} {says(entry)} Between them are {counted(closing.when.latest, entry.when.earliest)}; "
        f"no row of {name} shows that it had opened again or was there.",
        settle=ask(timeline, (closing.agency,), "whether its case was open then, and for its own note of the contact"),
        agencies=(closing.agency, entry.agency),
        subjects=closing.subjects or entry.subjects,
        period=facts((closing, entry)),
        certainty="possible",
    )
