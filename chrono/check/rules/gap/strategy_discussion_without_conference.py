"""Conferences that were called for, or fixed and cancelled, and never held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_of, facts, told, unique
from chrono.check.wording import all_say, ask, counted
from chrono.check.words import tells
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Source, Timeline, day_after, short_day

AS = re.compile(
    r"\b(?:no|without an?)\b[^.;]*\bconference\b[^.;]*\b(?:as|because|since|given|in view of|due to)\b"
    r"|\b(?:so|therefore|hence|thus|means?)\b[^.;]{0,15}\bno (?:\w+ ){0,3}conference\b",
    re.IGNORECASE,
)
"""A conference is not held, and the row says why."""
DENIED = re.compile(r"\b(?:no|not|nobody|nothing|none|never|without|only)\b[^.;:]*$", re.IGNORECASE)
"""Words before a name that leave it out."""
IN_CARE = ("became-looked-after", "section-20", "interim-care-order", "emergency-protection-order", "care-order")
INTO_CARE = 30
"""Days within which a child who came into care had other reviews instead of a conference."""
ENQUIRIES = ("strategy-discussion", "section-47")
NOT_HELD = ("planned", "cancelled", "did-not-happen")
CALLED_WITHIN, A_YEAR, MOST = 60, 366, 8
IN_TIME = 21
"""Days that fifteen working days take."""
WITHIN = Limit(15, "working_days")
CONFERENCES = ("initial-conference", "review-conference", "transfer-conference")
CALLING = ("harm_found", "conference_called")
HOLDING = ("no_conference", "conference_held")
SHOW_IT_HELD = ("cp-plan-start", "became-looked-after", "section-20", "core-group")
"""Events of which there are none without a conference, or that end what it is for."""


@rule("G06", needs="typed", severity="high")
def strategy_discussion_without_conference(timeline: Timeline) -> Iterator[Finding]:
    """A child protection conference was decided on or fixed, and none is recorded in time or at all.

    Finds: enquiries that end in going to conference without one within 15 working days; the initial conference later than that
    after the strategy discussion at which the enquiry began, whatever its row says of a conference; a conference fixed for a
    day, or cancelled, after which no row shows one that was held.
    Why it matters: the conference is where agencies together decide whether a child needs a protection plan.
    Stays silent when: the conference follows in time, or says why it was late; the harm was not substantiated; the child came
    into care; the row that decides against a conference says why.
    """
    by_limit = list(followup.findings(timeline, "strategy-discussion-without-conference"))
    yield from by_limit
    view = View.of(timeline)
    yield from _held_late(view, {source for finding in by_limit for source in finding.cites})
    after_enquiries = list(_after_enquiries(view))
    yield from after_enquiries
    yield from _never_held(view, after_enquiries)


def _held_late(view: View, told_already: set[Source]) -> Iterator[Finding]:
    """Initial conferences more than 15 working days after the last strategy discussion before them that began an enquiry."""
    held = [row for row in view.recording("initial-conference") if row.when.is_day and _held(row)]
    for entry in held:
        if view.kind(entry.agency) != "social-care" or entry.source in told_already or tells("reason", told(entry)):
            continue
        before = day_after(entry.when.earliest, -CALLED_WITHIN), day_after(entry.when.earliest, -1)
        if _held_already([row for row in held if view.same_child(row, entry) and row.when.within(*before)]):
            continue  # the row speaks of a conference that was held already
        began = [
            row
            for row in view.recording("strategy-discussion").about(entry).between(*before)
            if row.agency == entry.agency and row.when.is_day and row.records("section-47", status=None)
        ]
        if began and WITHIN.judge(began[-1].when, entry.when) == "passed":
            yield _late(began[-1], entry, view)


def _held_already(rows: Sequence[Entry]) -> bool:
    """True if rows show that a conference was held: what came of it, its own heading, or rows of two agencies on one day.
    One that names a conference in its text may be of the one to come."""
    titled = any(event.column == "category" for row in rows for event in row.events_of("initial-conference"))
    by_day = {(row.when.earliest, row.agency) for row in rows}
    together = len({day for day, _ in by_day}) < len(by_day)
    return titled or together or any(row.records(*SHOW_IT_HELD) or tells("conference_held", told(row)) for row in rows)


def _late(began: Entry, entry: Entry, view: View) -> Finding:
    due = WITHIN.due(began.when.latest)
    return Finding(
        f"The initial child protection conference came later than {WITHIN} after {short_day(began.when.earliest)}",
        cites=(began.source, entry.source),
        explanation=f"{all_say((began, entry))} That is {counted(began.when.latest, entry.when.earliest)}; {WITHIN} ended on "
        f"{short_day(due)}.",
        settle=ask(view.timeline, (entry.agency,), "why it was later, and how the child was kept safe until then"),
        agencies=(entry.agency,),
        subjects=entry.subjects or began.subjects,
        period=facts((began, entry)),
        certainty="definite",
        severity="medium",
        basis="Working Together 2010 to 2023: 15 working days from the strategy discussion at which the enquiry was started",
    )


def _after_enquiries(view: View) -> Iterator[Finding]:
    """Enquiries after which rows call for a conference, or speak of its being put off, and none is held."""
    done: dict[str, date] = {}
    end = view.timeline.case.end or date.max
    for entry in view.recording(*ENQUIRIES):
        children = entry.subjects or ("",)
        if entry.when.start is None or entry.when.earliest <= max(done.get(child, date.min) for child in children):
            continue
        if day_after(entry.when.latest, IN_TIME) > end:
            continue  # what came of it may lie behind the end of the review
        days = entry.when.earliest, day_after(entry.when.latest, A_YEAR)
        if left := _left_out(entry, days, view):
            yield left
            continue
        called = _calling(view).about(entry).between(*days)
        soon = (
            any(row.id != entry.id for row in called)
            and (called[0].when.earliest - entry.when.latest).days <= CALLED_WITHIN
        )
        if not soon or _held_or_not_wanted(view).about(entry).between(*days) or _decided_against(entry, view):
            continue
        done |= dict.fromkeys(children, day_after(entry.when.latest, A_YEAR))
        yield _not_held(unique((entry, *called))[:MOST], view)


def _left_out(entry: Entry, days: tuple[date, date], view: View) -> Finding | None:
    """Of the children whom an enquiry names, those for whom a conference is called and none held, beside the one held for
    others of them."""
    if len(entry.subjects) < 2:
        return None
    called = [row for row in _calling(view).about(entry).between(*days) if len(row.subjects) > 1]
    ends = _held_or_not_wanted(view)
    for child in entry.subjects if called else ():
        asked = [row for row in called if child in row.subjects]
        others = [row for row in ends.about(entry).between(*days) if row.records("initial-conference") and row.subjects]
        own = [row for row in ends.of_children((child,)).between(*days) if not _only_left_out(row, child)]
        if asked and others and not own and not _decided_against(entry, view):
            return _not_held(unique((entry, *asked, *others))[:MOST], view, (child,))
    return None


def _only_left_out(row: Entry, child: str) -> bool:
    """True if the row names the child only to say that nothing was said or done about them: 'nobody had papers on R'."""
    places = [one.begin for one in row.mentions if one.actor == child and one.text and one.column == "text"]
    return bool(places) and all(DENIED.search(row.text[:place]) for place in places)


def _calling(view: View) -> Track:
    return view.track("calls for a conference", lambda: filter(_calls, view.rows(*CALLING, types=CONFERENCES)))


def _held_or_not_wanted(view: View) -> Track:
    return view.track(
        "no conference to come",
        lambda: filter(_holds_or_excludes, view.rows(*HOLDING, types=("initial-conference", *SHOW_IT_HELD))),
    )


def _holds_or_excludes(row: Entry) -> bool:
    return _held(row) or tells("no_conference", told(row))


def _calls(row: Entry) -> bool:
    """True if the row finds harm, or says that a conference is wanted, asked for or put off."""
    to_come = any(event.status in NOT_HELD for event in row.events_of(*CONFERENCES, status=None))
    words = told(row)
    harmed = tells("harm_found", words) and not tells("cleared", words)
    return (to_come or harmed or tells("conference_called", words)) and not _held(row)


def _held(row: Entry) -> bool:
    """True if the row shows that a conference was held: by its words, or as the kind of event where they do not put it off."""
    words = told(row)
    if tells("conference_held", words) or row.records(*SHOW_IT_HELD):
        return True
    return row.records("initial-conference") and not tells("conference_called", words)


def _not_held(rows: list[Entry], view: View, children: tuple[str, ...] = ()) -> Finding:
    whose = " for one child of several" if children else ""
    return Finding(
        f"After enquiries a child protection conference was called for, and none is recorded as held{whose}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No later row of any agency shows a conference that was held, or says why none was.",
        settle=ask(
            view.timeline, dict.fromkeys(row.agency for row in rows), "the decision not to hold it, who made it and why"
        ),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=children or view.children(rows),
        period=facts(rows),
        certainty="possible",
    )


def _never_held(view: View, told_already: Sequence[Finding]) -> Iterator[Finding]:
    timeline = view.timeline
    children = {finding.subjects for finding in told_already}
    rows_told = {source for finding in told_already for source in finding.cites}
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in view.speaking_of(*CONFERENCES):
        if (
            entry.subjects in children
            or entry.source in rows_told
            or entry.records(*ENQUIRIES, "section-47-outcome")
            or _decided_against(entry, view)
        ):
            continue  # the duty that an enquiry starts is judged by its limit
        for event in entry.events_of(*CONFERENCES, status=None):
            if event.status in ("planned", "cancelled", "did-not-happen") and not _held_after(
                entry, event.when or date_of(event, entry), view
            ):
                groups.setdefault(entry.subjects, []).append(entry)
                break
    for rows in groups.values():
        cancelled = any(e.status == "cancelled" for row in rows for e in row.events_of(*CONFERENCES, status=None))
        yield Finding(
            f"A child protection conference was {'cancelled' if cancelled else 'planned'} and none is recorded as held",
            cites=tuple(row.source for row in rows),
            explanation=f"{all_say(rows)} No later row of any agency shows a conference that was held.",
            settle=ask(
                timeline, dict.fromkeys(row.agency for row in rows), "the decision not to hold it, who made it and why"
            ),
            agencies=tuple(dict.fromkeys(row.agency for row in rows)),
            subjects=view.children(rows),
            period=facts(rows),
            certainty="definite" if cancelled else "possible",
        )


def _decided_against(entry: Entry, view: View) -> bool:
    """True if the row says why no conference is held, or the child came into care within weeks."""
    against = all(event.status == "did-not-happen" for event in entry.events_of(*CONFERENCES, status=None))
    if against and (tells("reason", told(entry)) or AS.search(told(entry))):
        return True
    if entry.when.end is None or entry.when.start is None:
        return False
    days = day_after(entry.when.start, -3), day_after(entry.when.end, INTO_CARE)
    return bool(view.recording(*IN_CARE).about(entry).between(*days))


def _held_after(entry: Entry, when: object, view: View) -> bool:
    first = day_after(entry.when.earliest, -3)
    rows = view.recording(*CONFERENCES).between(first, date.max)
    del when
    return any(view.same_child(row, entry) and (row.id != entry.id) for row in rows)
