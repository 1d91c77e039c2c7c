"""Brothers and sisters in a home where something serious is recorded, without a row that looks at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.statements import stating
from chrono.check.view import View, facts, told, weight
from chrono.check.wording import all_say, ask
from chrono.check.wording import named as named_list
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

AT_HOME = (
    "domestic-abuse",
    "neglect-concern",
    "assault",
    "stabbing",
    "weapon",
    "threat",
    "warning-marker",
    "sexual-assault",
    "address-change",
    "disclosure",
    "allegation",
    "exploitation-concern",
    "substance-misuse",
)
ABOUT = re.compile(
    r"\b(report\w*|notice|ppn|merlin|referral|notification|concern\w*|worr\w+|fear\w*|risk)\b[^.;]{0,15}\b(on|about|for|to|of|re)\s+"
    r"(his|her|the|their|a|another)?\s*(younger|older|little|big|baby)?\s*(brothers?|sisters?|siblings?)\b",
    re.IGNORECASE,
)
"""A row that brings the sibling to notice for its own sake."""
LOOKED_AT = re.compile(
    r"\b(brothers?|sisters?|siblings?)\b[^.;]{0,60}\b(assess\w*|plan|seen|spoken|considered|interviewed|conference|safe)\b",
    re.IGNORECASE,
)
SHOWN = 8
BROUGHT_BEFORE = 92
"""Days before work is opened on one child in which what was brought about another still asks for a look at that one."""
BROUGHT = ("contact", "referral", "concern-raised", "telephone-call", "police-notification", "no-further-action")
FORMAL = (
    "section-47",
    "initial-conference",
    "single-assessment",
    "assessment",
    "initial-assessment",
    "assessment-started",
    "assessment-completed",
    "cp-plan",
    "cp-plan-start",
    "cin-plan",
    "core-group",
    "early-help-assessment",
)


@rule("M15", needs="reading", severity="low")
def sibling_overlooked(timeline: Timeline, *, days: int = 180) -> Iterator[Finding]:
    """Rows name a brother or sister beside a danger at home, and no row assesses, sees or plans for them.

    Finds: an assessment that, by its own row, is opened on one child of several, and the contacts about another of them
    that the same service had taken in the three months before; rows that say that a brother or sister, or another child
    in the home, was not considered, seen or assessed; a danger in a row that names two children of the review, after
    which only one of them has an enquiry, assessment or plan within `days` days; and rows that record violence,
    threats, abuse or neglect and name a sibling, or that report on the sibling itself, where no row of the returns
    shows the sibling being seen, assessed or part of a plan.
    Why it matters: the risk to one child in a home reaches the others.
    Stays silent when: any row sees, assesses or plans for the sibling; the sibling is a subject of the review.
    """
    view = View.of(timeline)
    for entry, _ in stating(view, "left_out_of_work", "child_beside"):
        if not tells("no_part_of_this", told(entry)):
            yield _said(entry, view)
    yield from _opened_on_one(view)
    yield from _one_of_two(view, days)
    named = [entry for entry in view.telling("sibling") if len(entry.subjects) < 2]
    if not named or any(LOOKED_AT.search(told(entry)) for entry in named):
        return
    danger = [entry for entry in named if _at_home(entry)]
    if danger:
        yield Finding(
            "A brother or sister is named beside a danger, and no row looks at them",
            cites=tuple(row.source for row in danger[:SHOWN]),
            explanation=f"{all_say(danger[:SHOWN])} No row of any return shows the sibling being seen, assessed or planned for.",
            settle=ask(
                timeline,
                view.of_kinds("social-care", returned=True),
                "records about the sibling, or the reason for leaving them out",
            ),
            agencies=tuple(dict.fromkeys(row.agency for row in danger)),
            expected_from=view.of_kinds("social-care", returned=True),
            subjects=view.children(danger),
            period=facts(danger),
            certainty="possible",
        )


def _said(entry: Entry, view: View) -> Finding:
    holders = view.of_kinds("social-care", returned=True)
    return Finding(
        "A row says that a brother, sister or other child in the home was not looked at",
        cites=(entry.source,),
        explanation=f"{all_say([entry])} No reason stands in the row.",
        settle=ask(view.timeline, holders, "records about the other child, or the reason for leaving them out"),
        agencies=(entry.agency,),
        expected_from=holders,
        subjects=entry.subjects,
        period=facts((entry,)),
        severity="medium",
    )


def _opened_on_one(view: View) -> Iterator[Finding]:
    """Formal work opened on one child of the review, where contacts about others had come to the same service before."""
    children = [child.id for child in view.timeline.case.subjects]
    for entry in view.telling("opened_on_one"):
        left_out = tuple(child for child in children if child not in entry.subjects)
        if not entry.subjects or not left_out or entry.when.start is None or not entry.records(*FORMAL, status=None):
            continue
        before = view.recording(*BROUGHT).between(day_after(entry.when.start, -BROUGHT_BEFORE), entry.when.start)
        rows = [
            row
            for row in before
            if row.agency == entry.agency and row.id != entry.id and any(child in row.subjects for child in left_out)
        ]
        if rows:
            yield _brought_before(entry, rows[-SHOWN:], left_out, view)


def _brought_before(entry: Entry, rows: list[Entry], left_out: tuple[str, ...], view: View) -> Finding:
    who = named_list(view.timeline, left_out)
    return Finding(
        f"Work is opened on one child alone; contacts about {who} had come before"[:160],
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{all_say([entry])} In the {BROUGHT_BEFORE} days before, the same service had: {all_say(rows)}",
        settle=ask(view.timeline, (entry.agency,), f"how {who} were considered, and the reason for leaving them out"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=left_out,
        period=facts((*rows, entry)),
        certainty="possible",
        severity="medium",
    )


def _one_of_two(view: View, days: int) -> Iterator[Finding]:
    """Dangers at home to two children of the review after which the formal work is about one of them only."""
    children = {child.id for child in view.timeline.case.subjects}
    for entry in view.recording(*AT_HOME) if len(children) > 1 else ():
        both = [child for child in entry.subjects if child in children]
        if len(both) < 2 or weight(entry) < 2 or entry.when.end is None:
            continue
        rows = view.recording(*FORMAL).between(entry.when.earliest, day_after(entry.when.end, days))
        missed = tuple(child for child in both if not any(child in row.subjects or not row.subjects for row in rows))
        if missed and rows:
            yield _one_finding(entry, rows[:SHOWN], missed, view)
            return


def _one_finding(entry: Entry, done: list[Entry], missed: tuple[str, ...], view: View) -> Finding:
    who = named_list(view.timeline, missed)
    holders = view.of_kinds("social-care", returned=True)
    return Finding(
        f"The danger was to more than one child; no enquiry, assessment or plan is recorded about {who}"[:160],
        cites=(entry.source, *(row.source for row in done)),
        explanation=f"{all_say([entry, *done])} No such row of any return is about {who}.",
        settle=ask(view.timeline, holders, f"records about {who}, or the reason for leaving them out"),
        agencies=tuple(dict.fromkeys(row.agency for row in (entry, *done))),
        expected_from=holders,
        subjects=missed,
        period=facts((entry, *done)),
        certainty="possible",
        severity="low",
    )


def _at_home(entry: Entry) -> bool:
    return bool(ABOUT.search(told(entry))) or (entry.records(*AT_HOME) and weight(entry) >= 2)
