"""Months, years, quarters, seasons, terms and feasts: whole stretches of the calendar."""

from __future__ import annotations

import re

from chrono.normalise.dates.calendar import (
    NAMED,
    financial_quarter,
    financial_year,
    half,
    half_term,
    month,
    quarter,
    school_year,
    season,
    term,
    year,
)
from chrono.normalise.dates.days import on_day
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.pieces import month_number, place_number, year_number, year_pair
from chrono.normalise.dates.span import Span, invalid, noted, stretch

Match = re.Match[str]

HALF_TERM_OF_SEASON = {"autumn": "oct", "spring": "feb", "summer": "may"}


def named_month(found: Match, frame: Frame) -> Span | None:
    """June 2017, Jun-17, June."""
    groups = found.groupdict()
    place = month_number(groups["m"])
    return frame.of_year(year_number(groups["y"]) if groups.get("y") else None, lambda number: month(number, place))


def month_then_figures(found: Match, frame: Frame) -> Span | None:
    """Jun-17 is June 2017; where the row above makes 17 June as likely, it is still June 2017 if that holds the day."""
    place, figures = month_number(found["m"]), int(found["n"])
    whole = month(2000 + figures, place)
    first, last = frame.context.first, frame.context.last
    above = frame.above
    if above is None or above.start is None or not 1 <= figures <= 31:
        frame.asked.context = True
        if first and last and 1 <= figures <= 31 and not (whole.first <= last and whole.last >= first):
            return frame.of_year(None, lambda number: on_day(number, place, figures))
        return whole
    if abs(whole.first.year - above.start.year) <= 2:
        return whole
    return frame.of_year(None, lambda number: on_day(number, place, figures))


def numbered_month(found: Match, _: Frame) -> Span:
    """06/2017, 2017-06."""
    place, number = int(found["m"]), int(found["y"])
    return month(number, place) if 1 <= place <= 12 else invalid(f"there is no month {place}")


def one_year(found: Match, _: Frame) -> Span:
    """2017."""
    return year(int(found["y"]))


def two_years(found: Match, frame: Frame) -> Span | None:
    """2015-17 and 2015-2017 are calendar years; 2018/19 is a financial or a school year, and it may not say which."""
    begin, end = year_pair(found["y"])
    slash, consecutive = "/" in found["y"], end == begin + 1
    four_figures = len(found["y"].strip()) > 5
    if not four_figures:
        return _either_year(begin, frame) if slash and consecutive else None
    if slash and consecutive:
        return _either_year(begin, frame)
    if re.fullmatch(r"\d{4}[/-]\d\d", found["y"]) and 1 <= end % 100 <= 12 and end <= begin:
        return month(begin, end % 100)
    if end < begin:
        return Span(None, None, "none", "conflict", notes=("backwards: the stretch ends before it starts",))
    return stretch(year(begin).first, year(end).last)


def _either_year(begin: int, frame: Frame) -> Span:
    if frame.context.school_years or frame.dob:
        return noted(school_year(begin), "school-year: read as a school year, as in the life of a child")
    either = stretch(financial_year(begin).first, school_year(begin).last, "year", approximate=True)
    return noted(either, "either-year: a financial year or a school year, so from April to the August after next")


def _year_of(kind: str, written: str) -> Span:
    make = financial_year if kind == "financial year" else school_year
    if re.search(r"[/-]", written):
        return make(year_pair(written)[0])
    number = year_number(written)
    whole = stretch(make(number - 1).first, make(number).last, "year", approximate=True)
    return noted(whole, f"either-year: the {kind} that begins or the one that ends in {number}")


def kind_of_year(found: Match, _: Frame) -> Span:
    """Financial year 2017/18, academic year 2018/19. With one year only it may begin or end then."""
    return _year_of(found["kind"], found["y"])


def one_quarter(found: Match, frame: Frame) -> Span | None:
    """Q2 2018 is of the calendar year, Q2 2018/19 of the financial year."""
    groups = found.groupdict()
    which = place_number(groups["n"])
    which = 4 if which == -1 else which
    if not 1 <= which <= 4:
        return invalid(f"there is no quarter {which}")
    written = groups.get("y")
    if written and re.search(r"[/-]", written):
        return financial_quarter(year_pair(written)[0], which)
    return frame.of_year(year_number(written) if written else None, lambda number: quarter(number, which))


def half_year(found: Match, _: Frame) -> Span | None:
    """H1 2018."""
    return half(year(int(found["y"])), int(found["n"]))


def one_season(found: Match, frame: Frame) -> Span | None:
    """Summer 2019; winter 2018 and winter 2018/19 are the same one."""
    groups = found.groupdict()
    name, written = groups["season"], groups.get("y")
    if written and re.search(r"[/-]", written):
        begin, end = year_pair(written)
        if name == "winter":
            return season(begin, name) if end == begin + 1 else None
        return stretch(season(begin, name).first, season(end, name).last, approximate=True)
    return frame.of_year(year_number(written) if written else None, lambda number: season(number, name))


def one_term(found: Match, frame: Frame) -> Span | None:
    """Autumn term 2018; Spring term 2018/19 is in 2019."""
    groups = found.groupdict()
    name, written = groups["season"], groups.get("y")
    if name == "winter":
        name = "autumn"
    if written and re.search(r"[/-]", written):
        begin, end = year_pair(written)
        return term(begin if name == "autumn" else end, name) if end == begin + 1 else None
    return frame.of_year(year_number(written) if written else None, lambda number: term(number, name))


def one_half_term(found: Match, frame: Frame) -> Span | None:
    """October half term 2018; autumn half term is October's, spring's February's, summer's May's."""
    groups = found.groupdict()
    name = HALF_TERM_OF_SEASON.get(groups["m"], groups["m"])
    if name not in HALF_TERM_OF_SEASON.values():
        return None
    written = groups.get("y")
    number = year_number(written) if written else None
    span = frame.of_year(number, lambda year_: half_term(year_, name))
    return span and noted(span, "half-term: councils set their own weeks, so it is wide")


def feast(found: Match, frame: Frame) -> Span | None:
    """Easter 2018, Xmas, NYE 2018. New Year 2017/18 is the one between them; Christmas 2017/18 is 2017's."""
    groups = found.groupdict()
    name, written = groups["feast"].strip("<>"), groups.get("y")
    make = NAMED[name]
    if written and re.search(r"[/-]", written):
        begin, end = year_pair(written)
        return make(end if name in ("new year", "new year's day") else begin) if end == begin + 1 else None
    return frame.of_year(year_number(written) if written else None, make)
