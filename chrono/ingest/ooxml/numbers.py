"""How a workbook shows its numbers: which are dates, and which day or time of day a serial number stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from chrono.model import Value

BUILT_IN = {
    14: "dd/mm/yyyy",  # shown in the reader's own short form, so it says nothing about how it was written
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys(range(32, 36), "h:mm"),
}
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
PARTS = re.compile(r"d+|m+|y+|h+|s+")
ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
USUAL_ORDERS = ("dmy", "ymd", "")

EPOCH_1900 = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
DAY_MILLISECONDS = 86_400_000


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number format makes of a number. `hint`: the format, where a reader of the sheet sees something that the
    stored day does not tell: a month without its day, a day without its year, or the month first. `order` is what it shows of
    day, month and year: 'dmy', 'my', 'y'. `blank`: it shows nothing.
    """

    dated: bool = False
    elapsed: bool = False
    hint: str = ""
    order: str = ""
    blank: bool = False


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """The meaning of a format as Excel writes it: 'dd/mm/yyyy', '[h]:mm', '#,##0'."""
    shown = LITERAL.sub("", code.partition(";")[0]).lower()
    if set(code) == {";"}:
        return NumberFormat(blank=True)
    if not set(shown) & set("dmyhs") or shown == "general":
        return NumberFormat()
    order = _order(shown)
    return NumberFormat(True, bool(ELAPSED.search(shown)), "" if order in USUAL_ORDERS else code, order)


def _order(shown: str) -> str:
    """Day, month and year in the order shown: 'dmy', 'my'. An m beside hours or seconds is minutes."""
    found = [part[0] for part in PARTS.findall(shown)]
    letters = ""
    for place, letter in enumerate(found):
        before, after = found[place - 1 : place], found[place + 1 : place + 2]
        if letter in "hs" or (letter == "m" and ("h" in before or "s" in after)):
            continue
        letters += "" if letter in letters else letter
    return letters


def moment(serial: float, format_: NumberFormat, *, from_1904: bool) -> datetime | time | str | float:
    """What a serial number under a date format stands for: a day with its time, a time of day, or as text what no calendar
    has: '29/02/1900', or hours beyond a day. The number itself where it lies outside the calendar."""
    if format_.elapsed and not 0 <= serial < 1:
        return _hours(serial)
    if serial < 0:
        return serial
    whole, fraction = divmod(serial, 1)
    milliseconds = round(fraction * DAY_MILLISECONDS)
    if serial < 1 and milliseconds < DAY_MILLISECONDS:
        return (datetime.min + timedelta(milliseconds=milliseconds)).time()
    if not from_1904 and whole == 60:
        return "29/02/1900"
    if not from_1904 and 0 < whole < 60:
        whole += 1  # the 1900 system counts a 29 February that never was
    try:
        return (EPOCH_1904 if from_1904 else EPOCH_1900) + timedelta(days=whole, milliseconds=milliseconds)
    except OverflowError:
        return serial


def as_shown(day: datetime, format_: NumberFormat) -> str:
    """What somebody wrote who typed a month or a year, which Excel then stored as its first day: 'May 2019', '2019'.
    '' where the format shows a day, or where a day was stored that nobody could have meant by a month."""
    if "d" in format_.order or day != day.replace(day=1, hour=0, minute=0, second=0, microsecond=0):
        return ""
    if "m" in format_.order:
        return f"{day:%B %Y}" if "y" in format_.order else ""
    return f"{day:%Y}" if format_.order == "y" and day.month == 1 else ""


def _hours(serial: float) -> str:
    minutes = round(serial * 24 * 60)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def number(text: str) -> str | int | float:
    """A number as written in a file; the text itself where it is none."""
    try:
        if text.isdecimal() and len(text) < 16:
            return int(text)
        value = float(text)
    except ValueError:
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return text
    written_whole = not any(mark in text for mark in ".eEnN")
    return int(value) if written_whole and abs(value) < 1e15 else value


def iso_moment(text: str) -> Value:
    """A date or time as strict workbooks and OpenDocument write it; the text itself where it is none."""
    text = text.strip()
    try:
        if "T" in text or "-" in text:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return time.fromisoformat(text)
    except ValueError:
        return text
