"""Which agency a word for a service means: the one it names, the one whose return it stands in, or the only one."""

from __future__ import annotations

from collections.abc import Iterable

from chrono.model import Agency
from chrono.normalise.agency_names import NUMBERED
from chrono.normalise.decisions import Decision, Setting, World, is_agency, nobody_known
from chrono.normalise.services import Service, kind_of
from chrono.normalise.spans import Span
from chrono.normalise.words import slug

AREA_WIDE = frozenset({"police", "social-care", "youth-justice", "education", "early-help", "housing", "mental-health"})
"""Kinds of which a family mostly has one: where several could be meant, the one nearest home is taken, as not sure."""


def which_agency(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """The agency a span means. Its own words count first, then whose return it stands in, then what the case has."""
    services = [meaning.service for meaning in span.of("service") if meaning.service]
    stated = [world.agencies[meaning.of] for meaning in span.of("agency") if meaning.of in world.agencies]
    if span.number and not stated:
        return _another(f"{text}", services)
    placed = _placed(span, text, stated, services, world)
    if placed:
        return placed
    general = [service for service in services if not service.organisation]
    own = world.agencies.get(setting.agency)
    if own and general and not span.other and own not in stated and _gives(own, general, world):
        return is_agency(own, "the agency whose return this is")
    if stated:
        return _stated(stated, text, own, setting)
    bodies = [service for service in services if service.organisation]
    if bodies and not general:
        return _organisation(bodies[0], world)
    if span.other:
        return nobody_known(
            text, setting, f"the row says it is another one than {own.name if own else 'the usual one'}"
        )
    return _only_one(general, text, setting, world)


def _stated(stated: list[Agency], text: str, own: Agency | None, setting: Setting) -> Decision:
    if len(stated) == 1:
        return is_agency(stated[0], "a name in case.yaml")
    if own in stated:
        return is_agency(own, "a name in case.yaml, in its own return") if own else nobody_known(text, setting, "")
    return nobody_known(text, setting, f"case.yaml gives this name to {_names(stated)}", stated[0].id)


def _placed(span: Span, text: str, stated: list[Agency], services: list[Service], world: World) -> Decision | None:
    """'Northshire CSC', 'Northshire police': the agency of that kind there."""
    if not span.holder or not span.holder.has("place"):
        return None
    places = {meaning.of for meaning in span.holder.of("place")}
    there = [agency for agency in world.case.agencies if world.naming.places[agency.id] & places]
    for group in (stated, _exactly(services, there, world), [a for a in there if _gives(a, services, world)]):
        fitting = [agency for agency in group if agency in there]
        if len(fitting) == 1:
            return is_agency(fitting[0], "place and kind of service")
    return _another(text, services)


def _another(text: str, services: Iterable[Service]) -> Decision:
    """An organisation that the row names and the case does not have."""
    kind = next((service.kind for service in services), "") or kind_of(text)
    return Decision(slug(text), "agency", text, "named in the row; not an agency of the case", role=kind)


def _organisation(service: Service, world: World) -> Decision:
    for agency in world.case.agencies:
        if any(own.organisation == service.organisation for own in world.naming.services[agency.id]):
            return is_agency(agency, "another name of the same organisation")
    return Decision(
        slug(service.organisation),
        "agency",
        service.organisation,
        "named in the row; not an agency of the case",
        role=service.kind,
    )


def _only_one(services: list[Service], text: str, setting: Setting, world: World) -> Decision:
    """The agency a general word means: the only one of the case that gives the service, else the likeliest, if any."""
    own = setting.agency
    exact = [agency for agency in _exactly(services, world.case.agencies, world) if agency.id != own]
    candidates = exact or [a for a in world.case.agencies if a.id != own and _gives(a, services, world)]
    if len(candidates) == 1:
        return is_agency(candidates[0], f"the only agency of the case that is meant by '{services[0].name}'")
    if not candidates:
        return _not_listed(services[0], text, setting)
    return _likeliest(candidates, services[0], text, setting, world)


def _likeliest(candidates: list[Agency], service: Service, text: str, setting: Setting, world: World) -> Decision:
    here = world.naming.places.get(setting.agency, frozenset())
    near = [agency for agency in candidates if world.naming.places[agency.id] & here]
    if len(near) == 1:
        return is_agency(near[0], "the one of the same area as the return; the case has several", sure=False)
    if service.kind in AREA_WIDE:
        home = max(candidates, key=lambda agency: (agency.asked, _at_home(agency, world), -candidates.index(agency)))
        return is_agency(home, f"taken for the home one; the case has {_names(candidates)}", sure=False)
    return nobody_known(text, setting, f"the case has several: {_names(candidates)}", candidates[0].id)


def _at_home(agency: Agency, world: World) -> int:
    """How many agencies of the case share a place with this one."""
    places = world.naming.places[agency.id]
    return sum(bool(places & world.naming.places[other.id]) for other in world.case.agencies)


def _not_listed(service: Service, text: str, setting: Setting) -> Decision:
    if service.kind in NUMBERED:
        return nobody_known(text, setting, f"no agency of the case is meant by '{service.name}'")
    how = "a service that case.yaml does not list"
    return Decision(slug(service.name), "agency", service.name[:1].upper() + service.name[1:], how, role=service.kind)


def _exactly(services: Iterable[Service], agencies: Iterable[Agency], world: World) -> list[Agency]:
    wanted = {service.name for service in services}
    return [a for a in agencies if any(s.name in wanted and not s.organisation for s in world.naming.services[a.id])]


def _gives(agency: Agency, services: Iterable[Service], world: World) -> bool:
    """True if the agency gives one of the services, is the one a unit belongs to, or is of that kind."""
    mine = {service.name for service in world.naming.services[agency.id]}
    for service in services:
        if service.name in mine or (service.part_of and service.part_of in mine):
            return True
        if service.kind == world.kinds[agency.id] and not (service.kind in MIXED and mine):
            return True
    return False


MIXED = frozenset({"health", "education", "panel", "voluntary", "exploitation"})
"""Kinds that hold different services: a school nurse's service is not a health visitor's."""


def _names(agencies: Iterable[Agency]) -> str:
    return " and ".join(agency.name for agency in agencies)
