"""Ids that come from content: they stay when rows are moved, and when other rows are added."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chrono.model import Entry, When

_LENGTH = 12


def numbered(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries in order of source. Rows that say exactly the same, and so have the same id, are numbered."""
    counted: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda entry: entry.source):
        counted[entry.id] += 1
        times = counted[entry.id]
        yield entry if times == 1 else replace(entry, id=f"{entry.id}-{times}")


def content_id(agency: str, when: When, text: str, subjects: Sequence[str]) -> str:
    """A hash of agency, date, text and subjects. Blanks and capitals of the text do not count, nor how the date is written."""
    day = f"{when.start}/{when.end}/{when.start_time or ''}" if when.known else when.text
    said = "\x1f".join((agency, day, " ".join(text.split()).casefold(), " ".join(subjects)))
    return "e" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
