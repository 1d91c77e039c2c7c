"""Finds date expressions inside longer text: one pattern says where one may stand, the grammar says what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.normalise.dates.words import NAMES_OF_DAYS_AND_MONTHS, WEEKDAYS


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


_MONTH = _any([name for name, means in NAMES_OF_DAYS_AND_MONTHS.items() if means not in WEEKDAYS]) + r"\b\.?"
_WEEKDAY = _any([name for name, means in NAMES_OF_DAYS_AND_MONTHS.items() if means in WEEKDAYS]) + r"\b\.?"
_Y4 = r"(?:19|20)\d\d(?!\d)"
_YEAR = (
    rf"(?:{_Y4}|'?\d\d(?![\d:.]\d|\d|/|\s?(?:am|pm|hrs|hours|year|day|week|month|minute|child|young|people|time|x)\b))"
)
_YEARS = rf"{_Y4}\s?[-–/]\s?(?:{_Y4}|\d\d(?!\d))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DASH = r"\s?(?:-|–|—|/|&)\s?|\s+(?:to|and|or|until|till|-|–|—|&)\s+(?:the\s+)?"

_FIGURES = rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:{_Y4}|\d\d(?!\d))|(?:19|20)\d\d-\d\d-\d\d(?:T(?=\d))?)"
_NO_YEAR = r"(?:(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0[1-9])|(?:3[01]|[12]\d|0[1-9])/[1-9](?!\d))"
_WORDS = (
    rf"(?:(?:{_DAY}(?:{_DASH}|\s?,\s?))*{_DAY}\s?[-./]?\s?(?:day\s+)?(?:of\s+)?{_MONTH}(?:\s?[-,./]?\s?{_YEAR})?"
    rf"|{_MONTH}\s?{_DAY}(?!\d)(?:,?\s{_Y4})?|(?:{_MONTH}(?:{_DASH}))?{_MONTH}\s?[-,]?\s?(?:of\s+)?(?:{_Y4}|'\d\d))"
)
_SEASON = (
    rf"(?:(?:spring|summer|autumn|winter)(?:\s+(?:half\s)?term)?(?:\s+of)?,?\s+(?:{_YEARS}|{_Y4}|'\d\d)"
    rf"|(?:{_MONTH}\s+)?half[\s-]term,?\s+(?:(?:in\s+)?{_MONTH}\s+)?{_Y4})"
)
_FEAST = r"(?:(?:christmas|xmas|new\syear'?s?|easter)(?:\s+(?:day|eve|sunday|monday|saturday))?|boxing\s+day|good\s+friday|nye)"
_FEAST_DATED = (
    rf"(?:{_FEAST}\s+(?:{_YEARS}|{_Y4})|christmas\s+(?:day|eve)|boxing\s+day|new\s+year'?s\s+(?:eve|day)|good\s+friday)"
)
_QUARTER = rf"(?:Q[1-4]\s+(?:{_YEARS}|{_Y4})|(?:school|academic|financial)\s+year\s+{_YEARS})"
_LEADS_TO_YEAR = ("in", "since", "during", "early", "late", "mid", "of", "from", "until", "before", "after")
_YEAR_ALONE = "(?:" + "|".join(rf"(?<=\b{word}[\s-])" for word in _LEADS_TO_YEAR) + rf")(?:{_YEARS}|{_Y4})"
_CORE = rf"(?:(?:{_WEEKDAY},?\s+(?:the\s+)?)?(?:{_FIGURES}|{_WORDS})|{_SEASON}|{_FEAST_DATED}|{_QUARTER}|{_YEARS}|{_YEAR_ALONE})"
_NUMBERED = rf"(?:{_CORE}|{_NO_YEAR}(?![\d/]))"

_MODIFIER = (
    r"(?:w/?c\s|w/?e\s|week\s(?:commencing|beginning|ending|of)\s|weekend\sof\s|(?:first|second|third|fourth|last)\s(?:week|weekend)\s(?:of|in)\s"
    r"|(?:early|mid|late)[\s-](?:(?:to|/)\s?(?:mid|late)\s)?(?:in\s|part\sof\s)?|(?:the\s)?(?:beginning|start|middle|end|first\shalf|second\shalf|latter\shalf)\s(?:of\s)?"
    r"|(?:circa|approx(?:imately|\.)?|around|about|c\.)\s?|on\sor\s(?:around|about)\s|~\s?|\?|the\s|night\sof\s|(?:morning|afternoon|evening)\sof\s)"
)
_CLOCK = r"(?:\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:am|pm|hrs|hours)?\b(?![./]\d)|\d{1,2}\s?(?:am|pm)\b|\d{4}\s?(?:hrs|hours|hr|h)\b)"
_CLOCKS = rf"(?:,?\s(?:at\s|@\s?)?(?:(?:approx\.?|around|about|c\.?)\s?)?|T){_CLOCK}(?:\s?(?:-|–|to|until)\s?{_CLOCK})?"
_OPEN = r"(?:(?:since|from|until|till|up\sto|before|after|prior\sto|between)\s(?:the\s)?)"
_RELATIVE = (
    r"(?:the\s)?(?:next|following|previous|same)\s(?:day|morning|afternoon|evening)|yesterday|tomorrow|today|the\sday\s(?:before|after)"
    r"|(?:\d{1,2}|one|two|three|four|five|six|seven|ten|a)\s(?:days?|weeks?|months?|fortnight)\s(?:later|earlier|ago)"
)

EXPRESSION = re.compile(
    rf"(?<![\w/£$#])(?<!\d[.,-])(?:{_OPEN}?{_MODIFIER}*(?:{_NUMBERED}(?:{_CLOCKS})?)(?:(?:{_DASH}|\s+(?:through|up\sto)\s+){_MODIFIER}*{_NUMBERED}(?:{_CLOCKS})?)?"
    rf"(?:\s(?:onwards|to\sdate)|\s?\(\?\)|\?)?|{_RELATIVE})(?![\w£%]|/\d|-\d)",
    re.IGNORECASE,
)
"""Where a date expression may stand in running text. What it finds must still be read, and may turn out to be none."""

_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_COMPLETE = re.compile(rf"(?:{_FIGURES}|{_MONTH}\s+\d{{4}})(?:{_CLOCKS})?$", re.IGNORECASE)
_ANCHOR = re.compile(
    r"\d[\d./:-]*|boxing\s+day|(?:christmas|xmas)\s+(?:day|eve)|good\s+friday|new\s+year'?s\s+(?:eve|day)|\bnye\b|yesterday|tomorrow"
    r"|\btoday|\b(?:next|following|previous|same)\s+(?:day|morning|afternoon|evening)|\bday\s+(?:before|after)"
    r"|\b(?:days?|weeks?|months?|fortnight)\s+(?:later|earlier|ago)",
    re.IGNORECASE,
)
"""Every expression holds one of these: only around them is it worth looking for one."""
_DIGIT = re.compile(r"\d")
_IN_ANCHORS = ("day", "eve", "nye", "morning", "noon", "later", "earlier", "ago")
"""An anchor has a digit or one of these in it: a first look, as most texts have none."""
_BEFORE_ANCHOR, _AFTER_ANCHOR = 44, 80
_NO_DATE_AFTER = (
    r"scor\w*|scal\w*|rat(?:ed|ing|io)|out of|bp|mark\w*|section|s\.?|part|no\.?|number|page|p\.?|vol\.?|flat|unit"
    r"|ref(?:s|erences?)?:?|urn|crime|cad|log|tel\w*:?|phone:?|mobile:?|dob:?|birth:?|d\.o\.b\.?:?|born|version|v\.?"
)
_SCORE_BEFORE = re.compile(rf"(?<![a-z])(?:{_NO_DATE_AFTER})\s*(?:of\s|was\s|on\s)?\s*$", re.IGNORECASE)
_SCORE_AFTER = re.compile(
    r"\s*(?:of the\b|of a\b|of his\b|of her\b|points?\b|marks?\b|out of\b|%|hours?\s+(?:a|per)\b)", re.IGNORECASE
)
_ALWAYS = frozenset({"24/7", "50/50", "24/07"})


def expressions(text: str) -> Iterator[tuple[int, int]]:
    """Where date expressions may stand in `text`: begin inclusive, end exclusive. Scores, references and ages are passed over."""
    for found in _found(text):
        begin, end = found.span()
        written = found.group()
        if written.strip() in _ALWAYS or _SCORE_AFTER.match(text, end):
            continue
        if _SCORE_BEFORE.search(text, max(0, begin - 24), begin):
            continue
        if written.startswith(("may ", "march ")):
            continue
        yield from _apart(text, begin, begin + len(written.rstrip(" .,;")))


def _found(text: str) -> Iterator[re.Match[str]]:
    low = text.lower()
    if not (_DIGIT.search(text) or any(piece in low for piece in _IN_ANCHORS)):
        return
    place = 0
    while anchor := _ANCHOR.search(text, place):
        begin = max(place, anchor.start() - _BEFORE_ANCHOR)
        found = EXPRESSION.search(text, begin, min(len(text), anchor.end() + _AFTER_ANCHOR))
        if found is None:
            place = anchor.end()
            continue
        yield found
        place = max(found.end(), place + 1)


def _apart(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """'12/06/18 and 15/06/18' are two dates; '3 and 5 June' and 'between ... and ...' are one expression."""
    joint = _AND.search(text, begin, end)
    whole = joint and EXPRESSION.fullmatch(text, begin, joint.start()) and EXPRESSION.fullmatch(text, joint.end(), end)
    if (
        joint is None
        or whole is None
        or text[begin : begin + 7].lower() == "between"
        or not _COMPLETE.search(text, begin, joint.start())
    ):
        yield begin, end
        return
    yield begin, joint.start()
    yield joint.end(), end
