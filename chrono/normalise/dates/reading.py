"""Reads one written expression: what was typed, cleaned, taken through the notations in order, mended where it must be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from chrono.model import When
from chrono.normalise.dates.clean import grammatical, plain
from chrono.normalise.dates.context import NO_CONTEXT, Context
from chrono.normalise.dates.frame import Asked, Frame
from chrono.normalise.dates.mend import mended
from chrono.normalise.dates.notations import WORDS, fitting
from chrono.normalise.dates.roles import Placed, placed
from chrono.normalise.dates.scan import expressions
from chrono.normalise.dates.span import Span, hull, unknown
from chrono.normalise.dates.words import DITTO, UNKNOWN

PLACEHOLDERS = frozenset({date(1900, 1, 1), date(9999, 12, 31), date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31)})
FIFTY_YEARS = timedelta(days=50 * 365 + 13)
ORDINARY = range(1901, 2101)
LONGEST = 300
"""A cell longer than this is no date, whatever stands in it."""

_PLAIN_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)")
_MARKS_ONLY = re.compile(r"[\s\"'^,.~/\\|↑↓=<>_*-]*")
_WORD = re.compile("[a-z]+")
_ANY_DIGIT_OR_LETTER = re.compile(r"[a-z0-9]")


def read_text(text: str, context: Context) -> When:
    """What a date cell's text means. Never raises; what nobody can read is unknown."""
    if len(text) < 11:
        day = _plain_day(text)
        if day is not None:
            when = When(text, day, day, "day", False, "ok", None, None, "day first")
            return when if context.first is None and day.year in ORDINARY else settled(when, context)
    when, needs_context = _without_context(text)
    if needs_context and context is not NO_CONTEXT:
        when = _read(text, context, Asked())
    return settled(when, context)


def _plain_day(text: str) -> date | None:
    """The commonest notation of all, by the shortest way."""
    found = _PLAIN_DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def _without_context(text: str) -> tuple[When, bool]:
    asked = Asked()
    return _read(text, NO_CONTEXT, asked), asked.context


def forget() -> None:
    """Empties the memory of what was read, for benchmarks."""
    _without_context.cache_clear()


def _read(text: str, context: Context, asked: Asked) -> When:
    cleaned = plain(text[: LONGEST + 1])
    said = _whole_cell(cleaned, context, asked)
    if said is not None:
        return replace(said, text=text)
    if len(cleaned) > LONGEST:
        return When.unknown(text, "too-long: a cell as long as this is not a date")
    frame = Frame(grammar, context, asked)
    span = grammar(grammatical(cleaned), frame)
    if span is None:
        span = _mended(cleaned, frame) or _among_words(cleaned, frame)
    return (span or unknown("unreadable: no notation fits")).when(text)


def _whole_cell(cleaned: str, context: Context, asked: Asked) -> When | None:
    """Empty, ditto, or a word for an unknown date."""
    lowered = cleaned.lower()
    bare = lowered.strip(" .:;,()[]-\"'*!")
    if lowered in DITTO or bare in DITTO or (_MARKS_ONLY.fullmatch(lowered) and "*" not in lowered):
        asked.context = True
        return ditto(context)
    if lowered in UNKNOWN or bare in UNKNOWN or not _ANY_DIGIT_OR_LETTER.search(lowered):
        return When("", status="unknown", notation="no date given")
    return None


def ditto(context: Context) -> When:
    """The date of the row above once more; unknown if there is none."""
    above = context.above
    if above is None or not above.known:
        return When("", status="unknown", notation="ditto", notes=("no-row-above: no row above has a date",))
    return replace(above, text="", status="ditto", notation="ditto", start_time=None, end_time=None, notes=())


def grammar(text: str, frame: Frame) -> Span | None:
    """The first notation that fits and has a meaning here."""
    if not WORDS.issuperset(_WORD.findall(text)):
        return None
    for notation, found in fitting(text):
        try:
            span = notation.meaning(found, frame)
        except (ValueError, OverflowError):
            continue  # a day outside the calendar: not this notation
        if span is not None:
            span.notation = span.notation or notation.name  # a span is fresh from its meaning, unless it has a name
            return span
    return None


def _mended(cleaned: str, frame: Frame) -> Span | None:
    """The reading that is left when slips are mended; none if mending leaves two."""
    found: dict[tuple[date | None, date | None], Span] = {}
    for attempt in mended(cleaned):
        span = grammar(grammatical(attempt), frame)
        if span is not None:
            note = f"mended: read as '{attempt}'"
            found.setdefault((span.start, span.end), replace(span, notes=(*span.notes, note)))
    if not found:
        return None
    certain = [span for span in found.values() if span.known]
    if len(certain) > 1:
        return unknown("several-readings: mending the slip leaves more than one date")
    return certain[0] if certain else next(iter(found.values()))


def _among_words(cleaned: str, frame: Frame) -> Span | None:
    """A cell with words around its dates: the event's date counts, not when it was recorded, received or amended."""
    found: list[tuple[Placed, Span]] = []
    for place in placed(cleaned, list(expressions(cleaned))):
        span = _part(cleaned[place.begin : place.end], frame)
        if span is not None:
            found.append((place, span))
    for roles in (("event", None), ("planned",), ("recorded",)):
        chosen = [span for place, span in found if place.role in roles and place.role != "other"]
        if chosen:
            return _together(chosen[:1] if roles == ("recorded",) else chosen)
    return None


def _part(text: str, frame: Frame) -> Span | None:
    span = grammar(grammatical(text), frame)
    return span if span is not None and (span.known or span.status in ("invalid", "conflict", "unknown")) else None


def _together(spans: list[Span]) -> Span:
    """One date as it is, several as the stretch that holds them; one that cannot be leaves none."""
    bad = next((span for span in spans if not span.closed and span.status != "ok"), None)
    if bad is not None or len(spans) == 1:
        return replace(bad or spans[0], notation="among words")
    closed = [span for span in spans if span.closed]
    return replace(hull(closed) if closed else spans[0], notation="among words")


def settled(when: When, context: Context) -> When:
    """Dates that stand for none, and dates that cannot belong to the case."""
    if when.start in PLACEHOLDERS and when.start == when.end:
        return When(
            when.text, status="unknown", notation="placeholder", notes=("placeholder: this date stands for none",)
        )
    if when.status == "ok" and when.known and _far(when, context):
        return replace(
            when, status="conflict", notes=(*when.notes, "far: more than fifty years from the review period")
        )
    return when


def _far(when: When, context: Context) -> bool:
    first, last = context.first, context.last
    if first is None or last is None:
        days = [day for day in (when.start, when.end) if day]
        return any(day.year not in ORDINARY for day in days)
    if when.start is None or when.end is None:
        edge = when.start or when.end
        return edge is not None and (first - edge > FIFTY_YEARS or edge - last > FIFTY_YEARS)
    return first - when.end > FIFTY_YEARS or when.start - last > FIFTY_YEARS
