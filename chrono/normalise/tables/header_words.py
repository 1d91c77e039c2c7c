"""The words of column headers: which role a header names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chrono.vocabulary import words as words_of

_NOT_A_LETTER = re.compile(r"[^a-z0-9#]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_APOSTROPHE = re.compile(r"['’‘`´]")


@lru_cache(maxsize=100_000)
def plain(header: str) -> str:
    """A header without case, punctuation and line breaks: 'Date & Time:' and 'date and time' are alike."""
    text = _APOSTROPHE.sub("", header.casefold().replace("&", " and "))
    return _NOT_A_LETTER.sub(" ", text).strip()


def without_hints(header: str) -> str:
    """A header without what stands in brackets, unless that is all of it: 'in' of 'in (dd/mm/yy)'."""
    return _IN_BRACKETS.sub(" ", header).strip() or header


def load_words(name: str) -> Mapping[str, Any]:
    """A YAML file of words that stands beside this module."""
    loaded: Mapping[str, Any] = words_of(Path(__file__).with_name(name))
    return loaded


@cache
def words() -> Mapping[str, Any]:
    """headers.yaml, as it stands."""
    return load_words("headers.yaml")


@cache
def _listed() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for role, headers in words()["headers"].items():
        for header in headers:
            found.setdefault(_key(header), role)
    return found


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, re.compile(pattern)) for role, pattern in words()["phrases"])


def _key(header: str) -> str:
    return " ".join(word for word in plain(header).split() if word not in {"and", "or", "the", "of", "s"}) or plain(
        header
    )


@dataclass(frozen=True, slots=True)
class HeaderRole:
    """The role a header names, and how well it is known: by its whole wording, or by a phrase in it."""

    role: str
    whole: bool


@lru_cache(maxsize=20_000)
def role_of(header: str) -> HeaderRole | None:
    """What headers.yaml says of this header; None if it says nothing.

    Hints in brackets ('(dd/mm/yy)') count only if nothing is known without them; of a header in lines the last line may
    decide; shortened words are looked up in full after all others."""
    bare = without_hints(header)
    last = bare.rpartition("\n")[2]
    full = _in_full(bare)
    return (
        _listed_as(bare, header, full)
        or next(filter(None, map(_by_phrase, dict.fromkeys((full, plain(header))))), None)
        or _listed_as(last, _in_full(last))
    )


def _listed_as(*wordings: str) -> HeaderRole | None:
    roles = (_listed().get(_key(wording)) for wording in wordings)
    role = next(filter(None, roles), "")
    return HeaderRole(role, whole=True) if role else None


def _by_phrase(text: str) -> HeaderRole | None:
    found = (role for role, pattern in _phrases() if pattern.search(text)) if len(text) <= 60 else iter(())
    role = next(found, "")
    return HeaderRole(role, whole=False) if role else None


def _in_full(header: str) -> str:
    """A header with its shortened words in full: 'Appt mde' is 'appointment made'."""
    text = plain(header)
    short = words()["short"]
    return " ".join(short.get(word, word) for word in short.get(text, text).split())


@dataclass(frozen=True)
class CaseHeaders:
    """Headers that the case itself assigns to roles; they come before headers.yaml."""

    roles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Mapping[str, str], vocabulary: Mapping[str, Iterable[str] | str]) -> CaseHeaders:
        """From an agency's `columns` (role -> header) and the case's own header words (role -> headers)."""
        found: dict[str, str] = {}
        for role, headers in vocabulary.items():
            for header in [headers] if isinstance(headers, str) else headers:
                found[plain(str(header))] = role
        found.update({plain(str(header)): role for role, header in columns.items()})
        return cls(found)

    def role_of(self, header: str) -> str | None:
        """The role that the case gives to this header, if any."""
        return self.roles.get(plain(header)) if self.roles else None


@cache
def subheaders() -> frozenset[str]:
    """Words of a second header row."""
    return frozenset(plain(str(word)) for word in words()["subheaders"])


@cache
def instructions() -> re.Pattern[str]:
    """Words of a row under the header that shows how to fill it in."""
    return re.compile(words()["instructions"], re.IGNORECASE)


@cache
def people_words() -> re.Pattern[str]:
    """Words that name whom somebody was in contact with."""
    names = "|".join(sorted(map(re.escape, words()["people"]), key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
