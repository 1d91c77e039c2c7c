"""What stands beside an event in a text: its number, how often, documents, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chrono.numerals import CARDINALS, ORDINAL, ordinal_value

MANY = 999
"""The upper bound of a vague number: 'several' is three or more."""

NUMBERS: Mapping[str, int] = {
    **{word: value for value, word in enumerate(CARDINALS, 1)},
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "once": 1,
    "twice": 2,
    "dozen": 12,
}
VAGUE: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("several", "many", "numerous", "frequent", "frequently"), (3, MANY)),
    **dict.fromkeys(("multiple", "various", "repeated", "repeatedly", "some"), (2, MANY)),
    "more": (1, MANY),
    "few": (2, 5),
    "couple": (2, 2),
    "both": (2, 2),
}

_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
_HOW_MANY = rf"(?P<number>{_NUMBER}|{'|'.join(VAGUE)})"
_BESIDE_COUNT = r"(?:separate|further|more|or more|other|[a-z]+ed|[a-z]+ly|[a-z]+-[a-z]+)"
_COUNT_BEFORE = re.compile(rf"\b(?:{_NUMBER}\s+of\s+(?:the\s+)?)?{_HOW_MANY}(?:\s+{_BESIDE_COUNT}){{0,2}}\s*\Z", re.I)
_TIMES = r"(?:x\b|times\b|occasions\b|episodes\b|in all\b|in total\b|sessions\b)"
_COUNTS_AFTER = (
    re.compile(rf"\A[\s,:(]*(?:[a-z]+ ){{0,2}}?(?:(?:on|over|in|for)\s+)?(?:x\s?)?{_HOW_MANY}\s*{_TIMES}", re.I),
    re.compile(rf"\A(?:\s+[a-z]+)?\s+(?:for|in|on|after|at)\s+(?!both\b){_HOW_MANY}\s+of\b", re.I),
    re.compile(r"\A[\s,:(]*x\s?(?P<number>\d{1,3})\b", re.I),
)
_TWICE = re.compile(
    r"\A(?:\s+[a-z]+)?\s+(?P<number>twice)\b(?!\s+(?:an?|per|each|every|the|in one|weekly|daily|monthly|before)\b)",
    re.I,
)
"""Behind an incident; 'seen twice' may be of one worker."""
_COUNTED_NOUN = re.compile(r"\A\s+(?:reports|episodes|incidents|occasions|spells|periods|events|notifications)\b", re.I)
"""Behind a kind of event, what the number before it counts: 'three missing reports'."""
_BETWEEN_ORDINAL = (
    r"(?:planned|further|formal|recorded|such|joint|review|cp|lac|cla|child|looked|protection|statutory|multi-agency|missing|missed"
    r"|nrm|complex|core|fixed-term|fixed|reported|unannounced|announced|home)"
)
_ORDINAL_BEFORE = re.compile(
    rf"\b(?P<nth>{ORDINAL})(?:[\s-]+{_BETWEEN_ORDINAL})?\s*\Z",
    re.I,
)
_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_UNIT = r"st|nd|rd|th|am|pm|hours?|hrs|days?|weeks?|months?|years?|minutes?|mins?|times|x|children|young|of"
_OTHER_UNIT = rf"(?:{_UNIT}|(?:{_MONTH})[a-z]*)"
_ORDINAL_AFTER = re.compile(
    rf"\A\s*(?:no\.?\s*|number\s+|#\s*)?(?P<digits>\d{{1,2}})\b(?![/.:%-]\d|\s*{_OTHER_UNIT}\b)"
    rf"|\A\s*(?:no\.?|number)\s+(?P<word>{'|'.join(CARDINALS)})\b",
    re.I,
)
_ENDS_IN_S = re.compile(r"(?:s|ies|calls|x)\Z", re.I)

DOCUMENTS: Mapping[str, str] = {
    **{
        name: name
        for name in [
            "minutes",
            "assessment",
            "report",
            "plan",
            "agreement",
            "chronology",
            "form",
            "letter",
            "notes",
            "statement",
            "record",
        ]
    },
    "reports": "report",
    "contract": "agreement",
    "memorandum": "agreement",
    "proforma": "form",
    "papers": "papers",
}
HAS_DIGIT = re.compile(r"\d")
_DOCUMENT = re.compile(rf"\b({'|'.join(DOCUMENTS)})\b(?!\s+(?:of|that|to police)\b)", re.I)
_NAMED_REFERENCE = re.compile(
    r"\b(?:crime|cris|merlin|incident|urn|log|cad|custody|referral|ref|reference|occurrence|case|niche|athena|storm|fwin|ppn|nrm|crn)"
    r"\s*(?:report|record)?\s*(?:ref(?:erence)?|number|no|num|id|record)?\s*[.:#]?\s*(?P<ref>(?=[A-Z0-9/_-]*\d)[A-Z0-9]+(?:[/_-][A-Z0-9]+)*)\b",
    re.I,
)
_SLASHED = re.compile(
    r"(?<![\w/])(?P<ref>\d{4,10}/\d{2,4}|\d{2}[A-Z]{2}/\d{2,8}/\d{2}|[A-Z]{1,4}\d{3,9}[A-Z]?(?:/\d{2,4})?)\b"
)


def count_at(text: str, begin: int, end: int, *, incident: bool = False) -> tuple[int, int] | None:
    """How often the event at `begin`..`end` is said to have been: (least, most); None if the words do not number it.

    Of 'interviews for three of eleven episodes' the interviews are three and the episodes eleven.
    """
    several = _ENDS_IN_S.search(text[begin:end].rstrip("'")) or _COUNTED_NOUN.match(text[end:])
    before = _COUNT_BEFORE.search(text[max(0, begin - 50) : begin]) if several else None
    patterns = (*_COUNTS_AFTER, _TWICE) if incident else _COUNTS_AFTER
    after = next((told for pattern in patterns if (told := pattern.match(text[end : end + 60]))), None)
    told = before or after
    return _amount(told["number"].lower()) if told else None


def _amount(word: str) -> tuple[int, int]:
    if word in VAGUE:
        return VAGUE[word]
    number = int(word) if word.isdigit() else NUMBERS[word]
    return number, number


def ordinal_at(text: str, begin: int, end: int, *, numbered: bool) -> int | None:
    """Which one of its series the event is: 'third strategy discussion', '5th review', and, if `numbered`, 'Session 4'."""
    before = _ORDINAL_BEFORE.search(text[max(0, begin - 40) : begin])
    if before:
        return ordinal_value(before["nth"])
    after = _ORDINAL_AFTER.match(text[end : end + 24]) if numbered else None
    return _amount((after["digits"] or after["word"]).lower())[0] if after else None


def documents_in(text: str) -> tuple[str, ...]:
    """The kinds of document a text names."""
    return tuple(dict.fromkeys(DOCUMENTS[match.group(1).lower()] for match in _DOCUMENT.finditer(text)))


@lru_cache(maxsize=65536)
def references_in(text: str) -> tuple[str, ...]:
    """Crime, incident, custody, referral numbers in a text, as written, without doubles."""
    return tuple(dict.fromkeys(_references(text))) if HAS_DIGIT.search(text) else ()


def _references(text: str) -> Iterator[str]:
    for pattern in (_NAMED_REFERENCE, _SLASHED):
        for match in pattern.finditer(text):
            if not _is_a_date(match["ref"]):
                yield match["ref"].upper()


def _is_a_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:19|20)\d\d(?:[/-]\d{2,4})?|\d{1,2}", text) is not None
