"""Every file of a case, each in isolation: what one of them does wrong never hides the others."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from chrono.ingest.files import read_file
from chrono.ingest.folder import OpenedCase
from chrono.ingest.reading import Limits
from chrono.model import Problem, Return

Progress = Callable[[str, int, int], None]


def read_returns(
    opened: OpenedCase, progress: Progress | None = None, limits: Limits | None = None
) -> tuple[tuple[Return, ...], tuple[Problem, ...]]:
    """Read all files, in the order of their names. What is wrong inside a file its Return carries itself; the problems
    beside them are of files that could not even be opened, of files left out, and of files given twice."""
    limits = limits or Limits()
    returns: list[Return] = []
    problems = list(opened.problems)
    total = len(opened.files)
    with _no_collection():
        for done, file in enumerate(opened.files):
            if progress:
                progress(f"reading {opened.name_of(file)}", done, total)
            read = read_file(file, opened.name_of(file), limits)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                returns.append(read)
    if progress:
        progress("reading", total, total)
    returns.sort(key=lambda one: one.file)
    return tuple(returns), (*problems, *_given_twice(returns))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Reading makes cells by the hundred thousand and no cycles: looking for cycles meanwhile would cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _given_twice(returns: Iterable[Return]) -> list[Problem]:
    by_content: dict[str, list[str]] = defaultdict(list)
    for one in returns:
        by_content[one.sha256].append(one.file)
    return [
        Problem(later, f"has exactly the same content as {first}", "keep one of the two")
        for first, *others in by_content.values()
        for later in others
    ]
