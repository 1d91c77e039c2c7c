"""The days that a row gives for what it tells of: its own, those of its events, and those that its text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chrono.check.view import told
from chrono.model import Entry, When, day_after
from chrono.told_days import told_days

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LOOKING_BACK = {
    re.compile(
        r"\b(?:earlier (?:this|that|in the) week|this week|the other day|a few days (?:ago|earlier|before))\b", re.I
    ): 7,
    re.compile(r"\b(?:last|previous|past) week\b|\bthe week before\b|\brecent(?:ly)?\b", re.I): 14,
    re.compile(r"\b(?:earlier (?:this|in the) month|(?:last|past) (?:few|couple of) weeks|last fortnight)\b", re.I): 31,
    re.compile(r"\b(?:last|previous) month\b", re.I): 62,
}
"""Words that date what a row tells of by so many days before it, at the most."""
TOMORROW = re.compile(r"\b(?:tomorrow|tmrw|next day|following day|day after)\b", re.IGNORECASE)


def days_of(entry: Entry) -> list[When]:
    """Every day the row gives for its events: its own, those of its events, and those named in its text."""
    of_events = [event.when for event in entry.events if event.when]
    named = [mention.when for mention in entry.dates if mention.role in ("occurred", "referring-back")]
    return [when for when in (entry.when, *of_events, *named, *_looked_back_to(entry)) if when.known]


def _looked_back_to(entry: Entry) -> Iterator[When]:
    """The days before a row of which it tells in loose words: 'was held last week'."""
    if entry.when.is_day and entry.when.start:
        for words, days in LOOKING_BACK.items():
            if found := words.search(entry.text):
                yield When(found.group(), day_after(entry.when.start, -days), entry.when.start)


def names_day(entry: Entry, day: date) -> bool:
    """True if the text of a row has the day, or may: 'a review last Thursday', 'on the 24th', 'left yesterday'."""
    weekday = rf"\b(?:last |on |this )(?:{day:%A})\b"
    if entry.when.is_day and entry.when.latest == day_after(day, -1) and TOMORROW.search(entry.text):
        return True
    return surely_names_day(entry, day) or re.search(weekday, entry.text, re.IGNORECASE) is not None


def surely_names_day(entry: Entry, day: date) -> bool:
    """The same, where a weekday is the last one before the row's own day."""
    own = entry.when.start if entry.when.is_day else None
    if own and day.toordinal() in told_days(told(entry), own.toordinal()):
        return True
    return re.search(rf"\bthe {day.day}(?:st|nd|rd|th)\b", entry.text, re.IGNORECASE) is not None
