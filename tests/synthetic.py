"""Made-up multi-agency cases of any size: known links, known look-alikes, planted defects; the same seed gives the same case.

    made = make(seed=1, rows=2_000)          # one child about every 400 rows
    made.case, made.returns                  # as ingest gives them
    made.links, made.look_alikes             # pairs of rows that are, and that only seem, one event
    made.planted["date-differs"]             # the rows of each defect of that kind
    write(made, folder)                      # the same as files: .xlsx, .csv and .docx in several layouts, and case.yaml

What the rows say is synthetic.yaml. Everything is invented.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import yaml

from chrono.model import Agency, Case, Return, Row, Sheet, Source, Subject, Value

FIRST_DAY, DAYS = date(2019, 9, 1), 730
ROWS_A_CHILD = 400
LINKED_SHARE, ALIKE_SHARE = 0.22, 0.02
"""Shares of the rows' number: events that several agencies record, and pairs of look-alikes."""
DEFECTS: Mapping[str, float] = {
    "date-differs": 0.02,
    "day-month-swapped": 0.01,
    "year-slip": 0.01,
    "one-side-only": 0.03,
    "duplicate": 0.005,
    "undated": 0.004,
    "coarse-date": 0.08,
}
"""Kind of defect -> share of the linked events (or, for duplicates and undated rows, of all rows) that have it."""
NAMES = [
    "Tansy",
    "Rowan",
    "Briony",
    "Linden",
    "Sorrel",
    "Jasper",
    "Fern",
    "Hazel",
    "Aspen",
    "Clover",
    "Heath",
    "Juniper",
    "Laurel",
    "Moss",
    "Olive",
    "Reed",
    "Sage",
    "Teasel",
    "Willow",
    "Yarrow",
]

Pair = frozenset[Source]


@dataclass(slots=True)
class Written:
    """One row before it stands in a sheet."""

    agency: str
    child: int
    day: date | None
    text: str
    coarse: str = ""
    clock: time | None = None
    cells: dict[str, str] = field(default_factory=dict)
    source: Source | None = None


@dataclass(frozen=True)
class Made:
    """A made-up case and the truth about it."""

    case: Case
    returns: tuple[Return, ...]
    links: frozenset[Pair]
    look_alikes: frozenset[Pair]
    planted: Mapping[str, tuple[tuple[Source, ...], ...]]

    @property
    def rows(self) -> int:
        """Rows that are entries."""
        return sum(len(sheet.rows) for return_ in self.returns for sheet in return_.sheets)


