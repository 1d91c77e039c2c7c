"""One meeting that each agency says another called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask, listed
from chrono.model import Entry, Finding, Timeline

CALLED = r"(?:called|convened|arranged|set up|organi[sz]ed|requested|initiated|instigated|hosted|summoned|asked for|put together)"
BY = re.compile(rf"\b{CALLED} by (?:the |our |local )*$", re.IGNORECASE)
"""In front of an agency: it called the meeting."""
THEY = re.compile(
    rf"(?:[\w' ]{{0,25}}?)?,?(?: (?:who|that|which|had|has|have))* {CALLED}\b(?! (?:by|to|in|off))", re.IGNORECASE
)
"""Behind an agency, in a sentence of the meeting: the same."""
WE = re.compile(rf"\b(?:we|I) (?:had |have )?{CALLED}\b|\b{CALLED} by (?:us|me)\b|\bour request\b", re.IGNORECASE)


@rule("C31", needs="typed", severity="low")
def convened_by_whom(timeline: Timeline) -> Iterator[Finding]:
    """Agencies that were at one meeting name different ones as those who called it.

    Finds: rows that record one meeting, of which two or more say who called, arranged or asked for it, and not the same agency.
    Why it matters: who called a meeting invites, minutes, and answers for what was agreed; here nobody may have done so.
    Stays silent when: one row alone says it; all name the same agency; the rows are not known to be of one meeting.
    """
    view = View.of(timeline)
    for link in timeline.links:
        if link.kind != "same-event":
            continue
        rows = [timeline.by_id[id_] for id_ in link.entries]
        callers = {row.id: caller for row in rows if (caller := _caller(row, view))}
        if len(set(callers.values())) > 1:
            yield _finding([row for row in rows if row.id in callers], callers, timeline)


def _caller(row: Entry, view: View) -> str:
    """The agency (id) that a row of a meeting says called it; '' if it does not say."""
    if not any(event.nature == "meeting" and event.status == "occurred" for event in row.events):
        return ""
    if WE.search(row.text):
        return row.agency
    for mention in row.mentions:
        agency = view.agency_of(mention) if mention.column == "text" and mention.begin >= 0 else ""
        if agency and (BY.search(row.text[: mention.begin]) or THEY.match(row.text, mention.end)):
            return agency
    return ""


def _finding(rows: list[Entry], callers: dict[str, str], timeline: Timeline) -> Finding:
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    told = listed(f"{timeline.name_of(row.agency)} says {timeline.name_of(callers[row.id])}" for row in rows)
    return Finding(
        f"Who called the meeting of {rows[0].when}: {told}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} They are taken to be of one meeting.",
        settle=ask(timeline, agencies, "the invitation and the minutes, with the name of who sent them"),
        agencies=agencies,
        subjects=rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )
