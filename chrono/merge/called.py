"""Agencies that a row calls by what their people are: 'officers', 'the midwife', 'duty', 'chemist'.

Names and roles that say for certain whom they mean are read with the entry. A link may lean on less: a word that means one kind
of service, where the case has one such service.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chrono.model import Agency
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("called.yaml")
WORD = re.compile(r"[a-z][a-z'-]+", re.IGNORECASE)
COMES = (
    r"(?:\s+(?:staff|team|worker|nurse|manager|officer|duty|inspector|desk))?"
    r"\s*(?::|-\s|\b(?:rang|rings|phoned|calls?|called|says?|said|advis(?:es|ed)|inform(?:s|ed)|told us|tells|reports?"
    r"|confirm(?:s|ed)|e-?mail(?:s|ed)?|wrote|writes|thinks|notif(?:ies|ied)|referral|ref|letter|form|notice|notification"
    r"|request)\b)"
)
FROM = r"\b(?:from|by|per|via)\s+(?:the\s+|a\s+|an\s+|our\s+)?$"
TO = (
    r"\b(?:to|with|w/|rang|phoned|told|called|informed|notified|e-?mailed|advised|contacted|updated|alerted)"
    r"\s+(?:the\s+|a\s+|our\s+)?$"
)
IS_TOLD = (
    r"\s+(?:\w+\s+)?(?:told|informed|notified|aware|rung|updated|alerted|advised|emailed|called)\b"
    r"(?!\s+(?:us|me|that)\b)"
)


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
        self._patterns = {id_: _pattern(meanings) for id_, meanings in self._of.items()}
        self._names = frozenset().union(*own_words.values()) - frozenset().union(*called.values())

    def calls(self, agency: str, text: str) -> Calls:
        """What a row of this agency's return calls others."""
        pattern, meanings = self._patterns.get(agency), self._of.get(agency, {})
        if pattern is None:
            return Calls()
        named: set[str] = set()
        senders: set[str] = set()
        receivers: set[str] = set()
        for found in pattern.finditer(text):
            word = found.group().lower()
            if word in self._names and not found.group()[0].isupper():
                continue
            meant = meanings[word]
            named |= meant
            if _comes(text, found):
                senders |= meant
            elif _goes(text, found):
                receivers |= meant
        return Calls(frozenset(named), frozenset(senders), frozenset(receivers))


def _comes(text: str, found: re.Match[str]) -> bool:
    return bool(_compiled(FROM).search(text[: found.start()]) or _compiled(COMES).match(text, found.end()))


def _goes(text: str, found: re.Match[str]) -> bool:
    return bool(_compiled(TO).search(text[: found.start()]) or _compiled(IS_TOLD).match(text, found.end()))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _pattern(meanings: Mapping[str, frozenset[str]]) -> re.Pattern[str] | None:
    words = sorted(meanings, key=lambda word: (-len(word), word))
    return _compiled(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, words))})(?![\w'])") if words else None


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
    words = {agency.id: frozenset(_name_words(agency)) - plain for agency in agencies}
    used = Counter(word for found in words.values() for word in found)
    return {id_: frozenset(word for word in found if used[word] == 1 and len(word) > 3) for id_, found in words.items()}


def _name_words(agency: Agency) -> Iterable[str]:
    return (word.lower() for word in WORD.findall(agency.name))
