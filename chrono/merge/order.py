"""The one order of a timeline: date, agency, source. The files' order never matters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chrono.model import Entry, Source

Key = tuple[date, str, date, str, str, int, Source, str]


def key(entry: Entry) -> Key:
    """Sorts by first day, clock time, last day, agency, file, the return's own sequence within a day, row.

    Undated entries come last, kept in the order of their rows: they are never put on an invented day.
    """
    day, time, last = entry.when.sort_key
    return (day, time, last, entry.agency, entry.source.file, entry.sequence, entry.source, entry.id)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in the timeline's order."""
    return tuple(sorted(entries, key=key))
