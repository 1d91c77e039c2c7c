"""States that last: from the rows that open and close them, as intervals that stay open where no row closes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chrono.model import Entry, Episode, Event, Timeline, When
from chrono.vocabulary import words as words_of

Side = Literal["opens", "closes"]

FROM_TO = re.compile(r"\b(?:to|until|till|between|from)\b|\d\s*[-–]\s*\d", re.IGNORECASE)
"""Words of a date that has a beginning and an end, unlike 'early June', which is one day nobody knows."""

LATE = 31
"""Days within which another agency's row of a move or a new worker tells of the same one."""


@dataclass(frozen=True, slots=True)
class State:
    """A kind of state: which events open and close it, given as type -> outcomes that count, () for any."""

    name: str
    opens: Mapping[str, tuple[str, ...]]
    closes: Mapping[str, tuple[str, ...]]
    of_agency: bool
    follows: bool
    repeats: bool
    label: str
    alone: frozenset[str] = frozenset()
    """Closing events that say, even where no row opened the state, that it lasted until then."""
    by: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    longest: int = 0
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that opens or closes a state, on its own date or else its entry's."""

    entry: Entry
    event: Event
    side: Side
    when: When
    label: str


@dataclass(slots=True)
class Course:
    """One child's (and for some states one agency's) episodes of one state, while the rows are gone through."""

    state: State
    subject: str
    agency: str
    done: list[Episode] = field(default_factory=list)
    open: list[Episode] = field(default_factory=list)
    about: dict[str, frozenset[str]] = field(default_factory=dict)
    """For each opening row, the incidents and references it names."""


def episodes(timeline: Timeline) -> tuple[Episode, ...]:
    """Every episode the rows tell of, by kind, subject and start. Undated rows, counts and what was only planned open none."""
    linked = _linked(timeline)
    found = [
        episode
        for (name, subject, agency), turns in _turns(timeline).items()
        for episode in _course(Course(states()[name], subject, agency), turns, linked)
    ]
    return tuple(
        sorted(
            found, key=lambda one: (one.kind, one.subject, one.start.sort_key, one.agency, one.label, one.opened or "")
        )
    )


# ---------------------------------------------------------------------------------------------- the rows that count


def _turns(timeline: Timeline) -> Mapping[tuple[str, str, str], list[Turn]]:
    """What opens or closes each state of each child, in the timeline's order."""
    whole = timeline.case.subjects[0].id if len(timeline.case.subjects) == 1 else ""
    found: dict[tuple[str, str, str], list[Turn]] = defaultdict(list)
    kinds = {agency.id: agency.kind for agency in timeline.case.agencies}
    for entry in timeline.entries:
        for event in entry.events:
            for state, side in _states_of(event, entry, kinds.get(entry.agency, "")):
                when = event.when or entry.when
                if not when.known:
                    continue
                turn = Turn(entry, event, side, when, _label(state, entry, event))
                for subject in entry.subjects or (whole,):
                    found[state.name, subject, entry.agency if state.of_agency else ""].append(turn)
    return found


def _states_of(event: Event, entry: Entry, agency_kind: str) -> Iterator[tuple[State, Side]]:
    """The states an event opens or closes. Only what occurred, and a single time, does."""
    if event.status != "occurred" or event.count not in (None, (1, 1)):
        return
    for state, side in _by_type().get(event.type, ()):
        by = state.only.get(event.type, ()) or state.by
        if (not (by and agency_kind) or agency_kind in by) and _counts(state, side, event, entry):
            yield state, side


def _counts(state: State, side: Side, event: Event, entry: Entry) -> bool:
    """True if the event's outcome, words and direction are those that open or close the state."""
    outcomes = (state.opens if side == "opens" else state.closes)[event.type]
    sent = event.type in state.received and event.to_agency not in (None, entry.agency)
    refused = side == "opens" and event.outcome in state.refused.get(event.type, ())
    fitting = not outcomes or event.outcome in outcomes
    return fitting and not sent and not refused and _in_words(event, state.words.get(event.type, ()))


def _in_words(event: Event, words: Sequence[str]) -> bool:
    return not words or any(word in event.words.lower() for word in words)


