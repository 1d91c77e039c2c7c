"""`chrono status`: the administrator's table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chrono.cli.common import Debug, Quiet, read_review, say, stop
from chrono.report import ReportError
from chrono.report.decisions import read_decisions
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
    try:
        decided = read_decisions((case if case.is_dir() else case.parent) / "combined")
    except ReportError as error:
        stop(str(error))
    lines = status_of(result, decided)
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], default=str, indent=2))
    else:
        console = Console()
        console.print(_table(result.timeline.case.title, lines, console.width))
    for problem in result.timeline.problems:
        say(str(problem))


NARROW = 110
"""Characters of a terminal below which only the columns that matter most are shown."""

COLUMNS: tuple[tuple[str, Callable[[AgencyStatus], str], bool], ...] = (
    ("Agency", lambda line: line.name, True),
    ("State", lambda line: line.state, True),
    ("File", lambda line: "\n".join(line.files), True),
    ("File dated", lambda line: f"{line.received:%d %b %Y}" if line.received else "", False),
    ("Entries", lambda line: str(line.entries), True),
    ("Set aside", lambda line: str(line.set_aside), False),
    ("Undated", lambda line: str(line.undated), False),
    ("Covers", lambda line: line.covers, False),
    ("Problems", lambda line: str(line.problems), False),
    ("Open questions", lambda line: str(line.open_findings), True),
)
"""What each column shows, and if a narrow terminal has it too."""


def _table(title: str, lines: tuple[AgencyStatus, ...], width: int) -> Table:
    table = Table(title=Text(title), title_justify="left")
    shown = [(name, value) for name, value, always in COLUMNS if always or width >= NARROW]
    for name, _ in shown:
        table.add_column(name, overflow="fold")
    for line in lines:
        table.add_row(*(Text(value(line)) for _, value in shown), style="bold" if "nothing" in line.state else None)
    return table
