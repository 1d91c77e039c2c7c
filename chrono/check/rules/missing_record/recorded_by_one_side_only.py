"""Events that name two agencies and stand in the return of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check.notices import COLUMNS, about_another, between_family, could_be_about, sharing
from chrono.check.parties import Party, is_plain, named_parties
from chrono.check.rule import rule
from chrono.check.undertakings import stems
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, many, quoted
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after

FORMAL = frozenset(("meeting", "visit", "session", "assessment", "interview", "appointment"))
AT_PLACES = frozenset(("visit", "session", "interview", "appointment", "assessment"))
PLACES = ("school", "nursery", "alternative-provision", "placement", "hospital", "court")
"""Services that are also places: who sees a child at school or on the ward need not have met the school or the ward."""
BY_NAME = ("present", "decided")
STEPS = (
    "nrm-referral",
    "lado-referral",
    "mental-health-referral",
    "early-help-referral",
    "panel-referral",
    "referral",
    "section-47",
)
"""Formal steps of which whoever takes them has a row."""
SHOWN_BY = {"nrm-referral": ("nrm-referral", "nrm-decision"), "section-47": ("section-47", "section-47-outcome")}
"""Of steps that are hardly called a mere referral: the kinds of row that show them."""
TOOK = r"put|made|sent|submitted|completed|done|filed|lodged|entered|raised|referred|opened|started|begun"
TOOK_IT = re.compile(
    rf" (?:have|has|had)(?: (?:already|now|also|since|recently|just|previously|themselves))* (?:{TOOK})\b",
    re.IGNORECASE,
)
"""Behind the name of an agency: it has taken the step of which the sentence speaks."""
TAKEN_BY = re.compile(rf"\b(?:{TOOK})\b[^.;]{{0,20}}\bby (?:the )?$", re.IGNORECASE)
STEP_BEFORE, STEP_AFTER = 184, 31
"""Days before and after a row within which the step lies of which it speaks as taken."""
FIELDS = (
    frozenset(("health", "hospital", "gp", "mental-health", "ambulance")),
    frozenset(("police", "prosecution", "court")),
    frozenset(("school", "education", "alternative-provision")),
    frozenset(("social-care", "early-help")),
    frozenset(("housing",)),
)
"""Kinds of agency by the field they work in; who works in one is not of another."""
MOST = 15


@rule("M04", needs="typed", severity="medium")
def recorded_by_one_side_only(timeline: Timeline, *, days: int = 3) -> Iterator[Finding]:
    """One agency's row names another as taking part, and the other has no row of it.

    Finds: rows that name an agency as present, providing, told or referred to, where that agency has sent a return that
    covers the date and has no linked row, and none within `days` days of it, or of a day that the words name, that could be
    about it; rows whose column says that the agency was told; and rows by which another agency has referred the child or
    begun an enquiry, of which that agency has no row in the half year before. One finding for each pair of agencies;
    notices, telephone calls, e-mails, letters (whatever they tell of) and visits at a school, home or ward make a finding
    of their own, of low severity.
    Why it matters: either the other side did not record it, or left it out, or it did not happen as written.
    Stays silent when: the other's row is coarser and may hold it; it was only planned; the other return does not cover it;
    a word such as 'police' may mean another of its kind, which has a row.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, str, bool], list[tuple[Entry, Party]]] = defaultdict(list)
    for entry in view.everything:
        if entry.when.start is None or entry.when.end is None or date_in_doubt(entry):
            continue
        happened = _took_place(entry)
        for party in (*named_parties(entry, view), *_hub_by_column(entry, view)):
            if not (happened or party.by_column or party.in_words) or not view.covers(party.agency, entry.when):
                continue
            if not _has_row(party, entry, view, days):
                formal = _formal(entry, party, view) and not _another_row(party, entry, view, days)
                groups[entry.agency, party.agency, formal].append((entry, party))
        for party in _took_steps(entry, view):
            if not any(entry is row for row, _ in groups[entry.agency, party.agency, True]):
                groups[entry.agency, party.agency, True].append((entry, party))
    for (holder, other, formal), found in groups.items():
        for start in range(0, len(found), MOST):
            yield _finding(holder, other, formal, found[start : start + MOST], view)


