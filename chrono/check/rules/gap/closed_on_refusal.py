"""Help that ends because it was declined, although the risk was known."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique, weight
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

NO_HELPERS = ("police", "court", "school", "education", "alternative-provision", "panel")
MOST_REFUSALS = 2
MOST_WORRIES = 2


@rule("G17", needs="reading", severity="low")
def closed_on_refusal(timeline: Timeline, *, days: int = 150, within: int = 45) -> Iterator[Finding]:
    """A service ends its work because child or parent declined, did not come or did not answer, although there was worry.

    Finds: a row of a service that closes after a refusal or missed sessions, told in the row itself or in its rows of the
    `within` days before, where it or anybody else tells of something worrying about the same child within `days` days.
    Several such rows are reported as repeat-referral-and-closure.
    Why it matters: a refusal says nothing about the risk.
    Stays silent when: nothing worrying is recorded around it; the aims were met; another service took over; the family came
    back to it in between.
    """
    view = View.of(timeline)
    for agency, child, rows in rounds.with_any(view, filter(_unfinished, rounds.closings(view)), but=NO_HELPERS):
        refusals = [(row, before) for row in rows if (before := _refused_before(row, view, within)) is not None]
        if len(refusals) != 1:
            continue
        end, before = refusals[0]
        worries = _worries(end, view, days)
        if worries or rounds.worrying(end):
            yield _finding(timeline, agency, child, [*before, end], worries)


def _unfinished(entry: Entry) -> bool:
    words = told(entry)
    return not tells("ended_well", words) and not tells("handed_over", words)


def _refused_before(end: Entry, view: View, within: int) -> list[Entry] | None:
    """The last rows of the agency in which help was refused or not taken up; none if the closing row tells it by itself;
    None if nobody refused."""
    first = day_after(end.when.earliest, -within)
    earlier = [
        row
        for row in view.agency(end.agency).about(end).between(first, end.when.latest)
        if row.id != end.id and not row.when.surely_after(end.when)
    ]
    refused = [row for row in earlier if not_taken_up(row) and not rounds.closes(row)][-MOST_REFUSALS:]
    if refused and any(tells("took_it_up", told(row)) for row in earlier[earlier.index(refused[-1]) + 1 :]):
        refused = []
    return refused if refused or not_taken_up(end) else None


def not_taken_up(entry: Entry) -> bool:
    """True if child or family declined, did not come or did not answer."""
    words = told(entry)
    return tells("not_reached", words) or tells("refused_help", words)


def _worries(end: Entry, view: View, days: int) -> list[Entry]:
    """The gravest rows about the same child around the end, of whatever agency."""
    if end.when.start is None or end.when.end is None:
        return []
    around = view.everything.about(end).between(day_after(end.when.start, -days), day_after(end.when.end, days))
    found = [row for row in around if row.id != end.id and rounds.worrying(row) and not not_taken_up(row)]
    return sorted(found, key=lambda row: -weight(row))[:MOST_WORRIES]


def _finding(timeline: Timeline, agency: str, child: str, ending: list[Entry], worries: list[Entry]) -> Finding:
    rows = unique((*ending, *worries))
    others = f" Around that time: {all_say(worries)}" if worries else ""
    return Finding(
        f"{timeline.name_of(agency)} closed after a refusal, although there was worry",
        cites=tuple(row.source for row in rows),
        explanation=f"{' '.join(map(says, ending))}{others}",
        settle=ask(timeline, (agency,), "how the risk was weighed when the work ended, and what else was tried"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=(child,) if child else (),
        period=facts(rows),
        certainty="possible",
    )
