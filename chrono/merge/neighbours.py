"""Which pairs are worth weighing: rows near in time that share something, so that cost grows with neighbours only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from chrono.merge.background import Background
from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import UNDATED, Span, Traits

Key = tuple[str, str, str]
"""(what is shared, about which child, value): rows meet only under a common key."""

ANY_CHILD, NO_CHILD = "*", ""
NEAR, NEARER = 14, 4
"""Days that the dates of one event may lie apart: where what is shared is telling, and where it is not."""
YEAR = 366
"""Days for a reference number: it is the same matter, whenever it was written down."""
RARE = 12
"""A word in more rows than this brings nobody together."""
CROWD = 120
"""A key with more neighbours than this in the window says nothing."""
COARSE = 7
"""Days beyond which a date is kept apart, so that it does not widen everybody's window."""


@dataclass(slots=True)
class Bucket:
    """Rows under one key, sharp dates and coarse ones apart, each ordered by first day."""

    sharp: list[Traits] = field(default_factory=list)
    sharp_days: list[int] = field(default_factory=list)
    coarse: list[Traits] = field(default_factory=list)
    coarse_days: list[int] = field(default_factory=list)
    widest: int = 0

    def add(self, one: Traits) -> None:
        """Take in a row; rows must come in order of their first day."""
        if one.width <= COARSE:
            self.sharp.append(one)
            self.sharp_days.append(one.first)
        else:
            self.coarse.append(one)
            self.coarse_days.append(one.first)
            self.widest = max(self.widest, one.width)

    def holds_only(self, one: Traits) -> bool:
        """True if nobody else is here."""
        return len(self.sharp) + len(self.coarse) == 1 and (self.sharp or self.coarse)[0] is one

    def near(self, span: Span, slack: int) -> list[Traits]:
        """Rows whose dates lie within `slack` days of `span`; none of a sort where that is a crowd."""
        first, last = span[0] - slack, span[1] + slack
        found = _between(self.sharp, self.sharp_days, first - COARSE + 1, last)
        if self.coarse:
            found = found + _between(self.coarse, self.coarse_days, first - self.widest + 1, last)
        return [one for one in found if one.last >= first]


def _between(rows: list[Traits], days: list[int], first: int, last: int) -> list[Traits]:
    low, high = bisect_left(days, first), bisect_right(days, last)
    return rows[low:high] if high - low <= CROWD else []


def pairs(all_traits: Sequence[Traits], background: Background) -> Iterator[Pair]:
    """Each pair of rows of different agencies that is worth weighing, once, in a steady order."""
    shares = [(one, list(_shared(one, background))) for one in all_traits if one.span != UNDATED]
    index = _index(shares)
    found: set[tuple[int, int]] = set()
    for one, shared in shares:
        windows = {slack: list(_windows(one, slack)) for slack in (NEARER, NEAR, YEAR)}
        for key, slack in _asks(one, shared):
            bucket = index.get(key)
            if bucket is None or bucket.holds_only(one):
                continue
            found.update(
                (one.place, other.place) if one.place < other.place else (other.place, one.place)
                for span, reach in windows[slack]
                for other in bucket.near(span, reach)
                if other.agency != one.agency
            )
    at = {one.place: (one, frozenset(shared)) for one, shared in shares}
    for first, second in sorted(found):
        one, mine = at[first]
        other, theirs = at[second]
        if _of_one_day(one, other) or _several(one, other, mine & theirs):
            yield Pair.of(one, other, background)


def _of_one_day(one: Traits, other: Traits) -> bool:
    """True if the two can be of the same day, or one tells of the other's."""
    return _tells_of_day(one, other) or _tells_of_day(other, one)


def _tells_of_day(one: Traits, other: Traits) -> bool:
    days = (one.span, *one.spoken, *one.told, *one.told_on)
    return any(first <= other.last and other.first <= last for first, last in days)


def _several(one: Traits, other: Traits, common: Set[Shared]) -> bool:
    """True for a reference number, or more than a kind of event, an idea or a naming alone: on two days that says nothing."""
    whats = {what for what, _, _ in common}
    names = (other.agency in one.named) + (one.agency in other.named)
    return "reference" in whats or len(whats) + names > 1


Shared = tuple[str, str, int]
"""What two rows of one event may both have: (what, value, days that they may lie apart)."""


def _shared(one: Traits, background: Background) -> Iterator[Shared]:
    nature = kinds().nature
    for family in one.families | one.general:
        yield "kind", family, NEARER if nature.get(family) == "exchange" else NEAR
    for word in one.words:
        if background.words.get(word, 0) <= RARE:
            yield "word", word, NEAR
    for idea in one.ideas:
        yield "idea", idea, NEARER
    for reference in one.references:
        yield "reference", reference, YEAR


def _index(shares: Sequence[tuple[Traits, list[Shared]]]) -> dict[Key, Bucket]:
    index: dict[Key, Bucket] = defaultdict(Bucket)
    some_without = any(not one.subjects for one, _ in shares)
    for one, shared in sorted(shares, key=lambda share: (share[0].first, share[0].place)):
        for child in (*(one.subjects or (NO_CHILD,)), *((ANY_CHILD,) if some_without else ())):
            index["agency", child, one.agency].add(one)
            for what, value, _ in shared:
                index[what, child, value].add(one)
    return dict(index)


def _asks(one: Traits, shared: Sequence[Shared]) -> Iterator[tuple[Key, int]]:
    """The keys under which `one` looks for others, and within how many days."""
    for child in (*one.subjects, NO_CHILD) if one.subjects else (ANY_CHILD,):
        for agency in one.named:
            yield ("agency", child, agency), NEARER
        for what, value, slack in shared:
            yield (what, child, value), slack


def _windows(one: Traits, slack: int) -> Iterator[tuple[Span, int]]:
    """Where to look: around the row's own date, at the days its text speaks of, and where a slip would put it."""
    yield one.span, slack
    for span in one.spoken | one.told:
        if span[1] - span[0] < COARSE:
            yield span, 0
    for span in one.told_on:
        yield span, NEARER
    if one.width == 1 and slack == NEAR:
        for day in _slips(one.first):
            yield (day, day), 0


@lru_cache(maxsize=16384)
def _slips(day: int) -> tuple[int, ...]:
    """The days that the same day would be with day and month exchanged, with the year typed wrong, or the figures of the day."""
    meant = date.fromordinal(day)
    others = (
        (meant.year, meant.day, meant.month),
        (meant.year - 1, meant.month, meant.day),
        (meant.year + 1, meant.month, meant.day),
        (meant.year, meant.month, int(f"{meant.day:02}"[::-1])),
    )
    return tuple(slip for parts in others if (slip := _ordinal(*parts)) and slip != day)


def _ordinal(year: int, month: int, day: int) -> int:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0
