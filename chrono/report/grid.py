"""Agency by month: which entries stand in each month of each agency, as the summary timeline of a published review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from chrono.model import Entry, Timeline
from chrono.vocabulary import words as words_of

LONGEST = 31
"""Days: an entry that may be anywhere within more than a month belongs to no one month."""

MOST_MONTHS = 240
"""Beyond twenty years of months, those without any entry are left out."""


@dataclass(frozen=True)
class Grid:
    """`agencies` (ids) are grouped by service, and `services` names each one's. `months` are first days, oldest first.

    `cells` holds, for (agency, month), its entries in timeline order; `unplaced` holds those of an agency without a date,
    or with one longer than a month.
    """

    agencies: tuple[str, ...]
    services: Mapping[str, str]
    months: tuple[date, ...]
    cells: Mapping[tuple[str, date], tuple[Entry, ...]]
    unplaced: Mapping[str, tuple[Entry, ...]]

    def entries(self, agency: str, month: date) -> tuple[Entry, ...]:
        """The entries of one cell; none where it is empty."""
        return self.cells.get((agency, month), ())


def grid(timeline: Timeline) -> Grid:
    """Every entry whose date is no longer than a month stands in each month that it touches.

    The months run from the first to the last of the review period, and on to wherever there are entries.
    """
    cells: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    unplaced: dict[str, list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        touched = months_of(entry)
        for month in touched:
            cells[entry.agency, month].append(entry)
        if not touched:
            unplaced[entry.agency].append(entry)
    agencies, services = _in_groups(timeline)
    return Grid(
        agencies,
        services,
        _months(timeline, {month for _, month in cells}),
        {place: tuple(entries) for place, entries in cells.items()},
        {agency: tuple(entries) for agency, entries in unplaced.items()},
    )


@cache
def _services() -> Mapping[str, str]:
    """Kind of agency -> the service it is shown under, in order of showing."""
    listed = words_of(Path(__file__).with_name("services.yaml"))
    return {kind: group["service"] for group in listed for kind in group["kinds"]}


OTHERS = "Others"


def _in_groups(timeline: Timeline) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The agencies that were asked or have entries, by service, within it in the case's order; and each one's service."""
    asked = [agency.id for agency in timeline.case.agencies if agency.asked or timeline.of(agency.id)]
    others = sorted({agency for agency, _ in timeline.by_agency()} - set(asked))
    services = {}
    for id_ in (*asked, *others):
        agency = timeline.case.agency(id_)
        services[id_] = _services().get(agency.kind if agency else "", OTHERS)
    order = [*dict.fromkeys(_services().values()), OTHERS]
    return tuple(sorted(services, key=lambda id_: order.index(services[id_]))), services


def months_of(entry: Entry) -> tuple[date, ...]:
    """First days of the months an entry stands in: none if it has no date, or one longer than a month."""
    start, end = entry.when.start, entry.when.end
    if start is None or end is None or (end - start).days >= LONGEST:
        return ()
    return tuple(_from_to(start, end))


def _months(timeline: Timeline, used: set[date]) -> tuple[date, ...]:
    ends = [day for day in (timeline.case.start, timeline.case.end) if day]
    days = sorted({*used, *(day.replace(day=1) for day in ends)})
    if not days:
        return ()
    every = tuple(_from_to(days[0], days[-1]))
    return every if len(every) <= MOST_MONTHS else tuple(days)


def _from_to(first: date, last: date) -> Iterator[date]:
    """The first days of the months from `first`'s to `last`'s."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)
