"""Dates as the set shows them: as they are, all moved by one secret number of weeks, or made coarser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from chrono.model import DateMention, Value, When, day_after

MentionsIn = Callable[[str, When], tuple[DateMention, ...]]
"""Gives the date expressions of a text; the second argument is the date of the row it stands in."""

_RELATIVE = re.compile(
    r"\b(?:yesterday|tomorrow|today|day|days?|weeks?|months?|fortnight|later|earlier|ago)\b", re.IGNORECASE
)
_CALENDAR = re.compile(
    r"\d\s?[./-]\s?\d|\b(?:19|20)\d\d\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE
)
_FIGURES = re.compile(r"\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}")
_YEARLESS = re.compile(r"^\D*\d{1,2}(?:st|nd|rd|th)?[\s/]+(?:of\s)?(?:[a-z]+\.?|\d{1,2})$", re.IGNORECASE)
_CLOCK = re.compile(r"\d[:.]\d\d\b(?![./])|\d\s?[ap]m\b|\d{4}\s?h", re.IGNORECASE)
_WEEKDAY = re.compile(r"\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_TWO_YEARS = re.compile(
    r"(?:(?:school|academic|financial) year )?(?:19|20)\d\d(?P<joint>\s?[-–/]\s?)(?:\d\d){1,2}", re.IGNORECASE
)
_DAYS_WRITTEN = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)")
_BY_DAYS = frozenset({"day", "minute", "week", "range", "open", "half"})
_PARTS = ("early", "mid", "late")
SEASONS = ("winter", "spring", "summer", "autumn")
_OLDEST = 1905
"""Date cells before this year are times or faults of a spreadsheet, no days."""


class Dates(StrEnum):
    """What is done to dates."""

    keep = "keep"
    shift = "shift"
    month = "month"
    season = "season"
    year = "year"


@dataclass(frozen=True)
class Calendar:
    """Writes dates anew. `weeks` is the secret offset, so that weekdays and intervals stay; 0 unless dates are shifted."""

    dates: Dates
    weeks: int
    mentions: MentionsIn

    @property
    def unchanged(self) -> bool:
        """True if dates stay as they are."""
        return self.dates is Dates.keep

    def moved(self, day: date) -> date:
        """The day that stands for `day`."""
        return day_after(day, 7 * self.weeks)

    def cell(self, value: datetime | date) -> Value:
        """A real date cell anew: a date cell again, or text where it gets coarser."""
        if self.unchanged or value.year < _OLDEST:
            return value
        return value + timedelta(weeks=self.weeks) if self.dates is Dates.shift else self.coarse(value)

    def coarse(self, day: date) -> str:
        """'March 2019', 'spring 2019', '2019'."""
        if self.dates is Dates.month:
            return f"{day:%B %Y}"
        return season_of(day) if self.dates is Dates.season else str(day.year)

    def in_text(self, text: str, anchor: When) -> list[tuple[int, int, str]]:
        """Every date expression of a text (begin inclusive, end exclusive) and what is written instead. 'The next day'
        stays: it tells an interval, not a date."""
        if self.unchanged:
            return []
        if whole := self._whole(text, anchor):
            return [(0, len(text), whole)]
        return [
            (one.begin, one.end, self.written(one.when, text[one.begin : one.end]))
            for one in self.mentions(text, anchor)
            if not self._only_relative(text[one.begin : one.end])
        ]

    def _whole(self, text: str, anchor: When) -> str:
        """A date cell: its row has been dated from just this text. '' for any other cell, and for ditto marks."""
        if text.strip() != anchor.text.strip() or anchor.status != "ok" or not anchor.known:
            return ""
        return self.written(anchor, text) if any(mark.isdigit() for mark in text) else ""

    def _only_relative(self, words: str) -> bool:
        return bool(_RELATIVE.search(words)) and not _CALENDAR.search(words)

    def written(self, when: When, like: str) -> str:
        """A date anew, in a notation `like` the one it had."""
        if self.dates is Dates.shift:
            return self._shifted(when, like)
        first, last = (self.coarse(day) if day else "" for day in (when.start, when.end))
        return _between(first, last) if first != last else first

    def _shifted(self, when: When, like: str) -> str:
        about = "about " if when.approximate else ""
        if when.start and when.end and (years := _TWO_YEARS.fullmatch(like.strip())):
            return _school_year(self.moved(_middle(when.start, when.end)), years["joint"])
        if when.start and when.end and _part_of_month(when.start, when.end) and not _DAYS_WRITTEN.search(like):
            middle = self.moved(_middle(when.start, when.end))
            return f"{_PARTS[min(middle.day // 11, 2)]} {middle:%B %Y}"
        if when.start is None or when.end is None or when.precision in _BY_DAYS:
            first, last = self._edge(when.start, like, 15), self._edge(when.end, like, -15)
            if when.precision == "week" and when.start and when.start.weekday() == 0:
                return f"w/c {first}"
            return about + (first + _clock(when, like) if first == last else _between(first, last))
        return about + _period(when, self.moved(_middle(when.start, when.end)))

    def _edge(self, day: date | None, like: str, inwards: int) -> str:
        """A day; or, where whole months were written, the month that most of the moved one lies in: days never written
        would show by how much dates were moved."""
        if day is None:
            return ""
        at_edge = day.day == 1 if inwards > 0 else day_after(day).day == 1
        if at_edge and not _DAYS_WRITTEN.search(like):
            return f"{self.moved(day_after(day, inwards)):%B %Y}"
        return self._day(day, like)

    def _day(self, day: date, like: str) -> str:
        """Whole weeks keep the weekday, so its name stays: also where it was wrong, which is for the checks to tell."""
        new = self.moved(day)
        weekday = _WEEKDAY.match(like)
        return (weekday.group() if weekday else "") + self._numbered(new, like)

    def _numbered(self, new: date, like: str) -> str:
        if _FIGURES.search(like):
            return f"{new:%d/%m/%Y}"
        return f"{new.day} {new:%B}" if _YEARLESS.match(like) else f"{new.day} {new:%B %Y}"


def season_of(day: date) -> str:
    """'spring 2019'; winter runs over the year's end: 'winter 2018/19'."""
    name = SEASONS[day.month % 12 // 3]
    if name != "winter":
        return f"{name} {day.year}"
    first = day.year if day.month == 12 else day.year - 1
    return f"winter {first}/{(first + 1) % 100:02}"


def _period(when: When, middle: date) -> str:
    """The month, season, term or year that `middle` lies in: a month moved by weeks would show by how many."""
    if when.precision == "month":
        return f"{middle:%B %Y}"
    if when.precision == "season":
        return season_of(middle)
    if when.precision == "term":
        name = "spring" if middle.month <= 4 else "summer" if middle.month <= 8 else "autumn"
        return f"{name} term {middle.year}"
    if when.precision == "quarter":
        return f"Q{(middle.month + 2) // 3} {middle.year}"
    if when.precision == "year" and when.start and when.start.month == 9:
        return "school year " + _school_year(middle, "-")
    return str(middle.year)


def _part_of_month(first: date, last: date) -> bool:
    """True for what 'early June', 'mid June' and 'late June' mean."""
    return first.month == last.month and 7 < (last - first).days < 20


def _school_year(day: date, joint: str) -> str:
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}{joint}{(first + 1) % 100:02}"


def _middle(first: date, last: date) -> date:
    return first + (last - first) / 2


def _between(first: str, last: str) -> str:
    if not first:
        return f"until {last}"
    return f"{first} to {last}" if last else f"from {first}"


def _clock(when: When, like: str) -> str:
    if not (when.start_time and _CLOCK.search(like)):
        return ""
    return f" {when.start_time}" + (f" to {when.end_time}" if when.end_time else "")
