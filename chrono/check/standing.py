"""Things that one agency holds and others count on, and the words by which they end and go on. The words are standing.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.words import Idea, idea
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("standing.yaml")


@dataclass(frozen=True)
class Thing:
    """One thing of standing.yaml."""

    name: str
    kinds: tuple[str, ...]
    """The kinds of agency that hold it."""
    days: int
    settle: str
    ending: tuple[str, ...]
    """The types of event by which it ends."""
    beginning: tuple[str, ...]
    ended: Idea
    begun: Idea
    about: Idea
    goes_on: Idea


@cache
def things() -> tuple[Thing, ...]:
    """Every thing of standing.yaml."""
    told: Mapping[str, Mapping[str, Any]] = words_of(FILE)
    return tuple(_thing(name, each) for name, each in told.items())


def _thing(name: str, told: Mapping[str, Any]) -> Thing:
    ended, begun, about, goes_on = (idea(f"standing: {name}: {key}") for key in ("ended", "begun", "about", "goes_on"))
    events: Mapping[str, list[str]] = told["events"]
    return Thing(
        name,
        tuple(told["kinds"]),
        told["days"],
        told["settle"],
        tuple(events["ended"]),
        tuple(events["begun"]),
        ended,
        begun,
        about,
        goes_on,
    )
