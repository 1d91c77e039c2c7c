"""What a sentence is about: its topics, and the words in it that few sentences have. The words are topics.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chrono.check.view import Track, View, told
from chrono.check.words import Idea, idea, ideas
from chrono.model import Agency, Entry, Mention
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


def named_in(sentence: Sentence, entry: Entry) -> list[Mention]:
    """Who is named in a sentence of the row's text."""
    end = sentence.begin + len(sentence.text)
    return [one for one in entry.mentions if one.column == "text" and sentence.begin <= one.begin < end]


@lru_cache(maxsize=65_536)
def topics(text: str) -> frozenset[str]:
    """The topics of topics.yaml of which a text has words."""
    return frozenset(one.name.removeprefix(TOPIC) for one in ideas().of(text, TOPIC))


@cache
def troubles() -> frozenset[str]:
    """The topics that are troubles of a child."""
    return frozenset(_lists()["troubles"])


def topics_of(entry: Entry) -> frozenset[str]:
    """The topics of a whole row: by its words, and by the events that took place."""
    types = {event.type for event in entry.events if event.status == "occurred"}
    return topics(told(entry)) | {topic for topic, kinds in _lists()["events"].items() if not types.isdisjoint(kinds)}


def of_topic(topic: str, view: View) -> Track:
    """The dated rows of a topic: by their words, or by an event that took place."""
    return view.track(("topic", topic), lambda: _of_topic(topic, view))


def _of_topic(topic: str, view: View) -> list[Entry]:
    words = view.telling(f"{TOPIC}{topic}") if f"{TOPIC}{topic}" in ideas() else ()
    events = view.timeline.recording(*_lists()["events"].get(topic, ()))
    return view.in_order({row.id for row in (*words, *events)})


def rare_words(text: str, entry: Entry, view: View) -> frozenset[str]:
    """The beginnings of the words of a text that tell its matter: those in few rows of the case, and not of a child's name."""
    names = (_beginnings(m.text) for m in entry.mentions if m.kind in ("subject", "person"))
    often = view.kept("words of many rows", lambda: _often(view))
    return stems_of(text).difference(often, *names)


def _often(view: View) -> frozenset[str]:
    """The beginnings of words that so many rows have that they tell no two apart."""
    most = max(FEW, round(len(view.timeline.entries) * SHARE))
    return frozenset(stem for stem, rows in rows_with(view).items() if len(rows) > most)


def rows_with(view: View) -> Mapping[str, Sequence[Entry]]:
    """The rows that have a word with each beginning."""
    return view.having("beginnings of words", stems_of)


@lru_cache(maxsize=65_536)
def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the words of a text, less those words of which returns are full."""
    words = set(WORD.findall(text.lower()))
    return frozenset(word[:STEM] for word in words.difference(_common()))


@lru_cache(maxsize=65_536)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()))


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
