"""Rows without any date."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, subjects_of, weight
from chrono.check.wording import all_say, ask, listed
from chrono.model import Entry, Finding, Timeline


@rule("D02", needs="plain", severity="medium")
def undated_entry(timeline: Timeline) -> Iterator[Finding]:
    """It cannot be told when something was done.

    Finds: rows, by file, whose date cell is empty or says that the date is not known, and that no date above covers.
    Why it matters: what is undated can be set against nothing, and is easily lost.
    Stays silent when: a ditto mark, a merged cell or an empty cell takes the date above; the row is a note or a total.
    """
    for file, entries in by_file(entry for entry in timeline.entries if _undated(entry)):
        agency = entries[0].agency
        rows = listed(str(entry.source.row) for entry in entries)
        yield Finding(
            f"{file}: {'row' if len(entries) == 1 else 'rows'} {rows} without a date",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} The date cell gives no date, and none stands above that would count for it.",
            settle=ask(timeline, (agency,), "the dates, and who recorded these rows"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=timeline.period,
            severity="medium" if any(weight(entry) or entry.events for entry in entries) else "low",
            column="date",
        )


def _undated(entry: Entry) -> bool:
    when = entry.when
    unread = any(note.startswith(("unreadable", "too-long")) for note in when.notes)
    return when.status == "unknown" and not when.known and not unread
