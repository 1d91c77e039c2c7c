"""Sheets to entries: every stage-2 part called in turn for one file at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from chrono.model import (
    AgeStatement,
    Case,
    DateMention,
    Declaration,
    Entry,
    Mark,
    Mention,
    Problem,
    Return,
    ReturnAccount,
    SheetAccount,
    Source,
    When,
)
from chrono.normalise import events
from chrono.normalise.actors.agencies import agency_in
from chrono.normalise.actors.people.ages import ages
from chrono.normalise.actors.people.children import for_everybody
from chrono.normalise.actors.registry import Registry
from chrono.normalise.dates import Context, mentions
from chrono.normalise.entries.case import Owner
from chrono.normalise.entries.dates import dates_of, puts_month_first, recorded_of
from chrono.normalise.entries.generations import children_of
from chrono.normalise.entries.ids import content_id
from chrono.normalise.tables.columns import Hints
from chrono.normalise.tables.contents import holds_several_dates
from chrono.normalise.tables.forms import labels_of
from chrono.normalise.tables.header_words import CaseHeaders
from chrono.normalise.tables.layout import UNDATED, LayoutHints, SheetLayout, Table, read_layout
from chrono.normalise.tables.rows import EntryRow, Statement
from chrono.normalise.tables.words import only_absence, pairs_in

_TEXT_INSTEAD = ("category", "outcome", "action", "comment", "reason", "voice")
"""Where the narrative cell is empty, what happened is read from the first of these that is not."""
_NOT_TELLING = frozenset({"date", "time", "end-date", "end-time", "recorded", "sequence", "subject", "age", "worker"})
_PEOPLE = frozenset({"person", "role"})
_OF_THE_FORM = frozenset({"header", "total", "guidance", "continuation"})
"""Rows set aside in which nobody is spoken of, or that are part of an entry."""
_NUMBER = re.compile(r"\d+")
_KEPT_FOR = 3
"""Rows that must name a child, for a table to be kept for that child."""
_NEARLY_ALL = 4
"""How many rows must name that child for each that names another."""
ASSUMED = Mark("subject assumed", text="the row names no child; nearly all rows of its table are about this one")


@dataclass(frozen=True)
class FileRead:
    """What one return came to."""

    account: ReturnAccount
    entries: tuple[Entry, ...]
    declarations: tuple[Declaration, ...]
    problems: tuple[Problem, ...]


def layouts_of(return_: Return, owner: Owner, case: Case) -> tuple[SheetLayout, ...]:
    """The layouts of a file's sheets. A Word table without a header may continue the table before it."""
    forms = Counter(labels for sheet in return_.sheets if (labels := labels_of(sheet)))
    hints = replace(_hints(owner, case), forms=[labels for labels, times in forms.items() if times > 1])
    before: Mapping[int, str] = {}
    found: list[SheetLayout] = []
    for sheet in return_.sheets:
        for layout in read_layout(sheet, replace(hints, before=before)):
            found.append(layout)
            for table in layout.tables:
                before = {reading.place: reading.header for reading in table.columns.readings}
    return tuple(found)


def _hints(owner: Owner, case: Case) -> LayoutHints:
    agency = case.agency(owner.agency)
    given = agency.columns if agency else {}
    headers = CaseHeaders.of(given, case.vocabulary.get("headers", {}))
    return LayoutHints(Hints(headers, _subject_names(case)), _speaks_of_event(owner.agency, case))


def _subject_names(case: Case) -> Callable[[str], bool]:
    names = {_bare(name) for subject in case.subjects for name in (subject.id, subject.name, *subject.aliases)}
    labelled = re.compile(r"^(?:child|young person|yp|pupil|p)?\s?(?:[a-z]|\d{1,2})$")

    @lru_cache(maxsize=10_000)
    def named(text: str) -> bool:
        bare = _bare(text)
        return bare in names or (not names and bool(labelled.match(bare)))

    return named


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def _speaks_of_event(agency: str, case: Case) -> Callable[[str], bool]:
    @lru_cache(maxsize=10_000)
    def speaks(text: str) -> bool:
        return bool(events.recognise(Entry("", Source(""), agency, When.unknown(), text), case))

    return speaks


class _Cells(NamedTuple):
    """What the cells of a row say, before its date is read: the date may lean on the child it is about."""

    fields: Mapping[str, str]
    text: str
    agency: str
    subjects: tuple[str, ...]
    age: str = ""
    """What its column of ages says, with the header: 'Age: 14', 'NC year: 9'."""
    assumed: bool = False
    """True if the row itself names no child."""


