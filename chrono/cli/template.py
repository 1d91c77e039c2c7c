"""`chrono template`: return forms to send out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from chrono import report
from chrono.cli.common import Debug, Quiet, say, stop
from chrono.ingest import CaseError, open_case
from chrono.report.template import write_templates


def template(
    case: Annotated[Path, typer.Argument(help="The case folder.", metavar="CASE")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the forms [default: CASE/templates].", metavar="DIR"),
    ] = None,
    return_by: Annotated[
        str, typer.Option("--return-by", help="The day the form should be back, YYYY-MM-DD.", metavar="DAY")
    ] = "",
    agency: Annotated[str, typer.Option(help="Only for the agency with this id.", metavar="ID")] = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a return form for every agency that was asked: a workbook and a Word document, with guidance.

    **Example:** `chrono template examples/riverbank --return-by 2024-03-31`
    """
    del debug
    try:
        opened = open_case([case])
        day = date.fromisoformat(return_by) if return_by else None
    except CaseError as error:
        stop(str(error))
    except ValueError:
        stop(f"--return-by {return_by}: is not a day; write it as 2024-03-31")
    if agency and opened.case.agency(agency) is None:
        stop(f"--agency {agency}: no such agency; there are {', '.join(each.id for each in opened.case.agencies)}")
    try:
        written = write_templates(opened.case, output or case / "templates", return_by=day, only=agency)
    except report.ReportError as error:
        stop(str(error))
    if not written:
        stop("no agency of case.yaml was asked for a return (asked: true), so there is nobody to write to")
    if not quiet:
        for path in written:
            say(f"written: {path}")
