"""Decisions whose reason is not written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from chrono.check.rule import rule
from chrono.check.view import View, facts, result, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

WEIGHTY = ("cp-plan-end", "step-down", "ceased-looked-after", "statement-withdrawn")
DECISIONS = (*WEIGHTY, "closure", "transfer")
DECLINED = re.compile(
    r"\b(invitation|conference|meeting|request|step[- ]up|transfer|attendance)\b[^.;]{0,30}\b(declin\w+|refus\w+|"
    r"rejected|turned down)\b"
    r"|\b(declin\w+|refus\w+)\s+to\s+(attend|accept|allocate|take part|provide|assess)\b"
    r"|\b(decision|decided|agreed)\s+not\s+to\s+(attend|proceed|convene|hold|refer|assess|progress|pursue|open|allocate|share|"
    r"prosecute|apply|escalate|remove|call)\b"
    r"|\b(application|referral|request|legal planning)\b[^.;]{0,30}\b(not (agreed|approved|supported)|turned down|overruled)\b",
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
ASKED_FOR = re.compile(r"\b(request\w*|asks?|asked|application|applied|bid|funding|panel|referral)\b", re.IGNORECASE)
NO = re.compile(
    r"\W*(not (agreed|approved|supported|granted|authorised)|declined|refused|rejected|turned down)\W*$", re.IGNORECASE
)
"""An outcome that says no, and nothing else."""
NOTHING = re.compile(
    r"^\W*(blank|left blank|empty|none|nil|not (recorded|given|stated|completed|known|entered)|"
    r"(none|no reason|no rationale|reason not|nothing) (recorded|given|stated|entered)|tbc|to follow)?\W*$",
    re.IGNORECASE,
)
"""What stands in a column for reasons where there is none."""
NO_MATTER = re.compile(r"^\W*(n/?a|not applicable)\W*$", re.IGNORECASE)
IN_USE = 3
"""A column for reasons that has fewer reasons in it is not in use, and its empty cells say nothing."""
SELDOM_EMPTY = 0.1
"""Where no more of its cells are empty than this, an empty one stands out whatever was decided."""
FAMILY = re.compile(
    r"\b(mother|mum|mo|father|dad|fa|parents?|family|child|young person|yp\d*|k|she|he|they)\b[^.;]{0,25}\b(declin|refus)",
    re.IGNORECASE,
)


@rule("M08", needs="reading", severity="medium")
def decision_without_reason(timeline: Timeline) -> Iterator[Finding]:
    """A plan is ended, a case closed or stepped down, a request refused, and the row gives no reason.

    Finds: such decisions where the column that the return has for reasons is empty; and, where it has none, those of which
    neither text nor outcome nor a linked row of another agency gives a reason.
    Why it matters: nobody can tell later what was known and weighed.
    Stays silent when: a reason stands in the row (because, due to, risk reduced, aims met, as agreed ...) or in the linked
    row of another agency; the column says that none applies; the family declined, not the agency; the work ended as planned.
    """
    view = View.of(timeline)
    plain: dict[str, list[Entry]] = defaultdict(list)
    empty = _empty_cells(timeline)
    for entry in timeline.entries:
        if _taken_up(entry):
            continue
        if entry.id in empty and not _by_family(entry):
            yield _finding([entry], view, "medium", by_column=True)
        elif _reason_given(entry):
            continue
        elif _declined(entry, view) or (_is_weighty(entry) and not _has_reason(entry, view)):
            yield _finding([entry], view, "medium")
        elif (
            entry.records("closure", "transfer") and view.kind(entry.agency) in CLOSES and not _has_reason(entry, view)
        ):
            plain[entry.agency].append(entry)
    for rows in plain.values():
        yield _finding(rows, view, "low")


def _reason_cell(entry: Entry) -> str | None:
    """The cell of the column for reasons, under whatever header; None if the row has none."""
    name = next(filter(_is_for_reasons, entry.fields), None)
    return None if name is None else entry.fields[name]


@cache
def _is_for_reasons(header: str) -> bool:
    return re.search(r"\breasons?\b|\brationale\b", header, re.IGNORECASE) is not None


def _reason_given(entry: Entry) -> bool:
    """True if the column for reasons holds one, or says that none applies."""
    cell = _reason_cell(entry)
    return cell is not None and not NOTHING.match(cell)


def _empty_cells(timeline: Timeline) -> set[str]:
    """Rows (ids) with a decision, in a sheet that gives reasons in a column, whose own cell there is empty."""
    sheets: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        sheets[entry.source.file, entry.source.sheet].append(entry)
    found: set[str] = set()
    for rows in sheets.values():
        if sum(map(_reason_given, rows)) < IN_USE:
            continue
        empty = [row for row in rows if not _reason_given(row) and result(row)]
        stands_out = len(empty) <= SELDOM_EMPTY * len(rows)
        found.update(row.id for row in empty if tells("decided_against", result(row)) or stands_out)
    return found


def _taken_up(entry: Entry) -> bool:
    """True if the row is that of the service which takes the child on: the reason is for the one that passed it over."""
    return entry.records("allocation", "case-opened") and not entry.records("closure")


def _by_family(entry: Entry) -> bool:
    """True if what is declined was an offer, which the family need not give reasons for refusing."""
    return any(event.outcome == "declined" for event in entry.events) and not entry.records(*DECISIONS)


def _is_weighty(entry: Entry) -> bool:
    if not entry.records(*WEIGHTY):
        return False
    return not entry.records("statement-withdrawn") or "withdr" in told(entry).lower()


def _declined(entry: Entry, view: View) -> bool:
    words = told(entry)
    asked = view.kind(entry.agency) in SERVICES and tells("declining", words)
    if asked and ASKED_FOR.search(entry.text) and NO.match(result(entry)) and not FAMILY.search(words):
        return not tells("reason", entry.text)
    found = DECLINED.search(words) if asked else None
    if not found or "challeng" in words.lower() or FAMILY.search(words):
        return False
    rest = words[: found.start()] + words[found.end() :]
    return not tells("reason", rest)


def _has_reason(entry: Entry, view: View) -> bool:
    rows = (entry, *view.timeline.linked(entry))
    return any(tells("reason", _without_the_decision(row)) for row in rows)


def _without_the_decision(row: Entry) -> str:
    """What the row tells, less words such as 'plan ended' that name the decision itself."""
    return DECISION_ITSELF.sub(" ", told(row))


def _finding(rows: list[Entry], view: View, severity: str, *, by_column: bool = False) -> Finding:
    entry = rows[0]
    proof = (
        "The return has a column for reasons, and in this row it is empty."
        if by_column
        else "Neither the row nor a linked one of another agency gives a reason."
    )
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: {'a decision' if len(rows) == 1 else f'{len(rows)} decisions'} "
        f"without a recorded reason",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} {proof}",
        settle=ask(view.timeline, (entry.agency,), "the reason, who decided, and what was considered"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="definite" if by_column else "possible",
        severity="medium" if severity == "medium" else "low",
    )
