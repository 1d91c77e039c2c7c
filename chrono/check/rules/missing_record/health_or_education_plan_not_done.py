"""Health assessments and education plans that are due and never appear."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import followup
from chrono.check.rule import rule
from chrono.model import Finding, Timeline


@rule("M19", needs="typed", severity="medium")
def health_or_education_plan_not_done(timeline: Timeline) -> Iterator[Finding]:
    """A health assessment or an education plan was due and is not in the returns.

    Finds: the start of care, or a request, without the assessment or plan that expectations.yaml says must follow.
    Why it matters: children in care have more unmet needs than others, and these are the occasions to find them.
    Stays silent when: care ended before it was due; none of the agencies that would hold it has sent a return.
    """
    yield from followup.findings(timeline, "health-or-education-plan-not-done")
