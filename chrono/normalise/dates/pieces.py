"""The named pieces that the patterns of the notations are built from, and how each is turned into a number."""

from __future__ import annotations

import re
from datetime import date

from chrono.normalise.dates.words import FEASTS, MONTH_NUMBER, MONTHS, WEEKDAYS

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_CLOCK = (
    rf"(?:{_HOUR}[:.][0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?(?:am|pm))?(?: ?hrs)?(?: ?z|\+0[01]:?00)?"
    rf"|{_HOUR}(?: ?[:.] ?[0-5]\d)? (?:am|pm)|(?:2[0-4]|[01]\d)[0-5]\d hrs|{_HOUR} hrs(?: ?[0-5]\d)?|noon|{_HOUR} o'clock)"
)
_BARE_CLOCK = r"(?:2[0-3]|[01]\d)[0-5]\d(?:[0-5]\d)?"

PIECES = {
    "d": r"\d{1,2}",
    "dth": r"\d{1,2}(?:st|nd|rd|th)?",
    "nth": r"(?:\d{1,2}(?:st|nd|rd|th)|last|final)",
    "month": rf"(?:{'|'.join(MONTHS)})",
    "weekday": rf"(?:{'|'.join(WEEKDAYS)})",
    "year": r"(?:(?:19|20|21)\d\d|\d\d)",
    "year4": r"(?:19|20|21)\d\d",
    "years": r"(?:(?:19|20)?\d\d) ?[/-] ?(?:(?:19|20)?\d\d)",
    "sep": r"[./-]",
    "s": r" ?[-./, ]? ?",
    "dash": r" ?(?:-|until|to|/) ?",
    "count": r"(?:\d{1,3}|an?|(?:a )?(?:couple|few)|couple of|several|some)",
    "unit": r"(?:day|days|night|nights|week|weeks|wk|fortnight|fortnights|month|months|year|years|hrs|working days)",
    "feast": rf"<(?:{'|'.join(re.escape(feast) for feast in FEASTS)})>",
    "season": r"(?:spring|summer|autumn|winter)",
    "part": r"(?:early|middle|late)",
    "clock": _CLOCK,
    "anyclock": rf"(?:{_CLOCK}|{_BARE_CLOCK})",
    "rest": r".+?",
}
"""Name -> pattern in the canonical text that clean.py makes."""


def expanded(template: str) -> str:
    """The pattern of a template such as '{d=dth} {m=month} {y=year}': group name = piece; '{s}' is a piece without a name."""
    return re.sub(r"\{([a-z]\w*)(?:=(\w+))?\}", _piece, template)


def _piece(found: re.Match[str]) -> str:
    name, piece = found.group(1), found.group(2)
    return f"(?P<{name}>{PIECES[piece]})" if piece else f"(?:{PIECES[name]})"


def year_number(written: str) -> int:
    """Two figures are 20xx."""
    return int(written) if len(written) == 4 else 2000 + int(written)


def day_number(written: str) -> int:
    """'3rd' -> 3."""
    return int(written.rstrip("sndrth"))


def month_number(written: str) -> int:
    """'jun' -> 6."""
    return MONTH_NUMBER[written]


def place_number(written: str) -> int:
    """'3rd' -> 3, 'last' -> -1."""
    return -1 if written in ("last", "final") else day_number(written)


def year_pair(written: str) -> tuple[int, int]:
    """'2017/18' and '17-18' -> (2017, 2018)."""
    first, last = re.split(r" ?[/-] ?", written)
    begin = year_number(first)
    return begin, year_number(last) if len(last) == 4 else begin - begin % 100 + int(last)


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
