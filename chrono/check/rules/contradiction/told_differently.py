"""Two accounts of one incident that do not agree on whether somebody was hurt or armed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

INCIDENTS = ("assault", "stabbing", "injury", "weapon", "robbery", "domestic-abuse", "threat", "school-incident")


@dataclass(frozen=True)
class Matter:
    """What accounts may differ in: the events that prove it, the words for it, the words that it was not so."""

    noun: str
    events: tuple[str, ...]
    so: str
    not_so: str
    checks: str

    def there(self, entry: Entry) -> bool:
        """True if the row has it."""
        return not self.denied(entry) and (entry.records(*self.events) or tells(self.so, told(entry)))

    def denied(self, entry: Entry) -> bool:
        """True if the row says that there was none."""
        return tells(self.not_so, told(entry))


MATTERS = (
    Matter("an injury", ("injury", "stabbing"), "injured", "not_injured", "and whether a doctor saw the child"),
    Matter("a weapon", ("weapon", "stabbing"), "armed", "unarmed", "and what was found or seen of a weapon"),
)


@rule("C03", needs="reading", severity="medium")
def told_differently(timeline: Timeline) -> Iterator[Finding]:
    """Accounts of one incident differ in whether there was an injury, or a weapon.

    Finds: rows about the same incident, in two returns or in one, of which one names an injury or a weapon
    and the other says that there was none.
    Why it matters: thresholds, checks by a doctor and charges hang on it.
    Stays silent when: one account is only shorter; the rows are about different children or different days.
    """
    view = View.of(timeline)
    seen: set[tuple[str, frozenset[str]]] = set()
    for one, other in _accounts(view):
        for matter in MATTERS:
            yes, no = (one, other) if matter.there(one) else (other, one)
            key = matter.noun, frozenset((one.id, other.id))
            if key not in seen and matter.there(yes) and matter.denied(no):
                seen.add(key)
                yield _finding(matter, yes, no, timeline)


def _accounts(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Rows that record one event; rows of one return about one child and incident whose dates may be the same; rows of two
    returns about one kind of incident on one day."""
    for _, one, other in linked_pairs(view.timeline):
        yield one, other
    track = view.recording(*INCIDENTS)
    for one in track:
        if one.when.start is None or one.when.end is None:
            continue
        for other in track.about(one).between(one.when.start, one.when.end):
            same_child = bool(one.subjects) and set(one.subjects) == set(other.subjects)
            if other.source > one.source and same_child and (other.agency == one.agency or _same_day(one, other)):
                yield one, other


def _same_day(one: Entry, other: Entry) -> bool:
    """True if both surely record an incident of one kind on one day."""
    kinds = ({event.type for event in row.events if event.type in INCIDENTS} for row in (one, other))
    return one.when.surely_same_day(other.when) and bool(set.intersection(*kinds))


def _finding(matter: Matter, yes: Entry, no: Entry, timeline: Timeline) -> Finding:
    agencies = tuple(dict.fromkeys((yes.agency, no.agency)))
    return Finding(
        f"One incident of {yes.when}: one row has {matter.noun}, another says there was none",
        cites=(yes.source, no.source),
        explanation=f"{says(yes)} {says(no)} The first speaks of {quoted(words_for(matter.so, told(yes)) or matter.noun)}, "
        f"the second of {quoted(words_for(matter.not_so, told(no)))}.",
        settle=ask(timeline, agencies, f"the record made at the time, {matter.checks}"),
        agencies=agencies,
        subjects=yes.subjects or no.subjects,
        period=facts((yes, no)),
        certainty="possible",
    )
