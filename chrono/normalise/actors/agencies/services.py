"""What kind of service a name belongs to: the words of agencies.yaml, and a guess for names it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from chrono.model import Agency
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.words import folded, listed, tokens, yaml_beside

SPELLINGS = ("names", "also", "short", "weak")


class Service(NamedTuple):
    """A service as agencies.yaml names it. `part_of` is the service of which it is a unit; `organisation` is the one
    body that has this name, '' if every area has its own."""

    name: str
    kind: str
    part_of: str = ""
    organisation: str = ""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_beside(__file__, "agencies.yaml")
    return words


@lru_cache(maxsize=1)
def services() -> Lexicon[Service]:
    """Every name and abbreviation of agencies.yaml."""
    lexicon: Lexicon[Service] = Lexicon()
    for entry in _words()["services"]:
        _take_up(lexicon, entry, Service(entry["service"], entry["kind"], entry.get("part_of", "")))
    for entry in _words()["organisations"]:
        service = Service(entry["kind"], entry["kind"], organisation=entry["name"])
        lexicon.add(entry["name"], service)
        _take_up(lexicon, entry, service)
    return lexicon


def _take_up(lexicon: Lexicon[Service], entry: Mapping[str, Any], service: Service) -> None:
    """Take up every form of a service; where `each` is set, each form is a service of its own."""
    for spelling in SPELLINGS:
        for form in listed(entry, spelling):
            short = spelling == "short" or (spelling == "weak" and form != form.lower() and " " not in form)
            meant = service._replace(name=form) if entry.get("each") else service
            lexicon.add(form, meant, exact=short, weak=spelling == "weak")


def nothing() -> tuple[str, ...]:
    """Phrases that begin like a name and are none: "parents' evening"."""
    return listed(_words(), "nothing")


@lru_cache(maxsize=1)
def other_words() -> frozenset[str]:
    """Words before a service that tell it from the agency's own: 'previous', 'another' ..."""
    return frozenset(token.low for word in listed(_words(), "other") for token in tokens(word)) - {"of"}


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Words of services that are also names of houses and streets: 'Elm Court Surgery' is no court."""
    return frozenset(listed(_words(), "places"))


@lru_cache(maxsize=1)
def fillers() -> frozenset[str]:
    """Words in the name of a file that do not tell whose it is."""
    return frozenset(listed(_words(), "fillers"))


@lru_cache(maxsize=1)
def service_words() -> frozenset[str]:
    """Every word that names of services are made of, names of single organisations left out."""
    names = (name for entry in _words()["services"] for spelling in SPELLINGS for name in listed(entry, spelling))
    return frozenset(word for name in names for word in folded(name).split())


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Words in the names of agencies that do not say by themselves which agency it is."""
    return frozenset(listed(_words(), "plain"))


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Words that names of services write in capitals: 'CSC', 'CAMHS', 'NHS'."""
    names = (name for entry in _words()["services"] for spelling in SPELLINGS for name in listed(entry, spelling))
    return frozenset(
        token.raw for name in names for token in tokens(name) if len(token.raw) > 1 and token.raw.isupper()
    )


@lru_cache(maxsize=4096)
def services_in(name: str, weak: bool = True) -> tuple[Service, ...]:
    """The services a name speaks of, the one with the longest words first; a whole name made of weak words counts too."""
    heard = list(services().within(name, weak=weak))
    telling = [each for each in heard if folded(each[0]) not in place_words()]
    by_itself = folded(name).removeprefix("the ") in place_words()
    found = [(len(tokens(words)), forms[0]) for words, forms in (heard if by_itself else telling)]
    ranked = sorted(found, key=lambda pair: (pair[1].weak, pair[1].meaning.kind in VAGUE, -pair[0]))
    return tuple(dict.fromkeys(form.meaning for _, form in ranked))


VAGUE = frozenset({"health"})
"""Kinds whose words ("NHS Trust", "health") say less than any other word in the same name."""


def kind_of(name: str) -> str:
    """The kind of service a name speaks of: 'police' for 'Northshire Constabulary', 'school' for 'Hilltop Academy';
    '' when no word of it tells."""
    found = services_in(name)
    return found[0].kind if found else ""


def _hinted(name: str) -> str:
    """The kind of the last of the hints in a name that says no service; '' if there is none."""
    words = folded(name).split()
    ways = ((begin, end) for end in range(len(words), 0, -1) for begin in range(end))
    return next((kind for begin, end in ways if (kind := _hints().get(" ".join(words[begin:end])))), "")


@lru_cache(maxsize=1)
def _hints() -> Mapping[str, str]:
    return {folded(word): kind for kind, found in _words()["hints"].items() for word in found}


def kind_of_agency(agency: Agency) -> str:
    """The kind of an agency of the case: as stated, else by its name, its other names, its id; a hint counts last."""
    forms = (agency.name, *agency.aliases, agency.id)
    kinds = [kind for kind in (agency.kind, *map(kind_of, forms)) if kind]
    return next((kind for kind in kinds if kind not in VAGUE), kinds[0] if kinds else _hinted(agency.name))
