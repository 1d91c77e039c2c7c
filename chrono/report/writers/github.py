"""GitHub workflow commands: one annotation for each finding, at its first row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from chrono.model import Finding, Source
from chrono.report.text import clean
from chrono.report.writer import Report, Writer

LEVELS = {"high": "error", "medium": "warning", "low": "notice"}


def write(report: Report, to: BinaryIO) -> None:
    """One line for each finding, then one for each problem with a file."""
    for line in _lines(report):
        to.write(f"{clean(line)}\n".encode())


def _lines(report: Report) -> Iterator[str]:
    for finding in report.review.findings:
        first = finding.cites[0] if finding.cites else Source("")
        yield _command(LEVELS[finding.severity or "low"], first, f"{finding.rule} {finding.category}", _told(finding))
    for problem in report.review.timeline.problems:
        source = Source(problem.file, problem.sheet, problem.row)
        message = "; ".join(part for part in (problem.what, problem.remedy) if part)
        yield _command("error" if problem.fatal else "warning", source, "cannot be read", message)


def _told(finding: Finding) -> str:
    """What was found, with the rows that the annotation does not stand at."""
    others = "; ".join(map(str, finding.cites[1:]))
    return f"{finding.title} (with {others})" if others else finding.title


def _command(level: str, source: Source, title: str, message: str) -> str:
    place = {"file": source.file, "line": str(source.row) if source.row else "", "title": title}
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items() if value)
    sheet = f"[{source.sheet}] " if source.sheet else ""
    return f"::{level} {properties}::{_data(sheet + message)}"


def _data(text: str) -> str:
    """As the workflow command syntax asks: percent, then line ends."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


writer = Writer("github", "check.github.txt", write, help="annotations for GitHub workflows")
