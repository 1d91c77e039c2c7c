"""Rows from before or after the time that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts
from chrono.check.wording import all_say, ask, many
from chrono.model import Entry, Finding, Timeline

SLIPS = ("year-slip", "far")


@rule("D20", needs="plain", severity="low", only_alone=True)
def rows_outside_period(timeline: Timeline) -> Iterator[Finding]:
    """Rows lie outside the review period.

    Finds: rows, by file, whose date is surely before the first or after the last day that was asked for.
    Why it matters: a wrong year is often behind it; and what was not asked for may be more than the review should hold.
    Stays silent when: the case gives no period; some reading of the date lies inside; the year is already in doubt
    (see date-in-doubt).
    """
    for file, entries in by_file(entry for entry in timeline.dated if _outside(entry, timeline)):
        agency = entries[0].agency
        yield Finding(
            f"{file}: {many(len(entries), 'row')} outside the review period",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} The review asks for {timeline.case.start or 'the start'} to "
            f"{timeline.case.end or 'today'}.",
            settle=ask(timeline, (agency,), "whether these dates are right, and the rows meant as background"),
            agencies=(agency,),
            period=facts(entries),
            column="date",
        )


def _outside(entry: Entry, timeline: Timeline) -> bool:
    doubted = any(note.startswith(SLIPS) for note in entry.when.notes)
    return not doubted and entry.when.within(timeline.case.start, timeline.case.end) is False
