"""The words of dates, from words.yaml: loaded once, and made into one index and one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from chrono.vocabulary import words as words_of


def _load() -> Mapping[str, Any]:
    return MappingProxyType(words_of(Path(__file__).with_name("words.yaml")))


def _surfaces(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for word, surfaces in table.items():
        yield from ((str(surface), str(word)) for surface in surfaces)


def _suffix(number: int) -> str:
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def ordinal(number: int) -> str:
    """3 -> '3rd'."""
    return f"{number}{_suffix(number)}"


def _written_out(units: list[str], twenty: str, *, as_ordinal: bool) -> Iterator[tuple[str, str]]:
    """'twelve' -> '12', 'twenty first' -> '21st'; twenty-one to thirty-one are made from the units."""
    for number, word in enumerate(units, 1):
        yield word, ordinal(number) if as_ordinal else str(number)
    for tens, start in ((twenty, 20), ("thirty", 30)):
        for number, word in enumerate(units[:9], start + 1):
            yield f"{tens} {word}", ordinal(number) if as_ordinal else str(number)
    yield ("thirtieth", "30th") if as_ordinal else ("thirty", "30")


_WORDS = _load()

MONTHS: tuple[str, ...] = tuple(_WORDS["months"])
"""Three-letter months in order, the form the grammar uses."""
WEEKDAYS: tuple[str, ...] = tuple(_WORDS["weekdays"])
"""Three-letter weekdays, Monday first."""
MONTH_NUMBER: Mapping[str, int] = MappingProxyType({word: place for place, word in enumerate(MONTHS, 1)})
WEEKDAY_NUMBER: Mapping[str, int] = MappingProxyType({word: place for place, word in enumerate(WEEKDAYS)})

NAMES_OF_DAYS_AND_MONTHS: Mapping[str, str] = MappingProxyType(
    dict((*_surfaces(_WORDS["months"]), *_surfaces(_WORDS["weekdays"])))
)
"""Every spelling of a month or weekday that is right, to its three letters."""

UNKNOWN: frozenset[str] = frozenset(str(word) for word in _WORDS["unknown"])
DITTO: frozenset[str] = frozenset(str(word).strip() for word in _WORDS["ditto"])

CellRole = Literal["event", "recorded", "planned", "other"]
CELL_ROLES: tuple[CellRole, ...] = ("event", "recorded", "planned", "other")
ROLES: Mapping[CellRole, tuple[str, ...]] = MappingProxyType(
    {role: tuple(str(word) for word in _WORDS["roles"][role]) for role in CELL_ROLES}
)
"""Role of a date in a cell with several -> the words that say so."""

FEASTS: tuple[str, ...] = tuple(_WORDS["feasts"])


def _phrases() -> Iterator[tuple[str, str]]:
    yield from ((str(word), "") for word in _WORDS["noise"])
    yield from _surfaces(_WORDS["phrases"])
    yield from _written_out(_WORDS["numbers"], "twenty", as_ordinal=False)
    yield from _written_out(_WORDS["ordinals"], "twenty", as_ordinal=True)
    yield from ((surface, f"<{feast}>") for surface, feast in _surfaces(_WORDS["feasts"]))
    yield from NAMES_OF_DAYS_AND_MONTHS.items()


def _key(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase)


_INDEX: Mapping[str, str] = MappingProxyType({_key(surface): word for surface, word in _phrases()})


def canonical(phrase: str) -> str:
    """The grammar's word for a phrase that PHRASE found."""
    word = _INDEX.get(phrase)
    return _INDEX[_key(phrase)] if word is None else word


Trie = dict[str, "Trie"]


def _branches(trie: Trie) -> str:
    """A trie as a pattern that reads each letter once, however many phrases there are; '' marks where a phrase ends."""
    parts = ["".join((_letter(letter), _branches(rest))) for letter, rest in sorted(trie.items()) if letter]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and "" not in trie else f"(?:{'|'.join(parts)})"
    return f"{body}?" if "" in trie else body


def _letter(letter: str) -> str:
    return "[ -]" if letter == " " else re.escape(letter)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, the longest that fits; a space also matches a hyphen. Edges are not inside a word or number."""
    trie: Trie = {}
    for phrase in phrases:
        place = trie
        for letter in phrase:
            place = place.setdefault(letter, {})
        place[""] = {}
    return re.compile(rf"(?<![a-z0-9])(?:{_branches(trie)})(?![a-z0-9])")


PHRASE: re.Pattern[str] = _pattern(_INDEX)
VOCABULARY: frozenset[str] = frozenset(
    word for phrase in (*_INDEX, *UNKNOWN, *DITTO) for word in re.findall(r"[a-z]+", phrase)
)
"""Every single word that has a meaning here, so that it is never taken for a misspelling."""
