"""Rows that no link joins, and that seem to record one event on different days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.days_named import days_of, names_day, surely_names_day
from chrono.check.pairs import joined
from chrono.check.rule import rule
from chrono.check.shared import alike, rare, shared_words
from chrono.check.view import View, date_in_doubt, date_of, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Event, Finding, Severity, Timeline, When, day_after, short_day

NEAR = 14
"""Days by which two accounts of one event may lie apart."""
ALONE = 30
"""Days on either side in which neither agency has another event of the kind: then the two are likely to be one."""
TURNS = (
    "managed-move",
    "exclusion-permanent",
    "exclusion-fixed",
    "placement-start",
    "placement-end",
    "placement-move",
    "admission",
    "discharge",
    "birth",
    "school-start",
    "off-roll",
    "court-hearing",
    "conviction",
    "sentence",
    "charge",
    "tenancy",
    "self-harm",
)
"""Kinds of event beside incidents whose day is one and the same for everybody."""
ENDS = ("found", "discharge", "placement-end", "off-roll")
"""What is written, once it has come about, into the row of what it ends."""
SAME_WORDS = 3
"""So many rare words in common, and two near rows are hardly of two matters."""
ABOUT = ("meeting", "session", "assessment", "visit")
ON_THE_SPOT = ("police", "hospital", "ambulance", "school", "placement", "secure")
"""Agencies whose row of an event also says whom they told."""
ONCE = (
    "strategy-discussion",
    "initial-conference",
    "review-conference",
    "transfer-conference",
    "looked-after-review",
    "cin-review",
    "core-group",
    "team-around-the-family",
    "professionals-meeting",
    "family-group-conference",
    "legal-planning",
    "governors-review",
    "school-meeting",
    "placement-start",
    "placement-end",
    "exclusion-permanent",
    "off-roll",
    "birth",
    "child-protection-medical",
)
"""Kinds of event that two agencies hardly have within a fortnight of each other without meaning the same."""


@rule("C26", needs="typed", severity="medium")
def one_event_on_two_days(timeline: Timeline) -> Iterator[Finding]:
    """An account of an event names another day than the agency that was there, or two meetings of a kind lie days apart.

    Finds: a row that gives an incident or a move a day in its text ("stabbed on 25 January"), and within a fortnight of that
    day the only such event in another agency's rows, on another day; of low severity, two agencies' only meetings or moves
    of one kind for weeks, days apart, or rows in the same rare words, which no link joins.
    Why it matters: whoever reads one account looks for the records of the wrong day.
    Stays silent when: either row names the other's day, or only passes on news; there is another event of the kind near it.
    """
    view = View.of(timeline)
    linked = joined(view)
    seen: set[frozenset[str]] = set()
    for account in view.everything:
        for event in account.events:
            there = _there(account, event, view)
            if there and frozenset((account.id, there.id)) not in seen:
                seen.add(frozenset((account.id, there.id)))
                yield _finding(account, there, event, timeline, "medium")
    for kind in ONCE:
        for one, other in _alone(kind, view):
            if frozenset((one.id, other.id)) not in seen | linked:
                seen.add(frozenset((one.id, other.id)))
                yield _finding(one, other, one.events_of(kind)[0], timeline, "low")
    partners = {(row, timeline.by_id[other].agency) for pair in linked for row in pair for other in pair - {row}}
    for one, other in _told_alike(view):
        matched = (one.id, other.agency) in partners or (other.id, one.agency) in partners
        if not matched and frozenset((one.id, other.id)) not in seen:
            yield _finding(one, other, Event("matter told in the same words"), timeline, "low")


def _told_alike(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Two agencies' rows of meetings, sessions or visits a few days apart that tell the same in the same rare words."""
    for one, other in alike(view, SAME_WORDS):
        apart = one.when.is_day and other.when.is_day and 0 < _between(other.when, one.when.earliest) <= NEAR
        if apart and not (date_in_doubt(one) or date_in_doubt(other)) and not (_passes_on(one) or _passes_on(other)):
            first, second = sorted((one, other), key=lambda row: row.when.sort_key)
            if not names_day(second, first.when.earliest) and not any(
                each.may_overlap(first.when) for each in days_of(second)
            ):
                yield first, second


def _passes_on(row: Entry) -> bool:
    return row.records("notification", "police-notification", "referral", "contact", "letter") or tells(
        "news", told(row)
    )


