"""Made-up cases that tell coherent stories, in which everything is followed up, and one small defect planted in them.

    made = make(seed=1)                                   # a clean case of 3 to 12 agencies and 200 to 600 rows
    made = make(seed=1, kind="missing-without-return-interview")
    made.key                                              # the planted rows that a finding has to cite

What the rows say is planted.yaml; how agencies lay them out is synthetic.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from chrono.check import check
from chrono.merge import merge
from chrono.model import Agency, Case, Finding, Return, Severity, Source
from chrono.normalise import normalise
from tests import synthetic
from tests.synthetic import DAYS, FIRST_DAY, Layout, Written, case_of

ALWAYS = ("social-care", "police", "school")
CELLS = {
    "outcome": "Outcome",
    "worker": "Worker",
    "people": "People involved",
    "recorded": "Recorded on",
    "subject": "Child",
}
"""Cells that a planted row may have: the header of the column if the agency has none for it."""
CHILDREN = ("Tansy Marsh", "Rowan Marsh")
APART = 45
"""Clean stories keep this many days away from what is planted, so that none answers for it by chance."""
COUNTED: tuple[Severity, ...] = ("high", "medium")


@dataclass(frozen=True)
class Planted:
    """A case and what was planted in it: the rows a finding has to cite, and an agency that sent nothing."""

    case: Case
    returns: tuple[Return, ...]
    kind: str = ""
    key: frozenset[Source] = frozenset()
    silent: str = ""

    @property
    def rows(self) -> int:
        """Rows that are entries."""
        return sum(len(sheet.rows) for return_ in self.returns for sheet in return_.sheets)

    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of it, by way of the real stages."""
        return check(merge(normalise(self.case, self.returns)))

    def found(self, findings: Sequence[Finding]) -> bool:
        """True if a finding of the right category cites at least half of the rows planted."""
        categories = material()["kinds"][self.kind]["category"]
        right = [finding for finding in findings if finding.category in categories]
        if rule := material()["kinds"][self.kind].get("rule"):
            return any(finding.rule == rule for finding in right)
        if self.silent:
            return any(self.silent in finding.agencies + finding.expected_from for finding in right)
        return any(2 * len(self.key & set(finding.cites)) >= len(self.key) for finding in right)


