"""Assessment after assessment, with no service between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

STARTS = ("assessment-started",)
HELP = ("cin-plan", "cp-plan-start", "family-support", "placement-start")
A_LONG_ONE = 90
"""Days that an assessment may take: a row that tells of its end within them tells of no other."""
SAME_ONE = 10
"""Days: two rows of assessing that lie nearer together are about one assessment."""


@rule("G20", needs="reading", severity="low")
def reassessed_instead_of_acted(timeline: Timeline, *, times: int = 3, months: int = 18) -> Iterator[Finding]:
    """New assessments are made again and again.

    Finds: `times` or more assessments, screenings or the like of one child, by one agency (or one more by several), within
    `months` months, that are more than the end of one another, with no help beginning between them; two suffice where the
    second says that what had been assessed is assessed once more.
    Why it matters: a new assessment at each change of worker or area can take the place of help.
    Stays silent when: help begins between them; the assessments are fewer or further apart.
    """
    view = View.of(timeline)
    told_of: set[str] = set()
    assessing = view.telling("assessed")
    by_agency = [rows for id_ in sorted(timeline.returned) for rows in _of_children(id_, assessing)]
    mine = sorted((row for rows in by_agency for row in rows), key=lambda row: row.when.sort_key)
    together = [rows for _, _, rows in rounds.of_children("", unique(mine))]
    runs = [_nearest(run, months * 30) for rows in (*by_agency, *together) for run in _without_help(rows, view)]
    for near in sorted(runs, key=len, reverse=True):
        least = times if len({row.agency for row in near}) == 1 else times + 1
        enough = len(near) >= least or (len(near) > 1 and _over_again(near[-1]))
        if enough and told_of.isdisjoint(row.id for row in near):
            told_of.update(row.id for row in near)
            yield _finding(timeline, near, months)


def _of_children(agency: str, rows: Sequence[Entry]) -> Iterator[list[Entry]]:
    """For each child the rows with which an assessment begins, or in which it is first told of."""
    own = [row for row in rows if row.agency == agency and row.when.known]
    for _, _, found in rounds.of_children(agency, own):
        new: list[Entry] = []
        for row in found:
            may_be_the_last_one = bool(new) and new[-1].when.days_until(row.when)[0] <= A_LONG_ONE
            if not tells("assessment_to_come", told(row)) and not (may_be_the_last_one and _only_ends(row)):
                new.append(row)
        yield new


def _only_ends(entry: Entry) -> bool:
    """True if a row may tell of no more than the end of an assessment that an earlier row began."""
    words = told(entry)
    return tells("assessment_done_only", words) and not entry.records(*STARTS) and not tells("not_the_first", words)


def _without_help(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """Runs of assessments, each on a day of its own, between which no help begins."""
    run: list[Entry] = []
    for row in rows:
        if run and run[-1].when.days_until(row.when)[0] < SAME_ONE:
            continue
        if run and _help_between(run[-1], row, view):
            yield run
            run = []
        run.append(row)
    yield run


def _help_between(first: Entry, second: Entry, view: View) -> bool:
    between = view.everything.about(first).between(first.when.earliest, day_after(second.when.latest, -1))
    return any((row.records(*HELP) or tells("help_begins", told(row))) and second.id != row.id for row in between)


def _over_again(entry: Entry) -> bool:
    """True if a row says that what had been assessed is assessed once more."""
    return tells("assessed_over_again", told(entry))


def _nearest(rows: list[Entry], days: int) -> list[Entry]:
    """The longest run of rows that lies within so many days."""
    best: list[Entry] = []
    for place, first in enumerate(rows):
        last = day_after(first.when.earliest, days)
        best = max(best, [row for row in rows[place:] if row.when.latest <= last], key=len)
    return best


def _finding(timeline: Timeline, rows: list[Entry], months: int) -> Finding:
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    return Finding(
        f"{len(rows)} assessments were made or started within {months} months",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row between them shows help that began.",
        settle=ask(timeline, agencies, "what help followed each assessment"),
        agencies=agencies,
        subjects=rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )
