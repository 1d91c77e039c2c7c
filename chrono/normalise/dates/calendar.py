"""Stretches of the calendar as records in England use them: months, thirds, seasons, terms, weeks, named days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dateutil.easter import easter

from chrono.normalise.dates.span import Span, day, stretch

Part = tuple[int, int]
"""Which part of how many equal ones, from 1."""

SEASONS: Mapping[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""First month of each; winter runs into the next year."""

TERMS: Mapping[str, tuple[Part, Part]] = {
    "autumn": ((9, 1), (12, 31)),
    "spring": ((1, 1), (3, 31)),
    "summer": ((4, 1), (7, 31)),
}
HALF_TERMS: Mapping[str, tuple[Part, Part]] = {
    "oct": ((10, 20), (11, 3)),
    "feb": ((2, 10), (2, 26)),
    "may": ((5, 24), (6, 5)),
}
HOLIDAYS: Mapping[str, tuple[Part, Part]] = {"summer": ((7, 15), (9, 8))}

# Bank holidays that were moved by proclamation.
EARLY_MAY: Mapping[int, date] = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
SPRING_BANK: Mapping[int, date] = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}


def month(year: int, number: int) -> Span:
    """A calendar month."""
    return Span(date(year, number, 1), last_of_month(year, number), "month")


def last_of_month(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, monthrange(year, number)[1])


def months(year: int, number: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from month `number` on, running into the next year if need be."""
    last = number + count - 1
    return date(year, number, 1), last_of_month(year + (last - 1) // 12, (last - 1) % 12 + 1)


def year(number: int) -> Span:
    """A calendar year."""
    return Span(date(number, 1, 1), date(number, 12, 31), "year")


def financial_year(number: int) -> Span:
    """1 April to 31 March, from the year it begins in."""
    return Span(date(number, 4, 1), date(number + 1, 3, 31), "year")


def school_year(number: int) -> Span:
    """1 September to 31 August, from the year it begins in."""
    return Span(date(number, 9, 1), date(number + 1, 8, 31), "year")


def season(number: int, name: str) -> Span:
    """A season; winter belongs to the year it begins in."""
    return Span(*months(number, SEASONS[name], 3), "season")


def term(number: int, name: str) -> Span:
    """A school term within calendar year `number`."""
    (first_month, first_day), (last_month, last_day) = TERMS[name]
    return Span(date(number, first_month, first_day), date(number, last_month, last_day), "term")


def half_term(number: int, name: str) -> Span:
    """The week's holiday in the middle of a term: wide, because councils set their own."""
    (first_month, first_day), (last_month, last_day) = HALF_TERMS[name]
    return stretch(date(number, first_month, first_day), date(number, last_month, last_day), "term", approximate=True)


def quarter(number: int, which: int) -> Span:
    """A quarter of a calendar year."""
    return Span(*months(number, 3 * which - 2, 3), "quarter")


def financial_quarter(number: int, which: int) -> Span:
    """A quarter of the financial year that begins in `number`."""
    return quarter(number, which + 1) if which < 4 else quarter(number + 1, 1)


def third(whole: Span, first: int, last: int) -> Span | None:
    """The `first` to `last` third of a month (days 1-10, 11-20, 21-last), a calendar year or a season; else None."""
    if whole.start is None or whole.end is None:
        return None
    start = whole.start
    if whole.precision == "month":
        begin = start.replace(day=(1, 11, 21)[first - 1])
        until = (start.replace(day=10), start.replace(day=20), whole.end)[last - 1]
        return Span(begin, until, "range")
    if whole.precision == "season" or (whole.precision == "year" and start.month == 1):
        length = 4 if whole.precision == "year" else 1
        begin, until = months_on(start, length * (first - 1)), months_on(start, length * last) - timedelta(days=1)
        return Span(begin, until, "range")
    return None


def half(whole: Span, which: int) -> Span | None:
    """The first or second half of a month (days 1-15, 16-last) or of a year; else None."""
    if whole.start is None or whole.end is None:
        return None
    start, end = whole.start, whole.end
    if whole.precision == "month":
        return Span(start, start.replace(day=15), "half") if which == 1 else Span(start.replace(day=16), end, "half")
    if whole.precision == "year":
        middle = months_on(start, 6)
        return Span(start, middle - timedelta(days=1), "half") if which == 1 else Span(middle, end, "half")
    return None


def months_on(start: date, count: int) -> date:
    """The same day `count` months later, or the last day of that month if it has no such day."""
    total = start.year * 12 + start.month - 1 + count
    number, place = divmod(total, 12)
    return date(number, place + 1, min(start.day, monthrange(number, place + 1)[1]))


def week_from(first: date) -> Span:
    """Seven days from `first` on."""
    return Span(first, first + timedelta(days=6), "week")


def week_of(value: date) -> Span:
    """The Monday to Sunday that hold a day."""
    return week_from(value - timedelta(days=value.weekday()))


def week_of_month(whole: Span, which: int) -> Span:
    """The first, second ... seven days of a month; -1 is its last seven."""
    first = whole.last - timedelta(days=6) if which < 0 else whole.first + timedelta(days=7 * (which - 1))
    return Span(first, min(first + timedelta(days=6), whole.last), "week")


def weekend_of(value: date) -> Span:
    """Saturday and Sunday of the week that holds a day."""
    saturday = value + timedelta(days=5 - value.weekday())
    return Span(saturday, saturday + timedelta(days=1), "range")


def nth_weekday(whole: Span, which: int, weekday: int) -> date | None:
    """The first, second ... such weekday within a stretch; -1 is the last. None if there are not so many."""
    if which < 0:
        return whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    found = whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (which - 1))
    return found if found <= whole.last else None