class FileReader:
    """Reads the entries of one return, once its layouts are known."""

    def __init__(self, return_: Return, owner: Owner, case: Case, registry: Registry) -> None:
        self._return = return_
        self._owner = owner
        self._case = case
        self._registry = registry
        self._period = (case.start, case.end)
        self._births = {subject.id: subject.dob for subject in case.subjects}
        self._children_of = children_of(case)

    def learn(self, layouts: Sequence[SheetLayout]) -> None:
        """Tells the registry what this file says its abbreviations and names mean."""
        pairs = [pair for layout in layouts for pair in (*layout.pairs, *pairs_in(layout.sheet.heading))]
        pairs += [pair for note in self._return.notes for pair in pairs_in(note)]
        if pairs:
            self._registry.learn(self._return.file, pairs)
        rows = (row for layout in layouts for row in layout.entries)
        self._registry.learn_client(self._return.file, self._owner.agency, (row.line.text for row in rows))

    def read(self, layouts: Sequence[SheetLayout]) -> FileRead:
        """The entries, the statements of absence, and the account of every row."""
        entries = [entry for layout in layouts for table in layout.tables for entry in self._entries(table, layout)]
        declarations = [*self._declared(layouts), *_from_entries(entries)]
        if not entries:
            declarations += self._declared_in_notes()
        problems = list(self._return.problems)
        undated = [_without_dates(layout) for layout in layouts if UNDATED in layout.notes]
        problems += undated
        if not (entries or declarations or undated) and layouts:
            problems.append(_nothing_found(self._return))
        accounts = tuple(account_of(layout) for layout in layouts)
        self._hear(layouts)
        return FileRead(self._account(accounts), tuple(entries), tuple(declarations), tuple(problems))

    def _hear(self, layouts: Sequence[SheetLayout]) -> None:
        """Tells the registry what stands outside the rows: titles, notes, keys, the names of sheets."""
        for layout in layouts:
            said = [aside.text for aside in layout.set_aside if aside.why not in _OF_THE_FORM]
            subjects = self._registry.subjects(None, *said, file=self._return.file)
            self._registry.hear((layout.sheet.name, *said), self._return.file, self._owner.agency, subjects)
        self._registry.hear(self._return.notes, self._return.file, self._owner.agency)

    def _account(self, sheets: tuple[SheetAccount, ...]) -> ReturnAccount:
        given = self._return
        return ReturnAccount(
            given.file, given.sha256, self._owner.agency, sheets, self._owner.how, given.size, given.modified
        )

    # ------------------------------------------------------------------------------------------------------ entries

    def _entries(self, table: Table, layout: SheetLayout) -> Iterator[Entry]:
        told = self._with_the_usual_child([self._told(row, table, layout) for row in table.entries], table)
        american = puts_month_first(table)
        whens = dates_of(
            table,
            layout.sheet.name,
            self._period,
            lambda place: self._birth(told[place].subjects),
            american=american,
        )
        for row, cells, when in zip(table.entries, told, whens, strict=True):
            recorded = recorded_of(row, table, self._period, american=american)
            entry = self._entry(row, cells, when, recorded, layout)
            found = events.recognise(entry, self._case)
            yield replace(entry, events=found) if found else entry

    def _with_the_usual_child(self, told: list[_Cells], table: Table) -> list[_Cells]:
        """In a table kept for one of several children, rows that name none are about that one: it has no column for
        them, and of the rows that do name a child nearly all name the same, and no fewer name it alone than with others."""
        if len(self._births) < 2 or table.columns.place("subject") is not None:
            return told
        named = Counter(cells.subjects[0] for cells in told if len(cells.subjects) == 1)
        child, times = max(named.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        of_several = sum(len(cells.subjects) > 1 for cells in told)
        if times < _KEPT_FOR or of_several > times or (named.total() - times) * _NEARLY_ALL > times:
            return told
        return [
            cells if cells.subjects or for_everybody((cells.text,)) else cells._replace(subjects=(child,), assumed=True)
            for cells in told
        ]

    def _told(self, row: EntryRow, table: Table, layout: SheetLayout) -> _Cells:
        fields = dict(_fields(row, table))
        text = _text(row, table, fields)
        texts = (fields.get("people", ""), text)  # an outcome may well be about a brother or sister
        subjects = self._subjects(row, table, layout, texts)
        return _Cells(fields, text, self._agency(fields), subjects, _age(row, table))

    def _entry(self, row: EntryRow, cells: _Cells, when: When, recorded: When | None, layout: SheetLayout) -> Entry:
        """The entry with everything but its events, which are told from all the rest."""
        named = self._mentions(cells, when)
        return Entry(
            id=content_id(cells.agency, when, cells.text, cells.subjects),
            source=Source(self._return.file, layout.sheet.name, row.line.number),
            agency=cells.agency,
            when=when,
            text=cells.text,
            recorded=recorded,
            fields=cells.fields,
            subjects=self._with_their_children(cells.subjects),
            people=tuple(dict.fromkeys(mention.actor for mention in named if mention.kind in _PEOPLE)),
            mentions=named,
            dates=self._dates(cells, when),
            sequence=_sequence(cells.fields.get("sequence", "")),
            hidden=row.line.row.hidden or layout.sheet.hidden,
            marks=(*_marks(row), *((ASSUMED,) if cells.assumed else ())),
            continued=tuple(dict.fromkeys(line.number for line, _ in row.continued)),
            declares=only_absence(cells.text) or only_absence(cells.fields.get("category", "")),
            ages=self._ages(cells, when, named),
        )

    def _ages(self, cells: _Cells, when: When, named: Sequence[Mention]) -> tuple[AgeStatement, ...]:
        child = cells.subjects[0] if len(cells.subjects) == 1 and not cells.assumed else ""
        return ages(cells.text, when, named, child, cells.age)

    def _subjects(self, row: EntryRow, table: Table, layout: SheetLayout, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The children a row is about: from its subject cell, what stands above it, its texts."""
        place = table.columns.place("subject")
        cell = None if place is None else row.line.at(place)
        return self._registry.subjects(cell, *texts, file=self._return.file, titles=self._titles(row.heading, layout))

    def _with_their_children(self, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """The subjects with those who are their children: a row about a mother under review is about her baby too."""
        children = (child for subject in subjects for child in self._children_of.get(subject, ()))
        return tuple(dict.fromkeys((*subjects, *children)))

    def _titles(self, heading: str, layout: SheetLayout) -> tuple[str, ...]:
        """What stands above a row, the nearest first: band, sheet name, titles, and the text above a Word table."""
        notes = self._return.notes
        upto = notes.index(layout.sheet.heading) if layout.sheet.heading in notes else 0
        above = (heading, layout.sheet.name, *reversed(layout.titles), layout.sheet.heading, *reversed(notes[:upto]))
        return tuple(dict.fromkeys(filter(None, above)))

    def _agency(self, fields: Mapping[str, str]) -> str:
        """The agency that an agency column names, if the case knows it; else the one the file comes from.

        In a file that no agency of the case can be told to have sent, the source column names the agency too.
        """
        named = fields.get("agency", "")
        if not named and not self._owner.told and self._case.from_file:
            named = fields.get("source", "")
        return (named and agency_in(named, self._case)) or self._owner.agency

    def _birth(self, subjects: tuple[str, ...]) -> When | None:
        if len(subjects) == 1:
            return self._births.get(subjects[0])
        return next(iter(self._births.values())) if not subjects and len(self._births) == 1 else None

    def _mentions(self, cells: _Cells, when: When) -> tuple[Mention, ...]:
        said = (("text", cells.text), *cells.fields.items())
        return self._registry.mentions(said, self._return.file, cells.agency, cells.subjects, when)

    def _dates(self, cells: _Cells, when: When) -> tuple[DateMention, ...]:
        start, end = self._period
        context = Context(when if when.known else None, first=start, last=end, dob=self._birth(cells.subjects))
        return mentions(cells.text, when, context)

    # ------------------------------------------------------------------------------------------------- declarations

    def _declared(self, layouts: Sequence[SheetLayout]) -> Iterator[Declaration]:
        for layout in layouts:
            for statement in layout.statements:
                yield self._declaration(statement, layout)

    def _declaration(self, statement: Statement, layout: SheetLayout) -> Declaration:
        source = Source(self._return.file, layout.sheet.name, statement.line.number)
        titles = (statement.heading,) if layout.entries else self._titles(statement.heading, layout)
        return self._said(statement.text, source, tuple(filter(None, titles)))

    def _declared_in_notes(self) -> Iterator[Declaration]:
        for note in self._return.notes:
            if only_absence(note):
                yield self._said(note, Source(self._return.file))

    def _said(self, text: str, source: Source, titles: tuple[str, ...] = ()) -> Declaration:
        subjects = self._registry.subjects(text, file=self._return.file, titles=titles)
        return Declaration(self._owner.agency, self._spoken_of(text), source, text, subjects)

    def _spoken_of(self, text: str) -> When:
        """The period that a statement speaks of: the dates in it, else the review period."""
        start, end = self._period
        context = Context(first=start, last=end)
        known = [mention.when for mention in mentions(text, When.unknown(), context) if mention.when.known]
        if known:
            first, last = known[0], known[-1]
            return replace(first, text=text, end=last.end, precision="range") if len(known) > 1 else first
        if start is None and end is None:
            return When.unknown("", "no period is given")
        return When("the review period", start, end, "range" if start and end else "open", status="ok")


def _from_entries(entries: Sequence[Entry]) -> Iterator[Declaration]:
    """A dated row that states an absence is an entry, and a statement too."""
    for entry in entries:
        if entry.declares:
            yield Declaration(entry.agency, entry.when, entry.source, entry.text, entry.subjects)


def _fields(row: EntryRow, table: Table) -> Iterator[tuple[str, str]]:
    for reading in table.columns.readings:
        cell = row.line.at(reading.place)
        if row.continued:
            more = [line.at(place) for line, place in row.continued if place == reading.place]
            cell = "\n".join(filter(None, (cell, *more)))
        if cell and reading.role not in {"date", "text"}:
            yield reading.key, cell


def _age(row: EntryRow, table: Table) -> str:
    found = next((reading for reading in table.columns.readings if reading.role == "age"), None)
    cell = row.line.at(found.place) if found else ""
    return f"{found.header}: {cell}" if found and cell else ""


def _text(row: EntryRow, table: Table, fields: Mapping[str, str]) -> str:
    """What happened: the narrative and the rows that continue it; where that is empty, the next best cell."""
    place = table.columns.place("text")
    if place is None:
        return _told_by_all(row, table)
    said = [row.line.at(place), *(line.at(at) for line, at in row.continued if at == place)]
    if text := "\n".join(filter(None, said)):
        return text
    instead = (fields[key] for key in (*_TEXT_INSTEAD, *fields) if fields.get(key))
    return next(instead, row.line.text)


def _told_by_all(row: EntryRow, table: Table) -> str:
    """In a table without a narrative (a list of placements, of referrals) the other cells tell it, under their headers."""
    told = [
        f"{reading.header}: {text}"
        for reading in table.columns.readings
        if reading.role not in _NOT_TELLING and (text := row.line.at(reading.place))
    ]
    return "; ".join(told) or row.line.text


def _sequence(cell: str) -> int:
    found = _NUMBER.search(cell)
    return int(found.group()[:9]) if found else 0


def _marks(row: EntryRow) -> tuple[Mark, ...]:
    """What the reader marked on the row and those that continue it; and if its date cell holds several dates."""
    marks = row.line.row.marks
    if isinstance(row.date, str) and holds_several_dates(row.date):
        marks += (Mark("several-dates", text=row.date),)
    for line, _ in row.continued:
        if line.row.marks and line.row.marks is not marks:
            marks += line.row.marks
    return marks


def _nothing_found(return_: Return) -> Problem:
    return Problem(
        return_.file,
        "no table with dates was found in it",
        "send it as a table with a column for the date and one for what happened; or name the columns in case.yaml",
        fatal=True,
    )


def _without_dates(layout: SheetLayout) -> Problem:
    return Problem(
        layout.sheet.file,
        UNDATED,
        "ask the agency for the dates, or name the column that holds them in case.yaml",
        layout.sheet.name,
    )


def account_of(layout: SheetLayout) -> SheetAccount:
    """How every row of a sheet was accounted for."""
    columns = layout.tables[0].columns if layout.tables else None
    notes = layout.notes
    for table in layout.tables:
        notes += tuple(line for line in table.columns.explained if line not in notes)
    if layout.sheet.hidden_columns and layout.tables:
        notes += ("it has hidden columns; they were read like the others",)
    return SheetAccount(
        sheet=layout.sheet.name,
        kind=layout.kind,
        rows=layout.rows,
        entries=len(layout.entries),
        set_aside=layout.set_aside,
        header_row=next((table.header_row for table in layout.tables if table.header_row is not None), None),
        columns=dict(columns.by_role) if columns else {},
        unrecognised=columns.unrecognised if columns else (),
        notes=notes,
    )
