"""Help that ends because it was declined, although the risk was known."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask, says
from chrono.model import Entry, Finding, Timeline, day_after


@rule("G17", needs="reading", severity="low")
def closed_on_refusal(timeline: Timeline, *, days: int = 120) -> Iterator[Finding]:
    """A service ends its work because child or parent declined, while serious events are recorded around that time.

    Finds: one row of a service that closes after a refusal or missed sessions, with a serious event of any other agency
    about the same child within `days` days. Several such rows are reported as repeat-referral-and-closure.
    Why it matters: a refusal says nothing about the risk.
    Stays silent when: nothing serious is recorded around it; the refusals form a pattern that is reported as such.
    """
    view = View.of(timeline)
    for agency, child, rows in rounds.ended(view, rounds.refused):
        near = _serious(rows[0], view, days) if len(rows) == 1 else []
        if near:
            yield Finding(
                f"{timeline.name_of(agency)} closed after a refusal while others record serious events",
                cites=tuple(row.source for row in (*rows, *near)),
                explanation=f"{says(rows[0])} Around that time others record: {all_say(near)}",
                settle=ask(
                    timeline, (agency,), "how the risk was weighed when the work ended, and what else was tried"
                ),
                agencies=tuple(dict.fromkeys((agency, *(row.agency for row in near)))),
                subjects=(child,) if child else (),
                period=facts((*rows, *near)),
                certainty="possible",
            )


def _serious(entry: Entry, view: View, days: int) -> list[Entry]:
    if entry.when.start is None or entry.when.end is None:
        return []
    return view.others_meanwhile(entry, day_after(entry.when.start, -days), day_after(entry.when.end, days), least=3)[
        :4
    ]