def _monday(number: int, place: int, which: int) -> date:
    found = nth_weekday(month(number, place), which, 0)
    return found or date(number, place, 1)


def _early_may(number: int) -> date:
    return EARLY_MAY.get(number, _monday(number, 5, 1))


def _spring_bank(number: int) -> date:
    return SPRING_BANK.get(number, _monday(number, 5, -1))


def _from_easter(days: int) -> Callable[[int], Span]:
    return lambda number: day(easter(number) + timedelta(days=days))


def _fixed(place: int, number_of_day: int) -> Callable[[int], Span]:
    return lambda number: day(date(number, place, number_of_day))


def _sunday(place: int, which: int) -> Callable[[int], Span]:
    return lambda number: day(nth_weekday(month(number, place), which, 6) or date(number, place, 1))


def _easter(number: int) -> Span:
    return stretch(easter(number) - timedelta(days=2), easter(number) + timedelta(days=1))


def _christmas(number: int) -> Span:
    return stretch(date(number, 12, 24), date(number, 12, 26))


def _new_year(number: int) -> Span:
    return stretch(date(number - 1, 12, 31), date(number, 1, 1))


def _christmas_to_new_year(number: int) -> Span:
    return stretch(date(number, 12, 24), date(number + 1, 1, 1))


def _may_bank_holiday(number: int) -> Span:
    return stretch(_early_may(number), _spring_bank(number), approximate=True)


def _long_weekend(monday: Callable[[int], date]) -> Callable[[int], Span]:
    return lambda number: stretch(monday(number) - timedelta(days=2), monday(number))


def _school_holiday(number: int) -> Span:
    (first_month, first_day), (last_month, last_day) = HOLIDAYS["summer"]
    return stretch(date(number, first_month, first_day), date(number, last_month, last_day), approximate=True)


NAMED: Mapping[str, Callable[[int], Span]] = {
    "christmas": _christmas,
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "christmas and new year": _christmas_to_new_year,
    "christmas holidays": lambda number: stretch(date(number, 12, 15), date(number + 1, 1, 8), approximate=True),
    "new year": _new_year,
    "new year's eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "easter": _easter,
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter saturday": _from_easter(-1),
    "easter holidays": lambda number: stretch(
        easter(number) - timedelta(days=17), easter(number) + timedelta(days=17), approximate=True
    ),
    "good friday": _from_easter(-2),
    "maundy thursday": _from_easter(-3),
    "palm sunday": _from_easter(-7),
    "mothering sunday": _from_easter(-21),
    "ash wednesday": _from_easter(-46),
    "shrove tuesday": _from_easter(-47),
    "whit sunday": _from_easter(49),
    "valentine's day": _fixed(2, 14),
    "st patrick's day": _fixed(3, 17),
    "st george's day": _fixed(4, 23),
    "may day": _fixed(5, 1),
    "father's day": _sunday(6, 3),
    "halloween": _fixed(10, 31),
    "bonfire night": _fixed(11, 5),
    "armistice day": _fixed(11, 11),
    "remembrance sunday": _sunday(11, 2),
    "early may bank holiday": lambda number: day(_early_may(number)),
    "spring bank holiday": lambda number: day(_spring_bank(number)),
    "may bank holiday": _may_bank_holiday,
    "august bank holiday": lambda number: day(_monday(number, 8, -1)),
    "august bank holiday weekend": _long_weekend(lambda number: _monday(number, 8, -1)),
    "early may bank holiday weekend": _long_weekend(_early_may),
    "spring bank holiday weekend": _long_weekend(_spring_bank),
    "summer holidays": _school_holiday,
}
"""Named days and feasts: from the year to the days."""
