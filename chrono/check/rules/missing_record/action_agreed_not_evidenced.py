"""What was planned, agreed or promised, and no row shows it being done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import View, facts, unique
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.model import Entry, Event, Finding, Timeline, When, day_after

PROMISES = frozenset(
    (
        "meeting",
        "visit",
        "referral",
        "assessment",
        "interview",
        "document",
        "plan",
        "appointment",
        "notification",
        "session",
    )
)
LIKE = {
    "home-visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "statutory-visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "section-47": ("section-47", "section-47-outcome", "initial-conference"),
    "safety-plan": ("safety-plan", "plan-agreed", "risk-assessment"),
}
MOST = 15
SETTLED = ("declined", "refused", "not-attended", "did-not-attend", "cancelled")
"""Results that say what became of an offer: nothing is left to be done."""
NOT_PROMISED = ("initial-conference", "review-conference", "contact", "care-plan", "plan-agreed", "cp-plan", "cin-plan")
"""Conferences have a rule of their own; the others are words for going on as before."""


@dataclass(frozen=True)
class _Promise:
    entry: Entry
    event: Event
    first: When


@rule("M06", needs="typed", severity="medium")
def action_agreed_not_evidenced(timeline: Timeline, *, days: int = 28, slack: int = 14) -> Iterator[Finding]:
    """A visit, referral, assessment or meeting was planned or agreed, and no later row shows it.

    Finds: rows with a planned step of a kind that agencies record, where no agency has a row of that kind about the child
    within `slack` days of the day it was planned for, or, where no day was given, within `days` days.
    Why it matters: what was agreed and not done is where plans fail.
    Stays silent when: the step, or a bigger one of the same family, is recorded; it was declined or cancelled; it falls after
    the period; it was for the family to do.
    """
    view = View.of(timeline)
    groups: dict[tuple[object, ...], list[_Promise]] = defaultdict(list)
    with_a_duty = {
        kind
        for due in followup.judged(timeline, "health-or-education-plan-not-done")
        if not due.done
        for kind in due.expectation.expected
    }
    for entry in view.everything:
        for event in entry.events:
            if event.status == "planned" and event.nature in PROMISES and event.type not in NOT_PROMISED and event.sure:
                if event.outcome in SETTLED or event.type in with_a_duty:
                    continue
                first = event.when if event.when and event.when.known else entry.when
                if not _kept(entry, event, view, days, slack):
                    groups[entry.agency, entry.subjects, event.type].append(_Promise(entry, event, first))
    for promises in _by_rows(groups.values()):
        for start in range(0, len(promises), MOST):
            yield _finding(promises[start : start + MOST], view)


def _by_rows(groups: Iterable[list[_Promise]]) -> Iterator[list[_Promise]]:
    """Groups that stand in the very same rows are one: several steps agreed at one meeting."""
    joined: dict[tuple[str, ...], list[_Promise]] = defaultdict(list)
    for group in groups:
        joined[tuple(promise.entry.id for promise in group)].extend(group)
    yield from joined.values()


def _kept(entry: Entry, event: Event, view: View, days: int, slack: int) -> bool:
    """True if a row shows it done or dropped, or if its day lies outside what the returns can show."""
    dated = event.when is not None and event.when.start is not None and event.when.end is not None
    assert event.when is not None or not dated
    if dated and event.when is not None:
        first, last = day_after(event.when.earliest, -slack), day_after(event.when.latest, slack)
    elif entry.when.start and entry.when.end:
        first, last = entry.when.earliest, day_after(entry.when.latest, days)
    else:
        return True
    end = view.timeline.period[1]
    if end and last > end:
        return True
    types = LIKE.get(event.type, (event.type,))
    rows = view.everything.about(entry).between(first, last)
    return any(_shows(row, entry, event, types) for row in rows)


def _shows(row: Entry, entry: Entry, event: Event, types: tuple[str, ...]) -> bool:
    for done in row.events:
        like = done.type in types or (event.family and done.family == event.family)
        if like and done is not event and done.status in ("occurred", "cancelled", "did-not-happen", "referred-to"):
            return row.id != entry.id or done.status != "referred-to"
    return False


def _finding(promises: list[_Promise], view: View) -> Finding:
    rows = unique(promise.entry for promise in promises)
    agency = rows[0].agency
    steps = listed(
        dict.fromkeys(quoted(promise.event.words or promise.event.type.replace("-", " ")) for promise in promises[:3])
    )
    dated = [promise.event.when for promise in promises if promise.event.when and promise.event.when.known]
    when = f" planned for {dated[0]}" if dated and len(rows) == 1 else ""
    often = f" ({len(rows)} times)" if len(rows) > 1 else ""
    last = max((when.latest for when in dated), default=rows[-1].when.latest)
    return Finding(
        f"{view.timeline.name_of(agency)}: {steps}{when} has no record of being done{often}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No later row of any agency shows {steps} in the weeks that followed, nor "
        f"that it was dropped.",
        settle=ask(view.timeline, (agency,), "the record that it was done, or the decision not to"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=view.children(rows),
        period=(facts(rows)[0], last),
        certainty="definite" if len(dated) == len(promises) else "possible",
    )
