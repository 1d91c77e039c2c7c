"""What several commands share: levels, messages, the progress bar, reading a case."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from chrono.check import SettingsError
from chrono.ingest import CaseError, OpenedCase, open_case, read_returns
from chrono.model import Finding, Return, Review
from chrono.pipeline import review_returns

ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)


class Level(StrEnum):
    """How serious a finding must be to count; `none` counts nothing."""

    high = "high"
    medium = "medium"
    low = "low"
    none = "none"


RANK = {"high": 3, "medium": 2, "low": 1}

Debug = Annotated[
    bool, typer.Option("--debug", help="Show a full traceback on a fault. It can hold text from the returns.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Select = Annotated[
    str,
    typer.Option("--select", help="Only these checks: codes, names or categories, with commas.", metavar="RULE,..."),
]
Ignore = Annotated[
    str, typer.Option("--ignore", help="Leave these checks out: codes, names or categories.", metavar="RULE,...")
]


def names_in(option: str) -> tuple[str, ...]:
    """The parts of an option's value that are written with commas between them."""
    return tuple(part.strip() for part in option.split(",") if part.strip())


def say(message: str) -> None:
    """One line to stderr, exactly as it is: text from returns is never taken for markup."""
    ERRORS.print(Text(message))


def stop(message: str, code: int = 2) -> NoReturn:
    """End the command with a message on stderr."""
    for line in message.splitlines():
        say(f"chrono: {line}")
    raise typer.Exit(code)


def read_review(
    paths: Sequence[Path], *, select: str = "", ignore: str = "", quiet: bool = False, checked: bool = True
) -> Review:
    """The review of a case folder or files; ends the command with exit code 2 if there is nothing to review."""
    try:
        opened = open_case(paths)
    except CaseError as error:
        stop(str(error))
    return read_opened(opened, select=select, ignore=ignore, quiet=quiet, checked=checked)[0]


def read_opened(
    opened: OpenedCase,
    *,
    select: str = "",
    ignore: str = "",
    quiet: bool = False,
    checked: bool = True,
    alone: bool = False,
) -> tuple[Review, tuple[Return, ...]]:
    """The review of a case that has been opened, and its returns as read."""
    with _progress(quiet) as told:
        returns, problems = read_returns(opened, told)
    try:
        result = review_returns(
            opened.case,
            returns,
            problems,
            select=names_in(select),
            ignore=names_in(ignore),
            checked=checked,
            alone=alone,
        )
    except SettingsError as error:
        stop(str(error))
    return result, returns


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on stderr, only on a terminal; it goes away when the work is done."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ERRORS, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def exit_code(result: Review, fail_on: Level) -> int:
    """2 if a file could not be read or no row could be used; 1 if a finding is at or above `fail_on`; else 0."""
    timeline = result.timeline
    if any(problem.fatal for problem in timeline.problems) or not (timeline.entries or timeline.declarations):
        return 2
    return 1 if any(at_least(finding, fail_on) for finding in result.findings) else 0


def at_least(finding: Finding, level: Level) -> bool:
    """True if the finding is as serious as `level`, or more."""
    return level is not Level.none and RANK[finding.severity or "low"] >= RANK[level]
