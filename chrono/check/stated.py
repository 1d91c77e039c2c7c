"""Limits that rows state themselves: 'to be seen within seven days', 'reply in 25 working days'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.counts import NUMBER, amount
from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.check.workdays import Limit, Unit
from chrono.model import Entry
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("stated.yaml")
UNITS: Mapping[str, Unit] = {"hour": "hours", "hr": "hours", "day": "calendar_days", "week": "weeks", "month": "months"}
KINDS_OF_DAY: Mapping[str, Unit] = {"working": "working_days", "school": "school_days", "calendar": "calendar_days"}
A_TIME = (
    rf"(?:(?P<number>an?|{NUMBER})[ -]+)?(?:(?P<days>working|school|calendar)[ -])?"
    r"(?P<unit>hour|hr|day|week|fortnight|month)s?\b"
)
WITHIN = re.compile(
    r"\b(?:within|inside|in|no later than|not later than|at most|max(?:imum)?(?: of)?|target(?: of)?:?|due in|at) "
    rf"(?:the )?(?:next )?{A_TIME}",
    re.I,
)
TO_BE_DONE = re.compile(
    r"\b(?:to|will|must|should|shall|targets?|promised|standard|due|aim\w*|expected|required|agreed|plan)\b", re.I
)
DONE = re.compile(r"\b(?:was|were|been|had|has)\b", re.I)
AT_ONCE_BEFORE = 12
"""Characters that may stand between a step and its limit where no word says that it is still to come: 'Review within'."""
BY_WHOM = re.compile(
    r"^\s*(?:call |visit |appointment |contact |review |to be |is |planned |arranged )?(?:by|with|from|via)\s+[^.;:,]{2,45}$",
    re.I,
)
"""All that stands between a step and its limit says who takes it: 'Follow-up by the community team within'."""
SENTENCE = re.compile(r"[^.;\n]+")


@dataclass(frozen=True)
class Step:
    """What agencies set limits for, and the kinds of event that show it done."""

    says: str
    words: re.Pattern[str]
    done: tuple[str, ...]
    sought: bool = False
    shown: re.Pattern[str] | None = None
    """What a row must speak of to show it done, where its kind of event alone does not."""
    asked: re.Pattern[str] | None = None
    """Words by which the row's own agency asks it of whoever it writes to."""


@dataclass(frozen=True)
class Stated:
    """A limit that a row states for a step, counted from the row's day. `holders` are the agencies to take it."""

    entry: Entry
    step: Step
    limit: Limit
    words: str
    holders: tuple[str, ...]


def stated_limits(view: View) -> Iterator[Stated]:
    """Every limit that a dated row states for a step still to come, where the return of an agency that is to take it is there."""
    for entry in view.everything:
        text = entry.text if tells("unit_of_time", told(entry)) else ""
        for cell in (text, *(cell for role, cell in entry.fields.items() if role != "category")):
            for sentence in SENTENCE.finditer(cell) if WITHIN.search(cell) else ():
                yield from _in_sentence(sentence.group(), entry, view)


def _in_sentence(sentence: str, entry: Entry, view: View) -> Iterator[Stated]:
    begin = 0
    for found in WITHIN.finditer(sentence):
        before, begin = sentence[begin : found.start()], found.end()
        limit, meant = _limit(found), _step_before(before) or _of_the_row(entry)
        if limit is None or meant is None:
            continue
        step, end = meant
        holders = _holders(before, entry, view)
        after = before[end:]
        at_once = (len(after) <= AT_ONCE_BEFORE or BY_WHOM.match(after) is not None) and not DONE.search(before)
        asked = step.asked is not None and step.asked.search(before) is not None
        if asked and holders == (entry.agency,):
            continue  # whoever was written to is to take the step, and not the writer
        if holders and (at_once or TO_BE_DONE.search(before + found.group())):
            yield Stated(entry, step, limit, sentence.strip(), holders)


def _limit(found: re.Match[str]) -> Limit | None:
    word = (found["number"] or "1").lower()
    number = 1 if word in ("a", "an") else amount(word)
    if found["unit"].lower() == "fortnight":
        return Limit(2 * number, "weeks")
    unit = KINDS_OF_DAY[found["days"].lower()] if found["days"] else UNITS[found["unit"].lower()]
    return Limit(number, unit) if number else None


def _step_before(words: str) -> tuple[Step, int] | None:
    """The step named nearest before a limit, and where its words end."""
    named = [(found.end(), step) for step in steps() for found in step.words.finditer(words)]
    if not named:
        return None
    end, step = max(named, key=lambda one: one[0])
    return step, end


def _of_the_row(entry: Entry) -> tuple[Step, int] | None:
    """A complaint whose limit stands alone ('Target 10 working days') waits for its reply."""
    if not entry.records("complaint"):
        return None
    return next(((step, 0) for step in steps() if "complaint-reply" in step.done), None)


def _holders(before: str, entry: Entry, view: View) -> tuple[str, ...]:
    """The agencies named as those to take the step, else the row's own; none where those named have sent no return."""
    named = [one.actor for one in entry.mentions if one.kind == "agency" and one.text and one.text in before]
    agencies = tuple(dict.fromkeys(named)) or (entry.agency,)
    return tuple(agency for agency in agencies if view.covers(agency, entry.when))


@cache
def steps() -> tuple[Step, ...]:
    """The steps of stated.yaml."""
    given: list[dict[str, Any]] = words_of(FILE)["steps"]
    return tuple(
        Step(
            one["says"],
            re.compile(one["words"], re.IGNORECASE),
            tuple(one["done"]),
            bool(one.get("sought")),
            *(re.compile(one[key], re.IGNORECASE) if key in one else None for key in ("shown", "asked")),
        )
        for one in given
    )
