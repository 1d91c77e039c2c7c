"""Single days, in figures and in words, and the shapes that cannot be a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chrono.normalise.dates.calendar import last_of_month, month, months_on, year
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.pieces import day_number, month_number, real_day, year_number
from chrono.normalise.dates.span import Span, day, invalid, noted, stretch, unknown
from chrono.normalise.dates.words import WEEKDAY_NUMBER

Match = re.Match[str]

MONTH_FIRST = "month-first: the month stands first, because it cannot be a day-first date"
EXCEL_ZERO = date(1899, 12, 30)


def on_day(number: int, place: int, day_of_month: int) -> Span:
    """The day, or an invalid span."""
    found = real_day(number, place, day_of_month)
    return day(found) if found else invalid(f"there is no day {day_of_month}/{place}/{number}")


def day_first(found: Match, _: Frame) -> Span:
    """03/06/2017. Month first only where day first is impossible: 3/13/2017."""
    first, second, number = int(found["d"]), int(found["m"]), year_number(found["y"])
    if first <= 12 < second <= 31:
        span = on_day(number, first, second)
        return noted(span, MONTH_FIRST) if span.status == "ok" else span
    return on_day(number, second, first)


def day_first_alone(found: Match, frame: Frame) -> Span | None:
    """09/05 18 and 09 05/18: mixed signs, only where that is the whole expression."""
    return day_first(found, frame) if frame.depth == 0 else None


def year_first(found: Match, _: Frame) -> Span:
    """2017-06-03."""
    return on_day(int(found["y"]), int(found["m"]), int(found["d"]))


def day_of_the_year(found: Match, _: Frame) -> Span:
    """2017-154, ISO's ordinal date."""
    day_found = date(int(found["y"]), 1, 1) + timedelta(days=int(found["n"]) - 1)
    return day(day_found) if day_found.year == int(found["y"]) and found["n"] != "000" else invalid("no such day")


def eight_figures(found: Match, _: Frame) -> Span:
    """20170603; where that is no date, 03062017."""
    text = found["n"]
    compact = real_day(int(text[:4]), int(text[4:6]), int(text[6:])) if text[:2] in ("19", "20") else None
    if compact:
        return day(compact)
    return on_day(int(text[4:]), int(text[2:4]), int(text[:2]))


def six_figures(found: Match, _: Frame) -> Span:
    """030617, day first; 061317 and 201706 only where that is impossible."""
    text = found["n"]
    first, second, number = int(text[:2]), int(text[2:4]), 2000 + int(text[4:])
    if first <= 12 < second <= 31:
        return noted(on_day(number, first, second), MONTH_FIRST)
    span = on_day(number, second, first)
    if span.status == "invalid" and text[:2] in ("19", "20") and 1 <= int(text[4:]) <= 12:
        return month(int(text[:4]), int(text[4:]))
    return span


def serial(found: Match, _: Frame) -> Span | None:
    """42889 and 42889.5: days as spreadsheets count them; a fraction is a time of day."""
    return of_serial(float(found["n"]))


