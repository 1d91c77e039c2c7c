"""How often something happened by a sentence, where no event is counted: by the agency's own headings ("16 stays", where its rows
are headed 'Stay'), by what others or it do ('one police call-out', 'seen twice'), as the nth time, or as a share ('4 of 6').

A number fits unless it is surely too low or too high: rows may stand for several events, and the time may be told loosely.
The words are told_counts.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.counts import COUNTED_WITH, NUMBER, SINCE_PLACED, amount, last_placed, since_month
from chrono.check.topics import Sentence, sentences
from chrono.check.view import View, date_in_doubt, told
from chrono.check.words import Idea, idea
from chrono.model import Entry, When, day_after
from chrono.numerals import ORDINAL, ordinal_value
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("told_counts.yaml")
ONLY = r"(?:only|just|merely|altogether|a total of|no more than) "
HOW_OFTEN = rf"(?:{ONLY})?(?P<number>{NUMBER}|a single|once|twice)"
COUNTS = re.compile(rf"\b{HOW_OFTEN}\b", re.IGNORECASE)
ALTOGETHER = re.compile(
    r"\b(?:has had|have had|had had|has been|have been|had been|was|were|in total|in all|to date|so far|altogether|overall|only"
    r"|there (?:has|have) been|since|from|between|in the (?:last|past)|this year|in \d{4})\b",
    re.IGNORECASE,
)
"""A sentence with such a word counts what was, and not what is to come."""
TO_COME = re.compile(
    r"\b(?:to be|will|would|should|agree[ds]?|offer(?:s|ed)?|(?<!in )a (?:year|week|month)|per (?:year|week|month)|planned|next"
    r"|allocated|plan"
    r"|entitled|each (?:year|week|month)|package|book(?:ed|s)?"
    r"|up to(?! (?:and including|the (?:end|start|beginning)|this|now|date|today|then|last)\b)|at least|about|around|over"
    r"|more than|some|or more|nearly|almost|approx\w*|maximum|minimum|further|another|other)\b",
    re.IGNORECASE,
)
OF_A_PART = re.compile(
    r"\b(?:this (?:half[- ]?)?term|last term|half[- ]term|this month|last month|this week|last week|recent\w*|last year|autumn"
    r"|spring|summer|winter|year \d|until|before|after|during|while)\b",
    re.IGNORECASE,
)
"""A time that is told too loosely to be counted in."""
OF_SOME = re.compile(
    r"\W{0,2}(?:for|about|of|involving|where|when|due|that|which|without|in which|and)\b", re.IGNORECASE
)
"""Behind what is counted: only some of them are."""
SINCE_BIRTH = re.compile(
    r"\bsince (?:(?:the|his|her|their|\w+['’]s) )?(?:(?:\w+ )?birth|(?:\w+ )?(?:was )?born)\b", re.IGNORECASE
)
SINCE_CHRISTMAS = re.compile(r"\bsince christmas\b", re.IGNORECASE)
THIS_MONTH = re.compile(r"\bthis month\b", re.IGNORECASE)
THIS_YEAR = re.compile(r"\bthis (?:calendar |school |academic )?year\b", re.IGNORECASE)
IN_SO_LONG = re.compile(
    rf"\bin (?:the )?(?:last |past |previous )?(?:(?P<so>{NUMBER}) |a )?(?P<unit>week|month|year)s?\b", re.IGNORECASE
)
LENGTHS = {"week": 7, "month": 31, "year": 366}
SEVERAL = re.compile(r"[,;&+]|\band\b", re.IGNORECASE)
AS_WORDS = {"once": 1, "a single": 1, "twice": 2}
NTH_TIME = re.compile(rf"\b(?:the )?(?P<nth>{ORDINAL}) (?:time|occasion|episode|such) (?=in|since|this)", re.IGNORECASE)
PART_OF = re.compile(
    rf"\b(attended|kept|came to|has attended|been to) {NUMBER} (?:\w+ )?(out )?of (?:the |his |her |their )?{NUMBER}\b(?! hours)",
    re.IGNORECASE,
)
ENDS = ("closure", "discharge", "discharge-summary", "ended", "report")
LEADS = re.compile(rf"{NUMBER} (?:\w+ )?(?P<what>\w+s)\b", re.IGNORECASE)
A_STRETCH = 6
UNKNOWN = 99
"""More than any number told: a row that stands for nobody knows how many."""


@dataclass(frozen=True)
class ToldCount:
    """A row that says how often, the rows that bear it out, and how many events these can stand for, at least and at most."""

    entry: Entry
    what: str
    number: int
    agency: str
    rows: tuple[Entry, ...]
    least: int
    most: int

    @property
    def fits(self) -> bool:
        """True unless the number is surely another."""
        return self.least <= self.number <= self.most


@dataclass(frozen=True)
class Span:
    """The time a sentence counts in: its latest and earliest first day, and its last."""

    surely: date
    perhaps: date
    until: date

    def is_covered(self, agency: str, view: View) -> bool:
        """True if the agency's rows do not begin long after it: what is earlier they cannot show."""
        first = view.extent(agency)[0]
        return first is not None and (first - self.perhaps).days <= LENGTHS["month"]


