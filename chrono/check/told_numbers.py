"""Numbers that rows tell of one thing: of schools, placements, attackers, tablets. The words are told_numbers.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from chrono.check.topics import Sentence, sentences
from chrono.check.words import Idea, idea, tells
from chrono.numerals import CARDINALS, ORDINAL, ordinal_value
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("told_numbers.yaml")
TOLD = CARDINALS[:16]
CARDINAL = rf"(?P<number>\d{{1,2}}|{'|'.join(TOLD)})(?![\d:/.%]|\s?(?:am|pm|%|x\b))"
BESIDE = (
    r"x|of|different|separate|such|other|new|further|more|masked|unknown|hooded|older|young|small|large|linear|his|her|the"
    r"|changes of|\d+ ?mg"
)
SCORED = r"(?:(?:today|now|total|scores?|scored|scoring|result|is|was|of|at|by phone)\W{1,3}){0,3}"
"""What may stand between a scale and its result."""
BETWEEN = rf"(?:\s+(?:{BESIDE})){{0,3}}"
BEFORE_THIS = re.compile(r"\b(?:previous|earlier|prior|past|former)\b", re.IGNORECASE)
"""Beside a number of what only grows: this one comes on top of them."""
NOT_SO_MANY = re.compile(
    r"\b(?:about|approx\w*|around|at least|up to|over|more than|less than|under|nearly|almost|some|or|to|aged?|year|yr|class|no"
    r"|not)\W*$"
    r"|[-–/]\s*$",
    re.IGNORECASE,
)
"""In front of a number: it is vague, a range or an age."""
OR_MORE = re.compile(
    r"\s*(?:or|to|-|–|/|\+)\s*(?:more|so|\d|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)
IN_A_LIST = re.compile(r",|;|>|→|\bthen\b|\band\b")
A_NAME = re.compile(r"\b[A-Z]\w")
FEWEST_LISTED = 2


@dataclass(frozen=True)
class Thing:
    """One thing of told_numbers.yaml."""

    name: str
    days: int
    least: int
    grows: bool
    low: bool
    settle: str
    nouns: str
    scores: str
    about: Idea

    def told_in(self, text: str) -> int:
        """The one number that a text tells of it; 0 if it tells none, or several."""
        if not self.about.told_in(text):
            return 0
        told = (sentence.text for sentence in sentences(text) if self.about.told_in(sentence.text))
        found = {number for sentence in told for number in self._numbers(sentence)}
        if not found and self.grows and tells("whole_list", text):
            found = set(_counted_list(sentences(text), self))
        return found.pop() if len(found) == 1 else 0

    def _numbers(self, sentence: str) -> Iterator[int]:
        for found in self._scored.finditer(sentence) if self.scores else ():
            yield int(found["behind"] or found["before"])
        for found in self._counted.finditer(sentence) if self.nouns else ():
            if not NOT_SO_MANY.search(sentence[: found.start()]) and not OR_MORE.match(sentence, found.end("number")):
                number = _amount(found["number"])
                yield number + 1 if self.grows and BEFORE_THIS.search(found.group()) else number
        for found in self._numbered.finditer(sentence) if self.grows else ():
            yield ordinal_value(found["nth"])

    @cached_property
    def _counted(self) -> re.Pattern[str]:
        return re.compile(
            rf"\b{CARDINAL}{BETWEEN}(?:\s+(?:previous|earlier|prior|past|former))?\s+(?:{self.nouns})\b", re.IGNORECASE
        )

    @cached_property
    def _scored(self) -> re.Pattern[str]:
        scale = rf"\b(?:{self.scores})(?!\w)"
        behind = rf"{scale}\W{{0,3}}{SCORED}(?P<behind>\d{{1,2}})(?!\d|[.%]\d|/\d\d?/)"
        return re.compile(rf"{behind}|\b(?P<before>\d{{1,2}}) (?:on|in|for) (?:the |her |his )?{scale}", re.IGNORECASE)

    @cached_property
    def _numbered(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?P<nth>{ORDINAL}){BETWEEN}\s+(?:{self.nouns})\b", re.IGNORECASE)


def _counted_list(told: tuple[Sentence, ...], thing: Thing) -> Iterator[int]:
    """How many names a list has that is said to be whole: 'Dell Infants, then Park Juniors. No other schools.'"""
    for before, sentence in zip((None, *told), told, strict=False):
        if not tells("whole_list", sentence.text) or not thing.about.told_in(sentence.text):
            continue
        for lists in (sentence, before):
            names = [part for part in IN_A_LIST.split(lists.text if lists else "") if A_NAME.search(part)]
            if len(names) >= FEWEST_LISTED:
                yield len(names)


def _amount(word: str) -> int:
    return int(word) if word.isdigit() else CARDINALS.index(word.lower()) + 1


@cache
def things() -> tuple[Thing, ...]:
    """Every thing of told_numbers.yaml."""
    told: Mapping[str, Mapping[str, Any]] = words_of(FILE)
    return tuple(
        Thing(
            name,
            each["days"],
            each["least"],
            each["grows"],
            each.get("low", False),
            each["settle"],
            "|".join(each.get("nouns", ())),
            "|".join(each.get("scores", ())),
            idea(f"told_numbers: {name}: about"),
        )
        for name, each in told.items()
    )
