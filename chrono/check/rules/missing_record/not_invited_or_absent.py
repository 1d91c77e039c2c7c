"""Meetings that a service working with the child was not invited to, or did not attend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.any_case import AnyCase
from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.model import DateMention, Entry, Finding, Timeline, day_after, short_day

MEETINGS = (
    "initial-conference",
    "review-conference",
    "transfer-conference",
    "strategy-discussion",
    "core-group",
    "professionals-meeting",
    "multi-agency-panel",
    "looked-after-review",
    "team-around-the-family",
    "cin-review",
    "legal-planning",
    "handover",
)
CONFERENCES = ("initial-conference", "review-conference", "transfer-conference")
ROUTINE = ("core-group", "cin-review", "team-around-the-family")
"""Meetings held so often that one absence from them is tidied up at the next."""
AT_WORK = (
    "mental-health",
    "youth-justice",
    "early-help",
    "health",
    "substance-misuse",
    "probation",
    "voluntary",
    "domestic-abuse",
    "school",
    "alternative-provision",
)
CONTACTS = frozenset(("assessment", "session", "appointment", "visit", "interview", "treatment", "offer"))
MOST = 8
DIARIES = 60
"""Days before a meeting in which those asked to it are written to."""
WEEK = 14
"""Days after a meeting in which a service that was left out of it speaks of that."""
INVITATION = AnyCase(r"\binvit(?:es?|ations?)\b")
HAS_COME = AnyCase(
    r"\b(?:reach\w*|receiv\w*|rec'?d|arriv\w*|came|got|gets|in the post|dated|opened|turned up|delivered)\b"
)
LIST = 2
"""So many agencies or workers named beside the one that held it make a list of those who were there."""

NEWS = ("arrest", "charge", "bail", "conviction", "sentence", "missing", "injury", "placement-move", "address-change")
"""What a row may say it was not told of, other than a meeting."""


@rule("M14", needs="typed", severity="medium")
def not_invited_or_absent(timeline: Timeline, *, days: int = 45) -> Iterator[Finding]:
    """A row says that a service was not invited to a meeting about the child, or could not or would not attend.

    Finds: such words, with the other agency's row of the meeting where one is there: on the day the words name, or the
    nearest before within `days` days; and conferences with a list of those present that lacks a service which saw child or
    parent in the `days` days before and goes on with it, has no row of the meeting, and is not named in any.
    Why it matters: those who are not in the room cannot bring what they know.
    Stays silent when: it was the family that did not come; the words are about an appointment of the child; the row of the
    conference does not say who was there; the service had closed.
    """
    view = View.of(timeline)
    seen: set[tuple[object, ...]] = set()
    shown: set[str] = set()
    words = ("not_invited", "not_asked", "not_present", "left_out_of_meeting", "left_out_of_it")
    may_say = {entry.id for entry in view.telling(*words)}
    for entry in timeline.entries:
        may_tell = entry.id in may_say or bool(entry.fields.get("people")) or INVITATION.found_in(told(entry))
        if not may_tell or tells("closed_so_not_asked", told(entry)):
            continue
        missed = (
            _says("not_invited", entry)
            or (_says("not_asked", entry) and _says("meeting_word", entry))
            or bool(statement(entry, "left_out_of_meeting", "meeting_word"))
            or (
                tells("left_out_of_it", told(entry))
                and not entry.records(*NEWS, status=None)
                and bool(_held_near(entry, view))
            )
            or _invited_after(entry, view)
        )
        absent = _says("not_present", entry) and entry.records(*MEETINGS, status=None)
        if (missed or absent) and entry.id not in shown and (entry.when.start, entry.subjects) not in seen:
            seen.add((entry.when.start, entry.subjects))
            own = absent and not missed and entry.records(*MEETINGS)
            meeting = _meeting(entry, view, 0 if own else days)
            shown.update(row.id for row in (entry, meeting) if row)
            yield _finding(entry, meeting, view, invited=not missed)
    yield from _not_listed(view, days)


def _held_near(entry: Entry, view: View) -> list[Entry]:
    """Another agency's rows of a meeting about the child in the days up to this row."""
    if not entry.when.known:
        return []
    rows = view.speaking_of(*MEETINGS).between(day_after(entry.when.earliest, -WEEK), entry.when.latest)
    return [row for row in rows if _other(row, entry, view)]


def _invited_after(entry: Entry, view: View) -> bool:
    """True if an invitation has come in to a meeting that, by the day which the row names, another agency had held before."""
    words = told(entry)
    if (
        not INVITATION.found_in(words)
        or not HAS_COME.found_in(words)
        or entry.records(*MEETINGS)
        or not entry.when.known
    ):
        return False
    return any(one.when.surely_before(entry.when) and _on(one, entry, view) for one in entry.dates)


def _says(idea: str, entry: Entry) -> bool:
    """True if what the row tells, or its column of people, speaks of an idea."""
    return tells(idea, told(entry)) or tells(idea, entry.fields.get("people", ""))


