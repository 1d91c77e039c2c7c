"""Decisions whose reason is not written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from chrono.check import unexplained
from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import Track, View, facts, result, told, unique
from chrono.check.wording import all_say, ask, sentence_at
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after

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
CLOSES = (
    "social-care",
    "mental-health",
    "early-help",
    "youth-justice",
    "voluntary",
    "substance-misuse",
    "domestic-abuse",
)
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
IN_USE = 3
"""A column for reasons that has fewer reasons in it is not in use, and its empty cells say nothing."""
SELDOM_EMPTY = 0.1
"""Where no more of its cells are empty than this, an empty one stands out whatever was decided."""
UNSAID = "Neither the row nor a linked one of another agency gives a reason."
BY_COLUMN = "The return has a column for reasons, and in this row it is empty."
ADMITTED = "The words themselves say that no reason is known, or was given."
FORMAL = (
    "legal-planning",
    "pre-proceedings",
    "strategy-discussion",
    "review-conference",
    "core-group",
    "cin-review",
    "looked-after-review",
    "professionals-meeting",
    "multi-agency-panel",
    "marac",
    "family-group-conference",
)
"""Meetings of which the calling off is a decision; a child protection conference has a rule of its own."""
HELD_SOON = 31
"""Days after a meeting was called off within which one that is held makes it a matter of a few days' delay."""
NEAR = 7
"""Days around a decision within which another row of the same agency may give its reason."""
RISK_IS_FRESH, EVENTS_SHOWN = 45, 2
"""Days before a level is lowered within which a serious event speaks against that, and how many of them are shown."""
FEW_WORDS = 8
MANY_WORDS = 30
PATIENT = re.compile(
    r"\b(himself|herself|themselves|self[- ]discharge\w*|(?:left|leaves|leaving|went|gone|walked out|own discharge)"
    r"(?: \w+){0,2} against|lama|dama)\b",
    re.IGNORECASE,
)
"""Who goes against advice is then the patient, not a service."""
LEFT_OPEN = re.compile(
    r"\b(?:reasons?|rationale|grounds)\b[^.;:]{0,30}[:=]\s*(?:\W*(?:blank|left blank|empty|nil|none"
    r"|not (?:given|stated|recorded|entered)|n/?k|tbc)\b|[-–—?.]+\s*(?:$|·))",
    re.IGNORECASE,
)
"""A heading for reasons in the text, with nothing after it."""
STAYED_AWAY = re.compile(
    r"\b(did not|didn['’]t|failed to|not) (attend\w*|report|come|engage|turn up|collect\w*)\b"
    r"|\bdna\b|\babsen\w+|\bmissed\b|\bnot (?:kept|brought)\b|\bno[- ]show\b"
    r"|\bmiss(?:es|ing)? (?:(?:a|the|odd|some|single|whole|many|several) ){0,2}(?:days?|weeks?|lessons?|mornings?|school)\b",
    re.IGNORECASE,
)
"""Who gives no reason then is the child or family, for not coming."""
FAMILY = re.compile(
    r"\b(mother|mum|mo|father|dad|fa|parents?|family|child|young person|yp\d*|k|she|he|they)\b[^.;]{0,25}\b(declin|refus)",
    re.IGNORECASE,
)


@rule("M08", needs="reading", severity="medium")
def decision_without_reason(timeline: Timeline, *, days: int = 31) -> Iterator[Finding]:
    """A plan is ended, a case closed or stepped down, a request refused, and the row gives no reason.

    Finds: such decisions where the column that the return has for reasons is empty; and, where it has none, those of which
    neither text nor outcome nor a linked row of another agency gives a reason; formal meetings called off, with no new date
    and none held in the weeks after it; recommendations that were set aside; a child sent home within days of another's
    advice to keep them in; a level of risk set lower within weeks of a serious event; matters that police file in a few
    words although they had found something; and rows which say that no reason is known or was given, with the decision of
    the `days` days before.
    Why it matters: nobody can tell later what was known and weighed.
    Stays silent when: a reason stands in the row (because, due to, risk reduced, aims met, as agreed ...), in one of the same
    agency within a week of it, or in the linked row of another agency; the column says that none applies; the family
    declined, not the agency; the work ended as planned.
    """
    view = View.of(timeline)
    admitted: set[str] = set()
    for entry in _admitting(view):
        decision = _decision_meant(entry, view, days)
        if decision and decision.id not in admitted and entry.id not in admitted:
            admitted |= {entry.id, decision.id}
            yield _finding(unique((decision, entry)), view, "medium", proof=ADMITTED)
    for before, decision in (*unexplained.sent_home(view), *unexplained.filed(view)):
        if decision.id not in admitted and not _reason_given(decision):
            admitted.add(decision.id)
            yield _finding([before, decision], view, "medium", decision=decision)
    plain: dict[str, list[Entry]] = defaultdict(list)
    empty = _empty_cells(timeline)
    for entry in timeline.entries:
        if _taken_up(entry) or entry.id in admitted:
            continue
        if entry.id in empty and not _by_family(entry):
            yield _finding([entry], view, "medium", proof=BY_COLUMN)
        elif _reason_given(entry):
            continue
        elif _called_off(entry, view):
            yield _finding([entry], view, "medium")
        elif _set_aside(entry, view) or _declined(entry, view) or (_is_weighty(entry) and not _has_reason(entry, view)):
            yield _finding([entry], view, "low" if _is_terse(entry) else "medium")
        elif lowered := _lowered_amid(entry, view):
            yield _finding([*lowered, entry], view, "medium", decision=entry)
        elif _is_plain_decision(entry, view) and not _has_reason(entry, view):
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
        found.update(
            row.id
            for row in empty
            if tells("decided_against", result(row)) or (stands_out and not tells("decides_nothing_new", result(row)))
        )
    return found


