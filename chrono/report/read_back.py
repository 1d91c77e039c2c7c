"""Reads the reviewer's workbook: what chrono wrote, as far as it helps to recognise a line, and everything the reviewer did."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from chrono.model import Value
from chrono.report.notebook import OWN_COLUMNS, OwnSheet
from chrono.report.writer import ReportError
from chrono.report.xlsx import accounts, entries, findings
from chrono.report.xlsx.about import ABOUT, CHANGES, HOMELESS
from chrono.report.xlsx.book import OWN_KEY

KINDS = ("entry", "finding", "return", "actor")
NOT_TAKEN_OVER = frozenset({"Grid", ABOUT, CHANGES})
"""Sheets that are written anew and hold nothing of the reviewer's."""
LOOKED_AT = 12
"""Rows at the top of a sheet among which the keys or the headers are looked for."""
USUAL_NAMES = {
    "timeline": "entry",
    "undated": "entry",
    "findings": "finding",
    "returns": "return",
    "who is who": "actor",
}
IN_CELLS = "Comments in cells"


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line of the workbook: `cells` by chrono's key of the column, `remarks` by the header of the reviewer's column."""

    kind: str
    sheet: str
    row: int
    cells: Mapping[str, Value]
    remarks: Mapping[str, Value]

    def text(self, key: str) -> str:
        """One of chrono's cells as text."""
        value = self.cells.get(key)
        return "" if value is None else str(value)

    @property
    def where(self) -> str:
        """The place in the old workbook."""
        return f"sheet {self.sheet}, row {self.row}"


@dataclass(frozen=True)
class OldBook:
    """The workbook as the reviewer left it. `homeless` are the lines of the sheet of that name, as they stand."""

    case: str
    lines: tuple[OldLine, ...]
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind -> the headers of the reviewer's columns, in their order."""
    homeless: tuple[tuple[Value, ...], ...] = ()
    sheets: tuple[OwnSheet, ...] = ()
    said: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[OldLine, ...]:
        """The lines of one kind, in the order of the workbook."""
        return tuple(line for line in self.lines if line.kind == kind)


@dataclass
class _Reading:
    """What has been found so far."""

    case: str = ""
    lines: list[OldLine] = field(default_factory=list)
    headers: dict[str, list[str]] = field(default_factory=dict)
    homeless: list[tuple[Value, ...]] = field(default_factory=list)
    sheets: list[OwnSheet] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a table sheet's columns are: column number -> chrono's key, or -> the reviewer's header."""

    kind: str
    first: int
    keys: Mapping[int, str]
    own: Mapping[int, str]


def read_back(path: Path) -> OldBook:
    """Everything of use in the workbook. Raises ReportError if it cannot be opened, or if chrono did not write it."""
    sheets, shown = _open(path)
    found = _Reading()
    for name, rows in sheets.items():
        layout = _layout(name, rows)
        if name == ABOUT:
            found.case = next((str(row[1]) for row in rows if len(row) > 1 and row[0] == "Case"), "")
        if layout:
            _take_lines(name, rows, shown.get(name, {}), layout, found)
        elif name == HOMELESS:
            found.homeless += [row for row in rows[3:] if any(_filled(row))]
        elif name not in NOT_TAKEN_OVER and any(any(_filled(row)) for row in rows):
            found.sheets.append(OwnSheet(name, tuple(map(tuple, rows))))
    if not any(line.kind in ("entry", "finding") for line in found.lines) and not found.case:
        raise ReportError(
            f"{path}: not a workbook that chrono wrote, so it is left alone; move it, or choose another folder with -o"
        )
    return OldBook(
        found.case,
        tuple(found.lines),
        {kind: tuple(headers) for kind, headers in found.headers.items()},
        tuple(found.homeless),
        tuple(found.sheets),
        tuple(found.said),
    )


Rows = list[tuple[Value, ...]]
Extras = dict[int, dict[int, str]]
"""Row -> column -> what else there is to a cell: a comment, what a formula showed."""


def _open(path: Path) -> tuple[dict[str, Rows], dict[str, Extras]]:
    # Only a folder with an earlier workbook needs the library, which takes a tenth of a second to start.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as parts:
            commented = any("comments" in name for name in parts.namelist())
        book = load_workbook(path, read_only=not commented)
        sheets = {name: _rows(book[name]) for name in book.sheetnames if hasattr(book[name], "iter_rows")}
        extras = {name: _comments(book[name]) for name in sheets} if commented else {}
        book.close()
    except Exception as error:
        # The library raises almost anything on a damaged file; whatever it is, the workbook must not be replaced.
        raise ReportError(
            f"{path}: cannot be read ({type(error).__name__}), so it is left alone; "
            "close it in Excel, or move it away and run again"
        ) from error
    return sheets, extras


