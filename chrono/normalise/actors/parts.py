"""What somebody named in a row does there: told, present, referred to, absent ... as the words or the column say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chrono.model import ActorKind
from chrono.normalise.actors.words import listed, yaml_beside

BY_COLUMN: Mapping[str, str] = {
    "people": "present",
    "worker": "author",
    "told": "told",
    "shared": "told",
    "referrer": "referred-by",
    "source": "provider",
}
"""What somebody does who stands in a column of names."""
CONTEXT = 80
"""How much text on either side of a name is looked at."""
PREPOSITION = re.compile(
    r"\b(?:from|to|of|at|in|by|with|for|on|against|about|into|between)(?:\s+(?:the|a|an|his|her|their))?\s*$", re.I
)
CLAUSE = re.compile(r"^\s*(?:was|were|is|are|has|had|have|will|would|may|might|could|did|does)\b", re.I)
"""A verb behind a name shows that the name begins a clause: in 'told K was hurt' K is not the one who was told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The words around a name that show one part; None where nothing is listed. Keys are 'all', 'agencies', 'people'."""

    part: str
    before: re.Pattern[str] | None
    after: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_beside(__file__, "parts.yaml")
    return words


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in _words()["parts"])


def _rule(entry: Mapping[str, Any]) -> Rule:
    before = listed(entry, "before")
    after = {whom: (*listed(entry, "after"), *listed(entry.get(whom, {}), "after")) for whom in ("agencies", "people")}
    return Rule(
        entry["part"],
        re.compile(
            rf"(?:\b|^)(?:{_any(before)})\s*:?(?:\s+(?:the|their|his|her|an?|our|local|allocated|duty|by))*\s*$", re.I
        )
        if before
        else None,
        {
            whom: re.compile(rf"^(?:['’]s?)?\s*{_spaces(_words()['be'])}(?:{_any(said)})(?:\b|$)", re.I)
            for whom, said in after.items()
            if said
        },
    )


def _any(phrases: Iterable[str]) -> str:
    told = f"(?:{_words()['told_words']})"
    return "|".join(_spaces(phrase.replace("TOLD", told)) for phrase in phrases)


def _spaces(phrase: str) -> str:
    return phrase.replace(" ", r"\s+")


@lru_cache(maxsize=1)
def _lists() -> re.Pattern[str]:
    named = "|".join(f"(?P<{part}>{_spaces(words)})" for part, words in _words()["lists"].items())
    return re.compile(rf"\b(?:{named})\s*(?::|[-–]\s)[^.;\n]*$", re.I)


@lru_cache(maxsize=1)
def _together() -> re.Pattern[str]:
    return re.compile(rf"^[^.;:]{{0,40}}\b(?:{_spaces(_words()['together'])})\b", re.I)


@lru_cache(maxsize=1)
def _negations() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()['negations']})\b|n['’]t\b|\bun\w+", re.I)


def part_in(column: str, kind: ActorKind, before: str, after: str) -> str:
    """What somebody does in a row: by the words before and after the name in the same sentence, else by the column."""
    return _by_words(kind, before[-CONTEXT:], after[:CONTEXT]) or BY_COLUMN.get(column, "")


def _by_words(kind: ActorKind, before: str, after: str) -> str:
    if not before.strip() and not after.strip():
        return ""
    whom = "people" if kind in ("subject", "person") else "agencies"
    governed = bool(PREPOSITION.search(before))
    clause = not governed and bool(CLAUSE.search(after))
    for rule in _rules():
        following = rule.after.get(whom)
        if following and not governed and following.search(after):
            return rule.part
        if rule.before and not clause and rule.before.search(before):
            return rule.part
    return _in_a_list(before, after)


def _in_a_list(before: str, after: str) -> str:
    listed_ = _lists().search(before)
    if listed_ and listed_.lastgroup:
        return listed_.lastgroup
    together = _together().search(after)
    return "present" if together and not _negations().search(together.group()) else ""
