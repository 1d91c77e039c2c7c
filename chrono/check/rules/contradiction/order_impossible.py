"""Steps recorded in an order in which they cannot have been taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.leaving import leaving
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, date_of, facts, told
from chrono.check.wording import all_say, ask, says, span
from chrono.check.words import tells
from chrono.model import Entry, Event, Finding, Timeline, day_after
from chrono.vocabulary import words as words_of

FILE = Path(__file__).parents[2] / "order.yaml"
STAYS = {"admission": "discharge", "placement-start": "placement-end"}
"""What begins and ends one stay, told in one row."""
MINUTES = ("minutes",)
SOON = 31
"""Minutes that go out so many days before the first such meeting are taken for its own."""


@dataclass(frozen=True)
class Step:
    """What must come first and what can only follow it, as order.yaml says."""

    name: str
    first: Mapping[str, list[str]]
    then: Mapping[str, list[str]]
    days: int
    own: bool
    once: bool
    birth: bool
    """The first step is the birth of a child, of whom the case may give the day."""


@rule("C20", needs="typed", severity="medium")
def order_impossible(timeline: Timeline) -> Iterator[Finding]:
    """A step is recorded before the step that it presupposes.

    Finds: a review conference or core group before the only initial conference, a discharge before the only admission, a
    result before the sample was taken, an end before its beginning within one row; minutes sent out before the first
    meeting of their kind.
    Why it matters: one of the two dates is wrong, or an earlier event is missing from the returns.
    Stays silent when: an earlier first step is on record; the second step follows the first one too; a date is vague enough
    to fit, or is doubtful in itself and reported as that.
    """
    view = View.of(timeline)
    yield from _ends_before_it_begins(timeline)
    yield from _leaves_before_coming(timeline)
    for step in steps():
        yield from _second_before_first(step, view)
    yield from _minutes_before_meeting(view)


@cache
def steps() -> tuple[Step, ...]:
    """Every pair of steps that has an order."""
    return tuple(_step(name, said) for name, said in words_of(FILE).items())


def _step(name: str, said: Mapping[str, Any]) -> Step:
    return Step(
        name,
        said["first"],
        said["then"],
        said["days"],
        said.get("own", False),
        said.get("once", False),
        said.get("birth", False),
    )


def _second_before_first(step: Step, view: View) -> Iterator[Finding]:
    firsts, thens = _rows(step, "first", view), _rows(step, "then", view)
    reported: set[str] = set()
    for then in thens:
        if not _dated(then) or then.id in reported:
            continue
        first = _first_after(then, step, firsts, view)
        if first is None or _before(then, step, firsts, view):
            continue
        later = [
            row
            for row in thens.between(first.when.earliest, day_after(first.when.latest, step.days))
            if _same(row, then, step, view)
        ]
        if step.once and later:
            continue
        reported |= {row.id for row in thens if row.when.surely_before(first.when) and _same(row, then, step, view)}
        yield _finding(then, first, step.name, view.timeline)


def _first_after(then: Entry, step: Step, firsts: Track, view: View) -> Entry | None:
    last = day_after(then.when.latest, step.days)
    rows = (row for row in firsts.between(then.when.latest, last) if _dated(row) and _same(row, then, step, view))
    return next((row for row in rows if then.when.surely_before(row.when)), None)


def _before(then: Entry, step: Step, firsts: Track, view: View) -> bool:
    """True if an earlier first step is on record, or may have been before the agency's rows begin."""
    children = {subject.id: subject for subject in view.timeline.case.subjects} if step.birth else {}
    born = [children[id_].dob for id_ in then.subjects if id_ in children]
    if any(day and day.end and day.end <= then.when.latest for day in born):
        return True
    earlier = any(_same(row, then, step, view) for row in firsts.between(date.min, then.when.latest))
    return earlier or view.everything.entries[0].id == then.id


def _same(row: Entry, then: Entry, step: Step, view: View) -> bool:
    return view.same_child(row, then) and (row.agency == then.agency or not step.own)


def _dated(entry: Entry) -> bool:
    return entry.when.is_day and not date_in_doubt(entry)