def told_counts(view: View) -> Iterator[ToldCount]:
    """Every such number of a row, with the rows of the one agency that bear on it."""
    headed = view.kept("rows by their heading", lambda: _headed(view))
    for entry in view.everything:
        if entry.when.start is None or not (COUNTS.search(told(entry)) or NTH_TIME.search(told(entry))):
            continue
        for sentence in sentences(told(entry)):
            if TO_COME.search(sentence.text):
                continue
            yield from _nth_time(entry, sentence, view)
            yield from _share(entry, sentence, view)
            if ALTOGETHER.search(sentence.text):
                by_heading = list(_of_own_headings(entry, sentence, headed, view))
                yield from by_heading or _of_things(entry, sentence, view)


def _of_own_headings(
    entry: Entry, sentence: Sentence, headed: Mapping[str, Mapping[str, list[Entry]]], view: View
) -> Iterator[ToldCount]:
    """Numbers of what the agency's own rows are headed with: '16 stays', where they are headed 'Stay'."""
    low = sentence.text.lower()
    for noun, rows in headed.get(entry.agency, {}).items():
        if len(rows) < 2 or noun not in low:
            continue
        found = re.search(rf"\b{HOW_OFTEN} {re.escape(noun)}(?:e?s)?\b", sentence.text, re.IGNORECASE)
        if found and not OF_SOME.match(sentence.text, found.end()):
            yield from _counted(entry, noun, _how_often(found), sentence, entry.agency, rows, view)


def _headed(view: View) -> Mapping[str, Mapping[str, list[Entry]]]:
    """For each agency the rows that have the same word, or its plural, as the kind of contact."""
    found: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in view.everything:
        kind = entry.fields.get("category", "").strip().lower()
        if kind.isalpha():
            noun = kind[:-1] if kind.endswith("s") and not kind.endswith("ss") else kind
            found[entry.agency][noun].append(entry)
    return found


def _of_things(entry: Entry, sentence: Sentence, view: View) -> Iterator[ToldCount]:
    """Numbers of what agencies of one kind do, by their rows: 'one police call-out since the birth'; or of the agency's own work,
    as it closes: 'seen twice'."""
    for thing in _things():
        found = thing.search(sentence.text)
        if found is None or (thing.at_the_end and not entry.records(*ENDS)):
            continue
        for agency in view.of_kinds(*thing.by, returned=True):
            if (agency == entry.agency) == thing.own:
                rows = [row for row in view.agency(agency) if _bears_out(row, thing)]
                yield from _counted(entry, thing.name, _how_often(found), sentence, agency, rows, view)


def _bears_out(row: Entry, thing: Thing) -> bool:
    if any(event.nature == "meeting" for event in row.events) or (thing.own and row.records(*ENDS)):
        return False
    return row.records(*thing.events) or thing.rows.told_in(told(row))


def _nth_time(entry: Entry, sentence: Sentence, view: View) -> Iterator[ToldCount]:
    """'The fourth time in a month', of an incident that the row tells of: with the rows of the kind in the same return."""
    found = NTH_TIME.search(sentence.text)
    event = next((one for one in entry.events if one.nature == "incident" and one.status == "occurred"), None)
    if not found or event is None:
        return
    kinds = event.type, *COUNTED_WITH.get(event.type, ())
    rows = [row for row in view.recording(*kinds) if row.agency == entry.agency]
    if len(rows) > 1:
        for count in _counted(
            entry, event.type.replace("-", " "), ordinal_value(found["nth"]), sentence, entry.agency, rows, view
        ):
            yield replace(count, least=0, most=count.most + 1)  # with this one


def _share(entry: Entry, sentence: Sentence, view: View) -> Iterator[ToldCount]:
    """'Attended four of six': the agency's own rows must not have more that were missed than the two that are left."""
    found = PART_OF.search(sentence.text)
    if not found:
        return
    part, whole = amount(found[2]), amount(found[4])
    missed = [row for row in view.recording("did-not-attend") if row.agency == entry.agency]
    for count in _counted(entry, "missed", 1, sentence, entry.agency, missed, view):
        if whole >= part:
            yield replace(count, number=whole - part, most=UNKNOWN)


