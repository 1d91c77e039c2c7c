"""`chrono queries`: the questions for each agency."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chrono import report
from chrono.cli.common import Debug, Ignore, Level, Quiet, Select, exit_code, read_review, say, stop
from chrono.report.queries import write_queries


def queries(
    case: Annotated[Path, typer.Argument(help="The case folder.", metavar="CASE")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the letters [default: CASE/queries].", metavar="DIR"),
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Quote other agencies' rows in full, not only their date and kind.")
    ] = False,
    select: Select = "",
    ignore: Ignore = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write, for each agency, the questions that only it can answer: a Word and a Markdown file, with space for answers.

    **Example:** `chrono queries examples/riverbank`
    """
    del debug
    result = read_review([case], select=select, ignore=ignore, quiet=quiet)
    try:
        written = write_queries(result, output or case / "queries", share=share)
    except report.ReportError as error:
        stop(str(error))
    if not quiet:
        for path in written:
            say(f"written: {path}")
    raise typer.Exit(exit_code(result, Level.none))