def _hub_by_column(entry: Entry, view: View) -> Iterator[Party]:
    """The hub, where the column for the notice in a police row says that it was sent and names nobody."""
    named = any(mention.column in COLUMNS for mention in entry.mentions)
    says_so = view.kind(entry.agency) == "police" and sharing(entry) == "yes" and not named
    if says_so and (hub := view.kept("hub of police notices", lambda: _hub(view))):
        yield Party(hub, "told", "hub", by_column=True)


def _hub(view: View) -> str:
    """The one social care agency, or of several the one whose rows show that police notices reach it; '' if none is."""
    returned = view.of_kinds("social-care", returned=True)
    reached = {row.agency for row in view.recording("police-notification")} & {*returned}
    hubs = returned if len(returned) == 1 else sorted(reached)
    return hubs[0] if len(hubs) == 1 else ""


def _took_steps(entry: Entry, view: View) -> Iterator[Party]:
    """The agencies that by a row's words have taken a formal step, and that have no row of it."""
    steps = [event for event in entry.events_of(*STEPS) if event.column == "text"]
    for mention in entry.mentions if steps else ():
        agency = view.agency_of(mention)
        if mention.column != "text" or agency in ("", entry.agency) or not view.covers(agency, entry.when):
            continue
        start, end = entry.text.rfind(". ", 0, mention.begin) + 1, entry.text.find(". ", mention.end)
        inside = [event for event in steps if start <= event.begin and (end < 0 or event.begin < end)]
        took = TOOK_IT.match(entry.text, mention.end) or TAKEN_BY.search(entry.text[start : mention.begin])
        if took and any(not _has_step(event.type, agency, entry, view) for event in inside):
            yield Party(agency, "referred-by", mention.text)


def _has_step(kind: str, agency: str, entry: Entry, view: View) -> bool:
    """True if the agency, or another of its kind, speaks of such a step in the half year before the row, or soon after."""
    first, last = day_after(entry.when.earliest, -STEP_BEFORE), day_after(entry.when.latest, STEP_AFTER)
    kinds = STEPS if kind == "referral" else SHOWN_BY.get(kind, (kind, "referral"))
    rows = view.speaking_of(*kinds).about(entry).between(first, last)
    return any(row.agency == agency or view.kind(row.agency) == view.kind(agency) for row in rows)


def _took_place(entry: Entry) -> bool:
    return any(event.status in ("occurred", "referred-to") for event in entry.events)


def _formal(entry: Entry, party: Party, view: View) -> bool:
    kinds = {event.nature for event in entry.events if event.status in ("occurred", "referred-to")}
    if entry.records("letter", "email", "text-message"):
        return False
    joint = kinds & FORMAL - AT_PLACES if view.kind(party.agency) in PLACES else kinds & FORMAL
    return party.part == "provider" or (party.part in BY_NAME and bool(joint))


def _has_row(party: Party, entry: Entry, view: View, days: int) -> bool:
    linked = (row for row in view.timeline.linked(entry) if row.agency == party.agency)
    about = (row for row in linked if not _before_it_was_told(row, entry, party) and not _of_something_else(row, entry))
    if any(not _of_its_own_day(row, entry, view) for row in about):
        return True
    said = [mention.when for mention in entry.dates if mention.when.is_day]
    return any(_near(party, entry, when, view, days) for when in (entry.when, *said))


def _of_its_own_day(row: Entry, entry: Entry, view: View) -> bool:
    """True of a row that is linked with this one, though it surely tells of another day and shares its own kind of event and day
    with a third agency's row."""
    if row.when.may_overlap(entry.when) or not row.when.is_day or _types(row) & _types(entry):
        return False
    others = (one for one in view.timeline.linked(row) if one.agency not in (row.agency, entry.agency))
    return any(one.when.may_overlap(row.when) and _types(one) & _types(row) & _kinds_of_meeting(row) for one in others)


def _types(row: Entry) -> set[str]:
    return {event.type for event in row.events if event.status not in ("planned", "did-not-happen")}


def _kinds_of_meeting(row: Entry) -> set[str]:
    return {event.type for event in row.events if event.nature in FORMAL}


def _another_row(party: Party, entry: Entry, view: View, days: int) -> bool:
    """True if the other agency has a row near the day, of which it cannot be said that it is about something else."""
    rows = (
        view.agency(party.agency)
        .about(entry)
        .between(day_after(entry.when.earliest, -days), day_after(entry.when.latest, days))
    )
    return any(not row.events or row in view.timeline.linked(entry) for row in rows)


