"""What was planned, agreed or promised, and no row shows it being done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.tasks import Task, shows, tasks
from chrono.check.undertakings import Undertaking, gone_on_with, stems, taken_up, undertakings, unfinished
from chrono.check.view import Track, View, facts, result, told, unique
from chrono.check.wording import all_say, ask, listed, quoted, says
from chrono.check.words import idea, tells
from chrono.model import Entry, Event, Finding, Timeline, When, day_after

PROMISES = frozenset(
    (
        "meeting",
        "visit",
        "referral",
        "assessment",
        "interview",
        "document",
        "plan",
        "appointment",
        "notification",
        "session",
    )
)
ORDERS = ("abduction-warning",)
"""Notices that a meeting has the police serve."""
LIKE = {
    "home-visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "statutory-visit": ("home-visit", "visit", "statutory-visit", "child-seen"),
    "section-47": ("section-47", "section-47-outcome", "initial-conference"),
    "safety-plan": ("safety-plan", "plan-agreed", "risk-assessment"),
    "letter": ("letter", "email", "invitation", "pre-proceedings"),
}
TESTING = ("gp", "hospital", "health", "mental-health", "substance-misuse")
"""Services that have medical tests made."""
MOST = 15
CALLED_WITHIN = 45
"""Days in which a meeting to be called may come about: the diaries of several services have to meet."""
SERVED_WITHIN = 92
"""Days in which the police may find the one on whom a notice is to be served."""
LONGEST_ASSESSMENT = 70
"""Days that an assessment may take (45 working days) and be written up in."""
LATE = ("single-assessment", "pre-birth-assessment", "core-assessment", "assessment-completed")
LATE_WITHIN = 183
"""Days in which one of these is looked for: that it came late is a finding of another rule."""
NEAR = 60
"""Characters before the step within which a name is taken for who is to do it."""
AGREEING = frozenset(("meeting", "plan"))
SETTLED = ("declined", "refused", "not-attended", "did-not-attend", "cancelled")
"""Results that say what became of an offer: nothing is left to be done."""
NOT_PROMISED = (
    "initial-conference",
    "review-conference",
    "education-health-care-plan",
    "contact",
    "care-plan",
    "plan-agreed",
    "cp-plan",
    "cin-plan",
)
"""The first have rules of their own; the others are words for going on as before."""
ROUTINE = frozenset(("appointment", "session", "visit"))
"""Natures of steps that come by themselves while work goes on: the next one is no undertaking."""
PAST = re.compile(r"^(?:re-?)?\w+ed\b|^(?:told|sent|seen|made|given|held|met)\b", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:to be|will be|be|to get|due to be|is to|are to|needs? to be|should be)\W+(?:\w+\W+)?$", re.IGNORECASE
)
"""Words before 'referred' or 'told' that make it something to come."""
ON_THE_DAY, A_STRETCH = 3, 13
VAGUE = ("assessment", "appointment")
"""Kinds that do not say of what, so that what became of it may stand there under another name."""


@dataclass(frozen=True)
class _Promise:
    entry: Entry
    event: Event
    first: When


@rule("M06", needs="typed", severity="medium")
def action_agreed_not_evidenced(
    timeline: Timeline, *, days: int = 28, slack: int = 14, long: int = 60
) -> Iterator[Finding]:
    """A visit, referral, assessment or meeting was planned or agreed, and no later row shows it.

    Finds: rows with a planned step of a kind that agencies record, where no agency has a row of that kind about the child
    within `slack` days of the day it was planned for, or, where no day was given, within `days` days; tasks in words, to
    tell or ask an agency that has returned, or to follow the child up, of which neither side has a row in `days` days; and what
    else a meeting gave an agency to do, where no row of the `long` days that follow speaks of the matter again; and a step
    that any row says is to be resumed, repeated, rebooked or chased, where the agency goes on and no row shows it.
    Why it matters: what was agreed and not done is where plans fail.
    Stays silent when: the step, or a bigger one of the same family, is recorded; it was declined or cancelled; it falls after
    the period; it was for the family to do.
    """
    view = View.of(timeline)
    groups: dict[tuple[object, ...], list[_Promise]] = defaultdict(list)
    with_a_duty = {
        kind
        for due in followup.judged(timeline, "health-or-education-plan-not-done")
        if not due.done
        for kind in due.expectation.expected
    }
    for entry in view.everything:
        for event in entry.events:
            sure = event.sure or (event.nature == "visit" and event.when is not None) or _is_dated_ahead(entry, event)
            promised = event.type in ORDERS or (event.nature in PROMISES and event.type not in NOT_PROMISED)
            if event.status == "planned" and promised and sure:
                if (
                    event.outcome in SETTLED
                    or _turned_down(entry, event)
                    or event.type in with_a_duty
                    or _is_past(entry, event)
                ):
                    continue
                first = event.when if event.when and event.when.known else entry.when
                if not _kept(entry, event, view, days, slack):
                    told_by = _who_told_it_first(entry, event, groups, timeline)
                    groups[told_by, entry.subjects, event.type].append(_Promise(entry, event, first))
    cited: set[str] = set()
    for promises in _by_rows(groups.values()):
        for start in range(0, len(promises), MOST):
            yield _finding(promises[start : start + MOST], view)
        cited.update(promise.entry.id for promise in promises)
    for entry in Track(view.telling("task_of_telling", "task_of_following_up")):
        undone = [task for task in tasks(entry, view) if not shows(task, view, days)] if entry.id not in cited else []
        if undone:
            cited.add(entry.id)
            yield _task_finding(undone[0], view)
    for entry in Track(view.telling("test_planned")):
        if entry.id not in cited and _test_undone(entry, view, long):
            cited.add(entry.id)
            yield _task_finding(Task(entry, entry.agency, "", _words_of_test(entry)), view)
    for entry in view.everything:
        if entry.id not in cited and _agrees(entry):
            open_ones = [one for one in undertakings(entry, view) if not taken_up(one, view, long)]
            if open_ones:
                cited.add(entry.id)
                yield _undertaking_finding(open_ones[0], view)
    for entry in Track(view.telling("done_again")):
        again = [] if entry.id in cited else [one for one in unfinished(entry) if not _typed(one)]
        if again and not any(gone_on_with(one, view, long) for one in again):
            yield _undertaking_finding(again[0], view)


def _who_told_it_first(
    entry: Entry, event: Event, groups: Mapping[tuple[object, ...], list[_Promise]], timeline: Timeline
) -> str:
    """The agency of the linked row in which the same step stands already: two minutes of one meeting promise it once."""
    if event.type in ORDERS:
        for row in timeline.linked(entry):
            if any(promise.entry is row for promise in groups.get((row.agency, entry.subjects, event.type), ())):
                return row.agency
    return entry.agency


def _typed(one: Undertaking) -> bool:
    """True if a planned step of a known kind stands in these words, which was looked for by its kind."""
    first, last = one.place
    return any(
        event.status == "planned"
        and event.nature in PROMISES
        and event.column == one.column
        and first <= event.begin < last
        for event in one.entry.events
    )


def _test_undone(entry: Entry, view: View, days: int) -> bool:
    """True if a health service means to have a test made, goes on with the child, and no later row speaks of test or result."""
    last, end = day_after(entry.when.latest, days), view.timeline.period[1]
    if view.kind(entry.agency) not in TESTING or tells("test_has_result", told(entry)) or (end and last > end):
        return False
    later = view.everything.about(entry).between(day_after(entry.when.latest), date.max)
    goes_on = any(row.agency == entry.agency for row in later)
    return goes_on and not any(tells("test_named", told(row)) for row in later)


def _words_of_test(entry: Entry) -> str:
    found = idea("test_planned").search(told(entry))
    return found.group() if found else ""


def _by_rows(groups: Iterable[list[_Promise]]) -> Iterator[list[_Promise]]:
    """Groups that stand in the very same rows are one: several steps agreed at one meeting."""
    joined: dict[tuple[str, ...], list[_Promise]] = defaultdict(list)
    for group in groups:
        joined[tuple(promise.entry.id for promise in group)].extend(group)
    yield from joined.values()


def _kept(entry: Entry, event: Event, view: View, days: int, slack: int) -> bool:
    """True if a row shows it done or dropped, or if its day lies outside what the returns can show."""
    dated = event.when is not None and event.when.start is not None and event.when.end is not None
    assert event.when is not None or not dated
    if dated and event.when is not None:
        first, last = day_after(event.when.earliest, -slack), day_after(event.when.latest, slack)
    elif entry.when.start and entry.when.end:
        longer = {"assessment": LONGEST_ASSESSMENT, "meeting": CALLED_WITHIN, "order": SERVED_WITHIN}.get(
            event.nature, days
        )
        first, last = entry.when.earliest, day_after(entry.when.latest, max(days, longer))
    else:
        return True
    end = view.timeline.period[1]
    if end and last > end:
        return True
    if event.type in LATE and not dated:
        last = max(last, day_after(entry.when.latest, LATE_WITHIN))
    types = LIKE.get(event.type, (event.type,))
    rows = view.everything.about(entry).between(first, last)
    if event.nature == "visit" and dated:
        rows = [row for row in rows if _of_the_visitor(row, entry)]
    if event.nature == "session":
        rows = [row for row in rows if _may_be_that_session(row, entry, event, view)]
    if any(_shows(row, entry, event, types) for row in rows):
        return True
    if event.type == "assessment" and any(_begins_it(row, entry, view) for row in rows):
        return True
    own = [row for row in rows if row.agency == entry.agency and row.id != entry.id]
    return any(_could_show(row, event, first) or tells("overtaken", told(row)) for row in own)


def _begins_it(row: Entry, entry: Entry, view: View) -> bool:
    """True if an agency that the row names began or made an assessment of the kind that it makes."""
    return row.agency in view.named_by(entry) and row.records("assessment-started", "single-assessment", *LATE)


def _of_the_visitor(row: Entry, entry: Entry) -> bool:
    """True if the row is of the agency that was to visit, or names it: others visit for reasons of their own."""
    return row.agency == entry.agency or any(mention.actor == entry.agency for mention in row.mentions)


def _may_be_that_session(row: Entry, entry: Entry, event: Event, view: View) -> bool:
    """True if the row is of the agency that planned the session, or of one that it names, or shares a word of the matter:
    others hold sessions of their own."""
    if row.agency == entry.agency or row.agency in view.named_by(entry) or entry.agency in view.named_by(row):
        return True
    return bool(stems(told(row)) & (stems(told(entry)) | stems(event.words)))


def _could_show(row: Entry, event: Event, first: date) -> bool:
    """True if a row of the same agency tells of contact of a like nature, or, near the very day, in whatever words."""
    if row.when.latest < first:
        return False
    if any(done.nature == event.nature and done.status != "planned" for done in row.events):
        return event.nature in ROUTINE
    planned = event.when.start if event.when and event.when.is_day else None
    if planned is None or row.when.start is None or row.when.end is None:
        return False
    if (row.when.end - row.when.start).days > A_STRETCH:
        return False  # a row that sums up weeks of work
    near = day_after(planned, -ON_THE_DAY) <= row.when.end and row.when.start <= day_after(planned, ON_THE_DAY)
    return near and not any(done.status == "planned" for done in row.events)


def _is_dated_ahead(entry: Entry, event: Event) -> bool:
    """True of a meeting with a later day of its own: 'professionals' meeting by 4 May', without a verb."""
    return event.nature == "meeting" and event.when is not None and event.when.surely_after(entry.when)


