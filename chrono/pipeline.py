"""The table of contents: the stages, called in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from chrono import __version__
from chrono.check import check, notes
from chrono.ingest import open_case, read_returns
from chrono.merge import merge
from chrono.model import Case, Problem, Return, Review
from chrono.normalise import normalise

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""


def review(
    paths: Sequence[Path],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
    checked: bool = True,
) -> Review:
    """Read, merge and (unless `checked` is False) check a case folder, or bare files.

    `select` and `ignore` name checks by code, name or category. Raises ingest.CaseError if there is no such folder or
    file, or its case.yaml cannot be used, and check.SettingsError for a check there is none of; a return that cannot be
    read is a Problem on the timeline, and the others go on.
    """
    opened = open_case(paths)
    returns, problems = read_returns(opened, progress)
    return review_returns(opened.case, returns, problems, select=select, ignore=ignore, checked=checked)


def review_returns(
    case: Case,
    returns: Sequence[Return],
    problems: Sequence[Problem] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    checked: bool = True,
    alone: bool = False,
) -> Review:
    """Merge and check returns that have been read. `alone`: only checks that make sense on one return by itself."""
    timeline = merge(normalise(case, returns, problems), alone=alone)
    findings = check(timeline, select=select, ignore=ignore, alone=alone) if checked else ()
    return Review(timeline, findings, __version__, notes())
