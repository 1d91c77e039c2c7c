"""Statements of an absence: an agency says that it had no contact, had no open case, or holds no records."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, cast

from chrono.normalise.events.phrases import Phrases, plain
from chrono.normalise.events.vocabulary import loaded

Absence = Literal["", "no-contact", "not-open", "no-records"]

LONGEST = 18
"""A text of more words that says 'no contact' somewhere is about something else."""


@lru_cache(maxsize=65536)
def declares(text: str) -> Absence:
    """If a text states an absence instead of an event: 'No contact in this period', 'Not open', 'No records held'."""
    if len(text.split()) > LONGEST:
        return ""
    found = _phrases().find(plain(text))
    return found[0].means[0] if found else ""


@cache
def _phrases() -> Phrases[Absence]:
    given = loaded("declared.yaml")
    return Phrases([(phrase, cast(Absence, id_)) for id_, words in given.items() for phrase in words["phrases"]])
