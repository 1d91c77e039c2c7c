"""How rows explain what troubles a child, and whether they say that a measure does good. The words are causes.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chrono.check.words import Ideas
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("causes.yaml")
DENIED = re.compile(
    r"\b(?:not|no|nothing|never|isn['’]t|wasn['’]t|without|rather than|neither|nor|than)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""Before a word of a cause: this is not the one."""


def opinion_in(text: str) -> str:
    """The words by which a text explains or judges, '' if it only tells."""
    found = _ideas()["opinion"].search(text)
    return found.group() if found else ""


@lru_cache(maxsize=65_536)
def causes_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The families of cause that a text gives, and those that it says it is not."""
    given: set[str] = set()
    denied: set[str] = set()
    causes = _lists()["causes"]
    for idea in _ideas().of(text):
        cause = idea.name.removeprefix("cause ")
        for found in idea.pattern.finditer(text) if cause in causes else ():
            (denied if DENIED.search(text[: found.start()]) else given).add(cause)
    return frozenset(given), frozenset(denied - given)


@lru_cache(maxsize=65_536)
def effect_in(text: str) -> str:
    """'works' or 'fails' where a text says one of them of a measure, '' for neither or both."""
    found = [name for name in ("works", "fails") if _said(name, text)]
    return found[0] if len(found) == 1 else ""


def _said(name: str, text: str) -> bool:
    idea = _ideas()[name]
    return (
        any(name == "fails" or not DENIED.search(text[: one.start()]) for one in idea.pattern.finditer(text))
        if idea.possible(text)
        else False
    )


@cache
def _lists() -> Mapping[str, Any]:
    lists: Mapping[str, Any] = words_of(FILE)
    return lists


@cache
def _ideas() -> Ideas:
    lists = _lists()
    plain = {name: lists[name] for name in ("opinion", "works", "fails")}
    return Ideas({**plain, **{f"cause {name}": words for name, words in lists["causes"].items()}})
