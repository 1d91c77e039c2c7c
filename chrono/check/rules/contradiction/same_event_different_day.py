"""Two agencies date one event differently."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.view import facts, told
from chrono.check.wording import all_say, ask, days
from chrono.check.words import tells
from chrono.model import Entry, Finding, Link, Timeline, When

SURE = 0.97
"""From this confidence of the link on, the rows are taken to be one event."""
REASONS = 3
"""The strongest pieces of evidence that are told; all of them stand with the link."""
PASSED_ON = ("notification", "referral", "contact", "information")
"""Kinds of record that are often made when the news arrives, not when the thing happened."""
LEARNT = ("address-change",)
"""Kinds of event that other agencies learn of in the days after, without a meeting of their own."""


@rule("C01", needs="typed", severity="medium")
def same_event_different_day(timeline: Timeline, *, reported_within: int = 4) -> Iterator[Finding]:
    """Two agencies date the same meeting or incident differently.

    Finds: rows that record the same event and whose dates cannot both be right, however they are read.
    Why it matters: the order of what was known and done hangs on it, and so does the search for minutes.
    Stays silent when: a vague date may mean the other's day; the text of one row names the other's day; the thing was
    passed on and recorded within `reported_within` days.
    """
    apart: dict[str, list[Entry]] = {}
    links = {link.id: link for link in timeline.links}
    for link, one, other in linked_pairs(timeline):
        if one.agency != other.agency and _differ(one, other, reported_within):
            apart.setdefault(link.id, []).extend((one, other))
    for id_, entries in apart.items():
        yield _finding(links[id_], list({entry.id: entry for entry in entries}.values()), timeline)


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
    by_kind = any(event.nature in PASSED_ON or event.type in LEARNT for event in entry.events)
    return by_kind or any(mention.part == "told" for mention in entry.mentions) or tells("news", told(entry))


def _finding(link: Link, entries: list[Entry], timeline: Timeline) -> Finding:
    rows = sorted(entries, key=lambda entry: (entry.when.sort_key, entry.source))
    earliest, latest = rows[0], rows[-1]
    least, most = earliest.when.days_until(latest.when)
    first, second = timeline.name_of(earliest.agency), timeline.name_of(latest.agency)
    reasons = "; ".join([reason.text for reason in link.reasons if reason.weight > 0][:REASONS])
    agencies = tuple(dict.fromkeys(entry.agency for entry in rows))
    return Finding(
        f"One event, two dates: {first} says {earliest.when}, {second} says {latest.when}",
        cites=tuple(entry.source for entry in rows),
        explanation=f"{all_say(rows)} They are {days(least, most)} apart. They are taken to be one event because: {reasons}.",
        settle=ask(timeline, agencies, "the minutes, or the entry made at the time"),
        agencies=agencies,
        subjects=earliest.subjects or latest.subjects,
        period=facts(rows),
        certainty="definite" if link.confidence >= SURE else "possible",
    )
