"""Other steps that law or guidance requires after an event."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import followup
from chrono.check.rule import rule
from chrono.model import Finding, Timeline


@rule("M24", needs="typed", severity="medium")
def step_not_recorded(timeline: Timeline) -> Iterator[Finding]:
    """A step that law, guidance or the case's own expectations require is not in the returns.

    Finds: an event after which expectations.yaml, or the case, expects another within a limit, and which has none.
    Why it matters: the record cannot show that the duty was met.
    Stays silent when: nobody who would hold it has sent a return; a later row ended the duty; the limit ends after the period.
    """
    yield from followup.findings(timeline, "step-not-recorded")
