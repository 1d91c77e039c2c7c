"""Two agencies explain one trouble of a child differently, or judge a measure differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.causes import causes_in, effect_in, judging, opinion_in
from chrono.check.rule import rule
from chrono.check.topics import rare_words, sentences, topics, troubles
from chrono.check.view import Track, View, date_in_doubt, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.model import Entry, Finding, Timeline, day_after

MOST = 2
"""Findings in which one row may stand."""


@dataclass(frozen=True)
class Judgement:
    """A sentence that explains a trouble, or says what a measure does: its matter, the causes given and denied, the effect."""

    entry: Entry
    opinion: bool
    words: str
    topics: frozenset[str]
    rare: frozenset[str]
    causes: frozenset[str]
    denied: frozenset[str]
    effect: str

    def likeness(self, other: Judgement) -> int:
        """How surely the two judge one matter in opposite ways; 0 where they do not."""
        if not (self.opinion or other.opinion):
            return 0
        other_cause = self._other_cause(other)
        opposed = bool(self.effect and other.effect and self.effect != other.effect)
        if not (other_cause or opposed):
            return 0
        common = 2 * len(self.topics & other.topics) + len(self.rare & other.rare)
        if other_cause and (self.topics & other.topics & troubles() or len(self.rare & other.rare) > 1):
            return common
        return common if opposed and self.rare & other.rare and common > 1 else 0

    def _other_cause(self, other: Judgement) -> bool:
        """True if the two have no cause in common, or one gives what the other denies."""
        if self.causes & other.denied or other.causes & self.denied:
            return True
        return bool(self.causes and other.causes and not self.causes & other.causes)


@rule("C24", needs="reading", severity="low")
def cause_judged_differently(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """Two agencies, or an agency and the family, explain one trouble of a child differently, or judge a measure differently.

    Finds: a row that gives a cause (an illness, the home, a choice, a diagnosis), or says that something helps, and the row of
    another agency within `days` days that has the same trouble from another cause, or says that it does harm.
    Why it matters: a decision that rests on one of two explanations should say why not on the other.
    Stays silent when: the two have no trouble or measure in common; they lie far apart; the same row gives both.
    """
    view = View.of(timeline)
    judged: dict[str, list[Judgement]] = {e.id: found for e in judging(view) if (found := list(_judgements(e, view)))}
    track = Track(rows[0].entry for rows in judged.values())
    pairs: list[tuple[int, Judgement, Judgement]] = []
    for ones in judged.values():
        first = ones[0].entry
        rows = track.about(first).between(first.when.earliest, day_after(first.when.latest, days))
        others = [other for row in rows if row.agency != first.agency for other in judged[row.id]]
        pairs += [(likeness, one, other) for one in ones for other in others if (likeness := one.likeness(other))]
    seen: set[frozenset[str]] = set()
    told_of: Counter[str] = Counter()
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1].entry.source, pair[2].entry.source)):
        if (
            max(told_of[one.entry.id], told_of[other.entry.id]) < MOST
            and frozenset((one.entry.id, other.entry.id)) not in seen
        ):
            told_of.update((one.entry.id, other.entry.id))
            seen.add(frozenset((one.entry.id, other.entry.id)))
            yield _finding(one, other, timeline)


def _judgements(entry: Entry, view: View) -> Iterator[Judgement]:
    """The judgements of a row, a sentence each; a sentence without a topic has that of its row."""
    for sentence in () if date_in_doubt(entry) else sentences(told(entry)):
        causes, denied = causes_in(sentence.text)
        effect = effect_in(sentence.text)
        if not (causes or denied or effect):
            continue
        opinion = opinion_in(sentence.text)
        if not (opinion or denied or topics(sentence.text) & troubles()):
            causes = frozenset()
        if causes or denied or effect:
            of = topics(sentence.text)
            if not of & troubles():
                of |= topics(told(entry))
            yield Judgement(
                entry,
                bool(opinion or denied),
                opinion or sentence.text,
                of,
                rare_words(told(entry), entry, view),
                causes,
                denied,
                effect,
            )


def _finding(one: Judgement, other: Judgement, timeline: Timeline) -> Finding:
    rows = one.entry, other.entry
    first, second = (timeline.name_of(row.agency) for row in rows)
    return Finding(
        f"{first} ({quoted(one.words, 40)}) and {second} ({quoted(other.words, 40)}) may judge one matter differently"[
            :160
        ],
        cites=tuple(row.source for row in rows),
        explanation=f"{says(rows[0])} {says(rows[1])} Views may differ; it matters where a decision rests on one of them.",
        settle=ask(
            timeline, tuple(row.agency for row in rows), "what its view rested on, and whether it knew the other's"
        ),
        agencies=tuple(row.agency for row in rows),
        subjects=rows[0].subjects or rows[1].subjects,
        period=facts(rows),
        certainty="possible",
    )
