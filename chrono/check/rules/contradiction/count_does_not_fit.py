"""A number that a row states, and the rows there are."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.counts import Statement, counted_rows, days_of, statements, total
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import days, named, says
from chrono.model import Entry, Finding, Timeline

MOST = 23


@rule("C12", needs="typed", severity="medium")
def count_does_not_fit(timeline: Timeline) -> Iterator[Finding]:
    """Totals and counts do not agree with the rows.

    Finds: a row that says how often something happened (ten missing episodes, 12 exclusions over 32 days), when the rows of
    that kind in the same return, or else in another, come to another number.
    Why it matters: one of the two is what others were told.
    Stays silent when: the rows agree; there are no single rows to count (the summary is all there is); the number is vague;
    the time it speaks of begins before the rows do.
    """
    view = View.of(timeline)
    for statement in statements(timeline):
        agency = statement.entry.agency
        own = counted_rows(statement, agency, view)
        if len(own) > 1:
            if not _fits(statement, own):
                yield _finding(statement, own, agency, view)
            continue
        for other in sorted({row.agency for row in view.recording(statement.kind)} - {agency}):
            rows = counted_rows(statement, other, view)
            if len(rows) > 1 and not _fits(statement, rows):
                yield _finding(statement, rows, other, view)


def _fits(statement: Statement, rows: list[Entry]) -> bool:
    if total(rows, statement.kind) != statement.number:
        return False
    lengths = [days_of(row) for row in rows]
    return statement.days is None or None in lengths or sum(filter(None, lengths)) == statement.days


def _finding(statement: Statement, rows: list[Entry], agency: str, view: View) -> Finding:
    timeline, entry = view.timeline, statement.entry
    kind = statement.kind.replace("-", " ")
    number = total(rows, statement.kind)
    lengths = [days_of(row) for row in rows]
    summed = sum(length for length in lengths if length)
    in_days = f", {days(summed, summed)} in all" if statement.days and None not in lengths else ""
    stated_days = f" over {days(statement.days, statement.days)}" if statement.days else ""
    whose = "its own rows" if agency == entry.agency else f"the rows of {timeline.name_of(agency)}"
    agencies = tuple(dict.fromkeys((entry.agency, agency)))
    return Finding(
        f"{timeline.name_of(entry.agency)} counts {statement.number} ({kind}); {whose} give {number}"[:160],
        cites=(entry.source, *(row.source for row in rows[:MOST])),
        explanation=f"{says(entry)} It states {statement.number}{stated_days}. Of that time, {whose} record {number}{in_days}, "
        f"from {rows[0].when} to {rows[-1].when}.",
        settle=f"Ask {named(timeline, agencies)} for the list behind the number, and which events it counts.",
        agencies=agencies,
        subjects=entry.subjects or view.children(rows),
        period=facts((entry, *rows)),
        certainty="definite" if agency == entry.agency else "possible",
    )
