"""Ideas that offices put in so many ways that only patterns over classes of words find them. They stand in patterns.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("patterns.yaml")


def pattern(name: str) -> re.Pattern[str]:
    """What finds an idea, whatever the case of the letters."""
    return _patterns()[name]


@lru_cache(maxsize=262_144)
def says(name: str, text: str) -> bool:
    """True if a text speaks of an idea; asked by several rules of each row."""
    return _patterns()[name].search(text) is not None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    lists: dict[str, list[str]] = words_of(FILE)
    classes = {name: f"(?:{'|'.join(parts)})" for name, parts in lists.items() if name.isupper()}
    return {name: _compiled(parts, classes) for name, parts in lists.items() if not name.isupper()}


def _compiled(parts: list[str], classes: Mapping[str, str]) -> re.Pattern[str]:
    joined = "|".join(parts)
    for name, words in classes.items():
        joined = joined.replace(f"<{name}>", words)
    return re.compile(joined, re.IGNORECASE)
