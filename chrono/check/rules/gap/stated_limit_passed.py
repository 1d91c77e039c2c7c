"""A row says by when a step is to follow, and it came later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.stated import Stated, stated_limits
from chrono.check.view import View, facts, told, unique
from chrono.check.waits import first_met, saw
from chrono.check.wording import all_say, ask, counted, no_record, quoted
from chrono.model import Entry, Finding, Timeline, day_after, short_day

ENDS = ("closure", "cp-plan-end", "step-down", "transfer", "death", "became-looked-after", "ceased-looked-after")
SEEN = "attended"
"""Stands among what shows a step to be done where that is to see somebody."""
FAR = 400
"""Days after which a later row no longer answers for the step."""


@rule("G24", needs="typed", severity="medium")
def stated_limit_passed(timeline: Timeline) -> Iterator[Finding]:
    """An agency's own row says within what time a step is to follow, and the step came later, or no row shows it.

    Finds: rows that set a limit ("to be seen within 7 days", "reply within 25 working days"), and the first row of that kind
    of the agency meant surely after it; or, for what is always written down (a reply), none.
    Why it matters: what a meeting or a service itself thought urgent was not done in that time.
    Stays silent when: the dates may keep the limit; the limit ends after the period; the agency to do it has sent no return;
    the case was closed, transferred or the plan ended before.
    """
    view = View.of(timeline)
    for stated in stated_limits(view):
        if finding := _judged(stated, view):
            yield finding


def _done(stated: Stated, view: View, first: date, last: date) -> list[Entry]:
    """The rows of the agencies meant that show the step done, in order: of its kind, or under the same number in its words."""
    number = stated.entry.fields.get("reference")
    return [
        row
        for agency in stated.holders
        for row in view.agency(agency).about(stated.entry).between(first, last)
        if _shows(row, stated) or (number and _answers(row, number, stated))
    ]


def _shows(row: Entry, stated: Stated) -> bool:
    needed = stated.step.shown
    met = first_met(row) or any(event.ordinal == 1 for event in row.events_of("meeting"))
    own = row.agency == stated.entry.agency and saw(row)
    seen = SEEN in stated.step.done and (met or own)
    return (seen or row.records(*stated.step.done)) and (needed is None or needed.search(told(row)) is not None)


def _answers(row: Entry, number: str, stated: Stated) -> bool:
    return row.fields.get("reference") == number and bool(stated.step.words.search(row.text))


def _judged(stated: Stated, view: View) -> Finding | None:
    start, end = stated.entry.when.start, stated.entry.when.end
    if start is None or end is None:
        return None
    due = stated.limit.due(end)
    if due > (view.timeline.period[1] or date.max):
        return None
    later = [row for row in _done(stated, view, start, day_after(due, FAR)) if row.id != stated.entry.id]
    if later:
        late = stated.limit.judge(stated.entry.when, later[0].when) == "passed"
        kept = [row for row in later if not row.records("did-not-attend")]
        return _finding(stated, (kept or later)[:1], due, view, done=True) if late else None
    if not stated.step.sought or _ended(stated, view, start, due):
        return None
    return _finding(stated, _next_rows(stated, view, due), due, view)


def _next_rows(stated: Stated, view: View, due: date) -> list[Entry]:
    """The first row about the child after the limit, of the agencies that were to take the step."""
    rows = (
        row
        for agency in stated.holders
        for row in view.agency(agency).about(stated.entry).between(day_after(due), day_after(due, FAR))
        if row.when.start and row.when.earliest > due
    )
    return sorted(rows, key=lambda row: row.when.sort_key)[:1]


def _ended(stated: Stated, view: View, first: date, last: date) -> bool:
    rows = view.recording(*ENDS).about(stated.entry).between(first, last)
    return any(row.id != stated.entry.id for row in rows)


def _finding(stated: Stated, rows: list[Entry], due: date, view: View, *, done: bool = False) -> Finding:
    entry, step, timeline = stated.entry, stated.step, view.timeline
    shown = unique((entry, *rows))
    if done:
        apart = counted(entry.when.latest, rows[0].when.earliest)
        worked = f"That is {apart}; {stated.limit} ended on {short_day(due)}."
        title = f"{step.says[:1].upper()}{step.says[1:]} came later than the {stated.limit} set on {entry.when}"
    else:
        worked = f"{stated.limit} ended on {short_day(due)}. " + no_record(timeline, stated.holders, step.says)
        worked += " The last row cited is the next one after that day." if rows else ""
        title = f"No record of {step.says} within the {stated.limit} set on {entry.when}"
    return Finding(
        title,
        cites=tuple(row.source for row in shown),
        explanation=f"{all_say(shown)} The limit stands in {quoted(stated.words)}. {worked}",
        settle=ask(timeline, stated.holders, "when it was done, and why not sooner"),
        agencies=tuple(dict.fromkeys((entry.agency, *stated.holders))),
        expected_from=() if done else stated.holders,
        subjects=entry.subjects,
        period=(facts(shown)[0], due),
        certainty="definite" if all(row.when.is_day for row in shown) else "possible",
    )
