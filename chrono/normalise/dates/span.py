"""What an expression, or a part of one, means while it is being read; at the end it becomes a `When`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chrono.model import Precision, When, WhenStatus

DOUBTED = "approx: the wording itself is not sure of the date"


@dataclass(slots=True)
class Span:
    """First and last day meant, both inclusive. Made once and never changed after it was handed on."""

    start: date | None = None
    end: date | None = None
    precision: Precision = "day"
    status: WhenStatus = "ok"
    approximate: bool = False
    start_time: str | None = None
    end_time: str | None = None
    notes: tuple[str, ...] = ()
    notation: str = ""

    @property
    def known(self) -> bool:
        """True if at least one side is a day."""
        return self.start is not None or self.end is not None

    @property
    def closed(self) -> bool:
        """True if both sides are days."""
        return self.start is not None and self.end is not None

    @property
    def one_day(self) -> bool:
        """True if it is a single day."""
        return self.start is not None and self.start == self.end

    @property
    def first(self) -> date:
        """The first day; the beginning of time where that side is open."""
        return self.start or date.min

    @property
    def last(self) -> date:
        """The last day; the end of time where that side is open."""
        return self.end or date.max

    def when(self, text: str) -> When:
        """As the rest of the program sees it, with what was written."""
        return When(
            text,
            self.start,
            self.end,
            self.precision if self.status != "unknown" else "none",
            self.approximate,
            self.status,
            self.start_time,
            self.end_time,
            self.notation,
            self.notes,
        )


def day(value: date) -> Span:
    """One day."""
    return Span(value, value)


def stretch(start: date, end: date, precision: Precision = "range", *, approximate: bool = False) -> Span:
    """From `start` to `end`, both included."""
    return Span(start, end, precision, approximate=approximate)


def invalid(note: str) -> Span:
    """Something that cannot be a date at all."""
    return Span(None, None, "none", "invalid", notes=(f"impossible: {note}",))


def unknown(*notes: str) -> Span:
    """A date that is not given."""
    return Span(None, None, "none", "unknown", notes=notes)


def conflict(span: Span, note: str) -> Span:
    """The date as written, which something else in the same cell contradicts."""
    return replace(span, status="conflict", notes=(*span.notes, f"conflict: {note}"))


def backwards() -> Span:
    """A stretch that ends before it starts: it has no dates."""
    return Span(None, None, "none", "conflict", notes=("backwards: the stretch ends before it starts",))


def noted(span: Span, note: str) -> Span:
    """The same, with one more note."""
    return replace(span, notes=(*span.notes, note))


def shifted(span: Span, days: int) -> Span:
    """The same stretch, so many days later."""
    move = timedelta(days=days)
    return replace(span, start=span.start and span.start + move, end=span.end and span.end + move)


def hull(spans: list[Span]) -> Span:
    """The shortest stretch that holds all of `spans`, which must have both sides."""
    first, last = min(spans, key=lambda one: one.first), max(spans, key=lambda one: one.last)
    worst: WhenStatus = "conflict" if any(one.status == "conflict" for one in spans) else "ok"
    notes = tuple(dict.fromkeys(note for one in spans for note in one.notes))
    approximate = any(one.approximate for one in spans)
    timed = first.start_time is not None
    return Span(
        first.start,
        last.end,
        "minute" if timed else "range",
        worst,
        approximate,
        first.start_time,
        last.end_time or last.start_time,
        notes,
    )