def _label(state: State, entry: Entry, event: Event) -> str:
    if state.label == "type":
        return event.type
    if state.label == "place":
        return entry.fields.get("location", "").strip()
    if state.label == "worker":
        named = [mention for mention in entry.mentions if mention.kind in ("role", "person")]
        beside = [mention for mention in named if mention.column in ("text", "worker")]
        return next((mention.actor for mention in sorted(beside, key=lambda one: one.column)), "")
    return ""


def _linked(timeline: Timeline) -> Mapping[str, frozenset[str]]:
    """For each entry the entries that record the same event."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in timeline.links:
        for id_ in link.entries:
            found[id_].update(link.entries)
    return {id_: frozenset(ids) for id_, ids in found.items()}


# ------------------------------------------------------------------------------------------------------ one course


def _course(course: Course, turns: Sequence[Turn], linked: Mapping[str, frozenset[str]]) -> list[Episode]:
    """Goes through the turns day by day and pairs each closing with what is open."""
    by_day: dict[date, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_day[turn.when.start or turn.when.latest].append(turn)
    for day in sorted(by_day):
        _give_up(course, day)
        for turn in _in_order(by_day[day], already_open=bool(course.open)):
            _take(course, turn, linked)
    return course.done + course.open


def _give_up(course: Course, day: date) -> None:
    """What cannot have lasted until this day has ended, though no row says when."""
    longest = course.state.longest
    over = [episode for episode in course.open if longest and (day - episode.start.latest).days > longest]
    course.open = [episode for episode in course.open if episode not in over]
    course.done.extend(over)


def _in_order(turns: Sequence[Turn], *, already_open: bool) -> list[Turn]:
    """A day's turns: by the clock where they have a time. Without one, a closing ends what was open before that day, or
    else what the day opened."""
    untimed_closing = "00:00" if already_open else "99:99"

    def clock(turn: Turn) -> tuple[str, bool]:
        untimed = untimed_closing if turn.side == "closes" else "00:01"
        return turn.when.start_time or untimed, turn.side == "closes"

    return sorted(turns, key=clock)


def _take(course: Course, turn: Turn, linked: Mapping[str, frozenset[str]]) -> None:
    if turn.side == "closes":
        _close(course, turn)
        return
    _sharpen(course, turn)
    if any(_same(course, episode, turn, linked) for episode in (*course.open, *course.done[-1:])):
        return
    if course.open and not (course.state.follows or course.state.repeats):
        return
    if course.state.follows:
        _close(course, turn)
    course.about[turn.entry.id] = _incidents(course, turn)
    opened = Episode(
        course.state.name, course.subject, turn.entry.agency, _start(turn), _end(turn), turn.entry.id, None, turn.label
    )
    if opened.end.known:
        course.done.append(replace(opened, closed=turn.entry.id))
    else:
        course.open.append(opened)


def _sharpen(course: Course, turn: Turn) -> None:
    """A start known only roughly ('2015') gives way to a row that knows it better and lies inside it."""
    last = course.open[-1] if course.open else None
    if (
        last is None
        or last.start.start is None
        or last.start.end is None
        or not turn.when.within(last.start.start, last.start.end)
    ):
        return
    if turn.when.is_day and not last.start.is_day and not course.state.repeats:
        course.open[-1] = replace(last, start=turn.when, opened=turn.entry.id, agency=turn.entry.agency)


def _same(course: Course, episode: Episode, turn: Turn, linked: Mapping[str, frozenset[str]]) -> bool:
    """True if a row tells of an episode that another row has opened: linked to it, or on the same day or inside it."""
    if episode.opened == turn.entry.id or episode.opened in linked.get(turn.entry.id, ()):
        return True
    if course.state.label and episode.label != turn.label:
        return False
    if not course.state.repeats:
        return course.state.follows and episode in course.open and (bool(turn.label) or _told_again(episode, turn))
    inside = episode.end.known and episode.start.earliest <= turn.when.earliest <= episode.end.latest
    same_day = episode.start.may_overlap(turn.when) and not (episode.start.start_time and turn.when.start_time)
    return (inside and not turn.when.start_time) or (same_day and episode in course.open)


def _told_again(episode: Episode, turn: Turn) -> bool:
    """True if another agency writes, within some weeks, of what is probably the same change."""
    return episode.agency != turn.entry.agency and episode.start.may_overlap(turn.when, slack=LATE)


def _close(course: Course, turn: Turn) -> None:
    """Ends what is open. A closing with nothing open is the end of an episode whose beginning no row tells."""
    fitting = [episode for episode in course.open if turn.side == "opens" or _concerns(course, episode, turn)]
    if fitting:
        course.open.remove(fitting[-1])
        course.done.append(replace(fitting[-1], end=turn.when, closed=turn.entry.id))
    elif not course.open and turn.event.type in course.state.alone and not _just_closed(course, turn):
        unknown = When.unknown("")
        course.done.append(
            Episode(
                course.state.name,
                course.subject,
                turn.entry.agency,
                unknown,
                turn.when,
                None,
                turn.entry.id,
                turn.label,
            )
        )


def _concerns(course: Course, episode: Episode, turn: Turn) -> bool:
    """True if a closing may be about what opened the episode: for some, only if their rows name the same incident."""
    if turn.event.type not in course.state.matter:
        return True
    here = _incidents(course, turn)
    others = {event.type for event in turn.entry.events} - set(course.state.closes)
    same_row = episode.opened == turn.entry.id
    return same_row or not others or bool(here & course.about.get(episode.opened or "", frozenset()))


def _incidents(course: Course, turn: Turn) -> frozenset[str]:
    """The incidents and references a row names, but for the arrest or the like that is the state itself."""
    types = {event.type for event in turn.entry.events if event.nature == "incident"} - set(course.state.opens)
    return frozenset(types) | frozenset(turn.event.references)


def _just_closed(course: Course, turn: Turn) -> bool:
    """True if the last episode was closed on about that day: two rows tell of one ending."""
    return bool(course.done) and course.done[-1].end.may_overlap(turn.when, slack=3)


def _start(turn: Turn) -> When:
    when = turn.when
    if _is_span(turn):
        return replace(when, end=when.start, precision="day")
    return when


def _end(turn: Turn) -> When:
    """The end that the opening row itself gives: 'missing 12/10 to 16/10'."""
    when = turn.when
    return replace(when, start=when.end, precision="day") if _is_span(turn) else When.unknown("")


def _is_span(turn: Turn) -> bool:
    """True if the row's dates are the beginning and the end of the episode, and not one uncertain day."""
    when = turn.when
    return (
        turn.event.type == "missing"
        and when.precision == "range"
        and not when.approximate
        and None not in (when.start, when.end)
        and FROM_TO.search(when.text) is not None
    )


