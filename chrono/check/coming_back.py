"""The day, and where it is told the time, on which a missing child came back, as the sentence of it in a row has it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from chrono.check.wording import sentence_at
from chrono.model import Entry
from chrono.told_days import WEEKDAYS

WITHIN = 21
"""Days after the row in which a day of the month that it names is looked for."""
NTH = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})\w* )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b(?! birthday| time| episode)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b(?![/.]\d)")
ELSEWHERE = re.compile(r"\b(?:hospital|ward|a&e|custody|cells|station|refuge|relatives?|friend\w*)\b", re.IGNORECASE)
"""Found there, the child may have come home another day."""
BOTH_TIMES, ONE_DAY = timedelta(hours=3), timedelta(days=1)


def told_apart(one: Entry, other: Entry) -> bool:
    """True if both rows tell the day of the return and it cannot be one: surely another day, and where both give the time
    some hours between them, as those who found the child and those who had them back are some way apart."""
    first, second = _return_in(one), _return_in(other)
    if first is None or second is None or first[0].date() == second[0].date():
        return False
    apart = abs(first[0] - second[0])
    if first[1] and second[1]:
        return apart >= BOTH_TIMES
    return abs(first[0].date() - second[0].date()) > ONE_DAY


def _return_in(entry: Entry) -> tuple[datetime, bool] | None:
    """When the child was back, and whether the row gives the time; None if it names no day of it."""
    for event in entry.events_of("found"):
        if event.column != "text" or event.begin < 0:
            continue
        sentence = sentence_at(entry.text, event.begin)
        start = entry.text.find(sentence)
        last = next((m for m in entry.dates[::-1] if start <= m.begin < start + len(sentence)), None)
        if ELSEWHERE.search(sentence) or entry.when.start is None:
            return None
        if last and last.when.is_day and last.when.start:
            clock = _time_in(sentence) or _clock(last.when.start_time)
            return datetime.combine(last.when.start, clock or time()), clock is not None
        if named := NTH.search(sentence):
            days = (entry.when.start + timedelta(days=number) for number in range(WITHIN))
            day = next((day for day in days if day.day == int(named["day"])), None)
            weekday = (named["weekday"] or "").lower()
            if day and (not weekday or WEEKDAYS[day.weekday()] == weekday):
                clock = _time_in(sentence[named.end() :])
                return datetime.combine(day, clock or time()), clock is not None
    return None


def _time_in(text: str) -> time | None:
    """The last time of the clock that a text gives."""
    found = [*CLOCK.finditer(text)]
    return time(int(found[-1]["hour"]), int(found[-1]["minute"])) if found else None


def _clock(told: str | None) -> time | None:
    return time.fromisoformat(told) if told else None
