"""When the two rows say it happened: the same day, one inside the other, the next day, a slip of the pen, days apart."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from chrono.merge.background import bits
from chrono.merge.kinds import natures
from chrono.merge.pair import Pair
from chrono.merge.traits import Span, Traits

NAME = "date"

AGREES = 0.85
"""How often two agencies' dates of one event agree, or can agree."""
NEXT_DAY = {"exchange": 0.12, "shared": 0.03, "happening": 0.06}
"""How often the second of two rows is dated a day later: what is sent on Sunday is received on Monday."""
OVER_A_WEEKEND = 0.06
NEARLY_A_DAY = 4
"""Days of vagueness, of both dates together, up to which 'the next day' means something."""
A_PART_OF_A_MONTH = 11
NEXT_MONTH = 0.01
"""How often one says June where the other says July, or the first of July."""
WITHIN_A_WEEK = 0.04
IN_THE_POST = 0.1
"""How often a letter or a form reaches the other within a week, later than the next working day."""
WITHIN_TWO_WEEKS = 0.008
SLIP = 0.004
"""How often day and month are exchanged, or a year is typed wrong."""
FAR = -9.0
FEW_DAYS = 14
"""A spell of so many days at most, such as a child missing from Friday to Sunday, is told of by its first or last day."""
TOLD = 0.3
"""How often the later of two rows names the day of the earlier: 'told us yesterday', 'did not attend on the 14th'."""
ANOTHER_DAY = -1.5
"""One row names a day shortly before its own, and it is not the other's."""


def weigh(pair: Pair) -> float:
    """Bits for the dates' distance, with the chance of an accidental agreement growing with their vagueness."""
    one, other = pair.one, pair.other
    nature = "exchange" if pair.passed_on else strongest_nature(pair.families | pair.wider)
    own = _weigh(one.span, other.span, nature, pair.usual.period)
    if distance(one.span, other.span) <= 0:
        return own
    if notice(pair):
        return max(own, 0.0)
    days = told_day(one, other)
    if days:
        return max(own, bits(TOLD, (1 + days) / pair.usual.period))
    return own + (ANOTHER_DAY if one.told or other.told else 0.0)


def explain(pair: Pair) -> str:
    """The two dates, and how far apart they are."""
    one, other = pair.one, pair.other
    said = f"{one.entry.when} and {other.entry.when}"
    if one.span == other.span:
        return f"both dated {one.entry.when}" if one.width == 1 else f"both dated over the same days, {one.entry.when}"
    gap = distance(one.span, other.span)
    if gap <= 0:
        return f"the dates can be the same day: {said}"
    if told_day(one, other):
        return f"one row names the other's day: {said}"
    if slip := slipped(one.span, other.span):
        return f"{slip}: {said}"
    return f"dated {gap} day{'s' if gap > 1 else ''} apart: {said}"


def notice(pair: Pair) -> bool:
    """True if the one row says on which day others were told of it, and the other is their notice of that day."""
    return _notice_of(pair.one, pair.other) or _notice_of(pair.other, pair.one)


def _notice_of(one: Traits, other: Traits) -> bool:
    if not one.told_on:
        return False
    heard = other.exchanged or one.agency in other.comes_from
    return heard and (other.span in one.told_on or bool(one.told_on & (other.told | other.spoken)))


def told_day(one: Traits, other: Traits) -> int:
    """How many days the row names that names the other's own day, or the first or last of its few days; 0 if neither does."""
    return max((len(one.told) for one, other in ((one, other), (other, one)) if _names_day_of(one, other)), default=0)


def _names_day_of(teller: Traits, told: Traits) -> bool:
    if not teller.told or told.width > FEW_DAYS:
        return False
    first, last = told.span
    return (first, first) in teller.told or (last, last) in teller.told


def strongest_nature(families: frozenset[str]) -> str:
    """An exchange may take a day to arrive, a happening a day to be heard of; a meeting is one day for all."""
    found = natures(families)
    return next((nature for nature in ("exchange", "happening", "shared") if nature in found), "happening")


def distance(one: Span, other: Span) -> int:
    """Days between the two; 0 or less where they overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


@lru_cache(maxsize=65536)
def _weigh(one: Span, other: Span, nature: str, period: int) -> float:
    widths = one[1] - one[0] + 1, other[1] - other[0] + 1
    gap = distance(one, other)
    if gap <= 0:
        # Coarse dates stand on a grid (months, years, terms), so two equal ones meet by chance once in as many as fit.
        chance = widths[0] if one == other else sum(widths) - 1
        return bits(AGREES, min(chance / period, AGREES))
    if slipped(one, other):
        return bits(SLIP, 1 / period)
    blur = sum(widths) - 2
    if gap == 1 and blur <= NEARLY_A_DAY:
        return bits(NEXT_DAY[nature], (2 + blur) / period)
    if gap <= 4 and blur <= NEARLY_A_DAY and nature == "exchange" and _over_a_weekend(one, other):
        return bits(OVER_A_WEEKEND, (4 + blur) / period)
    if max(widths) > A_PART_OF_A_MONTH:
        return bits(NEXT_MONTH, (28 + blur) / period) if gap <= 7 else FAR
    if gap <= 7:
        return bits(IN_THE_POST if nature == "exchange" else WITHIN_A_WEEK, (14 + blur) / period)
    if gap <= 14:
        return bits(WITHIN_TWO_WEEKS, (28 + blur) / period)
    return FAR


def _over_a_weekend(one: Span, other: Span) -> bool:
    """True if no more than one working day lies between, Saturday and Sunday not counted."""
    first, second = min(one[1], other[1]), max(one[0], other[0])
    return sum(date.fromordinal(day).weekday() < 5 for day in range(first + 1, second)) == 0


@lru_cache(maxsize=65536)
def slipped(one: Span, other: Span) -> str:
    """Which slip of the pen would turn one certain day into the other, in words; '' if none."""
    if one[0] != one[1] or other[0] != other[1]:
        return ""
    day, second = date.fromordinal(one[0]), date.fromordinal(other[0])
    if (day.day, day.month, day.year) == (second.month, second.day, second.year):
        return "day and month may be exchanged"
    if (day.day, day.month) == (second.day, second.month) and abs(day.year - second.year) == 1:
        return "the same day and month of another year"
    if (day.month, day.year) == (second.month, second.year) and f"{day.day:02}" == f"{second.day:02}"[::-1]:
        return "the figures of the day may be exchanged"
    return ""
