"""Days the texts themselves speak of: 'arrest of 14 June' in both, or a row of the 8th that tells of the 4th."""

from __future__ import annotations

from datetime import date

from chrono.merge.background import bits
from chrono.merge.kinds import natures
from chrono.merge.pair import Pair
from chrono.merge.signals.date import distance, notice, told_day
from chrono.merge.traits import Span, Traits
from chrono.model import When

NAME = "date in the text"

CERTAIN = 3
"""Days a date in a text may span and still tell one event from another."""
BOTH_SPEAK, DAYS_SPOKEN_OF = 0.3, 8
"""Both texts name the same day: likelier by chance than one day in the period, for texts look back at the same events."""
TELLS_OF_A_MEETING, TELLS_OF_A_HAPPENING, DAYS_TOLD_OF = 0.08, 0.02, 4
"""One row tells of the other's day: a meeting written up later, or (seldom the same row) what was only heard of later."""
TOLD_THAT_DAY = 0.3
"""One row says on which day others were told, and the other row of that day is such a notice."""
NEWS_OF_THAT_DAY = 0.1
"""The one row is a notice from the other's agency, and names the day of the other row, if not what happened."""
NONE = 0.0


def weigh(pair: Pair) -> float:
    """Bits where a day in one text is a day in the other, or the other row's own day."""
    one, other = pair.one, pair.other
    if not one.spoken and not other.spoken:
        return NONE
    if notice(pair):
        return bits(TOLD_THAT_DAY, DAYS_TOLD_OF / pair.usual.period)
    if _common(pair):
        return bits(BOTH_SPEAK, DAYS_SPOKEN_OF / pair.usual.period)
    if not pair.types and brings_news(pair):
        return bits(NEWS_OF_THAT_DAY, DAYS_TOLD_OF / pair.usual.period)
    if told_day(one, other):
        return NONE
    if distance(one.span, other.span) > 0 and (_tells_of(one, other) or _tells_of(other, one)):
        telling = TELLS_OF_A_MEETING if "shared" in natures(pair.families) else TELLS_OF_A_HAPPENING
        return bits(telling, DAYS_TOLD_OF / pair.usual.period)
    return NONE


def explain(pair: Pair) -> str:
    """The day that is spoken of."""
    one, other = pair.one, pair.other
    common = _common(pair)
    if common:
        return f"both speak of {_said(common)}"
    day = _tells_of(one, other) or _tells_of(other, one)
    if not day and brings_news(pair):
        return "one row is a notice of a time that begins or ends on the other row's day"
    return f"one row's text speaks of {_said(day)}, the other row's own date" if day else ""


def brings_news(pair: Pair) -> bool:
    """True if one row is a notice from the other's agency about the day of the other row, which explains its later date."""
    return _brings_news_of(pair.one, pair.other) or _brings_news_of(pair.other, pair.one)


def _brings_news_of(one: Traits, other: Traits) -> bool:
    """The day of the other row, or a time from or to that day: 'missing 11 to 13 August'."""
    if not one.exchanged or other.agency not in one.comes_from or other.width > CERTAIN:
        return False
    return any(other.span in ((first, first), (last, last), (first, last)) for first, last in one.spoken)


def _common(pair: Pair) -> Span | None:
    one, other = pair.one, pair.other
    shared = sorted(span for span in one.spoken & other.spoken if span[1] - span[0] < CERTAIN * 2)
    return shared[0] if shared else None


def _tells_of(one: Traits, other: Traits) -> Span | None:
    if other.width > CERTAIN:
        return None
    return next((span for span in sorted(one.spoken) if span == other.span), None)


def _said(span: Span) -> str:
    first, last = (date.fromordinal(day) for day in span)
    return str(When("", first, last, "day" if first == last else "range", status="ok"))