def of_serial(number: float) -> Span | None:
    """The day (and minute) a spreadsheet means by a number from 20000 to 60000, else None."""
    if not 20000 <= number <= 60000:
        return None
    minutes = round((number % 1) * 1440)
    when = EXCEL_ZERO + timedelta(days=int(number) + minutes // 1440)
    clock = minutes % 1440
    note = f"serial: {number:g} is {when} as spreadsheets count days"
    if clock == 0:
        return Span(when, when, notes=(note,))
    return Span(when, when, "minute", start_time=f"{clock // 60:02d}:{clock % 60:02d}", notes=(note,))


def odd_year(_found: Match, _: Frame) -> Span:
    """3/6/207: a year of one, three or five figures."""
    return invalid("the year has not two or four figures")


def no_day_given(found: Match, _: Frame) -> Span:
    """xx/06/2017: the day is not known, the month is."""
    place, number = int(found["m"]), year_number(found["y"])
    return month(number, place) if 1 <= place <= 12 else invalid(f"there is no month {place}")


def no_month_given(found: Match, _: Frame) -> Span:
    """xx/xx/2017 and 12/xx/2017: only the year can be told."""
    return year(year_number(found["y"]))


def placeholder(_found: Match, _: Frame) -> Span:
    """00/00/0000."""
    return unknown("placeholder: this date stands for none")


def written(found: Match, frame: Frame) -> Span | None:
    """3 June 2017, June 3rd, 3rd June: without a year the surroundings may tell it."""
    groups = found.groupdict()
    place, number_of_day = month_number(groups["m"]), day_number(groups["d"])
    number = year_number(groups["y"]) if groups.get("y") else None
    return frame.of_year(number, lambda year: on_day(year, place, number_of_day))


def month_then_days(found: Match, frame: Frame) -> Span | None:
    """May 9-11 2018: as '9-11 May 2018'."""
    return frame.read(f"{found['days']} {found['m']} {found['y']}")


def day_and_month(found: Match, frame: Frame) -> Span | None:
    """12/06 without a year. 06/17 can only be June 2017."""
    first, second = int(found["d"]), int(found["m"])
    if second > 12 and "." in found.group() and frame.above is not None:
        return None  # 14.30 below a dated row: a time
    if second > 12:
        if "/" not in found.group() and not found["d"].startswith("0"):
            return None  # 12-14 may be days, 8.30 a time
        return _month_and_short_year(first, second)
    if not 1 <= first <= 31 or second == 0:
        return invalid(f"there is no day {first}/{second}")
    return frame.of_year(None, lambda year: on_day(year, second, first))


def _month_and_short_year(place: int, short: int) -> Span | None:
    return month(2000 + short, place) if 1 <= place <= 12 else None


def bare_day(found: Match, frame: Frame) -> Span | None:
    """'3' in '3-5 May 2019' is of the neighbour's month; '12th' alone is the first such day on or after the row above."""
    number_of_day = day_number(found["d"])
    beside = frame.beside
    if beside is not None:
        return _beside(number_of_day, beside, earlier_side=frame.beside_later is not None or frame.listed)
    if found["d"].isdigit():
        return None
    above = frame.above
    if above is None or above.start is None:
        return unknown("year-missing: no month is written, and no row above tells it")
    return first_such_day(number_of_day, above.start)


def _beside(number_of_day: int, beside: Span, *, earlier_side: bool) -> Span | None:
    if beside.start is None or beside.end is None:
        return None
    start = beside.start
    if (start.year, start.month) != (beside.end.year, beside.end.month) or beside.precision in ("month", "year"):
        return None
    if earlier_side:
        return on_day(start.year, start.month, number_of_day)
    return first_such_day(number_of_day, start)


def first_such_day(number_of_day: int, start: date) -> Span:
    """The first day with this number on or after `start`."""
    if not 1 <= number_of_day <= 31:
        return invalid(f"there is no day {number_of_day}")
    first = start.replace(day=1)
    for ahead in range(4):
        month_start = months_on(first, ahead)
        if number_of_day <= last_of_month(month_start.year, month_start.month).day:
            candidate = month_start.replace(day=number_of_day)
            if candidate >= start:
                return day(candidate)
    return invalid(f"there is no day {number_of_day}")


def bare_weekday(found: Match, frame: Frame) -> Span | None:
    """'Monday' is the first one on or after the row above, or beside its neighbour in a range."""
    weekday = WEEKDAY_NUMBER[found["w"]]
    if frame.beside_later is not None and frame.beside_later.start:
        later = frame.beside_later.start
        return day(later - timedelta(days=(later.weekday() - weekday) % 7))
    if frame.beside_earlier is not None and frame.beside_earlier.end:
        return day(on_or_after(frame.beside_earlier.end, weekday))
    above = frame.above
    if above is None or above.start is None or above.end is None:
        return unknown("year-missing: a weekday alone is dated only by the row above")
    first, last = on_or_after(above.start, weekday), on_or_after(above.end, weekday)
    return day(first) if first == last else stretch(first, last)


def on_or_after(start: date, weekday: int) -> date:
    """The first such weekday on or after a day."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)
