"""A whole column of dates: blanks and ditto from the row above, and what the column shows that a single cell cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise, starmap

from chrono.model import Value, When
from chrono.normalise.dates.cells import REAL_DATE, read
from chrono.normalise.dates.clean import plain
from chrono.normalise.dates.context import Context

_FIGURES = re.compile(r"(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./-] ?(\d{4}|\d\d)(?! ?[./-] ?\d)(\D.*)?")
_NUMBERED = re.compile(
    r"\W*(?P<n>\d{1,3})\s*[/–—-]\s*(?P<date>\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]{3,9})[\s./-]+\d\d.*)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\b(?:term|school year|academic year|yr|year \d|reception)\b", re.IGNORECASE)
ENOUGH = 3
"""So few cells of one kind show nothing about a column."""
HALF_A_YEAR = timedelta(days=183)
NEARLY_A_YEAR = timedelta(days=330)
A_SHORT_SPELL = timedelta(days=31)
SLIPS = (10, -10, 100, -100)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column shows. Places are indices into it. Nothing here changes a date: it tells where to doubt one."""

    newest_first: bool = False
    month_first: tuple[int, ...] = ()
    """Cells that can be read either way in a column whose others can only be month first."""
    swapped: tuple[int, ...] = ()
    """Real date cells, all with days up to 12, in a column whose text dates all have days above 12: the spreadsheet
    took those it could for dates of its own country's order."""
    year_slips: tuple[tuple[int, int], ...] = ()
    """Cells (and the year that would fit) that are ten or a hundred years off, or out of order by a year."""
    school_years: bool = False


def read_column(written: Sequence[Value], contexts: Sequence[Context], *, american: bool = False) -> list[When]:
    """Each cell of one column, top to bottom; None and '' are blank and take the date of the row above.

    A context that brings its own `above` keeps it. Doubts that the column raises stand in `When.notes`. `american`: other
    columns of the table, or a header, say that the month stands first.
    """
    cells = _without_numbers(written)
    american = american or is_american(cells)
    if american:
        cells = [day_first(cell) for cell in cells]
    whens = _in_order(cells, contexts)
    order = newest_first(whens)
    school = _speaks_of_school(cells)
    if order or school:
        contexts = [replace(one, newest_first=order, school_years=one.school_years or school) for one in contexts]
        whens = _in_order(cells, contexts)
    whens = _with_doubts(whens, evidence(written, whens, contexts), turned=american)
    return [_as_written(when, cell) for when, cell in zip(whens, written, strict=True)]


def _as_written(when: When, cell: Value) -> When:
    return replace(when, text=cell) if isinstance(cell, str) and cell and when.text != cell else when


def _without_numbers(cells: Sequence[Value]) -> list[Value]:
    """The cells without the running number before each date: '1 / 19-04-18', '2 / 26-04-18', '3 / 10-05-18'."""
    found = [_NUMBERED.match(cell) if isinstance(cell, str) else None for cell in cells]
    numbers = [int(match["n"]) for match in found if match]
    written = sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)
    counts_on = all(later - earlier == numbers[1] - numbers[0] for earlier, later in pairwise(numbers))
    if len(numbers) < max(ENOUGH, written) or not counts_on or abs(numbers[1] - numbers[0]) != 1:
        return list(cells)
    return [match["date"] if match else cell for cell, match in zip(cells, found, strict=True)]


def is_american(cells: Sequence[Value]) -> bool:
    """True where at least two dates have the month first, as their second figure is above 12, and none the day."""
    pairs = [pair for pair in map(_figures, cells) if pair is not None]
    return sum(first <= 12 < second <= 31 for first, second in pairs) >= 2 and all(first <= 12 for first, _ in pairs)


def day_first(cell: Value) -> Value:
    """A month-first date in figures, day first: '3/5/2019 08:30' as '5/3/2019 08:30'. Every other cell stays."""
    figures = _figures(cell)
    if figures is None or not isinstance(cell, str) or max(figures) > 12:
        return cell
    found = _FIGURES.fullmatch(plain(cell))
    return f"{found[2]}/{found[1]}/{found[3]}{found[4] or ''}" if found else cell


def _in_order(cells: Sequence[Value], contexts: Sequence[Context]) -> list[When]:
    whens: list[When] = []
    above: When | None = None
    for cell, context in zip(cells, contexts, strict=True):
        when = read(cell, context if context.above is not None or above is None else replace(context, above=above))
        whens.append(when)
        above = when if when.known and when.status in ("ok", "ditto") else above
    return whens


def evidence(cells: Sequence[Value], whens: Sequence[When], contexts: Sequence[Context]) -> Evidence:
    """What the column shows beyond its cells."""
    return Evidence(
        newest_first=newest_first(whens),
        month_first=_month_first(cells),
        swapped=_swapped(cells, whens),
        year_slips=tuple(_year_slips(whens, contexts)),
        school_years=_speaks_of_school(cells),
    )


def newest_first(whens: Sequence[When]) -> bool:
    """True if the certain days run backwards: at least three steps, four in five of them down."""
    days = [when.start for when in whens if when.is_day and when.status == "ok" and when.start and not _borrowed(when)]
    steps = [later > earlier for earlier, later in pairwise(days) if later != earlier]
    return len(steps) >= ENOUGH and steps.count(False) >= 0.8 * len(steps)


def _borrowed(when: When) -> bool:
    """The year was taken from the row above, so the date says nothing about the order."""
    return any(note.startswith("year-from") for note in when.notes)


def _figures(cell: Value) -> tuple[int, int] | None:
    found = _FIGURES.fullmatch(plain(cell)) if isinstance(cell, str) and len(cell) < 40 else None
    return (int(found.group(1)), int(found.group(2))) if found else None


