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

NAME = r"[A-Z][a-z]{2,}(?:['’-][A-Z]?[a-z]+)?"
INITIALS = r"[A-Z]\.?[A-Z]\.?"
LIKE_A_CHILD = (
    "was|is|has (?:been|made|had)|likes?|liked|loves?|loved|enjoy\\w*|wants?|wanted|feels?|felt|seem\\w*|appear\\w*|looks?|looked"
    "|presents?|unsettled|settled|settling|upset|tearful|quiet|walking|talking|crawling|babbling|smiling|clung|cries|cried|crying"
    "|fails?|failed|did|didn't|does|doesn't|won't|would|refus\\w*|struggl\\w*|miss\\w*|absent|late|away|ran|fell|hit|hurt|bit"
    "|conveyed|in (?:isolation|detention|class)|made|makes|achiev\\w*|poorly|unwell|ill|sleep\\w*|eating|eats|disclosed|denie[sd]"
    "|now \\d|turned|remains?|continues?|had|has|got|gets|follows|followed|tracks|tracked|takes|took|weighs|weighed"
    "|measures|drinks|feeds|eats|ate|sits|sat|stands|rolls|rolled|crawls|walks|walked|smiles|smiled|babbles|plays"
    "|played|slept|wakes|woke|naps|gains|gained|grows|thrives|reaches|reached|responds|responded|arrives|arrived"
    "|came|comes|stays|stayed|brings|brought|wears|wore|shares|joins|joined|speaks|spoke|reads|writes|needs|needed"
    "|lost|loses|complain\\w*"
)
MET = (
    "(?i:spoke|talked|chatted|talk|chat|met|sat|session|meeting|visit|review|call|contact|assessment|report|letter|e-?mail|1:1"
    "|home visit|appointment|saw|seen|see|worked|work|time|check|referral|concerns?|update|news|worr\\w+|minutes|file|notes"
    "|charts?|routines?|games?|books?|worksheets?|activit\\w+|stor(?:y|ies)"
    "|timetables?|diar(?:y|ies)|targets?|goals?|strateg\\w+|boundaries)"
)
"""What one does or writes with or about a child, before the name."""
OF_THE_CHILD = re.compile(
    r"\b(?:he|she|his|him|her|hers|mum|mother|dad|father|parents?|carers?|foster|nan|gran|school|nursery|class|brother|sister|isolation|detention|home)\b"
    r"|\b(?:centiles?|feeds?|feeding|fed|weaning|bottles?|breast\w*|formula|milk|nappy|nappies|naps?|cot|weight|weighed|growth|milestones?"
    r"|immunisations?|imms|jabs|crawling|rolling|babbling|teething|key ?worker|register|lessons?|homework|uniform|playtime)\b"
    r"|,? (?:aged )?\(?\d{1,2}\)?[,.; )]"
)
"""What a row about a child says besides the name: whose the name is, or how old."""
AS_A_CHILD = re.compile(rf"(?:^|[.;:!?]\s+)({NAME}),? (?:{LIKE_A_CHILD})\b")
ABOUT = re.compile(
    rf"\b{MET}(?: (?:it |this |them |things )?(?:over|through|about it))?"
    rf" (?:to|with|for|about|re|regarding|of|at|on|from) ({NAME})(?=[ .,;:']|$)|\b(?i:saw|seen|met) ({NAME})(?=[ .,;:]|$)"
)
LABELLED = re.compile(r"\b((?:YP|Child|Subject|Young [Pp]erson|Baby) ?(?:\d|[A-Z]))(?![\w'’])")
"""A label of the kind that terms of reference give to children."""
AGED = re.compile(
    rf"(?:^|[.;:!?] |\b(?:for|of|re|to|with|about|on|and|child|pupil|patient|boy|girl|daughter|son) )({NAME}),? "
    r"(?:aged )?\(?(?:[1-9]|1[0-7])(?: ?(?:yrs?|years?|y/?o|months?|mths?))?\)?(?=[,.;: )])"
)
FAMILY = re.compile(rf"\b(?:the|re|Re|RE) ({NAME}) (?:children|family|siblings|boys|girls|twins|kids|household)\b")
OF_A_CHILD = (
    "attendance|weight|height|behaviour|school|class|teacher|mum|mother|dad|father|parents|carers?|gran|grandmother|home|report"
    "|review|plan|ehcp|assessment|appointment|appt|jabs|imms|immunisations?|bruise|injury|arm|leg|head|birthday|progress|place"
    "|placement|medication|inhaler|referral|absence|detention|exclusion|case|file|notes|bail|order|hearing|wrist|asthma|sw"
    "|social worker|pep|iha|midwife|hv|health visitor|key ?worker|bottle|nappy|cot|sleep|feeds?|feeding"
    "|red book|pchr|(?:health|child health|medical) records?|growth chart|weight chart|centiles?|nhs number|upn|eczema|allerg\\w+"
    "|speech|hearing(?: test)?|reading|homework|uniform|coat|book ?bag|lunch ?box|peg|learning journey|foster carers?|genogram"
    "|chronology|care plan|pathway plan|passport|birth certificate|body map|teeth|dentist"
)
DONE = (
    "weighed|seen|attended|attends|absent|excluded|arrived|presented|admitted|discharged|collected|brought|missing|reported|found"
    "|arrested|interviewed|spoken|referred|allocated|placed|moved|starts|started|settled|refused|told|says|said"
    "|visited|immunised|vaccinated|measured|tearful"
)
INITIALLED = re.compile(
    rf"(?:^|[.;:]\s+|\b(?:re|Re|with|for|saw|of|on|about) )({INITIALS})"
    rf"(?:['’]s (?:{OF_A_CHILD})| \(?(?:[1-9]|1[0-7])\)?[,.;) ]|,? (?:{DONE})\b)"
)
POSSESSIVE = re.compile(rf"\b({NAME})['’]s\s+(?:[a-z]+\s+){{0,1}}(?:{OF_A_CHILD})\b")
ACTING = re.compile(
    rf"(?:^|[.;:]\s+|\b(?:re|Re|RE|with|for|saw|of)\s+)({NAME})(?:,? (?:aged? )?\(?\d{{1,2}}\)?)?,?\s+(?:{DONE})\b"
)
OWNING = re.compile(rf"(?:^|[.;:!?]\s+)({NAME})['’]s\s+[a-z]{{2,}}\s+[a-z]")
"""At the head of a sentence: something of theirs, whatever it is ("Kim's coat was found")."""
WITH_KIN = re.compile(
    rf"(?:^|[.;:!?]\s+|\b(?i:with|for|saw|met) )({NAME}),? (?:and|with) (?:his |her |their )?"
    r"(?i:mum|mummy|mother|dad|daddy|father|nan|gran|carer|foster carer)\b"
)
"""Somebody beside a parent or carer; of a child only where the row tells of a child's things."""
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
NAMING = re.compile(r"\b(?:(?:YP|Child|Subject|Young [Pp]erson|Baby) ?(?:\d|[A-Z])|[A-Z]\.?[A-Z]|[A-Z][a-z]{2,})\b")
"""A word with a capital, a child's label, two initials: what may be a name."""


