"""Stage 4: the timeline to findings.

check(timeline, select=(), ignore=()) -> tuple of Findings, most important first
"""

from __future__ import annotations

from collections.abc import Sequence

from chrono.check.ranking import fold, ranked
from chrono.check.rule import Rule, SettingsError, all_rules, chosen
from chrono.model import Finding, Timeline

__all__ = ["Rule", "SettingsError", "all_rules", "check"]


def check(timeline: Timeline, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Run the rules: all, or those of `select`, less those of `ignore` (codes, names or categories).

    Raises SettingsError where the case or the caller names a rule or an option that does not exist.
    """
    found = [
        finding
        for each, options in chosen(timeline.case.rules, select, ignore)
        for finding in each(timeline, **options)
    ]
    return ranked(fold(found), timeline)
