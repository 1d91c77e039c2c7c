"""Dates that nobody can read, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts
from chrono.check.wording import ask, listed, quoted
from chrono.model import Entry, Finding, Timeline

SHOWN = 8


@rule("D01", needs="plain", severity="medium")
def date_unreadable(timeline: Timeline) -> Iterator[Finding]:
    """The date cell holds something that is no day of the calendar, or that no known way of writing dates explains.

    Finds: rows, by file, whose date is impossible (31 June) or cannot be read at all.
    Why it matters: the row cannot be placed, and whatever follows from its date is lost.
    Stays silent when: the cell is empty, a ditto mark, or says that the date is not known (see undated-entry).
    """
    for file, entries in by_file(entry for entry in timeline.entries if _unreadable(entry)):
        agency = entries[0].agency
        cells = listed(f"row {entry.source.row} {quoted(entry.when.text, 40)}" for entry in entries[:SHOWN])
        yield Finding(
            f"{file}: {_number(entries)} cannot be read",
            cites=tuple(entry.source for entry in entries),
            explanation=f"The date cells of {file} say: {cells}. None of these is a day of the calendar. "
            "The rows are kept, undated; no day was made up for them.",
            settle=ask(timeline, (agency,), "the dates of these rows"),
            agencies=(agency,),
            period=facts(entries),
            column="date",
        )


def _unreadable(entry: Entry) -> bool:
    when = entry.when
    return when.status == "invalid" or any(note.startswith("unreadable") for note in when.notes)


def _number(entries: list[Entry]) -> str:
    return "a date" if len(entries) == 1 else f"{len(entries)} dates"
