"""What case.yaml says of each person: relation to which child, role, number, agency, when they had the role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from chrono.model import Case, Person, Subject
from chrono.normalise.actors.agencies.naming import Naming, naming_of
from chrono.normalise.actors.agencies.services import kind_of_agency
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.roles import Meaning, kinds_of, own_only, role_words, services_of, sexes
from chrono.normalise.actors.words import Token, folded, tokens

INITIALS = 3
"""Capitals up to this number are initials, also written 'C.R.'."""
CHILDREN = frozenset({"child", "baby", "pupil", "student", "patient", "subject", "person", "yp"})
CHILD_WORDS = ("child", "young person", "YP", "pupil", "student", "patient")
OF_A_COUPLE = frozenset({"partner", "husband", "wife", "boyfriend", "girlfriend"})
"""Relations that are not to the child."""
AWAY = re.compile(
    r"\b(separated|estranged|deceased|died|absent|abroad|prison|no contact|lives elsewhere)\b", re.IGNORECASE
)
BOTH = re.compile(r"\b(?:both|all|the) (?:\w+ )?(?:boys|girls|sons|daughters|brothers|sisters)\b", re.IGNORECASE)
MONTHS = {
    m: n
    for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
DATED = re.compile(
    r"\b(?:(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?\s*)?((?:19|20)\d\d)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the case, as what is written of them can be compared with a row."""

    person: Person
    relations: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    """Of whom they are a relation or for whom they work; empty if the case does not say."""
    roles: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    agency: str = ""
    first: date | None = None
    last: date | None = None
    away: bool = False
    """Said to live elsewhere or to have died."""

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id

    def active(self, first: date | None, last: date | None) -> bool:
        """False if the case gives their time in the role and the row surely lies outside it."""
        return not ((self.last and first and first > self.last) or (self.first and last and last < self.first))


def subject_forms(subject: Subject) -> Iterator[tuple[str, bool]]:
    """Every way to write a child of the case: the form, and whether its capitals count.

    'Child K' is also YP K, Pupil K and K; 'Lucy Brown' also Lucy.
    """
    for name in (subject.name, *subject.aliases):
        yield name, len(name) <= 4 or name.isupper()
        if name.isalpha() and name.isupper() and 1 < len(name) <= INITIALS:
            yield " ".join(name), True
        label = label_of(name)
        if label:
            yield from ((f"{word} {label}", False) for word in CHILD_WORDS)
            if label.isalpha():
                yield label, True
        elif " " in name.strip() and name.split()[0].lower().rstrip(".") not in ("the", "mr", "miss", "ms"):
            yield name.split()[0], True


def genitives(subject: Subject) -> Iterator[str]:
    """A child's first name with an s, as it is written without an apostrophe: 'Mayas' in 'Mayas dad'."""
    for form, _ in subject_forms(subject):
        if form.isalpha() and form.istitle() and len(form) > INITIALS and not form.endswith("s"):
            yield f"{form}s"


def label_of(name: str) -> str:
    """The letter or number that tells a child apart: 'K' of 'Child K', '1' of 'YP1'; '' for a real name."""
    words = tokens(name)
    label = words[-1].raw if len(words) > 1 else ""
    head = " ".join(word.low for word in words[:-1])
    return label if head in {folded(word) for word in CHILD_WORDS} and (len(label) == 1 or label.isdigit()) else ""


def known_people(case: Case) -> tuple[Known, ...]:
    """Everybody the case names apart from the children."""
    lexicon: Lexicon[Meaning] = Lexicon()
    for subject in case.subjects:
        for form, exact in subject_forms(subject):
            lexicon.add(form, Meaning("subject", subject.id), exact=exact)
    return tuple(_known(person, case, lexicon) for person in case.people)


def sexes_of(case: Case) -> dict[str, str]:
    """The children whom the case calls 'Brother A' or 'elder son', or all of them where somebody is 'mother of both
    girls': 'his' or 'her'."""
    said = {subject.id: (subject.name, *subject.aliases) for subject in case.subjects}
    of_all = [person.role for person in case.people if BOTH.search(person.role)]
    told = {id_: _sexes_in(forms) or _sexes_in(of_all) for id_, forms in said.items()}
    return {id_: found.pop() for id_, found in told.items() if len(found) == 1}


def _sexes_in(texts: Iterable[str]) -> set[str]:
    words_ = {word.low for text in texts for word in tokens(text)}
    return {sex for sex, words in sexes().items() if words_ & words}