# ------------------------------------------------------------------------------------------------------- the states


@cache
def states() -> Mapping[str, State]:
    """The kinds of state as episodes.yaml lists them."""
    given = words_of(Path(__file__).with_name("episodes.yaml"))
    return {name: _state(name, about) for name, about in given.items()}


def _state(name: str, about: Mapping[str, Any]) -> State:
    return State(
        name=name,
        opens=_sides(about, "opens"),
        closes=_sides(about, "closes"),
        of_agency=about["of"] == "agency",
        follows=about.get("follows", False),
        repeats=about.get("repeats", False),
        label=about.get("label", ""),
        alone=frozenset(about.get("alone", ())),
        by=tuple(about.get("by", ())),
        received=tuple(about.get("received", ())),
        matter=tuple(about.get("matter", ())),
        longest=about.get("longest", 0),
        words=_by_kind(about, "words"),
        refused=_by_kind(about, "refused"),
        only=_by_kind(about, "only"),
    )


def _by_kind(about: Mapping[str, Any], key: str) -> Mapping[str, tuple[str, ...]]:
    return {type_: tuple(listed) for type_, listed in about.get(key, {}).items()}


def _sides(about: Mapping[str, Any], side: Side) -> Mapping[str, tuple[str, ...]]:
    with_outcome = about.get("outcomes", {}).get(side, {})
    return {**dict.fromkeys(about[side], ()), **{type_: tuple(outcomes) for type_, outcomes in with_outcome.items()}}


@cache
def _by_type() -> Mapping[str, tuple[tuple[State, Side], ...]]:
    found: dict[str, list[tuple[State, Side]]] = defaultdict(list)
    for state in states().values():
        for type_ in state.closes:
            found[type_].append((state, "closes"))
        for type_ in state.opens:
            found[type_].append((state, "opens"))
    return {type_: tuple(sides) for type_, sides in found.items()}