def _before_it_was_told(row: Entry, entry: Entry, party: Party) -> bool:
    """True of a row of the agency that was told something, from the days before: it can be no record of that, unless it names
    the one that told it."""
    named = any(mention.actor == entry.agency for mention in row.mentions)
    return party.part == "told" and row.when.surely_before(entry.when) and not named


def _near(party: Party, entry: Entry, when: When, view: View, days: int) -> bool:
    """True if the other agency has a row near the row's day, or near a day that its words name, that may be about the same."""
    slack = days if when.is_day else days + 4
    news = party.by_column or party.part == "told"
    first, last = day_after(when.earliest, -1 if news else -slack), day_after(when.latest, slack)
    if is_plain(party) and any(
        _may_have_such(row.agency, party, view) and _names(row, entry, view)
        for row in view.everything.about(entry).between(first, last)
    ):
        return True  # 'the health visitor' may be another agency's, whose row names this one
    rows = [row for agency in _may_be_meant(party, view) for row in view.agency(agency).between(first, last)]
    rows = [row for row in rows if view.same_child(row, entry) and not about_another(row, entry, view)]
    if party.by_column:
        return any(could_be_about(row, entry, view) and not between_family(row) for row in rows)
    return any(_could_be(row, entry) and not _before_it_was_told(row, entry, party) for row in rows)


def _may_have_such(agency: str, party: Party, view: View) -> bool:
    """True unless an agency is of a field that has no such workers: a police row is not the health visitor's."""
    kinds = {view.kind(agency), view.kind(party.agency)}
    fields = [field for field in FIELDS if kinds & field]
    return len(fields) <= 1


def _names(row: Entry, entry: Entry, view: View) -> bool:
    """True if this row of another agency names the one that wrote `entry`, and tells of a like event."""
    named = row.agency != entry.agency and any(mention.actor == entry.agency for mention in row.mentions)
    if not named or about_another(row, entry, view):
        return False
    return bool(_natures(row) & _natures(entry) or _kinds(row) & _kinds(entry))


def _may_be_meant(party: Party, view: View) -> tuple[str, ...]:
    """The agency named; or, where only a word such as 'police' stands there, each of that kind that has returned."""
    if is_plain(party):
        return view.of_kinds(view.kind(party.agency), returned=True)
    return (party.agency,)


def _could_be(row: Entry, entry: Entry) -> bool:
    """True if the other agency's row may be about the same matter: it names this agency, or speaks of a like event."""
    if any(mention.actor == entry.agency for mention in row.mentions):
        return True
    mine, theirs = _kinds(entry), _kinds(row)
    if row.when.may_overlap(entry.when, slack=0) and _natures(entry) & _natures(row):
        return True
    if mine & theirs:
        return True
    return not row.events and row.when.may_overlap(entry.when, slack=1) and not _of_something_else(row, entry)


def _of_something_else(row: Entry, entry: Entry) -> bool:
    """True of a row of no known kind of event that shares no word of the matter with a meeting or visit, and has nobody meet."""
    if row.events or not _natures(entry):
        return False
    return not stems(told(row)) & stems(told(entry)) and not tells("somebody_met", told(row))


def _natures(row: Entry) -> set[str]:
    return {event.nature for event in row.events if event.status != "planned"} & FORMAL


def _kinds(row: Entry) -> set[str]:
    """The kinds of event, and their families, that the row says took place; what is only planned may come another day."""
    happened = [event for event in row.events if event.status not in ("planned", "did-not-happen")]
    return {event.family or event.type for event in happened} | {event.type for event in happened}


def _finding(holder: str, other: str, formal: bool, found: list[tuple[Entry, Party]], view: View) -> Finding:
    timeline = view.timeline
    rows = [entry for entry, _ in found]
    one, two = timeline.name_of(holder), timeline.name_of(other)
    parts = ", ".join(
        dict.fromkeys(f"{quoted(party.words)} ({party.part.replace('-', ' ')})" for _, party in found[:4])
    )
    return Finding(
        f"{one} records {many(len(rows), 'event')} with {two} that the return of {two} does not show",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} They name {two} as taking part: {parts}. {two} was asked and has returned; no row of it is "
        "linked to these, and none near them could be about the same.",
        settle=ask(timeline, (other,), f"its own record of these, or whether it took part; {one} for who was there"),
        agencies=(holder, other),
        expected_from=(other,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite" if formal and all(row.when.is_day for row in rows) else "possible",
        severity="medium" if formal else "low",
    )
