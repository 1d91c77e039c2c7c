"""How old a child is said to be: ages, birthdays and school years in a row, each as the days of birth it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from chrono.model import AgeStatement, Mention, When

ONE_DAY = timedelta(days=1)
LONGEST = 400
"""Days a row's date may span for a statement of age to say anything."""
CHILD_AGE = 19
AGED = re.compile(
    r"(?P<bracket>\(\s*(?:aged?\s*)?(?P<n1>\d{1,2})\s*(?:years?(?: old)?|yrs?|y/?o)?\s*\))"
    r"|,?\s*(?:was |is )?(?:then |now )?aged (?P<n2>\d{1,2})(?!\s*(?:[-–/.\d]|months?\b|weeks?\b|days?\b|to\b|and\b))"
    r"|,?\s*(?:is|was) (?P<n3>\d{1,2}) years? old\b"
    r"|\s+(?:has )?turned (?P<n4>1?\d)\b(?!\s*(?:am|pm|[:.]\d))",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?:\s*(?:is|was|now)?,?\s*\(?(?:in |currently in )?"
    r"|\s+(?:was )?(?:admitted|joined|enrolled|started|arrived)(?: the school)? at the (?:start|beginning|end) of "
    r"(?:the (?:\w+ )?term of )?)(?:school )?year (?P<year>\d{1,2})\b",
    re.IGNORECASE,
)
MOVED = re.compile(r"\b(?:moved|placed|kept|put) (?:up|down|back)|out of year|year (?:below|above|ahead)|repeat", re.I)


def ages(text: str, when: When, mentions: Sequence[Mention]) -> tuple[AgeStatement, ...]:
    """What a row's narrative says of the age of children it names. Only what stands directly beside the child's own name
    counts: in 'A (11) and brother (9)' the 9 says nothing of A."""
    if when.start is None or when.end is None or when.approximate or (when.end - when.start).days > LONGEST:
        return ()
    return tuple(
        statement
        for mention in mentions
        if mention.kind == "subject"
        and mention.column == "text"
        and text[mention.end : mention.end + 1] not in ("'", "’")
        for statement in _beside(text, mention, when.start, when.end)
    )


def _beside(text: str, mention: Mention, first: date, last: date) -> Iterator[AgeStatement]:
    space = len(text[mention.end :]) - len(text[mention.end :].lstrip(" "))
    for pattern in (AGED, YEAR):
        found = pattern.match(text, mention.end) or pattern.match(text, mention.end + space)
        if found is None:
            continue
        groups: Mapping[str, str | None] = found.groupdict()
        number = next(int(value) for name, value in groups.items() if value and name != "bracket")
        born = _year_born(number, first, last, text) if "year" in groups else _age_born(number, first, last)
        if born and born[0] <= born[1]:
            yield AgeStatement(mention.actor, text[mention.begin : found.end()].strip(), born, mention.column)


def _age_born(age: int, first: date, last: date) -> tuple[date, date] | None:
    """Born so that they were of this age on some day from first to last."""
    if age > CHILD_AGE:
        return None
    return _years_before(first, age + 1) + ONE_DAY, _years_before(last, age)


def _year_born(year: int, first: date, last: date, text: str) -> tuple[date, date] | None:
    """Children start Year 1 in the September after their fifth birthday. A year either way where they were moved."""
    if not 1 <= year <= 13:
        return None
    slack = 1 if MOVED.search(text) else 0
    autumns = [day.year if day.month >= 9 else day.year - 1 for day in (first, last)]
    return date(autumns[0] - year - 5 - slack, 9, 1), date(autumns[1] - year - 4 + slack, 8, 31)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
