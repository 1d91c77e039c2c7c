"""Dates that may be those of the writing, and not of what is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from chrono.check.rule import rule
from chrono.check.view import Track, View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline, When, day_after

ALIKE = 4
"""Letters: shorter words are in too many rows to say that two tell of one thing."""
SLOWEST = 45
MONTHS = 400
WRITTEN_LATER = ("written_up", "with_hindsight", "written_afterwards")
"""Ideas of rows that say so themselves."""


@rule("D43", needs="reading", severity="low")
def date_of_entry(
    timeline: Timeline, *, same_day: int = 3, lags: int = 3, least_lag: int = 2, later: int = 14
) -> Iterator[Finding]:
    """Whether a date is that of the event, of its report or of its entry cannot be told.

    Finds: `same_day` or more rows of one return on one day that tell of things that do not belong to a day, or of which
    another row says that the notes were written up; `lags` or more rows that follow those of another agency about the same
    things by the same number of days, `least_lag` or more; rows that tell in the past tense of what came more than `later`
    days after their own date; rows that say they were written later.
    Why it matters: what was written afterwards reads like a record of the time, and intervals are counted from wrong days.
    Stays silent when: the return says which date it gives; each row of the day has its hour.
    """
    view = View.of(timeline)
    plain = {entry.source.file for entry in Track(view.telling("says_which_date"))}
    may_know = {entry.id for entry in view.rows(*WRITTEN_LATER, "in_month")}
    for file, entries in by_file(entry for entry in timeline.dated if entry.source.file not in plain):
        for rows in _all_on_one_day(entries, same_day):
            yield _finding(timeline, rows, f"{file}: {len(rows)} rows bear one date", "All have the same date.")
        knowing = [entry for entry in entries if (entry.dates or entry.id in may_know) and _written_later(entry, later)]
        if knowing:
            yield _finding(
                timeline,
                knowing,
                f"{file}: {len(knowing)} row{'s' * (len(knowing) > 1)} written later than dated",
                "Each knows or says what came after its date.",
            )
    for first, second, pairs in _followers(view, least_lag):
        for lag, rows in _constant(pairs, lags):
            yield _finding(
                timeline,
                rows,
                f"{timeline.name_of(second)} has {len(rows)} events {lag} days after {timeline.name_of(first)} each time",
                f"Each follows what {timeline.name_of(first)} records by {lag} days.",
            )


def _finding(timeline: Timeline, rows: list[Entry], title: str, why: str) -> Finding:
    return Finding(
        title[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} {why} It may be the date of the entry, and not of the event.",
        settle=ask(timeline, (rows[0].agency,), "which date its return gives, and the days of the events themselves"),
        agencies=(rows[0].agency,),
        subjects=subjects_of(rows),
        period=facts(rows),
        certainty="possible",
        column="date",
    )


def _all_on_one_day(entries: Iterable[Entry], enough: int) -> Iterator[list[Entry]]:
    """The rows of a day on which so many stand, if one says that notes were written up, or most of the return stands there."""
    days: dict[date, list[Entry]] = defaultdict(list)
    every = list(entries)
    for entry in every:
        if entry.when.is_day and entry.when.start and not entry.when.start_time:
            days[entry.when.start].append(entry)
    for rows in (rows for rows in days.values() if len(rows) >= enough):
        written_up = [row for row in rows if tells("written_up", told(row))]
        others = [row for row in rows if row not in written_up and not tells("its_hour", told(row))]
        most = len(rows) * 2 > len(every) and len({words for row in rows if (words := told(row))}) == len(rows)
        if others and (written_up or (most and len(others) == len(rows))):
            yield others


def _written_later(entry: Entry, days: int) -> bool:
    """True if a row says that it was written later, or tells of a later day as of something past."""
    words = told(entry)
    if any(tells(name, words) for name in WRITTEN_LATER):
        return True
    return any(
        one.role == "occurred" and _after(entry.when, one.when, days) and not _ends_a_span(entry, one.begin)
        for one in entry.dates
    ) or _month_to_come(entry, days)


def _after(own: When, other: When, days: int) -> bool:
    return other.start is not None and days < own.days_until(other)[0] < MONTHS


def _ends_a_span(entry: Entry, place: int) -> bool:
    """True if the date is one up to which something goes, or for which it is set."""
    return tells("up_to", entry.text[max(0, place - 30) : place]) or tells("is_to_come", entry.text)


def _month_to_come(entry: Entry, days: int) -> bool:
    """True if a row tells in the past tense of a month that, at its date, was still to come."""
    start = entry.when.start
    if start is None or not tells("past_tense", told(entry)) or tells("is_to_come", told(entry)):
        return False
    found = words_for("in_month", told(entry)).casefold().removeprefix("in ").removeprefix("the ")[:3]
    if found not in NAMES or "last" in told(entry).casefold():
        return False
    return days / 30 < (NAMES.index(found) + 1 - start.month) % 12 <= AHEAD


NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
AHEAD = 5
"""Months: a month named without a year that is further ahead is rather the one that lies behind."""


def _followers(view: View, least: int) -> Iterator[tuple[str, str, list[tuple[int, Entry]]]]:
    """For two agencies of which rows tell of the same things, the rows of the second that come some days after one of the
    first, with the days between."""
    words: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.everything:
        if entry.when.is_day:
            for word in _words(entry):
                words[word].append(entry)
    shared: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for entries in (rows for word, rows in words.items() if len(word) >= ALIKE and len(rows) <= COMMON):
        for first, second in combinations(entries, 2):
            lag = first.when.days_until(second.when)[0]
            if least <= lag <= SLOWEST and first.agency != second.agency and view.same_child(first, second):
                shared[first.agency, second.agency][lag] += 1
    for (one, two), lags in shared.items():
        if lags.most_common(1)[0][1] >= SHARED:
            yield one, two, list(_lags(view, one, two, least))


def _lags(view: View, one: str, two: str, least: int) -> Iterator[tuple[int, Entry]]:
    """The rows of the second agency with the days since the nearest row of the first that lies so far before."""
    for second in view.agency(two):
        if second.when.is_day:
            last = day_after(second.when.latest, -least)
            before = [row for row in view.agency(one).between(day_after(last, -SLOWEST), last) if row.when.is_day]
            if before:
                yield before[-1].when.days_until(second.when)[0], second


SHARED = 2
"""So many pairs must have a word in common: days alone coincide."""
COMMON = 12
"""A word in more rows than this tells nothing of which two belong together."""


def _words(entry: Entry) -> set[str]:
    return set(told(entry).casefold().replace(".", " ").replace(",", " ").split())


def _constant(pairs: list[tuple[int, Entry]], enough: int) -> Iterator[tuple[int, list[Entry]]]:
    """The rows with one and the same lag, if they are so many and most of all."""
    counted = Counter(lag for lag, _ in pairs)
    for lag, times in counted.most_common(1):
        if times >= enough and times * 3 >= len(pairs) * 2:
            yield lag, [entry for found, entry in pairs if found == lag]
