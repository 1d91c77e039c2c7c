"""How exact a date is, in the words of the conventions."""

from __future__ import annotations

from chrono.model import When
from chrono.normalise.dates.span import DOUBTED


def stated_precision(when: When) -> str:
    """As `When.precision`, but `approx` where the wording itself doubts, and invalid, conflict, ditto as the status says."""
    if when.status in ("invalid", "conflict", "ditto"):
        return when.status
    if when.status == "unknown":
        return "none"
    return "approx" if DOUBTED in when.notes and when.precision != "open" else when.precision
