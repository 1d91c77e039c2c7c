"""When an attendance or a stay ended, where a table gives it in a column of its own beside the coming."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from chrono.model import Entry

FIGURES = re.compile(
    r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})|(?P<y_>\d{4})-(?P<m_>\d{2})-(?P<d_>\d{2})"
)
HOUR = re.compile(r"\b(\d{1,2})[:.](\d{2})\b")
LONGEST = 400
"""Days: an end further off is that of something else, or its day and month stand the other way round."""


@dataclass(frozen=True)
class Leaving:
    """The day in a row's column for the end, and the hour ('' if there is none)."""

    day: date
    time: str = ""


def leaving(entry: Entry) -> Leaving | None:
    """The end in a row's own column; None where it has none, or its day is not in figures or is far from the coming."""
    cell = entry.fields.get("end-date", "")
    found = FIGURES.search(cell)
    start = entry.when.start
    if not found or start is None:
        return None
    year = int(found["y"] or found["y_"])
    try:
        day = date(year + 2000 if year < 100 else year, int(found["m"] or found["m_"]), int(found["d"] or found["d_"]))
    except ValueError:
        return None
    hour = HOUR.search(cell[found.end() :]) or HOUR.search(entry.fields.get("end-time", ""))
    return Leaving(day, f"{int(hour[1]):02}:{hour[2]}" if hour else "") if abs((day - start).days) <= LONGEST else None
