"""Stage 4: the timeline to findings.

check(timeline, select=(), ignore=()) -> tuple of Findings, most important first
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chrono.check.ranking import fold, ranked
from chrono.check.rule import Rule, SettingsError, all_rules, chosen
from chrono.model import Finding, RuleNote, Timeline

__all__ = ["Rule", "SettingsError", "all_rules", "check", "notes"]


def check(
    timeline: Timeline, select: Sequence[str] = (), ignore: Sequence[str] = (), alone: bool = False
) -> tuple[Finding, ...]:
    """Run the rules: all, or those of `select`, less those of `ignore` (codes, names or categories). `alone`: only those
    that make sense on one return by itself.

    Raises SettingsError where the case or the caller names a rule or an option that does not exist.
    """
    found = [
        finding
        for each, options in chosen(timeline.case.rules, select, ignore, alone)
        for finding in each(timeline, **options)
    ]
    return ranked(fold([_in_frame(finding, timeline) for finding in found]), timeline)


def _in_frame(finding: Finding, timeline: Timeline) -> Finding:
    """What lies wholly before the review period is history that was asked for: shown, and of low severity."""
    first, last = timeline.case.start, finding.period[1]
    return replace(finding, severity="low") if first and last and last < first else finding


def notes() -> tuple[RuleNote, ...]:
    """What a reader of findings may want to know of each rule."""
    return tuple(
        RuleNote(
            code=each.code,
            name=each.name,
            category=each.category,
            severity=each.severity,
            summary=each.documentation["Summary"],
            why=each.documentation["Why it matters"],
        )
        for each in all_rules()
    )
