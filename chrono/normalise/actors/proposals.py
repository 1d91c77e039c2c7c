"""What case.yaml could say more, so that nobody has to be told twice: slips as aliases, people of the rows as entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chrono.model import Actor, Case
from chrono.normalise.actors.decisions import NAMED, NOT_LISTED, SLIP, STATED
from chrono.normalise.actors.lexicon import ARTICLES
from chrono.normalise.actors.people.roles import role_words
from chrono.normalise.actors.words import folded, tokens

Group = Literal["subjects", "people", "agencies"]
GROUPS: dict[str, Group] = {"subject": "subjects", "person": "people", "agency": "agencies"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One more alias for somebody case.yaml lists, or (`new`) one more person."""

    group: Group
    id: str
    alias: str = ""
    name: str = ""
    role: str = ""
    why: str = ""
    new: bool = False


def proposals(case: Case, actors: Sequence[Actor]) -> tuple[Proposal, ...]:
    """What can be added without a doubt who is meant, in the order of `actors`.

    An alias holds in every file, so a bare role ('social worker'), a relation without its child and a shared surname are
    never proposed; nor is a form that stands for anybody else.
    """
    return (*_aliases(case, actors), *_people(case, actors))


def _aliases(case: Case, actors: Sequence[Actor]) -> Iterator[Proposal]:
    """Names of the case with a slip of the pen."""
    listed = {one.id for group in (case.subjects, case.people, case.agencies) for one in group}
    bearers = Counter(form for actor in actors for form in {folded(surface.text) for surface in actor.surfaces})
    for actor in actors:
        seen: set[str] = set()
        for surface in actor.surfaces:
            form = folded(surface.text)
            fit = surface.how == f"{STATED}{SLIP}" and bearers[form] == 1 and form.split()[0] not in ARTICLES
            if actor.id in listed and fit and form not in seen and surface.text.replace(" ", "").isalnum():
                seen.add(form)
                yield Proposal(GROUPS[actor.kind], actor.id, surface.text, actor.name, why="a slip of the pen")


def _people(case: Case, actors: Sequence[Actor]) -> Iterator[Proposal]:
    """Relatives of one child, and people with a name of their own that nobody else shares a word of."""
    people = [actor for actor in actors if actor.kind == "person"]
    words = Counter(word for actor in people for word in _words(actor.name))
    listed = {one.id for group in (case.subjects, case.people, case.agencies) for one in group}
    for actor in people:
        hows = {surface.how for surface in actor.surfaces}
        if actor.id in listed or not hows:
            continue
        if hows == {NOT_LISTED} and _is_relation(actor.role):
            yield Proposal("people", actor.id, "", actor.name, actor.role, "a relative whom the rows name", new=True)
        elif hows == {NAMED} and not actor.role and _is_whole(actor.name) and _alone(actor.name, words):
            yield Proposal("people", actor.id, "", actor.name, "", "named in the rows", new=True)


def _is_relation(role: str) -> bool:
    found = [form.meaning.sense for _, forms in role_words().within(role) for form in forms]
    return found == ["relation"]


def _is_whole(name: str) -> bool:
    """True for a forename and a surname, without title or post: 'Dr Reed' as a person of the case would be taken for
    every doctor."""
    return len(tokens(name)) > 1 and not any(role_words().within(name))


def _alone(name: str, words: Counter[str]) -> bool:
    return all(words[word] == 1 for word in _words(name))


def _words(name: str) -> set[str]:
    return {token.low for token in tokens(name)}
