"""Missing episodes without a return interview."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import View, date_of, facts, told, unique
from chrono.check.wording import all_say, ask, listed, many, span
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Timeline, When, day_after

HOLDERS = ("social-care", "police", "missing-service", "voluntary", "early-help", "youth-justice")
OFFERED = re.compile(r"\b(offer\w*|declin\w*|refus\w*|would not|did not want|not want)\b", re.IGNORECASE)
REPORTS = ("police", "placement", "secure")
"""Who records an episode as it begins and ends; others hear of it later."""
MOST = 20
SPAN = 30
"""Longest time from the report of an episode to the child's return that a search for the interview allows for."""
FEW, EPISODE = 3, 4
"""Where so few episodes are told of, all rows of the days after the report are shown that tell of them."""
SEVERAL = 2
"""From so many on a row that counts missing episodes sums up what was."""
LATE = 28
"""Days after the return within which an interview is that of the episode, if the child did not go missing again before it."""
SLACK = 4
"""Days past the limit for which an interview is still that of the episode, held late."""


@rule("M18", needs="typed", severity="medium")
def missing_without_return_interview(timeline: Timeline, *, hours: int = 72) -> Iterator[Finding]:
    """A child went missing, and no row shows that a return interview was held, offered or declined.

    Finds: missing episodes, told by any agency, without a return interview from the day of the report to `hours` hours after
    the return; all of one child in one finding. In another, interviews that were surely held later than that.
    Why it matters: it is where a child may say where they were, with whom, and why they left.
    Stays silent when: an interview was offered and declined; one interview covers several episodes within days; a police
    safe and well check neither satisfies nor contradicts; the child was 18 or more; nobody who would hold it has returned.
    Basis: statutory guidance on children who run away or go missing from home or care (2014): within 72 hours of the return.
    """
    view = View.of(timeline)
    if not view.of_kinds(*HOLDERS, returned=True):
        return
    limit = Limit(hours, "hours")
    open_ones: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    late: dict[tuple[str, ...], list[tuple[Entry, When, Entry]]] = defaultdict(list)
    last: dict[tuple[str, ...], When] = {}
    for entry in view.recording("missing"):
        when = date_of(entry.events_of("missing")[0], entry)
        if when.start is None or when.end is None or _of_age(entry, when, view) or _only_counts(entry, view):
            continue
        back = _return(entry, when, view)
        if interview := _late(entry, back, view, hours):
            late[entry.subjects].append((entry, back, interview))
            last[entry.subjects] = when
        same = last.get(entry.subjects)
        if (same and same.may_overlap(when, slack=2)) or _interviewed(entry, when, back, view, limit):
            continue
        last[entry.subjects] = when
        open_ones[entry.subjects].append(entry)
    for rows in open_ones.values():
        for start in range(0, len(rows), MOST):
            yield _finding(rows[start : start + MOST], view, hours)
    for held in late.values():
        for start in range(0, len(held), MOST):
            yield _held_late(held[start : start + MOST], view, hours)


def _only_counts(entry: Entry, view: View) -> bool:
    """True for a report or meeting that says how many episodes there have been, where other rows tell of each."""
    counted = [event.count[0] for event in entry.events_of("missing") if event.count]
    if not counted or counted[0] < SEVERAL or view.kind(entry.agency) in REPORTS:
        return False
    earlier = view.recording("missing").about(entry).between(date.min, entry.when.latest)
    return any(view.kind(row.agency) in REPORTS for row in earlier)


def _interviewed(entry: Entry, when: When, back: When, view: View, limit: Limit) -> bool:
    rows = view.speaking_of("return-interview").between(when.earliest, limit.due(day_after(back.latest, SLACK)))
    return any(_seen_to(row) and view.same_child(row, entry) for row in (entry, *rows))


def _late(entry: Entry, back: When, view: View, hours: int) -> Entry | None:
    """The row of the episode's interview, if that was surely held later than `hours` after the child was `back`."""
    if not back.known or entry.records("return-interview"):
        return None
    first, last = back.earliest, day_after(back.latest, LATE)
    rows = [row for row in view.speaking_of("return-interview").between(first, last) if view.same_child(row, entry)]
    if not rows or not rows[0].records("return-interview") or not rows[0].when.is_day:
        return None
    if back.days_until(rows[0].when)[0] <= hours // 24 or view.kind(entry.agency) not in REPORTS:
        return None
    since = view.recording("missing").between(day_after(back.latest), day_after(rows[0].when.earliest, -1))
    another = any(view.kind(row.agency) in REPORTS and view.same_child(row, entry) for row in since)
    return None if another else rows[0]


