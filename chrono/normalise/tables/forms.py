"""Forms filled in one for each event: a label and its value in every row, 'When | 6 February 2023', 'Result | Plan begun'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chrono.model import SetAside, Sheet, Value
from chrono.normalise.tables.columns import Columns, Hints, read_columns
from chrono.normalise.tables.contents import is_date, says_undated, shown
from chrono.normalise.tables.header_words import plain, role_of
from chrono.normalise.tables.lines import Line
from chrono.normalise.tables.rows import EntryRow, Sorted
from chrono.normalise.tables.words import is_form_label

_LONGEST_LABEL = 40
_FEWEST_LABELS = 3
_LABELLED = re.compile(r"(?P<label>[^\W\d][^:\n]{1,38}?)\s*:\s+(?P<value>\S.*)", re.DOTALL)
_TELLS = frozenset({"text", "event", "comment", "contact", "action"})

Labels = frozenset[str]


def labels_of(sheet: Sheet) -> Labels:
    """The labels of a sheet on which one such form may stand; empty for any other sheet."""
    labels: list[str] = []
    for row in sheet.rows:
        texts = [text for cell in row.cells if (text := shown(cell))]
        if len(texts) > 2:
            return frozenset()
        labels += texts[:1]
    known = frozenset(map(plain, labels))
    if len(labels) < _FEWEST_LABELS or len(known) < len(labels):
        return frozenset()
    return known if _is_of_an_event(labels) else frozenset()


def _is_of_an_event(labels: Sequence[str]) -> bool:
    """True if one label asks when and another what happened, and none is of the return itself."""
    roles = [known.role for label in labels if (known := role_of(label))]
    return "date" in roles and not _TELLS.isdisjoint(roles) and not any(map(is_form_label, labels))


def read_forms(lines: Sequence[Line], hints: Hints, elsewhere: bool) -> tuple[Columns, Sorted] | None:
    """The forms that stand under each other as a table of one row each; None if there are none. `elsewhere`: other sheets
    of the same return hold a form with the same labels, so that one by itself is enough here."""
    forms = [form for form in _parted(lines) if len(form) >= _FEWEST_LABELS]
    labels = Counter(label for form in forms for label in {plain(line.first) for line in form})
    worded = {plain(line.first): line.first for form in forms for line in form}
    if not forms or (len(forms) < 2 and not elsewhere):
        return None
    named = [worded[label] for label, times in labels.items() if times * 2 >= len(forms)]
    if not _is_of_an_event(named) or any(len(line.filled) > 2 or line.filled[0] for form in forms for line in form):
        return None
    places = {label: place for place, label in enumerate(labels)}
    headers = {places[plain(line.first)]: line.first for form in reversed(forms) for line in form}
    rows = [_row(form, places) for form in forms]
    columns = read_columns(headers, {place: [row.cell(place) for row in rows] for place in headers}, hints)
    dates = [row.cell(columns.place("date")) for row in rows]
    if sum(is_date(cell) or says_undated(shown(cell)) for cell in dates) * 2 < len(dates):
        return None
    return columns, _sorted(lines, forms, rows, dates)


def with_labels_apart(lines: Sequence[Line]) -> list[Line] | None:
    """A sheet of one column of repeated labels with their values, 'Date: 5 January 2020', 'Note: Seen at home.', as two
    columns; a line without a label runs on from the one above. None for any other sheet."""
    told = [line for line in lines if line.filled]
    if any(len(line.filled) > 1 for line in told):
        return None
    found = {line.number: match for line in told if (match := _LABELLED.match(line.first))}
    times = Counter(plain(match["label"]) for match in found.values())
    labels = {plain(match["label"]): match["label"] for match in found.values() if times[plain(match["label"])] > 1}
    labelled = {number: match for number, match in found.items() if plain(match["label"]) in labels}
    if len(labels) < _FEWEST_LABELS or len(labelled) * 2 < len(told) or not _is_of_an_event(list(labels.values())):
        return None
    apart: list[Line] = []
    for line in lines:
        if match := labelled.get(line.number):
            apart.append(_two(line, match["label"], match["value"]))
        elif line.filled and apart and len(apart[-1].filled) == 2:
            above = apart[-1]
            apart[-1] = _two(above, above.texts[0], f"{above.texts[1]}\n{line.first}")
        else:
            apart.append(line)
    return apart


def _two(line: Line, label: str, value: str) -> Line:
    return Line(line.row, (label, value), (label, value), (0, 1))


def _parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each form: it begins with the first label that comes again, if one does, and ends at a blank line."""
    times = Counter(plain(line.first) for line in lines)
    begins = next((label for line in lines if line.filled and times[label := plain(line.first)] > 1), "")
    form: list[Line] = []
    for line in lines:
        if form and (not line.filled or plain(line.first) == begins):
            yield form
            form = []
        if line.filled and (form or not begins or plain(line.first) == begins):
            form.append(line)
    if form:
        yield form


def _row(form: Sequence[Line], places: dict[str, int]) -> Line:
    """A form as one line: each value in the column of its label."""
    cells: list[Value] = [None] * len(places)
    for line in form:
        cells[places[plain(line.first)]] = line.cells[line.filled[1]] if len(line.filled) > 1 else None
    texts = tuple(map(shown, cells))
    return Line(form[0].row, tuple(cells), texts, tuple(place for place, text in enumerate(texts) if text))


def _sorted(
    lines: Sequence[Line], forms: Sequence[Sequence[Line]], rows: Sequence[Line], dates: Sequence[Value]
) -> Sorted:
    first = {line.number: form[0].number for form in forms for line in form}
    found = Sorted(entries=[EntryRow(row, cell) for row, cell in zip(rows, dates, strict=True)])
    for line in lines:
        if line.number not in first:
            found.set_aside.append(SetAside(line.number, "title" if line.filled else "blank", line.text))
        elif line.number != first[line.number]:
            found.set_aside.append(SetAside(line.number, "continuation", line.text, first[line.number]))
    return found
