"""The timeline as lines to read: what every table of entries shows, worked out once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from chrono.model import Entry, Finding, Review, Timeline, When
from chrono.report.text import one_line

STATUS_WORDS = {"ditto": "as the row above", "conflict": "doubtful", "invalid": "no such day"}
OUTCOMES = ("outcome", "action")
SHOWN_ELSEWHERE = frozenset({"date", "time", "end-date", "end-time", "text", "subject", "agency", *OUTCOMES})
"""Cells that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words. `number` is its place in the timeline, from 1; `day` the first day it can be; `findings` the
    numbers of the findings that cite it, with how serious each is; `also` who else records the same event."""

    number: int
    entry: Entry
    day: date | None
    read: str
    written: str
    time: str
    agency: str
    subjects: str
    people: str
    text: str
    outcome: str
    other: str
    also: str
    findings: str


def lines(review: Review) -> Iterator[Line]:
    """Every entry in timeline order, undated ones last."""
    timeline = review.timeline
    name = names(timeline)
    numbers = {entry.id: number for number, entry in enumerate(timeline.entries, start=1)}
    marks = finding_marks(review)
    for number, entry in enumerate(timeline.entries, start=1):
        others = (f"{name(other.agency)} (No. {numbers[other.id]})" for other in timeline.linked(entry))
        yield Line(
            number=number,
            entry=entry,
            day=entry.when.start or entry.when.end,
            read=as_read(entry.when),
            written=entry.when.text,
            time=clock(entry.when),
            agency=name(entry.agency),
            subjects=", ".join(map(name, entry.subjects)),
            people=", ".join(map(name, entry.people)),
            text=entry.text,
            outcome=outcome(entry),
            other=other_cells(entry),
            also="; ".join(others),
            findings="; ".join(f"F{number} {finding.severity or 'low'}" for number, finding in marks.get(entry.id, ())),
        )


def names(timeline: Timeline) -> Callable[[str], str]:
    """Ids to names, each looked up once."""
    return cache(lambda id_: one_line(timeline.name_of(id_)))


def finding_marks(review: Review) -> Mapping[str, list[tuple[int, Finding]]]:
    """Entry id -> the findings that cite it, each with its number in the list of findings, from 1."""
    marks: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(review.findings, start=1):
        for id_ in dict.fromkeys(entry.id for entry in cited(review.timeline, finding)):
            marks[id_].append((number, finding))
    return marks


def cited(timeline: Timeline, finding: Finding) -> tuple[Entry, ...]:
    """The entries among the rows a finding cites."""
    return tuple(timeline.by_source[source] for source in finding.cites if source in timeline.by_source)


SEVERITIES = ("high", "medium", "low")
CATEGORIES = {
    "contradiction": "Contradiction",
    "missing-record": "Missing record",
    "gap": "Gap",
    "data-quality": "Data quality",
}


def needed(timeline: Timeline, finding: Finding) -> str:
    """What would settle it, for the agency itself: without 'Ask Housing and Heron Police for', which the reviewer is told."""
    names = sorted((timeline.name_of(agency.id) for agency in timeline.case.agencies), key=len, reverse=True)
    anybody = "|".join(map(re.escape, names))
    return re.sub(rf"^Ask (?:(?:{anybody})(?:, | and )?)+ (?:for )?", "", finding.settle)


def as_read(when: When) -> str:
    """What a written date was taken to mean, with every doubt said."""
    doubts = [STATUS_WORDS[when.status]] if when.status in STATUS_WORDS else []
    if not when.known:
        return "no date" + (f" ({', '.join(doubts)})" if doubts else "")
    words = str(when) if when.start_time is None else str(when).removesuffix(f" {when.start_time}")
    return ("about " if when.approximate else "") + words + (f" ({', '.join(doubts)})" if doubts else "")


def clock(when: When) -> str:
    """'14:30', '14:30 to 15:00', or nothing."""
    return " to ".join(dict.fromkeys(part for part in (when.start_time, when.end_time) if part))


def outcome(entry: Entry) -> str:
    """What came of it: the cells for outcome and action."""
    return "\n".join(dict.fromkeys(entry.fields[role] for role in OUTCOMES if entry.fields.get(role)))


def other_cells(entry: Entry) -> str:
    """Every other cell of the row, each with its header, and what the cells do not show."""
    cells = [f"{name}: {cell}" for name, cell in entry.fields.items() if cell and name not in SHOWN_ELSEWHERE]
    hidden = ["This row is hidden in the return."] if entry.hidden else []
    marks = [f"{mark.kind}: {mark.text}" if mark.text else mark.kind for mark in entry.marks]
    notes = [f"Date: {note}" for note in entry.when.notes]
    return "\n".join((*cells, *hidden, *marks, *notes))
