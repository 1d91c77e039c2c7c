"""A question who a name means, what it is decided from (the case, the row, its file), and the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from chrono.model import ActorKind, Agency, Case
from chrono.normalise.actors.agencies.naming import Naming, naming_of
from chrono.normalise.actors.agencies.services import kind_of_agency
from chrono.normalise.actors.people.known import Known, known_people, sexes_of
from chrono.normalise.actors.people.roles import is_for_adults
from chrono.normalise.actors.spans import Span
from chrono.normalise.actors.words import folded, slug

STATED = "a name in case.yaml"
NAMED = "named in the row; not in case.yaml"
NOT_LISTED = "relation to the child of the row; not in case.yaml"
SLIP = ", with a slip of the pen"


class Setting(NamedTuple):
    """The row in which a name stands: the file, its agency (id or ''), the children of the row, the days it may mean,
    whether its patient is an adult, and how many years old the one child of the row surely is (-1: not known)."""

    file: str
    agency: str = ""
    subjects: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    adult: bool = False
    age: int = -1
    client: str = ""
    """What the row itself says its adult patient is to the child."""


class Decision(NamedTuple):
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
    sexes: Mapping[str, str]
    """Subject id -> 'his' or 'her', for children of whom the case tells it."""
    aliases: Mapping[str, tuple[Known, ...]]
    """Folded name or alias -> the people who have it."""
    clients: dict[str, str] = field(default_factory=dict)
    """File of a service for adults -> what its client is to the child, as far as its rows tell."""
    named_clients: dict[str, Known] = field(default_factory=dict)
    """File of such a service -> the person of the case after whom it is named."""

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
            sexes_of(case),
            aliases,
        )

    def names(self, actor: str) -> bool:
        """True for the id of somebody, or an agency, that the case lists."""
        return actor in self.children or actor in self.agencies or any(known.id == actor for known in self.people)

    def of_kind(self, kinds: Iterable[str]) -> list[Agency]:
        """The agencies of the case of one of these kinds, in the order of the case."""
        wanted = set(kinds)
        return [agency for agency in self.case.agencies if self.kinds[agency.id] in wanted]


@dataclass(frozen=True, slots=True)
class Question:
    """A name in a row whose meaning is asked: where it stands in its text, its words, and what surrounds it."""

    span: Span
    text: str
    setting: Setting
    world: World

    @property
    def own(self) -> Agency | None:
        """The agency whose return it is, if the case has it."""
        return self.world.agencies.get(self.setting.agency)

    @property
    def place(self) -> str:
        """What keeps two apart who share a word in different returns: the agency, else the file."""
        return self.setting.agency or slug(self.setting.file)

    @property
    def owners(self) -> tuple[str, ...]:
        """The children whose relative or parent is meant: as said ("K's mother"), else those of the row, else the only
        one there is."""
        said = tuple(meaning.of for meaning in self.span.owner.of("subject")) if self.span.owner else ()
        return said or self.setting.subjects or (tuple(self.world.children) if len(self.world.children) == 1 else ())

    @property
    def serves_adults(self) -> bool:
        """True if the return is that of a service whose clients are adults, or the patient of the row is one."""
        return self.setting.adult or serves_adults(self.world, self.setting.agency)

    @property
    def client(self) -> str:
        """What the client of such a service is to the child: 'mother'; '' if its rows do not tell."""
        return self.setting.client or self.world.clients.get(self.setting.file, "")

    def not_told(self, why: str, suggestion: str = "") -> Decision:
        """A name that cannot be told; kept apart for each agency, so that two who share a word are never made one."""
        return Decision(
            f"unresolved-{slug(self.text)}-{self.place}",
            "unresolved",
            self.text,
            "not told",
            sure=False,
            agency=self.setting.agency,
            suggestion=suggestion,
            why=why,
        )

    def several(self, candidates: Sequence[Known] | Sequence[Agency]) -> Decision:
        """A name that may be one of several; the first is suggested."""
        names = [one.name if isinstance(one, Agency) else one.person.name for one in candidates]
        return self.not_told(f"may be {' or '.join(names)}", candidates[0].id)


def serves_adults(world: World, agency: str) -> bool:
    """True for an agency of the case whose clients are adults: probation, a drug service, adult mental health."""
    own = world.agencies.get(agency)
    return own is not None and is_for_adults(own.name, world.kinds[own.id])


def is_person(known: Known, how: str, *, sure: bool = True) -> Decision:
    """Somebody the case names."""
    return Decision(known.id, "person", known.person.name, how, sure, known.person.role, known.agency)


def is_agency(agency: Agency, how: str, *, sure: bool = True) -> Decision:
    """An agency of the case."""
    return Decision(agency.id, "agency", agency.name, how, sure, agency=agency.id)
