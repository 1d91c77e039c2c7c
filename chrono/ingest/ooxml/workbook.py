"""A whole workbook: its sheets in the order of their tabs, with all that is not in plain sight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from chrono.ingest.ooxml.grid import Budget, Grid, GridReader, hidden_within, joined, merges_within
from chrono.ingest.ooxml.markup import Markup, local
from chrono.ingest.ooxml.package import ASK_AGAIN, Package
from chrono.ingest.ooxml.remarks import comments, text_boxes
from chrono.ingest.ooxml.strings import Strings, read_strings
from chrono.ingest.ooxml.styles import Styles, read_styles
from chrono.ingest.reading import Contents, Given, UnreadableError
from chrono.model import Mark, Problem, Row, Sheet

WORKSHEET = re.compile(r"xl/worksheets/[^/]*?(\d*)\.xml")
HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{6}|\d+|[A-Za-z])')


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as the workbook lists it: its name, the id of its part, whether it is hidden."""

    name: str
    id: str
    hidden: bool = False


@dataclass(slots=True)
class Book:
    """What the workbook part says."""

    tabs: list[Tab] = field(default_factory=list)
    from_1904: bool = False


def read_workbook(given: Given) -> Contents:
    """Read every worksheet. Raises UnreadableError if the file is no workbook, or cannot be opened safely."""
    package = Package(given.content, given.limits)
    part = workbook_part(package)
    book = _book(package, part)
    problems = list(package.unread(given.file, "xl"))
    strings, styles = Strings(), Styles()
    for kind, read in (
        ("sharedStrings", lambda pieces: read_strings(pieces, strings, given.limits)),
        ("styles", lambda pieces: read_styles(pieces, styles)),
    ):
        if fault := _read_side_part(package, part, kind, read):
            problems.append(Problem(given.file, fault, ASK_AGAIN))
    budget = Budget.of(given.limits)
    sheets: list[Sheet] = []
    notes: list[str] = []
    worksheets = _worksheets(package, part, book)
    if len(worksheets) > given.limits.sheets:
        problems.append(
            Problem(given.file, f"has {len(worksheets):,} sheets; only the first {given.limits.sheets:,} were read")
        )
    for tab, target in worksheets[: given.limits.sheets]:
        reader = GridReader(strings, styles, budget, given.limits, from_1904=book.from_1904)
        grid = reader.read(package.chunks(target))
        sheets.append(_sheet(given.file, tab, grid, package, target))
        notes += _page_notes(grid)
        problems += _doubts(given.file, tab, grid)
    return Contents(tuple(sheets), tuple(dict.fromkeys(notes)), tuple(problems), package.modified)


def workbook_part(package: Package) -> str:
    """The part that lists the sheets; '' where there is none, and only the sheets themselves are left."""
    if any(name.startswith("xl/") and name.endswith(".bin") and "workbook" in name for name in package.names):
        raise UnreadableError("is a binary workbook (.xlsb)", "ask the agency to save it as an Excel workbook (.xlsx)")
    found = (*package.related("", "officeDocument"), "xl/workbook.xml")
    return next((part for part in found if part in package and local_folder(part) != "word"), "")


def local_folder(part: str) -> str:
    """The first folder of a part: 'xl', 'word'."""
    return part.partition("/")[0].lower()


def _book(package: Package, part: str) -> Book:
    found = _WorkbookPart()
    if part:
        found.read(package.chunks(part))
    return found.book


def _worksheets(package: Package, part: str, book: Book) -> list[tuple[Tab, str]]:
    """Each worksheet with its part, in the order of the tabs. Chart sheets have no cells and are left out. Where the
    workbook does not say where its sheets are, every worksheet part counts, in the order of their numbers."""
    relations = package.relations(part) if part else {}
    listed = []
    for tab in book.tabs:
        relation = relations.get(tab.id)
        if relation and relation.kind in ("worksheet", "") and relation.target in package:
            listed.append((tab, relation.target))
    if listed or any(relation.kind == "chartsheet" for relation in relations.values()):
        return listed
    parts = sorted((int(found[1] or 0), name) for name in package.names if (found := WORKSHEET.fullmatch(name)))
    if not parts:
        raise UnreadableError("holds no worksheet", ASK_AGAIN)
    names = [tab.name for tab in book.tabs]
    return [
        (Tab(names[place] if place < len(names) else f"Sheet{place + 1}", ""), name)
        for place, (_, name) in enumerate(parts)
    ]


def _read_side_part(package: Package, part: str, kind: str, read: Callable[[Iterable[bytes]], None]) -> str:
    """Reads a part the sheets draw on; gives what is wrong with it, '' if nothing is. Files exist that do not point to it."""
    found = (*package.related(part, kind), f"xl/{kind}.xml")
    target = next((name for name in found if name in package), "")
    if not target:
        return ""  # a workbook whose texts stand in their cells has no shared ones
    try:
        read(package.chunks(target))
    except UnreadableError as fault:
        return f"{fault.what} (part '{target}')"
    return ""


def _sheet(file: str, tab: Tab, grid: Grid, package: Package, part: str) -> Sheet:
    rows = dict(grid.rows)
    for row, marks in _comments_by_row(package, part).items():
        commented = Row(row, (), marks=tuple(marks))
        rows[row] = joined(rows[row], commented) if row in rows else commented
    width = max((len(row.cells) for row in rows.values()), default=0)
    ordered = tuple(rows[number] for number in sorted(rows))
    return Sheet(
        file=file,
        name=tab.name,
        rows=ordered,
        hidden=tab.hidden,
        merges=merges_within(grid.merges, ordered[-1].number if ordered else 0, width),
        hidden_columns=hidden_within(grid.hidden_columns, width),
        marks=tuple(text_boxes(package, part)),
    )


def _comments_by_row(package: Package, part: str) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for row, mark in comments(package, part):
        found[row].append(mark)
    return found


def _page_notes(grid: Grid) -> Iterator[str]:
    """Headers and footers of the printed page, without the codes for fonts and page numbers."""
    for note in grid.notes:
        if words := " ".join(HEADER_CODES.sub(" ", note.replace("&&", "\0")).replace("\0", "&").split()):
            yield words


def _doubts(file: str, tab: Tab, grid: Grid) -> Iterator[Problem]:
    if grid.stopped:
        last = max(grid.rows, default=0)
        what = f"{grid.stopped}; nothing after row {last} was read" if last else grid.stopped
        yield Problem(file, what, ASK_AGAIN, sheet=tab.name, row=last)
    if grid.misplaced:
        what = f"{grid.misplaced:,} cells stand where no sheet has a place, and were not read"
        yield Problem(file, what, ASK_AGAIN, sheet=tab.name)


class _WorkbookPart(Markup):
    def __init__(self) -> None:
        self.book = Book()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            hidden = attributes.get("state", "visible") in ("hidden", "veryHidden")
            self.book.tabs.append(Tab(attributes.get("name", ""), _relation_id(attributes), hidden))
        elif local(tag) == "workbookPr":
            self.book.from_1904 = attributes.get("date1904", "0") in ("1", "true")


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")
