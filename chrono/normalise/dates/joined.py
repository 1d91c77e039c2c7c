"""Ranges, lists and alternatives, doubt, and stretches with an open side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from chrono.normalise.dates.days import MONTH_FIRST
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.pieces import PIECES
from chrono.normalise.dates.span import DOUBTED, Span, backwards, hull, noted, shifted

Match = re.Match[str]

ONE_DAY = timedelta(days=1)
THREE_DAYS = timedelta(days=3)
SPACED = re.compile(r" (?:-|to|until|into|through|onto) (?:to |until )?")
HYPHEN = re.compile(r" ?- ?")
BETWEEN = re.compile(r" (?:and|to|-|until|or) |-")
LIST = re.compile(r",? (?:and|or|/) |, | ?; ?")
STARTS_WITH_CLOCK = re.compile(rf"{PIECES['clock']}(?= |$)")
_FULL_DATE = re.compile(
    r"\d\d?-\d\d?-(?:\d{4}|\d\d)$|\d{4}-\d\d-\d\d|\d\d?(?:st|nd|rd|th)?[ -][a-z]{3} ?-(?:\d{4}|\d\d)$"
)
_FULL_OR_WORDS = re.compile(r"[a-z]|^\d\d?[./-]\d\d?[./-](?:\d{4}|\d\d)$|^\d\d?/\d\d?[./-]\d\d?[./-](?:\d{4}|\d\d)$")
_DAY = r"(?:\d\d?[./-]\d\d?[./-](?:\d{4}|\d\d)|\d\d?(?:st|nd|rd|th)? [a-z]{3,9} (?:\d{4}|\d\d))"
_RANGE_OF_FULL_DATES = re.compile(rf"{_DAY}(?: ?- ?| (?:to|until) ){_DAY}")
_FULL_DATE_ALONE = re.compile(_DAY)
_ORDINAL = re.compile(r"\d\d?(?:st|nd|rd|th)")
_RUN_OF_FIGURES = re.compile(r"\d{3}|\d{5,}")
RANGES = ("range", "two years")
CHRISTMAS = "<christmas>"


# ------------------------------------------------------------------------------------------------------- ranges


def ranged(found: Match, frame: Frame) -> Span | None:
    """3-5 May 2019, 29/12-02/01/18, May to July 2017. What the left side lacks is taken from the right, or the other way."""
    if frame.side:
        return None
    text = found["rest"]
    for pattern in (SPACED, HYPHEN):
        for left, right in _splits(pattern, text):
            if pattern is HYPHEN and "-" in right and not _FULL_DATE.match(right):
                continue
            if right.isdigit() and len(right) < 3 and not re.search("[a-z]", left) and re.search("[./-]", left):
                continue  # '9/10-05-18': the year, not another day
            span = pair(left, right, frame.one_side())
            if span is not None:
                return span
    return None


def between(found: Match, frame: Frame) -> Span | None:
    """between 1 and 3 June."""
    text = found["rest"]
    for left, right in _splits(BETWEEN, text):
        if right in ("ongoing", "onwards"):
            return _from(frame.read(left))
        span = pair(left, right, frame.one_side())
        if span is not None:
            return span
    return frame.read(text)


def iso_interval(found: Match, frame: Frame) -> Span | None:
    """2018-05-09/2018-05-11."""
    return pair(found["left"], found["right"], frame.one_side())


def _splits(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    for found in pattern.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if left and right and not (_RUN_OF_FIGURES.fullmatch(left) or _RUN_OF_FIGURES.fullmatch(right)):
            yield left, right


def pair(left: str, right: str, frame: Frame) -> Span | None:
    """From the one to the other, both included; a range that ends before it starts has no dates."""
    both = _both(left, right, frame)
    if both is None:
        return None
    first, last = both
    for side in both:
        if side.status in ("invalid", "unknown"):
            return replace(side, notation="")
    if not (first.closed and last.closed):
        return None
    if last.last < first.first or (first.one_day and last.one_day and last.first < first.first):
        return backwards()
    if first.one_day and last.one_day and first.first == last.first and last.start_time and first.start_time:
        return _within_a_day(first, last)
    return replace(hull([first, last]), notation="")


def _within_a_day(first: Span, last: Span) -> Span:
    return replace(first, end_time=last.start_time, precision="minute", notation="")


def _both(left: str, right: str, frame: Frame) -> tuple[Span, Span] | None:
    """Each side read with what it can take from the other, then from the context; None if either is no date."""
    alone = frame.alone()
    last, first = _dated(alone.read(right)), _dated(alone.read(left))
    if last is None and first is None:
        ordinals = _ORDINAL.fullmatch(left) and _ORDINAL.fullmatch(right)
        last = None if ordinals else _dated(frame.read(right))
        if last is None:
            first = _dated(frame.read(left))
    if last is not None and first is None:
        first = frame.before(last).read(left)
    elif first is not None and last is None:
        last = frame.after(first).read(right)
    elif first is None:
        first, last = frame.read(left), frame.read(right)
    return (first, last) if first is not None and last is not None else None


def _dated(span: Span | None) -> Span | None:
    return span if span is not None and (span.closed or span.status == "invalid") else None


# ------------------------------------------------------------------------------------------- lists, alternatives


def listed(found: Match, frame: Frame) -> Span | None:
    """3, 5 and 7 June 2017; June or July 2016: the shortest stretch that holds them all."""
    items = [item for item in LIST.split(found["rest"]) if item]
    if len(items) < 2 or len(items) > 12:
        return None
    spans = _resolved(items, frame)
    if spans is None:
        return None
    return _held(spans)


def list_of_ranges(found: Match, frame: Frame) -> Span | None:
    """10/09/22 - 11/09/22, 08/10/22 - 09/10/22: ranges between full dates, each of which stands for itself."""
    items = [item for item in LIST.split(found["rest"]) if item]
    ranges = [item for item in items if _RANGE_OF_FULL_DATES.fullmatch(item)]
    days = [item for item in items if _FULL_DATE_ALONE.fullmatch(item)]
    if not ranges or len(items) < 2 or len(ranges) + len(days) < len(items):
        return None
    spans = [span for item in items if (span := frame.read(item)) is not None]
    return _held(spans) if len(spans) == len(items) else None


def slashed(found: Match, frame: Frame) -> Span | None:
    """3/4 June 2019, 3/4.06.19, 30.06/01.07.19, May/June 2017: neighbours in order."""
    text = found["rest"]
    for left, right in _splits(re.compile("/"), text):
        if "/" in right and not _FULL_OR_WORDS.search(right):
            continue  # 5/6/7/8: nothing says which are days
        both = _both(left, right, frame.one_side())
        if both is None or any(side.status == "unknown" for side in both):
            continue
        if any(MONTH_FIRST in side.notes for side in both):
            continue
        if any(side.status == "invalid" for side in both):
            return next(replace(side, notation="") for side in both if side.status == "invalid")
        if both[0].closed and both[1].closed and both[0].first <= both[1].first:
            return _held(list(both))
    return None


def _held(spans: list[Span]) -> Span | None:
    bad = next((span for span in spans if span.status in ("invalid", "unknown")), None)
    if bad is not None:
        return replace(bad, notation="")
    return replace(hull(spans), notation="") if all(span.closed for span in spans) else None


def _resolved(items: list[str], frame: Frame) -> list[Span] | None:
    """Every item read; what one lacks comes from its neighbour to the right, else to the left, else the context."""
    alone = frame.alone()
    spans: list[Span | None] = [_dated(alone.read(item)) for item in items]
    if all(span is None for span in spans):
        spans[-1] = _dated(frame.read(items[-1]))
        if spans[-1] is None:
            spans[0] = _dated(frame.read(items[0]))
    for place in range(len(items) - 2, -1, -1):
        later = spans[place + 1]
        if spans[place] is None and later is not None:
            spans[place] = frame.before(later, listed=True).read(items[place])
    for place in range(1, len(items)):
        earlier = spans[place - 1]
        if spans[place] is None and earlier is not None:
            spans[place] = frame.after(earlier).read(items[place])
    known = [span for span in spans if span is not None]
    return known if len(known) == len(items) else None


def same_in_two_years(found: Match, frame: Frame) -> Span | None:
    """June 2016 or 2017: June in either."""
    spans = [frame.read(f"{found['rest']} {found[year]}") for year in ("y1", "y2")]
    known = [span for span in spans if span is not None and span.closed and span.precision != "range"]
    return replace(hull(known), notation="") if len(known) == 2 else None


# -------------------------------------------------------------------------------------------------------- doubt


def doubted(found: Match, frame: Frame) -> Span | None:
    """circa, about, '?': a day is widened by three days each way, a longer stretch stays as it is."""
    rest = found["rest"]
    span = frame.read(rest)
    if span is None or STARTS_WITH_CLOCK.match(rest):
        return span
    if not span.known and span.status != "ok":
        return span
    return widened(span)


def widened(span: Span) -> Span:
    """The same, doubted by the wording."""
    notes = tuple(dict.fromkeys((*span.notes, DOUBTED)))
    if span.start is None or span.start != span.end:
        return replace(span, approximate=True, notes=notes, notation="")
    return replace(
        span, start=span.start - THREE_DAYS, end=span.start + THREE_DAYS, approximate=True, notes=notes, notation=""
    )


# --------------------------------------------------------------------------------------------------- open sides


def open_from(found: Match, frame: Frame) -> Span | None:
    """since D, from D, D onwards: the end is open. 'from A to B' is the range."""
    span = frame.read(found["rest"])
    if span is not None and span.notation in RANGES and span.closed:
        return replace(span, notation="range")
    return _from(span)


def open_range(found: Match, frame: Frame) -> Span | None:
    """12/06/17 - and 2016 to date."""
    return _from(frame.read(found["rest"]))


def _from(span: Span | None) -> Span | None:
    if span is None or span.status not in ("ok", "conflict") or (span.status == "conflict" and not span.known):
        return span
    return replace(span, end=None, precision="open", end_time=None, notation="") if span.start else None


def open_until(found: Match, frame: Frame) -> Span | None:
    """until D, by D, up to D: D is the last day."""
    span = frame.read(found["rest"])
    if span is None or span.status not in ("ok", "conflict"):
        return span
    if not span.end:
        return None
    end_time = span.end_time or span.start_time
    return replace(span, start=None, precision="open", start_time=None, end_time=end_time, notation="")


def before(found: Match, frame: Frame) -> Span | None:
    """before D, prior to D: the day before D is the last. Christmas counts from the 25th."""
    span = frame.read(found["rest"])
    if span is None or span.status not in ("ok", "conflict"):
        return span
    if not span.start:
        return None
    first = _christmas_day(found["rest"], span) or _middle(span) or span.start
    return replace(span, start=None, end=first - ONE_DAY, precision="open", start_time=None, end_time=None, notation="")


def after(found: Match, frame: Frame) -> Span | None:
    """after D: the day after D is the first. Christmas counts from the 25th."""
    span = frame.read(found["rest"])
    if span is None or span.status not in ("ok", "conflict"):
        return span
    if not span.end:
        return None
    last = _christmas_day(found["rest"], span) or _middle(span) or span.end
    return replace(span, start=last + ONE_DAY, end=None, precision="open", start_time=None, end_time=None, notation="")


def _middle(span: Span) -> date | None:
    """Of a stretch that is wide only because its days are not known (half term, about 3 June): it has begun and may be over."""
    if not span.approximate or span.start is None or span.end is None or span.precision in ("month", "year"):
        return None
    return span.start + (span.end - span.start) / 2


def _christmas_day(rest: str, span: Span) -> date | None:
    return span.start.replace(day=25) if span.start and rest.startswith(CHRISTMAS) else None


def ongoing(_found: Match, _: Frame) -> Span:
    """Neither side is told, and that is what is meant."""
    return Span(None, None, "open", "ok")


def day_beside(found: Match, frame: Frame) -> Span | None:
    """the day after 3 June 2017, the week before Christmas 2017."""
    span = frame.read(found["rest"])
    if span is None or not span.closed:
        return span
    sign = 1 if found["way"] == "after" else -1
    edge = span.last if sign > 0 else span.first
    one = Span(edge, edge, notes=span.notes)
    if found["unit"] == "day":
        return shifted(one, sign)
    start, end = sorted((edge + ONE_DAY * sign, edge + ONE_DAY * 7 * sign))
    return noted(Span(start, end, "week", notes=span.notes), "week-beside: the seven days beside it")
