"""Dates told by a child's age or school year, which the date of birth turns into days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from chrono.normalise.dates.calendar import months_on, school_year, term
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.joined import widened
from chrono.normalise.dates.pieces import day_number
from chrono.normalise.dates.span import Span, noted, stretch, unknown

Match = re.Match[str]

ONE_DAY = timedelta(days=1)
NO_DOB = "dob-missing: it counts from a date of birth, and none is known here"
KEY_STAGES = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 13)}


def _born(frame: Frame) -> tuple[date, date] | None:
    """First and last day the date of birth can be."""
    dob = frame.dob
    return (dob.start, dob.end) if dob and dob.start and dob.end else None


def aged(found: Match, frame: Frame) -> Span | None:
    """aged 13: from the 13th birthday to the day before the 14th; with a second age, to the end of that one."""
    born = _born(frame)
    if born is None:
        return unknown(NO_DOB)
    first = int(found["n"])
    last = int(found.groupdict().get("n2") or first)
    if not first <= last <= 25:
        return None
    start, end = months_on(born[0], 12 * first), months_on(born[1], 12 * (last + 1)) - ONE_DAY
    span = stretch(start, end)
    return noted(span, f"age: worked out from the date of birth, {_said(born)}")


def aged_in_months(found: Match, frame: Frame) -> Span | None:
    """aged 6 months, aged 3 weeks, aged 13 years 2 months."""
    born = _born(frame)
    if born is None:
        return unknown(NO_DOB)
    groups = found.groupdict()
    whole, number = 12 * int(groups.get("n") or 0), int(groups["m"])
    if groups["unit"].startswith("month"):
        return stretch(months_on(born[0], whole + number), months_on(born[1], whole + number + 1) - ONE_DAY)
    length = 7 if groups["unit"].startswith("w") else 1
    move = timedelta(days=length * number)
    return stretch(born[0] + move, born[1] + move + timedelta(days=length - 1))


def from_age(found: Match, frame: Frame) -> Span | None:
    """from the age of about 13: from the 13th birthday, open."""
    span = aged(found, frame)
    if span is None or span.start is None:
        return span
    opened = replace(span, end=None, precision="open")
    return widened(opened) if "~" in found.group() else opened


def before_age(found: Match, frame: Frame) -> Span | None:
    """before the age of 5: up to the day before the 5th birthday."""
    span = aged(found, frame)
    if span is None or span.start is None or span.end is None:
        return span
    last = span.end if found["way"] == "until" else span.start - ONE_DAY
    return replace(span, start=None, end=last, precision="open")


def birthday(found: Match, frame: Frame) -> Span | None:
    """His 16th birthday; a month short of it is about a month before."""
    born = _born(frame)
    if born is None:
        return unknown(NO_DOB)
    years = 12 * day_number(found["n"])
    start, end = months_on(born[0], years), months_on(born[1], years)
    way = found.groupdict().get("way") or ""
    if way == "months short":
        about = timedelta(days=14)
        return widened(stretch(months_on(start, -1) - about, months_on(end, -1) + about))
    if way == "before":
        return Span(None, start - ONE_DAY, "open")
    if way == "after":
        return Span(end + ONE_DAY, None, "open")
    return Span(start, end, "day" if start == end else "range")


def birth(found: Match, frame: Frame) -> Span | None:
    """birth, since birth, before birth."""
    born = _born(frame)
    if born is None:
        return unknown(NO_DOB)
    way = found.groupdict().get("way") or ""
    if way == "from":
        return Span(born[0], None, "open")
    if way == "before":
        return Span(None, born[1] - ONE_DAY, "open")
    return Span(born[0], born[1], "day" if born[0] == born[1] else "range")


def school_years(found: Match, frame: Frame) -> Span | None:
    """Year 8, Yrs 2-4, Reception, KS2: 1 September to 31 August of the child's years in school."""
    groups = found.groupdict()
    if groups.get("stage"):
        first, last = KEY_STAGES[int(groups["stage"])]
    else:
        first = int(groups.get("n") or 0)
        last = int(groups.get("n2") or first)
    if not 0 <= first <= last <= 13:
        return None
    return _years_in_school(frame, first, last)


def _years_in_school(frame: Frame, first: int, last: int) -> Span:
    """Children start Reception in the September after their fourth birthday; born in September, they are the oldest."""
    born = _born(frame)
    if born is None:
        return unknown(NO_DOB)
    starts = [(day.year if day.month >= 9 else day.year - 1) + 5 for day in born]
    span = stretch(school_year(starts[0] + first).first, school_year(starts[1] + last).last, "year")
    note = f"school-year: worked out from the date of birth, {_said(born)}"
    return noted(replace(span, approximate=starts[0] != starts[1]), note)


def term_of_school_year(found: Match, frame: Frame) -> Span | None:
    """Year 4, summer term."""
    year = frame.read(found["rest"])
    if (
        year is None
        or year.start is None
        or year.end is None
        or year.notation not in ("school year of a child", "kind of year")
    ):
        return year if year is not None and year.status == "unknown" else None
    name = found["season"]
    first = term(year.start.year if name == "autumn" else year.start.year + 1, name)
    last = term(year.end.year - 1 if name == "autumn" else year.end.year, name)
    return replace(year, start=first.start, end=last.end, precision="term", notation="")


def _said(born: tuple[date, date]) -> str:
    return f"{born[0]}" if born[0] == born[1] else f"{born[0]} to {born[1]}"
