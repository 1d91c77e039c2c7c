"""Time in which nobody recorded anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, weight
from chrono.check.wording import ask, counted, many, says
from chrono.check.workdays import holidays_may_explain
from chrono.model import Entry, Finding, Timeline, day_after, short_day

SCHOOLS = ("school", "education")
WIDE = 62
"""A date that is wider than this many days cannot be relied on to fill a silence, nor to end one."""


@dataclass(frozen=True)
class _Run:
    """Days without any row: the row that ends before them, the one that begins after, and coarse rows that may lie inside."""

    before: Entry
    after: Entry
    first: date
    last: date
    coarse: tuple[Entry, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@rule("G01", needs="plain", severity="medium")
def all_agencies_silent(timeline: Timeline, *, days: int = 28, most: int = 12) -> Iterator[Finding]:
    """Nobody has an entry for weeks or months, although rows come before and after.

    Finds: `days` days or more inside the review period without a dated row of any agency; at most the `most` longest.
    Why it matters: either nothing was done, or what was done is not in the returns; the review has to know which.
    Stays silent when: the time lies before the first row or after the last; the rows are so few that such pauses are
    usual; a row dated by month or week may lie in it; its end would be a date in doubt. A row dated only by term or year
    leaves the finding possible.
    """
    runs = sorted(_runs(View.of(timeline), days), key=lambda run: (-run.days, run.first))
    for run in sorted(runs[:most], key=lambda run: run.first):
        yield _finding(run, timeline)


def _runs(view: View, days: int) -> Iterator[_Run]:
    period_first, period_last = view.timeline.period
    rows = [e for e in view.about_a_child if e.when.start and e.when.end and not date_in_doubt(e)]
    narrow = [entry for entry in rows if _width(entry) <= WIDE]
    long = max(days, 4 * _usual_pause(narrow))
    latest: Entry | None = None
    for entry in narrow:
        if latest:
            first = max(day_after(latest.when.latest), period_first or date.min)
            last = min(day_after(entry.when.earliest, -1), period_last or date.max)
            schools = view.kind(latest.agency) in SCHOOLS and view.kind(entry.agency) in SCHOOLS
            if (last - first).days + 1 >= long and not (schools and holidays_may_explain(first, last)):
                inside = view.everything.between(first, last)
                yield _Run(latest, entry, first, last, tuple(row for row in inside if _width(row) > WIDE))
        latest = entry if not latest or entry.when.latest >= latest.when.latest else latest


def _width(entry: Entry) -> int:
    return (entry.when.latest - entry.when.earliest).days


def _usual_pause(rows: list[Entry]) -> int:
    pauses = [(after.when.earliest - before.when.earliest).days for before, after in pairwise(rows)]
    return int(median(pauses)) if pauses else 0


def _finding(run: _Run, timeline: Timeline) -> Finding:
    doubt = (
        f" {many(len(run.coarse), 'row')} dated only roughly may lie in it, among them: {says(run.coarse[0])}"
        if run.coarse
        else ""
    )
    after_harm = weight(run.before) >= 3 or weight(run.after) >= 3
    return Finding(
        f"No agency has an entry from {short_day(run.first)} to {short_day(run.last)}",
        cites=(run.before.source, run.after.source),
        explanation=(
            f"The last row before: {says(run.before)} The first row after: {says(run.after)} "
            f"Between them lie {counted(run.first, run.last)} without a row in any return.{doubt}"
        ),
        settle=ask(
            timeline,
            sorted(timeline.returned),
            "anything recorded between these dates, or to state that there is nothing",
        ),
        agencies=tuple(dict.fromkeys((run.before.agency, run.after.agency))),
        period=(run.first, run.last),
        certainty="possible" if run.coarse else "definite",
        severity="low" if run.coarse or (run.days < 60 and not after_harm) else "medium",
    )