def _turned_down(entry: Entry, event: Event) -> bool:
    """True of an offer of which the row's own result says that it was refused."""
    return event.outcome == "offered" and tells("offer_refused", result(entry))


def _is_past(entry: Entry, event: Event) -> bool:
    """True if the words are of something already done: 're-referred', 'interviewed', and not 'to be referred'."""
    if not PAST.match(event.words):
        return False
    cell = entry.cell(event.column)
    return not AHEAD.search(cell[: event.begin])


def _shows(row: Entry, entry: Entry, event: Event, types: tuple[str, ...]) -> bool:
    for done in row.events:
        like = done.type in types or (event.family and done.family == event.family)
        if like and done is not event and done.status in ("occurred", "cancelled", "did-not-happen", "referred-to"):
            return row.id != entry.id or done.status != "referred-to"
    return False


def _finding(promises: list[_Promise], view: View) -> Finding:
    rows = unique(promise.entry for promise in promises)
    agency = rows[0].agency
    doer = _server(promises, view) or agency
    steps = listed(
        dict.fromkeys(quoted(promise.event.words or promise.event.type.replace("-", " ")) for promise in promises[:3])
    )
    dated = [promise.event.when for promise in promises if promise.event.when and promise.event.when.known]
    when = f" planned for {dated[0]}" if dated and len(rows) == 1 else ""
    often = f" ({len(rows)} times)" if len(rows) > 1 else ""
    last = max((when.latest for when in dated), default=rows[-1].when.latest)
    return Finding(
        f"{view.timeline.name_of(agency)}: {steps}{when} has no record of being done{often}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No later row of any agency shows {steps} in the weeks that followed, nor "
        f"that it was dropped.",
        settle=ask(view.timeline, (doer,), "the record that it was done, or the decision not to"),
        agencies=tuple(dict.fromkeys((agency, doer))),
        expected_from=(doer,),
        subjects=view.children(rows),
        period=(facts(rows)[0], last),
        certainty="definite" if len(dated) == len(promises) else "possible",
        severity=None if any(_is_definite(promise, bool(dated)) for promise in promises) else "low",
    )