def _rows(step: Step, which: str, view: View) -> Track:
    said = step.first if which == "first" else step.then
    if events := said.get("events"):
        rows = view.recording(*events)
        return view.track(
            ("order", step.name, which), lambda: (row for row in rows if any(map(_held, row.events_of(*events))))
        )
    words = f"order: {step.name}: {which}: words"
    telling = (row for row in view.telling(words) if not step.birth or tells(words, _without_next_steps(row)))
    return view.track(("order", step.name, which), lambda: telling)


def _without_next_steps(row: Entry) -> str:
    """What the row tells, less its column of what is to be done next: 'New birth visit' may be all that stands there."""
    return told(replace(row, fields={name: cell for name, cell in row.fields.items() if name != "action"}))


def _held(event: Event) -> bool:
    """True for what took place on the row's own day."""
    return event.when is None


def _ends_before_it_begins(timeline: Timeline) -> Iterator[Finding]:
    for entry in timeline.entries:
        if not _dated(entry) or tells("earlier_time", told(entry)):
            continue
        for begun in entry.events_of(*STAYS):
            for ended in entry.events_of(STAYS[begun.type]):
                start, end = date_of(begun, entry), date_of(ended, entry)
                if ended.when is not None and ended.when.is_day and end.surely_before(start):
                    yield _within_one_row(entry, begun, ended, timeline)


def _leaves_before_coming(timeline: Timeline) -> Iterator[Finding]:
    """Rows with a column for the end, whose end is on an earlier day, or on the same day at an earlier hour."""
    for entry in timeline.entries:
        came, left = entry.when, leaving(entry)
        if left is None or came.start is None or not _dated(entry):
            continue
        same_day = left.day == came.start and bool(came.start_time and left.time)
        if left.day < came.start or (same_day and left.time < (came.start_time or "")):
            yield Finding(
                f"{timeline.name_of(entry.agency)}: the end is dated before the beginning in one row",
                cites=(entry.source,),
                explanation=f"{says(entry)} It begins on {came.text}; the column for the end has {entry.fields['end-date']}.",
                settle=ask(timeline, (entry.agency,), "the times of both, as first written down"),
                agencies=(entry.agency,),
                subjects=entry.subjects,
                period=facts((entry,)),
            )


def _minutes_before_meeting(view: View) -> Iterator[Finding]:
    for entry in view.recording(*MINUTES):
        if not _dated(entry):
            continue
        kinds = [e.type for e in entry.events if e.nature == "meeting" and e.type not in MINUTES]
        if len(kinds) != 1:
            continue
        meetings = view.recording(*kinds).about(entry)
        if any(row.id != entry.id for row in meetings.between(date.min, entry.when.latest)):
            continue
        after = meetings.between(day_after(entry.when.latest, 1), day_after(entry.when.latest, SOON))
        first = next((row for row in after if _dated(row) and _numbered_first(row, kinds[0])), None)
        if first:
            yield _finding(entry, first, "meeting and its minutes", view.timeline)


def _numbered_first(entry: Entry, kind: str) -> bool:
    return any(e.ordinal == 1 for e in entry.events_of(kind)) or tells("numbered_first", told(entry))


def _within_one_row(entry: Entry, begun: Event, ended: Event, timeline: Timeline) -> Finding:
    names = begun.type.replace("-", " "), ended.type.replace("-", " ")
    return Finding(
        f"{timeline.name_of(entry.agency)}: {names[1]} dated before {names[0]} in one row",
        cites=(entry.source,),
        explanation=f"{says(entry)} The {names[1]} is dated {ended.when}, "
        f"{span(date_of(ended, entry), date_of(begun, entry))} before the {names[0]}.",
        settle=ask(timeline, (entry.agency,), f"the dates of the {names[0]} and of the {names[1]}"),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry,)),
    )


def _finding(then: Entry, first: Entry, name: str, timeline: Timeline) -> Finding:
    agencies = tuple(dict.fromkeys((then.agency, first.agency)))
    return Finding(
        f"{name.capitalize()}: the second step is dated {then.when}, the first {first.when}",
        cites=(then.source, first.source),
        explanation=f"{all_say((then, first))} The one presupposes the other and is dated {span(then.when, first.when)} "
        "before it. No earlier first step is on record.",
        settle=ask(timeline, agencies, "the dates of both, and whether there was an earlier one that the returns lack"),
        agencies=agencies,
        subjects=then.subjects or first.subjects,
        period=facts((then, first)),
        certainty="possible",
    )
