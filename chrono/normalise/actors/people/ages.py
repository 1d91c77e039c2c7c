"""How old a child is said to be: ages, birthdays and school years in a row, each as the days of birth it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from chrono.model import AgeStatement, Mention, When
from chrono.normalise.actors.words import listed, yaml_beside

ONE_DAY = timedelta(days=1)
LONGEST = 400
"""Days a row's date may span for a statement of age to say anything."""
CHILD_AGE = 19
AGED = re.compile(
    r"(?P<bracket>\(\s*(?:aged?\s*)?(?P<n1>\d{1,2})\s*(?:years?(?: old)?|yrs?|y/?o)?\s*\))"
    r"|,?\s*(?:was |is )?(?:then |now )?aged (?P<n2>\d{1,2})(?!\s*(?:[-–/.\d]|months?\b|weeks?\b|days?\b|to\b|and\b))"
    r"|,?\s*(?:is|was) (?P<n3>\d{1,2}) years? old\b"
    r"|,?\s+(?P<n5>\d{1,2})\s?(?:years? old|yrs? old|yrs|y/?o|yo[mf]?)\b(?! (?:ago|in|of|old sister|old brother|with))"
    r"|\s+(?:has )?turned (?P<n4>1?\d)\b(?!\s*(?:am|pm|[:.]\d))",
    re.IGNORECASE,
)
YOUNG = re.compile(
    r",?\s*(?:is |was )?(?:now )?(?:\(\s*(?:aged? )?|aged )"
    r"(?:(?P<months>\d{1,2})\s*(?:/12|months?|mths?)|(?P<weeks>\d{1,2})\s*(?:/52|weeks?|wks?))\b(?! corrected| gest\w*)"
    r"|,?\s+(?:is |was )?(?:now )?"
    r"(?:(?P<months_old>\d{1,2})[ -]?(?:months?|mths?)|(?P<weeks_old>\d{1,2})[ -]?(?:weeks?|wks?))[ -]old\b",
    re.IGNORECASE,
)
"""Beside a baby's name: an age in months or weeks, in words or as doctors write it (10/12, 3/52)."""
SLACK = {"months": timedelta(days=31), "weeks": timedelta(days=10)}
"""By so much a baby's age is rounded."""
YEAR = re.compile(
    r"(?:\s*(?:is|was|now)?,?\s*\(?(?:in |currently in )?"
    r"|\s+(?:was )?(?:admitted|joined|enrolled|started|arrived)(?: the school)? at the (?:start|beginning|end) of "
    r"(?:the (?:\w+ )?term of )?)(?:school )?(?:year |yr\.? ?|y)(?P<year>\d{1,2})\b(?! (?:of|order|plan|sentence|old))",
    re.IGNORECASE,
)
CELL = re.compile(
    r"[^:]*\bage\b[^:]*: *(?:aged? *)?(?P<n>\d{1,2}) *(?:years?(?: old)?|yrs?|y/?o?)?"
    r"|[^:]*\b(?:nc|year|yr)\b[^:]*: *(?:year|yr|y)? *(?P<year>\d{1,2})",
    re.IGNORECASE,
)
"""A column of ages or school years: its header and the cell."""
WHO = r"(?:he|she|(?:the )?(?:child|young person|yp|pupil|student|patient))"
NOW = re.compile(
    rf"\b{WHO}(?: is|'s|’s|, now|(?: has)?(?: just)? turned)(?: now| currently| only| just)?(?: aged)? (?P<n1>\d{{1,2}})"
    r"(?= years?(?: old)?\b| yrs?\b|[.,;]|$)"
    r"|\b(?:he is|she is|this|child is|yp is|pupil is|student is)(?: an?)? (?P<n2>\d{1,2})[- ]years?[- ]old\b"
    r"|\b(?:his|her) (?P<birthday>\d{1,2})(?:st|nd|rd|th) birthday\b"
    rf"|\b{WHO}(?: is|'s|’s)(?: now| currently)? in (?:school )?year (?P<year>\d{{1,2}})\b",
    re.IGNORECASE,
)
"""What says how old the child of the row is, without a name beside it."""
DIGIT = re.compile(r"\d")
SENTENCE = re.compile(r"[^.;!?\n]+")
NEAR_A_BIRTHDAY = timedelta(days=60)
MOVED = re.compile(r"\b(?:moved|placed|kept|put) (?:up|down|back)|out of year|year (?:below|above|ahead)|repeat", re.I)


