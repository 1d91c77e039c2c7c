"""An agency with a duty towards the child that records nothing while others record worsening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from chrono.check.frequency import frequencies
from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, result, told
from chrono.check.wording import all_say, ask, counted, many, says
from chrono.check.words import tells
from chrono.check.workdays import holidays_may_explain
from chrono.model import Entry, Finding, Timeline, day_after

BY_EVENT_ONLY = frozenset(
    ("police", "hospital", "ambulance", "fire", "court", "gp", "panel", "housing", "transport", "benefits")
)
"""Services that write when something happens or somebody attends: their silence means that nothing reached them."""
SCHOOLS = frozenset(("school", "education"))
MOVED_ON = frozenset(("school", "education", "placement", "secure"))
"""Pupils and residents move on, and these services seldom write that they did: silence at the end says nothing."""
LEFT = ("off-roll", "school-file-transfer", "managed-move", "exclusion-permanent", "placement-end")
"""With these a pupil or resident is gone."""
BY_SESSION = frozenset(
    ("voluntary", "youth-justice", "early-help", "mental-health", "exploitation", "substance-misuse")
)
"""Services that see a child at regular times, so that a pause in their rhythm says something by itself."""
OPENING = (
    "referral",
    "allocation",
    "worker-starts",
    "assessment-started",
    "case-opened",
    "order-made",
    "referral-order",
    "cin-plan",
    "cp-plan-start",
    "initial-conference",
    "became-looked-after",
    "strategy-discussion",
    "school-start",
)
OPEN_CASE = (
    "allocation",
    "reallocation",
    "case-opened",
    "assessment-started",
    "assessment-completed",
    "single-assessment",
    "section-47",
    "cin-plan",
    "cin-review",
    "cp-plan-start",
    "initial-conference",
    "core-group",
    "home-visit",
    "statutory-visit",
    "visit",
    "child-seen",
    "became-looked-after",
    "looked-after-review",
    "placement-start",
    "placement-move",
    "review-conference",
)
"""Rows of social care that show a case open to a worker; contacts and referrals alone come to a front door."""
ON_PLAN = ("cp-plan-start", "core-group", "review-conference", "became-looked-after", "looked-after-review")
OFF_PLAN = ("cp-plan-end", "step-down", "closure")
"""Between these a child is on a protection plan or in care: visits and core groups are owed at least every six weeks."""
ENDING = ("closure", "order-ended")
UNIVERSAL = frozenset(("health", "health-visiting", "community-health"))
"""Services that see every child at set ages: between these they owe a row only where a plan needs them."""
MEETINGS = (
    "strategy-discussion",
    "initial-conference",
    "review-conference",
    "core-group",
    "cin-review",
    "looked-after-review",
    "team-around-the-family",
    "section-47",
)
FEW = 4
"""Fewer rows than this show no rhythm."""
WORKED_ON = 8
"""An ending after which the agency has so many rows more was the end of one matter, not of its work with the child."""


@dataclass(frozen=True)
class _Quiet:
    agency: str
    child: str
    before: Entry
    after: Entry | None
    last: date
    others: tuple[Entry, ...]
    usual: int
    siblings_seen: bool
    """True if the agency has rows about other children of the review meanwhile."""


@rule("G02", needs="plain", severity="medium")
def agency_silent(
    timeline: Timeline, *, days: int = 90, times_usual: int = 4, days_on_plan: int = 42
) -> Iterator[Finding]:
    """An agency that works with the child records nothing for a long while.

    Finds: `days` days or more without a row of one agency about a child, during which others record concerns or serious
    events; `days_on_plan` days or more of social care while the child is on a protection plan or in care; or a pause of
    `times_usual` times its own usual pause, in a return that otherwise keeps a rhythm.
    Why it matters: visits or sessions may have stopped, or the return may have lost its pages, just when it counted.
    Stays silent when: the earlier row closes the case, or ends in advice only; the agency declares to have been
    without contact; social care had only contacts and never opened the case; the service only writes when somebody
    attends (police, hospital), or sees every child at set ages and nobody meets about a plan; the pause is less than
    twice its usual one; school holidays explain it.
    """
    view = View.of(timeline)
    for quiet in _all_quiet(view, days, times_usual, days_on_plan):
        yield _finding(quiet, timeline)


def _all_quiet(view: View, days: int, times_usual: int, days_on_plan: int) -> Iterator[_Quiet]:
    for agency in sorted(view.timeline.returned):
        if view.kind(agency) in BY_EVENT_ONLY:
            continue
        seen: set[tuple[str, str]] = set()
        for child in view.timeline.case.subjects:
            for quiet in _of_one(view, agency, child.id, days, times_usual, days_on_plan):
                place = (quiet.before.id, quiet.after.id if quiet.after else "")
                if place not in seen:
                    yield quiet
                seen.add(place)


def _of_one(view: View, agency: str, child: str, days: int, times_usual: int, days_on_plan: int) -> Iterator[_Quiet]:
    track = view.agency_child(agency, child)
    rows = _narrow(track.entries)
    pause = _usual(rows)
    usual = pause if view.kind(agency) in BY_SESSION else 0
    universal = view.kind(agency) in UNIVERSAL
    start = view.timeline.case.start or date.min
    opened = _opened(rows) if view.kind(agency) == "social-care" else 0
    for place, (before, after) in enumerate(_pairs(rows)):
        if after is None and (view.kind(agency) in MOVED_ON or not _goes_on(rows)):
            continue
        last = day_after(after.when.earliest, -1) if after else _end(view)
        first = day_after(before.when.latest)
        quiet = ((after.when.earliest if after else last) - before.when.latest).days
        rhythm = max(times_usual * usual, 45)
        if quiet < min(days, days_on_plan, rhythm) or before.when.earliest < start:
            continue
        owed = days_on_plan if view.kind(agency) == "social-care" and _on_plan(rows[place::-1]) else days
        if quiet < min(owed, rhythm):
            continue
        if place < opened:
            continue
        if view.kind(agency) in MOVED_ON and any(row.records(*LEFT) for row in rows[: place + 1][-2:]):
            continue
        if track.between(first, last) or _closed(rows[: place + 1]) or _explained(view, before, first, last):
            continue
        others = view.others_meanwhile(before, first, last)
        broken = after is not None and usual and quiet >= max(times_usual * usual, 90)
        if universal and not _meets(others):
            continue
        if (quiet >= owed and quiet > 2 * pause and _matter(others, view)) or broken:
            seen = bool(view.agency(agency).between(first, last))
            yield _Quiet(agency, child, before, after, last, tuple(others), usual if broken else 0, seen)


def _opened(rows: list[Entry]) -> int:
    """The place of the first of these rows that shows an open case; behind the last if none does."""
    return next((place for place, row in enumerate(rows) if row.records(*OPEN_CASE)), len(rows))


def _on_plan(backwards: list[Entry]) -> bool:
    """True if the first of these rows, the latest first, that speaks of a protection plan or of care shows the child on it."""
    told_last = next((row for row in backwards if row.records(*ON_PLAN, *OFF_PLAN)), None)
    return told_last is not None and not told_last.records(*OFF_PLAN)


def _pairs(rows: list[Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    """Each row with the next; the last with None."""
    yield from zip(rows, (*rows[1:], None), strict=False)


def _goes_on(rows: list[Entry]) -> bool:
    """True if the work shows itself as more than one contact: several rows, or a row that opens it."""
    return len(rows) >= FEW or any(row.records(*OPENING) for row in rows[-2:])


def _closed(rows: list[Entry]) -> bool:
    """True if the latest of these rows that opens or ends the work ends it, and the agency did not simply work on."""
    for row in rows[: -WORKED_ON - 1 : -1]:
        words = told(row)
        ended = tells("closing", words) or tells("below_threshold", words) or tells("ends_work", words)
        if (ended and not _ends_later(row)) or row.records(*ENDING) or result(row).lower().startswith("complet"):
            return True
        if row.records(*OPENING) or _comes_again(row):
            return False
    return False


def _comes_again(row: Entry) -> bool:
    """True if the row says how often the child is to be seen from then on."""
    return row.records("home-visit", "visit") and any(frequencies(row))


def _ends_later(row: Entry) -> bool:
    """True if the row names a later day on which the work is to end: 'order made today, ends 3 September'."""
    ends = row.events_of(*ENDING, status="planned")
    return any(event.when and event.when.surely_after(row.when) for event in ends)


def _narrow(entries: tuple[Entry, ...]) -> list[Entry]:
    """Rows in order of their last day, so that a wide one reaches as far as it may."""
    sound = (entry for entry in entries if entry.when.end and not date_in_doubt(entry))
    return sorted(sound, key=lambda entry: (entry.when.latest, entry.when.earliest))


def _usual(rows: list[Entry]) -> int:
    pauses = [(after.when.earliest - before.when.latest).days for before, after in pairwise(rows)]
    return max(int(median(pauses)), 7) if len(pauses) >= FEW - 1 else 0


def _end(view: View) -> date:
    last = view.timeline.period[1]
    return last or date.min


def _explained(view: View, before: Entry, first: date, last: date) -> bool:
    if view.kind(before.agency) in SCHOOLS and holidays_may_explain(first, last):
        return True
    return bool(view.declared(before.agency).between(first, last))


def _matter(others: list[Entry], view: View) -> bool:
    """True if others record enough: something serious, or two agencies concerns that are not one and the same event."""
    if any(event.weight >= 3 for entry in others for event in entry.events):
        return True
    agencies, told = (
        {entry.agency for entry in others},
        {row.id for row in view.timeline.linked(others[0])} if others else set(),
    )
    return len(agencies) >= 2 and any(entry.id not in told for entry in others[1:])


def _meets(others: list[Entry]) -> bool:
    """True if others meet about a plan for the child or enquire meanwhile."""
    return any(entry.records(*MEETINGS) for entry in others)


def _finding(quiet: _Quiet, timeline: Timeline) -> Finding:
    name = timeline.name_of(quiet.agency)
    until = quiet.after.when.earliest if quiet.after else quiet.last
    shown = sorted(quiet.others, key=lambda entry: -max(event.weight for event in entry.events))[:4]
    rhythm = f" Its rows otherwise come about every {quiet.usual} days." if quiet.usual else ""
    end = (
        f"The next one: {says(quiet.after)}"
        if quiet.after
        else "No later row of this agency about this child is there."
    )
    meanwhile = (
        f" Meanwhile others record {many(len(quiet.others), 'event')} of weight: {all_say(shown)}" if shown else ""
    )
    cites = (quiet.before, *([quiet.after] if quiet.after else []))
    return Finding(
        f"{name} has no row about {timeline.name_of(quiet.child)} for {(until - quiet.before.when.latest).days} days",
        cites=tuple(entry.source for entry in (*cites, *shown)),
        explanation=(
            f"The last row before: {says(quiet.before)} {end} That is {counted(quiet.before.when.latest, until)}."
            f"{rhythm}{meanwhile}"
        ),
        settle=ask(timeline, (quiet.agency,), "its rows for this time, or when and why its involvement ended"),
        agencies=(quiet.agency,),
        subjects=(quiet.child,),
        period=(facts(cites)[0], quiet.last),
        certainty="possible",
        severity="medium" if not quiet.siblings_seen and (len(cites) == 2 if quiet.usual else shown) else "low",
    )
