"""Reviews, core groups and visits of a series that are missing or too far apart."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import followup
from chrono.check.rule import rule
from chrono.model import Finding, Timeline


@rule("G07", needs="typed", severity="medium")
def review_or_visit_overdue(timeline: Timeline) -> Iterator[Finding]:
    """A statutory review or visit is missing from its series, or came late.

    Finds: a conference, plan, placement, review or visit that is not followed by the next of its series within the limit
    that expectations.yaml gives for it.
    Why it matters: reviews and visits are where a plan is tested against how the child is.
    Stays silent when: the plan or placement ended before the limit; the dates may keep it; the limit ends after the period.
    """
    yield from followup.findings(timeline, "review-or-visit-overdue")
