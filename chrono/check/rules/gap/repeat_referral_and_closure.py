"""Referral, refusal, closure, and again."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask
from chrono.model import Finding, Timeline


@rule("G16", needs="typed", severity="medium")
def repeat_referral_and_closure(timeline: Timeline, *, times: int = 2) -> Iterator[Finding]:
    """A service closes to the same child again and again because help is declined.

    Finds: `times` or more rows of one service that end with help declined, refused or not taken up, and closure.
    Why it matters: the pattern says more than any single refusal, and asks for another way to reach the family.
    Stays silent when: it happened once; the row says that another service took over.
    """
    view = View.of(timeline)
    for agency, child, rows in rounds.ended(view, rounds.refused):
        if len(rows) >= times:
            name = timeline.name_of(agency)
            yield Finding(
                f"{name} closed {len(rows)} times after help was declined or not taken up",
                cites=tuple(row.source for row in rows),
                explanation=f"{all_say(rows)} No row of {name} looks at these rounds together.",
                settle=ask(timeline, (agency,), "any review of the earlier rounds, and what was tried differently"),
                agencies=(agency,),
                subjects=(child,) if child else (),
                period=facts(rows),
            )
