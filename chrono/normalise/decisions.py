"""What a decision on a name is, and what it is taken from: the case, and the place where the name stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chrono.model import ActorKind, Agency, Case
from chrono.normalise.agency_names import Naming, naming_of
from chrono.normalise.people import Known, known_people
from chrono.normalise.services import kind_of_agency
from chrono.normalise.words import folded, slug


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a name stands: the file, its agency (id or ''), the column's role, the children of the row, and the days
    the row may mean."""

    file: str
    agency: str = ""
    column: str = "text"
    subjects: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Who a name was taken to be. Unresolved ones carry a suggestion (an id or '') and why."""

    actor: str
    kind: ActorKind
    name: str
    how: str
    sure: bool = True
    role: str = ""
    agency: str = ""
    suggestion: str = ""
    why: str = ""


@dataclass(frozen=True)
class World:
    """The case as names are looked up in it."""

    case: Case
    people: tuple[Known, ...]
    naming: Naming
    agencies: Mapping[str, Agency]
    kinds: Mapping[str, str]
    """Agency id -> kind of service."""
    children: Mapping[str, str]
    """Subject id -> name."""
    aliases: Mapping[str, tuple[Known, ...]]
    """Folded name or alias -> the people who have it."""

    @classmethod
    def of(cls, case: Case) -> World:
        """The case made ready for looking up."""
        people = known_people(case)
        aliases: dict[str, tuple[Known, ...]] = {}
        for known in people:
            for form in (known.person.name, *known.person.aliases):
                aliases[folded(form)] = (*aliases.get(folded(form), ()), known)
        return cls(
            case,
            people,
            naming_of(case),
            {agency.id: agency for agency in case.agencies},
            {agency.id: kind_of_agency(agency) for agency in case.agencies},
            {subject.id: subject.name for subject in case.subjects},
            aliases,
        )

    def of_kind(self, kinds: Iterable[str]) -> list[Agency]:
        """The agencies of the case of one of these kinds, in the order of the case."""
        wanted = set(kinds)
        return [agency for agency in self.case.agencies if self.kinds[agency.id] in wanted]


def is_person(known: Known, how: str, *, sure: bool = True) -> Decision:
    """Somebody the case names."""
    return Decision(known.id, "person", known.person.name, how, sure, known.person.role, known.agency)


def is_agency(agency: Agency, how: str, *, sure: bool = True) -> Decision:
    """An agency of the case."""
    return Decision(agency.id, "agency", agency.name, how, sure, agency=agency.id)


def nobody_known(text: str, setting: Setting, why: str, suggestion: str = "") -> Decision:
    """A name that cannot be told; kept apart for each agency, so that two who share a word are never made one."""
    place = setting.agency or slug(setting.file)
    return Decision(
        f"unresolved-{slug(text)}-{place}",
        "unresolved",
        text,
        "not told",
        False,
        agency=setting.agency,
        suggestion=suggestion,
        why=why,
    )
