"""What stands on the shelf of writers, and what a writer is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from chrono.model import Review
from chrono.report.changes import Changes
from chrono.report.notebook import Notebook


class ReportError(OSError):
    """An output that cannot be written: says which file, why, and what would help."""


@dataclass(frozen=True)
class Report:
    """What a writer is given: the review, and what the reviewer's earlier work adds to it."""

    review: Review
    notebook: Notebook = field(default_factory=Notebook)
    changes: Changes = field(default_factory=Changes)
    """Against the merge before, if that is still in the output folder."""


@dataclass(frozen=True)
class Writer:
    """One kind of output. Each module on the shelf has one, called `writer`.

    `write` puts the whole output into an open file; the same report gives the same bytes. A writer without a `filename`
    writes to the terminal. `help` says, in one line, what the output is for.
    """

    name: str
    filename: str
    write: Callable[[Report, BinaryIO], None]
    help: str = ""
