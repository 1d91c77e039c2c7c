"""`chrono show`: one thing in full."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from chrono.cli.common import Debug, Quiet, read_review, stop
from chrono.model import Entry, Finding, Review, Timeline
from chrono.report.show import entry_in_full, finding_in_full


def show(
    what: Annotated[
        str,
        typer.Argument(
            help="A row ('police.xlsx:14'), an entry's number in the Timeline ('31'), a finding's ('F7'), or an id.",
            metavar="WHAT",
        ),
    ],
    case: Annotated[Path, typer.Argument(help="The case folder, or one return.", metavar="CASE")] = Path(),
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Show one entry or one finding in full: what was written, how it was read, what is linked to it and why.

    **Example:** `chrono show police.xlsx:14 examples/riverbank`
    """
    del debug
    result = read_review([case], quiet=quiet)
    entries, findings = _entries(result.timeline, what), _findings(result, what)
    if not entries and not findings:
        stop(f"{what}: no entry, finding or row of that name; numbers and ids stand in combined.xlsx")
    console = Console(highlight=False)
    for finding in findings:
        console.print(Text(finding_in_full(result, finding)))
    for entry in entries:
        console.print(Text(entry_in_full(result, entry)))


def _entries(timeline: Timeline, what: str) -> list[Entry]:
    file, _, row = what.rpartition(":")
    return [
        entry
        for number, entry in enumerate(timeline.entries, start=1)
        if what in (entry.id, str(number)) or (entry.source.file == file and str(entry.source.row) == row)
    ]


def _findings(review: Review, what: str) -> list[Finding]:
    return [
        finding
        for number, finding in enumerate(review.findings, start=1)
        if what in (finding.id, f"F{number}", f"f{number}")
    ]
