"""A birth or a death that two agencies date differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline, When, short_day

ONCE = ("birth", "death")
TOLD_DAY = re.compile(r"\b(?:born|died)(?: on)?:? (\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)\b", re.IGNORECASE)
FULL = 99
Dated = tuple[Entry, When]


@rule("C28", needs="typed", severity="medium")
def birth_or_death_dated_differently(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """Two agencies give different days for one birth or one death.

    Finds: a row that records a birth or a death, or says in its text on which day it was, and the row of another agency that
    has another day, at most `days` days from it.
    Why it matters: limits that run from that day (a first visit, a registration, a review) cannot be reckoned.
    Stays silent when: one of the days is given roughly; the rows are about different children; the agency gives both days.
    """
    view = View.of(timeline)
    for type_ in ONCE:
        days_of: dict[str, list[Dated]] = defaultdict(list)
        for entry in view.recording(type_):
            if (when := _day(entry, type_)) and when.known and when.surely_same_day(when):
                for child in entry.subjects or ("",):
                    days_of[child].append((entry, when))
        for child in [child for child in days_of if child] or [""]:
            yield from _of_one(type_, days_of[child] + (days_of[""] if child else []), timeline, days)


def _day(entry: Entry, type_: str) -> When | None:
    """The day of a birth or death that the text gives; else the row's own, where its kind of contact is that event."""
    found = TOLD_DAY.search(told(entry))
    if found:
        day, month, year = (int(part) for part in found.groups())
        try:
            return When.of_day(date(year if year > FULL else 2000 + year, month, day), found.group())
        except ValueError:
            return None
    event = entry.events_of(type_)[0]
    if event.when and event.when.known:
        return event.when
    own = event.column == "category" or type_ in entry.fields.get("category", "").lower().split()
    return entry.when if own and not date_in_doubt(entry) else None


def _of_one(type_: str, told: list[Dated], timeline: Timeline, days: int) -> Iterator[Finding]:
    for (one, first), (other, second) in combinations(told, 2):
        near = 0 < abs(first.days_until(second)[0]) <= days
        known = _agrees(one, second, told) or _agrees(other, first, told)
        if near and not known and one.agency != other.agency:
            yield _finding(type_, (one, first), (other, second), timeline)
            return


def _agrees(entry: Entry, with_: When, told: list[Dated]) -> bool:
    """True if the agency of a row has the other's day as well."""
    return any(row.agency == entry.agency and when.surely_same_day(with_) for row, when in told)


def _finding(type_: str, one: Dated, other: Dated, timeline: Timeline) -> Finding:
    rows = one[0], other[0]
    said = " and ".join(f"{timeline.name_of(row.agency)} says {short_day(when.earliest)}" for row, when in (one, other))
    return Finding(
        f"One {type_}, two days: {said}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Both tell of one {type_}; only one of the two days can be right.",
        settle=ask(timeline, tuple(row.agency for row in rows), "the certificate, or the record made at the time"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=rows[0].subjects or rows[1].subjects,
        period=facts(rows),
        certainty="definite",
    )
