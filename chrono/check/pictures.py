"""Pictures that agencies hold of one matter: good in one row, poor in another. The words are pictures.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.words import Idea, idea, ideas
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("pictures.yaml")
PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d)?)\s?(?:%|per ?cent)")
SENTENCE = re.compile(r"(?<=[.;!?])\s+| · |\n")
A_HEADING = 3
"""Words: a first cell as short as this ('Attendance') says what the figures of the others are of."""
AFTER, AFTER_LOW = 7, 31
"""Days after a good picture in which a poor one speaks against it; more where they are only laid side by side."""
DENIALS = (
    "no|not|never|without|nobody|no one|none|cannot|can't|isn't|wasn't|hardly|rarely|unable|yet"
    "|if|whether|until|unless|to be|should|could|would|must|will|needs?|hopes?"
)
BUT = re.compile(r"\b(?:but|although|yet|though|however)\b", re.IGNORECASE)
DENIED = re.compile(rf"\b(?:{DENIALS})[^\w,.;:·]+(?:\w+[^\w,.;:·]+){{0,2}}$", re.IGNORECASE)
"""Before a phrase, in one clause with it: what it says is not so, or not yet."""


@dataclass(frozen=True)
class Picture:
    """One matter, and the words for a good and for a poor state of it."""

    matter: str
    days: int
    """Days before a good picture in which a poor one still speaks against it."""
    after: int
    """Days after it: a good picture is of the time up to its row, and some records look back."""
    settle: str
    good: Idea
    poor: Idea
    share: Idea
    below: float
    above: float
    low: bool
    """True if the two pictures are only to be laid side by side: each may be of another part of the matter."""

    def good_words(self, text: str) -> str:
        """The words that paint a good picture; '' where there are none, where they are denied, or where the text has both."""
        return "" if self.poor_words(text) else self._words(text, self.good, lambda share: share > self.above)

    def poor_words(self, text: str) -> str:
        """The words that paint a poor picture, '' where there are none."""
        return self._words(text, self.poor, lambda share: share < self.below)

    def _outweighed(self, after: str, idea: Idea) -> bool:
        """True if what follows turns it: 'cluttered but clean' is a good picture, 'clean but no beds' a poor one."""
        other = self.good if idea is self.poor else self.poor
        turn = BUT.search(after)
        return turn is not None and other.told_in(after[turn.start() :])

    def _words(self, text: str, idea: Idea, counts: Any) -> str:
        if not (idea.search(text) or self.share.search(text)):
            return ""  # most texts speak of no such matter in any sentence
        sentences = SENTENCE.split(text)
        headed = len(sentences[0].split()) <= A_HEADING and self.share.search(sentences[0]) is not None
        for sentence in sentences:
            found = idea.search(sentence)
            if (
                found
                and not DENIED.search(sentence[: found.start()])
                and not self._outweighed(sentence[found.end() :], idea)
            ):
                return found.group()
            if headed or self.share.search(sentence):
                shares = [one for one in PERCENT.finditer(sentence) if counts(float(one.group(1)))]
                if shares:
                    return shares[0].group()
        return ""


@cache
def pictures() -> tuple[Picture, ...]:
    """Every matter of pictures.yaml."""
    return tuple(_pictures(words_of(FILE)))


def pictures_in(text: str) -> list[Picture]:
    """The matters of whose state `text` speaks: most texts speak of none."""
    names = {one.name for one in ideas().of(text, "pictures: ")}
    return [one for one in pictures() if names and not names.isdisjoint((one.good.name, one.poor.name, one.share.name))]


def _pictures(told: Mapping[str, Mapping[str, Any]]) -> Iterator[Picture]:
    for matter, one in told.items():
        good, poor, share = (idea(f"pictures: {matter}: {name}") for name in ("good", "poor", "share"))
        days, after = one["days"], one.get("after", AFTER_LOW if one.get("low") else AFTER)
        yield Picture(
            matter,
            days,
            after,
            one["settle"],
            good,
            poor,
            share,
            one.get("below", 0),
            one.get("above", 100),
            one.get("low", False),
        )
