"""Two agencies tell different numbers of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import joined, near_pairs, nearest
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.told_numbers import Thing, things
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline

INCIDENTS = ("incident", "attendance")
"""Natures of events: two rows of one day with such an event of one nature tell of the same."""

MONTH = 30
"""Days in which one more may have come about of what only becomes more."""


@rule("C29", needs="reading", severity="medium")
def numbers_told_differently(timeline: Timeline) -> Iterator[Finding]:
    """Two agencies tell different numbers of one thing: schools attended, placements, attackers, tablets, the result of a scale.

    Finds: rows of two agencies about one child that count the same thing, within the days in which it hardly changes, with
    numbers that differ by more than such counts do; of what only becomes more (her fifth school), a later row that has fewer;
    and a list said to be whole beside another number.
    Why it matters: how often a child was moved, or how many were there, weighs in every later decision.
    Stays silent when: a number is vague (about six, four or five); a row tells several; what is counted may have changed; two
    rows of an injury or attack are not seen to be of one event.
    """
    view = View.of(timeline)
    for thing in things():
        numbers = {
            row.id: number
            for row in view.telling(thing.about.name)
            if row.when.known and not date_in_doubt(row) and (number := thing.told_in(told(row)))
        }
        rows = view.in_order(numbers)
        pairs = (pair for pair in near_pairs(view, rows, rows, thing.days) if pair[0].agency < pair[1].agency)
        for one, other in nearest(pairs):
            if _differ(thing, one, other, numbers) and (thing.grows or _one_event(thing, one, other, view)):
                yield _finding(thing, one, other, numbers, timeline)


def _differ(thing: Thing, one: Entry, other: Entry, numbers: dict[str, int]) -> bool:
    first, second = sorted((one, other), key=lambda row: row.when.sort_key)
    apart = numbers[second.id] - numbers[first.id]
    if not thing.grows or not first.when.surely_before(second.when):
        return abs(apart) >= thing.least
    return apart < 0 or apart >= thing.least + first.when.days_until(second.when)[1] // MONTH


def _one_event(thing: Thing, one: Entry, other: Entry, view: View) -> bool:
    """True of two counts of a household; of an incident, if the rows are seen to be of one."""
    if thing.days > 7 or frozenset((one.id, other.id)) in joined(view):
        return True
    natures = ({e.nature for e in row.events if e.nature in INCIDENTS} for row in (one, other))
    return bool(set.intersection(*natures)) or bool(rare(shared_words(one, other), view))


def _finding(thing: Thing, one: Entry, other: Entry, numbers: dict[str, int], timeline: Timeline) -> Finding:
    rows = sorted((one, other), key=lambda row: (row.when.sort_key, row.source))
    tell = ", ".join(f"{timeline.name_of(row.agency)} has {numbers[row.id]}" for row in rows)
    agencies = tuple(row.agency for row in rows)
    return Finding(
        f"{thing.name[0].upper()}{thing.name[1:]}: {tell}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Both count the same thing, and neither row names the other's number.",
        settle=ask(timeline, agencies, thing.settle),
        agencies=agencies,
        subjects=rows[0].subjects or rows[1].subjects,
        period=facts(rows),
        certainty="possible",
        severity="low" if thing.low else None,
    )
