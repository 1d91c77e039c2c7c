"""Warnings and requests that no row answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, result, told
from chrono.check.wording import ask, counted, named, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

JOINT = (
    "strategy-discussion",
    "section-47",
    "assessment-started",
    "assessment-completed",
    "safety-plan",
    "risk-assessment",
    "multi-agency-panel",
    "professionals-meeting",
    "initial-conference",
    "police-protection",
    "warning-marker",
    "nrm-referral",
    "section-20",
    "became-looked-after",
    "emergency-protection-order",
    "interim-care-order",
)
"""Steps that look at all that is known: they answer a warning whoever takes them."""
OWN = (
    "home-visit",
    "case-opened",
    "referral-decision",
    "placement-move",
    "placement-start",
    "managed-move",
    "referral",
    "panel-referral",
    "mental-health-assessment",
)
"""Steps that agencies take as a matter of course as well: they answer a warning if their agency had it."""
ANSWERS = (*JOINT, *OWN)
DEALT_WITH = ("investigation", "charge", "arrest", "exclusion-fixed", "exclusion-permanent", "exclusion")
"""In the row itself: the police had the matter and acted on it, or the school did."""
TO_FAMILY = (
    "did-not-attend",
    "home-visit",
    "visit",
    "telephone-call",
    "text-message",
    "appointment",
    "letter",
    "email",
)
"""Rows in which 'no reply' is what the family gave, at the door or on the telephone."""
FAMILY_WAITS = re.compile(
    r"\b(?:family|mum|mother|mo|dad|father|fa|parents?|carers?|they|she|he) (?:(?:is|are|was|were|still|all|both) ){0,2}"
    r"(?:a?waiting|waits?) (?:to hear|for (?:news|an answer|a reply))\b",
    re.IGNORECASE,
)
"""It is the family that waits for an answer, on a house or a school place."""
PASSED_ON = ("referral", "notification", "information-sharing", "police-notification", "strategy-discussion", "contact")
WIDEST = 122
"""Days: of a warning dated more vaguely than by a season nothing can be said of the days after it."""
SOON = 60
"""A serious event within so many days makes an unanswered warning one that has to be asked about."""
TAKEN_UP = 10
"""Days within which a danger told by a message is taken up, if the message was heard."""
GRAVE = ("stabbing", "injury", "assault", "self-harm", "death")
RESPONDERS = ("social-care", "police", "youth-justice", "panel", "exploitation")


@rule("M21", needs="typed", severity="medium")
def warning_without_response(timeline: Timeline, *, days: int = 28) -> Iterator[Finding]:
    """Somebody warns that a child is not safe, or passes on what they know, and no row answers.

    Finds: rows with a warning, a threat or a request to others, or that say that no answer came, where neither the row nor
    any row about the child in the `days` days after it shows a meeting, assessment, plan, visit or referral; and dangers that
    the writer agreed to keep to themselves, where none of their rows passes it on.
    Why it matters: this is what is asked first after a serious incident.
    Stays silent when: the answer is in the same row; any agency acts within the days (where the row says that it waits for an
    answer, or was left as a message: before a grave event, or within ten days); nobody who could answer has returned;
    its date is vaguer than a season.
    """
    view = View.of(timeline)
    if not view.of_kinds(*RESPONDERS, returned=True):
        return
    for entry in view.telling("kept_secret", "no_answer", "danger", "warning"):
        if _kept_secret(entry):
            if not _told_later(entry, view, days):
                yield _finding(entry, view, days)
        elif _says_no_answer(entry, view) or (_warns(entry) and not _answered_here(entry)):
            answer = _answer(entry, view, days)
            if answer is None:
                yield _finding(entry, view, days)


def _says_no_answer(entry: Entry, view: View) -> bool:
    """True if no answer came: from a service to which the row voices worry, or in a row that is not of a call at the family's."""
    if not tells("no_answer", told(entry)) or FAMILY_WAITS.search(told(entry)):
        return False
    named = any(view.agency_of(mention) not in ("", entry.agency) for mention in entry.mentions)
    return (named and entry.records("concern-raised")) or not entry.records(*TO_FAMILY, status=None)


def _kept_secret(entry: Entry) -> bool:
    """True if the writer agreed to keep a danger to themselves."""
    words = told(entry)
    return tells("kept_secret", words) and tells("danger", words)


def _told_later(entry: Entry, view: View, days: int) -> bool:
    """True if a row of the same agency, or one that names it, shows soon afterwards that others were told after all."""
    rows = view.recording(*PASSED_ON).about(entry).between(entry.when.earliest, day_after(entry.when.latest, days))
    return any(
        row.id != entry.id
        and (row.agency == entry.agency or any(mention.actor == entry.agency for mention in row.mentions))
        for row in rows
    )


def _warns(entry: Entry) -> bool:
    words = told(entry)
    if tells("danger", words) and not tells("not_safe_to_write", words):
        return True
    voiced = entry.records("concern-raised", "warning-marker", "threat", "family-account") or tells("request", words)
    return tells("warning", words) and voiced


def _answered_here(entry: Entry) -> bool:
    return tells("answered", result(entry)) or entry.records(*ANSWERS, *DEALT_WITH)


def _answer(entry: Entry, view: View, days: int) -> Entry | None:
    if entry.when.start is None or entry.when.end is None:
        return entry
    days = _within(entry, days)
    end = view.timeline.period[1]
    if (end and entry.when.latest > end) or (entry.when.latest - entry.when.earliest).days > WIDEST:
        return entry
    rows = view.recording(*ANSWERS).about(entry).between(entry.when.earliest, day_after(entry.when.latest, days))
    came = _came_about(entry, view, days)
    in_time = (row for row in rows if came is None or not row.when.surely_after(came.when))
    return next((row for row in in_time if row.id != entry.id and _may_answer(row, entry)), None)


def _came_about(entry: Entry, view: View, days: int) -> Entry | None:
    """The first grave event after a warning that waits for an answer: what is done only after it is none."""
    waits = entry.records("concern-raised") and _says_no_answer(entry, view)
    if not (waits or _by_message(entry)):
        return None
    rows = view.recording(*GRAVE).about(entry).between(day_after(entry.when.latest), day_after(entry.when.latest, days))
    return next((row for row in rows if row.when.surely_after(entry.when)), None)


def _by_message(entry: Entry) -> bool:
    """True if the danger was told by a message left for somebody, and to nobody in person."""
    return tells("left_by_message", told(entry)) and tells("danger", told(entry))


def _within(entry: Entry, days: int) -> int:
    """The days in which an answer is looked for."""
    return min(days, TAKEN_UP) if _by_message(entry) else days


def _may_answer(row: Entry, entry: Entry) -> bool:
    if row.when.surely_before(entry.when):
        return False
    if row.records("nrm-decision") and not row.records(*(kind for kind in JOINT if kind != "nrm-referral")):
        return False  # what is decided was referred before
    heard = row.agency == entry.agency or any(mention.actor == row.agency for mention in entry.mentions)
    return row.records(*JOINT) or heard or any(mention.actor == entry.agency for mention in row.mentions)


def _finding(entry: Entry, view: View, days: int) -> Finding:
    days = _within(entry, days)
    holders = tuple(id_ for id_ in view.of_kinds(*RESPONDERS, returned=True) if id_ != entry.agency)
    rows = view.serious.about(entry).between(day_after(entry.when.latest), day_after(entry.when.latest, 120))
    after = next((row for row in rows if row.when.surely_after(entry.when)), None)
    later = (
        f" The next serious event: {says(after)} It comes {counted(entry.when.latest, after.when.earliest)}."
        if after
        else ""
    )
    secret = _kept_secret(entry)
    title = (
        f"a danger kept in confidence on {entry.when}"
        if secret
        else f"a warning or request of {entry.when} that no row answers"
    )
    absent = (
        f"No row of {view.timeline.name_of(entry.agency)} in the {days} days after it shows that anybody was told."
        if secret
        else f"No row about the child in the {days} days after it shows a meeting, assessment, plan, visit or referral."
    )
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: {title}",
        cites=(entry.source,),
        explanation=f"{says(entry)} {absent}{later}",
        settle=ask(
            view.timeline,
            (entry.agency,),
            f"who was told and what they did; and {named(view.timeline, holders, 'or')} for any record of it",
        ),
        agencies=tuple(dict.fromkeys((entry.agency, *holders))),
        expected_from=holders,
        subjects=entry.subjects,
        period=(facts((entry,))[0], day_after(entry.when.latest, days)),
        certainty="possible",
        severity="high" if after and (after.when.earliest - entry.when.latest).days <= SOON else "medium",
    )
