"""How a statement as a whole puts what it tells in plain words: as done, to be done, not done, called off, or long past."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from chrono.model import EventStatus
from chrono.normalise.events.modality import PAST
from chrono.normalise.events.phrases import Phrases
from chrono.normalise.events.vocabulary import loaded_lists

ORDER: tuple[EventStatus, ...] = ("cancelled", "did-not-happen", "referred-to", "occurred", "planned")
"""The first of these of which a statement has words."""

DONE = re.compile(
    rf"\b(?:{PAST.pattern}|was|were|had|did|got|went|came|saw|met|spoke|rang|wrote|read|took|said|says|seen|held|back|brought|kept|tells|reports|shows|issued)\b",
    re.IGNORECASE,
)
"""Words of one who tells what was done."""

BRIEF = 12
"""The most words of a statement in which a day alone says that it is still to come."""

SOMEBODY_TO = re.compile(r"\s*(?:\w[\w'./&-]*\s+){0,3}?(\w[\w.]*)\s+to\s+([a-z]+)", re.IGNORECASE)
"""'SW to ...', 'duty worker to ...', at the beginning of a statement."""

DAY_TO_COME = re.compile(
    r"(?<!last )(?<!since )(?<!from )\b(?:mon|tues?|weds?|thur?s?|fri|sun|satur)(?:day|nesday|sday|rsday)?\b"
    r"|\b(?:[4-9]|[12]\d|3[01])(?:st|nd|rd|th)\b(?=\s*(?:[a-z]{3,9}\b)?[\s.,;)]*\Z)"
    r"|\b(?:easter|xmas|christmas|half term)\b",
    re.IGNORECASE,
)
"""A day named without a date of its own; where nothing is told as done, it is still to come."""


def mood_of(statement: str) -> EventStatus | None:
    """What the words of a whole statement say; None if they say nothing of it."""
    said = {status for found in _moods().find(statement) for status in found.means}
    for status in ORDER:
        if status in said:
            return status
    return "planned" if still_to_come(statement) else None


@lru_cache(maxsize=65536)
def still_to_come(statement: str) -> bool:
    """True if a statement says what somebody is to do, or names a day and tells of nothing done: 'SW to visit', 'scan Thurs'."""
    if somebody_is_to(statement):
        return True
    return len(statement.split()) <= BRIEF and bool(DAY_TO_COME.search(statement)) and not DONE.search(statement)


def somebody_is_to(statement: str) -> bool:
    """True if a statement says what somebody is to do: 'SW to visit'."""
    match = SOMEBODY_TO.match(statement)
    if match is None or match[2].lower() not in _to_do():
        return False
    who = match[1].lower()
    return (who in _who() or who[-1].isdigit()) and not DONE.search(statement[: match.start(2)])


@cache
def _moods() -> Phrases[EventStatus]:
    given = loaded_lists("moods.yaml")
    return Phrases([(phrase, status) for status in ORDER for phrase in given[status]])


@cache
def _who() -> frozenset[str]:
    return frozenset(loaded_lists("moods.yaml")["who"])


@cache
def _to_do() -> frozenset[str]:
    return frozenset(loaded_lists("moods.yaml")["to-do"])