@cache
def material() -> dict[str, Any]:
    """planted.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return loaded


def kinds() -> tuple[str, ...]:
    """The kinds of defect that can be planted."""
    return tuple(material()["kinds"])


def make(seed: int = 0, kind: str = "") -> Planted:
    """A case of 3 to 12 agencies and 200 to 600 rows: clean, or with one defect of `kind`."""
    return _Maker(Random(f"{seed} {kind}"), kind).case()


class _Maker:
    """Tells the stories of one case."""

    def __init__(self, random: Random, kind: str) -> None:
        self.random, self.kind = random, kind
        self.about: Mapping[str, Any] = material()["kinds"].get(kind, {})
        self.plant = self._chosen_plant()
        self.agencies = self._agencies()
        self.children = CHILDREN[: self.about.get("children", 1)]
        latest = DAYS - 150 - max((row[0] for row in self.plant), default=0)
        self.day = 60 if self.about.get("early") else random.randint(60, max(61, latest))
        self.rows: list[Written] = []
        self.key: list[Written] = []

    def case(self) -> Planted:
        """Tells everything and lays it out."""
        self._routine()
        self._stories()
        self._fill(self.random.randint(200, 600))
        self._leave_out()
        self._plant()
        silent = self.about.get("asked", "")
        case = case_of(self.children, self.agencies)
        if silent:
            case = replace(case, agencies=(*case.agencies, Agency("silent", silent, asked=True)))
        return Planted(
            case, tuple(self._returns()), self.kind, frozenset(map(_at, self.key)), "silent" if silent else ""
        )

    # ------------------------------------------------------------------------------------------ who

    def _chosen_plant(self) -> list[Any]:
        if not self.about:
            return []
        chosen = []
        for day, agency, texts, *cells in self.random.choice(self.about["plants"]):
            chosen.append((day, agency, self.random.choice(texts), cells[0] if cells else {}))
        return chosen

    def _agencies(self) -> tuple[str, ...]:
        every = list(synthetic.material()["agencies"])
        needed = {agency for _, agency, _, _ in self.plant}
        needed |= {agency for _, _, text, _ in self.plant for agency in every if f"{{{agency}}}" in text}
        needed |= set(ALWAYS)
        others = [agency for agency in every if agency not in needed]
        count = max(0, self.random.randint(3, 12) - len(needed))
        chosen = needed | set(self.random.sample(others, min(count, len(others))))
        return tuple(agency for agency in every if agency in chosen)

    # ------------------------------------------------------------------------------------------ what is clean

    def _routine(self) -> None:
        for each in material()["routine"]:
            for day in range(self.random.randint(3, 7), DAYS - 10, each["every"]):
                self._tell(each["rows"], day)

    def _stories(self) -> None:
        told = [rows for rows in material()["stories"].values() if self._can_tell(rows)]
        self.random.shuffle(told)
        for place, rows in enumerate(told):
            day = 25 + place * (DAYS - 110) // len(told)
            if not self.plant or not self._near(day, day + max(row[0] for row in rows)):
                self._tell(rows, day)

    def _near(self, first: int, last: int) -> bool:
        until = self.day + max(row[0] for row in self.plant)
        return first <= until + 2 * APART and last >= self.day - APART

    def _can_tell(self, rows: Sequence[Any]) -> bool:
        return all(row[1].endswith("?") or row[1] in self.agencies for row in rows)

    def _tell(self, rows: Sequence[Any], day: int) -> None:
        for after, agency, texts, *cells in rows:
            if agency.rstrip("?") in self.agencies:
                self._say(day + after, agency.rstrip("?"), self.random.choice(texts), cells[0] if cells else {})

    def _fill(self, rows: int) -> None:
        each = max(8, (rows - len(self.rows)) // len(self.agencies))
        for agency in self.agencies:
            for n in range(each):
                day = round((n + 0.2 + 0.6 * self.random.random()) * (DAYS - 1) / each)
                self._say(day, agency, self.random.choice(material()["fill"][agency]), {})

    def _leave_out(self) -> None:
        quiet = {who: (self.day + a, self.day + b) for who, (a, b) in self.about.get("quiet", {}).items()}
        self.rows = [
            row
            for row in self.rows
            if not any(who in ("all", row.agency) and a <= _number(row) <= b for who, (a, b) in quiet.items())
            and not any(words.casefold() in row.text.casefold() for words in self.about.get("without", ()))
        ]

    # ------------------------------------------------------------------------------------------ what is planted

    def _plant(self) -> None:
        for after, agency, text, cells in self.plant:
            row = self._say(self.day + after, agency, text, cells)
            if not cells.get("context"):
                self.key.append(row)

    def _say(self, day: int, agency: str, text: str, cells: Mapping[str, Any]) -> Written:
        about = synthetic.material()["agencies"]
        names = {other: self.random.choice(about[other]["names"][:2]) for other in about}
        said = text.format(**names, child=self.children[0].split()[0])
        happened = FIRST_DAY + timedelta(days=day)
        row = Written(agency, 0, happened, said[0].upper() + said[1:])
        if cells.get("date") is not None:
            row.coarse, row.day = cells["date"], None if not cells["date"] else happened
        if slip := cells.get("slip"):
            row.day = happened.replace(year=happened.year + slip, day=min(happened.day, 28))
        if days := cells.get("recorded"):
            row.cells["recorded"] = f"{happened + timedelta(days=days):%d/%m/%Y}"
        row.cells |= {cell: str(cells[cell]) for cell in ("outcome", "worker", "people", "subject") if cell in cells}
        self.rows.append(row)
        return row

    # ------------------------------------------------------------------------------------------ as returns

    def _returns(self) -> Iterator[Return]:
        for agency in self.agencies:
            about = dict(synthetic.material()["agencies"][agency])
            mine = [row for row in self.rows if row.agency == agency]
            columns = dict(about["columns"])
            for cell, header in CELLS.items():
                if any(cell in row.cells for row in mine):
                    columns.setdefault(cell, header)
            if mine:
                yield Layout(agency, {**about, "columns": columns}, self.children).laid_out(mine)


def _number(row: Written) -> int:
    return ((row.day or date.max) - FIRST_DAY).days


def _at(row: Written) -> Source:
    assert row.source is not None
    return row.source
