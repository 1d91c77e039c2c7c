"""Rows written as words become a timeline by way of the real stages, so that a rule's case proves the rule on words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from chrono.merge import merge
from chrono.model import Agency, Case, Finding, Person, Return, Row, Sheet, Source, Subject, Timeline, When
from chrono.normalise import normalise

HEADERS = {
    "worker": "Worker",
    "subject": "Child",
    "outcome": "Outcome",
    "with": "Who was involved",
    "category": "Type",
    "recorded": "Recorded on",
    "shared": "Shared with MASH?",
    "told": "Who was told",
    "number": "Crime number",
    "action": "Action taken",
    "attendance": "Attendance",
    "reason": "Reason",
    "odd": "Quorb",
    "signed": "Signed off by",
    "came": "Came with",
    "missing": "Missing from",
    "located": "Located",
    "about": "Missing",
    "ended": "End date",
}
DEFAULT_CHILD = {"id": "robin", "name": "Robin"}


@dataclass(frozen=True)
class Line:
    """`csc.xlsx:14 | 03/01/2019 | CSC | home visit | outcome: no concerns`."""

    file: str
    row: int
    date: str
    agency: str
    text: str
    more: Mapping[str, str]

    @classmethod
    def read(cls, line: str) -> Line:
        place, day, agency, text, *rest = (part.strip() for part in line.split(" | "))
        file, _, row = place.rpartition(":")
        more = dict((word.strip() for word in part.split(":", 1)) for part in rest)
        return cls(file, int(row), day, agency, text, more)


def timeline(rows: Sequence[str], settings: Mapping[str, Any] | None = None) -> Timeline:
    """The timeline of these rows. `settings` is a case.yaml in short: period, subjects, people, asked (names), rules ..."""
    lines = [Line.read(row) for row in rows]
    return merge(normalise(_case(lines, settings or {}), _returns(lines)))


def _case(lines: Sequence[Line], settings: Mapping[str, Any]) -> Case:
    files: dict[str, set[str]] = defaultdict(set)
    for name in settings.get("asked", ()):
        files[name] = set()
    for line in lines:
        files[line.agency].add(line.file)
    aliases: Mapping[str, list[str]] = settings.get("aliases", {})
    first, last = settings.get("period", (None, None))
    return Case(
        title="An invented case",
        start=first,
        end=last,
        subjects=tuple(_subject(child) for child in settings.get("subjects", [DEFAULT_CHILD])),
        people=tuple(Person(one["id"], one["name"], one.get("role", "")) for one in settings.get("people", ())),
        agencies=tuple(
            Agency(
                name.lower().replace(" ", "-").replace("'", ""),
                name,
                tuple(aliases.get(name, ())),
                asked=name not in settings.get("not asked", ()),
                files=tuple(sorted(files[name])),
            )
            for name in files
        )
        + tuple(
            Agency(n.lower().replace(" ", "-"), n, tuple(aliases.get(n, ()))) for n in settings.get("not asked", ())
        ),
        rules=settings.get("rules", {}),
        expectations=tuple(settings.get("expectations", ())),
        from_file=True,
    )


def _subject(child: Mapping[str, Any]) -> Subject:
    born = child.get("dob")
    return Subject(
        child["id"],
        child.get("name", child["id"]),
        tuple(child.get("aliases", ())),
        When.of_day(born) if isinstance(born, date) else None,
    )


def _returns(lines: Sequence[Line]) -> tuple[Return, ...]:
    files: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        files[line.file].append(line)
    return tuple(Return(file, sha256=f"sha-{file}", size=1, sheets=(_sheet(file, files[file]),)) for file in files)


def _sheet(file: str, lines: Sequence[Line]) -> Sheet:
    extra = [key for key in HEADERS if any(key in line.more for line in lines)]
    header = Row(min(line.row for line in lines) - 1 or 1, ("Date", "Event", *(HEADERS[key] for key in extra)))
    rows = [
        Row(
            line.row,
            (line.date or None, line.text, *(line.more.get(key) or None for key in extra)),
            hidden=line.more.get("hidden") == "yes",
        )
        for line in lines
    ]
    name = "" if file.endswith(".csv") else "Chronology"
    return Sheet(file, name, (header, *sorted(rows, key=lambda row: row.number)))


def place(source: Source) -> str:
    """A source as the cases write it."""
    return f"{source.file}:{source.row}"


def cases(file: Path) -> Mapping[str, Any]:
    """The named cases of one YAML file."""
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: case for name, case in content.items() if name != "rule"}


def shown(found: Sequence[Finding]) -> list[str]:
    """Findings as short lines, so that a failure reads like a report."""
    return [
        f"{each.severity} {each.certainty} {each.rule} {sorted(place(cite) for cite in each.cites)} {each.title}"
        for each in found
    ]
