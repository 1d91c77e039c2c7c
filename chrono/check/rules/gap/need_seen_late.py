"""A need identified long after its first signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told
from chrono.check.wording import all_say, ask, listed, span
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

NEEDS = ("need_learning", "need_behaviour", "need_mental_health", "need_exploitation", "need_caring")
ASSESSED = (
    "assessment",
    "assessment-completed",
    "mental-health-assessment",
    "diagnosis",
    "exploitation-assessment",
    "education-health-care-plan",
)
OF_THE_NEED = ("mental-health-assessment", "diagnosis")
"""Assessments that look at a child's needs as such; any other counts where it speaks of the need."""
SHOWN = 4


@rule("G12", needs="reading", severity="medium")
def need_seen_late(timeline: Timeline, *, months: int = 9) -> Iterator[Finding]:
    """A disability, disorder or exploitation is identified long after rows that speak of the same concern.

    Finds: a row in which a need is identified or diagnosed, and rows of any agency surely `months` months or more before
    it with signs of the same kind of need, without an assessment of it in between.
    Why it matters: what was done with the child in the meantime was planned without that knowledge.
    Stays silent when: an assessment of that need lies between; the signs are of another kind; the dates may be closer.
    """
    view = View.of(timeline)
    for need in NEEDS:
        told_about = Track(view.telling(need))
        groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in told_about:
            if tells("identified", told(entry)) and not tells("no_assessment", told(entry)):
                groups[entry.subjects].append(entry)
        for identified in groups.values():
            signs = [row for row in told_about.about(identified[0]) if _is_sign(row, identified[0], need, view, months)]
            if signs:
                yield _finding(identified[:SHOWN], [*signs[:2], *signs[2:][-SHOWN:]], need, view)


def _is_sign(row: Entry, entry: Entry, need: str, view: View, months: int) -> bool:
    if row.id == entry.id or tells("identified", told(row)) or row.records(*ASSESSED):
        return False
    if not row.when.surely_before(entry.when) or row.when.days_until(entry.when)[0] < months * 30:
        return False
    if tells("no_assessment", told(row)):
        return True
    between = view.recording(*ASSESSED).about(entry).between(row.when.earliest, entry.when.earliest)
    return not any(
        one.id not in (row.id, entry.id) and (one.records(*OF_THE_NEED) or tells(need, told(one))) for one in between
    )


def _finding(identified: list[Entry], signs: list[Entry], need: str, view: View) -> Finding:
    entry = identified[0]
    words = listed(dict.fromkeys(words_for(need, told(row)).lower() for row in signs))
    return Finding(
        f"A need is identified on {entry.when}, {span(signs[0].when, entry.when)} after its first sign",
        cites=tuple(row.source for row in (*signs, *identified)),
        explanation=f"Earlier rows speak of {words}: {all_say(signs)} It is identified in: {all_say(identified)} "
        f"No row between them shows an assessment of it.",
        settle=ask(
            view.timeline,
            dict.fromkeys(row.agency for row in (*signs, *identified)),
            "any assessment or referral made on the earlier signs",
        ),
        agencies=tuple(dict.fromkeys(row.agency for row in (*signs, *identified))),
        subjects=entry.subjects,
        period=facts((*signs, *identified)),
        certainty="possible",
    )
