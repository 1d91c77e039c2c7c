"""Weeks, weekends and parts of months and years."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from chrono.model import Precision
from chrono.normalise.dates import calendar
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.pieces import PIECES, place_number
from chrono.normalise.dates.span import Span, conflict, day, invalid, noted
from chrono.normalise.dates.words import WEEKDAY_NUMBER

Match = re.Match[str]
_CLOCK = re.compile(PIECES["clock"])
SIX_DAYS = timedelta(days=6)
THIRDS = {"early": 1, "middle": 2, "late": 3}
WHOLE = ("term", "quarter", "week", "half")


def _inner(found: Match, frame: Frame) -> Span | None:
    """The expression that a modifier modifies, if it has both sides; what is not a date stays what it is."""
    span = frame.read(found["rest"])
    if span is None or span.closed or span.status != "ok":
        return span
    return None


def week_commencing(found: Match, frame: Frame) -> Span | None:
    """w/c D is D to D+6, whatever weekday D is."""
    if "w/c" in found["rest"]:
        return None  # several weeks: a list of them
    span = _inner(found, frame)
    if span is None or span.end is None:
        return span
    precision: Precision = "week" if span.one_day else "range"
    return replace(span, end=span.end + SIX_DAYS, precision=precision, start_time=None, notation="")


def week_ending(found: Match, frame: Frame) -> Span | None:
    """w/e D is D-6 to D."""
    span = _inner(found, frame)
    if span is None or span.start is None:
        return span
    precision: Precision = "week" if span.one_day else "range"
    return replace(span, start=span.start - SIX_DAYS, precision=precision, start_time=None, notation="")


def week_of(found: Match, frame: Frame) -> Span | None:
    """The Monday to Sunday that hold the day; a stretch of days called a week stays as it is."""
    span = _inner(found, frame)
    if span is None or span.start is None or span.end is None:
        return span
    if span.one_day:
        return replace(calendar.week_of(span.start), status=span.status, notes=span.notes)
    return replace(span, precision="week" if span.end - span.start == SIX_DAYS else "range", notation="")


def iso_week(found: Match, _: Frame) -> Span:
    """2018-W23, week 23 of 2018; with a weekday's number it is a day."""
    number, week = int(found["y"]), int(found["n"])
    weekday = found.groupdict().get("wd")
    try:
        monday = date.fromisocalendar(number, week, 1)
    except ValueError:
        return invalid(f"{number} has no week {week}")
    return day(monday + timedelta(days=int(weekday) - 1)) if weekday else calendar.week_from(monday)


def week_of_month(found: Match, frame: Frame) -> Span | None:
    """First week of October 2014 is days 1-7; last week is the last seven."""
    span = _inner(found, frame)
    if span is None or not span.closed:
        return span
    which = place_number(found["n"])
    if span.precision not in ("month", "year", "term", "season") or which > 5 or which == 0:
        return None
    if span.precision == "month":
        return replace(calendar.week_of_month(span, which), notes=span.notes)
    edge = calendar.week_of_month(span, which)
    return replace(edge, notes=span.notes, approximate=span.precision == "term")


def weeks_of_month(found: Match, frame: Frame) -> Span | None:
    """First two weeks of June 2017, last fortnight of May."""
    span = _inner(found, frame)
    if span is None or span.start is None or span.end is None:
        return span
    length = timedelta(days=7 * int(found.groupdict().get("count") or 2))
    which = place_number(found["n"])
    if span.precision not in ("month", "year", "season", "term") or which not in (1, 2, -1):
        return None
    if which == -1:
        return Span(span.end - length + timedelta(days=1), span.end, "range", notes=span.notes)
    start = span.start + length * (which - 1)
    return Span(start, min(start + length - timedelta(days=1), span.end), "range", notes=span.notes)


def weekend(found: Match, frame: Frame) -> Span | None:
    """The Saturday and Sunday of the week that holds the day; two days called a weekend stay as they are."""
    span = _inner(found, frame)
    if span is None or span.start is None:
        return span
    if span.one_day:
        return replace(calendar.weekend_of(span.start), status=span.status, notes=span.notes)
    return replace(span, precision="range", notation="") if (span.last - span.start).days < 5 else None


def weekend_of_month(found: Match, frame: Frame) -> Span | None:
    """The first weekend of June 2017: its first Saturday and the day after."""
    span = _inner(found, frame)
    if span is None or not span.closed:
        return span
    saturday = calendar.nth_weekday(span, place_number(found["n"]), WEEKDAY_NUMBER["sat"])
    if saturday is None or span.precision != "month":
        return None
    return Span(saturday, saturday + timedelta(days=1), "range", notes=span.notes)


def weekday_of_month(found: Match, frame: Frame) -> Span | None:
    """The first Monday in June 2017."""
    span = _inner(found, frame)
    if span is None or not span.closed:
        return span
    if span.precision not in ("month", "year"):
        return None
    there = calendar.nth_weekday(span, place_number(found["n"]), WEEKDAY_NUMBER[found["w"]])
    return replace(day(there), notes=span.notes) if there else invalid("the month has not so many of that weekday")


def with_weekday(found: Match, frame: Frame) -> Span | None:
    """Monday 12 June 2017: a weekday that the date is not is a conflict, with the date as written."""
    if _CLOCK.fullmatch(found["rest"]):
        return None  # Wednesday 14:30: no date beside the weekday
    weekday = WEEKDAY_NUMBER[found["w"]]
    span = frame.on(weekday).read(found["rest"])
    if span is None or span.start is None or span.end is None or span.precision in ("month", "year", "season"):
        return span if span is not None and not span.known and span.status != "ok" else None
    if weekday in (span.start.weekday(), span.end.weekday()):
        return span
    if not span.one_day and (span.end - span.start).days >= 6:
        return None
    return conflict(span, f"{span.start:%d/%m/%Y} was a {span.start:%A}")


def part(found: Match, frame: Frame) -> Span | None:
    """Early, middle or late in a month, a year or a season: thirds. 'mid to late' joins."""
    span = _inner(found, frame)
    if span is None or not span.closed:
        return span
    first = THIRDS[found["p"]]
    last = THIRDS[found["q"]] if found.groupdict().get("q") else first
    if last < first:
        first, last = last, first
    return _third(span, first, last)


def _third(span: Span, first: int, last: int) -> Span | None:
    third = calendar.third(span, first, last)
    if third is not None:
        return replace(third, notes=span.notes, approximate=span.approximate, status=span.status)
    if span.one_day:
        return span
    if span.precision in WHOLE or (span.precision == "year" and span.first.month != 1):
        note = "wide: which part of it is meant cannot be told in days, so all of it"
        return noted(replace(span, approximate=True, precision="range", notation=""), note)
    return None


def half(found: Match, frame: Frame) -> Span | None:
    """First half of a month is days 1-15, of a year January to June."""
    span = _inner(found, frame)
    if span is None or not span.closed:
        return span
    which = place_number(found["n"])
    halved = calendar.half(span, 2 if which == -1 else which) if which in (1, 2, -1) else None
    return halved and replace(halved, notes=span.notes)
