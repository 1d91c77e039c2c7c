"""Brothers and sisters in a home where something serious is recorded, without a row that looks at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told, weight
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline

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


@rule("M15", needs="reading", severity="low")
def sibling_overlooked(timeline: Timeline) -> Iterator[Finding]:
    """Rows name a brother or sister beside a danger at home, and no row assesses, sees or plans for them.

    Finds: rows that record violence, threats, abuse or neglect and name a sibling, or that report on the sibling itself, where
    no row of the returns shows the sibling being seen, assessed or part of a plan.
    Why it matters: the risk to one child in a home reaches the others.
    Stays silent when: any row sees, assesses or plans for the sibling; the sibling is a subject of the review.
    """
    view = View.of(timeline)
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


def _at_home(entry: Entry) -> bool:
    return bool(ABOUT.search(told(entry))) or (entry.records(*AT_HOME) and weight(entry) >= 2)
