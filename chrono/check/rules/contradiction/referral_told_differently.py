"""A referral that sender and receiver tell differently: who made it, and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from chrono.check.matters import REFERRALS, Referral, referrals
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import words_for
from chrono.model import Entry, Event, Finding, Timeline, day_after

NEWS = ("contact", "notification", "police-notification", "referral-decision", "telephone-call", "email", "letter")
TO_COME = re.compile(r"(?:to|will|shall|should|going to|plans? to) \w", re.IGNORECASE)
DENIED_WITHIN = 21
"""Days from a referral within which the sender's row that it makes none speaks of the same."""


@rule("C11", needs="typed", severity="medium")
def referral_told_differently(timeline: Timeline, *, days: int = 100, apart: int = 10) -> Iterator[Finding]:
    """Sender and receiver of a referral do not agree on who made it, or when.

    Finds: an agency's row that it referred a child to a service, and the service's nearest row, within `days` days, that it
    received a referral of the child, where that names somebody else as the sender, or where the two are surely more than
    `apart` days from each other; and a referral received from an agency whose own row of those weeks says that it made
    none.
    Why it matters: who raised the alarm first, and how long it lay, is at the heart of many reviews.
    Stays silent when: the receiver also has the sender's referral, by that name or as a contact, or names no sender; the dates
    may agree; the referral was still to be made.
    """
    view = View.of(timeline)
    known = [each for each in (*referrals(view), *_from_a_column(view)) if each.receiver and each.when.known]
    received: dict[tuple[str, str], list[Referral]] = defaultdict(list)
    for each in known:
        if each.entry.agency == each.receiver:
            for child in each.entry.subjects or ("",):
                received[each.receiver, child].append(each)
    seen: set[str] = set()
    for sent in (each for each in known if each.entry.agency != each.receiver):
        candidates = [each for each in _of_its_child(received, sent, view) if each.when.days_apart(sent.when) <= days]
        agree = any(_agree(each, sent, apart) for each in candidates)
        if candidates and not agree and not _has_it_as_contact(sent, view, apart):
            nearest = min(candidates, key=lambda each: (each.when.days_apart(sent.when), each.entry.source))
            if nearest.entry.id not in seen:
                seen.add(nearest.entry.id)
                yield _finding(nearest, sent, timeline)
    for each in known:
        heard = each.entry.agency == each.receiver and each.sender and each.entry.id not in seen
        if heard and (denial := _denied_by_sender(each, known, view)):
            seen.add(each.entry.id)
            yield _never_made(each, denial, timeline)


def _denied_by_sender(received: Referral, known: list[Referral], view: View) -> Entry | None:
    """The sender's row that it does not refer, if none of those weeks says that it did."""
    denials = view.track("no referral", lambda: view.telling("makes_no_referral"))
    own = [row for row in denials.about(received.entry) if row.agency == received.sender] if len(denials) else []
    near = [row for row in own if row.when.days_apart(received.when) <= DENIED_WITHIN]
    made = near and any(
        each.entry.agency == received.sender
        and each.when.days_apart(received.when) <= DENIED_WITHIN
        and each.entry not in near
        and view.same_child(each.entry, received.entry)
        for each in known
    )
    return near[-1] if near and not made else None


def _from_a_column(view: View) -> Iterator[Referral]:
    """Rows whose column 'referred by' names an agency, and rows whose outcome passes the child on to one."""
    for entry in view.everything:
        for mention in entry.mentions:
            if mention.kind != "agency" or mention.actor == entry.agency:
                continue
            if mention.column == "referrer":
                yield Referral(entry, Event("referral"), mention.actor, entry.agency, entry.when)
            elif mention.column in ("outcome", "action") and mention.part == "referred-to" and not _not_made(entry):
                yield Referral(entry, Event("referral"), entry.agency, mention.actor, entry.when)


def _not_made(entry: Entry) -> bool:
    """True if the row says of a referral that none is made, or that it is to be made: 'SW2 to refer to CAMHS'."""
    events = entry.events_of(*REFERRALS, status=None)
    to_come = any(event.status == "planned" and TO_COME.match(event.words) for event in events)
    made = any(event.status == "occurred" for event in events)
    return entry.records(*REFERRALS, status="did-not-happen") or (to_come and not made)


def _of_its_child(received: Mapping[tuple[str, str], list[Referral]], sent: Referral, view: View) -> Iterator[Referral]:
    """What the receiver received that may be about the same child."""
    children = sent.entry.subjects or tuple(subject.id for subject in view.timeline.case.subjects)
    for child in (*children, ""):
        yield from received.get((sent.receiver, child), ())


def _agree(received: Referral, sent: Referral, apart: int) -> bool:
    return received.sender in ("", sent.entry.agency) and received.when.days_apart(sent.when) <= apart


def _has_it_as_contact(sent: Referral, view: View, apart: int) -> bool:
    """True if the receiver has a contact or notice of those days that names the sender: the same by another name."""
    rows = view.recording(*NEWS).about(sent.entry).between(sent.when.earliest, day_after(sent.when.latest, apart))
    return any(row.agency == sent.receiver and sent.entry.agency in view.named_by(row) for row in rows)


def _finding(received: Referral, sent: Referral, timeline: Timeline) -> Finding:
    taker, giver = timeline.name_of(received.receiver), timeline.name_of(sent.entry.agency)
    other = timeline.name_of(received.sender) if received.sender else "somebody it does not name"
    return Finding(
        f"{giver} refers to {taker} {sent.when}; {taker} has a referral by {other} {received.when}",
        cites=(received.entry.source, sent.entry.source),
        explanation=f"{says(received.entry)} {says(sent.entry)} No other row of {taker} shows a referral by {giver} then.",
        settle=ask(timeline, (received.receiver, sent.entry.agency), "the referral form, with its date and sender"),
        agencies=tuple(dict.fromkeys((received.receiver, sent.entry.agency, *filter(None, (received.sender,))))),
        subjects=received.entry.subjects or sent.entry.subjects,
        period=facts((received.entry, sent.entry)),
        certainty="possible",
    )


def _never_made(received: Referral, denial: Entry, timeline: Timeline) -> Finding:
    taker, giver = timeline.name_of(received.receiver), timeline.name_of(received.sender)
    words = quoted(words_for("makes_no_referral", told(denial)))
    return Finding(
        f"{taker} has a referral by {giver} {received.when}; {giver} writes {words}"[:160],
        cites=(received.entry.source, denial.source),
        explanation=f"{says(received.entry)} {says(denial)} No row of {giver} shows a referral in those weeks.",
        settle=ask(timeline, (received.receiver, received.sender), "the referral form, with its date and sender"),
        agencies=(received.receiver, received.sender),
        subjects=received.entry.subjects or denial.subjects,
        period=facts((received.entry, denial)),
        certainty="possible",
    )
