"""Complaints without a reply."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import Track, View
from chrono.model import Finding, Timeline


@rule("M16", needs="typed", severity="medium")
def complaint_not_answered(timeline: Timeline) -> Iterator[Finding]:
    """A complaint of the child or family has no reply in the returns, or a late one.

    Finds: a complaint without a reply within 20 working days, the longest that the first stage may take.
    Why it matters: the family's account may be the only sign that something is wrong.
    Stays silent when: the row says that it was answered or withdrawn; more time was agreed for a reply that came; the word
    stands for a crime report.
    """
    view = View.of(timeline)
    longer = Track(view.telling("time_extended"))
    for finding in followup.findings(timeline, "complaint-not-answered"):
        first, last = finding.period
        agreed = longer.of_children(finding.subjects).between(first, last) if first and last else []
        if finding.expected_from or not agreed:
            yield finding
