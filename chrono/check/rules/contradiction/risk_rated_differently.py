"""At the same time one agency holds the risk high and another low."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import near_pairs, nearest
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

OPPOSED = (("risk_high", "risk_low"), ("gang_link", "no_gang_link"))


@rule("C15", needs="reading", severity="low")
def risk_rated_differently(timeline: Timeline, *, days: int = 21) -> Iterator[Finding]:
    """Two agencies hold opposite views of the risk to a child at about the same time.

    Finds: a row that rates the risk high (or holds a link with a gang to be so), and the nearest row of another agency,
    within `days` days and about the same child, that rates it low or reduced (or accepts that there is no link).
    Why it matters: thresholds are set by the lower of the two where nobody lays them side by side.
    Stays silent when: the two views lie far apart in time; one row holds both; no child is named.
    """
    view = View.of(timeline)
    for high, low in OPPOSED:
        ones = [entry for entry in view.everything if tells(high, told(entry)) and not tells(low, told(entry))]
        others = [entry for entry in view.everything if tells(low, told(entry)) and not tells(high, told(entry))]
        pairs = (pair for pair in near_pairs(view, ones, others, days) if set(pair[0].subjects) & set(pair[1].subjects))
        for one, other in nearest(pairs):
            yield _finding(one, other, words_for(high, told(one)), words_for(low, told(other)), timeline)


def _finding(one: Entry, other: Entry, high: str, low: str, timeline: Timeline) -> Finding:
    first, second = timeline.name_of(one.agency), timeline.name_of(other.agency)
    return Finding(
        f"{first} writes {quoted(high, 40)}, {second} {quoted(low, 40)}, at about the same time"[:160],
        cites=(one.source, other.source),
        explanation=f"{says(one)} {says(other)} Both may be right on scales of their own; neither row names the other view.",
        settle=ask(timeline, (one.agency, other.agency), "the scale used, and what each knew of the other's view"),
        agencies=(one.agency, other.agency),
        subjects=one.subjects,
        period=facts((one, other)),
        certainty="possible",
    )