@cache
def material() -> dict[str, Any]:
    """synthetic.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return loaded


def make(seed: int = 0, rows: int = 600, children: int | None = None) -> Made:
    """A case of about `rows` rows; without `children`, one child for every 400 rows, so that density stays the same."""
    maker = _Maker(Random(seed), max(1, children or round(rows / ROWS_A_CHILD)))
    for _ in range(round(rows * LINKED_SHARE)):
        maker.event()
    for _ in range(round(rows * ALIKE_SHARE)):
        maker.look_alike()
    while len(maker.rows) < rows:
        maker.alone()
    maker.spoil(round(rows * DEFECTS["duplicate"]), round(rows * DEFECTS["undated"]))
    return maker.finish()


class _Maker:
    """Collects rows, and the truth about them, until they are laid out as returns."""

    def __init__(self, random: Random, children: int) -> None:
        self.random = random
        self.children = [f"{NAMES[n % len(NAMES)]} {chr(65 + n // len(NAMES) % 26)}" for n in range(children)]
        self.rows: list[Written] = []
        self.events: list[list[Written]] = []
        self.alike: list[tuple[Written, Written]] = []
        self.planted: dict[str, list[tuple[Written, ...]]] = defaultdict(list)
        self.kinds = [kind for kind in material()["events"] for _ in range(kind["often"])]
        self.numbers = 0

    def event(self) -> None:
        """One event with a row for each agency that recorded it, now and then with something wrong in one row."""
        kind, child, day = self.random.choice(self.kinds), self._child(), self._day()
        detail = self.random.choice(material()["details"])
        texts = dict(kind["rows"])
        texts.update({agency: text for agency, text in kind.get("perhaps", {}).items() if self.random.random() < 0.5})
        self.numbers += 1
        later = kind.get("later", {})
        found = [
            self._row(
                agency,
                child,
                day + timedelta(days=self.random.choice((0, 0, later.get(agency, 0)))),
                self.random.choice(text),
                detail,
            )
            for agency, text in texts.items()
        ]
        self._spoil_event(found)

    def look_alike(self) -> None:
        """Two rows that seem to be one event and are two."""
        kind, child, day = self.random.choice(material()["alike"]), self._child(), self._day()
        later = kind.get("later", {})
        found = [
            self._row(
                agency,
                child,
                day + timedelta(days=later.get(agency, 0)),
                text,
                self.random.choice(material()["details"]),
            )
            for agency, text in kind["rows"].items()
        ]
        self.rows += found
        self.alike.append((found[0], found[1]))

    def alone(self) -> None:
        """A row that only one agency has."""
        agency = self.random.choice(list(material()["alone"]))
        text = self.random.choice(material()["alone"][agency])
        self.rows.append(self._row(agency, self._child(), self._day(), text, self.random.choice(material()["details"])))

    def spoil(self, duplicates: int, undated: int) -> None:
        """Rows entered twice, and rows without a date."""
        for row in self.random.sample(self.rows, duplicates):
            again = Written(row.agency, row.child, row.day, row.text, row.coarse, row.clock, dict(row.cells))
            self.rows.append(again)
            self.planted["duplicate"].append((row, again))
        for row in self.random.sample([row for row in self.rows if not row.coarse], undated):
            row.day, row.clock = None, None
            self.planted["undated"].append((row,))

    def finish(self) -> Made:
        """The rows laid out as each agency's return."""
        returns = tuple(
            Layout(agency, about, self.children).laid_out(self.rows) for agency, about in material()["agencies"].items()
        )
        links = (pair for event in self.events for pair in combinations([row for row in event if row.day], 2))
        return Made(
            case_of(self.children),
            tuple(one for one in returns if one.sheets),
            frozenset(frozenset((_at(one), _at(other))) for one, other in links),
            frozenset(frozenset((_at(one), _at(other))) for one, other in self.alike),
            {kind: tuple(tuple(map(_at, rows)) for rows in found) for kind, found in sorted(self.planted.items())},
        )

    def _spoil_event(self, found: list[Written]) -> None:
        defect = self.random.choices([*DEFECTS, ""], [*DEFECTS.values(), 1.0 - sum(DEFECTS.values())])[0]
        last = found[-1]
        assert last.day is not None
        if defect == "one-side-only":
            found.pop()
        elif defect == "date-differs":
            last.day += timedelta(days=self.random.choice((-4, -3, 3, 4, 7)))
        elif defect == "day-month-swapped" and last.day.day <= 12 and last.day.day != last.day.month:
            last.day = last.day.replace(month=last.day.day, day=last.day.month)
        elif defect == "year-slip" and (last.day.month, last.day.day) != (2, 29):
            last.day = last.day.replace(year=last.day.year + 1)
        elif defect == "coarse-date" and (
            coarse := [row for row in found if material()["agencies"][row.agency].get("coarse")]
        ):
            coarse[-1].coarse, coarse[-1].clock = _coarsely(coarse[-1].day or FIRST_DAY, self.random), None
        if defect in DEFECTS and defect not in ("duplicate", "undated", "coarse-date"):
            self.planted[defect].append(tuple(found))
        self.rows += found
        self.events.append(found)

    def _row(self, agency: str, child: int, day: date, text: str, detail: Sequence[str]) -> Written:
        about = material()["agencies"]
        names = {other: self.random.choice(about[other]["names"]) for other in about}
        said = text.format(
            **names,
            child=self.children[child],
            detail=self.random.choice(detail),
            decision=self.random.choice(material()["decisions"]),
            number=f"W{self.numbers:05}/{day:%y}",
        )
        asides = [self._aside() for _ in range(self.random.choice((0, 0, 1, 2, 4)))]
        row = Written(agency, child, day, " ".join((said[0].upper() + said[1:].rstrip(".") + ".", *asides)))
        if about[agency].get("times"):
            row.clock = time(self.random.randint(8, 20), self.random.choice((0, 10, 15, 30, 45)))
        row.cells = {
            "people": ", ".join(names[other] for other in about if other != agency and f"{{{other}}}" in text),
            "outcome": self.random.choice(material()["decisions"]),
            "worker": f"{agency.split('-')[0].title()} worker {self.random.randint(1, 4)}",
            "action": "",
            "category": "",
            "seen": self.random.choice(("Yes", "No", "")),
        }
        return row

    def _aside(self) -> str:
        return " ".join(map(self.random.choice, material()["asides"])) + "."

    def _child(self) -> int:
        return self.random.randrange(len(self.children))

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))


def _coarsely(day: date, random: Random) -> str:
    third = "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"
    return random.choice((f"{day:%B %Y}", f"{third} {day:%B %Y}"))


def _at(row: Written) -> Source:
    assert row.source is not None
    return row.source


