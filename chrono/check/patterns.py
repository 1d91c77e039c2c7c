"""Ideas that offices put in so many ways that only patterns over classes of words find them. They stand in patterns.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("patterns.yaml")


def expressions() -> Mapping[str, list[str]]:
    """The regular expressions of each idea, the classes of words put in their places."""
    lists: dict[str, list[str]] = words_of(FILE)
    classes = {name: f"(?:{'|'.join(parts)})" for name, parts in lists.items() if name.isupper()}
    return {name: [_with(part, classes) for part in parts] for name, parts in lists.items() if not name.isupper()}


def _with(part: str, classes: Mapping[str, str]) -> str:
    for name, words in classes.items():
        part = part.replace(f"<{name}>", words)
    return part
