"""Days a text tells of by words that need the row's own date: 'yesterday', 'last night', 'Saturday', 'on the 14th'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_BEFORE = re.compile(
    r"\b(?:yesterday|yday|last (?:night|evening)|overnight|(?:night|day|evening|afternoon) before"
    r"|previous (?:day|night|evening))\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?<!next )(?<!until )(?<!til )(?<!till )(?<!by )(?<!every )(?<!each )(?<!for )"
    r"\b(?:(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)\b(?!s)"
    r"|(?:(?<=on )|(?<=last ))(?P<after>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,2}\b"
    r"|(?P<before>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,2}(?= (?:night|morning|evening|eve|afternoon|am|pm)\b))",
    re.IGNORECASE,
)
"""A weekday in full; shortened (and so like 'sat' and 'sun') only behind 'on' and 'last', or before a part of the day."""
NTH = re.compile(
    r"(?:\b(?:on|of|from|dated|since)\s+(?:the\s+)?|\bthe\s+|[,(]\s*)(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b"
    r"(?=\s*(?:[.,;:)]|$|(?:and|but|at|by|in|that|after|when|which|with|he|she|they|we|it|there|his|her|their|mother|mum|father"
    r"|dad|parents?|carers?|staff|police|officers)\b|w/|(?-i:[A-Z]{1,2})\d?\b))",
    re.IGNORECASE,
)
IN_FIGURES = re.compile(
    r"(?:\b(?:on|of|from|dated|since|for)\s+|[(,]\s*)(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])"
    r"|\b(?:of|dated)\s+(?P<day_>\d{1,2})\.(?P<month_>\d{2})(?![\d/]|\.\d|\s*(?:am|pm|hrs|hours|kg|mg|ml)\b)",
    re.IGNORECASE,
)
"""'on 22/12'; with a point, which may be a time or an amount too, only 'of 22.12' and 'dated 22.12'."""
ANY_IN_FIGURES = re.compile(r"[0-9][/.][0-9]")
PART_OF_A_DAY = re.compile(r"day|night|evening|afternoon")
ANY_WEEKDAY = re.compile(r"mon|tue|wed|thu|fri|sat|sun")
ANY_NTH = re.compile(r"[0-9](?:st|nd|rd|th)")
"""In small letters; most texts have none of these, and need not be searched with care."""
WEEK, MONTH = 7, 31
FORTNIGHT = 14
"""Days back for which 'the 14th' is said without its month."""


def told_days(text: str, own: int) -> Iterator[int]:
    """The days before the row's `own` day (both ordinals) that the text names; a weekday is the last one before it."""
    low = text.lower()
    if PART_OF_A_DAY.search(low) and DAY_BEFORE.search(text):
        yield own - 1
    weekday = date.fromordinal(own).weekday()
    for found in WEEKDAY.finditer(text) if ANY_WEEKDAY.search(low) else ():
        name = found["day"] or found["after"] or found["before"]
        yield own - ((weekday - WEEKDAYS.index(name.lower()) - 1) % WEEK + 1)
    for found in IN_FIGURES.finditer(text) if ANY_IN_FIGURES.search(text) else ():
        day, month = int(found["day"] or found["day_"]), int(found["month"] or found["month_"])
        day = _in_figures(day, month, date.fromordinal(own))
        if 0 < own - day <= MONTH:
            yield day
    for found in NTH.finditer(text) if ANY_NTH.search(low) else ():
        day = _last(int(found["day"]), date.fromordinal(own))
        if own - day <= FORTNIGHT:
            yield day


def _in_figures(day: int, month: int, own: date) -> int:
    """The last such day before the row's own; 0 for figures that are no date."""
    year = own.year if (month, day) <= (own.month, own.day) else own.year - 1
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0


def _last(number: int, own: date) -> int:
    """The last day of that number in the month, before the row's own; 0 if the month before has none."""
    year, month = (own.year, own.month) if number < own.day else (own.year, own.month - 1)
    if month == 0:
        year, month = year - 1, 12
    try:
        return date(year, month, number).toordinal()
    except ValueError:
        return 0