def _server(promises: list[_Promise], view: View) -> str:
    """The police force that is to serve a notice, where only one has sent a return; else ''."""
    forces = view.of_kinds("police", returned=True)
    return forces[0] if len(forces) == 1 and all(promise.event.type in ORDERS for promise in promises) else ""


def _is_definite(promise: _Promise, dated: bool) -> bool:
    """True for an undertaking: at a meeting or in a plan, or in words such as 'agreed' and 'tasked', and no routine next step."""
    entry, event = promise.entry, promise.event
    if event.type in ORDERS:
        return True
    agreed = any(other.nature in AGREEING and other.status == "occurred" for other in entry.events)
    undertaken = agreed or tells("undertaking", told(entry))
    routine = event.nature in ROUTINE and not agreed
    return undertaken and not routine and (dated or _is_plain(promise))


def _is_plain(promise: _Promise) -> bool:
    """True if it is clear what was promised: by its kind, or because the row says who is to do it."""
    event = promise.event
    return event.type not in VAGUE or any(
        mention.column == event.column and mention.kind == "agency" and 0 < event.begin - mention.begin < NEAR
        for mention in promise.entry.mentions
    )


def _agrees(entry: Entry) -> bool:
    """True if the row is of a meeting or plan, or sets actions: what is to be done in it was agreed."""
    agreed = any(event.nature in AGREEING and event.status == "occurred" for event in entry.events)
    return agreed or tells("meeting_word", told(entry)) or bool(entry.fields.get("action"))


