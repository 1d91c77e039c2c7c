"""Referrals, closures and rounds of them: what several rules ask of the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.parties import named_by_own_word
from chrono.check.view import View, date_of, result, told
from chrono.check.words import tells
from chrono.model import Entry, Event, When

REFERRALS = (
    "referral",
    "early-help-referral",
    "mental-health-referral",
    "panel-referral",
    "nrm-referral",
    "lado-referral",
)
RESPONSES = (
    "referral-decision",
    "assessment-offered",
    "assessment-started",
    "assessment-completed",
    "assessment",
    "single-assessment",
    "initial-assessment",
    "early-help-assessment",
    "mental-health-assessment",
    "mental-health-appointment",
    "appointment",
    "appointment-offered",
    "support-offered",
    "session",
    "home-visit",
    "visit",
    "worker-starts",
    "multi-agency-panel",
    "strategy-discussion",
    "section-47",
    "family-support",
    "allocation",
    "nrm-decision",
    "housing-offer",
    "placement-panel",
)
SCHEMES = ("nrm-referral", "lado-referral")
TITLES = ("category", "referrer")
RECEIVED = re.compile(
    r"\b(from|received|asks? for|asked for|asks? (?:that|to)|requests?|refers?|passed on by"
    r"|new referral|(?:referral|request|form) in|(?:comes|came) in)\b",
    re.IGNORECASE,
)
MADE = re.compile(
    r"\breferrals?\s+(?:was\s+|has\s+been\s+)?(made|sent|submitted|completed|done)\b(?!\s+by)", re.IGNORECASE
)
DECISIONS = ("accepted", "refused", "declined", "no-further-action", "closed", "advice", "not-met", "rejected")
DECIDED = re.compile(
    r"\b(accept\w*|allocat\w*|declin\w*|reject\w*|not accepted|advice only|criteria not met|not met|no role|no assessment|"
    r"nfa|no further action|closed|assessment|strategy|offered|discussed|plan made|watch list|refused|agreed"
    r"|(?:first )?seen (?:on |in )?(?:the )?\d{1,2}(?:st|nd|rd|th)?|first seen|discharged)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Referral:
    """A row that refers a child: by whom, to whom (agency ids, '' if it does not say), when."""

    entry: Entry
    event: Event
    sender: str
    receiver: str
    when: When

    @property
    def decided_here(self) -> bool:
        """True if the same row tells what was decided on it."""
        return self.event.outcome in DECISIONS or bool(DECIDED.search(result(self.entry)))


def referrals(view: View) -> list[Referral]:
    """Every referral that the rows record as made or received, in order."""
    return view.kept("referrals", lambda: list(_referrals(view)))


def _referrals(view: View) -> Iterator[Referral]:
    for entry in (*view.speaking_of(*REFERRALS), *_undated(view)):
        if tells("no_answer", told(entry)):
            continue  # 'referred in spring, we have heard nothing' tells of a referral of an earlier day
        # "referral" beside "referral to CAMHS" is the same one said more plainly
        for event in sorted(entry.events_of(*REFERRALS, status=None), key=lambda event: event.type == "referral"):
            if event.status in ("planned", "cancelled", "did-not-happen"):
                continue
            sender, receiver = _direction(entry, event, view)
            yield Referral(entry, event, sender, receiver, date_of(event, entry))
            break


def _undated(view: View) -> Iterator[Entry]:
    """The rows without a date that refer a child to a scheme which is no agency of the case."""
    return (row for row in view.timeline.entries if not row.when.known and row.records(*SCHEMES))


def _direction(entry: Entry, event: Event, view: View) -> tuple[str, str]:
    titled = [m.actor for m in entry.mentions if m.part == "referred-by" and m.column in TITLES and m.kind == "agency"]
    if titled and titled[0] != entry.agency:
        return titled[
            0
        ], entry.agency  # 'Referral from social care' as kind of contact says more than the text's clauses
    named = next((id_ for id_ in (event.from_agency, event.to_agency) if id_ and id_ != entry.agency), "")
    if named and MADE.search(told(entry)):
        return entry.agency, named
    if event.from_agency and event.from_agency != entry.agency and RECEIVED.search(told(entry)):
        return event.from_agency, entry.agency
    if event.to_agency or event.from_agency:
        sender = event.from_agency or (entry.agency if event.to_agency != entry.agency else "")
        receiver = event.to_agency or (entry.agency if event.from_agency != entry.agency else "")
        return sender, receiver
    parts = {mention.part: mention.actor for mention in entry.mentions if mention.kind == "agency"}
    if "referred-to" in parts:
        return entry.agency, parts["referred-to"]
    if "referred-by" in parts or RECEIVED.search(told(entry)):
        return parts.get("referred-by", ""), entry.agency
    own_words = named_by_own_word(told(entry).lower(), view) - {entry.agency}
    return entry.agency, next(iter(own_words)) if len(own_words) == 1 else ""


def ends_here(entry: Entry) -> bool:
    """True if the row closes the agency's work, or ends a contact without any."""
    return tells("closing", told(entry)) or tells("below_threshold", told(entry))
