"""Which relative of which child is meant: 'mother' in a row about child B is the mother of B."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chrono.normalise.actors.decisions import NOT_LISTED, STATED, Decision, Question, World, is_person
from chrono.normalise.actors.people.clients import kin_of, own_partners
from chrono.normalise.actors.people.known import Known
from chrono.normalise.actors.people.roles import adult_clients, groups, including, siblings
from chrono.normalise.actors.words import folded, slug

SIBLINGS = {"sibling": "", "brother": "his", "sister": "her"}
"""Words for the other one of two children -> whose sex that one then has."""
PARENTS = frozenset({"mother", "father"})
WHOSE = "the row does not say whose"
OF_A_PARENT = "'s partner"
OF_ADULTS = frozenset({"husband", "wife"})
CLIENT = "by what the return of a service for adults says of its client"
OF_WHOM = re.compile(r"['’]s |s['’] | of ")
"""In the words themselves it is said whose relative somebody is: "baby's father"."""
OF_THE_CLIENT = "in a return about the one whom the case calls so, it is a partner of theirs"
SOMEBODY_ELSES = "the words make it another one, or a relative of somebody else"


def relative(question: Question) -> Decision:
    """The relative of the row's child, or of the child the words name."""
    kin = question.span.of("relation")[0].of
    if _is_of_the_client(question):
        kin = kin_of(question.client, kin, question.span.pronoun)
        return client(question, kin) if kin else question.not_told(SOMEBODY_ELSES)
    owner = question.span.owner
    if owner and owner.has("person") and not owner.has("subject"):
        return _of_somebody(question, [k for k in question.world.people if k.id in {m.of for m in owner.of("person")}])
    if _is_somebody_elses(question) or kin in OF_ADULTS:
        # Neither "his mother" nor "a new partner" is whom the case calls so.
        named = None if question.span.pronoun or question.span.other else _by_alias(question)
        return named or question.not_told(SOMEBODY_ELSES)
    says_whose = kin.endswith(OF_A_PARENT) or OF_WHOM.search(question.text)
    called = _by_alias(question) if says_whose else None  # whichever of the children the row is about
    meant = called or _relative(question, kin)
    return question.not_told(OF_THE_CLIENT) if kin in own_partners() and _is_client(question, meant.actor) else meant


def _is_client(question: Question, actor: str) -> bool:
    """True for the father, whom the case calls 'partner', in the return of a service for adults of which he is the client."""
    known = next((known for known in question.world.people if known.id == actor), None)
    named = question.world.named_clients.get(question.setting.file, known)
    return bool(known and named == known and question.serves_adults and question.client in known.relations)


def of_another(question: Question, relations: frozenset[str]) -> Decision:
    """'His' or 'her' relative behind somebody who is this to the child. In 'Mum says her mother is ill' the mother cannot be
    the child's; whether 'his sister' behind 'father' is his own or the child's is not told."""
    kin = {meaning.of for meaning in question.span.of("relation")}
    further = {kin_of(one, word, "") for one in relations for word in kin} - {""}
    if len(further) != 1:
        return question.not_told(SOMEBODY_ELSES)
    meant = _relative(question, min(further))
    if kin <= relations and meant.kind != "unresolved":
        return meant._replace(sure=False, how="a parent of the one named before, who is that to the child")
    known = any(person.id == meant.actor for person in question.world.people)
    return question.not_told(SOMEBODY_ELSES, meant.actor if known else "")


def _of_somebody(question: Question, owners: Sequence[Known]) -> Decision:
    """ "JF's mother": told where JF is the child's father."""
    if called := _by_alias(question):
        return called
    kin = question.span.of("relation")[0].of
    further = {kin_of(one, kin, "") for owner in owners for one in owner.relations} - {""}
    if len(owners) != 1 or len(further) != 1:
        return question.not_told(SOMEBODY_ELSES)
    meant = _relative(_about_children_of(owners[0], question), min(further))
    return meant._replace(sure=False, how=f"{kin} of {owners[0].person.name}")


def _about_children_of(known: Known, question: Question) -> Question:
    """The same question of the children whose relative somebody is, where the row is about none of them."""
    subjects = set(question.owners) & known.subjects or known.subjects
    setting = question.setting._replace(subjects=tuple(sorted(subjects)) or question.setting.subjects)
    return replace(question, span=question.span._replace(owner=None), setting=setting)


def client(question: Question, relation: str) -> Decision:
    """The client of a service for adults, or somebody of the client's family, as a relative of the child."""
    return _relative(question, relation)._replace(sure=False, how=CLIENT)


