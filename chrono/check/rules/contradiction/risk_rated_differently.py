"""At the same time one agency holds the risk high and another low."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chrono.check.pairs import near_pairs, nearest
from chrono.check.ratings import Rating, comparable, may_rate, of_own_client, rated_from, ratings
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, facts, result, told, unique
from chrono.check.wording import all_say, ask, quoted, says, span
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline, day_after

OPPOSED = (("risk_high", "risk_low"), ("gang_link", "no_gang_link"))
STEP, SHORT = 1.0, 14
"""Neighbouring levels ('medium', 'high') are held against each other within so many days only: ratings do change."""
SAME_TIME = 3
"""Within so many days nothing that happened between two ratings explains that they differ."""
MOST = 4
RESULTS = ("outcome", "action", "reason")
HIGH = 3
"""The level 'high' on the scale of ratings.yaml."""


@rule("C15", needs="reading", severity="medium")
def risk_rated_differently(timeline: Timeline, *, days: int = 45) -> Iterator[Finding]:
    """Two agencies rate the risk to a child differently at about the same time.

    Finds: rows of two agencies, within `days` days and about the same child, that rate a risk on one scale (low or standard,
    medium, high, very high) at levels that do not meet; and, of low severity, a row that rates a risk high and whose outcome is
    the lowest level of service, or a row that holds a risk or a link with a gang
    to be there in other words, and the nearest row of another agency that says it is not.
    Why it matters: thresholds are set by the lower of the two where nobody lays them side by side.
    Stays silent when: the two lie far apart in time; one is of another risk (to oneself, of going missing, of offending, or
    whatever a clinic or a service for adults rates of its own client);
    something serious happened before the higher of them; one row holds both; in other words than a scale's no child is named.
    """
    view = View.of(timeline)
    told_of: set[frozenset[str]] = set()
    for pairs in _on_one_scale(view, days):
        told_of.update(frozenset((high.entry.id, low.entry.id)) for high, low in pairs)
        yield _rated(pairs[:MOST], timeline)
    for entry in view.telling("low_service"):
        if words := _little_done(entry):
            yield _high_and_little(entry, words, timeline)
    for word, contrary in OPPOSED:
        for one, other in _in_other_words(view, word, contrary):
            if frozenset((one.id, other.id)) not in told_of:
                yield _worded(one, other, words_for(word, told(one)), words_for(contrary, told(other)), timeline)


def _on_one_scale(view: View, days: int) -> Iterator[list[tuple[Rating, Rating]]]:
    """The pairs (the higher rating first) that do not meet, those of the same two agencies together."""
    by_agency: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings(entry for entry in view.everything if may_rate(entry) and not date_in_doubt(entry)):
        if not of_own_client(rating, view.kind(rating.entry.agency)):
            by_agency[rating.entry.agency].append(rating)
    agencies = sorted(by_agency)
    for place, one in enumerate(agencies):
        for other in agencies[place + 1 :]:
            found = _opposed(by_agency[one], by_agency[other], view, days)
            if found:
                yield found


def _opposed(ones: Sequence[Rating], others: Sequence[Rating], view: View, days: int) -> list[tuple[Rating, Rating]]:
    """Each rating of the fewer and the other agency's nearest one, where they do not meet."""
    fewer, more = sorted((ones, others), key=len)
    about: dict[str, list[Rating]] = defaultdict(list)
    for each in more:
        for child in each.entry.subjects or ("",):
            about[child].append(each)
    found: list[tuple[Rating, Rating]] = []
    for one in fewer:
        children = one.entry.subjects
        same_child = [each for child in ("", *children) for each in about[child]] if children else more
        near = [
            each for each in same_child if comparable(one, each) and one.entry.when.days_apart(each.entry.when) <= days
        ]
        of_one_event = {row.id for row in view.timeline.linked(one.entry)}
        other = min(
            near,
            key=lambda each: (
                each.entry.id not in of_one_event,
                one.entry.when.days_apart(each.entry.when),
                each.entry.source,
            ),
            default=None,
        )
        if other:
            low, high = sorted((one, other), key=lambda each: each.middle)
            if _do_not_meet(low, high) and not _explained(low, high, view):
                found.append((high, low))
    return found


def _do_not_meet(low: Rating, high: Rating) -> bool:
    if low.high >= high.low:
        return False
    return high.middle - low.middle > STEP or low.entry.when.days_apart(high.entry.when) <= SHORT


def _explained(low: Rating, high: Rating, view: View) -> bool:
    """True if something serious lies between the lower rating and a later, higher one."""
    first, last = low.entry.when.latest, high.entry.when.earliest
    if (last - first).days <= SAME_TIME:
        return False
    return any(view.same_child(row, high.entry) for row in view.serious.between(day_after(first), last))


def _little_done(entry: Entry) -> str:
    """The words by which a row that rates a risk high in its text decides on little; '' if it does not."""
    text_alone = replace(entry, fields={name: cell for name, cell in entry.fields.items() if name not in RESULTS})
    if not entry.when.known or not rated_from(text_alone, HIGH):
        return ""
    return words_for("low_service", result(entry))


def _high_and_little(entry: Entry, words: str, timeline: Timeline) -> Finding:
    name = timeline.name_of(entry.agency)
    return Finding(
        f"{name} rates the risk high and decides on {quoted(words, 40)}"[:160],
        cites=(entry.source,),
        explanation=f"{says(entry)} Why so high a rating led to so little, the row does not say.",
        settle=ask(timeline, (entry.agency,), "how the rating was weighed in the decision, and by whom"),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty="possible",
        severity="low",
    )


def _in_other_words(view: View, word: str, contrary: str, days: int = 21) -> Iterator[tuple[Entry, Entry]]:
    ones = [entry for entry in Track(view.telling(word)) if not tells(contrary, told(entry))]
    others = [entry for entry in Track(view.telling(contrary)) if not tells(word, told(entry))]
    return nearest(
        pair for pair in near_pairs(view, ones, others, days) if set(pair[0].subjects) & set(pair[1].subjects)
    )


def _rated(pairs: Sequence[tuple[Rating, Rating]], timeline: Timeline) -> Finding:
    high, low = pairs[0]
    rows = unique(rating.entry for pair in pairs for rating in pair)
    first, second = timeline.name_of(high.entry.agency), timeline.name_of(low.entry.agency)
    times = f" ({len(pairs)} times)" if len(pairs) > 1 else ""
    return Finding(
        f"Risk: {first} writes {quoted(high.words, 30)}, {second} {quoted(low.words, 30)}{times}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Between {high.entry.when} and {low.entry.when} lie "
        f"{span(*sorted((high.entry.when, low.entry.when), key=lambda when: when.sort_key))}; neither names the other's rating.",
        settle=ask(
            timeline, (high.entry.agency, low.entry.agency), "the tool used, what was rated, and what each knew"
        ),
        agencies=(high.entry.agency, low.entry.agency),
        subjects=high.entry.subjects or low.entry.subjects,
        period=facts(rows),
        certainty="possible",
    )


def _worded(one: Entry, other: Entry, high: str, low: str, timeline: Timeline) -> Finding:
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
        severity="low",
    )
