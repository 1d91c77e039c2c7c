"""Which professional is meant by a role, a number, an agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chrono.model import Agency
from chrono.normalise.actors.agencies.which_agency import which_agency
from chrono.normalise.actors.decisions import Decision, Question, Setting, is_person
from chrono.normalise.actors.people.known import Known
from chrono.normalise.actors.people.roles import kinds_of, own_only, services_of
from chrono.normalise.actors.spans import Span
from chrono.normalise.actors.words import folded, slug


def worker(question: Question) -> tuple[Decision, ...]:
    """The person of the case who has this role and number; else the holder of the role at its agency. Nobody for a role
    too general to be told: an 'officer' in a school's return."""
    agency = _employer(question)
    if question.span.tail and not _has_such_workers(agency, question):
        question = replace(question, span=question.span._replace(holder=None, tail=0))
        agency = _employer(question)
    if agency is None and {meaning.of for meaning in question.span.of("role")} & own_only():
        return ()
    return (_worker(question, agency),)


def _has_such_workers(agency: Agency | None, question: Question) -> bool:
    """False for 'social worker at school': there she only was."""
    kinds = {kind for meaning in question.span.of("role") for kind in kinds_of(meaning.of)}
    return agency is not None and (not kinds or question.world.kinds[agency.id] in kinds)


def _worker(question: Question, agency: Agency | None) -> Decision:
    candidates = [known for known in question.world.people if _may_be(known, agency, question)]
    if question.span.number:
        numbered = [known for known in candidates if question.span.number in known.numbers]
        if len(numbered) == 1:
            return is_person(numbered[0], "role and number", sure=_at(agency, numbered[0]))
        return question.several(numbered) if numbered else _holder_of(question, agency)
    return _by_role(question, candidates, agency)


def _by_role(question: Question, candidates: Sequence[Known], agency: Agency | None) -> Decision:
    aliased = [known for known in candidates if _is_named(known, question)]
    active = [known for known in candidates if known.active(question.setting.first, question.setting.last)]
    if len(aliased) == 1:
        return is_person(aliased[0], "a name in case.yaml")
    for group in (active, candidates):
        if len(group) == 1:
            known = group[0]
            sure = agency is not None and known.agency == agency.id and not known.numbers
            return is_person(known, _how(known, question), sure=sure)
    return question.several(candidates) if candidates else _holder_of(question, agency)


def _how(known: Known, question: Question) -> str:
    place = question.world.agencies.get(known.agency)
    return f"the only one of the case with this role{f' at {place.name}' if place else ''}"


def _is_named(known: Known, question: Question) -> bool:
    return known in question.world.aliases.get(folded(question.text), ())


def _at(agency: Agency | None, known: Known) -> bool:
    return agency is None or known.agency in ("", agency.id)


# ------------------------------------------------------------------------------------------------ who can be meant


def _employer(question: Question) -> Agency | None:
    """The agency somebody with this role works for: as said beside the role, else the return's, else the only one that
    has such workers."""
    roles = sorted(meaning.of for meaning in question.span.of("role"))
    kinds = [kind for role in roles for kind in kinds_of(role)]
    world, own = question.world, question.own
    if question.span.holder:
        return _held_by(question.span.holder, kinds, question)
    if own and (world.kinds[own.id] in kinds or not roles):
        return own
    offered = [] if set(roles) & own_only() else world.of_kind(kinds)
    giving = world.naming.giving(offered, (service for role in roles for service in services_of(role)))
    asked = [agency for agency in offered if agency.asked]
    return next((group[0] for group in (offered, giving, asked) if len(group) == 1), None)


def _held_by(holder: Span, kinds: Sequence[str], question: Question) -> Agency | None:
    world = question.world
    if not holder.has("place"):
        setting = Setting(question.setting.file, question.setting.agency)
        return world.agencies.get(which_agency(Question(holder, question.text, setting, world)).actor)
    places = {meaning.of for meaning in holder.of("place")}
    there = [agency for agency in world.case.agencies if world.naming.places[agency.id] & places]
    return next((agency for kind in kinds for agency in there if world.kinds[agency.id] == kind), None)


def _may_be(known: Known, agency: Agency | None, question: Question) -> bool:
    """True if this person has the role, for a child of the row, and does not work for some other agency."""
    roles = {meaning.of for meaning in question.span.of("role")}
    subjects = set(question.setting.subjects)
    has_role = bool(known.roles & roles) or _is_named(known, question)
    for_child = not known.subjects or not subjects or bool(known.subjects & subjects)
    return has_role and for_child and not _works_elsewhere(known, agency, question)


def _works_elsewhere(known: Known, agency: Agency | None, question: Question) -> bool:
    """True if the words, or the return they stand in, rule out the agency this person works for. An agency that was
    not asked has no return of its own, so others' returns speak of its workers."""
    world, own = question.world, question.own
    place = world.agencies.get(known.agency)
    if not place:
        return False
    if holder := question.span.holder:
        there = {meaning.of for meaning in holder.of("place")}
        return place != agency and not (there & world.naming.places[place.id])
    if own and place != own and world.kinds[place.id] == world.kinds[own.id]:
        return place.asked
    return agency is not None and place != agency and not _is_named(known, question)


def _holder_of(question: Question, agency: Agency | None) -> Decision:
    """Somebody of whom only the role is known: the holder of that role at an agency. Numbers are each return's own:
    SW2 of one may be another's Social Worker B."""
    number, text = question.span.number, question.text
    how = "role and number; not in case.yaml" if number else "role only: the row does not say who"
    if question.span.holder and not agency:
        return Decision(f"{question.place}-{slug(text)}", "role", text, how)
    role = min((meaning.of for meaning in question.span.of("role")), default=folded(text.split()[-1]))
    place = question.place if number or not agency else agency.id
    title = f"{role[:1].upper()}{role[1:]}{f' {number}' if number else ''}"
    name = f"{title}, {agency.name}" if agency else title
    id_ = "-".join(part for part in (place, slug(role), number.lower()) if part)
    return Decision(id_, "role", name, how, role=role, agency=agency.id if agency else "")
