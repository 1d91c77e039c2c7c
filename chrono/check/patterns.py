"""Ideas that offices put in so many ways that only patterns over classes of words find them. They stand in patterns.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from chrono.check.any_case import small
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("patterns.yaml")
CASE_COUNTS = "(?-i:"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """What finds an idea, whatever the case of the letters."""
    return re.compile("|".join(_parts()[name]), re.IGNORECASE)


@lru_cache(maxsize=65_536)
def says(name: str, text: str) -> bool:
    """True if a text speaks of an idea; asked by several rules of each row."""
    in_small, as_written = _searches(name)
    return bool(in_small and in_small.search(text.lower())) or bool(as_written and as_written.search(text))


@cache
def _searches(name: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What finds an idea in a text made small, thrice as fast; and the parts of it that look at capitals."""
    parts = _parts()[name]
    plain = [small(part) for part in parts if CASE_COUNTS not in part]
    strict = [part for part in parts if CASE_COUNTS in part]
    return (
        re.compile("|".join(plain)) if plain else None,
        re.compile("|".join(strict), re.IGNORECASE) if strict else None,
    )


@cache
def _parts() -> Mapping[str, list[str]]:
    lists: dict[str, list[str]] = words_of(FILE)
    classes = {name: f"(?:{'|'.join(parts)})" for name, parts in lists.items() if name.isupper()}
    return {name: [_with(part, classes) for part in parts] for name, parts in lists.items() if not name.isupper()}


def _with(part: str, classes: Mapping[str, str]) -> str:
    for name, words in classes.items():
        part = part.replace(f"<{name}>", words)
    return part
