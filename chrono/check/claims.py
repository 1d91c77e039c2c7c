"""What a family says was not done for them, and the rows that record the contrary. The words are claims.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from chrono.check.any_case import AnyCase
from chrono.check.days_named import MONTHS
from chrono.check.topics import sentences
from chrono.check.view import told
from chrono.check.words import Idea, idea
from chrono.model import Entry
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("claims.yaml")
RELATIVES: Mapping[str, AnyCase] = {
    "mother": AnyCase(r"\b(?:mum|mam|mom|mother|mo|mthr|ms|mrs|miss|tenant|householder|parents?|family)\b"),
    "father": AnyCase(r"\b(?:dad|father|fa|ftr|mr|stepdad|step-dad|stepfather|parents?|family)\b"),
    "grandparent": AnyCase(
        r"\b(?:nan|nana|gran|granny|grandma|grandmother|grandad|grandfather|grandparents?|mgm|pgm|family)\b"
    ),
}
NOT_DONE = re.compile(
    r"\b(?:not|never|nobody|no one|unable to|tried to|to be|will|could not|couldn't|cannot|n['’]t|no reply|message left)"
    r"\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""Before the words of a record: it was not done, or is still to come."""
MONTH = re.compile(
    rf"\b(?:in|last|early|late|mid|of|since|by|from|until|during) (?:\w+ )?({'|'.join(MONTHS)})\b", re.IGNORECASE
)
YEAR = re.compile(
    r"\b(?:in|of|since|from|during|early|late|summer|autumn|winter|spring)\b[^.;]{0,20}?\b((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """One kind of claim."""

    name: str
    claim: Idea
    record: Idea


@cache
def claims() -> tuple[Claim, ...]:
    """Every kind of claims.yaml."""
    return tuple(
        Claim(name, idea(f"claims: {name}: claim"), idea(f"claims: {name}: record")) for name in words_of(FILE)
    )


def claims_in(words: str) -> Iterator[Claim]:
    """The kinds of claim that the words of a family make."""
    return (each for each in claims() if each.claim.told_in(words))


def relatives_in(text: str) -> frozenset[str]:
    """The relatives of whom a text speaks, or may."""
    return frozenset(name for name, words in RELATIVES.items() if words.found_in(text))


def stands_against(claim: Claim, row: Entry, who: frozenset[str]) -> bool:
    """True if a sentence of the row records of the same relative what the claim denies."""
    people = relatives_in(row.fields.get("people", ""))
    for sentence in sentences(told(row)):
        found = claim.record.search(sentence.text)
        denied = found is None or NOT_DONE.search(sentence.text[: found.start()])
        if not denied and who & (relatives_in(sentence.text) or people):
            return True
    return stands_in_a_column(claim, row, who)


def stands_in_a_column(claim: Claim, row: Entry, who: frozenset[str]) -> bool:
    """True if a column of whom was told says it of the relative: 'Mother phoned 02:40, happy for cousin to take him'."""
    cell = row.fields.get("told", "")
    found = claim.record.search(cell)
    return found is not None and not NOT_DONE.search(cell[: found.start()]) and bool(who & relatives_in(cell))


def is_of_that_time(words: str, entry: Entry, row: Entry) -> bool:
    """True if the words name the month or year of the row, or the account itself is dated by it."""
    first = row.when.earliest
    months = {MONTHS.index(found.lower()) + 1 for found in MONTH.findall(words)}
    years = {int(found) for found in YEAR.findall(words)}
    if months:
        return first.month in months and (
            first.year in years or (not years and _within_a_year(first, entry.when.earliest))
        )
    if years:
        return first.year in years
    return entry.when.known and not entry.when.is_day and entry.when.may_overlap(row.when, slack=10)


def _within_a_year(first: date, told_on: date) -> bool:
    return 0 <= (told_on - first).days <= 366
