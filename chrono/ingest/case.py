"""case.yaml -> Case: the terms of reference, with every mistake named by file, line and key."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from chrono.ingest.keys import CASE_KEYS, Key
from chrono.ingest.plain_yaml import Node, YamlError, items_of, line_of, root_of, text_of, value_of
from chrono.ingest.text import decoded
from chrono.model import Agency, Case, Person, Source, Subject, When

LARGEST = 5_000_000
YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
OFF = (False, "off", "no")
ON = (True, "on", "yes", None)
DATES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})"),
)
ROW = re.compile(r"(?P<file>.+?)\s*(?:\[(?P<sheet>[^\[\]]*)\]\s*|\s)row\s+(?P<row>\d+)", re.IGNORECASE)


class CaseError(Exception):
    """The case cannot be opened: `lines` say why, one mistake each, with file, line and key."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def load_case(path: Path) -> Case:
    """Read case.yaml. Raises CaseError with every mistake found in it."""
    try:
        if path.stat().st_size > LARGEST:
            raise CaseError(f"{path.name}: larger than {LARGEST // 1_000_000} MB; is this the right file?")
        words = decoded(path.read_bytes()).words
    except OSError as fault:
        raise CaseError(f"{path.name}: cannot be opened ({fault.strerror or 'disk error'})") from fault
    return read_case(words, path.name)


def read_case(words: str, name: str = "case.yaml") -> Case:
    """Read the text of a case.yaml. Raises CaseError with every mistake found in it."""
    reading = _Reading()
    try:
        root = root_of(words)
        values = reading.group(root, CASE_KEYS, "") if root is not None else {}
    except YamlError as fault:
        raise CaseError(f"{name} line {fault.line}: {fault.what}") from fault
    if not reading.faults:
        reading.check_together(values)
    if reading.faults:
        raise CaseError(*(f"{name} line {line}: {what}" for line, what in sorted(reading.faults)))
    return _case(values)


def _case(values: Mapping[str, Any]) -> Case:
    period = values.get("period") or {}
    links = values.get("links") or {}
    return Case(
        title=values.get("title") or "",
        start=period.get("from"),
        end=period.get("to"),
        subjects=tuple(
            Subject(one["id"], one.get("name") or one["id"], one.get("aliases", ()), one.get("dob"))
            for one in values.get("subjects", ())
        ),
        people=tuple(
            Person(one["id"], one.get("name") or one["id"], one.get("role") or "", one.get("aliases", ()))
            for one in values.get("people", ())
        ),
        agencies=tuple(_agency(one) for one in values.get("agencies", ())),
        rules={name: _rule_options(options) for name, options in (values.get("rules") or {}).items()},
        expectations=tuple(values.get("expectations") or ()),
        vocabulary=values.get("vocabulary") or {},
        joined=links.get("join", ()),
        parted=links.get("part", ()),
        decisions=values.get("decisions") or {},
        from_file=True,
    )


def _agency(one: Mapping[str, Any]) -> Agency:
    return Agency(
        one["id"],
        one.get("name") or one["id"],
        one.get("aliases", ()),
        asked=one.get("asked", True),
        files=one.get("files", ()),
        columns={role: str(header) for role, header in (one.get("columns") or {}).items()},
        kind=one.get("kind") or "",
    )


def _rule_options(options: Any) -> Any:
    """False for a rule that is off; else its options."""
    if options in OFF:
        return False
    return {} if options in ON else options


