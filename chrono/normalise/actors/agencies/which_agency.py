"""Which agency a word for a service means: the one it names, the one whose return it stands in, or the only one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chrono.model import Agency
from chrono.normalise.actors.agencies.naming import NUMBERED
from chrono.normalise.actors.agencies.services import Service, kind_of
from chrono.normalise.actors.decisions import STATED, Decision, Question, World, is_agency
from chrono.normalise.actors.words import slug

AREA_WIDE = frozenset({"police", "social-care", "youth-justice", "education", "early-help", "housing", "mental-health"})
"""Kinds of which a family mostly has one: where several could be meant, the one nearest home is taken, as not sure."""
NOT_OF_THE_CASE = "named in the row; not an agency of the case"


def which_agency(question: Question) -> Decision:
    """The agency a span means. Its own words count first, then whose return it stands in, then what the case has."""
    span, world, own = question.span, question.world, question.own
    services = [meaning.service for meaning in span.of("service") if meaning.service]
    stated = [world.agencies[id_] for id_ in dict.fromkeys(meaning.of for meaning in span.of("agency"))]
    if span.number and all(world.kinds[agency.id] in NUMBERED for agency in stated):
        return _another(question.text, services)  # 'School 2', where the case calls another one 'the school'
    if span.holder and span.holder.has("place"):
        return _there(question, stated, services)
    general = [service for service in services if not service.organisation]
    if own and general and not span.other and own not in stated and _gives(own, general, world):
        return is_agency(own, "the agency whose return this is")
    if span.other and general:
        return question.not_told("the row says it is another one")
    if stated:
        return _stated(question, stated)
    if services and not general:
        return _organisation(services[0], world)
    return _only_one(question, general)


def _stated(question: Question, stated: Sequence[Agency]) -> Decision:
    if len(stated) == 1:
        return is_agency(stated[0], STATED)
    own = [agency for agency in stated if agency == question.own]
    return is_agency(own[0], "a name in case.yaml, in its own return") if own else question.several(stated)


def _there(question: Question, stated: Sequence[Agency], services: Sequence[Service]) -> Decision:
    """'Northshire CSC', 'Northshire police': the agency of that kind in that place."""
    world, holder = question.world, question.span.holder
    places = {meaning.of for meaning in holder.of("place")} if holder else set()
    there = [agency for agency in world.case.agencies if world.naming.places[agency.id] & places]
    giving = [agency for agency in there if _gives(agency, services, world)]
    for group in ([agency for agency in there if agency in stated], _exactly(services, there, world), giving):
        if len(group) == 1:
            return is_agency(group[0], "place and kind of service")
    return _another(question.text, services)


def _another(text: str, services: Iterable[Service]) -> Decision:
    """An organisation that the row names and the case does not have."""
    kind = next((service.kind for service in services), "") or kind_of(text)
    return Decision(slug(text), "agency", text, NOT_OF_THE_CASE, role=kind)


def _organisation(service: Service, world: World) -> Decision:
    for agency in world.case.agencies:
        if any(own.organisation == service.organisation for own in world.naming.services[agency.id]):
            return is_agency(agency, "another name of the same organisation")
    return Decision(slug(service.organisation), "agency", service.organisation, NOT_OF_THE_CASE, role=service.kind)


def _only_one(question: Question, services: Sequence[Service]) -> Decision:
    """The agency a general word means: the only one of the case that gives the service, else the likeliest, if any."""
    world = question.world
    others = [agency for agency in world.case.agencies if agency.id != question.setting.agency]
    giving = [agency for agency in others if _gives(agency, services, world)]
    candidates = _exactly(services, others, world) or giving
    if len(candidates) == 1:
        return is_agency(candidates[0], f"the only agency of the case that is meant by '{services[0].name}'")
    if not candidates:
        return _not_listed(question, services[0])
    return _likeliest(question, candidates, services[0])


def _likeliest(question: Question, candidates: Sequence[Agency], service: Service) -> Decision:
    places = question.world.naming.places
    near = [a for a in candidates if places[a.id] & places.get(question.setting.agency, frozenset())]
    if len(near) == 1:
        return is_agency(near[0], "the one of the same area as the return; the case has several", sure=False)
    if service.kind not in AREA_WIDE:
        return question.several(candidates)
    home = max(
        candidates, key=lambda agency: (agency.asked, _at_home(agency, question.world), -candidates.index(agency))
    )
    others = " or ".join(agency.name for agency in candidates if agency != home)
    return is_agency(home, f"taken for the home one; may be {others}", sure=False)


def _at_home(agency: Agency, world: World) -> int:
    """How many agencies of the case share a place with this one."""
    places = world.naming.places
    return sum(bool(places[agency.id] & places[other.id]) for other in world.case.agencies)


def _not_listed(question: Question, service: Service) -> Decision:
    if service.kind in NUMBERED - {"gp"}:  # a family has one practice; schools and hospitals it may have several
        return question.not_told(f"no agency of the case is meant by '{service.name}'")
    name = service.name[:1].upper() + service.name[1:]
    return Decision(slug(service.name), "agency", name, "a service that case.yaml does not list", role=service.kind)


def _exactly(services: Iterable[Service], agencies: Iterable[Agency], world: World) -> list[Agency]:
    wanted = {service.name for service in services}
    return [a for a in agencies if any(s.name in wanted and not s.organisation for s in world.naming.services[a.id])]


def _gives(agency: Agency, services: Iterable[Service], world: World) -> bool:
    """True if the agency gives one of the services, or is the one a unit belongs to; where no name of the agency tells
    its service, if it is of that kind."""
    mine = {service.name for service in world.naming.services[agency.id]}
    kind = "" if mine else world.kinds[agency.id]
    return any(service.name in mine or service.part_of in mine or service.kind == kind for service in services)


def of_a_place(question: Question) -> tuple[Decision, ...]:
    """'Call from Northshire': the only agency of the case that is there, or its council's social care; none in the return of
    an agency of the same place."""
    world, places = question.world, {meaning.of for meaning in question.span.of("place")}
    there = [agency for agency in world.case.agencies if world.naming.places[agency.id] & places]
    councils = [agency for agency in there if world.kinds[agency.id] == "social-care"]
    if question.own in there:
        return ()
    for group in (there, councils):
        if len(group) == 1:
            return (is_agency(group[0], "the place it is called by", sure=False),)
    return ()
