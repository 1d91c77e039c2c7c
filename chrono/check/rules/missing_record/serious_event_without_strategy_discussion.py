"""Grave events after which nobody records a strategy discussion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from chrono.check.notices import warns
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, weight
from chrono.check.wording import all_say, ask, many
from chrono.check.words import tells
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Timeline, day_after

TRIGGERS = (
    "stabbing",
    "assault",
    "injury",
    "weapon",
    "sexual-assault",
    "arrest",
    "drugs-offence",
    "robbery",
    "threat",
    "warning-marker",
    "exploitation-concern",
    "missing",
    "self-harm",
    "disclosure",
    "domestic-abuse",
)
HELD = (
    "strategy-discussion",
    "section-47",
    "section-47-outcome",
    "initial-conference",
    "professionals-meeting",
    "multi-agency-panel",
    "legal-planning",
    "police-protection",
    "transfer-conference",
)
ENQUIRIES = ("strategy-discussion", "section-47", "initial-conference")
"""What shows, up to a fortnight before an event, that enquiries were already running."""
DECIDED = ("court-hearing", "conviction", "sentence", "acquittal", "referral-order")
"""Rows of a result: what it is about was an event of an earlier day."""
FINDERS = ("police", "ambulance", "hospital", "social-care")
PLAN = ("cp-plan-start", "review-conference")
PLAN_LASTS = 275
"""Days, nine months, in which a plan begins or a conference lets it go on."""
NEWS = ("notification", "email", "telephone-call", "letter", "information-sharing", "police-notification")
HEARD_WITHIN = 14
"""Days after an event within which the others hear of it."""
MOST = 12
OFTEN_MISSING = 3
"""Fewer missing episodes than this, and nothing else, are answered by a return interview."""
ANSWERED = 10
"""Days after the report of a missing episode within which an interview is about it."""
SAME_EPISODE = 2
"""Rows about a missing child that are not more than so many days apart may be about one episode."""


@rule("M17", needs="typed", severity="medium")
def serious_event_without_strategy_discussion(
    timeline: Timeline, *, working_days: int = 10, least: int = 3
) -> Iterator[Finding]:
    """Injuries, weapons, arrests, threats or missing episodes are not followed by a strategy discussion.

    Finds: events of weight `least` or more (threats to the child, and somebody drunk in charge of a small child on a plan) about
    one child, with no strategy discussion, section
    47 enquiry, conference or multi-agency meeting of anyone in the fortnight before or the `working_days` working days
    after. One finding for each child, the gravest events first.
    Why it matters: it is there that social care, police and health decide together whether a child is at risk of harm.
    Stays silent when: enquiries were already running; the row itself decides against a discussion; a panel or professionals'
    meeting took place; social care has sent no return; all there is are one or two missing episodes, or any that a return
    interview followed, a quarrel without an injury, an accident at play or the result of an earlier event at court;
    the event is the one the review is about, or of before the period. The threshold is a
    judgement, so this is only ever possible.
    Basis: Working Together 2010 to 2023: a strategy discussion where there is reasonable cause to suspect significant harm.
    """
    view = View.of(timeline)
    if not view.of_kinds("social-care", returned=True):
        return
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    limit = Limit(working_days, "working_days")
    begin = timeline.case.start or date.min
    for entry in view.rows("drunk_in_charge", types=TRIGGERS):
        if (
            entry.when.latest >= begin
            and (_grave(entry, least) or _drunk_in_charge(entry, view))
            and not _decided_against(entry)
            and not _held(entry, view, limit)
            and not _spoken_to(entry, view)
        ):
            groups[entry.subjects].append(entry)
    for group in groups.values():
        rows = [row for row in group if not _heard_of(row, group, view)]
        clusters = _clusters(
            rows if _often_missing(rows) else [row for row in rows if not _of_kind_only(row, "missing")]
        )
        if clusters:
            yield _finding(clusters, view)


def _heard_of(entry: Entry, rows: list[Entry], view: View) -> bool:
    """True for a call or an e-mail by which a service only hears of what another row tells as it happened; social care, whose it
    is to call a discussion, is shown with the news it had."""
    own_report = any(event.from_agency == entry.agency for event in entry.events)
    if view.kind(entry.agency) in FINDERS or own_report or not entry.records(*NEWS):
        return False
    kinds = {event.type for event in entry.events_of(*TRIGGERS)}
    return any(
        row.agency != entry.agency
        and view.kind(row.agency) in FINDERS
        and row.records(*kinds)
        and 0 <= row.when.days_until(entry.when)[1] <= HEARD_WITHIN
        for row in rows
    )


def _grave(entry: Entry, least: int) -> bool:
    if entry.when.start is None or entry.when.end is None or entry.records("death", *DECIDED):
        return False
    if _of_kind_only(entry, "injury") and tells("accident_at_play", told(entry)) and not tells("danger", told(entry)):
        return False
    if _of_kind_only(entry, "domestic-abuse") and tells("not_injured", told(entry)):
        return False
    return weight(entry) >= least or (entry.records("threat", "warning-marker") and warns(told(entry)))


def _drunk_in_charge(entry: Entry, view: View) -> bool:
    """True if police, a crew or social care tell of somebody drunk with a small child, for whom a protection plan is in force."""
    if view.kind(entry.agency) not in FINDERS or not tells("drunk_in_charge", told(entry)) or not entry.when.known:
        return False
    days = day_after(entry.when.earliest, -PLAN_LASTS), entry.when.earliest
    plan = [*view.recording(*PLAN, "cp-plan-end").about(entry).between(*days)]
    return bool(plan) and not plan[-1].records("cp-plan-end")


def _spoken_to(entry: Entry, view: View) -> bool:
    """True for a missing episode after which the child was interviewed, or would not be: that answers it."""
    if not _of_kind_only(entry, "missing"):
        return False
    rows = (
        view.speaking_of("return-interview")
        .about(entry)
        .between(entry.when.earliest, day_after(entry.when.latest, ANSWERED))
    )
    return any(
        event.status != "did-not-happen" for row in rows for event in row.events_of("return-interview", status=None)
    )


def _of_kind_only(entry: Entry, kind: str) -> bool:
    """True if nothing grave stands in the row but events of this kind."""
    return {event.type for event in entry.events if event.type in TRIGGERS and event.status == "occurred"} == {kind}


def _often_missing(rows: list[Entry]) -> bool:
    """True if the child was missing so often that the episodes together call for a discussion; one that several agencies
    record in the same days counts once."""
    days = sorted(row.when.earliest for row in rows if row.records("missing"))
    return 1 + sum((after - before).days > SAME_EPISODE for before, after in pairwise(days)) >= OFTEN_MISSING


def _decided_against(entry: Entry) -> bool:
    """True if the row says that a discussion was thought of and not held: then there was a decision, which it gives."""
    return entry.records("strategy-discussion", status="did-not-happen")


def _held(entry: Entry, view: View, limit: Limit) -> bool:
    first = day_after(entry.when.earliest, -14)
    last = limit.due(entry.when.latest)
    end = view.timeline.period[1]
    if end and entry.when.latest > end:
        return True
    running = view.recording(*ENQUIRIES).about(entry).between(first, last)
    after = view.recording(*HELD).about(entry).between(entry.when.earliest, last)
    return bool(running or after) or entry.records(*HELD)


def _clusters(rows: list[Entry]) -> list[Entry]:
    """The gravest rows, not more than fit into one finding, in order of time."""
    gravest = sorted(rows, key=lambda row: (-weight(row), row.when.sort_key))[:MOST]
    return sorted(gravest, key=lambda row: row.when.sort_key)


def _finding(rows: list[Entry], view: View) -> Finding:
    holders = view.of_kinds("social-care", "police", returned=True)
    gravest = max(weight(row) for row in rows)
    return Finding(
        f"{many(len(rows), 'serious event')} without a strategy discussion that anyone records",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No return has a strategy discussion, section 47 enquiry, conference or "
        f"multi-agency meeting about "
        "the child in the fortnight before or the two weeks after.",
        settle=ask(view.timeline, holders, "any strategy discussion or the decision not to hold one"),
        agencies=tuple(dict.fromkeys((*(row.agency for row in rows), *holders))),
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
        severity="high" if gravest >= 4 else "medium",
    )
