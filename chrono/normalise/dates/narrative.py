"""Dates inside an event's text: where each stands, what it means, and what it dates."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from chrono.model import DateMention, DateRole, When
from chrono.normalise.dates.context import Context
from chrono.normalise.dates.reading import read_text
from chrono.normalise.dates.scan import expressions

WINDOW = 48
"""So many letters before a date are looked at for what it dates."""

_DUE = re.compile(
    r"\b(?:due(?:\s+(?:by|on|date))?|deadline|no later than|not later than|by|target date"
    r"|to be (?:completed|done|returned|submitted)\s+(?:by|on|before))\s*(?:the\s+|:\s*)?$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:planned|booked|arranged|scheduled|re-?arranged|rescheduled|postponed|adjourned|listed|fixed|set|convened|offered"
    r"|invited|agreed|appointment|appt|next\s+\w+(?:\s+\w+)?|to be held|will\s+\w+(?:\s+\w+)*|to attend|to visit|to meet"
    r"|to take place|to start|starting|court date|hearing)"
    r"\s*(?:is\s+|was\s+|date\s+)?(?:for|on|to|until|at|from|:|is)?\s*(?:the\s+)?(?:w/?c\s+)?$",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r"\b(?:record(?:ed)?|received|rec'?d|rcvd|entered|logged|typed|input(?:ted)?|amended|updated|written up|uploaded)"
    r"\s*(?:on|:)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;\n]\s")


def mentions(text: str, anchor: When, context: Context) -> tuple[DateMention, ...]:
    """Every date expression of a text, with its place and role.

    A missing year is the one nearest to `anchor`, the row's own date.
    """
    places = list(expressions(text))
    if not places:
        return ()
    near = replace(context, above=anchor if anchor.known else None, near=anchor.start or anchor.end)
    found = []
    for begin, end in places:
        when = _read(text[begin:end], near)
        if when.known and when.status in ("ok", "conflict"):
            found.append(DateMention(begin, end, when, _role(text, begin, when, anchor)))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _read(text: str, context: Context) -> When:
    return read_text(text, context)


def _role(text: str, begin: int, when: When, anchor: When) -> DateRole:
    """What the words before the date say; where they say nothing, what its place before or after the row's date says."""
    before = _CLAUSE.split(text[max(0, begin - WINDOW) : begin])[-1]
    if _RECORDED.search(before):
        return "recorded"
    later = not when.surely_before(anchor)
    if later and _DUE.search(before):
        return "due-by"
    if later and _PLANNED.search(before):
        return "planned-for"
    if when.surely_after(anchor):
        return "planned-for"
    return "referring-back" if when.surely_before(anchor) else "occurred"
