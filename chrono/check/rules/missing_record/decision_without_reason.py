"""Decisions whose reason is not written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

WEIGHTY = ("cp-plan-end", "step-down", "ceased-looked-after", "statement-withdrawn")
DECISIONS = (*WEIGHTY, "closure", "transfer")
DECLINED = re.compile(
    r"\b(invitation|conference|meeting|request|step[- ]up|transfer|attendance)\b[^.;]{0,30}\b(declin\w+|refus\w+|"
    r"rejected|turned down)\b"
    r"|\b(declin\w+|refus\w+)\s+to\s+(attend|accept|allocate|take part|provide|assess)\b|\bdecision not to attend\b",
    re.IGNORECASE,
)
SERVICES = (
    "social-care",
    "health",
    "hospital",
    "mental-health",
    "education",
    "youth-justice",
    "panel",
    "police",
    "early-help",
    "housing",
)
CLOSES = ("social-care", "mental-health", "early-help", "youth-justice")
"""Services whose closing of a case is a decision about the child."""
DECISION_ITSELF = re.compile(
    r"\b(case|plan|cp plan)\s+(ended|closed|completed?)\b|\bstep\w*[ -]+down(\s+to)?\b", re.IGNORECASE
)
FAMILY = re.compile(
    r"\b(mother|mum|mo|father|dad|fa|parents?|family|child|young person|yp\d*|k|she|he|they)\b[^.;]{0,25}\b(declin|refus)",
    re.IGNORECASE,
)


@rule("M08", needs="reading", severity="medium")
def decision_without_reason(timeline: Timeline) -> Iterator[Finding]:
    """A plan is ended, a case closed or stepped down, or a meeting declined, and the row gives no reason.

    Finds: such decisions where neither text nor outcome nor a linked row of another agency gives a reason.
    Why it matters: nobody can tell later what was known and weighed.
    Stays silent when: a reason stands in the row (because, due to, risk reduced, aims met, as agreed ...) or in the linked
    row of another agency; the family declined, not the agency; the work simply ended as planned.
    """
    view = View.of(timeline)
    plain: dict[str, list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        if _declined(entry, view) or (_is_weighty(entry) and not _has_reason(entry, view)):
            yield _finding([entry], view, "medium")
        elif (
            entry.records("closure", "transfer") and view.kind(entry.agency) in CLOSES and not _has_reason(entry, view)
        ):
            plain[entry.agency].append(entry)
    for rows in plain.values():
        yield _finding(rows, view, "low")


def _is_weighty(entry: Entry) -> bool:
    withdrawn = "withdr" in told(entry).lower() or not entry.records("statement-withdrawn")
    return entry.records(*WEIGHTY) and withdrawn


def _declined(entry: Entry, view: View) -> bool:
    words = told(entry)
    found = DECLINED.search(words)
    if not found or "challeng" in words.lower() or view.kind(entry.agency) not in SERVICES or FAMILY.search(words):
        return False
    rest = words[: found.start()] + words[found.end() :]
    return not tells("reason", rest)


def _has_reason(entry: Entry, view: View) -> bool:
    rows = (entry, *view.timeline.linked(entry))
    return any(tells("reason", _without_the_decision(row)) for row in rows)


def _without_the_decision(row: Entry) -> str:
    """What the row tells, less words such as 'plan ended' that name the decision itself."""
    return DECISION_ITSELF.sub(" ", told(row))


def _finding(rows: list[Entry], view: View, severity: str) -> Finding:
    entry = rows[0]
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: {'a decision' if len(rows) == 1 else f'{len(rows)} decisions'} "
        f"without a recorded reason",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Neither the row nor a linked one of another agency gives a reason.",
        settle=ask(view.timeline, (entry.agency,), "the reason, who decided, and what was considered"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
        severity="medium" if severity == "medium" else "low",
    )
