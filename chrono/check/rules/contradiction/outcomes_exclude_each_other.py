"""One matter with two outcomes of which only one can be true."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pairs import linked_pairs, near_pairs, nearest
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, says
from chrono.check.words import idea
from chrono.model import Entry, Finding, Timeline

JUSTICE = {
    "caution": ("caution",),
    "conviction": ("conviction", "sentence"),
    "charge": ("charge",),
    "no further action": ("no-further-action",),
}
EXCLUDE = (
    ("caution", "conviction"),
    ("caution", "no further action"),
    ("no further action", "conviction"),
    ("no further action", "charge"),
)
DECISIONS = {
    "no-further-action": "ended",
    "closed": "ended",
    "no-assessment": "ended",
    "refused": "refused",
    "negative": "refused",
    "accepted": "accepted",
    "assessment": "goes on",
    "section-47": "goes on",
    "conference": "goes on",
    "continues": "goes on",
    "extended": "goes on",
}
ENDINGS = (("assessment-completed",), ("section-47-outcome",), ("early-help-assessment",))
BEGINNINGS = ("assessment-started", "referral", "contact", "section-47", "case-opened")
ONE_ENDING = 14
"""Most days between two rows that tell the end of one assessment; with a new contact between them it may be another's."""
OPPOSED = ({"ended", "goes on"}, {"refused", "accepted"})


@rule("C04", needs="typed", severity="medium")
def outcomes_exclude_each_other(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """One matter carries two outcomes that cannot both be true.

    Finds: rows that record one event with opposed outcomes (closed and assess further, refused and accepted); the end of one
    assessment written twice by one agency within a fortnight, with such outcomes; an offence
    that one agency says ended in a caution and another in a conviction, within `days` days, with the same offence named.
    Why it matters: what was decided is the first thing a review must know, and others acted on it.
    Stays silent when: the outcomes can follow one another in time; the rows are about different children or offences; the
    agency also has the other's outcome.
    """
    view = View.of(timeline)
    seen: set[frozenset[str]] = set()
    for one, other, first, second in (*_decisions(view), *_written_twice(view), *_disposals(view, days)):
        key = frozenset((one.id, other.id))
        if key not in seen:
            seen.add(key)
            yield _finding(one, other, first, second, timeline)


def _decisions(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    for _, one, other in linked_pairs(view.timeline):
        for mine in one.events:
            for theirs in other.events:
                kinds = {DECISIONS.get(mine.outcome or ""), DECISIONS.get(theirs.outcome or "")}
                same = mine.type == theirs.type or (mine.family and mine.family == theirs.family)
                if same and kinds in OPPOSED:
                    yield one, other, str(mine.outcome), str(theirs.outcome)


def _written_twice(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """One agency's two rows of one assessment or enquiry that came to an end, a few days apart, with opposed results."""
    for ends in ENDINGS:
        last: dict[tuple[str, tuple[str, ...]], Entry] = {}
        for entry in view.recording(*ends):
            before = last.get((entry.agency, entry.subjects))
            last[entry.agency, entry.subjects] = entry
            if (
                before
                and before.when.days_until(entry.when)[1] <= ONE_ENDING
                and not _begun_between(before, entry, view)
            ):
                first, second = _results(before), _results(entry)
                if first and second and {DECISIONS[first], DECISIONS[second]} in OPPOSED:
                    yield before, entry, first, second


def _results(entry: Entry) -> str:
    """The row's decision; '' if it has none, or two that are opposed."""
    found = [str(event.outcome) for event in entry.events if event.outcome in DECISIONS]
    return found[0] if len({DECISIONS[each] for each in found}) == 1 else ""


def _begun_between(before: Entry, after: Entry, view: View) -> bool:
    rows = view.recording(*BEGINNINGS).between(before.when.earliest, after.when.latest)
    return any(row.id != before.id and view.same_child(row, before) for row in rows)


def _disposals(view: View, days: int) -> Iterator[tuple[Entry, Entry, str, str]]:
    for first, second in EXCLUDE:
        ones = view.recording(*JUSTICE[first])
        others = view.recording(*JUSTICE[second])
        pairs = (
            (one, other)
            for one, other in near_pairs(view, ones, others, days)
            if _offences(one) & _offences(other) and not one.when.surely_after(other.when)
        )
        for one, other in nearest(pairs):
            if not _knows_both(view, one, other, first, second, days):
                yield one, other, first, second


def _knows_both(view: View, one: Entry, other: Entry, first: str, second: str, days: int) -> bool:
    """True if either agency also records the other's outcome near it: then it is a sequence, not a contradiction."""
    mine = near_pairs(view, [other], view.recording(*JUSTICE[second]), days)
    theirs = near_pairs(view, [one], view.recording(*JUSTICE[first]), days)
    return any(row.agency == one.agency for _, row in mine) or any(row.agency == other.agency for _, row in theirs)


def _offences(entry: Entry) -> set[str]:
    return {found.lower()[:6] for found in idea("offence").findall(told(entry))}


def _finding(one: Entry, other: Entry, first: str, second: str, timeline: Timeline) -> Finding:
    mine, theirs = timeline.name_of(one.agency), timeline.name_of(other.agency)
    return Finding(
        f"Two outcomes of one matter: {first.replace('-', ' ')} ({mine}), {second.replace('-', ' ')} ({theirs})",
        cites=(one.source, other.source),
        explanation=f"{says(one)} {says(other)} The one outcome leaves no room for the other, and neither row explains it.",
        settle=ask(
            timeline,
            dict.fromkeys((one.agency, other.agency)),
            "the decision itself: its date, who took it, and in what words",
        ),
        agencies=tuple(dict.fromkeys((one.agency, other.agency))),
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
    )