def _held_late(held: list[tuple[Entry, When, Entry]], view: View, hours: int) -> Finding:
    """`held`: the row of the episode, when the child was back, and the row of the interview."""
    around = (row for entry, _, interview in held for row in (entry, *_returned(entry, view), interview))
    rows = unique(around)[:MOST]
    counted = "; ".join(f"{span(back, interview.when)} after {entry.when}" for entry, back, interview in held)
    return Finding(
        f"{many(len(held), 'return interview')} held later than {hours} hours after the return",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} The interview was held {counted}; it is due within {hours} hours of the return.",
        settle=ask(view.timeline, (held[0][2].agency,), "when the interview was first offered, and what delayed it"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite",
    )


def _seen_to(row: Entry) -> bool:
    """True if the row shows an interview held, or offered and not taken up; "not done" is no answer."""
    events = row.events_of("return-interview", status=None)
    return any(event.status != "did-not-happen" or OFFERED.search(told(row)) for event in events)


def _return(entry: Entry, when: When, view: View) -> When:
    """When the child was back: the day that the row itself gives for it, else the next row that says so, else the last day of
    the report itself."""
    last = day_after(when.latest, SPAN)
    told_here = [mention.when for mention in entry.dates if mention.when.is_day]
    own = [day for day in told_here if when.earliest <= day.earliest <= last]
    if own and view.kind(entry.agency) in REPORTS:
        return max(own, key=lambda day: day.latest)
    rows = view.recording("found", "return-interview", "safe-and-well-check").between(when.earliest, last)
    return next((row.when for row in rows if view.same_child(row, entry)), when)


def _of_age(entry: Entry, when: When, view: View) -> bool:
    born = {subject.id: subject.dob for subject in view.timeline.case.subjects}
    dobs = [dob for child in entry.subjects if (dob := born.get(child)) and dob.end]
    return bool(dobs) and all((when.earliest - dob.latest).days > 18 * 365.25 for dob in dobs)


def _returned(entry: Entry, view: View) -> list[Entry]:
    """The first row of the days after a report that has the child back; none, or one."""
    return [row for row in _of_episode(entry, view) if row.records("found")][:1]


def _of_episode(entry: Entry, view: View) -> list[Entry]:
    """The other rows of the days after a report that tell of the episode or its end."""
    days = entry.when.earliest, day_after(entry.when.latest, EPISODE)
    rows = view.recording("missing", "found").about(entry).between(*days)
    return [row for row in rows if row.id != entry.id and row.when.is_day]


def _finding(rows: list[Entry], view: View, hours: int) -> Finding:
    holders = view.of_kinds("social-care", "missing-service", returned=True) or view.of_kinds("police", returned=True)
    checks = [row for row in rows if "safe and well" in told(row).lower()]
    note = " A safe and well check by the police is not an interview." if checks else ""
    dates = listed(str(row.when) for row in rows[:8])
    told_too = unique(
        (
            *(other for row in rows for other in view.timeline.linked(row) if other.agency != row.agency),
            *(other for row in rows[:FEW] if len(rows) <= FEW for other in _of_episode(row, view)),
        )
    )
    told_too = [row for row in told_too if row not in rows]
    return Finding(
        f"No return interview recorded for {many(len(rows), 'missing episode')}",
        cites=tuple(row.source for row in (*rows, *told_too[: MOST - len(rows)])),
        explanation=f"{all_say(rows)} No return has an interview held, offered or declined between these ({dates}) "
        f"and {hours} hours after "
        f"the return.{note}",
        settle=ask(view.timeline, holders, "the interviews, or the offers that were declined"),
        agencies=tuple(dict.fromkeys((*(row.agency for row in rows), *holders))),
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite" if all(event.sure for row in rows for event in row.events_of("missing")) else "possible",
    )