def _rows(sheet: Any) -> Rows:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    rows = [tuple(map(_plain, row)) for row in sheet.iter_rows(values_only=True)]
    while rows and not any(_filled(rows[-1])):
        rows.pop()
    return rows


def _comments(sheet: Any) -> Extras:
    found: Extras = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                found.setdefault(cell.row, {})[cell.column - 1] = cell.comment.text.strip()
    return found


def _filled(row: Iterable[Value]) -> Iterator[bool]:
    return (value not in (None, "") for value in row)


def _layout(name: str, rows: Rows) -> _Layout | None:
    """By the hidden row of keys; if that was deleted, by the sheet's name and its headers."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        keys = {at: str(value) for at, value in enumerate(row) if isinstance(value, str) and _is_key(value)}
        if len(keys) >= 3:
            kind = next(iter(keys.values())).partition(".")[0]
            headers = rows[place + 1] if place + 1 < len(rows) else ()
            return _with_headers(kind, place + 2, {at: key.partition(".")[2] for at, key in keys.items()}, headers)
    usual = USUAL_NAMES.get(name.strip().casefold())
    return _by_headers(usual, rows) if usual else None


def _is_key(value: str) -> bool:
    kind, dot, key = value.partition(".")
    return bool(dot and key) and kind in KINDS


def _with_headers(kind: str, first: int, keys: Mapping[int, str], headers: Sequence[Value]) -> _Layout:
    own = {at: key.removeprefix(OWN_KEY) for at, key in keys.items() if key.startswith(OWN_KEY)}
    theirs = {at: key for at, key in keys.items() if at not in own}
    taken = set(own.values())
    for at, header in enumerate(headers):
        if at not in keys and header not in (None, ""):
            own[at] = _unlike(str(header).strip(), taken)
    return _Layout(kind, first, theirs, own)


def _unlike(header: str, taken: set[str]) -> str:
    """The header, with a number if it is taken."""
    name, number = header, 2
    while name in taken:
        name, number = f"{header} ({number})", number + 1
    taken.add(name)
    return name


def _by_headers(kind: str, rows: Rows) -> _Layout | None:
    known = known_headers(kind)
    for place, row in enumerate(rows[:LOOKED_AT]):
        named = {at: str(value).strip() for at, value in enumerate(row) if value not in (None, "")}
        if sum(name in known for name in named.values()) >= 3:
            keys = {at: known[name] for at, name in named.items() if name in known}
            return _with_headers(kind, place + 1, keys, row)
    return None


def known_headers(kind: str) -> Mapping[str, str]:
    """Header -> key of the columns that every workbook has, for one kind of sheet."""
    columns = {
        "entry": entries.BEFORE_OWN + entries.AFTER_OWN,
        "finding": findings.BEFORE_OWN + findings.AFTER_OWN,
        "return": (*accounts.RETURNS, accounts.ID),
        "actor": (*accounts.WHO, accounts.ID),
    }[kind]
    return {column.header: column.key for column in columns} | {
        name: OWN_KEY + name for own, names in OWN_COLUMNS.items() if own == kind for name in names
    }


def _take_lines(name: str, rows: Rows, comments: Extras, layout: _Layout, found: _Reading) -> None:
    headers = found.headers.setdefault(layout.kind, [])
    headers += [header for header in layout.own.values() if header not in headers]
    for number, row in enumerate(rows[layout.first :], start=layout.first + 1):
        if not any(_filled(row)):
            continue
        cells = {key: row[at] for at, key in layout.keys.items() if at < len(row)}
        remarks = {header: row[at] for at, header in layout.own.items() if at < len(row)}
        remarks |= {
            f"Column {at + 1}": value for at, value in enumerate(row) if at not in layout.keys and at not in layout.own
        }
        said = "; ".join(comments.get(number, {}).values())
        remarks |= {IN_CELLS: said} if said else {}
        kept = {header: value for header, value in remarks.items() if value not in (None, "")}
        formulas = [header for header, value in kept.items() if isinstance(value, str) and value.startswith("=")]
        found.said += [
            f"{name} row {number}, {header}: a formula, kept as the text that was typed" for header in formulas
        ]
        headers += [header for header in kept if header not in headers]
        found.lines.append(OldLine(layout.kind, name, number, cells, kept))


def _plain(value: object) -> Value:
    """A formula as the text that was typed; everything else as it is."""
    if value is None or isinstance(value, (str, int, float, bool, date, time)):
        return value
    return str(getattr(value, "text", value))
