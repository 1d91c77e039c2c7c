"""Who is meant by a relation, a role, a word for the child, or a name."""

from __future__ import annotations

from collections.abc import Iterable

from chrono.model import Agency
from chrono.normalise.decisions import Decision, Setting, World, is_person, nobody_known
from chrono.normalise.people import Known
from chrono.normalise.roles import groups, including, kinds_of
from chrono.normalise.spans import GENDERED, Span
from chrono.normalise.which_agency import which_agency
from chrono.normalise.words import folded, slug, tokens

PARENTS = frozenset({"mother", "father"})


def stated(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """A child or a person by a name the case (or a glossary) gives."""
    children = list(dict.fromkeys(meaning.of for meaning in span.of("subject")))
    if len(children) == 1:
        return Decision(children[0], "subject", world.children.get(children[0], children[0]), "a name in case.yaml")
    people = [known for known in world.people if known.id in {meaning.of for meaning in span.of("person")}]
    fitting = [known for known in people if known.active(setting.first, setting.last)]
    for group in (people, fitting):
        if len(group) == 1 and not children:
            return is_person(group[0], "a name in case.yaml")
    first = children[0] if children else people[0].id
    return nobody_known(text, setting, "the case gives this name to more than one", first)


def named(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """Somebody with a name of their own: the case's person of that name, else one of this agency's records."""
    surname = tokens(span.name)[-1].low
    bearers = [k for k in world.people if surname in folded(k.person.name).split()]
    exact = [k for k in bearers if folded(text) in {folded(form) for form in (k.person.name, *k.person.aliases)}]
    if len(exact) == 1:
        return is_person(exact[0], "a name in case.yaml")
    if bearers:
        return nobody_known(text, setting, f"may be {bearers[0].person.name}, who has the same surname", bearers[0].id)
    place = setting.agency or slug(setting.file)
    role = next((meaning.of for meaning in span.of("role")), "")
    return Decision(
        f"{place}-{slug(text)}", "person", text, "named in the row; not in case.yaml", role=role, agency=setting.agency
    )


def unidentified(span: Span, text: str, setting: Setting, _world: World) -> Decision:
    """Somebody of whom the row gives neither name nor number."""
    place = setting.agency or slug(setting.file)
    return Decision(
        f"{place}-{slug(text)}",
        "role",
        text,
        "not identified in the row",
        False,
        agency=setting.agency,
        why="the row does not say who",
    )


# ------------------------------------------------------------------------------------------------------- family


def owners_of(span: Span, setting: Setting, world: World) -> tuple[str, ...]:
    """The children whose relation is meant: as said ("K's mother"), else those of the row, else the only one there is."""
    said = tuple(meaning.of for meaning in span.owner.of("subject")) if span.owner else ()
    return said or setting.subjects or (tuple(world.children) if len(world.children) == 1 else ())


def relation(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """The relative of the row's child: 'mother' in a row about child B is the mother of B."""
    kin = next(meaning.of for meaning in span.of("relation"))
    owners = owners_of(span, setting, world)
    return _relative(
        kin, text, owners, setting, world, certain=not (span.owner and span.owner.has("relation", "person"))
    )


def _relative(
    kin: str, text: str, owners: tuple[str, ...], setting: Setting, world: World, *, certain: bool = True
) -> Decision:
    fitting = [k for k in world.people if k.relations & including(kin)]
    mine = [k for k in fitting if not owners or not k.subjects or k.subjects & set(owners)]
    exact = [k for k in mine if kin in k.relations]
    aliased = [k for k in mine if k in world.aliases.get(folded(text), ())]
    for group in (aliased, exact, mine):
        if len(group) == 1:
            sure = certain and (len(owners) == 1 or not group[0].subjects or len(fitting) == 1)
            return is_person(group[0], _how_related(kin, owners, world), sure=sure)
        if group:
            return nobody_known(text, setting, f"the case has several: {_names(group)}", group[0].id)
    if len(owners) == 1:
        name = f"{kin[:1].upper()}{kin[1:]} of {world.children.get(owners[0], owners[0])}"
        return Decision(
            f"{owners[0]}-{slug(kin)}",
            "person",
            name,
            "relation to the child of the row; not in case.yaml",
            certain,
            role=kin,
        )
    suggestion = fitting[0].id if len(fitting) == 1 else ""
    return nobody_known(text, setting, "the row does not say whose", suggestion)


def _how_related(kin: str, owners: tuple[str, ...], world: World) -> str:
    if len(world.children) == 1:
        return f"{kin} of the child"
    return f"{kin} of the child the row is about" if len(owners) == 1 else f"the only {kin} it can be"


def group(span: Span, text: str, setting: Setting, world: World) -> tuple[Decision, ...]:
    """'Parents', 'siblings': everybody of them whom the case names; else the group itself."""
    word = next(meaning.of for meaning in span.of("group"))
    owners = owners_of(span, setting, world)
    wanted = frozenset().union(*(including(kin) for kin in groups()[word]))
    members = [
        k for k in world.people if k.relations & wanted and (not k.subjects or not owners or k.subjects & set(owners))
    ]
    if members and (len(owners) == 1 or len(world.children) == 1):
        return tuple(is_person(known, f"one of the {word}") for known in members)
    if len(owners) == 1:
        name = f"{word[:1].upper()}{word[1:]} of {world.children.get(owners[0], owners[0])}"
        return (
            Decision(
                f"{owners[0]}-{slug(word)}",
                "person",
                name,
                "relation to the child of the row; not in case.yaml",
                role=word,
            ),
        )
    return (nobody_known(text, setting, "the row does not say whose"),)


def parent(_span: Span, text: str, setting: Setting, world: World) -> Decision:
    """'Parent', 'tenant': a parent, where only one of them can be meant."""
    owners = owners_of(_span, setting, world)
    parents = [
        k for k in world.people if k.relations & PARENTS and (not k.subjects or not owners or k.subjects & set(owners))
    ]
    near = [known for known in parents if not known.away]
    if len(near) == 1:
        return is_person(
            near[0], "the only parent of whom the case does not say that they live elsewhere", sure=len(parents) == 1
        )
    if parents:
        return nobody_known(text, setting, f"may be {_names(parents)}", parents[0].id)
    if len(owners) == 1:
        name = f"Parent of {world.children.get(owners[0], owners[0])}"
        return Decision(
            f"{owners[0]}-parent",
            "person",
            name,
            "relation to the child of the row; not in case.yaml",
            False,
            role="parent",
        )
    return nobody_known(text, setting, "the row does not say whose")


def child(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """'The young person', 'patient': the child the row is about."""
    word = folded(text)
    if span.number:
        name = text
        return Decision(slug(text), "person", name, "named in the row; not a child of the case", role="child")
    described = [k for k in world.people if word in folded(k.person.name).split() and not k.relations and not k.roles]
    active = [k for k in described if k.active(setting.first, setting.last)]
    if len(active) == 1:
        return is_person(active[0], "the only one the case describes so at that time", sure=len(described) == 1)
    if described:
        return nobody_known(text, setting, f"may be {_names(described)}", described[0].id)
    owners = setting.subjects or (tuple(world.children) if len(world.children) == 1 else ())
    if len(owners) == 1:
        how = "the child the row is about" if len(world.children) > 1 else "the child of the case"
        return Decision(owners[0], "subject", world.children.get(owners[0], owners[0]), how, word not in GENDERED)
    return nobody_known(text, setting, "the row does not say which child")


# ------------------------------------------------------------------------------------------------ professionals


def role(span: Span, text: str, setting: Setting, world: World) -> Decision:
    """A professional by role, by number, by agency."""
    roles = {meaning.of for meaning in span.of("role")}
    agency = _employer(span, text, roles, setting, world)
    candidates = _holders(span, text, roles, agency, setting, world)
    if span.number:
        numbered = [known for known in candidates if span.number in known.numbers]
        if len(numbered) == 1:
            return is_person(numbered[0], "role and number", sure=not agency or numbered[0].agency in ("", agency.id))
        if numbered:
            return nobody_known(text, setting, f"may be {_names(numbered)}", numbered[0].id)
        return _office(span, roles, agency, text, setting)
    aliased = [known for known in candidates if known in world.aliases.get(folded(text), ())]
    for group_ in (aliased, [k for k in candidates if k.active(setting.first, setting.last)], candidates):
        if len(group_) == 1:
            sure = bool(aliased) or (
                not group_[0].numbers and bool(agency) and group_[0].agency == agency.id if agency else False
            )
            return is_person(group_[0], _how_role(group_[0], world, alias=bool(aliased)), sure=sure)
    if candidates:
        return nobody_known(text, setting, f"may be {_names(candidates)}", candidates[0].id)
    return _office(span, roles, agency, text, setting)


def _how_role(known: Known, world: World, *, alias: bool) -> str:
    if alias:
        return "a name in case.yaml"
    place = world.agencies.get(known.agency)
    return f"the only one of the case with this role{f' at {place.name}' if place else ''}"


def _employer(span: Span, text: str, roles: set[str], setting: Setting, world: World) -> Agency | None:
    """The agency somebody with this role works for: as said beside the role, else the return's, else the only one."""
    kinds = [kind for name in sorted(roles) for kind in kinds_of(name)]
    if span.holder:
        return _held_by(span.holder, kinds, setting, world)
    own = world.agencies.get(setting.agency)
    if own and (world.kinds[own.id] in kinds or not roles):
        return own
    for kind in kinds[:1]:
        offered = world.of_kind((kind,))
        asked = [agency for agency in offered if agency.asked]
        for group_ in (offered, asked):
            if len(group_) == 1:
                return group_[0]
    return None


def _held_by(holder: Span, kinds: list[str], setting: Setting, world: World) -> Agency | None:
    if not holder.has("place"):
        return world.agencies.get(which_agency(holder, "", setting, world).actor)
    places = {meaning.of for meaning in holder.of("place")}
    there = [agency for agency in world.case.agencies if world.naming.places[agency.id] & places]
    fitting = [agency for kind in kinds for agency in there if world.kinds[agency.id] == kind]
    return fitting[0] if fitting else None


def _holders(
    span: Span, text: str, roles: set[str], agency: Agency | None, setting: Setting, world: World
) -> list[Known]:
    """The people of the case whom this role can mean: never one of another agency of the same kind."""
    aliased = world.aliases.get(folded(text), ())
    own = world.kinds.get(setting.agency, "")
    found = []
    for known in world.people:
        if not (known.roles & roles or known in aliased):
            continue
        if known.subjects and setting.subjects and not known.subjects & set(setting.subjects):
            continue
        elsewhere = bool(known.agency and agency and known.agency != agency.id)
        same_kind = known.agency and own and known.agency != setting.agency and world.kinds.get(known.agency) == own
        if (elsewhere and (span.holder or agency.id == setting.agency or known not in aliased)) or (
            same_kind and not span.holder
        ):  # type: ignore[union-attr]
            continue
        found.append(known)
    return found


def _office(span: Span, roles: set[str], agency: Agency | None, text: str, setting: Setting) -> Decision:
    """Somebody of whom only the role is known: the holder of that role at an agency, kept apart by number and agency."""
    name = sorted(roles)[0] if roles else folded(text)
    place = agency.id if agency else setting.agency or slug(setting.file)
    if span.number:  # numbers are each agency's own: SW2 of one return may be another's Social Worker B
        place = setting.agency or slug(setting.file)
    title = f"{name[:1].upper()}{name[1:]}{f' {span.number}' if span.number else ''}"
    where = f", {agency.name}" if agency else ""
    how = "role and number; not in case.yaml" if span.number else "role only: the row does not say who"
    id_ = "-".join(part for part in (place, slug(name), span.number.lower()) if part)
    return Decision(id_, "role", f"{title}{where}", how, agency=agency.id if agency else "", role=name)


def _names(people: Iterable[Known]) -> str:
    return " or ".join(known.person.name for known in people)