def _taken_up(entry: Entry) -> bool:
    """True if the row is that of the service which takes the child on: the reason is for the one that passed it over."""
    return entry.records("allocation", "case-opened") and not entry.records("closure")


def _by_family(entry: Entry) -> bool:
    """True if what is declined was an offer, which the family need not give reasons for refusing."""
    return any(event.outcome == "declined" for event in entry.events) and not entry.records(*DECISIONS)


def _called_off(entry: Entry, view: View) -> bool:
    """True if a formal meeting is cancelled, for no reason that the row gives, with no new date and none held in weeks."""
    kinds = [event.type for event in entry.events if event.type in FORMAL and event.status == "cancelled"]
    if not kinds or not entry.when.known or tells("new_date", told(entry)) or _has_reason(entry, view):
        return False
    later = (
        view.recording(*kinds)
        .about(entry)
        .between(day_after(entry.when.earliest), day_after(entry.when.latest, HELD_SOON))
    )
    return not any(row.id != entry.id for row in later)


def _is_weighty(entry: Entry) -> bool:
    if not entry.records(*WEIGHTY):
        return False
    return not entry.records("statement-withdrawn") or "withdr" in told(entry).lower()


def _lowered_amid(entry: Entry, view: View) -> list[Entry]:
    """The serious events of the weeks before a row that sets a level of risk lower and gives no reason; none if it is no such
    row."""
    lowers = tells("rating_lowered", told(entry)) and view.kind(entry.agency) in SERVICES
    if (
        not lowers
        or not entry.when.known
        or tells("reason", idea("rating_lowered").without(told(entry)))
        or len(told(entry).split()) > MANY_WORDS
    ):
        return []
    rows = view.serious.about(entry).between(
        day_after(entry.when.earliest, -RISK_IS_FRESH), day_after(entry.when.earliest, -1)
    )
    return [row for row in rows if row.when.surely_before(entry.when)][-EVENTS_SHOWN:]


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


def _is_plain_decision(entry: Entry, view: View) -> bool:
    """True if a case is closed, or in a line of few words a request turned down or something the child had taken away."""
    if entry.records("closure", "transfer") and view.kind(entry.agency) in CLOSES:
        return True
    words = told(entry)
    if not tells("turned_down_or_taken_away", words) or len(words.split()) > MANY_WORDS:
        return False
    return view.kind(entry.agency) in SERVICES and not FAMILY.search(words)


def _admitting(view: View) -> Iterator[Entry]:
    """Rows that say that no reason is known: in words, or by a heading with nothing after it."""
    for entry in Track(view.telling("no_reason", "field_of_reasons")):
        if STAYED_AWAY.search(told(entry)):
            continue
        said = entry.text if _reason_given(entry) else told(entry)
        if LEFT_OPEN.search(said) or (tells("no_reason", said) and not _of_an_injury(said)):
            yield entry


def _of_an_injury(said: str) -> bool:
    """True if what has no explanation is how a child was hurt."""
    found = idea("no_reason").search(said)
    return found is not None and tells("injured", sentence_at(said, found.start()))


def _decision_meant(entry: Entry, view: View, days: int) -> Entry | None:
    """The decision of which a row says so: the last of another agency before it, or else its own."""
    if not entry.when.known:
        return None
    before = view.everything.about(entry).between(day_after(entry.when.earliest, -days), entry.when.latest)
    others = [row for row in before if row.agency != entry.agency and _decides(row)]
    own = statement(entry, "no_reason", "decided") or LEFT_OPEN.search(told(entry))
    return others[-1] if others and not LEFT_OPEN.search(told(entry)) else entry if own else None


def _decides(row: Entry) -> bool:
    return tells("decided_against", told(row)) or tells("turned_down_or_taken_away", told(row))


def _set_aside(entry: Entry, view: View) -> bool:
    """True if the row sets a recommendation aside, or chooses another course than was proposed, and says no more."""
    words = told(entry)
    return (
        tells("set_aside", words)
        and tells("recommended", words)
        and len(words.split()) <= MANY_WORDS
        and view.kind(entry.agency) in SERVICES
        and not PATIENT.search(words)
        and not _has_reason(entry, view)
    )


def _is_terse(entry: Entry) -> bool:
    """True if the row is a line of a few words, as of a return that gives reasons nowhere."""
    return len(told(entry).split()) < FEW_WORDS


def _has_reason(entry: Entry, view: View) -> bool:
    own = view.agency(entry.agency).about(entry) if entry.when.known else ()
    near = own.between(day_after(entry.when.earliest, -NEAR), day_after(entry.when.latest, NEAR)) if own else ()
    rows = (entry, *(row for row in near if row.records(*DECISIONS)), *view.timeline.linked(entry))
    return any(tells("reason", _without_the_decision(row)) for row in rows)


def _without_the_decision(row: Entry) -> str:
    """What the row tells, less words such as 'plan ended' that name the decision itself."""
    return DECISION_ITSELF.sub(" ", told(row))


def _finding(
    rows: list[Entry], view: View, severity: str, *, proof: str = UNSAID, decision: Entry | None = None
) -> Finding:
    """`decision`: the one of `rows` that decides, where the others only stand beside it."""
    entry = decision or rows[0]
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    decisions = "a decision" if len(rows) == 1 or proof == ADMITTED or decision else f"{len(rows)} decisions"
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: {decisions} without a recorded reason",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} {proof}",
        settle=ask(view.timeline, (entry.agency,), "the reason, who decided, and what was considered"),
        agencies=agencies,
        expected_from=(entry.agency,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible" if proof == UNSAID else "definite",
        severity="medium" if severity == "medium" else "low",
    )
