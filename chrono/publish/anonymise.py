"""Makes the set: rewritten returns, new terms of reference, the key, and what a person must decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from chrono.model import Case, Mark, Return, Row, Sheet, Source, Timeline, Value, When
from chrono.publish.dates import Calendar, Dates, MentionsIn
from chrono.publish.files import ENDINGS, LONGEST_NAME
from chrono.publish.pseudonyms import Namer
from chrono.publish.residual import Doubt, Scan
from chrono.publish.rewrite import NO_DATE, Rewriter
from chrono.publish.terms import case_text
from chrono.publish.words import Ordinary

_KEPT_MARKS = frozenset({"struck", "white", "comment", "shown", "number-format"})
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Settings:
    """How to anonymise. `weeks` is the secret offset when dates are shifted; `accepted` are phrases that a person has
    looked at and lets stand; `neutral`: nobody's sex is told."""

    dates: Dates = Dates.keep
    agencies: bool = False
    weeks: int = 0
    accepted: Collection[str] = ()
    neutral: bool = False


@dataclass(frozen=True)
class Anonymised:
    """The set: `case_yaml` and `returns` (each under its new name), the `key` that must never lie with it, and the
    `doubts` a person must decide on."""

    case_yaml: str
    returns: tuple[Return, ...]
    key: Mapping[str, Any]
    doubts: tuple[Doubt, ...]


def anonymise(
    case: Case, returns: Sequence[Return], timeline: Timeline, settings: Settings, mentions: MentionsIn
) -> Anonymised:
    """Rewrite the returns and the terms of reference. `mentions` finds the date expressions of a text.

    A return that could not be read is not part of the set. Of what stands beside the cells, comments, struck-out and
    white text are kept; footnotes, text boxes, deleted text and formulas are left out.
    """
    usable = [one for one in returns if one.sheets or one.notes]
    agencies = () if settings.agencies else tuple(_agency_words(timeline.case))
    ordinary = Ordinary(agencies, (text for one in usable for text in _texts(one)))
    given = Namer(case, timeline, ordinary, agencies=settings.agencies, neutral=settings.neutral).pseudonyms()
    calendar = Calendar(settings.dates, settings.weeks, mentions)
    rewriter = Rewriter(case, given, ordinary, calendar, neutral=settings.neutral)
    scan = Scan(ordinary, settings.accepted, dates_changed=not calendar.unchanged)
    files = {one.file: _file_name(one.file, number, len(usable)) for number, one in enumerate(usable, 1)}
    work = _Returns(rewriter, scan, timeline, files)
    made = tuple(work.anew(one) for one in usable)
    written = case_text(
        _with_owners(case, timeline),
        given,
        calendar,
        text=lambda text: rewriter.write(text).text,
        files=_files_of(timeline, files),
        place=work.place,
    )
    key = {**rewriter.key(), "files": files, "weeks": settings.weeks}
    return Anonymised(written, made, key, scan.doubts())


def _agency_words(case: Case) -> Iterator[str]:
    for agency in case.agencies:
        yield from (agency.name, *agency.aliases)


def _texts(return_: Return) -> Iterator[str]:
    yield from return_.notes
    for sheet in return_.sheets:
        for row in sheet.rows:
            yield from (cell for cell in row.cells if isinstance(cell, str))


def _file_name(file: str, number: int, total: int) -> str:
    """Neutral names, in the order of the old ones: 'Return 03.xlsx'."""
    ending = ENDINGS.get(PurePosixPath(file).suffix.lower(), ".xlsx")
    return f"Return {number:0{len(str(total))}}{ending}"


def _files_of(timeline: Timeline, files: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for account in timeline.returns:
        if account.agency and account.file in files:
            found[account.agency].append(files[account.file])
    return {agency: sorted(names) for agency, names in found.items()}


def _with_owners(case: Case, timeline: Timeline) -> Case:
    """The case, with the agencies that sent a return and are not in it."""
    known = {agency.id for agency in case.agencies}
    senders = {account.agency for account in timeline.returns}
    more = tuple(one for one in timeline.case.agencies if one.id in senders and one.id not in known)
    return replace(case, agencies=(*case.agencies, *more), subjects=case.subjects or timeline.case.subjects)


class _Returns:
    """Rewrites returns, and has every text looked through."""

    def __init__(self, rewriter: Rewriter, scan: Scan, timeline: Timeline, files: Mapping[str, str]) -> None:
        self._rewriter = rewriter
        self._scan = scan
        self._timeline = timeline
        self._files = files
        self._sheets: dict[tuple[str, str], str] = {}

    def anew(self, return_: Return) -> Return:
        """The return with every text rewritten, under its new name."""
        file = self._files[return_.file]
        notes = tuple(self._text(note, Source(file)) for note in return_.notes)
        sheets = tuple(self._sheet(sheet, file) for sheet in return_.sheets)
        return Return(file, "", 0, sheets, notes=notes)

    def place(self, source: Source) -> Source:
        """Where a row of the old returns stands in the set."""
        sheet = self._sheets.get((source.file, source.sheet), source.sheet)
        return Source(self._files.get(source.file, source.file), sheet, source.row)

    def _text(self, text: str, source: Source, when: When = NO_DATE) -> str:
        written = self._rewriter.write(text, when)
        self._scan.add(written.masked, source)
        return written.text

    def _sheet(self, sheet: Sheet, file: str) -> Sheet:
        name = self._sheet_name(sheet, file)
        heading = "\n".join(self._rewriter.write(line).text for line in sheet.heading.split("\n"))
        rows = tuple(self._row(row, sheet, Source(file, name, row.number)) for row in sheet.rows)
        return Sheet(file, name, rows, sheet.hidden, sheet.merges, sheet.hidden_columns, (), heading)

    def _sheet_name(self, sheet: Sheet, file: str) -> str:
        if not sheet.name:
            return ""
        written = self._text(sheet.name, Source(file, sheet.name))
        name = _NOT_IN_A_SHEET_NAME.sub(" ", written)[:LONGEST_NAME].strip("' ") or "Sheet"
        taken = {new.casefold() for (old, _), new in self._sheets.items() if old == sheet.file}
        free = (name, *(f"{name[: LONGEST_NAME - 4]} {number}" for number in range(2, 1000)))
        return self._sheets.setdefault(
            (sheet.file, sheet.name), next(one for one in free if one.casefold() not in taken)
        )

    def _row(self, row: Row, sheet: Sheet, source: Source) -> Row:
        entry = self._timeline.by_source.get(Source(sheet.file, sheet.name, row.number))
        when = entry.when if entry else NO_DATE
        cells = tuple(self._cell(cell, source, when) for cell in row.cells)
        marks = tuple(self._mark(mark, source) for mark in row.marks if mark.kind in _KEPT_MARKS)
        return Row(row.number, cells, row.hidden, marks)

    def _mark(self, mark: Mark, source: Source) -> Mark:
        return replace(mark, text=self._text(mark.text, source)) if mark.kind == "comment" else mark

    def _cell(self, value: Value, source: Source, when: When) -> Value:
        if isinstance(value, str):
            return self._text(value, source, when)
        if isinstance(value, (datetime, date)):
            return self._rewriter.date_cell(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            self._scan.add(f"{value:.15g}", source)
        return value
