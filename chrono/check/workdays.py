"""Limits in working days, school days, hours, weeks or months, and whether an uncertain date keeps them.

Working days are Monday to Friday without the bank holidays of England and Wales; the day of the trigger is day 0.
School terms differ from place to place, so school days are counted twice: with the longest holidays and the shortest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import holidays
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from chrono.model import When, day_after

Unit = Literal["working_days", "school_days", "calendar_days", "hours", "weeks", "months", "years"]
Kept = Literal["kept", "passed", "perhaps"]

A_WEEK, TWO_WEEKS = 6, 11
"""School days that a holiday of a week or two takes up at most, with a day for the training of staff."""
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True)
class Limit:
    """So much time from a trigger. Hours are counted as whole days, rounded up, as returns rarely give the clock."""

    value: int
    unit: Unit

    def due(self, trigger: date) -> date:
        """The last day that keeps the limit."""
        if self.unit == "working_days":
            return add_working_days(trigger, self.value)
        if self.unit == "school_days":
            return add_school_days(trigger, self.value)
        if self.unit == "hours":
            return day_after(trigger, -(-self.value // 24))
        if self.unit in ("calendar_days", "weeks"):
            return day_after(trigger, self.value * (7 if self.unit == "weeks" else 1))
        months = self.value * (12 if self.unit == "years" else 1)
        return trigger + relativedelta(months=months) if trigger.year < LAST_YEAR else trigger

    def judge(self, trigger: When, done: When) -> Kept:
        """Whether `done` keeps the limit from `trigger`: surely, surely not, or perhaps, for all that the dates can mean."""
        if trigger.end is None or trigger.start is None or not done.known:
            return "perhaps"
        if done.latest <= self.due(trigger.start):
            return "kept"
        return "passed" if done.earliest > self.due(trigger.end) else "perhaps"

    def __str__(self) -> str:
        name = self.unit.replace("calendar_", "").replace("_", " ")
        return f"{self.value} {name if self.value != 1 else name.removesuffix('s')}"


def working_days(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative if `last` is earlier."""
    first, last = _held(first), _held(last)
    since = min(first.year, last.year)
    off = _bank_holidays_until(last, since) - _bank_holidays_until(first, since)
    return _weekdays_until(last) - _weekdays_until(first) - off


def add_working_days(day: date, days: int) -> date:
    """The day on which `days` working days after `day` have passed."""
    there = day_after(day, days)
    while working_days(day, there) < days and there < date.max:
        there = day_after(there)
    return there


def add_school_days(day: date, days: int) -> date:
    """The latest day on which `days` school days after `day` have passed, with the longest holidays a school can have.

    A holiday lies somewhere in its season and takes up part of it.
    """
    there, left = day, days
    spent: dict[date, int] = defaultdict(int)
    while left > 0 and there.year < LAST_YEAR:
        there = day_after(there)
        if not _is_working_day(there):
            continue
        season = next(((first, most) for first, last, most in _holidays(there.year) if first <= there <= last), None)
        if season and spent[season[0]] < season[1]:
            spent[season[0]] += 1
        else:
            left -= 1
    return there


def may_be_holiday(day: date) -> bool:
    """True if schools in England may be on holiday: terms differ by about a week from place to place."""
    return any(first <= day <= last for first, last, _ in _holidays(day.year))


def holidays_may_explain(first: date, last: date, spare: int = 21) -> bool:
    """True if all but `spare` days from `first` to `last` may be school holidays."""
    if (last - first).days > 80:
        return False
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(not may_be_holiday(day) for day in days) <= spare


@cache
def _holidays(year: int) -> tuple[tuple[date, date, int], ...]:
    """Seasons in which schools have holidays: first day, last day, and the most school days that the holiday takes up."""
    spring = easter(year)
    return (
        (date(year, 1, 1), date(year, 1, 6), A_WEEK),
        (date(year, 2, 10), date(year, 2, 25), A_WEEK),
        (spring - timedelta(days=14), spring + timedelta(days=16), TWO_WEEKS),
        (date(year, 5, 23), date(year, 6, 6), A_WEEK),
        (date(year, 7, 17), date(year, 9, 6), 40),
        (date(year, 10, 15), date(year, 11, 4), TWO_WEEKS),
        (date(year, 12, 17), date(year, 12, 31), TWO_WEEKS),
    )


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@cache
def _bank_holidays_in_the_week(year: int) -> tuple[date, ...]:
    return tuple(sorted(day for day in _bank_holidays(year) if day.weekday() < 5))


def _weekdays_until(day: date) -> int:
    weeks, days = divmod(day.toordinal(), 7)  # the first day of the calendar is a Monday
    return weeks * 5 + min(days, 5)


def _bank_holidays_until(day: date, since: int) -> int:
    """Bank holidays from Monday to Friday from the beginning of the year `since` up to and including `day`."""
    whole_years = sum(len(_bank_holidays_in_the_week(year)) for year in range(since, day.year))
    return whole_years + bisect_right(_bank_holidays_in_the_week(day.year), day)


def _held(day: date) -> date:
    """The day, or the nearest for which bank holidays are known."""
    return min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))
