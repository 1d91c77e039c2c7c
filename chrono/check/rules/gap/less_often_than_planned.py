"""Visits, meetings or sessions that come less often than the plan itself says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from chrono.check.frequency import SERIES, Frequency, frequencies
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told, unique
from chrono.check.wording import ask, counted, quoted, says
from chrono.check.words import tells
from chrono.model import Entry, Event, Finding, Timeline, day_after, short_day

PLANS = (
    "cp-plan-start",
    "cp-plan",
    "initial-conference",
    "review-conference",
    "transfer-conference",
    "core-group",
    "cin-plan",
    "cin-review",
    "plan-agreed",
    "assessment-completed",
    "care-plan",
    "placement-plan",
    "looked-after-review",
    "safety-plan",
    "strategy-discussion",
    "team-around-the-family",
    "referral-order",
    "order-made",
    "sentence",
    "youth-offender-panel",
    "supervision-order",
    "care-order",
    "interim-care-order",
)
OVER = ("cp-plan-end", "closure", "order-ended", "transfer", "death", "became-looked-after", "section-20", "step-down")
MEMBERS = {
    "core_groups": ("core-group",),
    "visits": ("statutory-visit", "home-visit", "visit", "child-seen", "placement-start", "placement-move"),
    "meetings": (
        "cin-review",
        "core-group",
        "review-conference",
        "team-around-the-family",
        "professionals-meeting",
        "meeting",
        "looked-after-review",
        "multi-agency-panel",
        "youth-offender-panel",
        "initial-conference",
        "school-meeting",
    ),
}
"""The kinds of event that each series is made of; sessions are not told apart, and every row of the service counts."""
REVIEWS = (
    "cin-review",
    "core-group",
    "review-conference",
    "looked-after-review",
    "team-around-the-family",
    "initial-conference",
)
"""Meetings that look at the plan: where it is reviews that were to be held, others do not stand for them."""
VISITS = ("home-visit", "visit", "statutory-visit")
HELD_TOGETHER = (*MEMBERS["core_groups"], *MEMBERS["meetings"])
ELSEWHERE = ("statutory-visit", *HELD_TOGETHER)
"""What another agency's row proves as well: of a service's own visits, only what is held together."""
OWN_VISITS = (
    "health",
    "health-visiting",
    "community-health",
    "early-help",
    "substance-misuse",
    "voluntary",
    "probation",
)
"""Services whose plan of visits is for their own workers: a social worker's visit is none of these."""
OTHER_TALKS = ("return-interview", "police-interview")
"""What is done with a child for a reason of its own is no visit of the plan."""
MOST = 6
NEAR = 3
"""Days between two agencies' dates for one meeting."""
LOOKED_AT = 550
"""Days after which what a plan said of the frequency is not taken to hold without being said again."""
NAMES = {"core_groups": "core group", "visits": "visit", "meetings": "meeting", "sessions": "contact"}

_Interval = tuple[Entry, Entry]


@rule("G23", needs="reading", severity="medium")
def less_often_than_planned(timeline: Timeline) -> Iterator[Finding]:
    """A plan says how often the child is to be visited or the group to meet, and the rows show longer intervals.

    Finds: a plan, conference, review, order or agreement that says "every four weeks", "six-weekly", "fortnightly" of visits,
    core groups, meetings or sessions, and later intervals in that service's rows that are surely longer, by more than a few
    days; the time to the end of the plan is one of them.
    Why it matters: how often was decided for a reason, and nobody recorded that it was changed.
    Stays silent when: the dates may keep the interval; the plan or order ended, or another frequency was agreed; the words
    are about contact within the family.
    """
    view = View.of(timeline)
    for stated in _stated(view):
        planned = islice(pairwise(_series(stated, view)), 1 if stated.once else None)
        intervals = [each for each in planned if _too_long(each, stated)]
        if intervals:
            yield _finding(stated, intervals[:MOST], view)


def _stated(view: View) -> Iterator[Frequency]:
    for entry in view.telling("next_in", *(f"series_{name}" for name in SERIES)):
        plans = any(
            event.type in PLANS or (event.type in VISITS and event.status == "planned") for event in entry.events
        )
        if entry.when.is_day and plans:
            yield from frequencies(entry)


def _series(stated: Frequency, view: View) -> Iterator[Entry]:
    """The plan, each row in which what it planned was done, and the row that ends it."""
    entry = stated.entry
    yield entry
    about = view.everything.about(entry).between(entry.when.latest, day_after(entry.when.latest, LOOKED_AT))
    rows = [row for row in about if row.id != entry.id and not row.when.surely_before(entry.when)]
    own = Track(row for row in rows if row.agency == entry.agency and _is_member(row, stated, view))
    for row in rows:
        if row.agency == entry.agency and _over(row, stated):
            yield row
            return
        if _is_member(row, stated, view) and (row.agency == entry.agency or not _told_by(own, row)):
            yield row


def _told_by(own: Track, row: Entry) -> bool:
    """True if the service's own rows record the same meeting or visit."""
    return bool(own.between(day_after(row.when.earliest, -NEAR), day_after(row.when.latest, NEAR)))


def _over(row: Entry, stated: Frequency) -> bool:
    """True if the plan ends with this row, or says anew how often."""
    if row.records(*OVER):
        return True
    again = any(event.type in PLANS for event in row.events)
    return again and any(each.series == stated.series for each in frequencies(row))


def _is_member(row: Entry, stated: Frequency, view: View) -> bool:
    own = row.agency == stated.entry.agency
    if stated.series == "sessions":
        return own
    reviews = stated.series == "meetings" and "review" in stated.words.lower()
    done: tuple[Event, ...] = row.events_of(*(REVIEWS if reviews else MEMBERS[stated.series]))
    if own and stated.series == "visits" and tells("seen_by_worker", told(row)):
        return not row.records(*OTHER_TALKS) or bool(done)
    of_others = ELSEWHERE if view.kind(stated.entry.agency) not in OWN_VISITS else HELD_TOGETHER
    return bool(done) and (own or row.records(*of_others))


def _too_long(interval: _Interval, stated: Frequency) -> bool:
    before, after = interval
    return before.when.days_until(after.when)[0] > stated.limit.value + stated.slack


def _finding(stated: Frequency, intervals: list[_Interval], view: View) -> Finding:
    entry, agency = stated.entry, stated.entry.agency
    longest = max(before.when.days_until(after.when)[0] for before, after in intervals)
    rows = unique((entry, *(row for interval in intervals for row in interval)))
    what = NAMES[stated.series]
    often = f", {len(intervals)} times" if len(intervals) > 1 else ""
    return Finding(
        f"{view.timeline.name_of(agency)}: no {what} for {longest} days{often}, where the plan says {quoted(stated.words, 60)}",
        cites=tuple(row.source for row in rows),
        explanation=" ".join((says(entry), *(_told(interval, what, stated) for interval in intervals))),
        settle=ask(view.timeline, (agency,), f"any {what} in this time, or when and why another interval was agreed"),
        agencies=(agency,),
        subjects=entry.subjects or view.children(rows),
        period=facts(rows[1:]),
        certainty="definite" if stated.series == "core_groups" else "possible",
        severity="medium" if longest > max(stated.limit.value * 3 // 2, stated.limit.value + 7) else "low",
    )


def _told(interval: _Interval, what: str, stated: Frequency) -> str:
    before, after = interval
    due = short_day(day_after(before.when.latest, stated.limit.value))
    return (
        f"After {says(before)} the next row of that kind, or the end, is {says(after)} "
        f"That is {counted(before.when.latest, after.when.earliest)}; the next {what} was due by {due}."
    )
