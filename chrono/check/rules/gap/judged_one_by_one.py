"""Contacts that each fall below the threshold, and are never added up."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Finding, Timeline


@rule("G18", needs="reading", severity="medium")
def judged_one_by_one(timeline: Timeline, *, times: int = 3) -> Iterator[Finding]:
    """Several referrals or contacts about one child were each found not serious enough.

    Finds: `times` or more referrals or contacts of one service about one child that ended in advice, no assessment or no
    further action, with no row that looks at them together.
    Why it matters: what is slight by itself may be grave as a series.
    Stays silent when: an assessment lies between them; a row names the pattern or the history.
    """
    view = View.of(timeline)
    for agency, child, rows in rounds.ended(view, rounds.below_threshold):
        if len(rows) < times or any(tells("taken_together", told(row)) for row in rows):
            continue
        first, last = rows[0].when, rows[-1].when
        assessed = view.recording("assessment-completed", "single-assessment").between(first.earliest, last.latest)
        if any(view.same_child(row, rows[0]) and row.agency == agency for row in assessed):
            continue
        yield Finding(
            f"{timeline.name_of(agency)} found {len(rows)} referrals or contacts each below the threshold",
            cites=tuple(row.source for row in rows),
            explanation=f"{all_say(rows)} No row between them considers them together.",
            settle=ask(
                timeline,
                (agency,),
                "whether the earlier contacts were looked at each time, and any chronology made then",
            ),
            agencies=(agency,),
            subjects=(child,) if child else (),
            period=facts(rows),
            certainty="possible",
        )
