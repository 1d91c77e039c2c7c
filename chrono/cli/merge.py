"""`chrono merge`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chrono import report
from chrono.cli.common import (
    Debug,
    Ignore,
    Level,
    Quiet,
    Select,
    exit_code,
    names_in,
    read_review,
    say,
    stop,
)

DEFAULT_WRITERS = "console,workbook,page,combined"


def merge(
    paths: Annotated[
        list[Path], typer.Argument(help="A case folder, or the returns themselves.", metavar="CASE|FILE...")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the results [default: CASE/combined].", metavar="DIR"),
    ] = None,
    only: Annotated[
        str,
        typer.Option(help="What to write: console, workbook, page, document, csv, combined.", metavar="WRITER,..."),
    ] = DEFAULT_WRITERS,
    select: Select = "",
    ignore: Ignore = "",
    fail_on: Annotated[Level, typer.Option(help="Exit with 1 if a finding is this serious, or more.")] = Level.none,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, merge and check, but write no file.")] = False,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Also write manifest.json: what was read and written, with SHA-256.")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Merge the returns of a case into one chronology, and list what does not fit.

    Reads every return in CASE/returns (.xlsx, .csv, .docx and others), or the files named, and writes a workbook, a
    page for the browser and combined.json. No return is changed. A file that cannot be read is named, with what would
    help, and the others are still merged.

    **Example:** `chrono merge examples/riverbank`
    """
    del debug  # read by main(), which decides what is shown of a fault
    result = read_review(paths, select=select, ignore=ignore, quiet=quiet)
    folder = output or default_folder(paths)
    names = [name for name in names_in(only) if not (quiet and name == "console")]
    if dry_run:
        names = [name for name in names if name == "console"]
    try:
        written = report.write(result, folder, names)
        if manifest and not dry_run:
            written = (*written, report.write_manifest(result, folder, written))
    except report.ReportError as error:
        stop(str(error))
    if not quiet:
        for path in written:
            say(f"written: {path}")
    for problem in result.timeline.problems:
        if problem.fatal:
            say(f"chrono: {problem}")
    if not (result.timeline.entries or result.timeline.declarations):
        say("chrono: no row of any file could be used.")
    raise typer.Exit(exit_code(result, fail_on))


def default_folder(paths: list[Path]) -> Path:
    """CASE/combined for a case folder, ./combined for bare files."""
    return paths[0] / "combined" if len(paths) == 1 and paths[0].is_dir() else Path("combined")