def _is_of_the_client(question: Question) -> bool:
    """True for 'his mother', "client's mother", in the return of a service for adults that tells who the client is."""
    whose = question.span.pronoun and not question.span.owner
    return bool(question.client and question.serves_adults and (whose or _is_owned_by_client(question)))


def _is_owned_by_client(question: Question) -> bool:
    """True for "client's mother", "pt's sister"."""
    owner, text = question.span.owner, folded(question.text)
    return owner is not None and owner.has("child") and any(text.startswith(word) for word in adult_clients())


def _relative(question: Question, kin: str) -> Decision:
    fitting = _related(question, including(kin))
    aliased = [known for known in fitting if known in question.world.aliases.get(folded(question.text), ())]
    exact = [known for known in fitting if kin in known.relations]
    for group in (aliased, exact, fitting):
        if len(group) == 1:
            return is_person(group[0], _how(kin, question), sure=_is_sure(group[0], question))
        if group:
            return question.several(group)
    return _the_other_child(question, kin) or _not_listed(question, kin)


def _the_other_child(question: Question, kin: str) -> Decision | None:
    """'Sister' in a row about one of two children of the case, of whom the other is a girl, where it lists no siblings."""
    world = question.world
    others = [id_ for id_ in world.children if id_ not in question.owners]
    if len(world.children) != 2 or len(others) != 1 or kin not in SIBLINGS:
        return None
    if any(known.relations & siblings() for known in world.people):
        return None
    if SIBLINGS[kin] and world.sexes.get(others[0]) != SIBLINGS[kin]:
        return None
    return Decision(others[0], "subject", world.children[others[0]], "the other child of the case", sure=False)


def _is_somebody_elses(question: Question) -> bool:
    """True for 'another brother', "the victim's mother", "stepfather's mother", and for 'his mother' in the return
    of a service whose client he is."""
    owner = question.span.owner
    if question.serves_adults and (question.span.pronoun or _is_owned_by_client(question)):
        return True
    return question.span.other or bool(owner and owner.has("relation", "parent") and not owner.has("subject", "child"))


def _by_alias(question: Question) -> Decision | None:
    """The one person whom the case calls by just these words."""
    known = question.world.aliases.get(folded(question.text), ())
    return is_person(known[0], STATED) if len(known) == 1 else None


def _related(question: Question, relations: frozenset[str]) -> list[Known]:
    """The relatives of the case who can be meant: never those of another child."""
    owners = set(question.owners)
    fitting = (known for known in question.world.people if known.relations & relations)
    return [known for known in fitting if not owners or not known.subjects or known.subjects & owners]


def _is_sure(known: Known, question: Question) -> bool:
    indirect = question.span.owner is not None and not question.span.owner.has("subject", "child")
    return not indirect and (len(question.owners) == 1 or not known.subjects)


def _how(kin: str, question: Question) -> str:
    if len(question.world.children) == 1:
        return f"{kin} of the child"
    return f"{kin} of the child the row is about" if len(question.owners) == 1 else f"the only {kin} it can be"


def _not_listed(question: Question, relation: str) -> Decision:
    """A relative whom case.yaml does not list: still the same person wherever a row about this child names them so."""
    if len(question.owners) != 1:
        others = [k for k in question.world.people if k.relations & including(relation)]
        return question.not_told(WHOSE, others[0].id if len(others) == 1 else "")
    owner = question.owners[0]
    name = f"{relation[:1].upper()}{relation[1:]} of {_name(owner, question.world)}"
    return Decision(f"{owner}-{slug(relation)}", "person", name, NOT_LISTED, role=relation)


def _name(child: str, world: World) -> str:
    return world.children.get(child, child)


def relatives(question: Question) -> tuple[Decision, ...]:
    """'Parents', 'siblings': everybody of them whom the case names; else the group itself."""
    word = question.span.of("group")[0].of
    if _is_somebody_elses(question):
        return (question.not_told(SOMEBODY_ELSES),)
    members: Sequence[Known] = ()
    if len(question.owners) == 1:
        members = _related(question, frozenset().union(*(including(kin) for kin in groups()[word])))
    return tuple(is_person(known, f"one of the {word}") for known in members) or (_not_listed(question, word),)


def parent(question: Question) -> Decision:
    """'Parent', 'tenant': a parent, where only one of them can be meant."""
    if _is_somebody_elses(question):
        return question.not_told(SOMEBODY_ELSES)
    if called := _by_alias(question):
        return called
    parents = _related(question, PARENTS)
    near = [known for known in parents if not known.away]
    if len(near) == 1:
        how = "the only parent of whom the case does not say that they live elsewhere"
        return is_person(near[0], how, sure=len(parents) == 1)
    return question.several(parents) if parents else _not_listed(question, "parent")
