"""How rows explain what troubles a child, and whether they say that a measure does good. The words are causes.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chrono.check.view import View
from chrono.check.words import idea, ideas, words_for
from chrono.model import Entry

CAUSE = "causes: causes: "
"""So begins the name of a family of cause among all ideas."""
DENIED = re.compile(
    r"\b(?:not|no|nothing|never|isn['’]t|wasn['’]t|without|rather than|neither|nor|than)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""Before a word of a cause: this is not the one."""


def opinion_in(text: str) -> str:
    """The words by which a text explains or judges, '' if it only tells."""
    return words_for("causes: opinion", text)


def judging(view: View) -> Iterator[Entry]:
    """The dated rows that may give a cause, or say that a measure does good or harm."""
    causes = (one.name for one in ideas().named(CAUSE))
    return (row for row in view.telling(*causes, "causes: works", "causes: fails") if row.when.known)


@lru_cache(maxsize=65_536)
def causes_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The families of cause that a text gives, and those that it says it is not."""
    given: set[str] = set()
    denied: set[str] = set()
    for one in ideas().of(text, CAUSE):
        cause = one.name.removeprefix(CAUSE)
        for found in one.pattern.finditer(text):
            (denied if DENIED.search(text[: found.start()]) else given).add(cause)
    return frozenset(given), frozenset(denied - given)


@lru_cache(maxsize=65_536)
def effect_in(text: str) -> str:
    """'works' or 'fails' where a text says one of them of a measure, '' for neither or both."""
    found = [name for name in ("works", "fails") if _said(name, text)]
    return found[0] if len(found) == 1 else ""


def _said(name: str, text: str) -> bool:
    said = idea(f"causes: {name}")
    found = said.finditer(text)
    return any(name == "fails" or not DENIED.search(text[: one.start()]) for one in found)
