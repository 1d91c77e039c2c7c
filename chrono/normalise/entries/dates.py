"""The dates of a table's entries: the date column read as a whole, with times, end dates, and headings that give a year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from chrono.model import Value, When
from chrono.normalise.dates import Context, day_first, is_american, read, read_column, until, with_time
from chrono.normalise.tables.contents import is_day_number, is_ditto, shown
from chrono.normalise.tables.layout import Table
from chrono.normalise.tables.rows import EntryRow

_MONTH_FIRST = re.compile(r"\bm{1,3}[/.-]d", re.IGNORECASE)
_ARRIVING = re.compile(
    r"\b(?:arr|arrived|arrival|admitted|admission|adm|attended|attendance|presented|seen)\b", re.IGNORECASE
)
_LEAVING = re.compile(r"\b(?:dep|departed|departure|left|discharge|discharged|disch)\b", re.IGNORECASE)
_SHEET_OF_A_YEAR = re.compile(r"^(?:19|20)\d\d$")

BirthOf = Callable[[int], When | None]
"""The date of birth of the child that the entry at this place is about, if it is known and one child."""


def dates_of(
    table: Table, sheet_name: str, period: tuple[date | None, date | None], birth_of: BirthOf, *, american: bool
) -> list[When]:
    """When each entry of the table was: its date cell, with the time, the end date and the heading above it. `american`: the
    table puts the month first."""
    contexts = [_context(row, sheet_name, period, birth_of(place)) for place, row in enumerate(table.entries)]
    cells = [_cell(row) for row in table.entries]
    whens: list[When] = []
    for first, last in _stretches(table.entries):
        whens += read_column(cells[first:last], contexts[first:last], american=american)
    return [_with_other_cells(when, row, table, american) for when, row in zip(whens, table.entries, strict=True)]


def puts_month_first(table: Table) -> bool:
    """True where a header of the dates says that the month stands first, or a column of them shows it."""
    for role in ("date", "end-date", "recorded"):
        place = table.columns.place(role)
        if place is None:
            continue
        if _MONTH_FIRST.search(table.columns.by_role[role]) or is_american(
            [row.line.cell(place) for row in table.entries]
        ):
            return True
    return False


def _cell(row: EntryRow) -> Value:
    """The date cell; the heading's date for the first row below it that has none of its own."""
    blank = row.date is None or not shown(row.date)
    if blank and row.starts_part and row.period is not None:
        return row.period
    if row.period is not None and is_day_number(shown(row.date)) and any(map(str.isalpha, shown(row.period))):
        return f"{shown(row.date)} {shown(row.period)}"  # '14' below the heading 'January 2019'
    return None if blank else _as_shown(row)


def _as_shown(row: EntryRow) -> Value:
    """The date cell; where it shows a month or a year only, those words: the day in the file was never written."""
    cells = row.line.row.cells
    words = (mark.text for mark in row.line.row.marks if mark.kind == "shown" and cells[mark.column] == row.date)
    return next(words, row.date)


def _stretches(rows: Sequence[EntryRow]) -> Iterator[tuple[int, int]]:
    """Where blank and ditto cells may look to the row above: not across a heading."""
    first = 0
    for place, row in enumerate(rows):
        if place and row.starts_part and is_blank(_cell(row)):
            yield first, place
            first = place
    yield first, len(rows)


def is_blank(cell: Value) -> bool:
    """True where a date cell says nothing of its own: it is empty, or a ditto mark."""
    text = shown(cell)
    return not text or is_ditto(text)


def _context(row: EntryRow, sheet_name: str, period: tuple[date | None, date | None], birth: When | None) -> Context:
    """The review period, or the year or month that a heading or the sheet's name gives."""
    context = Context(first=period[0], last=period[1], dob=birth)
    named = row.period if row.period is not None else sheet_name.strip()
    if row.period is None and not _SHEET_OF_A_YEAR.match(sheet_name.strip()):
        return context
    given = read(named, context)
    if given.start is None or given.end is None:
        return context
    # The first row below such a heading counts from there, not from the row above the heading.
    above = When.of_day(given.start, given.text) if row.starts_part and row.period is not None else None
    return replace(context, first=given.start, last=given.end, above=above)


def _with_other_cells(when: When, row: EntryRow, table: Table, american: bool) -> When:
    time, end = table.columns.place("time"), table.columns.place("end-date")
    end_time = table.columns.place("end-time")
    if shown(clock := row.line.cell(time)):
        when = with_time(when, clock)
    if shown(closing := row.line.cell(end)):
        last = read(day_first(closing) if american else closing, Context(above=when))
        if shown(finish := row.line.cell(end_time)):
            last = with_time(last, finish)
        whole = until(when, last)
        when = replace(when, notes=whole.notes) if _is_attendance(table) and whole.end != when.end else whole
    elif when.start_time and shown(finish := row.line.cell(end_time)):
        when = until(when, _finished(when, finish))
    return when


def _finished(when: When, finish: Value) -> When:
    """The end of an event that has a time of its own and no day: a time before that of the beginning is of the next day."""
    last = with_time(replace(when, start_time=None, end_time=None, precision="day", text=""), finish)
    if last.start is None or not last.start_time or not when.start_time or last.start_time >= when.start_time:
        return last
    next_day = last.start + timedelta(days=1)
    return replace(last, start=next_day, end=next_day)


def _is_attendance(table: Table) -> bool:
    """True of a table of arrivals or admissions: each is entered on the day it began, and leaving stands beside it."""
    headers = table.columns.by_role
    return bool(_ARRIVING.search(headers.get("date", "")) and _LEAVING.search(headers.get("end-date", "")))


def recorded_of(row: EntryRow, table: Table, period: tuple[date | None, date | None], *, american: bool) -> When | None:
    """When the row was written, if a column says so. `american`: the table puts the month first."""
    cell = row.line.cell(table.columns.place("recorded"))
    text = shown(cell)
    if not text or is_ditto(text):
        return None
    return read(day_first(cell) if american else cell, Context(first=period[0], last=period[1]))
