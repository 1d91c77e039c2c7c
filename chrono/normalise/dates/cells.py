"""What one cell means, whatever it holds: text, a real date, a time, a number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

from chrono.model import Precision, Value, When
from chrono.normalise.dates.context import NO_CONTEXT, Context
from chrono.normalise.dates.days import of_serial
from chrono.normalise.dates.reading import read_text, settled

REAL_DATE = "date cell"
_DOTTED_TIME = re.compile(r"(?<![\d.])(\d{1,2})\.(\d\d)(?![\d.])")
_BARE_TIME = re.compile(r"\s*(\d{1,2})(\d\d)\s*")


def read(written: Value, context: Context = NO_CONTEXT) -> When:
    """What a cell means as a date. Never raises: what cannot be read is a `When` whose status says so."""
    if isinstance(written, str):
        return read_text(written, context)
    if written is None:
        return read_text("", context)
    if isinstance(written, datetime):
        return settled(_real(written), context)
    if isinstance(written, date):
        return settled(_real(datetime(written.year, written.month, written.day)), context)
    if isinstance(written, time):
        return read_text(f"{written:%H:%M}", context)
    if isinstance(written, bool):
        return When.unknown(str(written), "unreadable: a yes or no is not a date")
    return _number(written, context)


def _real(value: datetime) -> When:
    """A real date cell; midnight exported is the day."""
    day = value.date()
    text = f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    clock = f"{value:%H:%M}"
    if clock == "00:00":
        return When(text, day, day, "day", status="ok", notation=REAL_DATE)
    return When(f"{text} {clock}", day, day, "minute", status="ok", start_time=clock, notation=REAL_DATE)


def _number(written: float, context: Context) -> When:
    """A number: a spreadsheet's day, a part of a day, or figures that happen to be stored as a number."""
    if 0 < written < 1:
        minutes = round(written * 1440)
        return replace(read_text(f"{minutes // 60:02d}:{minutes % 60:02d}", context), text=f"{written:g}")
    span = of_serial(float(written)) if written == written else None  # a NaN is no number
    if span is not None:
        return replace(settled(span.when(f"{written:.10g}"), context), notation="spreadsheet day")
    whole = isinstance(written, int) or float(written).is_integer()
    return read_text(str(int(written)) if whole else str(written), context)


def with_time(when: When, written: Value) -> When:
    """The date with the time of its own column; a span that passes midnight ends the next day.

    A time beside several days, or one that nobody can read, is noted and changes nothing.
    """
    clock = _clock_text(written)
    if not clock:
        return when
    text = f"{when.text} {clock}".strip()
    if when.start is None or when.start != when.end:
        return replace(when, text=text)
    timed = read_text(clock, Context(above=replace(when, status="ok", approximate=False)))
    if timed.start is None or timed.notation.startswith("day") or timed.status != "ok":
        return replace(when, text=text, notes=(*when.notes, f"time-unread: '{clock}' is not read as a time"))
    return replace(
        when,
        text=text,
        end=timed.end,
        precision=timed.precision if timed.start_time else when.precision,
        start_time=timed.start_time or when.start_time,
        end_time=timed.end_time or when.end_time,
    )


def _clock_text(written: Value) -> str:
    """A time cell as text: '14:30'. '1430', 930 and 14.3 in a column of times are 14:30, 09:30 and 14:30."""
    if written is None or isinstance(written, bool):
        return ""
    if isinstance(written, datetime | time):
        clock = f"{written:%H:%M}"
        return "" if clock == "00:00" else clock
    if isinstance(written, date):
        return ""
    if isinstance(written, int | float):
        return _clock_of_number(float(written))
    bare = _BARE_TIME.fullmatch(written)
    return f"{int(bare.group(1)):02d}:{bare.group(2)}" if bare else _DOTTED_TIME.sub(r"\1:\2", written.strip())


def _clock_of_number(written: float) -> str:
    if 0 <= written < 1:
        minutes = round(written * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes % 1440 else ""
    if written.is_integer() and 100 <= written <= 2400:
        return f"{int(written) // 100:02d}:{int(written) % 100:02d}"
    return f"{written:.2f}" if 1 <= written < 24 else f"{written:g}"


def until(when: When, end: When) -> When:
    """The date with the end of its own column: from the first day of the one to the last day of the other.

    An end before the start is noted and left out; 'ongoing' leaves the end open.
    """
    if end.status not in ("ok", "ditto"):
        return when
    text = f"{when.text} - {end.text}" if end.text and end.text != when.text else when.text
    if end.precision == "open" and end.end is None:
        return replace(when, text=text, end=None, precision="open") if when.start else when
    if end.end is None:
        return when
    if when.start is None:
        return replace(when, text=text, end=end.end, precision="open", status="ok") if not when.known else when
    if end.end < when.start:
        return replace(
            when, notes=(*when.notes, f"end-before-start: the end column says {end.text}, before {when.text}")
        )
    end_time = end.end_time or end.start_time
    if end.end == when.end == when.start:
        return replace(when, text=text, end_time=end_time if when.start_time else None)
    precision: Precision = "minute" if when.start_time and end_time else "range"
    return replace(when, text=text, end=max(end.end, when.latest), precision=precision, end_time=end_time)
