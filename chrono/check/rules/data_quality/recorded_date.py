"""Entries written before the event, or long after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import facts, subjects_of
from chrono.check.wording import ask, says
from chrono.model import Entry, Finding, Severity, Timeline, short_day

SHOWN = 6


@rule("D07", needs="plain", severity="medium")
def recorded_date(timeline: Timeline, *, late_after: int = 60) -> Iterator[Finding]:
    """A row says that it was recorded before the event, or long after it.

    Finds: rows, by file, whose recorded date is surely before the date of the event, or surely more than `late_after` days
    after it.
    Why it matters: a note written beforehand cannot tell what happened; one written months later is memory, not a record.
    Stays silent when: the event was planned; the return gives no recorded date; the dates may agree.
    """
    early: dict[str, list[Entry]] = defaultdict(list)
    late: dict[str, list[Entry]] = defaultdict(list)
    for entry in timeline.dated:
        if entry.recorded is None or not entry.recorded.known or entry.when.end is None or entry.recorded.end is None:
            continue
        planned = entry.events and all(event.status == "planned" for event in entry.events)
        if entry.recorded.surely_before(entry.when) and not planned:
            early[entry.source.file].append(entry)
        elif entry.when.days_until(entry.recorded)[0] > late_after:
            late[entry.source.file].append(entry)
    for file in sorted(early):
        yield _finding(early[file], timeline, f"{file}: recorded before it happened", "medium")
    for file in sorted(late):
        yield _finding(late[file], timeline, f"{file}: recorded more than {late_after} days later", "low")


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
