"""`chrono check`: what is wrong with returns, before anyone merges them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from chrono import report
from chrono.cli.common import Debug, Ignore, Level, Quiet, Select, exit_code, read_opened, say, stop
from chrono.ingest import CaseError, open_case
from chrono.model import Finding, Return, Review
from chrono.report.explain import columns_in_words
from chrono.report.writer import Report


class Format(StrEnum):
    """In which form the result goes to stdout."""

    console = "console"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    markdown = "markdown"


WRITERS = {Format.console: "findings", Format.json: "combined"}
"""The writer behind a format, where it has another name."""


def check(
    paths: Annotated[list[Path], typer.Argument(help="Returns, or a case folder.", metavar="FILE...")],
    case: Annotated[
        Path | None, typer.Option(help="The case folder whose terms count: period, names, agencies.", metavar="CASE")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the result.")] = Format.console,
    explain: Annotated[bool, typer.Option("--explain", help="Also say how each column was understood.")] = False,
    annotate: Annotated[
        Path | None, typer.Option(help="Write copies with comments on the cells concerned into DIR.", metavar="DIR")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Leave out what this file lists: only new problems count.", metavar="FILE")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="List what was found in this file, for --baseline.", metavar="FILE")
    ] = None,
    select: Select = "",
    ignore: Ignore = "",
    fail_on: Annotated[Level, typer.Option(help="Exit with 1 if a finding is this serious, or more.")] = Level.medium,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Say what is wrong with returns before anyone merges them: each problem with file, row, and what to do.

    **Example:** `chrono check "returns/Wolden Police.xlsx" --case examples/riverbank --format github`
    """
    del debug
    try:
        opened = open_case(paths, case)
    except CaseError as error:
        stop(str(error))
    result, returns = read_opened(opened, select=select, ignore=ignore, quiet=quiet, alone=True)
    try:
        if write_baseline:
            report.write_text(write_baseline, _as_baseline(result.findings))
        if baseline:
            result = _only_new(result, baseline)
        written = _annotated(result, returns, opened.root, annotate) if annotate else ()
    except report.ReportError as error:
        stop(str(error))
    if explain:
        Console(highlight=False).print(Text(columns_in_words(result.timeline.returns)))
    if not (quiet and form is Format.console):
        report.writer(WRITERS.get(form, form.value)).write(Report(result), sys.stdout.buffer)
    for path in written if not quiet else ():
        say(f"written: {path}")
    raise typer.Exit(2 if _gave_nothing(result) else exit_code(result, fail_on))


def _annotated(result: Review, returns: Sequence[Return], root: Path, folder: Path) -> Sequence[Path]:
    # It needs openpyxl, which takes longer to load than a return to be read.
    from chrono.report.annotate import write_annotated

    return write_annotated(result, returns, root, folder)


def _gave_nothing(result: Review) -> bool:
    """True if there is a file of which nothing could be used, and that is no copy of another."""
    timeline = result.timeline
    used = {entry.source.file for entry in timeline.entries} | {said.source.file for said in timeline.declarations}
    used |= {each.file for each in timeline.returns if each.same_as}
    problematic = {problem.file for problem in timeline.problems}
    return any(each.file in problematic - used for each in timeline.returns)


def _as_baseline(findings: Sequence[Finding]) -> str:
    """Ids and rules only: a baseline is kept under version control, where no text of a return belongs."""
    return json.dumps(
        {"chrono-baseline": 1, "known": {each.id: each.rule for each in findings}}, indent=1, sort_keys=True
    )


def _only_new(result: Review, baseline: Path) -> Review:
    try:
        known = dict(json.loads(baseline.read_text(encoding="utf-8"))["known"].items())
    except OSError as error:
        stop(f"{baseline}: cannot be read ({error.strerror}); make one with --write-baseline")
    except (ValueError, KeyError, TypeError, AttributeError):
        stop(f"{baseline}: is not a baseline; make one with --write-baseline")
    stale = set(known) - {finding.id for finding in result.findings}
    for id_ in sorted(stale):
        say(f"{baseline}: {id_} ({known[id_]}) is no longer found; take it out, or write the baseline again")
    return replace(result, findings=tuple(finding for finding in result.findings if finding.id not in known))
