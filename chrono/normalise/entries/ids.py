"""Ids that come from content: they stay when rows are moved, and when other rows are added."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from chrono.model import Entry

_LENGTH = 12


def with_ids(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in order of source, each with its id: a hash of what it says. Rows that say exactly the same are
    numbered in the order of their sources."""
    counted: Counter[str] = Counter()
    named = []
    for entry in sorted(entries, key=lambda entry: entry.source):
        id_ = content_id(entry)
        counted[id_] += 1
        named.append(replace(entry, id=id_ if counted[id_] == 1 else f"{id_}-{counted[id_]}"))
    return named


def content_id(entry: Entry) -> str:
    """A hash of agency, date, text and subjects. Blanks and capitals of the text do not count, nor how the date is written."""
    when = entry.when
    day = f"{when.start}/{when.end}/{when.start_time or ''}" if when.known else when.text
    said = "\x1f".join((entry.agency, day, " ".join(entry.text.split()).casefold(), " ".join(entry.subjects)))
    return "e" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
