"""For programs and notebooks: the review of a case folder or of returns, as the nouns of the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

from chrono import pipeline
from chrono.model import Review

PathName = str | PathLike[str]


def review(paths: PathName | Iterable[PathName], *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Review:
    """Read, merge and check a case folder, or one or more returns. Nothing is written.

    `select` and `ignore` name checks by code, name or category. Raises ingest.CaseError (a ValueError) if there is no such
    folder or file, or its case.yaml cannot be used. A return that cannot be read is a Problem in `timeline.problems`.
    """
    several = [paths] if isinstance(paths, str | PathLike) else list(paths)
    return pipeline.review([Path(path) for path in several], select=select, ignore=ignore)
