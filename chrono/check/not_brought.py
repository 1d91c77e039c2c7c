"""Children on a plan who are not brought to health appointments again and again, with nobody who holds the plan being told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from chrono.check.notices import says_told, sent
from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

CLINICS = ("gp", "health", "hospital", "health-visiting", "mental-health")
PLANS = ("cp-plan", "cin-plan", "looked-after")
AGAIN = 2
WITHIN = 120
"""Days between two missed appointments that belong to one run."""
HEARD_WITHIN = 30
"""Days after the last of a run in which social care's rows may speak of it."""
A_CHILD = 12
"""Up to this age it is for others to bring them, whatever the clinic calls it."""


def not_told_of(view: View) -> Iterator[list[Entry]]:
    """The rows of each run of missed appointments of a child on a plan of which no row of social care speaks."""
    holders = view.of_kinds("social-care", returned=True)
    if not holders:
        return
    missed: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in view.rows("not_brought", types=("did-not-attend",)):
        if view.kind(row.agency) in CLINICS and row.when.known and _was_not_brought(row, view):
            for child in row.subjects:
                missed[row.agency, child].append(row)
    for (agency, child), rows in missed.items():
        for run in _runs(rows):
            if len(run) >= AGAIN and _on_a_plan(child, run, view) and not _passed_on(run, agency, holders, view):
                yield run


def _was_not_brought(row: Entry, view: View) -> bool:
    if tells("not_brought", told(row)):
        return True
    born = [s.dob for s in view.timeline.case.subjects if s.id in row.subjects]
    young = bool(born) and all(
        dob and dob.start and (row.when.earliest - dob.start).days < (A_CHILD + 1) * 365 for dob in born
    )
    return young and row.records("did-not-attend")


def _runs(rows: Sequence[Entry]) -> Iterator[list[Entry]]:
    run: list[Entry] = []
    for row in rows:
        if run and (row.when.earliest - run[-1].when.latest).days > WITHIN:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _on_a_plan(child: str, run: Sequence[Entry], view: View) -> bool:
    """True if the child surely was on a plan, or looked after, when last not brought."""
    last = run[-1].when
    return any(
        episode.kind in PLANS
        and episode.subject in ("", child)
        and episode.start.known
        and episode.start.surely_before(last)
        and not (episode.end.known and not last.surely_before(episode.end))
        for episode in view.timeline.episodes
    )


def _passed_on(run: Sequence[Entry], agency: str, holders: Sequence[str], view: View) -> bool:
    """True if the clinic writes that social care was told, or a row of social care shows that it heard."""
    if any(says_told(row, "told_social_care") for row in run) or sent(run[-1], "told_social_care", view, HEARD_WITHIN):
        return True
    days = run[0].when.earliest, day_after(run[-1].when.latest, HEARD_WITHIN)
    for holder in holders:
        for row in view.agency(holder).about(run[0]).between(*days):
            heard = row.records("contact", "notification", "telephone-call", "email", "letter", "referral")
            if (
                row.records("did-not-attend")
                or tells("not_brought", told(row))
                or (heard and agency in view.named_by(row))
            ):
                return True
    return False
