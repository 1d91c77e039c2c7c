"""Contacts that each fall below the threshold, and are never added up."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

HARM_WITHIN = 120
ASSESSED = ("assessment-completed", "single-assessment")


@rule("G18", needs="reading", severity="medium")
def judged_one_by_one(timeline: Timeline, *, times: int = 3) -> Iterator[Finding]:
    """Several referrals or contacts about one child were each found not serious enough.

    Finds: `times` or more referrals or contacts of one service about one child that ended in advice, no assessment or no
    further action, with no row that looks at them together; two referrals that were turned down suffice where something
    serious followed within four months.
    Why it matters: what is slight by itself may be grave as a series.
    Stays silent when: an assessment lies between them; a row names the pattern or the history.
    """
    view = View.of(timeline)
    every = (
        (agency, child, run)
        for agency, child, rows in rounds.ended(view, rounds.below_threshold)
        for run in _unassessed(rows, view)
    )
    for agency, child, rows in every:
        few = len(rows) < times and not _turned_down_before_harm(rows, view)
        if few or any(tells("taken_together", told(row)) for row in rows):
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


def _turned_down_before_harm(rows: list[Entry], view: View) -> bool:
    """True if a service turned down two or more referrals of its own accord and something serious followed within months."""
    if len(rows) < 2 or not all(rounds.turned_down(row) for row in rows):
        return False
    last = rows[-1].when.latest
    after = view.serious.about(rows[-1]).between(day_after(last), day_after(last, HARM_WITHIN))
    return any(row.when.surely_after(rows[-1].when) for row in after)


def _unassessed(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """The rows in runs between which the same service assessed the child."""
    run: list[Entry] = []
    for row in rows:
        if run:
            assessed = view.recording(*ASSESSED).between(run[-1].when.earliest, row.when.latest)
            if any(view.same_child(one, row) and one.agency == row.agency for one in assessed):
                yield run
                run = []
        run.append(row)
    yield run
