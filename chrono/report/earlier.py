"""Compares a review with the combined.json of an earlier merge, reading in full only what is not the same in both."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from chrono.report.changes import Changes, changes
from chrono.report.writer import Report
from chrono.report.writers.combined import as_dict, entry_as_dict

Json = dict[str, Any]

TEXT = r'"(?:[^"\\]|\\.)*"'
BEGINNING = re.compile(rf'\{{"id": ({TEXT}), "agency": ({TEXT}), "file": ({TEXT}), "sheet": ({TEXT}), "row": (\d+), ')
"""How the line of an entry begins in a file that chrono wrote: its id and its place."""
ENTRIES, END = '"entries": [\n', "]\n"


def changes_since(path: Path, report: Report) -> Changes:
    """What is not as it was; nothing if there is no such file, if it cannot be read, or if it is another case's."""
    now = {entry.id for entry in report.review.timeline.entries}
    try:
        old = _earlier(path, now)
        if old["case"]["title"] != report.review.timeline.case.title:
            return Changes()
        before = {entry["id"] for entry in old["entries"]}
        new = as_dict(report, leave_out=("entries", "links", "grid")) | {"entries": list(_now(report, before))}
        return changes(old, new)
    except (OSError, ValueError, LookupError, TypeError):
        return Changes()


def _earlier(path: Path, now: Collection[str]) -> Json:
    """The file, with only the places of entries whose ids are in `now`."""
    rest, entries = [], []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            rest.append(line)
            if line == ENTRIES:
                break
        for line in lines:
            if line == END:
                rest.append(line)
                break
            entries.append(_brief(line, now))
        rest += lines
    whole: Json = json.loads("".join(rest))
    return whole | {"entries": entries} if entries else whole


def _brief(line: str, now: Collection[str]) -> Json:
    found = BEGINNING.match(line)
    if found:
        id_, agency, file, sheet = map(json.loads, found.groups()[:4])
        if id_ in now:
            return {"id": id_, "agency": agency, "file": file, "sheet": sheet, "row": int(found[5])}
    entry: Json = json.loads(line.rstrip(",\n"))
    return entry


def _now(report: Report, before: Collection[str]) -> Iterator[Json]:
    for entry in report.review.timeline.entries:
        source = entry.source
        place = {"file": source.file, "sheet": source.sheet, "row": source.row}
        yield {"id": entry.id, "agency": entry.agency} | place if entry.id in before else entry_as_dict(entry)
