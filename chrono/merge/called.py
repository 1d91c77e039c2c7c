"""Agencies that a row calls by what their people are: 'officers', 'the midwife', 'duty', 'chemist'.

Names and roles that say for certain whom they mean are read with the entry. A link may lean on less: a word that means one kind
of service, where the case has one such service.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chrono.merge.direction import side
from chrono.model import Agency
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("called.yaml")
WORD = re.compile(r"[a-z][a-z'-]+", re.IGNORECASE)
TOKEN = re.compile(r"(?<![\w'-])[\w']+")
GOES_ON = re.compile(r"[\w']")


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom a row calls, and whom of these something came from or went to."""

    named: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()


class Callers:
    """The words by which the agencies of a case are called. Each word means at most one of them."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        called = {agency.id: frozenset(_called(agency)) for agency in agencies}
        own_words = _own_words(agencies)
        self._of = {agency.id: _meanings(agency.id, called, own_words) for agency in agencies}
        self._begin = {id_: _by_beginning(meanings) for id_, meanings in self._of.items()}
        self._names = frozenset().union(*own_words.values()) - frozenset().union(*called.values())

    def calls(self, agency: str, text: str) -> Calls:
        """What a row of this agency's return calls others."""
        meanings = self._of.get(agency, {})
        named: set[str] = set()
        senders: set[str] = set()
        receivers: set[str] = set()
        for begin, word in _words_in(text, self._begin.get(agency, {})):
            if word in self._names and not text[begin].isupper():
                continue
            meant = meanings[word]
            named |= meant
            far = side(text, begin, begin + len(word))
            if far == "from":
                senders |= meant
            elif far == "to":
                receivers |= meant
        return Calls(frozenset(named), frozenset(senders), frozenset(receivers))


def _words_in(text: str, by_beginning: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Where the text has one of the words, and which: the longest that stand there, none within another."""
    end = 0
    for token in TOKEN.finditer(text):
        words = by_beginning.get(token[0].lower())
        begin = token.start()
        if words and begin >= end and (word := _at(text, begin, words)):
            end = begin + len(word)
            yield begin, word


def _at(text: str, begin: int, words: Iterable[str]) -> str:
    for word in words:
        end = begin + len(word)
        if text[begin:end].lower() == word and not GOES_ON.match(text, end):
            return word
    return ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _by_beginning(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The words by what they begin with, so that most of a text is passed over at a glance; the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found[TOKEN.findall(word)[0]].append(word)
    return found


def _meanings(
    own: str, called: Mapping[str, frozenset[str]], own_words: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Word -> the one other agency it means. A word that the own agency goes by too means nobody else."""
    meant: dict[str, set[str]] = defaultdict(set)
    for id_ in called.keys() - {own}:
        for word in called[id_] | own_words[id_]:
            meant[word].add(id_)
    return {word: frozenset(ids) for word, ids in meant.items() if len(ids) == 1 and word not in called[own]}


def _called(agency: Agency) -> Iterable[str]:
    name = " ".join((agency.name, *agency.aliases)).lower()
    for service in words_of(FILE)["services"]:
        if _compiled(rf"\b(?:{service['name']})").search(name):
            yield from (word.strip() for word in service["called"].split(","))


def _own_words(agencies: Sequence[Agency]) -> Mapping[str, frozenset[str]]:
    """Words of each agency's name that no other agency's name has, and that name no service or place: 'Foxglove', 'Clearpath'."""
    plain = frozenset(words_of(FILE)["plain"])
    words = {agency.id: (frozenset(_name_words(agency)) - plain) | _beginning(agency, plain) for agency in agencies}
    used = Counter(word for found in words.values() for word in found)
    return {id_: frozenset(word for word in found if used[word] == 1 and len(word) > 3) for id_, found in words.items()}


def _beginning(agency: Agency, plain: frozenset[str]) -> frozenset[str]:
    """The first two words of a longer name, where the first is of no service: 'Ash Grove' of Ash Grove Primary School."""
    words = list(_name_words(agency))
    return frozenset((" ".join(words[:2]),)) if len(words) > 2 and words[0] not in plain else frozenset()


def _name_words(agency: Agency) -> Iterable[str]:
    return (word.lower() for word in WORD.findall(agency.name))
