"""Dates that do not stand in a cell of their own: in columns for day, month and year, or at the beginning of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chrono.normalise.tables.contents import MONTHS, is_date, shown
from chrono.normalise.tables.header_words import plain
from chrono.normalise.tables.lines import Line

_PARTS = {
    "day": re.compile(r"\d{1,2}"),
    "month": re.compile(rf"{MONTHS}|\d{{1,2}}", re.I),
    "year": re.compile(r"(?:19|20)\d\d|\d\d"),
}
_SHORT = {
    "d": "day",
    "dd": "day",
    "m": "month",
    "mm": "month",
    "mth": "month",
    "y": "year",
    "yy": "year",
    "yyyy": "year",
    "yr": "year",
}
"""How headers of such columns are shortened."""
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|[/.-]\d\d$|['’]\d\d$")
_MOSTLY = 0.6
_LEADING = re.compile(
    rf"""^\W*(?:(?:on|in|during)\s+)?
    (?P<date>
        (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W+)?
        (?:\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}} | \d{{4}}-\d\d-\d\d
          | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS}(?:,?\s+\d{{4}})? | {MONTHS}\s+\d{{4}})
        (?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d\d(?:\s*[ap]m|\s*hrs)?)?
      | (?:undated|date\s+(?:not\s+known|unknown)|no\s+date|n/?[dk])\b
    )
    (?:\s*[:–—-]\s*|\s*,\s+|\s+)(?P<rest>[(\["'“‘]?[^\W\d_].*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_DAY_ALONE = re.compile(
    rf"""^\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W+)?
    (?:\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}} | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS},?\s+\d{{4}})\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST_RUNNING = 2
_FEWEST_LEADING = 3
_LONGEST_LABEL = 40


def with_whole_dates(lines: Sequence[Line], headers: Mapping[int, str]) -> Sequence[Line]:
    """The lines with day, month and year joined in the cell of the first, where columns of their own hold them."""
    places = _part_places(lines, headers)
    return [_joined(line, places) for line in lines] if places else lines


def _part_places(lines: Sequence[Line], headers: Mapping[int, str]) -> tuple[int, ...] | None:
    """The places of day (or date), month and year, in the order in which a date is written; the first gets the whole."""
    named = {_SHORT.get(plain(header), plain(header)): place for place, header in headers.items()}
    parts = {part: named[part] for part in _PARTS if part in named and _holds(lines, named[part], part)}
    if "year" not in parts:
        return None
    if "month" in parts:
        return tuple(parts[part] for part in ("day", "month", "year") if part in parts)
    if "date" in named and not _HAS_YEAR.search(_first(lines, named["date"]) or "2000"):
        return named["date"], parts["year"]
    return None


def _first(lines: Sequence[Line], place: int) -> str:
    return next((line.at(place) for line in lines if line.at(place)), "")


def _holds(lines: Sequence[Line], place: int, part: str) -> bool:
    texts = [line.at(place) for line in lines if line.at(place)]
    return bool(texts) and sum(bool(_PARTS[part].fullmatch(text)) for text in texts) >= _MOSTLY * len(texts)


def _joined(line: Line, places: tuple[int, ...]) -> Line:
    texts = [line.at(place) for place in places]
    if len(line.filled) < 2 or not all(texts[1:]) or _HAS_YEAR.search(texts[0]):
        return line
    whole = ("/" if all(text.isdigit() for text in texts) and len(texts) == 3 else " ").join(filter(None, texts))
    cells = (*line.cells[: places[0]], whole, *line.cells[places[0] + 1 :])
    shown_texts = (*line.texts[: places[0]], whole, *line.texts[places[0] + 1 :])
    filled = tuple(sorted({*line.filled, places[0]}))
    return replace(line, cells=cells, texts=shown_texts, filled=filled)


def running_text(lines: Sequence[Line]) -> list[Line] | None:
    """A sheet with one column whose texts begin with their dates, or stand below them, parted into date and text; None for
    any other sheet."""
    told = [line for line in lines if line.filled]
    if any(len(line.filled) > 1 for line in told):
        return None
    begin = sum(bool(_LEADING.match(line.first)) for line in told)
    alone = sum(_is_day(line.first) for line in told)
    dated = begin + 2 * alone if alone >= _FEWEST_RUNNING else begin
    if dated < _FEWEST_RUNNING or dated * 3 < len(told):
        return None
    days = [""] + [line.first if line.filled and _is_day(line.first) else "" for line in lines]
    return [_parted(line, day) for line, day in zip(lines, days, strict=False)]


def _is_day(text: str) -> bool:
    """True for a day of the calendar by itself: 'Thursday 7 February 2019'."""
    return bool(_DAY_ALONE.match(text))


def with_leading_dates(lines: Sequence[Line]) -> list[Line] | None:
    """A table without a column of dates, in one column of which the texts begin with them: the dates in a column of their
    own behind the others. None for any other sheet."""
    full = [line for line in lines if len(line.filled) > 1 and not line.lone]
    width = max((len(line.texts) for line in full), default=0)
    if any(_is_column_of_dates(full, place) for place in range(width)):
        return None
    place = next((place for place in range(width) if _begin_with_dates(full, place)), None)
    if place is None:
        return None
    of_the_table = [at for at, line in enumerate(lines) if len(line.filled) > 1 and not line.lone]
    first = next(at for at in of_the_table if _LEADING.match(lines[at].at(place)))
    header = max((at for at in of_the_table if at < first), default=None)
    return [_with_date_behind(line, place, width, at == header) for at, line in enumerate(lines)]


def _begin_with_dates(lines: Sequence[Line], place: int) -> bool:
    texts = [line.at(place) for line in lines if line.at(place)]
    dated = sum(bool(_LEADING.match(text)) for text in texts)
    return dated >= _FEWEST_LEADING and dated >= _MOSTLY * len(texts)


def _is_column_of_dates(lines: Sequence[Line], place: int) -> bool:
    cells = [line.cell(place) for line in lines if line.at(place)]
    return len(cells) * 2 >= len(lines) and sum(map(is_date, cells)) * 2 >= len(cells)


def _with_date_behind(line: Line, place: int, width: int, is_header: bool) -> Line:
    match = _LEADING.match(line.at(place)) if line.filled else None
    if not match and not is_header:
        return line
    if not match:
        return _with_behind(line, "Date", width)
    cells, texts = list(line.cells), list(line.texts)
    cells[place] = texts[place] = match["rest"]
    return _with_behind(replace(line, cells=tuple(cells), texts=tuple(texts)), match["date"], width)


def with_text_below(lines: Sequence[Line]) -> list[Line] | None:
    """A table in which each row of labels with a date has its text in one cell across the row below it: the text in a
    column of its own behind the others. None for any other sheet."""
    dated = [
        at for at, line in enumerate(lines) if not line.lone and any(is_date(line.cells[one]) for one in line.filled)
    ]
    texts = [at + 1 for at in dated if at + 1 < len(lines) and _is_text_across(lines[at + 1])]
    if len(texts) < _FEWEST_LEADING or len(texts) < _MOSTLY * len(dated):
        return None
    if any(len(lines[at].texts[place]) > _LONGEST_LABEL for at in dated for place in lines[at].filled):
        return None
    width = max(len(line.texts) for line in lines)
    header = next((at for at in range(dated[0] - 1, -1, -1) if len(lines[at].filled) > 1), None)
    behind = {at - 1: lines[at].first for at in texts} | ({header: "What happened"} if header is not None else {})
    kept = [(at, line) for at, line in enumerate(lines) if at not in texts]
    return [_with_behind(line, behind[at], width) if at in behind else line for at, line in kept]


def _is_text_across(line: Line) -> bool:
    return line.lone and len(line.first.split()) > 2 and not is_date(line.cells[line.filled[0]])


def _with_behind(line: Line, text: str, width: int) -> Line:
    missing = width - len(line.texts)
    return Line(
        line.row,
        (*line.cells, *[None] * missing, text),
        (*line.texts, *[""] * missing, text),
        (*line.filled, width),
        line.wide,
    )


def _parted(line: Line, day: str) -> Line:
    """The line as date and text; `day` is the day that stands by itself in the line above it."""
    match = _LEADING.match(line.first) if line.filled else None
    if not line.filled or _is_day(line.first):
        return line
    texts = (match["date"], match["rest"]) if match else (day, line.first)
    filled = (0, 1) if texts[0] else (1,)
    return Line(line.row, texts, tuple(map(shown, texts)), filled)
