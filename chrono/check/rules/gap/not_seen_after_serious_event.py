"""A child whose worker does not see them for a while after something serious."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, unique
from chrono.check.wording import ask, counted, says
from chrono.model import Entry, Finding, Timeline, day_after

_Pause = tuple[Entry, Entry, Entry]
"""The visit before, the visit after, and the serious event near them."""
MOST = 7
VISITS = ("home-visit", "visit", "statutory-visit", "child-seen", "session")
LONG = 35
"""A pause of about a month is usual under many plans, and only laid side by side."""
A_MONTH = 31
"""Days: a row of visits over a longer time sums them up, and its first day is not that of the next visit."""
IN_CARE = 42
"""Days within which a looked-after child is to be visited."""


@rule("G22", needs="typed", severity="medium")
def not_seen_after_serious_event(timeline: Timeline, *, days: int = 14, at_most: int = 120) -> Iterator[Finding]:
    """A serious event is known, and the social worker's next visit comes more than two weeks later.

    Finds: two neighbouring visits of social care to one child surely more than `days` days apart (and less than `at_most`),
    with an arrest, injury, missing episode or the like in the fortnight before the first or between them.
    Why it matters: plans made before such an event need testing with the child.
    Stays silent when: nothing serious is recorded; the case was closed or moved between; dates by month may be nearer;
    the child is looked after and the visits are within six weeks of each other.
    """
    view = View.of(timeline)
    for agency in view.of_kinds("social-care", returned=True):
        visits = Track(
            entry for entry in view.recording(*VISITS) if entry.agency == agency and entry.when.end and entry.when.start
        )
        groups: dict[tuple[str, ...], list[_Pause]] = defaultdict(list)
        for before in visits:
            later = visits.about(before).between(day_after(before.when.latest), date.max)
            after = next((row for row in later if row.when.surely_after(before.when)), None)
            if after and not _sums_up(after) and days < before.when.days_until(after.when)[0] <= at_most:
                event = _serious(before, after, view, days)
                if event and not _closed_between(before, after, view) and not _visited_in_care(before, after, view):
                    groups[before.subjects].append((before, after, event))
        for pauses in groups.values():
            for start in range(0, len(pauses), MOST):
                yield _finding(pauses[start : start + MOST], view)


def _sums_up(row: Entry) -> bool:
    return (row.when.latest - row.when.earliest).days > A_MONTH


def _serious(before: Entry, after: Entry, view: View, days: int) -> Entry | None:
    """What happened in the fortnight before the one visit or after it, more than these days before the next."""
    first = day_after(before.when.earliest, -14)
    last = day_after(after.when.earliest, -days - 1)
    rows = view.serious.about(before).between(first, last if last > first else date.max)
    return next((row for row in rows if row.when.within(first, last)), None)


def _visited_in_care(before: Entry, after: Entry, view: View) -> bool:
    """True if the child is looked after, and so seen by carers every day, and the visits keep to the six weeks: by the rows
    of what began and ended, or because a home has rows about the child at that time."""
    if before.when.days_until(after.when)[0] > IN_CARE:
        return False
    days = before.when.earliest, after.when.latest
    if any(
        view.agency(home).about(before).between(*days) for home in view.of_kinds("placement", "secure", returned=True)
    ):
        return True
    return any(
        episode.kind == "looked-after"
        and (not before.subjects or episode.subject in before.subjects)
        and not episode.start.surely_after(before.when)
        and not (episode.end.known and episode.end.surely_before(before.when))
        for episode in view.timeline.episodes
    )


def _closed_between(before: Entry, after: Entry, view: View) -> bool:
    endings = view.recording("closure", "transfer", "case-closed").about(before)
    rows = endings.between(before.when.earliest, after.when.latest)
    return any(row.agency == before.agency for row in rows)


def _finding(pauses: list[_Pause], view: View) -> Finding:
    before, after, _ = pauses[0]
    rows = unique(row for pause in pauses for row in pause)
    name = view.timeline.name_of(before.agency)
    longest = max(one.when.days_until(two.when)[0] for one, two, _ in pauses)
    told = " ".join(
        f"{says(event)} {says(one)} The next visit: {says(two)} Between the visits are "
        f"{counted(one.when.latest, two.when.earliest)}."
        for one, two, event in pauses[:3]
    )
    when = (
        f"between {before.when} and {after.when}"
        if len(pauses) == 1
        else f"for more than a fortnight, {len(pauses)} times"
    )
    return Finding(
        f"{name}: no visit {when}, after a serious event",
        cites=tuple(row.source for row in rows),
        explanation=told,
        settle=ask(
            view.timeline,
            (before.agency,),
            "visits or other contact with the child in this time, or the reason for none",
        ),
        agencies=(before.agency,),
        subjects=before.subjects,
        period=facts(rows),
        certainty="possible",
        severity="medium" if longest > LONG else "low",
    )
