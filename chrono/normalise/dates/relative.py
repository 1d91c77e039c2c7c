"""Days counted from the row above: next day, two days later, the following Monday."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from chrono.model import Precision, When
from chrono.normalise.dates import calendar
from chrono.normalise.dates.days import on_or_after
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.joined import widened
from chrono.normalise.dates.span import Span, unknown
from chrono.normalise.dates.words import WEEKDAY_NUMBER

Match = re.Match[str]

ONE_DAY = timedelta(days=1)
DAYS = {"day": 1, "night": 1, "week": 7, "wk": 7, "fortnight": 14}
MONTHS = {"month": 1, "year": 12}
COUNTS = {"a": 1, "an": 1, "": 1, "couple": 2, "a couple": 2, "couple of": 2}
VAGUE = {"few": (2, 7), "a few": (2, 7), "several": (3, 9), "some": (2, 9)}
NO_ROW_ABOVE = "no-row-above: it counts from the row above, and there is none with a date"


def _anchor(frame: Frame, found: Match) -> Span | None:
    """What is counted from: the date named, or the row above."""
    rest = found.groupdict().get("rest")
    if rest:
        return frame.read(rest)
    above = frame.above
    if above is None or above.start is None or above.end is None:
        return unknown(NO_ROW_ABOVE)
    return _of(above)


def _of(above: When) -> Span:
    one_day = above.start == above.end
    return Span(above.start, above.end, "day" if one_day else "range", approximate=above.approximate)


def counted(found: Match, frame: Frame) -> Span | None:
    """three days later, a fortnight earlier, two weeks after 3 June 2017; an uncertain row above stays as uncertain."""
    span = _anchor(frame, found)
    if span is None or span.start is None or span.end is None:
        return span
    sign = -1 if found["way"] in ("earlier", "before") else 1
    unit = found["unit"].removesuffix("s") if found["unit"] != "hrs" else "hrs"
    least, most = _how_many(found["n"])
    if unit == "hrs":
        least, most, unit = least // 24, most // 24, "day"
        if least == 0:
            return None
    start, end = sorted((_moved(span.start, sign * least, unit), _moved(span.start, sign * most, unit)))
    last = max(_moved(span.end, sign * least, unit), _moved(span.end, sign * most, unit))
    counted_span = Span(
        start, last, "day" if start == last else "range", approximate=span.approximate, notes=span.notes
    )
    return counted_span if least == most else replace(widened(counted_span), end=end if span.one_day else last)


def _how_many(written: str) -> tuple[int, int]:
    if written in VAGUE:
        return VAGUE[written]
    count = COUNTS.get(written)
    number = count if count is not None else int(written)
    return number, number


def _moved(start: date, count: int, unit: str) -> date:
    if unit in MONTHS:
        return calendar.months_on(start, count * MONTHS[unit])
    if unit == "working day":
        return _working_days(start, count)
    return start + timedelta(days=count * DAYS[unit])


def _working_days(start: date, count: int) -> date:
    """Monday to Friday; bank holidays are not looked at, as the writer may not have."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        start += step
        while start.weekday() > 4:
            start += step
    return start


def neighbouring_day(found: Match, frame: Frame) -> Span | None:
    """the next day, the day after, the previous evening, the next working day."""
    span = _anchor(frame, found)
    if span is None or span.start is None or span.end is None:
        return span
    sign = -1 if found["way"] in ("previous", "before") else 1
    unit = "working day" if "working" in found["unit"] else "day"
    start, end = _moved(span.start, sign, unit), _moved(span.end, sign, unit)
    if found["unit"] == "overnight":
        end += ONE_DAY
    return replace(
        span, start=start, end=end, precision="day" if start == end else "range", start_time=None, notation=""
    )


def same_day(_found: Match, frame: Frame) -> Span | None:
    """same day, that evening, later that day."""
    above = frame.above
    if above is None or not above.known:
        return unknown(NO_ROW_ABOVE)
    precision: Precision = "day" if above.precision == "minute" else above.precision
    return Span(above.start, above.end, precision, approximate=above.approximate)


def that_night(_found: Match, frame: Frame) -> Span | None:
    """That night: from that day into the next."""
    span = same_day(_found, frame)
    return replace(span, end=span.end + ONE_DAY, precision="range") if span and span.end and span.one_day else span


def weekday_from_above(found: Match, frame: Frame) -> Span | None:
    """the following Monday: the first one after the row above; that Monday: the one of that week."""
    span = _anchor(frame, found)
    if span is None or span.start is None or span.end is None:
        return span
    weekday = WEEKDAY_NUMBER[found["w"]]
    way = found["way"]
    if way in ("that", "same"):
        monday = calendar.week_of(span.start).first
        there = monday + timedelta(days=weekday)
        return Span(there, there) if span.one_day else None
    if way in ("previous", "before", "last"):
        ends = [day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1) for day in (span.start, span.end)]
    else:
        ends = [on_or_after(day + ONE_DAY, weekday) for day in (span.start, span.end)]
    return Span(ends[0], ends[1], "day" if ends[0] == ends[1] else "range")


def weekday_of_next_week(found: Match, frame: Frame) -> Span | None:
    """Monday of the following week."""
    span = _anchor(frame, found)
    if span is None or span.start is None or not span.one_day:
        return span if span is None or not span.known else None
    there = calendar.week_of(span.start).first + timedelta(days=7 + WEEKDAY_NUMBER[found["w"]])
    return Span(there, there)


def stretch_from_above(found: Match, frame: Frame) -> Span | None:
    """that week, the following week (Monday to Sunday), that weekend, the next month, the same year."""
    span = _anchor(frame, found)
    if span is None or span.start is None or span.end is None:
        return span
    step = {"following": 1, "previous": -1, "after": 1, "before": -1}.get(found["way"], 0)
    first, last = _unit_of(span.start, found["unit"], step), _unit_of(span.end, found["unit"], step)
    precision: Precision = first.precision if first.start == last.start else "range"
    later = found.groupdict().get("later") == "later"
    start = max(first.first, span.start) if later and step == 0 else first.first
    return Span(start, last.last, "range" if start != first.first else precision)


def _unit_of(day: date, unit: str, step: int) -> Span:
    """The week, weekend, month or year that holds a day, moved by so many of them."""
    if unit == "week":
        return calendar.week_of(day + timedelta(days=7 * step))
    if unit == "weekend":
        if step > 0:
            saturday = on_or_after(day + ONE_DAY, WEEKDAY_NUMBER["sat"])
            return Span(saturday, saturday + ONE_DAY, "range")
        return calendar.weekend_of(day + timedelta(days=7 * step))
    if unit == "month":
        moved = calendar.months_on(day.replace(day=1), step)
        return calendar.month(moved.year, moved.month)
    return calendar.year(day.year + step)
