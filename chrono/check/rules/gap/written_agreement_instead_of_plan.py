"""A paper signed by parents or child that stands alone: no plan, no review, no look at whether they could read it."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique, weight
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

AROUND = 45
"""Days before and after the signing in which a plan would show that the paper is a part of it."""
LATER = 400
MOST = 4
SERIOUS = 3
PLANS = ("cp-plan", "cp-plan-start", "initial-conference", "review-conference")


@rule("G31", needs="reading", severity="low")
def written_agreement_instead_of_plan(timeline: Timeline) -> Iterator[Finding]:
    """A contract, memorandum or list of expectations is signed with parents or child, and nothing shows a plan behind it.

    Finds: a row in which an agreement, an undertaking, house rules or the like is signed or drawn up, with the later rows of
    any agency that refer to it, that show it was not kept or that close after it, and the row nearest to it, of whatever
    agency, that tells of a need in reading, language or understanding.
    Why it matters: such a paper has no legal standing; without review or consequence it protects nobody.
    Stays silent when: the agreement is part of a plan or is reviewed; a child protection plan runs at that time; it is a
    tenancy, a placement's agreement or another paper that has standing of its own.
    """
    view = View.of(timeline)
    shown: set[str] = set()
    for entry in view.telling("written_agreement", "agreement_paper"):
        if entry.id in shown or not entry.when.known or not _stands_alone(entry, view):
            continue
        later = _referring_to_it(entry, view)
        if any(rounds.affirms("agreement_watched", told(row)) for row in later):
            continue
        rows = unique((entry, *later[:MOST], *_came_after(entry, view), *_cannot_read(entry, view)))
        shown.update(row.id for row in rows)
        yield _finding(rows, view)


def _stands_alone(entry: Entry, view: View) -> bool:
    """True if neither the row nor what lies around it shows a plan of which the agreement is part."""
    words = told(entry)
    named = tells("written_agreement", words) and (tells("signs", words) or tells("by_itself", words))
    if rounds.affirms("agreement_watched", words) or not (named or tells("signs_name", words)):
        return False
    around = view.everything.about(entry).between(
        day_after(entry.when.earliest, -AROUND), day_after(entry.when.latest, AROUND)
    )
    return not any(row.records(*PLANS) for row in around)


def _referring_to_it(entry: Entry, view: View) -> list[Entry]:
    """Rows of the year after, of whatever agency, that speak of the agreement again."""
    after = view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, LATER))
    return [row for row in after if row.id != entry.id and tells("refers_to_it", told(row))]


def _came_after(entry: Entry, view: View) -> Iterator[Entry]:
    """The closing of the agency that rested on it, and the first row that shows it was not kept, of whatever agency."""
    after = [
        row
        for row in view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, LATER))
        if row.when.surely_after(entry.when)
    ]
    yield from [row for row in after if row.agency == entry.agency and rounds.closes(row)][:1]
    yield from [row for row in after if tells("not_kept", told(row)) or weight(row) >= SERIOUS][:1]


def _cannot_read(entry: Entry, view: View) -> list[Entry]:
    """The row nearest to the signing that tells why the paper may not have been understood."""
    around = view.everything.about(entry).between(
        day_after(entry.when.earliest, -LATER), day_after(entry.when.latest, LATER)
    )
    told_of = [row for row in around if row.id != entry.id and tells("cannot_read_it", told(row))]
    return sorted(told_of, key=lambda row: abs((row.when.earliest - entry.when.earliest).days))[:1]


def _finding(rows: list[Entry], view: View) -> Finding:
    first, *others = rows
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    also = f" Others that bear on it: {all_say(others)}" if others else ""
    return Finding(
        f"{view.timeline.name_of(first.agency)}: a signed agreement, and no row shows a plan that it is part of",
        cites=tuple(row.source for row in rows),
        explanation=f"{says(first)} No row shows that it was reviewed as part of a plan, or what was to follow if it was "
        f"not kept.{also}",
        settle=ask(
            view.timeline,
            (first.agency,),
            "the agreement itself, how it was gone through with those who signed it, and the plan it belonged to",
        ),
        agencies=agencies,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )
