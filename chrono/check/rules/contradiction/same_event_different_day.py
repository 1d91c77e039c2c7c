"""Two agencies date one event differently."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.view import facts, told
from chrono.check.wording import ask, days, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Link, Timeline, When

SURE = 0.97
"""From this confidence of the link on, the rows are taken to be one event."""
PASSED_ON = ("notification", "referral", "contact", "information")
"""Kinds of record that are often made when the news arrives, not when the thing happened."""


@rule("C01", needs="typed", severity="medium")
def same_event_different_day(timeline: Timeline, *, reported_within: int = 4) -> Iterator[Finding]:
    """Two agencies date the same meeting or incident differently.

    Finds: rows that record the same event and whose dates cannot both be right, however they are read.
    Why it matters: the order of what was known and done hangs on it, and so does the search for minutes.
    Stays silent when: a vague date may mean the other's day; the text of one row names the other's day; the thing was
    passed on and recorded within `reported_within` days.
    """
    for link, one, other in linked_pairs(timeline):
        if one.agency != other.agency and _differ(one, other, reported_within):
            yield _finding(link, one, other, timeline)


def _differ(one: Entry, other: Entry, reported_within: int) -> bool:
    if any(first.may_overlap(second) for first in _days(one) for second in _days(other)):
        return False
    gap = max(one.when.days_until(other.when)[0], other.when.days_until(one.when)[0])
    passed_on = _was_passed_on(one) or _was_passed_on(other)
    return gap > (reported_within if passed_on else 0)


def _days(entry: Entry) -> list[When]:
    """Every day the row gives for the event: its own, those of its events, and those named in its text."""
    told = [event.when for event in entry.events if event.when]
    named = [mention.when for mention in entry.dates if mention.role in ("occurred", "referring-back")]
    return [when for when in (entry.when, *told, *named) if when.known]


def _was_passed_on(entry: Entry) -> bool:
    told_of = any(event.nature in PASSED_ON for event in entry.events) or any(m.part == "told" for m in entry.mentions)
    return told_of or tells("news", told(entry))


def _finding(link: Link, one: Entry, other: Entry, timeline: Timeline) -> Finding:
    earlier, later = sorted((one, other), key=lambda entry: entry.when.sort_key)
    least, most = earlier.when.days_until(later.when)
    first, second = timeline.name_of(earlier.agency), timeline.name_of(later.agency)
    reasons = "; ".join(reason.text for reason in link.reasons[:4])
    return Finding(
        f"One event, two dates: {first} says {earlier.when}, {second} says {later.when}",
        cites=(earlier.source, later.source),
        explanation=f"{says(earlier)} {says(later)} They are {days(least, most)} apart. "
        f"They are taken to be one event because: {reasons}.",
        settle=ask(timeline, (earlier.agency, later.agency), "the minutes, or the entry made at the time"),
        agencies=(earlier.agency, later.agency),
        subjects=earlier.subjects or later.subjects,
        period=facts((earlier, later)),
        certainty="definite" if link.confidence >= SURE else "possible",
    )
