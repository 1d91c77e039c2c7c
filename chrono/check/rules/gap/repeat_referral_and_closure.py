"""Referral, refusal, closure, and again."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after

A_YEAR = 400
"""Days between two rounds: what is further apart is not the same ground any more."""
OPENED_WITHIN = 120
NO_HELPERS = ("police", "court", "school", "education", "gp", "ambulance", "panel")
PLANS = ("cin-plan", "cp-plan", "cp-plan-start", "initial-conference", "became-looked-after", "cin-review")


@rule("G16", needs="typed", severity="medium")
def repeat_referral_and_closure(timeline: Timeline, *, times: int = 2, rounds_of_any_end: int = 3) -> Iterator[Finding]:
    """A service closes to the same child again and again.

    Finds: `times` or more rows of one service that end with help declined, refused or not taken up, and closure; or
    `rounds_of_any_end` or more in which it took up a request and ended it for whatever reason, none much more than a year
    after the last (then of low severity, and the row that opened each round is cited with it).
    Why it matters: the pattern says more than any single ending, and asks for another way to reach the family.
    Stays silent when: it happened once; the row says that another service took over; the rounds were looked at together or
    a plan lies between them.
    """
    view = View.of(timeline)
    for agency, child, rows in rounds.ended(view, filter(rounds.refused, view.telling("refused_help"))):
        if len(rows) >= times:
            yield _finding(
                timeline, agency, child, rows, f"{len(rows)} times after help was declined or not taken up", None
            )
    ends = view.rows("below_threshold", "turned_down", *rounds.ENDS, types=("closure",))
    for agency, child, rows in rounds.with_any(view, filter(_ends_a_round, ends), but=NO_HELPERS):
        for run in rounds.near_each_other(rows, A_YEAR):
            if len(run) >= rounds_of_any_end and not _broken(run, agency, view) and not all(map(rounds.refused, run)):
                whole = unique(row for end in run for row in _round(end, view))
                yield _finding(timeline, agency, child, whole, f"{len(run)} times", "low")


def _ends_a_round(entry: Entry) -> bool:
    """True if the row ends what somebody asked for; a planned end of help that worked is none."""
    words = told(entry)
    ends = rounds.closes(entry) or tells("below_threshold", words) or rounds.turned_down(entry)
    return ends and not tells("ended_well", words) and not entry.records(*PLANS)


def _round(end: Entry, view: View) -> Iterator[Entry]:
    """The row that opened a round, if the one that ended it does not tell how it began; and the end."""
    if not tells("taken_up", told(end)):
        before = (
            view.agency(end.agency).about(end).between(day_after(end.when.earliest, -OPENED_WITHIN), end.when.latest)
        )
        opened = [row for row in before if row.when.surely_before(end.when) and tells("taken_up", told(row))]
        yield from opened[-1:]
    yield end


def _broken(run: list[Entry], agency: str, view: View) -> bool:
    """True if the rounds were looked at together, or a plan of the service lies between them."""
    between = view.agency(agency).about(run[0]).between(run[0].when.earliest, run[-1].when.latest)
    return any(tells("taken_together", told(row)) or row.records(*PLANS) for row in between)


def _finding(
    timeline: Timeline, agency: str, child: str, rows: list[Entry], how: str, severity: Severity | None
) -> Finding:
    name = timeline.name_of(agency)
    return Finding(
        f"{name} closed {how}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row of {name} looks at these rounds together.",
        settle=ask(timeline, (agency,), "any review of the earlier rounds, and what was tried differently"),
        agencies=(agency,),
        subjects=(child,) if child else (),
        period=facts(rows),
        severity=severity,
    )
