"""Entries written before the event, or long after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, subjects_of, told, weight
from chrono.check.wording import ask, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after, short_day

SHOWN = 6
WORST = 4
"""Weight of what is life-threatening, and of a death."""
GRAVE = 3
"""Weight of an injury or an admission."""


@rule("D07", needs="plain", severity="medium")
def recorded_date(timeline: Timeline, *, late_after: int = 60, days: int = 3) -> Iterator[Finding]:
    """A row says that it was recorded before the event, or long after it.

    Finds: rows, by file, whose recorded date is surely before the date of the event, or surely more than `late_after` days
    after it; or more than `days` days after it, when something life-threatening, or a death, lies between the two.
    Why it matters: a note written beforehand cannot tell what happened; one written months later, or with knowledge of how
    it ended, is memory, not a record.
    Stays silent when: the event was planned; the return gives no recorded date; the dates may agree.
    """
    early: dict[str, list[Entry]] = defaultdict(list)
    late: dict[str, list[Entry]] = defaultdict(list)
    hindsight: dict[str, list[Entry]] = defaultdict(list)
    view = View.of(timeline)
    worst = Track(entry for entry in timeline.entries if entry.when.is_day and _is_worst(entry))
    for entry in timeline.dated:
        if entry.recorded is None or not entry.recorded.known or entry.when.end is None or entry.recorded.end is None:
            continue
        planned = entry.events and all(event.status == "planned" for event in entry.events)
        if entry.recorded.surely_before(entry.when) and not planned:
            early[entry.source.file].append(entry)
        elif entry.when.days_until(entry.recorded)[0] > days and _known_by_then(entry, worst, view):
            hindsight[entry.source.file].append(entry)
        elif entry.when.days_until(entry.recorded)[0] > late_after:
            late[entry.source.file].append(entry)
    for file in sorted(early):
        yield _finding(early[file], timeline, f"{file}: recorded before it happened", "medium")
    for file in sorted(hindsight):
        yield _finding(hindsight[file], timeline, f"{file}: written after the gravest event was known", "medium")
    for file in sorted(late):
        yield _finding(late[file], timeline, f"{file}: recorded more than {late_after} days later", "low")


def _is_worst(entry: Entry) -> bool:
    """True for a death, for what is life-threatening by its kind, and for a child who is in danger of life."""
    return weight(entry) >= WORST or (weight(entry) >= GRAVE and tells("in_danger_of_life", told(entry)))


def _known_by_then(entry: Entry, worst: Track, view: View) -> bool:
    """True if the gravest event lies between the day the row is about and the day it was written."""
    first, last = entry.when.latest, entry.recorded.earliest if entry.recorded else entry.when.latest
    return any(
        row.when.earliest > first and row.when.latest < last and view.same_child(row, entry)
        for row in worst.between(day_after(first), last)
    )


def _finding(entries: list[Entry], timeline: Timeline, title: str, severity: Severity) -> Finding:
    agency = entries[0].agency
    parts = [f"{says(entry)} It is marked as recorded on {_day(entry)}." for entry in entries[:SHOWN]]
    return Finding(
        f"{title} ({len(entries)} row{'s' * (len(entries) > 1)})",
        cites=tuple(entry.source for entry in entries),
        explanation=" ".join(parts),
        settle=ask(timeline, (agency,), "which of the two dates is that of the event, and who wrote the entry"),
        agencies=(agency,),
        subjects=subjects_of(entries),
        period=facts(entries),
        severity=severity,
        column="recorded",
    )


def _day(entry: Entry) -> str:
    when = entry.recorded
    return short_day(when.start) if when and when.start else str(when)
