"""The words for people: the child, family by relation, professionals by role, as roles.yaml has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from chrono.normalise.actors.agencies.services import Service, nothing, services
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.words import folded, listed, yaml_beside

Sense = Literal[
    "subject",
    "person",
    "agency",
    "service",
    "relation",
    "group",
    "role",
    "worker",
    "child",
    "parent",
    "nobody",
    "nothing",
    "place",
    "initial",
    "owner",
]


class Meaning(NamedTuple):
    """What a form may mean. `of` is the id of somebody the case names (subject, person, agency), the name of a
    relation, role or service, or the place.

    Senses: subject, person, agency: named by the case (or a glossary); service, relation, group (several relatives),
    role: words of the field; worker: a worker of no stated role; child: "the pupil"; parent: "the tenant"; nobody:
    somebody the row leaves unidentified; nothing: words that only begin like a name; place: where an agency of the case is;
    initial: the initials of somebody the case names; owner: a child's name with an s, which counts right before a relative.
    """

    sense: Sense
    of: str
    service: Service | None = None
    called: frozenset[str] = frozenset()
    """The relations and roles of which a word may stand right before the name: 'brother S', 'SW Dunmore'."""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_beside(__file__, "roles.yaml")
    return words


def field_words() -> Iterator[tuple[str, Meaning, bool, bool]]:
    """Every form of agencies.yaml and roles.yaml: the form, what it means, whether its capitals count, whether it is weak."""
    for name, form in services().items():
        yield name, Meaning("service", form.meaning.name, form.meaning), bool(form.exact), form.weak
    words = _words()
    yield from _forms(words["subject"], Meaning("child", "child"))
    yield from ((name, Meaning("child", rank), False, False) for name, rank in _ranked(words["subject"]))
    for relation, entry in words["relations"].items():
        yield from _forms(entry, Meaning("relation", relation))
    for group, entry in words["groups"].items():
        yield from _forms(entry, Meaning("group", group))
    for role, entry in words["roles"].items():
        yield from _forms({"names": [role]} | entry | {"names": [role, *listed(entry, "names")]}, Meaning("role", role))
    yield from _forms(words["worker"], Meaning("worker", "worker"))
    yield from _forms(words["unidentified"], Meaning("nobody", "unidentified"))
    yield from ((phrase, Meaning("nothing", phrase), False, False) for phrase in nothing())
    yield from ((word, Meaning("parent", "parent"), False, False) for word in listed(words, "parent"))


def _ranked(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for rank, words in entry["ranked"].items():
        yield from ((f"{word} {noun}", rank) for word in words for noun in entry["rank_of"])
        yield from ((word, rank) for word in words if word in entry["rank_alone"])


def _forms(entry: Mapping[str, Any], meaning: Meaning) -> Iterator[tuple[str, Meaning, bool, bool]]:
    yield from ((name, meaning, False, False) for name in listed(entry, "names"))
    yield from ((name, meaning, True, False) for name in listed(entry, "short"))
    yield from ((name, meaning, True, True) for name in listed(entry, "weak"))


@lru_cache(maxsize=1)
def role_words() -> Lexicon[Meaning]:
    """Relations, roles and workers only, for reading what case.yaml says of a person."""
    lexicon: Lexicon[Meaning] = Lexicon()
    for name, meaning, exact, weak in field_words():
        if meaning.sense in ("relation", "role", "worker", "parent"):
            lexicon.add(name, meaning, exact=exact, weak=weak)
    return lexicon


@lru_cache(maxsize=256)
def kinds_of(role: str) -> tuple[str, ...]:
    """The kinds of agency that have such a worker, likeliest first."""
    return listed(_words()["roles"].get(role, {}), "kinds")


@lru_cache(maxsize=256)
def services_of(role: str) -> tuple[str, ...]:
    """The services that have such a worker, where they are told apart: 'health visiting' for a health visitor."""
    return listed(_words()["roles"].get(role, {}), "services")


@lru_cache(maxsize=256)
def including(relation: str) -> frozenset[str]:
    """The relations that answer to this word: 'brother' is also said of an older brother, 'older brother' of a brother
    of whom the case says no more."""
    wider = {name for name in _wider(relation) if not _told_apart(name)}
    return frozenset({relation, *listed(_words()["includes"], relation), *wider})


def _wider(relation: str) -> frozenset[str]:
    return frozenset(name for name, narrow in _words()["includes"].items() if relation in narrow)


def _told_apart(relation: str) -> bool:
    """'sibling' says too little to be taken for a brother whom the row calls brother."""
    return relation in ("sibling", "partner", "half-sibling")


@lru_cache(maxsize=1)
def siblings() -> frozenset[str]:
    """The words for a brother or sister, which one child of a case may be to another."""
    return including("sibling") | {"sibling"}


@lru_cache(maxsize=256)
def called(relations: frozenset[str]) -> frozenset[str]:
    """The words for relatives that may stand before the name of somebody with these relations: of the father also
    'partner', and that of a mother, if both are of one sex."""
    words = {word for relation in relations for word in including(relation) | _wider(relation)}
    if relations & frozenset(listed(_words(), "couples")):
        words |= {"partner"}
        for sex in pronouns().values():
            words |= sex & frozenset(listed(_words(), "couples")) if relations & sex else frozenset()
    return frozenset(words)


@lru_cache(maxsize=1)
def mended() -> tuple[str, ...]:
    """Words for relatives that are read also with a slip of the pen."""
    return listed(_words(), "mended")


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[str, ...]]:
    """Words for several relatives -> the relations they stand for."""
    return {group: listed(entry, "of") for group, entry in _words()["groups"].items()}


@lru_cache(maxsize=1)
def own_only() -> frozenset[str]:
    """Roles too general to be told but in the return of an agency that has such workers, or beside its name."""
    return frozenset(listed(_words(), "own_only"))


@lru_cache(maxsize=1)
def honorifics() -> frozenset[str]:
    """Mr, Dr ..."""
    return frozenset(listed(_words(), "honorifics"))


@lru_cache(maxsize=1)
def unidentified() -> frozenset[str]:
    """Words before a role that say nobody knows who it was: 'un-named', 'unidentified' ..."""
    return frozenset(word.replace("-", "") for word in listed(_words()["unidentified"], "before"))


@lru_cache(maxsize=1)
def child_compounds() -> frozenset[str]:
    """Words after 'child' or 'pupil' with which they name a thing, not the child."""
    return frozenset(listed(_words()["subject"], "compounds"))


@lru_cache(maxsize=1)
def other_children() -> frozenset[str]:
    """Words before 'child' or 'pupil' that make it some other one."""
    return frozenset(listed(_words()["subject"], "others"))


@lru_cache(maxsize=1)
def young() -> Mapping[str, int]:
    """Words for small children -> the age in years up to which a child is called so."""
    return {folded(word): age for word, age in _words()["subject"]["young"].items()}


@lru_cache(maxsize=1)
def sexes() -> Mapping[str, frozenset[str]]:
    """'his' and 'her' -> the words by which case.yaml says that a child is a boy or a girl."""
    subject = _words()["subject"]
    return {"his": frozenset(listed(subject, "boys")), "her": frozenset(listed(subject, "girls"))}


@lru_cache(maxsize=1)
def adult_clients() -> frozenset[str]:
    """Words by which a service for adults means its own client."""
    return frozenset(_words()["adults"]["clients"])


@lru_cache(maxsize=256)
def is_for_adults(name: str, kind: str) -> bool:
    """True if the clients of such a service are adults."""
    adults = _words()["adults"]
    words = f" {folded(name)} "
    return kind in adults["kinds"] or (kind != "police" and any(f" {one} " in words for one in adults["names"]))


def serves_families(kind: str) -> bool:
    """True for kinds of service whose rows speak of a family's own children: 'older child at nursery'."""
    return kind in _words()["subject"]["rank_by"]


@lru_cache(maxsize=1)
def pronouns() -> Mapping[str, frozenset[str]]:
    """'his' and 'her' -> the relations that are men and women: whose own relatives may be meant, who can be Mr and Mrs."""
    return {pronoun: frozenset(relations) for pronoun, relations in _words()["pronouns"].items()}


@lru_cache(maxsize=1)
def parental() -> frozenset[str]:
    """The relations whose 'son' or 'daughter' is the child."""
    return frozenset(listed(_words(), "parental"))
