"""What the words of a row that is no entry look like: notes, totals, glossaries, statements that nothing is held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal, cast

from chrono.normalise.tables.contents import without_dates
from chrono.normalise.tables.header_words import load_words

Absence = Literal["", "no-contact", "not-open", "no-records"]

_AUTHOR_NOTE = re.compile(r"^\s*[#^~¬]")
_ABBREVIATION = re.compile(r"^(?=.*[A-Z])[A-Za-z0-9&/+().,' -]{1,14}$")
_PAIR = re.compile(
    r"(?:^|[.;,\n]\s*|\s{2,})"
    r"([A-Z][\w&/.'’-]{0,14}(?: [\w&/-]{1,12}){0,2})"
    r"\s*(?:=|:|\bstands for\b|\bmeans\b|–| - )\s*"
    r"([^.;=:\n]{2,90})"
)
_DENIES = re.compile(r"\b(?:no|nil|not|nothing|closed)\b", re.IGNORECASE)
"""No statement of absence does without one of these: a quick look before the slow ones."""
_LONGEST_STATEMENT = 240
_LEAD_IN = 60


@cache
def _words() -> Mapping[str, Any]:
    return load_words("layout.yaml")


@cache
def _pattern(name: str, template: str) -> re.Pattern[str]:
    """One pattern of all alternatives in a list of layout.yaml; they take the place of '{}' in the template."""
    return re.compile(template.format("|".join(map(str, _words()[name]))), re.IGNORECASE)


@lru_cache(maxsize=50_000)
def is_total(text: str) -> bool:
    """True for the label of a row that adds up others."""
    return bool(_pattern("total", r"^(?:{})").search(text))


@lru_cache(maxsize=50_000)
def is_note(text: str) -> bool:
    """True for the beginning of a footnote, key or remark about the chronology itself."""
    return bool(_pattern("note", r"^(?:{})").search(text))


def is_author_note(text: str) -> bool:
    """True for Chronolator's author notes: their source starts with # ^ ~ or ¬."""
    return bool(_AUTHOR_NOTE.match(text))


@lru_cache(maxsize=50_000)
def is_form_label(text: str) -> bool:
    """True for the label of a form's field about the return itself: 'Completed by:'."""
    return bool(_pattern("form", r"^(?:{})").search(text))


@lru_cache(maxsize=50_000)
def heads_glossary(text: str) -> bool:
    """True for a heading over abbreviations or people."""
    return bool(_pattern("short_forms", r"^(?:{})\s*:?$").search(text))


@lru_cache(maxsize=50_000)
def heads_meanings(text: str) -> bool:
    """True for the header over the meanings of abbreviations, or the roles of people."""
    return bool(_pattern("meanings", r"^(?:{})\s*:?$").search(text))


def is_glossary_name(name: str) -> bool:
    """True if a sheet's name says that it explains short forms or names."""
    return bool(_pattern("glossary_sheets", r"\b(?:{})\b").search(name))


def is_guidance_name(name: str) -> bool:
    """True if a sheet's name says that it holds no chronology."""
    return is_glossary_name(name) or bool(_pattern("guidance_sheets", r"\b(?:{})\b").search(name))


def heads_people(text: str) -> bool:
    """True for the header of a column of a list of people: 'Relationship', 'In post since'."""
    return bool(_pattern("of_people", r"^(?:{})\s*:?$").search(text))


def is_version_word(text: str) -> bool:
    """True for a header of a table that lists the versions of the return itself."""
    return bool(_pattern("versions", r"^(?:{})\W*$").search(text))


def says_blank_is_above(text: str) -> bool:
    """True for a note that a blank date means the date above."""
    return bool(_pattern("blank_is_above", r"\b(?:{})").search(text))


def is_abbreviation(text: str) -> bool:
    """True for a short form such as 'SW', 'AP1, AP2' or 'SENCo'."""
    letters = sum(map(str.isalpha, text))
    return bool(_ABBREVIATION.match(text)) and sum(map(str.isupper, text)) * 2 >= letters > 0


def pairs_in(text: str) -> tuple[tuple[str, str], ...]:
    """Abbreviations explained in running words: 'SW: social worker. TM = team manager.'"""
    return tuple((short.strip(), meaning.strip()) for short, meaning in _PAIR.findall(text) if is_abbreviation(short))


@cache
def _absences() -> tuple[tuple[Absence, re.Pattern[str]], ...]:
    return tuple(
        (cast(Absence, kind), re.compile("|".join(patterns), re.IGNORECASE))
        for kind, patterns in _words()["absence"].items()
    )


@lru_cache(maxsize=100_000)
def absence(text: str) -> Absence:
    """The kind of absence that a statement declares; '' for an instruction, a long text, or any other words."""
    if len(text) > _LONGEST_STATEMENT or not _DENIES.search(text):
        return ""
    if _pattern("asks", r"\b(?:{})\b").search(text):
        return ""
    for kind, pattern in _absences():
        found = pattern.search(text)
        if found and found.start() <= _LEAD_IN:
            return kind
    return ""


@lru_cache(maxsize=100_000)
def only_absence(text: str) -> Absence:
    """As `absence`, but only where the text says nothing else: 'No contact made with mother' tells of a visit that failed."""
    kind = absence(text)
    if not kind:
        return ""
    said = without_dates(text).strip(" .,;:()-–")
    return kind if _pattern("only_absence", r"^(?:(?:{})\b\W*)+$").search(said) else ""
