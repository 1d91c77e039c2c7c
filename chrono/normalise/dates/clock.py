"""Clock times and parts of the day beside a date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from chrono.clocks import TWELVE, clock_time
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.span import Span, noted, unknown

Match = re.Match[str]

ONE_DAY = timedelta(days=1)
_YEARLIKE = re.compile(r"(?:19|20)\d\d")
_COMPLETE = re.compile(r"[./-]\d\d?[./-](?:\d{4}|\d\d)$|[a-z] (?:19|20)\d\d$|^\d{6}$|^\d{8}$")


def _at(span: Span, written: str) -> Span | None:
    """A day with a time of day. Midnight as a spreadsheet exports it is no time."""
    time = clock_time(written)
    if time is None or span.start is None or span.end is None:
        return None
    if re.match(r"00?[:.]?00", written) and "am" not in written:
        return replace(span, notation="", start_time=None)
    if time == "24:00":
        return replace(span, end=span.end + ONE_DAY, precision="minute", notation="")
    return replace(span, precision="minute", start_time=time, end_time=None, notation="")


def _plain_day(text: str, frame: Frame) -> Span | None:
    """The day a time belongs to; None if it is no day or has a time already. Impossible days are handed on."""
    span = frame.read(text)
    if span is None or span.start_time or span.precision == "minute":
        return None
    if span.status in ("invalid", "unknown") or (span.status == "conflict" and not span.known):
        return span
    return span if span.closed and (span.last - span.first).days <= 13 else None


def with_clock(found: Match, frame: Frame) -> Span | None:
    """24/11/17 at 14:30, 14.30 on 03.06.17."""
    if _YEARLIKE.fullmatch(found["c"]) and not _COMPLETE.search(found["rest"]):
        return None  # 'May 9-11 2018': a year, not a time
    span = _plain_day(found["rest"], frame)
    if span is None or not span.closed:
        return span
    return _at(span, found["c"])


def with_clock_span(found: Match, frame: Frame) -> Span | None:
    """03.06.17 14.30-15.45; a span that passes midnight ends the next day."""
    if _YEARLIKE.fullmatch(found["c"]) and not _COMPLETE.search(found["rest"]):
        return None
    span = _plain_day(found["rest"], frame)
    if span is None or not span.closed:
        return span
    times = _span_times(found["c"], found["c2"])
    return None if times is None else _lasting(span, *times)


def _span_times(first: str, last: str) -> tuple[str, str] | None:
    """Both times; '9-10 am' means 9 am, '11-1 pm' means 11 am."""
    end = clock_time(last)
    start = clock_time(first)
    half_of_day = next((half for half in TWELVE if half in last), None)
    if half_of_day and start and end and not any(half in first for half in TWELVE):
        guessed = clock_time(f"{first} {half_of_day}")
        start = guessed if guessed and guessed <= end else start
    return (start, end) if start and end and start != "24:00" else None


def _lasting(span: Span, start: str, end: str) -> Span | None:
    if span.end is None:
        return None
    last = span.end + ONE_DAY if end <= start and span.one_day else span.end
    if end == "24:00":
        last, end = span.end + ONE_DAY, "00:00"
    return replace(span, end=last, precision="minute", start_time=start, end_time=end, notation="")


def bare_clock(found: Match, frame: Frame) -> Span | None:
    """'2.30pm' alone is on the day of the row above; as the end of a range it follows the start's time."""
    earlier = frame.beside_earlier
    if earlier is not None:
        if earlier.end is None or not earlier.start_time:
            return None
        time = clock_time(found["c"])
        if time is None or time == "24:00":
            return None
        day = earlier.end + ONE_DAY if time <= earlier.start_time else earlier.end
        return Span(day, day, "minute", start_time=time)
    if frame.beside_later is not None:
        return None
    span = _of_row_above(frame)
    return _at(span, found["c"]) if span.closed else span


def bare_clock_span(found: Match, frame: Frame) -> Span | None:
    """'14:30-15:00' alone, on the day of the row above."""
    if frame.beside is not None or (_YEARLIKE.fullmatch(found["c"]) and _YEARLIKE.fullmatch(found["c2"])):
        return None
    span = _of_row_above(frame)
    times = _span_times(found["c"], found["c2"])
    if not span.closed or times is None:
        return span if times else None
    return _lasting(span, *times)


def _of_row_above(frame: Frame) -> Span:
    above = frame.above
    if above is None or above.start is None or above.end is None:
        return unknown("day-missing: a time without a day")
    return Span(above.start, above.end, above.precision if above.precision != "minute" else "day")


def part_of_day(found: Match, frame: Frame) -> Span | None:
    """03/06/17 (am), evening of 3 June: the day."""
    span = _plain_day(found["rest"], frame)
    return span and replace(span, notation="")


def bare_part_of_day(_found: Match, frame: Frame) -> Span | None:
    """'evening' alone: the day of the row above."""
    return None if frame.beside else _of_row_above(frame)


def night(found: Match, frame: Frame) -> Span | None:
    """Overnight 3 June runs into the 4th; the night of 3/4 June is those two days."""
    span = _plain_day(found["rest"], frame)
    if span is None or span.end is None or span.status != "ok":
        return span
    if not span.one_day:
        return replace(span, notation="", precision="range")
    return replace(span, end=span.end + ONE_DAY, precision="range", notation="")


def bare_night(_found: Match, frame: Frame) -> Span | None:
    """'overnight' alone: from the day of the row above into the next."""
    if frame.beside:
        return None
    span = _of_row_above(frame)
    return replace(span, end=span.end + ONE_DAY, precision="range") if span.end and span.one_day else span


def midnight(found: Match, frame: Frame) -> Span | None:
    """Midnight on D may be either end of D."""
    span = _plain_day(found["rest"], frame)
    if span is None or span.end is None or span.status != "ok":
        return span
    note = "midnight: it may be the beginning or the end of the day"
    if not span.one_day:
        return noted(replace(span, precision="minute", start_time="00:00", notation=""), note)
    return noted(replace(span, end=_next(span.end), precision="minute", notation=""), note)


def bare_midnight(_found: Match, frame: Frame) -> Span | None:
    """'midnight' alone: either end of the day of the row above."""
    span = _of_row_above(frame)
    return replace(span, end=_next(span.end), precision="minute") if span.end else span


def _next(day: date) -> date:
    return day + ONE_DAY
