"""Two agencies give a child ages, or school years, that cannot both be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import date_in_doubt, facts
from chrono.check.wording import all_say, ask
from chrono.model import AgeStatement, Entry, Finding, Timeline

APART, IN_ANOTHER_CLASS = 300, 600
"""Days between what two ages say of the birth: less is a birthday that one of them has not counted; more where one gives the
school year, as a child may be put into a class below its own."""
OF_A_CLASS = re.compile(r"\b(?:y\d|yr|year \d|reception|nursery|class|form|key stage|ks)", re.IGNORECASE)


@rule("C30", needs="plain", severity="medium")
def ages_told_differently(timeline: Timeline) -> Iterator[Finding]:
    """Two agencies' rows give one child ages or school years that differ by most of a year or more.

    Finds: rows of two agencies that give a child's age, birthday or school year, where the latest birth that the one allows
    and the earliest that the other allows are 300 days from each other (600 where one tells the school year); for each child
    the two farthest apart.
    Why it matters: one of the two may hold another child's papers, and what may be done for a child goes by the age.
    Stays silent when: a birthday explains it; the row's date is vague or in doubt; the text speaks of another person.
    """
    stated: dict[str, list[tuple[Entry, AgeStatement]]] = {}
    for entry in timeline.entries:
        for statement in () if date_in_doubt(entry) else entry.ages:
            stated.setdefault(statement.child, []).append((entry, statement))
    for child, said in sorted(stated.items()):
        eldest, youngest = _farthest(said)
        least = IN_ANOTHER_CLASS if any(OF_A_CLASS.search(one[1].words) for one in (eldest, youngest)) else APART
        if (youngest[1].born[0] - eldest[1].born[1]).days >= least and eldest[0].agency != youngest[0].agency:
            yield _finding(child, [eldest[0], youngest[0]], timeline)


def _farthest(said: list[tuple[Entry, AgeStatement]]) -> tuple[tuple[Entry, AgeStatement], tuple[Entry, AgeStatement]]:
    """Whom one row has the eldest, and another the youngest."""
    return min(said, key=lambda one: one[1].born[1]), max(said, key=lambda one: one[1].born[0])


def _finding(child: str, rows: list[Entry], timeline: Timeline) -> Finding:
    agencies = tuple(row.agency for row in rows)
    first, second = (timeline.name_of(agency) for agency in agencies)
    return Finding(
        f"{timeline.name_of(child)} is older for {first} ({rows[0].when}) than for {second} ({rows[1].when})"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No day of birth fits both.",
        settle=ask(timeline, agencies, "the date of birth it holds, and whether the row is about this child"),
        agencies=agencies,
        subjects=(child,),
        period=facts(rows),
        certainty="possible",
    )
