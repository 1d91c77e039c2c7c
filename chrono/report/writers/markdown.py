"""Markdown for an e-mail: what was found, by file, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from chrono.model import Finding
from chrono.report.text import clean
from chrono.report.writer import Report, Writer

HEADINGS = {"high": "To be answered first", "medium": "To be looked at", "low": "To be tidied up"}


def write(report: Report, to: BinaryIO) -> None:
    """Problems with files first, then the findings, the most important first."""
    to.write("\n".join(_lines(report)).encode() + b"\n")


def _lines(report: Report) -> Iterator[str]:
    review = report.review
    yield f"# {_plain(review.timeline.case.title or 'Returns checked')}"
    yield ""
    rows = sum(sheet.rows for each in review.timeline.returns for sheet in each.sheets)
    yield f"{len(review.timeline.returns)} files, {rows} rows, {len(review.timeline.entries)} entries."
    if review.timeline.problems:
        yield from ("", "## Files that could not be used as they are", "")
        yield from (f"- {_plain(str(problem))}" for problem in review.timeline.problems)
    for severity, heading in HEADINGS.items():
        found = [finding for finding in review.findings if finding.severity == severity]
        if found:
            yield from ("", f"## {heading}", "")
            for number, finding in enumerate(found, start=1):
                yield from _item(number, finding)


def _item(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. **{_plain(finding.title)}** ({finding.rule})"
    if finding.cites:
        yield "   " + "; ".join(_plain(str(source)) for source in finding.cites)
    if finding.settle:
        yield f"   *What would settle it:* {_plain(finding.settle)}"


def _plain(text: str) -> str:
    """Text that Markdown cannot take for its own marks."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in clean(text).replace("\n", " "))


writer = Writer("markdown", "check.md", write, help="Markdown for an e-mail")
