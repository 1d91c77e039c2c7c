"""Rows without any date."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told, weight
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import words_for
from chrono.model import Entry, Finding, Timeline


@rule("D02", needs="plain", severity="medium")
def undated_entry(timeline: Timeline) -> Iterator[Finding]:
    """It cannot be told when something was done.

    Finds: rows, by file, whose date cell is empty or says that the date is not known, and that no date above covers.
    Of low severity: rows with a date that tell of something and say that nobody kept the date of it.
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
    told_of = [entry for entry in View.of(timeline).telling("date_not_kept") if not _undated(entry)]
    for file, entries in by_file(told_of):
        words = listed(dict.fromkeys(quoted(words_for("date_not_kept", told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: something told of without its date ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} With {words} the row gives no day on which it happened.",
            settle=ask(timeline, (entries[0].agency,), "the date of what is told of"),
            agencies=(entries[0].agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            severity="low",
            column="text",
        )


def _undated(entry: Entry) -> bool:
    when = entry.when
    unread = any(note.startswith(("unreadable", "too-long")) for note in when.notes)
    return when.status == "unknown" and not when.known and not unread
