"""`chrono status`: the administrator's table."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chrono.cli.common import Debug, Quiet, read_review, say
from chrono.report.status import AgencyStatus
from chrono.report.status import status as status_of


def status(
    case: Annotated[Path, typer.Argument(help="The case folder.", metavar="CASE")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """List who was asked, who returned what and when, what it covers, and how many questions are open.

    **Example:** `chrono status examples/riverbank`
    """
    del debug
    result = read_review([case], quiet=quiet)
    lines = status_of(result)
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], default=str, indent=2))
    else:
        Console().print(_table(result.timeline.case.title, lines))
    for problem in result.timeline.problems:
        say(str(problem))


def _table(title: str, lines: tuple[AgencyStatus, ...]) -> Table:
    table = Table(title=Text(title), title_justify="left")
    for name in ("Agency", "State", "File", "File dated"):
        table.add_column(name, overflow="fold")
    for name in ("Entries", "Set aside", "Undated"):
        table.add_column(name, justify="right")
    table.add_column("Covers")
    table.add_column("Problems", justify="right")
    table.add_column("Open questions", justify="right")
    for line in lines:
        cells = (
            line.name,
            line.state,
            "\n".join(line.files),
            f"{line.received:%d %b %Y}" if line.received else "",
            str(line.entries),
            str(line.set_aside),
            str(line.undated),
            line.covers,
            str(line.problems),
            str(line.open_findings),
        )
        table.add_row(*(Text(cell) for cell in cells), style="bold" if "nothing" in line.state else None)
    return table
