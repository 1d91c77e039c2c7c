"""Meetings that a service working with the child was not invited to, or did not attend."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.model import DateMention, Entry, Finding, Timeline, day_after

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


@rule("M14", needs="typed", severity="medium")
def not_invited_or_absent(timeline: Timeline, *, days: int = 45) -> Iterator[Finding]:
    """A row says that a service was not invited to a meeting about the child, or could not or would not attend.

    Finds: such words, with the other agency's row of the meeting where one is there: on the day the words name, or the
    nearest before within `days` days.
    Why it matters: those who are not in the room cannot bring what they know.
    Stays silent when: it was the family that did not come; the words are about an appointment of the child.
    """
    view = View.of(timeline)
    seen: set[tuple[object, ...]] = set()
    for entry in timeline.entries:
        words = told(entry)
        missed = tells("not_invited", words) or (tells("not_asked", words) and tells("meeting_word", words))
        absent = tells("not_present", words) and entry.records(*MEETINGS, status=None)
        if (missed or absent) and (entry.when.start, entry.subjects) not in seen:
            seen.add((entry.when.start, entry.subjects))
            yield _finding(entry, _meeting(entry, view, days), view, invited=not missed)


def _meeting(entry: Entry, view: View, days: int) -> Entry | None:
    if not entry.when.known:
        return None
    linked = view.timeline.linked(entry)
    if linked:
        return next((row for row in linked if tells("not_present", told(row))), linked[0])
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
    own_service = sorted(
        (row for row in rows if _other(row, entry, view)), key=lambda row: view.kind(row.agency) != "social-care"
    )
    return own_service[0] if own_service else None


def _other(row: Entry, entry: Entry, view: View) -> bool:
    return row.agency != entry.agency and view.same_child(row, entry)


def _finding(entry: Entry, meeting: Entry | None, view: View, *, invited: bool) -> Finding:
    rows = [*([meeting] if meeting else []), entry]
    held_by = sorted((row.agency for row in rows), key=lambda agency: view.kind(agency) != "social-care")
    holder = held_by[0]
    account = (
        f"The meeting in the other return: {says(meeting)}" if meeting else "No other return has a row of this meeting."
    )
    return Finding(
        f"{'Not present at' if invited else 'Not invited to'} a meeting about the child ({entry.when})",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say([entry])} {account}",
        settle=ask(
            view.timeline, (holder,), "the list of those invited and present, and whether a report was sent instead"
        ),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        expected_from=(holder,),
        subjects=entry.subjects,
        period=facts(rows),
        severity="low" if invited and tells("report_instead", told(entry)) else None,
    )
