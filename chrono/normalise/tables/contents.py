"""What the cells of a column look like: dates, times, numbers, long texts. Looks only; what a date means is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from chrono.model import Value
from chrono.normalise.tables.header_words import people_words

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_NAMES = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?"
_DATE = re.compile(
    rf"""
      \b\d{{1,2}}(?:st|nd|rd|th)?\s*[./\-–\\ ]\s*\d{{1,2}}\s*[./\-–\\ ]\s*(?:\d{{4}}|\d{{2}})\b   # 3/4/19
    | \b\d{{4}}[./\-]\d{{1,2}}(?:[./\-]\d{{1,2}})?(?!\d)                                     # 2019-04-03, 2014/15
    | \b(?:19|20)\d\d\b                                                                      # 2019
    | ^(?:19|20)?\d{{6}}$                                                                    # 030419, 20190403
    | \b{MONTHS}\b[\s.,'’\-–/]*\d                                                           # March 2019, Mar 19
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?[-–.]?\s*{MONTHS}\b                           # 3 March
    | ^(?:early|mid|late|end|beginning|start)?\W*(?:of\s+)?{MONTHS}$                        # March
    | ^\d{{1,2}}[./]\d{{1,2}}$                                                               # 3/4
    | ^(?:{_DAY_NAMES})\b.{{0,24}}$                                                          # Monday
    | \b(?:spring|summer|autumn|winter)\b(?:\s+(?:term|holidays?|half))?
    | \b(?:christmas|xmas|easter|new\s+year)\b
    | \b(?:year|yr|yrs|years|y)\s*(?:r|c)?\s*(?:1[0-3]|0?\d)\b | \breception\b | \bkey\s+stage\s+\d
    | \baged?\b\s*(?:of\s+)?(?:about\s+)?\d | \b\d{{1,2}}\s*(?:years?|yrs?|months?|weeks?)\s+old\b
    | \bages?\s+of\s+(?:about\s+)?(?:\d|[a-z]+teen\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)
    | \b(?:(?:early|late|mid)\W+)?(?:teens|teenage\W+years)\b | \b(?:early|late|mid)\W+(?:childhood|infancy)\b
    | \b(?:he|she|they)\s+(?:was|were)\s+\d | ^at\s+birth\b | ^birth$ | \bbefore\s+birth\b | \bantenatal\b
    | \bw/[ce]\b | \bweek\s+(?:commencing|beginning|ending|of)\b
    | \b(?:next|same|following|previous)\s+(?:day|week|month|morning|evening|night|year)\b
    | \b(?:days?|weeks?|months?|years?|fortnight)\s+(?:later|after|before|earlier)\b
    | ^(?:christmas|xmas|ongoing|to\s+date|various\s+dates)$
    | ^(?:\?+\s*|q\d\s+\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BESIDE_A_DATE = re.compile(
    rf"""\b(?:from|to|and|between|until|till|since|about|approximately|approx|circa|around|in|of|the|on|or|at|by|during|before
    |after|prior|half|term|first|second|third|fourth|last|latter|early|late|mid|end|start|beginning|middle|onwards?|later
    |week|weekend|month|night|morning|afternoon|evening|school|academic|financial|year|day|date|time|ages?|aged|am|pm|hrs?
    |hours|reported|recorded|received|possibly|probably|est|estimated|unknown|exact|not|known|st|nd|rd|th|i?sh|{_DAY_NAMES}
    |{MONTHS})\b|[\W\d_]+""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS_LEFT = 8
_NO_DATE = re.compile(
    r"^(?:n\.?/?[dk]\.?|n/?a|(?:left\s+)?undated|not?\s+dated?|(?:no|without(?:\s+an?)?)\s+(?:date|day)s?(?:\s+\w+){0,3}|unknown"
    r"|not\s+(?:known|recorded|stated|given|entered|noted|supplied|provided|documented|specified|logged|written|filled\s+in)"
    r"|(?:date|day)s?\s+(?:(?:is\s+|was\s+)?(?:unknown|missing|blank|left\s+blank|illegible|omitted|not\s+\w+(?:\s+in)?))"
    r"|tb[ca]|unclear|\?+|unspecified|date\s+unclear)$",
    re.IGNORECASE,
)
_DITTO = re.compile(
    r"""^(?:["“”„″'’‘`´〃,^]{1,4}|-\s*["“”″'’]+\s*-|ditto|do\.?|as\s+above|same(?:\s+(?:date|day))?|[-–—]+|\.\.+|…|[↓↑]|“\s*”)$""",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^(?:at|from|c\.?|approx\.?|circa)?\s*(?:[01]?\d|2[0-4])(?:[:.]?[0-5]\d)(?:[:.][0-5]\d)?\s*(?:hrs?|hours|h|am|pm)?"
    r"(?:\s*(?:-|–|to)\s*(?:[01]?\d|2[0-4])(?:[:.]?[0-5]\d)\s*(?:hrs?|hours|am|pm)?)?$"
    r"|^(?:1[0-2]|0?[1-9])\s*(?:[ap]\.?m\.?)$|^(?:midnight|midday|noon|morning|afternoon|evening|night|am|pm)$",
    re.IGNORECASE,
)
_DAY_NUMBER = re.compile(rf"^(?:{_DAY_NAMES}\W+)?(?:[12]?\d|3[01])(?:st|nd|rd|th)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^[£+-]?\d+(?:[.,]\d+)?\s*%?$")
_FLAG = re.compile(r"^(?:yes|no|y|n|true|false|n/?a|none|✓|✔|x)\W*$", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?\d{1,6}[a-z]?[.)]?$", re.IGNORECASE)
_CODE = re.compile(r"^[A-Z]{1,5}(?:[-/ ]?(?:\d{2,4}[-/])?\d{3,}|[-/]\d{2,})[A-Za-z]?$")
_YMD = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
"""A day as a whole number: 20180421."""
_LONGEST_DATE = 90
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000


def shown(cell: Value) -> str:
    """A cell's text as a reader sees it: no-break spaces and outer blanks gone, dates day first."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else cell.replace("\xa0", " ").strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}" if (cell.hour or cell.minute) else f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


@lru_cache(maxsize=200_000)
def text_is_date(text: str) -> bool:
    """True if a cell with this text says when, and hardly anything else."""
    if len(text) > _LONGEST_DATE or not _DATE.search(text):
        return False
    return len(_BESIDE_A_DATE.sub("", _DATE.sub(" ", text))) <= _LETTERS_LEFT


def without_dates(text: str) -> str:
    """A text without the dates in it."""
    return _DATE.sub(" ", text)


def is_date(cell: Value) -> bool:
    """True if the cell is, or looks like, a date."""
    if isinstance(cell, str):
        return text_is_date(shown(cell))
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        whole = isinstance(cell, int) or cell.is_integer()
        return _FIRST_SERIAL <= cell <= _LAST_SERIAL or (
            whole and (1900 <= cell <= 2100 or bool(_YMD.match(f"{cell:.0f}")))
        )
    return isinstance(cell, date)


_PERIOD = re.compile(
    rf"""^\W*(?:(?:calendar|financial|school|academic)?\s*(?:year|month)\b\W*)?
      (?P<period>(?:{MONTHS}\W+)?(?:19|20)\d\d)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)


def period_of(heading: str) -> str | None:
    """The year or month that a heading is: '2020' of 'Year: 2020'. None for any other heading."""
    found = _PERIOD.match(heading)
    return found["period"] if found else None


_ONE_OF_SEVERAL = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:[./\-]\d{{1,2}}[./\-]|\s{MONTHS}\s)\s*\d{{2,4}}\b", re.IGNORECASE
)
_STRETCH = re.compile(r"\b(?:to|until|till|between|from)\b|\s[-–]\s|\d\s?[–-]\s?\d{1,2}[./ ]", re.IGNORECASE)


def holds_several_dates(text: str) -> bool:
    """True if a date cell lists several days, each by itself: '12.01.18, 15.03.18 and 20.05.18'. A stretch is one date."""
    return len(text) > 12 and not _STRETCH.search(text) and len(_ONE_OF_SEVERAL.findall(text)) > 1


@lru_cache(maxsize=50_000)
def is_flag(text: str) -> bool:
    """True for a cell that only says yes or no."""
    return bool(_FLAG.match(text))


def is_day_number(text: str) -> bool:
    """True for a day of the month by itself: '3', '14th'."""
    return bool(_DAY_NUMBER.match(text))


@lru_cache(maxsize=50_000)
def names_people(text: str) -> bool:
    """True if a text has a word for somebody whom one can be in contact with."""
    return bool(people_words().search(text))


@lru_cache(maxsize=50_000)
def says_undated(text: str) -> bool:
    """True for what is written where a date is not known: 'n/k', 'undated', '?'."""
    return bool(_NO_DATE.match(text))


@lru_cache(maxsize=50_000)
def is_ditto(text: str) -> bool:
    """True for marks that repeat the cell above."""
    return bool(_DITTO.match(text))


@lru_cache(maxsize=200_000)
def text_is_time(text: str) -> bool:
    """True if a cell with this text is a time of day."""
    return bool(_TIME.match(text))


def is_time(cell: Value) -> bool:
    """True if the cell is, or looks like, a time of day."""
    if isinstance(cell, str):
        return text_is_time(shown(cell))
    return isinstance(cell, time) or (isinstance(cell, float) and 0 < cell < 1)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a column's cells look like: shares of the filled ones (0 to 1), and how long they are."""

    filled: float = 0.0
    """Share of rows in which the column has anything."""
    count: int = 0
    dates: float = 0.0
    days: float = 0.0
    """Dates that would be dates in any column: real date cells, or with day and month in figures or words."""
    times: float = 0.0
    numbers: float = 0.0
    numbered: float = 0.0
    codes: float = 0.0
    """Cells that are a number with letters before it: 'CW-4410', 'AM/22/0233'."""
    flags: float = 0.0
    """Cells that only say yes or no."""
    people: float = 0.0
    length: float = 0.0
    """Average length of the filled cells."""
    distinct: float = 0.0


_PLAIN_DAY = re.compile(
    rf"""^\W*\d{{1,2}}(?:st|nd|rd|th)?\s*(?:[./\-–\ ]\s*\d{{1,2}}\s*[./\-–\ ]|[-\s]*{MONTHS})
      [-\s/.,'’]*\d{{0,4}}(?:\s+\d\d[:.]\d\d)?\W*$
    | ^\d{{4}}-\d\d-\d\d
    | ^(?:{_DAY_NAMES})\W+\d{{1,2}}(?:st|nd|rd|th)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_MOST_CELLS = 400


def _sample(cells: Sequence[Value]) -> Sequence[Value]:
    """At most some hundred cells, spread over the column."""
    return cells if len(cells) <= _MOST_CELLS else cells[:: len(cells) // _MOST_CELLS + 1]


def contents_of(cells: Sequence[Value]) -> Contents:
    """What a column's cells look like."""
    sample = _sample(cells)
    pairs = [(cell, text) for cell in sample if (text := shown(cell))]
    if not pairs:
        return Contents()
    texts = [text for _, text in pairs]
    told = [(cell, text) for cell, text in pairs if not is_ditto(text)]
    return Contents(
        filled=len(pairs) / len(sample),
        count=len(pairs),
        dates=_share([_is_dated(cell, text) or says_undated(text) for cell, text in told]),
        days=_share([isinstance(cell, date) or _PLAIN_DAY.match(text) for cell, text in told]),
        times=_share([text_is_time(text) if isinstance(cell, str) else is_time(cell) for cell, text in told]),
        numbers=_share(map(_NUMBER.match, texts)),
        numbered=_share(map(_NUMBERED.match, texts)),
        codes=_share(map(_CODE.match, texts)),
        flags=_share(map(is_flag, texts)),
        people=_share([len(text) <= 60 and names_people(text) for text in texts]),
        length=sum(map(len, texts)) / len(texts),
        distinct=len(set(texts)) / len(texts),
    )


def _is_dated(cell: Value, text: str) -> bool:
    return text_is_date(text) if isinstance(cell, str) else is_date(cell)


def _share(answers: Iterable[object]) -> float:
    given = list(map(bool, answers))
    return sum(given) / len(given) if given else 0.0
