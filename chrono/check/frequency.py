"""How often a plan says that something is to be done: 'visits every four weeks', 'core groups six-weekly'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.counts import NUMBER, WORDS, amount
from chrono.check.view import told
from chrono.check.words import tells
from chrono.check.workdays import Limit
from chrono.model import Entry

CLAUSE = re.compile(
    r"(?<!\bfrequency)(?<!\binterval)(?<!\bintervals)(?<!\bvisits)(?<!\bvisiting)(?<!\bgroups)(?<!\bmeetings)(?<!\breviews)"
    r"(?<!\bsessions):|[.;,\n·]|\band\b"
)
"""A colon ends a clause unless it stands behind what is to be done how often: 'Visiting frequency: 4-weekly'."""
UNIT = r"(day|week|fortnight|month)"
EVERY = re.compile(rf"\b(?:every|each|(?:once|one) (?:a|every|per|in))\s+(?:{NUMBER}\s+)?(working )?{UNIT}s?\b", re.I)
NO_MORE = r"(?:(?:no|not) (?:more|longer) than |at most |up to |a maximum of )"
APART = re.compile(
    rf"\b{NUMBER}[ -](working )?{UNIT}s?"
    r"(?: intervals?| gaps?| apart| (?:at (?:the )?most )?between| of (?:each other|one another))\b"
    rf"|\b(?:intervals?|gaps?) of {NO_MORE}?{NUMBER}[ -](working )?{UNIT}s?\b",
    re.I,
)
"""'At four-week intervals', 'no more than 10 working days between visits', 'at intervals of two weeks'."""
ADVERB = re.compile(rf"\b(?:{NUMBER}[- ]?)?(week|fortnight|month)ly\b|\b({'|'.join(WORDS)}|\d{{1,2}})/(52|12)\b", re.I)
NEXT = re.compile(
    rf"\bnext(?: \w+){{0,3}}?[ :,-]+"
    rf"(?:is |due |to be |will be |agreed |set |planned )*(?:in|within) (?:an? )?(?:{NUMBER}[ -])?{UNIT}s?\b",
    re.I,
)
"""When the next of the row's own kind is to come: 'Next in six weeks'."""
OF_THE_ROW = {
    "core_groups": ("core-group",),
    "visits": ("home-visit", "visit", "statutory-visit"),
    "meetings": ("cin-review", "team-around-the-family", "professionals-meeting", "care-team-meeting"),
}
"""What 'the next' is, in a row of such an event."""
DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 31}
SERIES = ("core_groups", "visits", "sessions", "meetings")
"""The ideas that name what is done again and again; the first that a clause names is meant."""


@dataclass(frozen=True)
class Frequency:
    """`series` (an idea of ideas/) is to be done at least every `limit`, as the row's own words say."""

    entry: Entry
    series: str
    limit: Limit
    words: str
    once: bool = False
    """True where the row speaks of the next one only."""

    @property
    def slack(self) -> int:
        """Days by which one interval may be longer without a practitioner's remark."""
        return max(5, self.limit.value // 4)


def frequencies(entry: Entry) -> Iterator[Frequency]:
    """What the row says is to be done how often; nothing is said twice of one series."""
    seen: set[str] = set()
    for clause in CLAUSE.split(told(entry)):
        days = _days(clause)
        series = next((name for name in SERIES if tells(f"series_{name}", clause)), "")
        next_one = NEXT.search(clause)
        if next_one:
            days, series = _next_in(next_one), series or _of_the_row(entry)
        if days and series and series not in seen and not tells("of_the_family", clause):
            seen.add(series)
            words = " ".join(clause.split())
            yield Frequency(entry, series, Limit(days, "calendar_days"), words, once=next_one is not None)


def _next_in(found: re.Match[str]) -> int:
    return amount(found.group(1) or "one") * DAYS[found.group(2).lower()]


def _of(number: str | None, working: str | None, unit: str) -> int:
    """Days of an interval; working days with the weekends between them."""
    days = amount(number or "one") * DAYS[unit.lower()]
    return -(-days * 7 // 5) if working else days


def _of_the_row(entry: Entry) -> str:
    return next((series for series, types in OF_THE_ROW.items() if entry.records(*types)), "")


def _days(clause: str) -> int:
    """The interval in days, 0 if the clause names none."""
    if found := EVERY.search(clause):
        return _of(*found.groups())
    if found := APART.search(clause):
        return _of(*(found.groups()[:3] if found.group(1) else found.groups()[3:]))
    if found := ADVERB.search(clause):
        number, unit, parts, of_year = found.groups()
        if unit:
            return amount(number or "one") * DAYS[unit.lower()]
        return amount(parts) * (7 if of_year == "52" else 31)
    return 0
