"""Looking things up in a timeline without walking through all of it: by kind, agency, child and days."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from chrono.check.words import Idea, ideas, tells
from chrono.model import TELLING, Agency, Entry, Event, Mention, Timeline, When, day_after

Found = TypeVar("Found")
SPANS = (0, 31, 92, 366, 3_700, 1_000_000)
"""Dates of like width are kept together, so that a search need not go back further than they are wide."""

EVERYBODY = re.compile(
    r"^\W*(all|everyone|everybody|all (pupils|members|students|children|families)|none.*|n/?a|whole school)\W*$", re.I
)
TO_EVERYBODY = re.compile(
    r"\b(sent|posted|delivered|letters?|leaflets?|open)\b[^.]{0,40}\b(to|for) (all|everyone|homes|schools|members|every)\b"
    r"|\bto all\b|\b(fire drill|programme posted|leaflet|newsletter|assembly)\b",
    re.I,
)

RELATIVE = re.compile(
    r"(?:the |his |her |their |birth |maternal |paternal |great[- ]|older |younger |elder |adult |late )*"
    r"(?:(?:step|grand|half)?[- ]?(?:mother|father|mum|dad|brother|sister|parents?|son|daughter|child)"
    r"|sibling|aunt(?:ie|y)?|uncle|cousin|nan|nanna|nana|gran(?:ny|dad|dma|dpa|ma)?|niece|nephew|relatives?|relation|kin|husband|wife"
    r"|family (?:member|friend)|special guardian|partner of|ex-partner|boyfriend|girlfriend)\b"
    r"(?! \w+ (?:worker|adviser|officer)| (?:support|worker|adviser|services?|team|protection|health|psycholog\w+|practitioner))",
    re.I,
)
"""The role of a relative, as the case or a return gives it."""

FEW_IDEAS = 60
"""So many ideas may be sought before it pays to list for all ideas the rows that may tell of them."""

AGAIN = 3
"""Rows of an agency that name somebody as their worker, or are linked with those about one child: from so many on they say
more than the words of a role, or the silence of the return."""


class Track:
    """Dated entries in order, searchable by days and by child."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entry for entry in entries if entry.when.known)
        self._about: dict[tuple[str, ...], Track] = {}

    @cached_property
    def _buckets(self) -> tuple[tuple[int, list[date], list[tuple[int, date, Entry]]], ...]:
        groups: dict[int, list[tuple[date, int, date, Entry]]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            first, last = entry.when.earliest, entry.when.latest
            width = 0 if first == last else SPANS[min(bisect_left(SPANS, (last - first).days), len(SPANS) - 1)]
            groups[width].append((first, place, last, entry))
        return tuple(
            (width, [one[0] for one in group], [one[1:] for one in group])
            for width, group in ((width, sorted(groups[width])) for width in sorted(groups))
        )

    def between(self, first: date, last: date) -> list[Entry]:
        """Entries, in order, that may have happened from `first` to `last`, both included."""
        found: list[tuple[int, date, Entry]] = []
        for width, starts, entries in self._buckets:
            low = bisect_left(starts, day_after(first, -width) if width < SPANS[-1] else date.min)
            found += [one for one in entries[low : bisect_right(starts, last)] if one[1] >= first]
        return [entry for _, _, entry in sorted(found)]  # no two have the same place

    def about(self, entry: Entry) -> Track:
        """The entries that may be about the same child as this one."""
        return self.of_children(entry.subjects) if entry.subjects else self

    def of_children(self, children: tuple[str, ...]) -> Track:
        """The entries about one of these children, and those that do not say about whom."""
        if children not in self._about:
            places = {place for child in ("", *children) for place in self._places.get(child, ())}
            all_of_them = len(places) == len(self.entries)
            self._about[children] = self if all_of_them else Track(self.entries[place] for place in sorted(places))
        return self._about[children]

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where the entries about each child stand; under '' those that do not say about whom."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            for child in entry.subjects or ("",):
                places[child].append(place)
        return places

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


class View:
    """One timeline, indexed. `View.of(timeline)` makes it once for all rules."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._tracks: dict[object, Track] = {}
        self._kept: dict[str, Any] = {}
        self._telling: dict[str, tuple[Entry, ...]] = {}
        self._extents: dict[str, tuple[date | None, date | None]] = {}

    @classmethod
    def of(cls, timeline: Timeline) -> View:
        """The view of this timeline, made at the first call and kept with it as its own cached properties are."""
        kept = vars(timeline)
        if "_view" not in kept:
            kept["_view"] = cls(timeline)
        view: View = kept["_view"]
        return view

    # ------------------------------------------------------------------------------------------ who

    @cached_property
    def agencies(self) -> Mapping[str, Agency]:
        """The agencies of the case by id."""
        return {agency.id: agency for agency in self.timeline.case.agencies}

    @cached_property
    def staff(self) -> Mapping[str, str]:
        """The agency of everybody who works for one: as it is known of them, unless nothing is, or they stand again and again
        as the worker in the rows of another."""
        actors = self.timeline.actor_by_id.values()
        known = {a.id: a.agency for a in actors if a.agency in self.agencies and a.id not in self._family}
        rows: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in self.timeline.entries:
            rows_of = {m.actor for m in entry.mentions if m.column == "worker" and m.kind in ("person", "role")}
            for actor in rows_of - self._family:
                rows[actor][entry.agency] += 1
        often = {actor: counted.most_common(1)[0] for actor, counted in rows.items()}
        seen = {actor: agency for actor, (agency, times) in often.items() if actor not in known or times >= AGAIN}
        return known | seen

    @cached_property
    def _family(self) -> frozenset[str]:
        """Who belongs to the child's family: one of them in a column for workers is nobody's staff."""
        actors = self.timeline.actor_by_id.values()
        return frozenset(actor.id for actor in actors if RELATIVE.match(actor.role) or RELATIVE.match(actor.name))

    def is_family(self, actor: str) -> bool:
        """True if an actor (id) is of the child's family."""
        return actor in self._family

    def agency_of(self, mention: Mention) -> str:
        """The agency of the case that a name stands for, or works for; '' if neither is known."""
        if mention.kind == "agency":
            return mention.actor if mention.actor in self.agencies else ""
        return self.staff.get(mention.actor, "")

    def named_by(self, entry: Entry) -> set[str]:
        """The other agencies of the case that a row names, itself or by its workers."""
        return {self.agency_of(mention) for mention in entry.mentions} - {"", entry.agency}

    def kind(self, agency: str) -> str:
        """The kind of service; '' if neither the case, nor its name, nor its rows tell it."""
        found = self.agencies.get(agency)
        return found.kind if found else ""

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the agencies of each kind of service."""
        groups: dict[str, list[str]] = defaultdict(list)
        for agency in self.timeline.case.agencies:
            groups[self.kind(agency.id)].append(agency.id)
        return {kind: tuple(ids) for kind, ids in groups.items()}

    def of_kinds(self, *kinds: str, returned: bool = False) -> tuple[str, ...]:
        """Agencies of these kinds; with `returned`, only those whose return is there."""
        found = (id_ for kind in kinds for id_ in self.by_kind.get(kind, ()))
        return tuple(id_ for id_ in found if not returned or id_ in self.timeline.returned)

    # ------------------------------------------------------------------------------------------ what

    @cached_property
    def everything(self) -> Track:
        """All dated entries."""
        return Track(self.timeline.entries)

    def track(self, name: object, entries: Callable[[], Iterable[Entry]]) -> Track:
        """A track under a name, made once."""
        if name not in self._tracks:
            self._tracks[name] = Track(entries())
        return self._tracks[name]

    def kept(self, name: str, make: Callable[[], Found]) -> Found:
        """What a module of checks looks up for many rules, made once."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Found = self._kept[name]
        return found

    def having(self, name: str, words_of: Callable[[str], Iterable[str]]) -> Mapping[str, Sequence[Entry]]:
        """The rows, in order, with each of the words that `words_of` finds in what they tell; made once under a name."""
        return self.kept(name, lambda: self._having(words_of))

    def _having(self, words_of: Callable[[str], Iterable[str]]) -> Mapping[str, Sequence[Entry]]:
        rows: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.timeline.entries:
            for word in words_of(told(entry)):
                rows[word].append(entry)
        return rows

    def agency(self, agency: str) -> Track:
        """The dated entries of one agency."""
        return self.track(("agency", agency), lambda: self.timeline.of(agency))

    def recording(self, *types: str) -> Track:
        """Entries that say an event of one of `types` took place."""
        return self.track(("types", types), lambda: self.timeline.recording(*types))

    def speaking_of(self, *types: str) -> Track:
        """Entries that speak of an event of one of `types`, whether it took place or not."""
        return self.track(("any status", types), lambda: self.timeline.recording(*types, status=None))

    def telling(self, *names: str) -> tuple[Entry, ...]:
        """Entries, in order, whose row tells (as `told` has it) of one of these ideas."""
        if len(names) > 1:
            return self.rows(*names)
        (name,) = names
        if name not in self._telling:
            idea = ideas()[name]
            may = self._that_may_tell(idea)
            self._telling[name] = tuple(row for row in may if idea.phrases or idea.told_in(told(row)))
        return self._telling[name]

    def _that_may_tell(self, idea: Idea) -> Iterator[Entry]:
        """The entries that have all words of some phrase of an idea. Each is asked while few ideas were sought."""
        if len(self._telling) < FEW_IDEAS:
            return (row for row, possible in self._possible if possible & idea.bit)
        return (self.timeline.entries[place] for place in self._may_tell.get(idea.bit, ()))

    @cached_property
    def _possible(self) -> Sequence[tuple[Entry, int]]:
        """The entries, each with the ideas of which it may tell."""
        ideas().keep(told(entry) for entry in self.timeline.entries)
        return [(entry, ideas().possible(told(entry))) for entry in self.timeline.entries]

    def rows(self, *ideas: str, types: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        """Entries, in order, that tell of one of these ideas, or speak of an event of one of `types`, whatever its status.

        A rule that begins with them looks at a few rows instead of all."""
        found = {entry.id for entry in self.timeline.recording(*types, status=None)}
        found.update(entry.id for name in ideas for entry in self.telling(name))
        return tuple(self.in_order(found))

    def in_order(self, ids: Iterable[str]) -> list[Entry]:
        """The entries with these ids, in the order of the timeline."""
        return [self.timeline.entries[place] for place in sorted(map(self._place.__getitem__, ids))]

    @cached_property
    def _may_tell(self) -> Mapping[int, Sequence[int]]:
        """The places of the entries that have all words of some phrase of an idea, by the bits of ideas."""
        places: dict[int, list[int]] = defaultdict(list)
        for place, (entry, _) in enumerate(self._possible):
            for idea in ideas().of(told(entry)):
                places[idea.bit].append(place)
        return places

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {entry.id: place for place, entry in enumerate(self.timeline.entries)}

    @cached_property
    def serious(self) -> Track:
        """Entries that record something serious: injury, weapon, arrest, missing, disclosure, death."""
        return Track(entry for entry in self.timeline.entries if weight(entry) >= 3)

    # ------------------------------------------------------------------------------------------ about whom, when

    def same_child(self, one: Entry, other: Entry) -> bool:
        """True unless the two rows are surely about different children."""
        return not one.subjects or not other.subjects or any(child in other.subjects for child in one.subjects)

    def covers(self, agency: str, when: When) -> bool:
        """True if this agency's return is there and can be expected to hold what happened then.

        It can for the review period, and for earlier days as far back as its own rows go; not for days for which it
        declares to have been without contact.
        """
        if agency not in self.timeline.returned or not when.known:
            return False
        first, end = self._first_day(agency), self.timeline.case.end
        if end and when.earliest > end:
            return False
        if first and when.latest < first:
            return False
        return not any(declared.when.may_overlap(when) for declared in self.declared(agency))

    def declared(self, agency: str) -> Track:
        """The dated rows in which an agency declares to have been without contact."""
        return self.track(("declared", agency), lambda: (row for row in self.timeline.of(agency) if row.declares))

    def extent(self, agency: str) -> tuple[date | None, date | None]:
        """The first and the last day that the dated rows of an agency can mean."""
        if agency not in self._extents:
            self._extents[agency] = facts(self.agency(agency).entries)
        return self._extents[agency]

    def _first_day(self, agency: str) -> date | None:
        own = self.agency(agency).entries
        start = self.timeline.case.start
        days = [day for day in (own[0].when.earliest if own else None, start) if day]
        return min(days) if days else None

    def agency_child(self, agency: str, child: str) -> Track:
        """The dated entries of one agency that are about this child, or do not say about whom."""
        rows = self.track(("a child", agency), lambda: (row for row in self.about_a_child if row.agency == agency))
        return rows.of_children((child,))

    @cached_property
    def about_a_child(self) -> tuple[Entry, ...]:
        """The entries that are about somebody, and not about everybody or nothing."""
        return tuple(entry for entry in self.timeline.entries if not entry.declares and not for_everybody(entry))

    @cached_property
    def weighty(self) -> Track:
        """Entries that record a concern, a formal step, or something serious."""
        return Track(entry for entry in self.timeline.entries if weight(entry) >= 2)

    def others_meanwhile(self, entry: Entry, first: date, last: date, least: int = 2) -> list[Entry]:
        """Rows of other agencies about the same child, of at least this weight, that lie surely from `first` to `last`."""
        track = self.serious if least >= 3 else self.weighty
        return [
            other
            for other in track.about(entry).between(first, last)
            if other.agency != entry.agency and other.when.within(first, last)
        ]

    def child_meant(self, entry: Entry) -> tuple[str, ...]:
        """The children a row is about; where its return names none at all, the one child of the rows that are linked to it."""
        return entry.subjects or self._child_of_file.get(entry.source.file, ())

    @cached_property
    def _child_of_file(self) -> Mapping[str, tuple[str, ...]]:
        """The child that all linked rows of others name, for each return that names no child."""
        named = {entry.source.file for entry in self.timeline.entries if entry.subjects}
        meant: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for entry in self.timeline.entries:
            if entry.source.file not in named:
                meant[entry.source.file].update(row.subjects for row in self.timeline.linked(entry) if row.subjects)
        return {
            file: next(iter(children))
            for file, children in meant.items()
            if len(children) == 1 and children.total() >= AGAIN and len(next(iter(children))) == 1
        }

    def children(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """The subjects these rows are about, in the order of the case."""
        seen = {subject for entry in entries for subject in entry.subjects}
        return tuple(subject.id for subject in self.timeline.case.subjects if subject.id in seen)


told: Callable[[Entry], str] = attrgetter("told")
"""What a row tells, without the columns of who and where: kind, text, outcome, action, reason. Asked millions of times."""


def result(entry: Entry) -> str:
    """What the row says came of it: outcome, action, reason."""
    return " · ".join(part for name in TELLING[1:] if (part := entry.fields.get(name, "")))


def weight(entry: Entry) -> int:
    """How serious the gravest thing is that the row says took place."""
    return max((event.weight for event in entry.events if event.status == "occurred"), default=0)


def for_everybody(entry: Entry) -> bool:
    """True if the row is about no child in particular: a mailing, a drill, a programme sent to all. 'All', where the case
    has several children, are those of the family."""
    subject = entry.fields.get("subject", "")
    return bool(
        (EVERYBODY.match(subject) and len(entry.subjects) < 2)
        or (not subject and tells("everybody", told(entry)) and TO_EVERYBODY.search(entry.text))
    )


def names_a_child(entry: Entry) -> bool:
    """True if the row itself names a child of the case."""
    return any(mention.kind == "subject" and mention.text for mention in entry.mentions)


def subjects_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The subjects these rows are about, in the order in which the rows name them."""
    return tuple(dict.fromkeys(subject for entry in entries for subject in entry.subjects))


def date_in_doubt(entry: Entry) -> bool:
    """True if the file itself speaks against the date: a slipped year, day and month exchanged."""
    return any(note.startswith(("year-slip", "swapped", "month-first")) for note in entry.when.notes)


def date_of(event: Event, entry: Entry) -> When:
    """When an event was: as its own words date it, else as the row does."""
    return event.when if event.when and event.when.known else entry.when


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """Each row once, in the order first met."""
    return list({entry.id: entry for entry in entries}.values())


def facts(entries: Sequence[Entry]) -> tuple[date | None, date | None]:
    """The days on which these rows' facts lie: first to last."""
    firsts = [entry.when.start for entry in entries if entry.when.start]
    lasts = [entry.when.end for entry in entries if entry.when.end]
    return (min(firsts) if firsts else None), (max(lasts) if lasts else None)


def by_file(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The rows of each file, files by name, rows as they stand in it."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.source.file].append(entry)
    return [
        (file, sorted(groups[file], key=lambda entry: (entry.source.sheet, entry.source.row)))
        for file in sorted(groups)
    ]
