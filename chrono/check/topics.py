"""What a sentence is about: its topics, and the words in it that few sentences have. The words are topics.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chrono.check.view import View, told
from chrono.check.words import Idea, idea, ideas
from chrono.model import Agency, Entry
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("topics.yaml")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘'(A-Z0-9])|;\s+| · |\n")
"""Between two sentences; a full stop before a small letter ends an abbreviation ("incl. nuts")."""
WORD = re.compile(r"[a-z][a-z'’-]{2,}")
FEW, SHARE = 6, 0.04
"""A word tells rows apart if no more of them have it than FEW, or than this share of them."""
TOPIC = "topics: topics: "
"""So begins the name of a topic among all ideas."""
STEM = 5
"""Letters by which two forms of one word are known to be one: 'allergic', 'allergy'."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a row, and where it begins in what the row tells."""

    text: str
    begin: int


@lru_cache(maxsize=65_536)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of what a row tells."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    begin = 0
    for end in SENTENCE.finditer(text):
        yield Sentence(text[begin : end.start()], begin)
        begin = end.end()
    yield Sentence(text[begin:], begin)


@lru_cache(maxsize=65_536)
def topics(text: str) -> frozenset[str]:
    """The topics of topics.yaml of which a text has words."""
    found = (one for one in ideas().of(text) if one.name.startswith(TOPIC) and one.told_in(text))
    return frozenset(one.name.removeprefix(TOPIC) for one in found)


def troubles() -> frozenset[str]:
    """The topics that are troubles of a child."""
    return frozenset(_lists()["troubles"])


def topics_of(entry: Entry) -> frozenset[str]:
    """The topics of a whole row: by its words, and by the events that took place."""
    types = {event.type for event in entry.events if event.status == "occurred"}
    return topics(told(entry)) | {topic for topic, kinds in _lists()["events"].items() if not types.isdisjoint(kinds)}


def rare_words(text: str, entry: Entry, view: View) -> frozenset[str]:
    """The beginnings of the words of a text that tell its matter: those in few rows of the case, and not of a child's name."""
    names = {
        word[:STEM] for m in entry.mentions if m.kind in ("subject", "person") for word in WORD.findall(m.text.lower())
    }
    often = view.kept("words of many rows", lambda: _often(view))
    return frozenset(stem for stem in _stems(text) if stem not in names and stem not in often)


def _often(view: View) -> frozenset[str]:
    """The beginnings of words that so many rows have that they tell no two apart."""
    rows = Counter(stem for entry in view.timeline.entries for stem in _stems(told(entry)))
    most = max(FEW, round(len(view.timeline.entries) * SHARE))
    return frozenset(stem for stem, number in rows.items() if number > most)


@lru_cache(maxsize=65_536)
def _stems(text: str) -> frozenset[str]:
    common = _common()
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()) if word not in common)


def speaks_of_work(text: str, agency: Agency) -> bool:
    """True if a text names, by words of the work, what a service of this kind or name does."""
    return any(words.told_in(text) for words in _work_of(agency.kind, agency.name))


@cache
def _work_of(kind: str, name: str) -> tuple[Idea, ...]:
    work: Mapping[str, Mapping[str, Any]] = _lists()["work"]
    words = {each: idea(f"topics: work: {each}: words") for each in work}
    return tuple(
        words[each]
        for each, of in work.items()
        if kind in of["kinds"] or (kind in ("", "voluntary") and words[each].told_in(name))
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(map(str, _lists()["common"]))


def _lists() -> Mapping[str, Any]:
    lists: Mapping[str, Any] = words_of(FILE)
    return lists