class _Reading:
    """Reads values by the table of keys, and goes on after a mistake so that all of them can be told at once."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []
        self._lines: dict[tuple[str, str], int] = {}

    def fault(self, node: Node, what: str) -> None:
        self.faults.append((line_of(node), what))

    def group(self, node: Node, keys: Mapping[str, Key], where: str) -> dict[str, Any]:
        """The values of a mapping, those that are right."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{where or 'the file'} must be keys with values, such as '{next(iter(keys))}: ...'")
            return {}
        found = {}
        for name, name_node, value in items_of(node):
            if name not in keys:
                self.fault(name_node, unknown_key(name, keys, where))
            elif (read := self.value(value, keys[name], f"{where}: {name}" if where else name)) is not None:
                found[name] = read
        missing = [name for name, key in keys.items() if key.required and not found.get(name)]
        for name in missing:
            self.fault(node, f"{where} has no '{name}'")
        return {} if missing else found

    def value(self, node: Node, key: Key, where: str) -> Any:
        """One value, or None where it is null or wrong."""
        if isinstance(node, yaml.ScalarNode) and text_of(node) is None:
            return None
        if key.kind == "group":
            return self.group(node, key.keys, where)
        return getattr(self, "_" + key.kind.replace("-", "_"))(node, key, where)

    def _text(self, node: Node, _: Key, where: str) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.fault(node, f"{where} must be a single text")
        return None

    def _texts(self, node: Node, key: Key, where: str) -> tuple[str, ...]:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(text for item in items if (text := self._text(item, key, f"each of {where}")))

    def _flag(self, node: Node, _: Key, where: str) -> bool | None:
        said = YES.get(str(node.value).lower()) if isinstance(node, yaml.ScalarNode) else None
        if said is None:
            self.fault(node, f"{where} must be true or false")
        return said

    def _list(self, node: Node, key: Key, where: str) -> tuple[dict[str, Any], ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"{where} must be a list: each begins with '- '")
            return ()
        found: list[dict[str, Any]] = []
        for number, item in enumerate(node.value, 1):
            if read := self.group(item, key.keys, f"{where} {number}"):
                self._lines[where, read["id"]] = self._lines.get((where, read["id"])) or line_of(item)
                if any(one["id"] == read["id"] for one in found):
                    self.fault(item, f"{where} {number}: the id '{read['id']}' is taken already")
                found.append(read)
        return tuple(found)

    def _options(self, node: Node, _: Key, where: str) -> dict[str, Any] | None:
        if isinstance(node, yaml.MappingNode):
            return dict(value_of(node))
        self.fault(node, f"{where} must be names with values, such as 'name: value'")
        return None

    def _free(self, node: Node, _: Key, where: str) -> list[Any] | None:
        if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.MappingNode) for item in node.value):
            return list(value_of(node))
        self.fault(node, f"{where} must be a list of keys with values")
        return None

    def _date(self, node: Node, _: Key, where: str) -> When | None:
        if isinstance(node, yaml.ScalarNode) and (days := days_of(str(node.value))):
            first, last = days
            precision = "day" if first == last else "month" if (last - first).days < 31 else "year"
            return When(node.value, first, last, precision, status="ok")  # type: ignore[arg-type]
        self.fault(node, f"{where}: {shown(node)} is no date; write 2004-05-17, 2004-05 or 2004")
        return None

    def _first_day(self, node: Node, key: Key, where: str) -> date | None:
        when = self._date(node, key, where)
        return when.start if when else None

    def _last_day(self, node: Node, key: Key, where: str) -> date | None:
        when = self._date(node, key, where)
        return when.end if when else None

    def _pairs(self, node: Node, _: Key, where: str) -> tuple[tuple[Source, Source], ...]:
        groups = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found: list[tuple[Source, Source]] = []
        for group in groups:
            items = group.value if isinstance(group, yaml.SequenceNode) else []
            rows = [self._row(item, where) for item in items]
            if len(rows) < 2:
                self.fault(group, f"{where}: each item must be a list of two rows or more")
            found += combinations([row for row in rows if row], 2)
        return tuple(found)

    def _row(self, node: Node, where: str) -> Source | None:
        source = None
        if isinstance(node, yaml.ScalarNode):
            source = source_of(node.value)
        elif isinstance(node, yaml.MappingNode):
            said = {name: str(value.value) for name, _, value in items_of(node)}
            if set(said) <= {"file", "sheet", "row"} and said.get("file") and said.get("row", "").isdecimal():
                source = Source(said["file"], said.get("sheet", ""), int(said["row"]))
        if source is None:
            self.fault(node, f"{where}: {shown(node)} names no row; write 'file.xlsx [Sheet] row 12'")
        return source

    def check_together(self, values: Mapping[str, Any]) -> None:
        """What is wrong only when values are held against each other."""
        period = values.get("period") or {}
        if period.get("from") and period.get("to") and period["from"] > period["to"]:
            self.faults.append((1, f"period: from {period['from']} lies after to {period['to']}"))
        owners: dict[str, str] = {}
        for group in ("subjects", "people", "agencies"):
            for one in values.get(group, ()):
                if one["id"] in owners:
                    line = self._lines[group, one["id"]]
                    self.faults.append(
                        (line, f"the id '{one['id']}' of {group} is taken by {owners[one['id']]} already")
                    )
                owners[one["id"]] = group


def unknown_key(name: str, keys: Sequence[str] | Mapping[str, Key], where: str) -> str:
    """What to say of a key that does not exist: the nearest that does, or all of them."""
    place = f"{where} has no key" if where else "there is no key"
    near = get_close_matches(name.lower(), list(keys), n=1, cutoff=0.5)
    return f"{place} '{name}'" + (f"; did you mean '{near[0]}'?" if near else f"; it may have {', '.join(keys)}")


def shown(node: Node) -> str:
    """A value for a message: in quotation marks, cut where it is long."""
    if not isinstance(node, yaml.ScalarNode):
        return "this"
    return f"'{node.value[:40]}...'" if len(node.value) > 40 else f"'{node.value}'"


def days_of(text: str) -> tuple[date, date] | None:
    """The first and last day of a date written as year, month or day, year first or England's way round; None if it is none."""
    for notation in DATES:
        if not (found := notation.fullmatch(text.strip())):
            continue
        year, month, day = (int(found[part]) if found[part] else 0 for part in ("year", "month", "day"))
        try:
            last_month = month or 12
            last_day = day or monthrange(year, last_month)[1]
            return date(year, month or 1, day or 1), date(year, last_month, last_day)
        except ValueError:
            return None
    return None


def source_of(text: str) -> Source | None:
    """'file.xlsx [Sheet] row 12' or 'file.csv row 12' as a Source; None if it names no row."""
    found = ROW.fullmatch(text.strip())
    return Source(found["file"], found["sheet"] or "", int(found["row"])) if found else None
