"""Clock times: as a cell writes one, and those that a text gives: '7.20pm', '0412', '10:15'."""

from __future__ import annotations

import re

CLOCK = re.compile(
    r"(?<![\d/.:])(?:(?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)\s*(?P<half>am|pm)?"
    r"|(?P<hour>1[0-2]|[1-9])\s*(?P<half2>am|pm)|(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?:\s*(?:hrs|hours|h))?)(?![/.:]?\d|[/%]|\w)",
    re.IGNORECASE,
)
FIGURES = re.compile(r"[0-9]+")
YEARS = range(1990, 2040)
TWELVE = {"am": 0, "pm": 12}
"""What each half of the day adds to an hour."""
FOUR_FIGURES = re.compile(r"(\d\d)(\d\d)")
HOUR_AND_MINUTE = re.compile(r"(\d{1,2}) ?[:.]? ?(\d\d)?")


def clock_time(written: str) -> str | None:
    """'2.30 pm', '1430 hrs', 'noon' as HH:MM; '24:00' stays; None if there is no such time."""
    if written.startswith("noon"):
        return "12:00"
    found = FOUR_FIGURES.match(written) or HOUR_AND_MINUTE.match(written)
    if not found:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    half_of_day = next((half for half in TWELVE if half in written), None)
    if half_of_day and hour <= 12:
        hour = hour % 12 + TWELVE[half_of_day]
    return f"{hour:02d}:{minute:02d}" if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) else None


def clock_times(text: str) -> frozenset[int]:
    """Minutes after midnight of the times a text gives: '7.20pm', '0412', '10:15', '6am'; four figures like a year are none."""
    # Where a text has figures is found much faster than a time in it.
    at = (CLOCK.match(text, figures.start()) for figures in FIGURES.finditer(text))
    return frozenset(time for found in at if found and (time := _minutes(found)) >= 0)


def _minutes(found: re.Match[str]) -> int:
    if found["four"]:
        year = int(found["four"]) in YEARS and not found.group().lower().endswith(("hrs", "hours", "h"))
        return -1 if year else int(found["four"][:2]) * 60 + int(found["four"][2:])
    hour, minute = int(found["h"] or found["hour"]), int(found["m"] or 0)
    half = (found["half"] or found["half2"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute
