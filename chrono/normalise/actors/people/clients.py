"""Who the client of a service for adults is to the child: told once for a whole return, from what its rows say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from chrono.normalise.actors.people.roles import Meaning, adult_clients, pronouns, role_words
from chrono.normalise.actors.words import listed, tokens, yaml_beside

PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
GROWN = r"\b(?:2[1-9]|[3-9]\d) ?(?:years?(?: |-)old|yrs? old|y/?o|yr|[mf])\b"
"""The age of an adult: '34 yr old', '34F'."""
MOST = 2
"""How many times as often as the other a pronoun must stand for the client to be told man or woman by it."""


def client_of(texts: Iterable[str], usual: str = "") -> str:
    """The relation to the child of the one client all these rows are about: 'mother' where rows say 'client (mother of K)'
    or speak of a woman and 'her son'; '' where they tell two things; the `usual` one where they do not tell."""
    kept = list(texts)
    told = {relation for text in kept for relation in _told_in(text)}
    if len(told) == 1:
        return told.pop()
    return "" if told else _by_children(kept) or usual


@cache
def _clients() -> str:
    """Any word for the client of such a service, the longest first."""
    return "|".join(sorted(map(re.escape, sorted(adult_clients())), key=len, reverse=True))


@cache
def _client() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_clients()})\b")


def is_about_an_adult(text: str) -> bool:
    """True if the patient of a row is somebody's parent: 'patient (mother of K)', 'pt has two sons', 'pt upset about her
    daughter'; not if the son or daughter may be that of a relative named between: 'pt came with father and his son'."""
    return _speaks_of_a_client(text.lower()) and any(
        not any(
            form.meaning.sense == "relation"
            for _, forms in role_words().within(found.group("between") or "")
            for form in forms
        )
        for found in _parents().finditer(text)
    )


def _speaks_of_a_client(text: str) -> bool:
    """True if a word for a client stands in a text; in most not even its letters do."""
    return any(word in text for word in adult_clients()) and _client().search(text) is not None


def _told_in(text: str) -> Iterator[str]:
    """What a row states of its client: 'client, who is mother of K', 'his girlfriend and her daughter'."""
    for found in _stated().finditer(text):
        yield from (meaning.of for meaning in _relations(found.group("who")))
    for relation, pattern in _partners().items():
        if pattern.search(text):
            yield relation


def _by_children(texts: list[str]) -> str:
    """The parent whose own 'son' or 'daughter' the rows speak of, if nearly all their pronouns are of that sex."""
    said = Counter("his" if found.group(1) else "her" for text in texts for found in PRONOUN.finditer(text))
    sex, other = ("his", "her") if said["his"] > said["her"] else ("her", "his")
    if said[sex] < MOST * said[other] or not any(_children()[sex].search(text) for text in texts):
        return ""
    return "father" if sex == "his" else "mother"


def kin_of(client: str, relation: str, pronoun: str) -> str:
    """Who a relative of the client is to the child: the mother of the mother is the maternal grandmother. '' if that is not
    told, or 'his' stands in the return of a woman. No pronoun stands in "client's mother"."""
    if pronoun and client not in pronouns().get(pronoun, ()):
        return ""
    return str(_words()["kin"].get(client, {}).get(relation, ""))


def has_kin(relation: str) -> bool:
    """True for relatives of the child whose own relatives are told."""
    return relation in _words()["kin"]


@lru_cache(maxsize=1)
def own_partners() -> frozenset[str]:
    """Words for somebody's husband, wife or partner, that in a return about a client are of the client's own."""
    return frozenset(listed(_words(), "own_partners"))


def _relations(words: str) -> list[Meaning]:
    found = role_words().longest(tokens(words), 0)[1]
    return [form.meaning for form in found if form.meaning.sense == "relation"]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_beside(__file__, "clients.yaml")
    return words


@lru_cache(maxsize=1)
def _stated() -> re.Pattern[str]:
    clients = _clients()
    near = "|".join(listed(_words(), "between"))
    return re.compile(
        rf"\b(?:{clients})s?\b\W+(?:(?:{near})\W+)*(?P<who>[\w'-]+)(?: of| to)\b(?! (?:a|an|another|the)\b)", re.I
    )


@lru_cache(maxsize=1)
def _parents() -> re.Pattern[str]:
    clients = _clients()
    parents, children = ("|".join(listed(_words(), key)) for key in ("parents", "own_children"))
    has, their = ("|".join(listed(_words(), key)) for key in ("has", "their"))
    own = rf"(?:\b(?:{has}|{their})|['’]s) (?:\w+ ){{0,2}}(?:{children})\b"
    of = rf"(?:[(,]\s*|\b(?:is|was) )(?:the )?(?:birth )?(?:{parents}) (?:of|to)\b"
    patient = rf"\b(?:{clients})\b(?P<between>[^.;:]{{0,60}}?)(?:{own}|{of}|{GROWN})"
    named = rf"\b(?:{parents}) (?:\(|(?:is|was) (?:an?|the|our) )(?:{clients})\b(?!['’]s)|{GROWN} (?:{clients})\b"
    return re.compile(rf"{patient}|{named}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _partners() -> Mapping[str, re.Pattern[str]]:
    children = "|".join(listed(_words(), "children"))
    return {
        told["is"]: re.compile(
            rf"\b{told['whose']} (?:\w+ )?(?:{'|'.join(told['partner'])})(?: \w+)? (?:and|with|has|&) {told['their']} "
            rf"(?:\w+ )?(?:{children})\b",
            re.IGNORECASE,
        )
        for told in _words()["partners"]
    }


@lru_cache(maxsize=1)
def _children() -> Mapping[str, re.Pattern[str]]:
    children = "|".join(listed(_words(), "children"))
    return {sex: re.compile(rf"\b{sex} (?:own )?(?:\w+ )?(?:{children})\b", re.IGNORECASE) for sex in ("his", "her")}