def _not_listed(view: View, days: int) -> Iterator[Finding]:
    """Conferences without a service that was at work with the family, one finding for each service."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.recording(*CONFERENCES):
        if view.kind(entry.agency) != "social-care" or entry.when.start is None or entry.when.end is None:
            continue
        rows = (entry, *view.timeline.linked(entry))
        named = view.named_by(entry)
        known = {row.agency for row in rows} | {view.agency_of(mention) for row in rows for mention in row.mentions}
        for agency in view.of_kinds(*AT_WORK, returned=True) if len(named) >= LIST else ():
            before = _at_work(agency, entry, view, days) if agency not in known else None
            if before:
                groups[agency] += [entry, before]
    for agency, found in groups.items():
        yield _unlisted_finding(agency, unique(found), view)


def _at_work(agency: str, entry: Entry, view: View, days: int) -> Entry | None:
    """The service's last contact with child or family before the meeting, if it goes on after it and has no row of it."""
    track = view.agency(agency).about(entry)
    first, last = entry.when.earliest, entry.when.latest
    around = track.between(day_after(first, -days), day_after(last, days))
    if any(row.records(*MEETINGS, status=None) for row in around):
        return None
    contacts = [row for row in around if any(e.nature in CONTACTS and e.status == "occurred" for e in row.events)]
    before = [row for row in contacts if row.when.surely_before(entry.when)]
    after = [row for row in around if row.when.surely_after(entry.when) and not row.records("closure")]
    return before[-1] if before and after and not before[-1].records("closure", "discharge") else None


def _unlisted_finding(agency: str, rows: list[Entry], view: View) -> Finding:
    name = view.timeline.name_of(agency)
    holders = view.of_kinds("social-care", returned=True)
    return Finding(
        f"{name} was at work with the family and is not among those at the conference",
        cites=tuple(row.source for row in rows[:MOST]),
        explanation=f"{all_say(rows[:MOST])} No row names {name} as invited, present or reporting, and {name} has no row of it.",
        settle=ask(view.timeline, (*holders, agency), "whether it was invited, and whether it sent a report"),
        agencies=tuple(dict.fromkeys((*(row.agency for row in rows), agency))),
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
        severity="low",
    )


def _meeting(entry: Entry, view: View, days: int) -> Entry | None:
    if not entry.when.known:
        return None
    linked = [row for row in view.timeline.linked(entry) if _speaks_of_meeting(row)]
    if linked:
        return min(linked, key=lambda row: (not tells("not_present", told(row)), not _convenes(row, view)))
    for mention in entry.dates:
        found = _on(mention, entry, view)
        if found:
            return found
    first = day_after(entry.when.earliest, -days)
    rows = [row for row in view.speaking_of(*MEETINGS).between(first, entry.when.latest) if _other(row, entry, view)]
    return rows[-1] if rows else None


def _on(mention: DateMention, entry: Entry, view: View) -> Entry | None:
    if mention.when.start is None or mention.when.end is None:
        return None
    rows = view.speaking_of(*MEETINGS).between(mention.when.start, mention.when.end)
    return min(
        (row for row in rows if _other(row, entry, view)), key=lambda row: not _convenes(row, view), default=None
    )


def _speaks_of_meeting(row: Entry) -> bool:
    if any(event.nature == "meeting" or event.type == "marac" for event in row.events):
        return True
    return any(tells(idea, told(row)) for idea in ("meeting_word", "left_out_of_it"))


def _convenes(row: Entry, view: View) -> bool:
    return view.kind(row.agency) == "social-care"


def _other(row: Entry, entry: Entry, view: View) -> bool:
    return row.agency != entry.agency and view.same_child(row, entry)


def _invitations(entry: Entry, meeting: Entry | None, view: View) -> list[Entry]:
    """The row of another agency that invited to the meeting, if one of the weeks before it is there."""
    if meeting is None or meeting.records("invitation"):
        return []
    kinds = {event.type for event in meeting.events if event.type in MEETINGS}
    before = view.recording("invitation").between(day_after(meeting.when.earliest, -DIARIES), meeting.when.latest)
    sent = [row for row in before if _other(row, entry, view) and row.records(*kinds, status=None)]
    return sent[-1:]


def _day_of(entry: Entry, meeting: Entry | None) -> str:
    """The day of the meeting, before which apologies may be sent."""
    return short_day(meeting.when.earliest) if meeting and meeting.when.is_day else str(entry.when)


def _finding(entry: Entry, meeting: Entry | None, view: View, *, invited: bool) -> Finding:
    sent = [] if invited else _invitations(entry, meeting, view)
    rows = [*sent, *([meeting] if meeting else []), entry]
    held_by = sorted((row.agency for row in rows), key=lambda agency: view.kind(agency) != "social-care")
    holder = held_by[0]
    account = (
        f"The meeting in the other return: {says(meeting)}" if meeting else "No other return has a row of this meeting."
    )
    if sent:
        account += f" By the other return, invitations were sent: {all_say(sent)}"
    instead = any(tells("report_instead", told(row)) for row in rows)
    return Finding(
        f"{'Not present at' if invited else 'Not invited to'} a meeting about the child "
        f"({_day_of(entry, meeting if invited else None)})",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say([entry])} {account}",
        settle=ask(
            view.timeline, (holder,), "the list of those invited and present, and whether a report was sent instead"
        ),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        expected_from=(holder,),
        subjects=entry.subjects,
        period=facts(rows),
        severity="low" if instead or (invited and entry.records(*ROUTINE)) else None,
    )
