"""The length of an order, and its end, that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from chrono.check.rule import rule
from chrono.check.view import View, date_of, facts, told
from chrono.check.wording import ask, says
from chrono.model import Entry, Finding, Timeline, When, short_day

NUMBERS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "eighteen"],
        (*range(1, 13), 18),
        strict=True,
    )
)
LENGTH = re.compile(rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)})[- ]months?\b", re.IGNORECASE)
UP_TO = re.compile(
    r"\s*(?:,\s*)?(?:and\s+)?(?:to|until|till|up to|ends?|ending|expires?|expiring|runs? to|-|–)\s+(?:on\s+)?$",
    re.IGNORECASE,
)
"""Between a length and the date that ends it."""
NEAR = 30
"""Most characters between a length and its end; what stands further off may be the end of something else."""
MADE = ("order-made", "referral-order", "sentence", "secure-order", "interim-care-order")


@rule("C10", needs="typed", severity="medium")
def length_does_not_fit(timeline: Timeline, *, days: int = 31) -> Iterator[Finding]:
    """How long an order was made for, how it was extended, and when it is said to have ended do not agree.

    Finds: in one agency's rows, an order of so many months, any extension, and an end more than `days` days before or after
    the day these give; and a single row about any measure, plan or order that gives a length and an end that differ as much.
    Why it matters: the child was supervised for longer, or for less long, than the court said, or a row is wrong.
    Stays silent when: a row between says that the order was revoked, returned to court or ended early.
    """
    view = View.of(timeline)
    for entry in timeline.entries:
        finding = _in_one_row(entry, days, timeline)
        if finding:
            yield finding
    for agency, entries in timeline.by_agency():
        made: list[Entry] = []
        for entry in entries:
            if made and not view.same_child(made[0], entry):
                continue
            if entry.records("order-extended") and made and _months(entry):
                made.append(entry)
            elif entry.records(*MADE) and _months(entry):
                made = [entry]
            elif made and entry.records("order-ended"):
                finding = _judge(made, entry, agency, days, timeline)
                if finding:
                    yield finding
                made = []


def _months(entry: Entry) -> int:
    found = LENGTH.search(told(entry))
    if not found:
        return 0
    word = found.group(1).lower()
    return NUMBERS.get(word) or int(word)


def _in_one_row(entry: Entry, days: int, timeline: Timeline) -> Finding | None:
    """A length with the date to which it runs beside it, counted from the row's own day."""
    start = entry.when
    for found in LENGTH.finditer(entry.text) if start.is_day else ():
        for mention in entry.dates:
            between = entry.text[found.end() : mention.begin]
            if not 0 <= mention.begin - found.end() <= NEAR or not UP_TO.match(between):
                continue
            ended = mention.when
            if start.start and ended.is_day and ended.start and ended.start > start.start:
                months = NUMBERS.get(found.group(1).lower()) or int(found.group(1))
                runs_to = _later(start.start, months)
                if abs((runs_to - ended.start).days) > days:
                    return _one_row(entry, found.group(), runs_to, ended, timeline)
    return None


def _one_row(entry: Entry, length: str, runs_to: date, ended: When, timeline: Timeline) -> Finding:
    return Finding(
        f"{timeline.name_of(entry.agency)}: {length} from {entry.when} cannot end on {ended}",
        cites=(entry.source,),
        explanation=f"{says(entry)} From {entry.when}, {length} run to {short_day(runs_to)}; the end is given as {ended}.",
        settle=ask(timeline, (entry.agency,), "the order or plan itself, with its first and last day"),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=(entry.when.start, ended.end),
    )


def _judge(made: list[Entry], end: Entry, agency: str, days: int, timeline: Timeline) -> Finding | None:
    start, ended = made[0].when, _day_of_end(end)
    if start.start is None or start.end is None or ended.start is None or ended.end is None:
        return None
    months = sum(_months(entry) for entry in made)
    earliest, latest = _later(start.start, months), _later(start.end, months)
    if (earliest - ended.end).days <= days and (ended.start - latest).days <= days:
        return None
    rows = [*made, end]
    sums = " and ".join(f"{_months(entry)} months" for entry in made)
    return Finding(
        f"{timeline.name_of(agency)}: an order of {sums} from {start} is said to have ended on {ended}",
        cites=tuple(row.source for row in rows),
        explanation=f"{' '.join(says(row) for row in rows)} From {short_day(start.start)}, {sums} run to {short_day(earliest)}; "
        f"the end is given as {ended}.",
        settle=ask(timeline, (agency,), "the order itself, and any later order that changed it"),
        agencies=(agency,),
        subjects=made[0].subjects or end.subjects,
        period=facts(rows),
        certainty="definite" if len(made) == 1 else "possible",
    )


def _day_of_end(entry: Entry) -> When:
    return date_of(entry.events_of("order-ended")[0], entry)


def _later(day: date, months: int) -> date:
    return day + relativedelta(months=months)