def _month_first(cells: Sequence[Value]) -> tuple[int, ...]:
    """Ambiguous cells of a column where at least two others are only month first and none is only day first."""
    written = [(place, _figures(cell)) for place, cell in enumerate(cells)]
    pairs = [(place, pair) for place, pair in written if pair is not None]
    only_month_first = [place for place, (first, second) in pairs if first <= 12 < second <= 31]
    only_day_first = [place for place, (first, second) in pairs if second <= 12 < first <= 31]
    if len(only_month_first) < 2 or len(only_day_first) * 5 > len(only_month_first):
        return ()
    return tuple(place for place, (first, second) in pairs if first <= 12 and second <= 12 and first != second)


def _swapped(cells: Sequence[Value], whens: Sequence[When]) -> tuple[int, ...]:
    real = [place for place, cell in enumerate(cells) if isinstance(cell, datetime) and whens[place].known]
    figures = [pair for pair in map(_figures, cells) if pair is not None]
    if len(real) < ENOUGH or len(figures) < ENOUGH:
        return ()
    days = [whens[place].start for place in real]
    if any(day is None or day.day > 12 for day in days) or any(min(pair) > 12 or max(pair) <= 12 for pair in figures):
        return ()
    if len({first > 12 for first, _ in figures}) > 1:
        return ()
    return tuple(place for place in real if _reads_both_ways(whens[place].start))


def _reads_both_ways(day: date | None) -> bool:
    return day is not None and day.day != day.month


def _year_slips(whens: Sequence[When], contexts: Sequence[Context]) -> Iterator[tuple[int, int]]:
    days = [day for when in whens if (day := _certain(when))]
    steps = Counter(starmap(_step, pairwise(days)))
    for place, (when, context) in enumerate(zip(whens, contexts, strict=True)):
        year = _fits_period(when, context) or _fits_neighbours(whens, place, steps)
        if year is not None:
            yield place, year


def _fits_period(when: When, context: Context) -> int | None:
    """The year ten or a hundred years away that lies in the review period, for a day outside it."""
    first, last, day = context.first, context.last, when.start
    if (
        first is None
        or last is None
        or day is None
        or not _is_short(when)
        or first <= day <= last
        or when.status == "ditto"
    ):
        return None
    found = [day.year + slip for slip in SLIPS if first <= _in_year(day, day.year + slip) <= last]
    return found[0] if len(found) == 1 else None


def _fits_neighbours(whens: Sequence[When], place: int, steps: Counter[int]) -> int | None:
    """The year before or after, where the day is out of order as written and in order with it: among neighbours half a year
    apart, or nearly a year where every other day of the column is in order. `steps`: how often the column goes which way."""
    day = _certain(whens[place])
    before = next((_certain(whens[i]) for i in range(place - 1, max(-1, place - 4), -1) if _certain(whens[i])), None)
    after = next((_certain(whens[i]) for i in range(place + 1, min(len(whens), place + 4)) if _certain(whens[i])), None)
    if day is None or before is None or after is None:
        return None
    low, high = min(before, after), max(before, after)
    widest = NEARLY_A_YEAR if _others_in_order(steps, (before, day, after)) else HALF_A_YEAR
    if low <= day <= high or high - low > widest:
        return None
    found = [year for year in (day.year - 1, day.year + 1) if low <= _in_year(day, year) <= high]
    return found[0] if len(found) == 1 else None


def _others_in_order(steps: Counter[int], around: tuple[date, date, date]) -> bool:
    """True if all certain days of the column but the one in the middle of `around` run forwards, or all run backwards."""
    before, day, after = around
    left = steps + Counter((_step(before, after),))
    left.subtract((_step(before, day), _step(day, after)))
    return steps.total() > ENOUGH and (left[1] > 0) != (left[-1] > 0)


def _step(earlier: date, later: date) -> int:
    """1 forwards, -1 backwards, 0 on the same day."""
    return (later > earlier) - (later < earlier)


def _certain(when: When) -> date | None:
    """The first day of a date that is a day or a short spell, as '4-5 March 2022'."""
    return when.start if when.status == "ok" and _is_short(when) else None


def _is_short(when: When) -> bool:
    return when.start is not None and when.end is not None and when.end - when.start <= A_SHORT_SPELL


def _in_year(day: date, year: int) -> date:
    if not 1 <= year <= 9999:
        return day
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _speaks_of_school(cells: Sequence[Value]) -> bool:
    """Some cell of the column speaks of terms or school years: then a bare 2018/19 is one too."""
    return any(isinstance(cell, str) and len(cell) < 60 and _SCHOOL.search(cell) for cell in cells)


def _with_doubts(whens: list[When], shown: Evidence, *, turned: bool) -> list[When]:
    doubts: dict[int, str] = {}
    for place, year in shown.year_slips:
        doubts[place] = (
            f"year-slip: {whens[place].text} stands out among its neighbours or the review period; {year} would fit"
        )
    for place in shown.month_first:
        doubts[place] = "month-first: other dates of this column put the month first, " + (
            "and so was this one read" if turned else "so day and month may be the other way round"
        )
    for place in shown.swapped:
        doubts[place] = (
            "swapped: every real date of this column has a day up to 12 and every typed one a day above 12, "
            "so the spreadsheet may have swapped day and month"
        )
    return [_doubtful(when, doubts[place]) if place in doubts else when for place, when in enumerate(whens)]


def _doubtful(when: When, note: str) -> When:
    """Day and month as written, marked as not certain."""
    approximate = when.approximate or not note.startswith("year-slip")
    return replace(when, approximate=approximate, notes=(*when.notes, note))


__all__ = ["REAL_DATE", "Evidence", "evidence", "newest_first", "read_column"]
