"""Everybody who was named: the forms in which they are written, where, how often, and by which means they were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from chrono.model import Actor, Surface
from chrono.normalise.actors.decisions import Decision, World

ORDER = ("subject", "person", "role", "agency", "unresolved")


@dataclass(slots=True)
class Heard:
    """A decision on a name, the forms in which the name is written, and how often a file has it so. `inside` are others whom
    the name names: K in "K's mother", the school in 'school DSL'."""

    file: str
    decision: Decision
    forms: tuple[str, ...]
    times: int = 0
    inside: tuple[Heard, ...] = ()


@dataclass(slots=True)
class _Form:
    """One form of somebody's name: file -> how often, and by which means it was told, and whether surely."""

    times: Counter[str] = field(default_factory=Counter)
    means: set[tuple[str, bool]] = field(default_factory=set)

    def surface(self, text: str) -> Surface:
        told = sorted(self.means)
        how = "; ".join(dict.fromkeys(how for how, _ in told))
        return Surface(text, tuple(sorted(self.times)), self.times.total(), how, all(sure for _, sure in told))


def actors_of(all_heard: Iterable[Heard], world: World) -> tuple[Actor, ...]:
    """Everybody who was named and everybody the case lists, with every form in which they are written."""
    forms: dict[str, dict[str, _Form]] = defaultdict(lambda: defaultdict(_Form))
    decisions: dict[str, set[Decision]] = defaultdict(set)
    for heard, times in _counted(all_heard):
        actor = heard.decision.actor
        decisions[actor].add(heard.decision)
        for text in heard.forms:
            form = forms[actor][text]
            form.times[heard.file] += times
            form.means.add((heard.decision.how, heard.decision.sure))
    stated = {actor.id: actor for actor in _stated(world)}
    found = {id_: stated.get(id_) or _actor(sorted(decisions[id_])) for id_ in {*forms, *stated}}
    return tuple(
        replace(found[id_], surfaces=tuple(_surfaces(forms.get(id_, {}))))
        for id_ in sorted(found, key=lambda id_: (ORDER.index(found[id_].kind), id_))
    )


def _counted(all_heard: Iterable[Heard]) -> Iterator[tuple[Heard, int]]:
    """How often each name was heard, also inside others; none that is part of a longer name wherever it stands."""
    for heard in all_heard:
        if heard.times:
            yield heard, heard.times
            yield from ((other, heard.times) for other in heard.inside)


def _stated(world: World) -> Iterator[Actor]:
    yield from (Actor(subject.id, "subject", subject.name) for subject in world.case.subjects)
    for known in world.people:
        yield Actor(known.id, "person", known.person.name, role=known.person.role, agency=known.agency)
    yield from (
        Actor(agency.id, "agency", agency.name, role=world.kinds[agency.id], agency=agency.id)
        for agency in world.case.agencies
    )


def _actor(decisions: Sequence[Decision]) -> Actor:
    """An actor the case does not name, from all that was decided on it."""
    first = decisions[0]
    suggestions = sorted({decision.suggestion for decision in decisions if decision.suggestion})
    why = next((decision.why for decision in decisions if decision.why), "")
    return Actor(
        first.actor,
        first.kind,
        first.name,
        (),
        first.role,
        first.agency,
        suggestions[0] if len(suggestions) == 1 else "",
        why,
    )


def _surfaces(forms: dict[str, _Form]) -> Iterator[Surface]:
    for text in sorted(forms, key=lambda text: (-forms[text].times.total(), text)):
        yield forms[text].surface(text)
