"""Complaints without a reply."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import followup
from chrono.check.rule import rule
from chrono.model import Finding, Timeline


@rule("M16", needs="typed", severity="medium")
def complaint_not_answered(timeline: Timeline) -> Iterator[Finding]:
    """A complaint of the child or family has no reply in the returns, or a late one.

    Finds: a complaint without a reply within 20 working days, the longest that the first stage may take.
    Why it matters: the family's account may be the only sign that something is wrong.
    Stays silent when: the row says that it was answered or withdrawn; the word stands for a crime report.
    """
    yield from followup.findings(timeline, "complaint-not-answered")
