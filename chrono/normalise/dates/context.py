"""What is known around a date cell: the row above it, the review period, the child's date of birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chrono.model import When


@dataclass(frozen=True, slots=True)
class Context:
    """What a date expression may lean on. `first` and `last` are the review period, both inclusive.

    `newest_first` says that the rows run backwards in time, so that a missing year is sought before the row above;
    `school_years` that a bare 2018/19 among them is a school year.
    """

    above: When | None = None
    first: date | None = None
    last: date | None = None
    dob: When | None = None
    newest_first: bool = False
    school_years: bool = False
    near: date | None = None
    """Inside narrative: the row's own date. A missing year is the one that puts the date nearest to it."""


NO_CONTEXT = Context()
