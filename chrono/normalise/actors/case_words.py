"""Every name of one case, with the words of the field: what a text is searched for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from chrono.model import Case, Person
from chrono.normalise.actors.decisions import World
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.known import genitives, label_of, subject_forms
from chrono.normalise.actors.people.roles import Meaning, called, field_words, honorifics, siblings
from chrono.normalise.actors.spans.words import GENDERED
from chrono.normalise.actors.words import folded, tokens

SMALL = frozenset({"and", "of", "the", "for", "in", "at", "s"})
SHORT = 3
"""Names up to this length are abbreviations: their capitals count."""


def lexicon_of(case: Case, world: World) -> Lexicon[Meaning]:
    """The names of the case, then the words of the field, then initials."""
    lexicon: Lexicon[Meaning] = Lexicon()
    for name, meaning, exact in _names(case, world):
        lexicon.add(name, meaning, exact=exact)
    for name, meaning, exact, weak in field_words():
        lexicon.add(name, meaning, exact=exact, weak=weak)
    free = [(letters, who) for letters, who in _initials(case) if not lexicon.longest(tokens(letters), 0)[1]]
    for letters, who in free:
        lexicon.add(letters, who, exact=True)
    return lexicon


def _names(case: Case, world: World) -> Iterator[tuple[str, Meaning, bool]]:
    for subject in case.subjects:
        yield from (
            (form, Meaning("subject", subject.id, called=siblings()), exact) for form, exact in subject_forms(subject)
        )
        yield from ((form, Meaning("owner", subject.id), True) for form in genitives(subject))
    for agency in case.agencies:
        for form in (agency.name, *agency.aliases):
            yield form, Meaning("agency", agency.id), len(form) <= SHORT
        if agency.id.isalpha() and len(agency.id) >= SHORT:
            yield agency.id.upper(), Meaning("agency", agency.id), True
        yield from ((place.title(), Meaning("place", place), True) for place in world.naming.places[agency.id])
    yield from _initials_of_agencies(case, world)
    yield from _of_others(world)
    for known in world.people:
        meaning = Meaning("person", known.id, called=called(known.relations) | known.roles)
        firsts = [first] if (first := _first_name(known.person, case)) else []
        for form in (known.person.name, re.split(r"[,(]", known.person.name)[0], *known.person.aliases, *firsts):
            if _is_label_of_its_own(form, known.person) or not _is_field_word(form):
                yield form, meaning, len(form) <= SHORT or form in firsts


def _of_others(world: World) -> Iterator[tuple[str, Meaning, bool]]:
    """Whom the case calls 'brother of step-father' is meant by "step-dad's brother", and so by every name of the step-father."""
    for known in world.people:
        relation, _, whose = re.split(r"[,(]", known.person.role)[0].strip().partition(" of ")
        others = world.aliases.get(folded(whose.removeprefix("the ")), ()) if whose else ()
        for other in others if len(others) == 1 else ():
            for form in (other.person.name, *other.person.aliases):
                yield f"{form}'s {relation}", Meaning("person", known.id), False


def _initials_of_agencies(case: Case, world: World) -> Iterator[tuple[str, Meaning, bool]]:
    """'EH' for Northshire Early Help: with the place or without it, where they are no other's and no word of the field."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for agency in case.agencies:
        words = [word for word in tokens(re.split(r"[,(]", agency.name)[0]) if word.low not in SMALL]
        for kept in (words, [word for word in words if word.low not in world.naming.places[agency.id]]):
            if len(kept) >= 2 and all(word.raw[0].isupper() for word in kept):
                bearers["".join(word.raw[0] for word in kept)].add(agency.id)
    for form, ids in sorted(bearers.items()):
        if len(ids) == 1 and _may_be_initials(form, world.kinds[min(ids)]):
            yield form, Meaning("agency", min(ids)), True


def _may_be_initials(form: str, kind: str) -> bool:
    """True for capitals that nobody else's words mean; two of them only if the field knows them for such a service."""
    meant = _field().longest(tokens(form), 0)[1]
    return all(one.weak and one.meaning.service and one.meaning.service.kind == kind for one in meant) and (
        len(form) >= SHORT or bool(meant)
    )


def _first_name(person: Person, case: Case) -> str:
    """The first name of somebody with a real name, where nobody else in case.yaml has a name with this word."""
    words = tokens(person.name)
    if len(words) != 2 or len(words[0].raw) < SHORT or not _is_real(person.name) or words[0].raw in honorifics():
        return ""
    children = [name for child in case.subjects for name in (child.name, *child.aliases)]
    adults = [name for other in case.people if other is not person for name in (other.name, *other.aliases)]
    others = {word.low for name in (*children, *adults) for word in tokens(name)}
    return "" if words[0].low in others else words[0].raw


def _is_label_of_its_own(form: str, person: Person) -> bool:
    """True for the label by which the case calls somebody: its 'MW' is that mother, not a midwife."""
    return form == person.name and form.isupper()


@lru_cache(maxsize=1)
def _field() -> Lexicon[Meaning]:
    lexicon: Lexicon[Meaning] = Lexicon()
    for name, meaning, exact, weak in field_words():
        lexicon.add(name, meaning, exact=exact, weak=weak)
    return lexicon


def _is_field_word(form: str) -> bool:
    """True for 'mother' or 'DSL': words that mean the case's person only where the row allows it. Capitals that are read as
    somebody in few places only ('MO', 'BF') mean whom the case says, and so do 'son' and 'daughter'."""
    words = tokens(form)
    if folded(form) in GENDERED:
        return False
    end, forms = _field().longest(words, 0)
    return end == len(words) and any(not one.weak and one.meaning.sense != "service" for one in forms)


def _initials(case: Case) -> Iterator[tuple[str, Meaning]]:
    """The initials of children with real names, as 'L' and 'LB'; whoever shares them is yielded too, so that nobody
    is taken for another."""
    children = {subject.id: subject.name for subject in case.subjects if _is_real(subject.name)}
    others = {person.id: person.name for person in case.people if _is_real(person.name)}
    bearers: dict[str, list[str]] = defaultdict(list)
    for id_, name in (*children.items(), *others.items()):
        letters = "".join(word.raw[0] for word in tokens(name))
        for form in {letters[0], letters}:
            bearers[form].append(id_)
    for form, ids in sorted(bearers.items()):
        if children.keys() & set(ids):
            yield from ((form, Meaning("initial", id_)) for id_ in ids)


def _is_real(name: str) -> bool:
    words = tokens(name)
    return (
        bool(words)
        and all(word.raw.istitle() for word in words)
        and not label_of(name)
        and not any(_field().within(name))
    )
