"""`chrono init`: a case folder to begin with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Annotated

import typer
import yaml

import chrono
from chrono.cli.common import Debug, Quiet, say, stop
from chrono.ingest import case_schema

COMMENTED = """\
# The terms of reference of one review. Lines that begin with # are explanations or examples.
title: {title}

# The period under review, both days included. Rows outside it are kept and marked.
period: {{from: {start}, to: {end}}}

# The children or young people. aliases: every form in which the returns may write them. dob may be a day, a month (2007-03)
# or a year, or be left out; with it, ages and school years can be checked.
subjects:
  - {{id: yp1, name: Young person 1, aliases: [YP1]}}

# Family and professionals that should be told apart.
people: []
#  - {{id: mother, name: Mother of YP1, role: mother, aliases: [Mum, Mo]}}
#  - {{id: sw1, name: SW1, role: social worker, aliases: [Social Worker 1]}}

# Who was asked for a return. files: how its returns are named (only needed if the name does not show it).
# columns: which header holds what, where chrono does not see it by itself.
agencies:{agencies}
#  - {{id: csc, name: Children's Social Care, aliases: [CSC], asked: true, files: [csc*.xlsx], columns: {{date: Event dt}}}}

# Checks: options, or off. `chrono rules` lists them.
rules: {{}}
#  silence: {{days: 60}}
"""


def init(
    case: Annotated[Path | None, typer.Argument(help="The folder to make.", metavar="CASE")] = None,
    title: Annotated[str, typer.Option(help="What the review is called.")] = "",
    start: Annotated[str, typer.Option("--from", help="First day of the period, YYYY-MM-DD.", metavar="DAY")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day of the period, YYYY-MM-DD.", metavar="DAY")] = "",
    agency: Annotated[
        list[str] | None, typer.Option(help="An agency that is asked for a return. May be given again.", metavar="NAME")
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of case.yaml and stop.")] = False,
    example: Annotated[
        bool, typer.Option("--example", help="Write the invented example case into CASE instead.")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make a case folder: a commented case.yaml, and returns/ for what the agencies send. Asks nothing.

    **Example:** `chrono init riverbank --title "Riverbank review" --from 2021-09-01 --to 2023-06-30 --agency Police`
    """
    del debug
    if schema:
        typer.echo(json.dumps(case_schema(), indent=2))
        return
    if case is None:
        stop("which folder? For example: chrono init riverbank")
    if (case / "case.yaml").exists():
        stop(f"{case / 'case.yaml'} exists already; it was left as it is")
    try:
        if example:
            _copy(_examples() / "riverbank", case)
        else:
            (case / "returns").mkdir(parents=True, exist_ok=True)
            text = _filled(title or case.resolve().name, start, end, agency or [])
            (case / "case.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        stop(f"{case}: cannot be written ({error.strerror}); choose another folder")
    if not quiet:
        put = "" if example else f"put the returns into {case / 'returns'}, "
        say(f"written: {case / 'case.yaml'}; {put}then: chrono merge {case}")


def _copy(example: Path, case: Path) -> None:
    """The files of the example anew, so that they may be written to where the example itself may only be read."""
    for file in sorted(example.rglob("*")):
        if file.is_file() and "combined" not in file.relative_to(example).parts[:-1]:
            target = case / file.relative_to(example)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _examples() -> Path:
    """In a wheel the examples lie inside the package, in a checkout beside it."""
    package = Path(chrono.__file__).parent
    return next(place for place in (package / "_examples", package.parent / "examples") if place.is_dir())


def _filled(title: str, start: str, end: str, agencies: list[str]) -> str:
    lines = (f"  - {{id: {_id(name)}, name: {_scalar(name)}, asked: true}}" for name in agencies)
    listed = "".join(f"\n{line}" for line in lines) or " []"
    return COMMENTED.format(title=_scalar(title), start=start or "null", end=end or "null", agencies=listed)


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "agency"


def _scalar(text: str) -> str:
    """Text as a YAML scalar on one line, quoted where it must be; also inside braces."""
    return yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**6).strip()[1:-1]
