"""Accounts of one incident that do not agree: on an injury or a weapon, how it came about, what was passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chrono.check import accounts
from chrono.check.pairs import joined, linked_pairs
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.view import Track, View, date_in_doubt, facts, told, unique
from chrono.check.wording import all_say, ask, listed, quoted, says
from chrono.check.words import idea, tells, words_for
from chrono.model import Entry, Finding, Timeline, day_after

UNPLACED = 2
"""Days within which two injuries of a child are taken to be one, where a row does not say which part of the body was hurt."""
OF_ONE_DAY = ("incident", "attendance")
SAME_WORDS = 2
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
        """True if the row says that there was none, and not that there was none but a small one."""
        return tells(self.not_so, idea("none_but").without(told(entry)))


@dataclass(frozen=True)
class Differing:
    """Rows whose answers in one matter have nothing in common, with the words of each."""

    matter: accounts.Matter
    rows: list[Entry]
    words: tuple[str, ...]


MATTERS = (
    Matter("an injury", ("injury", "stabbing"), "injured", "not_injured", "and whether a doctor saw the child"),
    Matter("a weapon", ("weapon", "stabbing"), "armed", "unarmed", "and what was found or seen of a weapon"),
)


@rule("C03", needs="reading", severity="medium")
def told_differently(timeline: Timeline) -> Iterator[Finding]:
    """Accounts of one incident differ in whether there was an injury or a weapon, how it came about, or what was passed on.

    Finds: rows about the same incident, in two returns or in one, of which one names an injury or a weapon
    and the other says that there was none; rows about one child's injury, a few days apart, that explain it in ways
    that have nothing in common (a fall, a grip); a row that passes one thing on to an agency (a bruise), and that agency's
    row of the same day that has another (lateness).
    Why it matters: thresholds, checks by a doctor and charges hang on it.
    Stays silent when: one account is only shorter; the rows are about different children, days or parts of the body.
    """
    view = View.of(timeline)
    of_one_event: dict[frozenset[str], list[Differing]] = {}
    for answered in accounts.matters():
        for differing in _other_answers(answered, view):
            if answered.one_event and not answered.weighs:
                of_one_event.setdefault(frozenset(row.id for row in differing.rows), []).append(differing)
            else:
                yield replace(_told_otherwise([differing], timeline), severity=None if answered.weighs else "low")
    for several in of_one_event.values():
        yield replace(_told_otherwise(several, timeline), severity="low")
    seen: set[tuple[str, frozenset[str]]] = set()
    for one, other in _accounts(view):
        for matter in MATTERS:
            if not (matter.denied(one) or matter.denied(other)):
                continue
            yes, no = (one, other) if matter.there(one) else (other, one)
            key = matter.noun, frozenset((one.id, other.id))
            if key not in seen and matter.there(yes) and matter.denied(no) and not _of_a_relative(matter, no, view):
                seen.add(key)
                yield _finding(matter, yes, no, timeline)


def _of_a_relative(matter: Matter, entry: Entry, view: View) -> bool:
    """True if the last person named before the words that deny it is one of the family: 'sister seen, no injury'."""
    found = idea(matter.not_so).pattern.search(entry.text)
    named = [m for m in entry.mentions if m.column == "text" and found and 0 <= m.begin < found.start()]
    people = [mention for mention in named if mention.kind in ("person", "subject", "unresolved")]
    return bool(people) and not any(m.kind == "subject" for m in people) and view.is_family(people[0].actor)


def _other_answers(matter: accounts.Matter, view: View) -> Iterator[Differing]:
    """The rows whose answers have nothing in common; accounts of one event together."""
    answers: dict[str, Mapping[str, str]] = {}
    of_the_matter = {entry.id for entry in view.telling(matter.of.name)}
    for entry in view.telling(*(answer.name for answer in matter.answers.values())):
        dated = entry.id in of_the_matter and entry.when.known and not date_in_doubt(entry)
        if dated and (said := matter.told_in(told(entry))):
            answers[entry.id] = said
    track = Track(view.timeline.by_id[id_] for id_ in answers)
    groups: list[list[Entry]] = []
    for one, other in _near_accounts(matter, track, view):
        apart = not answers[one.id].keys() & answers[other.id].keys()
        if apart and not _put_right(one, other, answers, matter, track):
            ids = {one.id, other.id}
            group = next((each for each in groups if ids & {entry.id for entry in each}), None)
            if group is None:
                groups.append([one, other])
            else:
                group[:] = unique([*group, one, other])
    for group in groups:
        yield Differing(matter, group, tuple(next(iter(answers[entry.id].values())) for entry in group))


def _put_right(
    one: Entry, other: Entry, answers: Mapping[str, Mapping[str, str]], matter: accounts.Matter, track: Track
) -> bool:
    """True if the agency of either corrected itself, and then says the same as the other; or one corrects the other."""
    if one.agency == other.agency and tells("corrects", told(other)):
        return True
    near = track.about(one).between(one.when.earliest, day_after(other.when.latest, matter.days))
    corrections = [row for row in near if row.id not in (one.id, other.id) and tells("corrects", told(row))]
    return any(
        row.agency == mine.agency and bool(answers[row.id].keys() & answers[theirs.id].keys())
        for row in corrections
        for mine, theirs in ((one, other), (other, one))
    )


def _near_accounts(matter: accounts.Matter, track: Track, view: View) -> Iterator[tuple[Entry, Entry]]:
    for one in track:
        if one.when.start is None or one.when.end is None or not one.subjects:
            continue
        for other in track.about(one).between(one.when.start, day_after(one.when.end, matter.days)):
            later = (one.when.sort_key, one.source) < (other.when.sort_key, other.source)
            same_child = later and bool(set(one.subjects) & set(other.subjects))
            if same_child and _one_matter(matter, one, other, view):
                yield one, other


def _one_matter(matter: accounts.Matter, one: Entry, other: Entry, view: View) -> bool:
    """True if two near rows speak of one injury, of one event, or of one thing that was passed on."""
    if matter.one_event:
        return one.agency != other.agency and (
            frozenset((one.id, other.id)) in joined(view) or _alike(one, other, view)
        )
    if matter.between:
        return one.agency != other.agency and (_passes_on(one, other, view) or _passes_on(other, one, view))
    if not matter.injury:
        return one.agency != other.agency
    places = [accounts.parts_of_the_body(told(entry)) for entry in (one, other)]
    if all(places):
        return bool(places[0] & places[1])
    return one.agency != other.agency and one.when.days_until(other.when)[1] <= UNPLACED


def _alike(one: Entry, other: Entry, view: View) -> bool:
    """True if two near rows seem to record one event: an incident or an attendance of one kind, or rare words in common."""
    kinds = (
        {e.nature for e in row.events if e.nature in OF_ONE_DAY and e.status == "occurred"} for row in (one, other)
    )
    return bool(set.intersection(*kinds)) or len(rare(shared_words(one, other), view)) >= SAME_WORDS


def _passes_on(one: Entry, other: Entry, view: View) -> bool:
    """True if `one` tells the agency of `other`, by its name or that of its kind of worker."""
    named = {mention.actor for mention in one.mentions} | {event.to_agency or "" for event in one.events}
    people = {view.timeline.actor_by_id[actor].agency for actor in named if actor in view.timeline.actor_by_id}
    return other.agency in named | people


def _told_otherwise(several: list[Differing], timeline: Timeline) -> Finding:
    """The matters in which the same rows differ, as one finding."""
    first = several[0]
    agencies = tuple(dict.fromkeys(entry.agency for entry in first.rows))
    differing = "; ".join(
        f"{each.matter.name}: {listed(quoted(words, 30) for words in each.words)}" for each in several
    )
    title = f"{differing[0].upper()}{differing[1:]}"
    return Finding(
        f"Told differently: {title}"[:160],
        cites=tuple(entry.source for entry in first.rows),
        explanation=f"{all_say(first.rows)} What the one has, the other has not: {differing}.",
        settle=ask(timeline, agencies, listed(dict.fromkeys(each.matter.settle for each in several))),
        agencies=agencies,
        subjects=first.rows[0].subjects,
        period=facts(first.rows),
        certainty="possible",
    )


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
