"""Reviews, core groups and visits of a series that are missing or too far apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, says
from chrono.model import Entry, Finding, Source, Timeline, day_after

SERIES = {
    "review-conference": ("cp-plan-end", "death", "became-looked-after", "transfer-conference"),
    "core-group": ("cp-plan-end", "death", "became-looked-after"),
    "looked-after-review": ("ceased-looked-after", "death"),
    "ehc-review": ("death",),
    "personal-education-plan": ("ceased-looked-after", "death"),
    "cin-review": ("closure", "step-down", "death", "initial-conference"),
}
"""Statutory meetings of which another must follow where one is called off, and what ends the need."""
CALLED_OFF = ("cancelled", "did-not-happen")
AGAIN_WITHIN = 92
NEAR = 14
"""Days around the day of a meeting called off in which one held is taken to be the same."""


@rule("G07", needs="typed", severity="medium")
def review_or_visit_overdue(timeline: Timeline) -> Iterator[Finding]:
    """A statutory review or visit is missing from its series, or came late.

    Finds: a conference, plan, placement, review or visit that is not followed by the next of its series within the limit
    that expectations.yaml gives for it; one that was called off, with none recorded as held in the three months after it.
    Why it matters: reviews and visits are where a plan is tested against how the child is.
    Stays silent when: the plan or placement ended before the limit; the dates may keep it; the limit ends after the period.
    """
    cited: set[Source] = set()
    for found in followup.findings(timeline, "review-or-visit-overdue"):
        cited.update(found.cites)
        yield found
    for entry, kind in _never_held(View.of(timeline)):
        if entry.source not in cited:
            yield _called_off(entry, kind, timeline)


def _never_held(view: View) -> Iterator[tuple[Entry, str]]:
    """The last row by which a meeting was called off, where none was held around it or after it."""
    end = view.timeline.period[1]
    for kind, ended_by in SERIES.items():
        last: dict[tuple[str, ...], Entry] = {}
        for entry in view.speaking_of(kind):
            off = any(event.status in CALLED_OFF and event.when is None for event in entry.events_of(kind, status=None))
            if not off or entry.records(kind) or not entry.when.is_day:
                continue
            until = day_after(entry.when.latest, AGAIN_WITHIN)
            held = view.recording(kind).about(entry).between(day_after(entry.when.earliest, -NEAR), until)
            over = view.recording(*ended_by).about(entry).between(date.min, until)
            if not held and not over and end and until <= end:
                last.setdefault(entry.subjects, entry)
        yield from ((entry, kind) for entry in last.values())


def _called_off(entry: Entry, kind: str, timeline: Timeline) -> Finding:
    what = kind.replace("-", " ")
    return Finding(
        f"A {what} was called off on {entry.when}, and none is recorded in the three months after it",
        cites=(entry.source,),
        explanation=f"{says(entry)} No row of anybody in the {AGAIN_WITHIN} days after it records a {what}.",
        settle=ask(timeline, (entry.agency,), "the date on which it was held after all, or the reason why it was not"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=entry.subjects,
        period=(facts((entry,))[0], day_after(entry.when.latest, AGAIN_WITHIN)),
        certainty="possible",
    )