def ages(
    text: str, when: When, mentions: Sequence[Mention], child: str = "", cell: str = ""
) -> tuple[AgeStatement, ...]:
    """What a row says of the age of children: beside a child's own name, and, where the row is about one `child`, in its
    age cell and in sentences that speak of nobody else. In 'A (11) and brother (9)' the 9 says nothing of A."""
    if when.start is None or when.end is None or when.approximate or (when.end - when.start).days > LONGEST:
        return ()
    beside = [
        statement
        for mention in mentions
        if mention.kind == "subject"
        and mention.column == "text"
        and text[mention.end : mention.end + 1] not in ("'", "’")
        for statement in _beside(text, mention, when.start, when.end)
    ]
    if not child or beside:
        return tuple(beside)
    return (*_in_cell(cell, child, when.start, when.end), *_alone(text, mentions, child, when.start, when.end))


def _beside(text: str, mention: Mention, first: date, last: date) -> Iterator[AgeStatement]:
    space = len(text[mention.end :]) - len(text[mention.end :].lstrip(" "))
    for pattern in (AGED, YOUNG, YEAR):
        found = pattern.match(text, mention.end) or pattern.match(text, mention.end + space)
        born = _born(found, text, first, last) if found else None
        if found and born:
            yield AgeStatement(mention.actor, text[mention.begin : found.end()].strip(), born, mention.column)


def _in_cell(cell: str, child: str, first: date, last: date) -> Iterator[AgeStatement]:
    found = CELL.fullmatch(cell)
    born = _born(found, "", first, last) if found else None
    if born:
        yield AgeStatement(child, cell, born, "age")


def _alone(text: str, mentions: Sequence[Mention], child: str, first: date, last: date) -> Iterator[AgeStatement]:
    """Ages in sentences that speak of now, in a text that speaks of nobody but the child and workers."""
    if not DIGIT.search(text) or not NOW.search(text):
        return
    if _words("somebody_else").search(text) or any(_is_kin_or_unknown(mention) for mention in mentions):
        return
    for sentence in SENTENCE.finditer(text):
        found = NOW.search(text, *sentence.span())
        born = _born(found, text, first, last) if found else None
        if found and born and not _words("another_time").search(text, *sentence.span()):
            yield AgeStatement(child, found.group().strip(" ,"), born)


def _is_kin_or_unknown(mention: Mention) -> bool:
    return mention.column == "text" and mention.kind in ("person", "unresolved")


@lru_cache(maxsize=2)
def _words(key: str) -> re.Pattern[str]:
    """Words of ages.yaml, in any spelling of capitals."""
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, listed(yaml_beside(__file__, 'ages.yaml'), key)))})\b", re.IGNORECASE
    )


def _born(found: re.Match[str], text: str, first: date, last: date) -> tuple[date, date] | None:
    """The days of birth that an age or school year allows; None for a number that cannot be one."""
    told = {name: int(value) for name, value in found.groupdict().items() if value and name != "bracket"}
    for unit, slack in SLACK.items():
        if (number := told.get(unit, told.get(f"{unit}_old"))) is not None:
            return _before(first, number + 1, unit) - slack, _before(last, number, unit) + slack
    if "birthday" in told:
        return _birthday_born(told["birthday"], first, last)
    return (
        _year_born(told["year"], first, last, text)
        if "year" in told
        else _age_born(next(iter(told.values())), first, last)
    )


def _birthday_born(age: int, first: date, last: date) -> tuple[date, date] | None:
    """A row about a birthday is written some days or weeks before or after it."""
    if age > CHILD_AGE:
        return None
    return _years_before(first, age) - NEAR_A_BIRTHDAY, _years_before(last, age) + NEAR_A_BIRTHDAY


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


def _before(day: date, number: int, unit: str) -> date:
    return day - (timedelta(weeks=number) if unit == "weeks" else timedelta(days=round(number * 30.44)))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
