"""The findings as lines of text, file by file and row by row: what `chrono check` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from chrono.model import Finding, Source
from chrono.report.text import clean
from chrono.report.writer import Report, Writer


def write(report: Report, to: BinaryIO) -> None:
    """A heading for each file, its findings in order of row; then what concerns no row; then a line of totals."""
    for line in _lines(report):
        to.write(f"{clean(line)}\n".encode())


def _lines(report: Report) -> Iterator[str]:
    review = report.review
    placed: dict[str, list[tuple[Source, Finding]]] = defaultdict(list)
    for finding in review.findings:
        first = finding.cites[0] if finding.cites else Source("")
        placed[first.file].append((first, finding))
    for problem in review.timeline.problems:
        yield f"{problem}"
    for file in sorted(placed):
        yield file or "No row"
        for source, finding in sorted(placed[file], key=lambda pair: (pair[0], pair[1].id)):
            yield from _finding(source, finding)
    counts = [sum(each.severity == level for each in review.findings) for level in ("high", "medium", "low")]
    entries = len(review.timeline.entries)
    yield f"{entries} entries; {counts[0]} high, {counts[1]} medium, {counts[2]} low"


def _finding(source: Source, finding: Finding) -> Iterator[str]:
    place = f"[{source.sheet}] " if source.sheet else ""
    row = f"row {source.row}: " if source.row else ""
    yield f"  {place}{row}{finding.severity}: {finding.title} [{finding.rule}]"
    if len(finding.cites) > 1:
        yield f"      with {'; '.join(map(str, finding.cites[1:]))}"
    if finding.settle:
        yield f"      {finding.settle}"


writer = Writer("findings", "findings.txt", write, help="the findings as lines of text")
