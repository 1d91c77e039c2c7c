"""What one reading leans on: the context, the date that stands beside it in a range or list, and the grammar itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from chrono.model import When
from chrono.normalise.dates.context import NO_CONTEXT, Context
from chrono.normalise.dates.span import Span, noted, unknown

MONTH_BACK = timedelta(days=31)
DEEPEST = 6
YEARS_ON = 8
"""29 February comes again after eight years at the latest."""

OfYear = Callable[[int], Span | None]
"""A stretch that every year has: 12 June, late May, Easter. None or an invalid span where this year has none."""


Seen = dict[tuple[object, ...], tuple[Span | None, bool]]
"""Parts of the expression that have been read already, and whether that took the context: none is read twice."""


@dataclass(slots=True)
class Asked:
    """Whether the reading needed the context: if it did not, it means the same everywhere."""

    context: bool = False


@dataclass(slots=True)
class Frame:
    """`beside_later` and `beside_earlier` are the other end of a range, from which a missing month or year is taken.

    Never changed once made; not frozen, because a great many are made.
    """

    grammar: Callable[[str, Frame], Span | None]
    context: Context = NO_CONTEXT
    asked: Asked = field(default_factory=Asked)
    beside_later: Span | None = None
    beside_earlier: Span | None = None
    depth: int = 0
    listed: bool = False
    """The neighbour is one of a list, not the other end of a range: no order between them."""
    side: bool = False
    """This is one side of a range, and cannot be a range itself."""
    seen: Seen = field(default_factory=dict)
    weekday: int | None = None
    """The weekday written beside a date without a year: it may choose the year."""

    def read(self, text: str) -> Span | None:
        """What a part of the expression means, or None if it is no date expression."""
        if not text or self.depth > DEEPEST:
            return None
        key = (
            text,
            self.side,
            self.listed,
            self.weekday,
            self.context is NO_CONTEXT,
            _key(self.beside_later),
            _key(self.beside_earlier),
        )
        if key not in self.seen:
            asked = Asked()
            span = self.grammar(text, self._but(asked=asked, depth=self.depth + 1))
            self.seen[key] = (span, asked.context)
        span, needed_context = self.seen[key]
        self.asked.context |= needed_context
        return span

    def _but(self, **changes: object) -> Frame:
        """The same with some fields changed: dataclasses.replace, without its cost."""
        other = object.__new__(Frame)
        for name in self.__slots__:
            setattr(other, name, changes[name] if name in changes else getattr(self, name))
        return other

    def alone(self) -> Frame:
        """The same without neighbours and without context."""
        return self._but(context=NO_CONTEXT, asked=Asked(), beside_later=None, beside_earlier=None)

    def one_side(self) -> Frame:
        """The same for one side of a range."""
        return self._but(side=True)

    def on(self, weekday: int) -> Frame:
        """The same for a date whose weekday is written."""
        return self._but(weekday=weekday)

    def before(self, later: Span, *, listed: bool = False) -> Frame:
        """For the left part of a range or list: what it lacks is taken from the part to the right."""
        return self._but(beside_later=later, beside_earlier=None, listed=listed)

    def after(self, earlier: Span, *, listed: bool = False) -> Frame:
        """For the right part: what it lacks is taken from the part to the left."""
        return self._but(beside_earlier=earlier, beside_later=None, listed=listed)

    @property
    def beside(self) -> Span | None:
        """The neighbour in a range or list, if there is one."""
        return self.beside_later or self.beside_earlier

    @property
    def above(self) -> When | None:
        """The date of the row above. Asking for it makes the reading depend on the context."""
        self.asked.context = True
        above = self.context.above
        return above if above is not None and above.known else None

    @property
    def dob(self) -> When | None:
        """The child's date of birth. Asking for it makes the reading depend on the context."""
        self.asked.context = True
        dob = self.context.dob
        return dob if dob is not None and dob.known else None

    def of_year(self, year: int | None, make: OfYear) -> Span | None:
        """The stretch in `year`; where no year is written, in the year that the surroundings leave, or unknown."""
        if year is not None:
            return make(year)
        possible = _possible_in_some_year(make)
        if possible is None or possible.status == "invalid":
            return possible
        if self.beside_later or self.beside_earlier:
            return self._beside(make)
        self.asked.context = True
        if self.context.near is not None:
            return self._nearest(self.context.near, make)
        if self.context.above is not None and self.context.above.known:
            return self._from_row_above(self.context.above, make)
        if self.context.first or self.context.last:
            return self._from_period(make)
        return unknown("year-missing: no year is written, and nothing around it tells which")

    def _beside(self, make: OfYear) -> Span | None:
        if self.beside_later is not None:
            limit = self.beside_later.last
            years = range(limit.year, limit.year - YEARS_ON, -1)
            return next((span for span in _made(make, years) if span.first <= limit), None)
        limit = self.beside_earlier.first if self.beside_earlier else date.min
        return next(
            (span for span in _made(make, range(limit.year, limit.year + YEARS_ON)) if span.last >= limit), None
        )

    def _nearest(self, near: date, make: OfYear) -> Span | None:
        spans = list(_made(make, range(near.year - YEARS_ON, near.year + YEARS_ON)))
        nearest = min(spans, key=lambda span: abs((span.first - near).days), default=None)
        return nearest and noted(nearest, f"year-from-row: the year nearest to the row's own date, {near}")

    def _from_row_above(self, above: When, make: OfYear) -> Span | None:
        note = f"year-from-row-above: the year is taken from the row above ({above.start or above.end})"
        if self.context.newest_first:
            limit = _moved(above.end or above.earliest, MONTH_BACK)
            spans = _made(make, range(limit.year + 1, limit.year - YEARS_ON, -1))
            found = next((span for span in spans if span.first <= limit), None)
        else:
            limit = _moved(above.start or above.latest, -MONTH_BACK)
            spans = _made(make, range(limit.year - 1, limit.year + YEARS_ON))
            found = next((span for span in spans if span.last >= limit), None)
        return found and noted(found, note)

    def _from_period(self, make: OfYear) -> Span | None:
        first, last = self.context.first, self.context.last
        if first is None or last is None or last.year - first.year > 100:
            return unknown("year-missing: no year is written, and the review period has no two ends")
        inside = [
            span
            for span in _made(make, range(first.year - 1, last.year + 1))
            if span.first <= last and span.last >= first and self.weekday in (None, span.first.weekday())
        ]
        if len(inside) == 1:
            return noted(inside[0], f"year-from-period: the only one inside the review period {first} to {last}")
        if not inside:
            return unknown("year-missing: no year is written, and none fits inside the review period")
        return unknown(f"year-missing: no year is written, and {len(inside)} years fit inside the review period")


def _key(beside: Span | None) -> object:
    return beside and (beside.start, beside.end, beside.start_time)


def _possible_in_some_year(make: OfYear) -> Span | None:
    common = make(2019)
    return make(2020) if common is None or common.status == "invalid" else common


def _made(make: OfYear, years: range) -> Iterator[Span]:
    for year in years:
        if 1 < year < 9999:
            span = make(year)
            if span is not None and span.closed:
                yield span


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
