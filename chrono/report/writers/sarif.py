"""SARIF 2.1.0, for code-scanning viewers and continuous integration. Holds no text of any cell: it gets uploaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from chrono.model import Finding, Problem, RuleNote, Source
from chrono.report.writer import Report, Writer

LEVELS = {"high": "error", "medium": "warning", "low": "note"}
UNREADABLE = "unreadable-file"


def write(report: Report, to: BinaryIO) -> None:
    """One run: its rules, a result for each finding, a result for each problem with a file."""
    review = report.review
    rules = [_rule(note) for note in review.rules]
    rules.append({"id": UNREADABLE, "shortDescription": {"text": "A file, or part of it, cannot be read."}})
    driver = {"name": "chrono", "semanticVersion": review.version, "rules": rules}
    results = [*map(_result, review.findings), *map(_problem, review.timeline.problems)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    to.write(json.dumps(log, indent=1).encode())


def _rule(note: RuleNote) -> dict[str, Any]:
    return {
        "id": note.name,
        "shortDescription": {"text": note.summary},
        "help": {"text": note.why or note.summary},
        "defaultConfiguration": {"level": LEVELS[note.severity]},
        "properties": {"category": note.category, "code": note.code},
    }


def _result(finding: Finding) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity or "low"],
        "message": {"text": finding.title},
        "locations": list(map(_location, finding.cites[:1])),
        "relatedLocations": list(map(_location, finding.cites[1:])),
        "partialFingerprints": {"finding/v1": finding.id},
        "properties": {"certainty": finding.certainty, "category": finding.category},
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "ruleId": UNREADABLE,
        "level": "error" if problem.fatal else "warning",
        "message": {"text": "; ".join(part for part in (problem.what, problem.remedy) if part)},
        "locations": [_location(Source(problem.file, problem.sheet, problem.row))],
    }


def _location(source: Source) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(source.file)},
            "region": {"startLine": max(source.row, 1)},
        },
        "logicalLocations": [{"fullyQualifiedName": "!".join(_parts(source)), "kind": "element"}],
    }


def _parts(source: Source) -> Iterator[str]:
    yield source.file
    if source.sheet:
        yield source.sheet
    if source.row:
        yield f"row {source.row}"


writer = Writer("sarif", "check.sarif", write, help="SARIF 2.1.0 for code-scanning viewers")
