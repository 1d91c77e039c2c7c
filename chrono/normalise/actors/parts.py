"""What somebody named in a row does there: told, present, referred to, absent ... as the words or the column say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
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
PREPOSITION = re.compile(
    r"\b(?:from|to|of|at|in|by|with|for|on|against|about|into|between)(?:\s+(?:the|a|an|his|her|their))?\s*$"
)
LAST = 5
"""Words before a name that are looked at first."""
CLAUSE = re.compile(r"^\s*(?:was|were|is|are|has|had|have|will|would|may|might|could|did|does)\b")
"""A verb behind a name shows that the name begins a clause: in 'told K was hurt' K is not the one who was told."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """The words around a name that show one part; None where nothing is listed. Keys of `after` are 'agencies', 'people'.
    `ends` are the ends of the phrases of `before`: what does not end so is not searched for them."""

    part: str
    before: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    after: Mapping[str, re.Pattern[str] | None]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_beside(__file__, "parts.yaml")
    return words


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in _words()["parts"])


@lru_cache(maxsize=2)
def _any_after(whom: str) -> re.Pattern[str] | None:
    """Everything that may stand behind a name, of all rules: most names have nothing of it, and are done with at once."""
    return _behind(whom, _words()["parts"])


def _end_of(phrase: str) -> str:
    """What stands in a phrase behind the last space that is not inside brackets."""
    depths = accumulate(({"(": 1, ")": -1}.get(letter, 0) for letter in phrase), initial=0)
    gaps = [
        place for place, (letter, depth) in enumerate(zip(phrase, depths, strict=False)) if letter == " " and not depth
    ]
    return phrase[gaps[-1] + 1 :] if gaps else phrase


def _rule(entry: Mapping[str, Any]) -> Rule:
    before = listed(entry, "before")
    ends = dict.fromkeys(map(_end_of, before))
    after = {whom: _behind(whom, [entry]) for whom in ("agencies", "people")}
    return Rule(entry["part"], _in_front(before), _in_front(ends), after)


def _in_front(phrases: Collection[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile(rf"(?:\b|^)(?:{_any(phrases)})\s*:?(?:\s+(?:{_ARTICLES}))*\s*$")


def _behind(whom: str, entries: Sequence[Mapping[str, Any]]) -> re.Pattern[str] | None:
    said = [phrase for entry in entries for part in (entry, entry.get(whom, {})) for phrase in listed(part, "after")]
    if not said:
        return None
    return re.compile(rf"^(?:['’]s?)?\s*{_spaces(_words()['be'])}(?:{_any(said)})(?:\b|$)")


_ARTICLES = "the|their|his|her|an?|our|local|allocated|duty|by"


def _any(phrases: Iterable[str]) -> str:
    told = f"(?:{_words()['told_words']})"
    return "|".join(_spaces(phrase.replace("TOLD", told)) for phrase in phrases)


def _spaces(phrase: str) -> str:
    return phrase.replace(" ", r"\s+")


@lru_cache(maxsize=1)
def _lists() -> re.Pattern[str]:
    named = "|".join(f"(?P<{part}>{_spaces(words)})" for part, words in _words()["lists"].items())
    return re.compile(rf"\b(?:{named})\s*(?::|[-–]\s)[^.;\n]*$")


@lru_cache(maxsize=1)
def _together() -> re.Pattern[str]:
    return re.compile(rf"^[^.;:]{{0,40}}\b(?:{_spaces(_words()['together'])})\b")


@lru_cache(maxsize=1)
def _togetherness() -> re.Pattern[str]:
    """The words alone, for a first look: most texts have none of them."""
    return re.compile(_spaces(_words()["together"]))


@lru_cache(maxsize=1)
def _negations() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()['negations']})\b|n['’]t\b|\bun\w+")


@lru_cache(maxsize=1 << 14)
def part_by_words(kind: ActorKind, before: str, after: str) -> str:
    """What somebody does in a row, by the words before and after the name in the same sentence; '' if they do not tell."""
    if not before.strip() and not after.strip():
        return ""
    whom = "people" if kind in ("subject", "person") else "agencies"
    return _by_words(whom, before.lower(), after.lower())


def _by_words(whom: str, before: str, after: str) -> str:
    leading = _may_lead_to_a_name(" ".join(before.split()[-LAST:]))
    if leading or _found(_any_after(whom), after):
        return _first_rule(whom, before, after, leading) or _in_a_list(before, after)
    return _in_a_list(before, after)


@lru_cache(maxsize=1 << 15)
def _may_lead_to_a_name(words: str) -> frozenset[Rule]:
    """The rules of which a phrase may end with these last words before a name."""
    return frozenset(rule for rule in _rules() if _found(rule.ends, words))


def _first_rule(whom: str, before: str, after: str, leading: frozenset[Rule]) -> str:
    governed = bool(PREPOSITION.search(before))
    clause = not governed and bool(CLAUSE.search(after))
    for rule in _rules():
        if not governed and _found(rule.after[whom], after):
            return rule.part
        if rule in leading and not clause and _found(rule.before, before):
            return rule.part
    return ""


def _found(pattern: re.Pattern[str] | None, text: str) -> bool:
    return pattern is not None and pattern.search(text) is not None


def _in_a_list(before: str, after: str) -> str:
    listed_ = _lists().search(before) if not MARK.isdisjoint(before) else None
    if listed_ and listed_.lastgroup:
        return listed_.lastgroup
    together = _together().search(after) if _togetherness().search(after) else None
    return "present" if together and not _negations().search(together.group()) else ""


MARK = frozenset(":-–")
"""What stands behind the word that introduces a list."""