NEAR = 20
"""Letters around a name within which the row says who it is."""


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
    named_in = [set(NAMING.findall(told(entry))) for entry in timeline.entries]
    rows_with = Counter(word for words in named_in for word in words)
    once = {word for word, rows in rows_with.items() if rows == 1 and word.casefold() not in known}
    for entry, named in zip(timeline.entries, named_in, strict=True):
        strange = not once.isdisjoint(named)
        words = _strange_birth(entry, timeline) or (_strange_name(entry, known, rows_with) if strange else "")
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
    small = SMALL.findall("\n".join(map(told, timeline.entries)))
    return (
        frozenset(word.casefold() for name in named for word in (name, *re.findall(r"[\w'’]+", name)))
        | frozenset(small)
        | words_of_the_field()
    )


def _strange_name(entry: Entry, known: frozenset[str], rows_with: Counter[str]) -> str:
    text = entry.text
    for pattern in _patterns(entry):
        for found in pattern.finditer(text):
            name = next(group for group in found.groups() if group)
            begin, end = found.span(found.lastindex or 1)
            of_staff = TITLE.search(text[:begin]) or STAFF.match(text, end)
            after = "" if pattern is POSSESSIVE else text[end : end + NEAR]
            introduced = any(tells("introduced_as", part) for part in (text[max(0, begin - NEAR) : begin], after))
            known_here = name.casefold() in known or tells("no_name", name) or name.endswith(("ed", "ing"))
            if not (known_here or of_staff or introduced) and rows_with[name.rstrip(".")] <= 1:
                return name
    return ""


def _patterns(entry: Entry) -> Iterator[re.Pattern[str]]:
    yield from (POSSESSIVE, FOR, FAMILY, LABELLED, INITIALLED)
    if not _text_names_a_child(entry):
        yield from (ACTING, AGED, OWNING)
        if OF_THE_CHILD.search(entry.text):
            yield from (AS_A_CHILD, ABOUT)
        if tells("things_of_a_child", entry.text):
            yield WITH_KIN


def _text_names_a_child(entry: Entry) -> bool:
    """True if the text itself names a child of the case: that a column says whose file it is does not tell whose row it is."""
    return any(mention.kind == "subject" and mention.text and mention.column == "text" for mention in entry.mentions)


def _strange_birth(entry: Entry, timeline: Timeline) -> str:
    """The date of birth that a row gives, if it is none of the case's and the case gives all of them."""
    births = [subject.dob for subject in timeline.case.subjects]
    found = BORN.search(told(entry)) if tells("birth_word", told(entry)) else None
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
