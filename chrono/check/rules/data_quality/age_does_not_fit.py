"""Ages and school years that cannot all be true of one child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import facts, unique
from chrono.check.wording import all_say, ask
from chrono.model import AgeStatement, Entry, Finding, Timeline, short_day

Stated = tuple[Entry, AgeStatement]


@rule("D14", needs="plain", severity="low")
def age_does_not_fit(timeline: Timeline) -> Iterator[Finding]:
    """A stated age or school year does not fit the date of birth, or the other rows.

    Finds: rows that give a child's age, birthday or school year (beside the child's name, in a column of ages, in a text
    that speaks of nobody else), where no day of birth fits the row's date and the date of birth given; without one, where
    it fits fewer of the other statements than most do.
    Why it matters: either the row is misdated, or it is about another child.
    Stays silent when: the row's date is vague; the text speaks of another person, the sentence of another time; all
    statements can be true.
    """
    stated: dict[str, list[Stated]] = defaultdict(list)
    for entry in timeline.entries:
        for statement in entry.ages:
            stated[statement.child].append((entry, statement))
    for child, said in sorted(stated.items()):
        born = next((s.dob for s in timeline.case.subjects if s.id == child and s.dob and s.dob.known), None)
        given = (born.earliest, born.latest) if born else _most_likely([statement.born for _, statement in said])
        odd = unique(entry for entry, statement in said if not _meet(statement.born, given))
        if odd:
            against = f"the date of birth given, {born}" if born else _agreed(given)
            yield _finding(timeline, child, odd, against)


def _finding(timeline: Timeline, child: str, odd: Sequence[Entry], against: str) -> Finding:
    return Finding(
        f"{timeline.name_of(child)}: a stated age or school year does not fit",
        cites=tuple(entry.source for entry in odd),
        explanation=f"{all_say(odd)} It does not fit {against}.",
        settle=ask(
            timeline,
            tuple(dict.fromkeys(entry.agency for entry in odd)),
            "whether the date, the age or the child is another",
        ),
        agencies=tuple(dict.fromkeys(entry.agency for entry in odd)),
        subjects=(child,),
        period=facts(odd),
        column="text",
    )


def _agreed(given: tuple[date, date]) -> str:
    return f"a birth from {short_day(given[0])} to {short_day(given[1])}, which the other statements need"


def _most_likely(births: Sequence[tuple[date, date]]) -> tuple[date, date]:
    """The days of birth that the most statements allow; all days, where no majority agrees."""
    best = max((first for first, _ in births), key=lambda day: (_fitting(day, births), day))
    if _fitting(best, births) * 2 <= len(births):
        return date.min, date.max
    return best, min(last for first, last in births if first <= best <= last)


def _fitting(day: date, births: Sequence[tuple[date, date]]) -> int:
    return sum(first <= day <= last for first, last in births)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
