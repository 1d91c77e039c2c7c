"""`chrono show`: one thing in full."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from chrono.cli.common import Debug, Quiet, read_review, stop
from chrono.report.show import entry_in_full, finding_in_full


def show(
    what: Annotated[
        str, typer.Argument(help="An entry's or a finding's id, or a row: 'police.xlsx:14'.", metavar="ID|FILE:ROW")
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
    timeline = result.timeline
    file, _, row = what.rpartition(":")
    entries = [
        entry
        for entry in timeline.entries
        if entry.id == what or (row.isdigit() and entry.source.row == int(row) and entry.source.file == file)
    ]
    findings = [finding for finding in result.findings if finding.id == what]
    if not entries and not findings:
        stop(f"{what}: no entry, finding or row of that name; ids stand in combined.xlsx and combined.json")
    console = Console(highlight=False)
    for finding in findings:
        console.print(Text(finding_in_full(result, finding)))
    for entry in entries:
        console.print(Text(entry_in_full(result, entry)))
