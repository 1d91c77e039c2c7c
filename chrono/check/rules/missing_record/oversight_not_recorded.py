"""Cases held for months without a row of supervision or a manager's decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline


@rule("M09", needs="typed", severity="low")
def oversight_not_recorded(timeline: Timeline, *, months: int = 6, contacts: int = 12) -> Iterator[Finding]:
    """Social care works with a child for months and no row shows supervision or a manager's decision.

    Finds: `contacts` or more rows of social care about one child over at least `months` months, without a closure or a pause
    of half that time, none of which speaks of supervision, a manager or a chair.
    Why it matters: reviews look for reflection and challenge, and find that it was not written down.
    Stays silent when: any of the rows shows oversight; the return was plainly asked for contacts only and is short.
    """
    view = View.of(timeline)
    for agency in view.of_kinds("social-care", returned=True):
        for child in timeline.case.subjects:
            run = _longest_run(list(view.agency_child(agency, child.id)), months)
            if (
                len(run) >= contacts
                and (run[-1].when.earliest - run[0].when.latest).days >= months * 30
                and not any(map(_overseen, run))
            ):
                yield Finding(
                    f"{timeline.name_of(agency)}: no supervision or manager's decision recorded from {run[0].when} "
                    f"to {run[-1].when}",
                    cites=(run[0].source, run[-1].source),
                    explanation=f"{says(run[0])} {says(run[-1])} Between them are "
                    f"{counted(run[0].when.latest, run[-1].when.earliest)} and "
                    f"{len(run)} rows, none of which speaks of supervision, a manager or a chair.",
                    settle=ask(timeline, (agency,), "supervision records and management decisions on the case"),
                    agencies=(agency,),
                    expected_from=(agency,),
                    subjects=(child.id,),
                    period=facts((run[0], run[-1])),
                    certainty="possible",
                )


def _longest_run(rows: list[Entry], months: int) -> list[Entry]:
    runs: list[list[Entry]] = [rows[:1]]
    for before, after in pairwise(rows):
        broken = before.when.days_until(after.when)[0] > months * 15 or before.records("closure", "transfer")
        if broken:
            runs.append([after])
        else:
            runs[-1].append(after)
    return max(runs, key=len)


def _overseen(row: Entry) -> bool:
    return row.records("management-supervision", "management-decision") or tells("supervised", told(row))
