"""The content words of an entry, so that rare ones shared by two rows can speak for a link."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.model import Entry
from chrono.stems import stems

SPOKEN_COLUMNS = ("category", "outcome", "action", "reason", "comment", "voice")
"""Columns beside the text that tell what happened; names, dates and places are weighed by signals of their own."""


def content_words(entry: Entry) -> frozenset[str]:
    """Stems of the words that tell what happened, without names of actors and without dates."""
    own = " ".join(_unnamed(entry))
    beside = " ".join(entry.fields.get(column, "") for column in SPOKEN_COLUMNS)
    return stems(f"{own} {beside}")


def _unnamed(entry: Entry) -> Iterator[str]:
    """The pieces of the entry's text that name nobody and give no date."""
    spans = [
        (mention.begin, mention.end) for mention in entry.mentions if mention.column == "text" and mention.begin >= 0
    ]
    spans += [(mention.begin, mention.end) for mention in entry.dates]
    place = 0
    for begin, end in sorted(spans):
        if begin > place:
            yield entry.text[place:begin]
        place = max(place, end)
    yield entry.text[place:]