@dataclass(frozen=True)
class Layout:
    """How one agency lays out its return."""

    agency: str
    about: Mapping[str, Any]
    children: Sequence[str]

    def laid_out(self, rows: Sequence[Written]) -> Return:
        """The agency's rows as one file: a sheet for each child where the sheet has no column for the child."""
        mine = sorted(
            (row for row in rows if row.agency == self.agency),
            key=lambda row: (row.day or date.max, row.clock or time()),
        )
        apart = (
            "subject" not in self.about["columns"] and len(self.children) > 1 and self.about["file"].endswith(".xlsx")
        )
        groups = [[row for row in mine if row.child == n] for n in range(len(self.children))] if apart else [mine]
        sheets = tuple(self._sheet(group, self._name(n, apart)) for n, group in enumerate(groups) if group)
        written = repr(sheets).encode()
        return Return(self.about["file"], hashlib.sha256(written).hexdigest(), len(written), sheets)

    def _name(self, child: int, apart: bool) -> str:
        if apart:
            return self.children[child]
        return {".csv": "", ".docx": "table 1"}.get(Path(self.about["file"]).suffix, "Chronology")

    def _sheet(self, rows: Sequence[Written], name: str) -> Sheet:
        columns = dict(self.about["columns"])
        if "subject" not in columns and name in ("", "table 1") and len(self.children) > 1:
            columns = {"subject": "Name", **columns}
        laid = [Row(number, cells) for number, cells in enumerate(self._head(columns), 1)]
        for row in rows:
            number = len(laid) + 1
            row.source = Source(self.about["file"], name, number)
            laid.append(Row(number, tuple(self._cell(role, row, number) for role in columns)))
        return Sheet(self.about["file"], name, tuple(laid))

    def _head(self, columns: Mapping[str, str]) -> Iterator[tuple[Value, ...]]:
        if title := self.about.get("title"):
            yield (title,)
        yield tuple(columns.values())

    def _cell(self, role: str, row: Written, number: int) -> Value:
        if role == "date":
            return self._date(row)
        if role == "time":
            return row.clock
        if role == "subject":
            return row.cells.get("subject") or self.children[row.child]
        if role == "sequence":
            return number
        return row.text if role == "text" else row.cells.get(role, "") or None

    def _date(self, row: Written) -> Value:
        if row.coarse or row.day is None:
            return row.coarse or None
        day, clock = row.day, row.clock if "time" not in self.about["columns"] else None
        if self.about["dates"] == "excel":
            return datetime.combine(day, clock or time())
        written = WRITTEN[self.about["dates"]](day)
        return f"{written} {clock:%H:%M}" if clock else written


WRITTEN: Mapping[str, Callable[[date], str]] = {
    "short": lambda day: f"{day:%d/%m/%y}",
    "dotted": lambda day: f"{day:%d.%m.%Y}",
    "long": lambda day: f"{day.day} {day:%B %Y}",
    "iso": lambda day: day.isoformat(),
}


def case_of(children: Sequence[str], agencies: Sequence[str] = ()) -> Case:
    """What case.yaml of a made-up case says; `agencies` are those that are asked, all if none is named."""
    return Case(
        title="A made-up review",
        start=FIRST_DAY,
        end=FIRST_DAY + timedelta(days=DAYS),
        subjects=tuple(Subject(f"child-{n}", name) for n, name in enumerate(children, 1)),
        agencies=tuple(
            Agency(id_, about["names"][0], tuple(about["names"][1:]), asked=True, files=(about["file"],))
            for id_, about in material()["agencies"].items()
            if not agencies or id_ in agencies
        ),
        from_file=True,
    )


# ------------------------------------------------------------------------------------------------------- as files


def write(made: Made, folder: Path) -> Path:
    """The case as a folder with case.yaml and returns/, for what starts from files."""
    returns = folder / "returns"
    returns.mkdir(parents=True)
    for one in made.returns:
        WRITERS[Path(one.file).suffix](one, returns / one.file)
    (folder / "case.yaml").write_text(
        yaml.safe_dump(_as_yaml(made.case), sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    return folder


def _as_yaml(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "period": {"from": case.start, "to": case.end},
        "subjects": [{"id": one.id, "name": one.name} for one in case.subjects],
        "agencies": [
            {"id": one.id, "name": one.name, "aliases": list(one.aliases), "asked": True, "files": list(one.files)}
            for one in case.agencies
        ],
    }


def write_workbook(return_: Return, path: Path) -> None:
    """One return as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        clock = book.add_format({"num_format": "hh:mm"})
        for sheet in return_.sheets:
            page = book.add_worksheet(sheet.name)
            for row in sheet.rows:
                for column, cell in enumerate(row.cells):
                    page.write(row.number - 1, column, cell, *([clock] if isinstance(cell, time) else []))


def _write_csv(return_: Return, path: Path) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows(row.cells for sheet in return_.sheets for row in sheet.rows)


def _write_document(return_: Return, path: Path) -> None:
    import docx

    document = docx.Document()
    for sheet in return_.sheets:
        table = document.add_table(rows=0, cols=max(len(row.cells) for row in sheet.rows))
        for row in sheet.rows:
            for cell, value in zip(table.add_row().cells, row.cells, strict=False):
                cell.text = "" if value is None else str(value)
    document.save(str(path))


WRITERS: Mapping[str, Callable[[Return, Path], None]] = {
    ".xlsx": write_workbook,
    ".csv": _write_csv,
    ".docx": _write_document,
}
