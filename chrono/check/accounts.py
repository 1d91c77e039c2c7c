"""What accounts of one event say of a matter, and whether they leave room for each other. The words are accounts.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.pictures import DENIED
from chrono.check.words import Idea, idea, ideas
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("accounts.yaml")
BODY: Mapping[str, str] = {
    "hand": r"hands?|palms?|fingers?|thumbs?|knuckles?",
    "arm": r"(?:upper |fore)?arms?|wrists?|elbows?|shoulders?",
    "leg": r"legs?|thighs?|shins?|knees?|calf|ankles?",
    "foot": r"foot|feet|toes?|heels?",
    "face": r"fac(?:e|ial)|cheeks?|nose|lips?|mouth|jaw|chin",
    "eye": r"eyes?|eyebrow|eyelid",
    "ear": r"ears?",
    "head": r"head|forehead|skull|scalp",
    "trunk": r"chest|ribs?|back|abdomen|stomach|tummy|buttocks?|bottom|hips?|torso",
    "neck": r"neck|throat",
}
PARTS = re.compile("|".join(rf"\b(?P<{name}>{words})\b" for name, words in BODY.items()), re.IGNORECASE)

UNHURT = re.compile(
    r"\W*(?:is |are |was |were )?(?:nad|normal|unhurt|unharmed|uninjured|unmarked|fine|ok|clear)\b", re.IGNORECASE
)
"""Behind a part of the body: nothing is wrong with it."""


@dataclass(frozen=True)
class Matter:
    """One matter of accounts.yaml."""

    name: str
    days: int
    between: bool
    """True if it is what one agency passed on to another, so that the one row must name the other's agency."""
    one_event: bool
    """True if it is of one event, so that the rows must be seen to record one: by a link, or by day and kind."""
    injury: bool
    """True if it is of an injury, so that the rows must name one part of the body."""
    weighs: bool
    """True if what was done hangs on it: not only a detail of one event."""
    settle: str
    of: Idea
    answers: Mapping[str, Idea]

    def told_in(self, text: str) -> Mapping[str, str]:
        """The answers a text gives -> its words for each; none where the matter is not spoken of."""
        if not self.of.told_in(text):
            return {}
        spoken_of = ideas().possible(text)
        found = ((name, self._said(words, text)) for name, words in self.answers.items() if spoken_of & words.bit)
        return {name: words for name, words in found if words}

    def _said(self, answer: Idea, text: str) -> str:
        said = (each for each in answer.pattern.finditer(text) if not _denied(each, text))
        return next((each.group() for each in said), "")


def _denied(said: re.Match[str], text: str) -> bool:
    return bool(DENIED.search(text[: said.start()]) or UNHURT.match(text, said.end()))


def parts_of_the_body(text: str) -> frozenset[str]:
    """The parts of the body that a text names, each under one name; 'hand' and 'arm' are told apart."""
    return frozenset(found.lastgroup for found in PARTS.finditer(text) if found.lastgroup)


@cache
def matters() -> tuple[Matter, ...]:
    """Every matter of accounts.yaml."""
    lists: dict[str, dict[str, Any]] = words_of(FILE)
    return tuple(_matter(name, each) for name, each in lists.items())


def _matter(name: str, told: Mapping[str, Any]) -> Matter:
    return Matter(
        name,
        told["days"],
        told.get("between", False),
        told.get("one_event", False),
        told.get("injury", False),
        told.get("weighs", not told.get("one_event", False)),
        told["settle"],
        idea(f"accounts: {name}: of"),
        {answer: idea(f"accounts: {name}: answers: {answer}") for answer in told["answers"]},
    )