def _undertaking_finding(one: Undertaking, view: View) -> Finding:
    entry, timeline = one.entry, view.timeline
    doer = timeline.name_of(one.doer)
    return Finding(
        f"{doer}: {quoted(one.words, 100)} is not spoken of again",
        cites=(entry.source,),
        explanation=f"{says(entry)} No row of {doer} in the weeks that followed, nor of others, speaks of this matter again.",
        settle=ask(timeline, (one.doer,), "the record that it was done, or the decision not to"),
        agencies=tuple(dict.fromkeys((entry.agency, one.doer))),
        expected_from=(one.doer,),
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty="possible",
        severity="low",
    )


def _task_finding(task: Task, view: View) -> Finding:
    entry, timeline = task.entry, view.timeline
    doer = timeline.name_of(task.doer)
    sought = (
        f"or of {timeline.name_of(task.target)} shows that it was" if task.target else "shows it, or that it was tried,"
    )
    holders = tuple(dict.fromkeys(agency for agency in (task.doer, task.target) if agency))
    return Finding(
        f"{doer}: {quoted(task.words)} has no record of being done",
        cites=(entry.source,),
        explanation=f"{says(entry)} No row of {doer} {sought} in the weeks that followed.",
        settle=ask(timeline, holders, "the record that it was done, or the decision not to"),
        agencies=tuple(dict.fromkeys((entry.agency, *holders))),
        expected_from=holders,
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty="possible",
    )
