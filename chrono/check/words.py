"""The words that rules read themselves; each list in words.yaml is one idea, compiled once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("words.yaml")


@cache
def idea(name: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of one idea, whatever its case."""
    phrases = sorted(map(str, _lists()[name]), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, phrases))})(?!\w)", re.IGNORECASE)


def tells(name: str, text: str) -> bool:
    """True if a text speaks of an idea."""
    return idea(name).search(text) is not None


def words_for(name: str, text: str) -> str:
    """The words with which a text speaks of an idea, as written; '' if it does not."""
    found = idea(name).search(text)
    return found.group() if found else ""


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return lists


def _pattern(phrase: str) -> str:
    parts = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split()]
    return r"\s+".join(parts).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w'’-]+\s+){0,4}")