def _counted(
    entry: Entry, what: str, number: int, sentence: Sentence, agency: str, rows: Iterable[Entry], view: View
) -> Iterator[ToldCount]:
    span = _span(entry, sentence, agency, view)
    if span is None:
        return
    near = [
        row for row in rows if row.id != entry.id and view.same_child(row, entry) and not _states_a_total(row, what)
    ]
    perhaps = [
        row
        for row in near
        if not row.when.surely_before(When.of_day(span.perhaps)) and not row.when.surely_after(When.of_day(span.until))
    ]
    surely = [row for row in perhaps if row.when.within(span.surely, span.until) and not date_in_doubt(row)]
    least, most = (sum(_stands_for(row)[side] for row in chosen) for side, chosen in ((0, surely), (1, perhaps)))
    most = most if span.is_covered(agency, view) else UNKNOWN
    if surely:
        yield ToldCount(entry, what, number, agency, tuple(perhaps if number > most else surely), least, most)


def _how_often(found: re.Match[str]) -> int:
    """The number that a match of HOW_OFTEN gives."""
    return AS_WORDS.get(found["number"].lower()) or amount(found["number"])


def _states_a_total(row: Entry, what: str) -> bool:
    """True for another summary, which would count its events twice."""
    return bool(re.search(rf"\b{NUMBER} {re.escape(what)}s\b", told(row), re.IGNORECASE)) and not SEVERAL.search(
        row.when.text
    )


def _stands_for(row: Entry) -> tuple[int, int]:
    """How many events a row stands for, at least and at most: as many as its date has parts or its first words say."""
    start, end = row.when.start, row.when.end
    leads = LEADS.match(row.text)
    if leads and start != end:
        return amount(leads[1]), amount(leads[1])
    parts = sum(any(sign.isdigit() for sign in part) for part in SEVERAL.split(row.when.text))
    if parts > 1:
        return parts, parts
    if start is None or end is None or (end - start).days > A_STRETCH:
        return 1, UNKNOWN
    return 1, 1


def _span(entry: Entry, sentence: Sentence, agency: str, view: View) -> Span | None:
    """The time a sentence counts in, where it can be told; None where it cannot."""
    day, text = entry.when.latest, sentence.text
    if span := _dated_span(entry, text):
        return span
    if first := since_month(text, day):
        return Span(day_after(first, 31), first, day)
    if THIS_MONTH.search(text):
        return Span(day.replace(day=1), day.replace(day=1), day)
    if SINCE_PLACED.search(text):
        placed = last_placed(entry, day, view.timeline)
        return Span(placed, placed, day) if placed else None
    if OF_A_PART.search(text):
        return None
    if SINCE_BIRTH.search(text):
        born = [
            one.dob.start
            for one in view.timeline.case.subjects
            if one.dob and one.dob.start and one.id in entry.subjects
        ]
        return Span(max(born), max(born), day) if born else None
    if SINCE_CHRISTMAS.search(text):
        last = date(day.year - 1, 12, 25)
        return Span(day_after(last, 8), last, day)
    if THIS_YEAR.search(text):
        return Span(date(day.year, 1, 1), day - timedelta(days=366), day)
    if found := IN_SO_LONG.search(text):
        length = (amount(found["so"]) if found["so"] else 1) * LENGTHS[found["unit"].lower()]
        return Span(day - timedelta(days=length - 4), day - timedelta(days=length + 3), day)
    if re.search(r"\b(?:since|from|between|in \d{4})\b", text, re.IGNORECASE):
        return None
    begins = view.extent(agency)[0]
    return Span(begins, begins, day) if begins else None


def _dated_span(entry: Entry, text: str) -> Span | None:
    for mention in entry.dates:
        when = mention.when
        if when.start and when.end and when.precision == "range" and entry.text[mention.begin : mention.end] in text:
            return Span(when.start, when.start, min(when.end, entry.when.latest))
    return None


@dataclass(frozen=True)
class Thing:
    """What one kind of agency does, as others count it, and the words of its own rows."""

    name: str
    by: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    rows: Idea
    events: tuple[str, ...] = ()
    own: bool = False
    at_the_end: bool = False

    def search(self, text: str) -> re.Match[str] | None:
        """The words of a text that count it."""
        return next((found for pattern in self.patterns if (found := pattern.search(text))), None)


@cache
def _things() -> tuple[Thing, ...]:
    told_of: Mapping[str, Mapping[str, Any]] = words_of(FILE)
    return tuple(
        Thing(
            name,
            tuple(each["by"]),
            tuple(re.compile(noun.replace("NUMBER", HOW_OFTEN), re.IGNORECASE) for noun in each["nouns"]),
            idea(f"told_counts: {name}: rows"),
            tuple(each.get("events", ())),
            each.get("own", False),
            each.get("at the end", False),
        )
        for name, each in told_of.items()
    )