def _there(account: Entry, event: Event, view: View) -> Entry | None:
    """The row of another agency by which the event that `account` dates in its text was on another day."""
    told_day = event.when
    of_one_day = event.nature == "incident" or event.type in TURNS
    if (
        event.status != "occurred"
        or not of_one_day
        or told_day is None
        or not told_day.is_day
        or told_day.start is None
    ):
        return None
    day = told_day.start
    if told_day.may_overlap(account.when) or date_in_doubt(account) or event.type == "missing":
        return None
    if told_day.surely_after(account.when) and event.type not in ENDS:
        return None  # what a row has as happened does not lie after it: the day is that of what is to come
    near = _dated(event.type, account, day, view)
    if any(row.agency != account.agency and _bears_out(row, when, day) for row, when in near):
        return None
    others = [
        (row, when) for row, when in near if row.agency != account.agency and when.is_day and not _is_news(row, view)
    ]
    if not others:
        return None
    row, when = min(others, key=lambda each: (_between(each[1], day), each[0].source))
    its_own = any(mine.agency == account.agency and day.may_overlap(when) for mine, day in near)
    return None if its_own or any(each.may_overlap(when) for each in days_of(account)) else row


def _dated(kind: str, account: Entry, day: date, view: View) -> list[tuple[Entry, When]]:
    """The rows about the child that record such an event near a day, each with the day it gives for it."""
    rows = view.recording(kind).about(account).between(day_after(day, -NEAR), day_after(day, NEAR))
    return [(row, date_of(event, row)) for row in rows if row.id != account.id for event in row.events_of(kind)]


def _bears_out(row: Entry, when: When, day: date) -> bool:
    """True if a row has the event on that day, or names the day."""
    return (
        when.within(day, day) is not False
        or surely_names_day(row, day)
        or any(each.within(day, day) for each in days_of(row))
    )


def _between(when: When, day: date) -> int:
    return abs((when.earliest - day).days)


def _is_news(row: Entry, view: View) -> bool:
    """True if the row speaks of what happened elsewhere: it passes news on, or is of a meeting or a session about it."""
    if any(event.nature in ABOUT for event in row.events):
        return True
    return view.kind(row.agency) not in ON_THE_SPOT and _passes_on(row)


def _alone(kind: str, view: View) -> Iterator[tuple[Entry, Entry]]:
    """Two agencies' rows of one kind, days apart, where neither has another such event for weeks, with words in common."""
    rows = [row for row in view.recording(kind) if row.when.is_day and not date_in_doubt(row)]
    for place, one in enumerate(rows):
        near = [
            row
            for row in rows[max(place - 10, 0) : place + 11]
            if row.id != one.id and view.same_child(row, one) and _between(row.when, one.when.earliest) <= ALONE
        ]
        for other in near:
            if other.when.surely_after(one.when) and _are_one(one, other, near, rows, view):
                yield one, other


def _are_one(one: Entry, other: Entry, near: list[Entry], rows: list[Entry], view: View) -> bool:
    if one.agency == other.agency or _between(other.when, one.when.earliest) > NEAR:
        return False
    both = (one.agency, other.agency)
    if any(row.agency in both for row in near if row.id != other.id):
        return False
    if names_day(other, one.when.earliest) or any(each.may_overlap(one.when) for each in days_of(other)):
        return False
    beside = [row for row in rows if row.id not in (one.id, other.id) and row.agency not in both]
    if any(row.when.surely_same_day(one.when) or row.when.surely_same_day(other.when) for row in beside):
        return False  # another agency's row of that day: a link tells more
    return bool(rare(shared_words(one, other), view))


def _finding(one: Entry, other: Entry, event: Event, timeline: Timeline, severity: Severity) -> Finding:
    first, second = timeline.name_of(one.agency), timeline.name_of(other.agency)
    mine = date_of(event, one)
    theirs = next((date_of(each, other) for each in other.events_of(event.type) if each.when), other.when)
    kind = event.type.replace("-", " ")
    on = tuple(short_day(when.earliest) for when in (mine, theirs))
    return Finding(
        f"One {kind}, two days? {first} says {on[0]}, {second} {on[1]}"[:160],
        cites=(one.source, other.source),
        explanation=f"{all_say((one, other))} Neither row has the day of the other, and neither agency has another {kind} near "
        "it; nothing else shows that the two are one event.",
        settle=ask(
            timeline, (one.agency, other.agency), "the entry made at the time, and whether the two are one event"
        ),
        agencies=(one.agency, other.agency),
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
        severity=severity,
    )