def _known(person: Person, case: Case, children: Lexicon[Meaning]) -> Known:
    named = (person.name, *person.aliases)
    senses = [meaning for name in named for meaning in _said_of(name, children)]
    relations = {m.of for m in senses if m.sense == "relation"}
    roles = {m.of for text in (*named, person.role) for m in _every_sense(text) if m.sense == "role"}
    if relations <= OF_A_COUPLE:  # who is called 'partner' may be the child's father all the same
        said = (person.role.split(",")[0], person.id.replace("-", " "))
        relations |= next(
            filter(None, ({m.of for m in _said_of(text, children) if m.sense == "relation"} for text in said)), set()
        )
    subjects = {
        form.meaning.of for text in (*named, person.role) for _, forms in children.within(text) for form in forms
    }
    first, last = period_of(f"{person.name}; {person.role}")
    return Known(
        person,
        frozenset(relations),
        frozenset(subjects) if len(case.subjects) > 1 else frozenset(s.id for s in case.subjects),
        frozenset(roles - own_only()),
        frozenset(_numbers(named)),
        _agency(person, roles, naming_of(case)),
        first,
        last,
        bool(AWAY.search(person.role)),
    )


def _every_sense(text: str) -> Iterator[Meaning]:
    for _, forms in role_words().within(text):
        yield from (form.meaning for form in forms)


def _said_of(text: str, children: Lexicon[Meaning]) -> tuple[Meaning, ...]:
    """What a name or role says at its beginning, behind a child's name: 'mother' of 'K's mother', 'Mother of Child A'; nothing
    behind somebody else's."""
    words = tokens(text)
    for place in range(len(words)):
        end, forms = role_words().longest(words, place)
        following = words[end].low if end < len(words) else ""
        owned = place > 0 and words[place - 1].owns and _is_a_childs(text[: words[place].begin], children)
        before_owned = place == 0 or owned or text[words[place].begin - 1] in "(,"
        if forms and before_owned and following in ("", "of", "to", "and", "separated", "or"):
            return tuple(form.meaning for form in forms)
    return ()


def _is_a_childs(owner: str, children: Lexicon[Meaning]) -> bool:
    """True for "Child K's", "the pupil's"."""
    return any(children.within(owner)) or tokens(owner)[-1].low in CHILDREN


def _numbers(names: Iterable[str]) -> Iterator[str]:
    """The numbers behind roles in somebody's names: '2' of 'SW2' and of 'YOS case manager 2'."""
    for name in names:
        words = tokens(name)
        for place in range(len(words)):
            end, forms = role_words().longest(words, place)
            if forms and end < len(words) and is_number(words, end):
                yield words[end].raw.upper()


def is_number(words: list[Token], place: int) -> bool:
    """True if the word at `place` is a number or letter that goes with the word before: 'SW2', 'Social Worker B'."""
    word = words[place]
    gap = word.begin - words[place - 1].end
    if word.raw.isdigit():
        return gap <= 1 and len(word.raw) <= 5
    return gap == 1 and len(word.raw) == 1 and word.raw.isupper() and word.raw != "I" and not word.owns


def _agency(person: Person, roles: set[str], naming: Naming) -> str:
    """The agency of the case that somebody works for, as far as name and role tell."""
    said = f" {' | '.join(folded(text) for text in (person.name, *person.aliases, person.role))} "
    named = {f" {folded(form)} ": a.id for a in naming.agencies for form in (a.name, *a.aliases) if len(form) > 2}
    told = [form for form in named if form in said]
    outer = {named[form] for form in told if not any(form != longer and form in longer for longer in told)}
    if len(outer) == 1:
        return outer.pop()
    kinds = {kind for role in roles for kind in kinds_of(role)[:1]}
    likely = [agency for agency in naming.agencies if kind_of_agency(agency) in kinds]
    placed = [agency for agency in likely if any(f" {place} " in said for place in naming.places[agency.id])]
    giving = naming.giving(likely, (service for role in roles for service in services_of(role)))
    for group in (placed, giving, [agency for agency in likely if agency.asked], likely):
        if len(group) == 1:
            return group[0].id
    return ""


def period_of(role: str) -> tuple[date | None, date | None]:
    """The first and last day somebody had a role, from words like 'July to Sept 2018', 'from May 2019', '2018'."""
    found = [(m.group(1), m.group(2)) for m in DATED.finditer(role) if m.group(1) or m.group(2)]
    years = [year for _, year in found if year]
    if not years:
        return None, None
    firsts = [_month(month, year or years[0]) for month, year in found]
    lasts = [_end(month, year or years[0]) for month, year in found]
    open_ended = re.search(r"\b(from|since)\b", role, re.IGNORECASE) and len(found) == 1
    closed_only = re.search(r"\b(until|up to)\b", role, re.IGNORECASE) and len(found) == 1
    return (None if closed_only else min(firsts)), (None if open_ended else max(lasts))


def _month(month: str | None, year: str) -> date:
    return date(int(year), MONTHS[month[:3].lower()] if month else 1, 1)


def _end(month: str | None, year: str) -> date:
    return _month(month, year) + (relativedelta(months=1) if month else relativedelta(years=1)) - relativedelta(days=1)
