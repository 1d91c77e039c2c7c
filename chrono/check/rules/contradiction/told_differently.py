"""Two accounts of one incident that do not agree on whether somebody was hurt."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

INCIDENTS = ("assault", "stabbing", "injury", "weapon", "robbery", "domestic-abuse", "threat", "school-incident")


@rule("C03", needs="reading", severity="medium")
def told_differently(timeline: Timeline) -> Iterator[Finding]:
    """Accounts of one incident differ in whether there was an injury.

    Finds: rows about the same incident, in two returns or in one, of which one names an injury and the other says that
    there was none.
    Why it matters: thresholds, checks by a doctor and charges hang on the injury.
    Stays silent when: one account is only shorter; the rows are about different children or different days.
    """
    view = View.of(timeline)
    seen: set[frozenset[str]] = set()
    for one, other in _accounts(view):
        hurt, unhurt = (one, other) if _hurt(one) else (other, one)
        key = frozenset((one.id, other.id))
        if key not in seen and _hurt(hurt) and _unhurt(unhurt) and not _unhurt(hurt):
            seen.add(key)
            yield _finding(hurt, unhurt, timeline)


def _accounts(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Rows that record one event, and rows of one return about one child and incident whose dates may be the same."""
    for _, one, other in linked_pairs(view.timeline):
        yield one, other
    track = view.recording(*INCIDENTS)
    for one in track:
        if one.when.start is None or one.when.end is None:
            continue
        for other in track.between(one.when.start, one.when.end):
            same_words = bool(one.subjects) and set(one.subjects) == set(other.subjects)
            if other.source > one.source and other.agency == one.agency and same_words:
                yield one, other


def _hurt(entry: Entry) -> bool:
    return entry.records("injury", "stabbing") or tells("injured", told(entry))


def _unhurt(entry: Entry) -> bool:
    return tells("not_injured", told(entry))


def _finding(hurt: Entry, unhurt: Entry, timeline: Timeline) -> Finding:
    word = words_for("injured", told(hurt))
    agencies = tuple(dict.fromkeys((hurt.agency, unhurt.agency)))
    return Finding(
        f"One incident of {hurt.when}: one row has an injury, another says there was none",
        cites=(hurt.source, unhurt.source),
        explanation=f"{says(hurt)} {says(unhurt)} The first speaks of {quoted(word or 'an injury')}, "
        f"the second of {quoted(words_for('not_injured', told(unhurt)))}.",
        settle=ask(timeline, agencies, "the record made at the time, and whether a doctor saw the child"),
        agencies=agencies,
        subjects=hurt.subjects or unhurt.subjects,
        period=facts((hurt, unhurt)),
        certainty="possible",
    )
