"""Stage 5: the review to something to read.

write(review, folder, names) -> the files written
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from chrono import shelf
from chrono.model import Review
from chrono.report import folder as output
from chrono.report import writers as writers_shelf
from chrono.report.writer import Report, ReportError, Writer

__all__ = ["Report", "ReportError", "Writer", "write", "writers"]


@cache
def writers() -> Mapping[str, Writer]:
    """The writers on the shelf, by name."""
    found = [module.writer for module in shelf.modules(writers_shelf)]
    return {writer.name: writer for writer in found}


def write(review: Review, folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Write the review with each of the writers named; gives the files written.

    Raises ReportError, before anything is replaced, for a writer there is none of and for a folder that cannot be used.
    """
    chosen = [_named(name) for name in dict.fromkeys(names)]
    report = Report(review)
    return output.put(folder, {writer.filename: partial(writer.write, report) for writer in chosen})


def _named(name: str) -> Writer:
    if name not in writers():
        raise ReportError(f"{name}: no such writer; there are {', '.join(writers())}")
    return writers()[name]
