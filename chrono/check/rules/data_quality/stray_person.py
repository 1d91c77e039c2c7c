"""A name in a row that belongs to nobody of the case: perhaps a row of another child's file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells, words_of_the_field
from chrono.model import Agency, Entry, Finding, Person, Subject, Timeline, When

NAME = r"[A-Z][a-z]{2,}(?:['’-][A-Z]?[a-z]{2,})?"
OF_A_CHILD = (
    "attendance|weight|height|behaviour|school|class|teacher|mum|mother|dad|father|parents|carers?|gran|grandmother|home|report"
    "|review|plan|ehcp|assessment|appointment|appt|jabs|imms|immunisations?|bruise|injury|arm|leg|head|birthday|progress|place"
    "|placement|medication|inhaler|referral|absence|detention|exclusion|case|file|notes|bail|order|hearing|wrist|asthma|sw"
    "|social worker|pep|iha|midwife|hv|health visitor|key ?worker|bottle|nappy|cot|sleep|feeds?|feeding"
)
DONE = (
    "weighed|seen|attended|attends|absent|excluded|arrived|presented|admitted|discharged|collected|brought|missing|reported|found"
    "|arrested|interviewed|spoken|referred|allocated|placed|moved|starts|started|settled|refused|told|says|said"
    "|visited|immunised|vaccinated|measured|tearful"
)
POSSESSIVE = re.compile(rf"\b({NAME})['’]s\s+(?:[a-z]+\s+){{0,1}}(?:{OF_A_CHILD})\b")
ACTING = re.compile(
    rf"(?:^|[.;:]\s+|\b(?:re|Re|RE|with|for|saw|of)\s+)({NAME})(?:,? (?:aged? )?\(?\d{{1,2}}\)?)?,?\s+(?:{DONE})\b"
)
FOR = re.compile(
    rf"\b(?:re|RE|Re|Pt|pt|patient|Patient|pupil|Pupil|subject|Subject|child|Child|client|Client)\s*:?\s+({NAME})\b"
)
BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|date of birth)\W{0,3}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b", re.IGNORECASE
)
TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|PC|DS|DC|DI|Sgt|Insp|PCSO|Nurse|Sister|SW|SSW|HV|SN|TA|DSL|HoY|IRO|CPN|teacher|tutor|worker|midwife"
    r"|officer|manager|mentor|counsellor|by)\.? $"
)
STAFF = re.compile(
    r" ?(?:\(|, )?(?:[a-z]+ )?(?:teacher|tutor|nurse|worker|midwife|officer|manager|mentor|counsellor|TA|SW|HV|SN|DSL)\b"
)
SMALL = re.compile(r"\b[a-z]{3,}\b")
CAPITAL = re.compile(r"\b[A-Z][a-z]{2,}\b")


@rule("D44", needs="reading", severity="low")
def stray_person(timeline: Timeline) -> Iterator[Finding]:
    """A name or a date of birth that is nobody's of the case stands where the child's would.

    Finds: a row that names no child of the case, and tells of somebody as of the child ("Kim's attendance", "Kim weighed"),
    by a name that stands in no other row and nowhere in the case; a row with a date of birth that is no child's of the case,
    given as that of the patient or pupil.
    Why it matters: the row may be of another child's file. That it is here is a matter of privacy as well.
    Stays silent when: the person is introduced as a friend, a relative or staff; the name stands in other rows too.
    """
    known = _known_words(timeline)
    rows_with = Counter(word for entry in timeline.entries for word in set(CAPITAL.findall(told(entry))))
    for entry in timeline.entries:
        words = _strange_birth(entry, timeline) or _strange_name(entry, known, rows_with)
        if words:
            yield Finding(
                f"{entry.source}: {quoted(words, 40)} is nobody of the case",
                cites=(entry.source,),
                explanation=f"{says(entry)} {quoted(words, 40)} stands in no other row, and the case names nobody so.",
                settle=ask(timeline, (entry.agency,), "whose record this row is from, and whether it belongs here"),
                agencies=(entry.agency,),
                period=facts([entry]),
                certainty="possible",
                column="text",
            )


def _known_words(timeline: Timeline) -> frozenset[str]:
    """Words that are no stranger's name: names of the case, and words that the returns also write small."""
    case = timeline.case
    of_the_case: tuple[Subject | Person | Agency, ...] = (*case.subjects, *case.people, *case.agencies)
    named = [name for one in of_the_case for name in (one.name, *one.aliases)]
    small = {word for entry in timeline.entries for word in SMALL.findall(told(entry))}
    return (
        frozenset(word.casefold() for name in named for word in re.findall(r"[\w'’]+", name))
        | small
        | words_of_the_field()
    )


def _strange_name(entry: Entry, known: frozenset[str], rows_with: Counter[str]) -> str:
    text = entry.text
    if tells("introduced_as", text):
        return ""
    for pattern in (POSSESSIVE, FOR) if _names_a_child(entry) else (POSSESSIVE, FOR, ACTING):
        for found in pattern.finditer(text):
            name = found.group(1)
            of_staff = TITLE.search(text[: found.start(1)]) or STAFF.match(text, found.end(1))
            if (
                name.casefold() not in known
                and not name.endswith(("ed", "ing"))
                and rows_with[name] <= 1
                and not of_staff
                and not tells("no_name", name)
            ):
                return name
    return ""


def _names_a_child(entry: Entry) -> bool:
    """True if the row itself names a child of the case."""
    return any(mention.kind == "subject" and mention.text for mention in entry.mentions)


def _strange_birth(entry: Entry, timeline: Timeline) -> str:
    """The date of birth that a row gives, if it is none of the case's and the case gives all of them."""
    births = [subject.dob for subject in timeline.case.subjects]
    found = BORN.search(told(entry))
    if not found or not all(births) or tells("introduced_as", told(entry)):
        return ""
    day, month, year = (int(part) for part in found.groups())
    return "" if any(_may_be(one, day, month, year) for one in births if one) else found.group()


def _may_be(when: When, day: int, month: int, year: int) -> bool:
    """True unless two of day, month and year differ: one may be a slip."""
    if when.start is None or when.start != when.end:
        return True
    own = when.start
    return ((own.day == day) + (own.month == month) + (own.year % 100 == year % 100)) >= 2
