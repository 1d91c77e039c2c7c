"""Referrals of which no receipt, decision or result is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check.matters import RESPONSES, Referral, referrals
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, named
from chrono.model import Entry, Finding, Timeline, When, day_after

SCHEMES = {"nrm-referral": ("nrm-decision",), "lado-referral": ("strategy-discussion", "lado-decision")}
"""Referrals to schemes that are no agency of the case, and the events that show their result."""
AWAITED = 60
"""Days before the end of the period in which an answer may be on its way."""


@rule("M07", needs="typed", severity="medium")
def referral_without_outcome(timeline: Timeline, *, days: int = 120) -> Iterator[Finding]:
    """A referral was made, and no row shows what became of it.

    Finds: a referral to an agency that has returned, for a child about whom that agency has no row in the `days` days after
    it; one to an agency that sent no return, awaited in its row and not spoken of again by the sender; or a referral to a
    national scheme with no decision anywhere. Made for several children, each is looked at.
    Why it matters: a referral that is not answered protects nobody, and the sender may think that it does.
    Stays silent when: the outcome is in the same row; the receiver has a row about the child; the period ends.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, str, str], list[tuple[Referral, tuple[str, ...]]]] = defaultdict(list)
    for referral in referrals(view):
        children = _unanswered(referral, view, days)
        if children is not None:
            scheme = referral.event.type in SCHEMES
            parties = (",".join(children), "") if scheme else (referral.sender, referral.receiver)
            groups[*parties, referral.event.type].append((referral, children))
    for found in groups.values():
        yield _finding(found, view)


def _unanswered(referral: Referral, view: View, days: int) -> tuple[str, ...] | None:
    """The children whose referral has no answer; () if that is the one child or unknown; None if all is answered."""
    results = SCHEMES.get(referral.event.type)
    if results:
        later = view.speaking_of(*results).between(
            referral.when.earliest if referral.when.known else date.min, date.max
        )
        return None if any(view.same_child(row, referral.entry) for row in later) else referral.entry.subjects
    if not referral.receiver or referral.receiver == referral.entry.agency or referral.decided_here:
        return None
    if referral.when.start is None or referral.when.end is None:
        return None
    if referral.receiver in view.agencies and referral.receiver not in view.timeline.returned:
        return referral.entry.subjects if _still_awaited(referral, view) else None
    if not view.covers(referral.receiver, referral.when):
        return None
    end = view.timeline.period[1]
    if end and day_after(referral.when.end, 30) > end:
        return None
    open_ones = tuple(child for child in referral.entry.subjects or ("",) if not _answered(referral, child, view, days))
    return open_ones if open_ones else None


def _still_awaited(referral: Referral, view: View) -> bool:
    """True if the row awaits an agency that sent no return, and no later row of the sender speaks of that agency."""
    entry = referral.entry
    end = view.timeline.period[1]
    if referral.event.outcome != "pending" or not end or day_after(entry.when.latest, AWAITED) > end:
        return False
    later = view.agency(entry.agency).about(entry).between(day_after(entry.when.latest), end)
    return not any(mention.actor == referral.receiver for row in later for mention in row.mentions)


def _answered(referral: Referral, child: str, view: View, days: int) -> bool:
    assert referral.when.end
    track = view.agency_child(referral.receiver, child) if child else view.agency(referral.receiver)
    rows = track.between(day_after(referral.when.earliest, -7), day_after(referral.when.end, days))
    linked = {row.id for row in view.timeline.linked(referral.entry)}
    return any(row.id in linked or _is_answer(row, referral.entry.when) for row in rows)


def _is_answer(row: Entry, when: When) -> bool:
    return not row.when.surely_before(when) or row.records(*RESPONSES, "referral", status=None)


def _finding(found: list[tuple[Referral, tuple[str, ...]]], view: View) -> Finding:
    referral, rows = found[0][0], [each.entry for each, _ in found]
    children = tuple(dict.fromkeys(child for _, open_ones in found for child in open_ones if child))
    timeline = view.timeline
    scheme = referral.event.type in SCHEMES
    holder = referral.receiver if not scheme else rows[0].agency
    target = (
        timeline.name_of(referral.receiver)
        if referral.receiver and not scheme
        else referral.event.type.replace("-referral", "").upper()
    )
    about = f" of {named(timeline, children)}" if children and len(timeline.case.subjects) > 1 else ""
    where = (
        "No return holds a decision or result"
        if scheme
        else f"{target} sent no return, and no later row of the sender speaks of it"
        if holder not in timeline.returned
        else f"The return of {target} has no row that receives, discusses or decides it"
    )
    return Finding(
        f"Referral{about} to {target} without a recorded outcome",
        cites=tuple(dict.fromkeys(row.source for row in rows)),
        explanation=f"{all_say(rows)} {where}{about and ' for ' + named(timeline, children)}.",
        settle=ask(
            timeline, dict.fromkeys((rows[0].agency, holder)), "the receipt and the decision, or whether it was sent"
        ),
        agencies=tuple(
            dict.fromkeys((*(row.agency for row in rows), *([referral.receiver] if referral.receiver else [])))
        ),
        expected_from=(holder,),
        subjects=children or rows[0].subjects,
        period=facts(rows),
        certainty="definite" if all("referr" in told(row).lower() for row in rows) else "possible",
    )
