"""Ratings of a risk, read from rows onto one scale. The words are ratings.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.pictures import DENIED, SENTENCE
from chrono.check.view import told
from chrono.check.words import Idea, idea
from chrono.model import Entry
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("ratings.yaml")
NEAR = 45
"""Most characters between a level and the word that says what is rated."""
RATE_RISK = ("multi-agency-panel", "marac", "mappa", "exploitation-assessment", "risk-assessment")
"""What is there to rate a risk: a level in such a row needs no word of risk beside it."""
ASSESSMENTS = ("single-assessment", "assessment", "assessment-completed", "asset-assessment", "early-help-assessment")
"""A rating that comes out of one of these is of the whole, and not of some event that the row tells of besides."""
CHANGED = re.compile(
    r"(?<!missing )(?<!absent )\b(?:(?<!to and )(?<!to or )from|was|previously|before)\W+(?:\w+\W+){0,1}$"
    r"|\b(?:not|longer)\W+(?:\w+\W+){0,1}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rating:
    """What a row says of a risk: the lowest and highest level its words mean, and the matter ('' if it does not say)."""

    entry: Entry
    low: int
    high: int
    matter: str
    words: str

    @property
    def middle(self) -> float:
        """Where on the scale it lies."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Scale:
    """ratings.yaml, compiled."""

    levels: Idea
    level_of: Mapping[str, int]
    rated: Idea
    instruments: Idea
    tools: Idea
    not_a_level: Idea
    matters: Mapping[str, tuple[Idea, frozenset[str], bool]]


def ratings(entries: Iterable[Entry]) -> Iterator[Rating]:
    """The one rating that each of some rows states; a row with several that differ states none, and one that rates several
    matters alike rates the whole."""
    for entry in entries:
        found = list(dict.fromkeys(_stated(entry)))
        if found and len({(low, high) for low, high, _, _ in found}) == 1:
            low, high, matter, words = found[0]
            of_one = len({each[2] for each in found}) == 1
            yield Rating(entry, low, high, matter if of_one else "", words)


def may_rate(entry: Entry) -> bool:
    """True if the row has a word for a level, or a column that is an instrument's."""
    return _scale().levels.told_in(told(entry)) or any(map(_is_instrument, entry.fields))


def rated_from(entry: Entry, level: int) -> bool:
    """True if the row rates a risk, or several, and none of them lower than `level`."""
    found = list(_stated(entry))
    return bool(found) and min(low for low, _, _, _ in found) >= level


def of_own_client(rating: Rating, kind: str) -> bool:
    """True if a service for adults, or a clinic, rates a risk and does not say of what: it is that of its own client."""
    return not rating.matter and kind in _own_clients()


@cache
def _own_clients() -> frozenset[str]:
    return frozenset(words_of(FILE)["own_client"])


def comparable(one: Rating, other: Rating) -> bool:
    """True if both may be ratings of one risk."""
    if one.matter == other.matter:
        return True
    matters = _scale().matters
    apart = [matters[each.matter][2] for each in (one, other) if each.matter]
    return "" in (one.matter, other.matter) and not any(apart)


def _stated(entry: Entry) -> Iterator[tuple[int, int, str, str]]:
    if not may_rate(entry):
        return
    scale = _scale()
    by_kind = scale.instruments.told_in(entry.fields.get("category", "")) or entry.records(*RATE_RISK)
    by_kind = by_kind or scale.tools.told_in(told(entry))
    for sentence in SENTENCE.split(told(entry)) if scale.levels.told_in(told(entry)) else ():
        for low, high, words, place in _levels(sentence, scale):
            if by_kind or _rated_near(sentence, place, scale):
                yield low, high, _matter(sentence, entry, scale), words
    for header, cell in entry.fields.items():
        if _is_instrument(header):
            for low, high, words, place in _levels(cell, scale):
                if place[0] == 0:
                    yield low, high, _matter(header, entry, scale), words


@cache
def _is_instrument(header: str) -> bool:
    return _scale().instruments.pattern.fullmatch(header.strip()) is not None


def _levels(sentence: str, scale: Scale) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """Each level of a sentence, with its words and place; two joined by 'to' or a stroke are one from-to."""
    found = [
        each
        for each in scale.levels.pattern.finditer(sentence)
        if not scale.not_a_level.pattern.match(sentence, each.start()) and not DENIED.search(sentence[: each.start()])
    ]
    used = -1
    for place, each in enumerate(found):
        if each.start() < used or CHANGED.search(sentence[: each.start()]):
            continue
        low = high = scale.level_of[_key(each.group())]
        end = each.end()
        if place + 1 < len(found) and re.fullmatch(
            r"\W*(?:to|or|and|/|-|–)?\W*", sentence[end : found[place + 1].start()]
        ):
            second = found[place + 1]
            high = scale.level_of[_key(second.group())]
            end = used = second.end()
        yield min(low, high), max(low, high), sentence[each.start() : end], (each.start(), end)


def _rated_near(sentence: str, place: tuple[int, int], scale: Scale) -> bool:
    return any(
        -NEAR <= place[0] - word.end() <= NEAR or -NEAR <= word.start() - place[1] <= NEAR
        for word in scale.rated.pattern.finditer(sentence)
    )


def _matter(sentence: str, entry: Entry, scale: Scale) -> str:
    by_words = (name for name, (words, _, _) in scale.matters.items() if words.search(sentence))
    of_everything = entry.records(*ASSESSMENTS)
    types = {event.type for event in entry.events if event.status == "occurred" and not of_everything}
    by_events = (name for name, (_, events, _) in scale.matters.items() if events & types)
    return next(by_words, "") or next(by_events, "")


def _key(words: str) -> str:
    return re.sub(r"\W+", " ", words).lower()


@cache
def _scale() -> Scale:
    lists: dict[str, Any] = words_of(FILE)
    level_of = {str(word): level for level, words in enumerate(lists["levels"]) for word in words}
    matters: dict[str, dict[str, Any]] = lists["matters"]
    return Scale(
        idea("ratings: levels"),
        level_of,
        idea("ratings: rated"),
        idea("ratings: instruments"),
        idea("ratings: tools"),
        idea("ratings: not_a_level"),
        {
            name: (idea(f"ratings: matters: {name}: words"), frozenset(each["events"]), each["apart"])
            for name, each in matters.items()
        },
    )
