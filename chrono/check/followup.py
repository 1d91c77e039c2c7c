"""What must follow what, by whom and by when: expectations.yaml, and what the case adds to it.

A trigger row starts a clock. The duty is met by a row of the expected kind about the same child, wherever it stands; it
ends early where a later row ends the state it belongs to (a plan, being looked after). Judged in three values, because
the dates of trigger and answer may be uncertain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.view import View, date_of, facts, told, unique
from chrono.check.wording import all_say, ask, counted, days, listed, named, says
from chrono.check.workdays import Kept, Limit
from chrono.model import Entry, Finding, Severity, Timeline, When, day_after, short_day
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("expectations.yaml")
LISTS = ("trigger", "expected", "by", "answered_by", "until", "counted_from")
PLAIN = (
    "id",
    "rule",
    "says",
    "words",
    "unless",
    "answer_unless",
    "source",
    "verified",
    "active",
    "severity",
    "state",
    "late_only",
    "each_child",
)
PATTERNS = {"words", "unless", "answer_unless"}
"""Keys that may list several patterns, of which one is enough."""
MATTERS = ("section-47", "complaint", "complaint-reply")
"""What is closed by itself, while the work with the child goes on."""
NOT_DONE = ("planned", "cancelled", "did-not-happen")
NOT_TO_BE = ("cancelled", "did-not-happen")
DECIDED_WITHIN = 31
LED_TO = 62
"""Days within which an earlier event is taken to have led to the trigger."""
NAMES_THE_ASKING = re.compile(
    r"\b(?:letter|complaint|e-?mail|message|call|request|referral|enquiry|query|notice|notification|report|form|contact|concerns?"
    r"|questions?|points)(?: of complaint)?,? (?:(?:dated|made|sent|received|raised|of|from|on|in) )+(?:the )?$"
    r"|\b(?:wrote|written|complained|asked|rang|phoned|e-?mailed|raised|said|put|sent|told us)(?: to us| in| about it)? "
    r"(?:on|of|dated|in) (?:the )?$",
    re.IGNORECASE,
)
"""Before a day in an answer: it is the day of what is answered."""
MOST = 20
"""Most rows one finding cites; a longer series is told in several findings."""


@dataclass(frozen=True)
class Expectation:
    """One duty: after one of `trigger`, one of `expected` within `limit`, held by agencies of the kinds in `by`."""

    id: str
    rule: str
    trigger: tuple[str, ...]
    expected: tuple[str, ...]
    says: str
    limit: Limit
    by: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    """Events that show the duty was seen to, although it was not done: offered, declined, cancelled for a reason."""
    until: tuple[str, ...] = ()
    """Events that end the duty before it falls due."""
    state: bool = False
    """True if the trigger begins a state that lasts until one of `until`: while it lasts, the words start no new clock."""
    late_only: bool = False
    """True if only a late answer is reported: returns often leave the step out, so that its absence says nothing."""
    each_child: bool = False
    """True if a row about several children owes it to each of them: what was done for one is not done for the other."""
    counted_from: tuple[str, ...] = ()
    """Events from the last of which before the trigger the clock runs, where one is near enough to have led to it."""
    words: str = ""
    """A pattern that the trigger's row must contain."""
    unless: str = ""
    """A pattern that the trigger's row must not contain."""
    answer_unless: str = ""
    """A pattern of a row that speaks of what is expected and is not yet it: asked for, waiting, put off."""
    in_force: tuple[date | None, date | None] = (None, None)
    source: str = ""
    verified: bool = False
    active: bool = True
    severity: Severity | None = None


@dataclass(frozen=True)
class Due:
    """One trigger and what became of it. `done` is the first row that answers, if there is any."""

    expectation: Expectation
    trigger: Entry
    when: When
    done: Entry | None
    kept: Kept
    by: date
    origin: Entry | None = None
    """The earlier row from which the clock runs, where it is not the trigger's own."""
    accounts: Sequence[Entry] = ()
    """Other rows that record the same trigger."""


@cache
def built_in() -> tuple[Expectation, ...]:
    """The duties that come with chrono, in the order of the file."""
    content = words_of(FILE)
    return tuple(_read(each) for each in content["expectations"])


def expectations(timeline: Timeline) -> tuple[Expectation, ...]:
    """The duties that hold in this case: the built-in ones, changed and added to by case.yaml, without those put off."""
    known = {each.id: each for each in built_in()}
    for given in timeline.case.expectations:
        known[given["id"]] = _read(given, known.get(given["id"]))
    return tuple(each for each in known.values() if each.active)


def judged(timeline: Timeline, rule: str) -> Iterator[Due]:
    """Every trigger of the duties that report under `rule`, with what became of it. Kept ones are included."""
    view = View.of(timeline)
    for each in expectations(timeline):
        if each.rule == rule and _somebody_holds_it(each, view):
            yield from _each_trigger(each, view)


def findings(timeline: Timeline, rule: str) -> Iterator[Finding]:
    """The duties that were surely or perhaps not kept, one finding for each kind of duty, child and manner."""
    groups: dict[tuple[str, tuple[str, ...], bool, bool], list[Due]] = defaultdict(list)
    for due in judged(timeline, rule):
        if due.kept != "kept":
            groups[due.expectation.id, due.trigger.subjects, due.done is None, due.kept == "passed"].append(due)
    for group in groups.values():
        for start in range(0, len(group), MOST):
            yield _finding(group[start : start + MOST], timeline)


def _read(given: Mapping[str, Any], base: Expectation | None = None) -> Expectation:
    values: dict[str, Any] = {key: given[key] for key in PLAIN if key in given}
    for key in PATTERNS & values.keys():
        values[key] = values[key] if isinstance(values[key], str) else "|".join(values[key])
    for key in LISTS:
        if key in given:
            values[key] = (given[key],) if isinstance(given[key], str) else tuple(given[key])
    if "limit" in given:
        values["limit"] = Limit(given["limit"]["value"], given["limit"]["unit"])
    if "in_force" in given:
        values["in_force"] = (given["in_force"].get("from"), given["in_force"].get("to"))
    if base:
        return replace(base, **values)
    values.setdefault("rule", "step-not-recorded")
    values.setdefault("says", listed((kind.replace("-", " ") for kind in values["expected"]), "or"))
    return Expectation(**values)


def _somebody_holds_it(each: Expectation, view: View) -> bool:
    """True if an agency that should hold the answer has returned: nothing can be missed in a return that is not there."""
    return not each.by or bool(view.of_kinds(*each.by, returned=True))


def _each_trigger(each: Expectation, view: View) -> list[Due]:
    last_days: dict[tuple[str, ...], tuple[When, list[Entry]]] = {}
    found: list[Due] = []
    begun: list[tuple[Entry, When]] = []
    for entry in view.recording(*each.trigger):
        events = [event for event in entry.events_of(*each.trigger) if event.sure]
        if not events or not _meant(each, entry):
            continue
        when = date_of(events[0], entry)
        if when.end is None or when.start is None or (when.end - when.start).days > 200 or not _in_force(each, when):
            continue
        same = last_days.get(entry.subjects)
        if same and same[0].may_overlap(when, slack=3):
            same[1].append(entry)
            continue
        if _lasting(each, entry, when, begun, view):
            continue
        accounts: list[Entry] = []
        last_days[entry.subjects] = when, accounts
        begun.append((entry, when))
        origin = _origin(each, entry, when, view)
        dues = _for_whom(each, entry, origin.when if origin else when, view)
        found += (replace(due, origin=origin, accounts=accounts) for due in dues)
    return found


def _for_whom(each: Expectation, entry: Entry, when: When, view: View) -> list[Due]:
    """What became of a trigger: once for all its children, or for each of them where they fare differently."""
    due = _judge(each, entry, when, view)
    if not each.each_child or len(entry.subjects) < 2:
        return [due] if due else []
    alone = [_judge(each, replace(entry, subjects=(child,)), when, view) for child in entry.subjects]
    one_answer = len({(one.kept, one.done.id if one.done else "") if one else None for one in alone}) == 1
    return [one for one in ((due,) if one_answer else alone) if one]


def _lasting(each: Expectation, entry: Entry, when: When, begun: Sequence[tuple[Entry, When]], view: View) -> bool:
    """True if the trigger is a state that this child is in already: begun before, and not ended by the day of `when`."""
    if not each.state:
        return False
    last = next((start for row, start in reversed(begun) if view.same_child(row, entry)), None)
    if last is None:
        return False
    return _first(view.recording(*each.until).about(entry).between(last.earliest, when.earliest), entry) is None


def _origin(each: Expectation, entry: Entry, when: When, view: View) -> Entry | None:
    """The row that started what the trigger ends, if the clock runs from it: the latest before it, on a certain day."""
    if not each.counted_from or when.start is None or entry.records(*each.counted_from):
        return None
    before = view.recording(*each.counted_from).about(entry).between(day_after(when.start, -LED_TO), when.start)
    rows = [row for row in before if row.when.is_day and row.agency == entry.agency]
    return rows[-1] if rows else None


def _meant(each: Expectation, entry: Entry) -> bool:
    text = told(entry)
    if each.words and not re.search(each.words, text, re.IGNORECASE):
        return False
    return not (each.unless and re.search(each.unless, text, re.IGNORECASE))


def _in_force(each: Expectation, when: When) -> bool:
    return when.within(*each.in_force) is True


def _judge(each: Expectation, entry: Entry, when: When, view: View) -> Due | None:
    assert when.start
    assert when.end
    latest_due = each.limit.due(when.end)
    answer = _answer(each, entry, when, view)
    if answer and (ended := _first(_ends(each, entry, when.start, answer.when.earliest, view), entry)):
        answer = None if ended.id != answer.id else answer
    if answer is None and each.late_only:
        return None
    kept: Kept = each.limit.judge(when, _answer_date(each, answer)) if answer else "passed"
    if kept == "kept" or (answer and kept == "perhaps" and not _rather_late(each, when, answer)):
        return Due(each, entry, when, answer, "kept", latest_due)
    if _ended_early(each, entry, when, latest_due, view) or _beyond_the_data(view, latest_due):
        return None
    return Due(each, entry, when, answer, kept, latest_due)


def _answer(each: Expectation, entry: Entry, when: When, view: View) -> Entry | None:
    """The first row that meets the duty: the expected event, or one that shows it was seen to."""
    assert when.start
    wanted = (*each.expected, *each.answered_by)
    rows = view.recording(*each.expected).about(entry).between(when.start, date.max) if each.expected else []
    seen_to = view.speaking_of(*each.answered_by).about(entry) if each.answered_by else None
    others = seen_to.between(when.start, date.max) if seen_to else []
    same_kind = bool(set(each.trigger) & set(each.expected))
    for row in sorted((*rows, *others), key=lambda row: row.when.sort_key):
        events = row.events_of(*wanted, status=None)
        own = row.id == entry.id and (same_kind or bool(each.words))
        again = own or (same_kind and row.when.may_overlap(when, slack=3))
        if events and not again and not _not_yet(each, row):
            return row
    return None


def _not_yet(each: Expectation, row: Entry) -> bool:
    return bool(each.answer_unless) and re.search(each.answer_unless, told(row), re.IGNORECASE) is not None


def _rather_late(each: Expectation, when: When, answer: Entry) -> bool:
    """True if the middle of what the two dates can mean lies past the limit: month against month is no lateness."""
    done = _answer_date(each, answer)
    if when.start is None or when.end is None or done.start is None or done.end is None:
        return False
    trigger = when.start + (when.end - when.start) / 2
    return done.start + (done.end - done.start) / 2 > each.limit.due(trigger)


def _answer_date(each: Expectation, answer: Entry) -> When:
    """The day of the answer; a day by which it names what it answers ('reply to the letter of 4 May') is not its own."""
    event = answer.events_of(*each.expected, *each.answered_by, status=None)[0]
    of_the_asking = any(
        mention.when == event.when and NAMES_THE_ASKING.search(answer.text[: mention.begin]) for mention in answer.dates
    )
    return answer.when if of_the_asking else date_of(event, answer)


def _ended_early(each: Expectation, entry: Entry, when: When, due: date, view: View) -> bool:
    assert when.start
    return _first(_ends(each, entry, when.start, due, view), entry) is not None


def _ends(each: Expectation, entry: Entry, first: date, last: date, view: View) -> Iterator[Entry]:
    """The rows of some days that end a duty. A case is closed by the agency that owes it; an enquiry or a complaint that is
    closed is not the case."""
    holders = view.of_kinds(*each.by) if each.by else ()
    closers = (entry.agency,) if entry.agency in holders else holders
    for row in view.recording(*each.until).about(entry).between(first, last):
        of_a_matter = (closers and row.agency not in closers) or row.records(*MATTERS)
        if not of_a_matter or row.records(*(kind for kind in each.until if kind != "closure")):
            yield row


def _first(rows: Iterable[Entry], entry: Entry) -> Entry | None:
    return next((row for row in rows if row.id != entry.id), None)


def _beyond_the_data(view: View, due: date) -> bool:
    """True if the limit ended after the period, so that its answer need not be in the returns."""
    last = view.timeline.period[1]
    return last is not None and due > last


def _finding(group: Sequence[Due], timeline: Timeline) -> Finding:
    first = group[0]
    each, view = first.expectation, View.of(timeline)
    holders = view.of_kinds(*each.by, returned=True)
    answers = [due.done for due in group if due.done]
    rows = [row for due in group for row in (due.origin, due.trigger) if row]
    pending = unique(row for due in group for row in _still_to_come(due, view))[-MOST:]
    told_too = [row for entry in (*rows, *answers) for row in timeline.linked(entry) if row.agency != entry.agency]
    told_too = [*(row for due in group for row in due.accounts if row.agency != due.trigger.agency), *told_too]
    shown = unique((*rows, *answers, *pending, *told_too[:MOST]))
    sure = first.kept == "passed"
    return Finding(
        _title(group),
        cites=tuple(entry.source for entry in shown),
        explanation=" ".join(
            (
                _told(group),
                *(_worked_out(due) for due in group[:5]),
                _absent(group, timeline, holders),
                *_pending(pending),
                *_also(told_too),
            )
        ),
        settle=ask(timeline, holders, f"the record of {each.says}, or the reason why there was none"),
        agencies=tuple(dict.fromkeys((*(row.agency for row in rows), *holders))),
        expected_from=holders if not answers else (),
        subjects=view.children(rows),
        period=(facts(rows)[0], max(due.by for due in group)),
        certainty="definite" if sure and each.verified else "possible",
        severity=each.severity if sure and not _return_ends(group, view) else "low",
        basis=each.source or None,
    )


def _return_ends(group: Sequence[Due], view: View) -> bool:
    """True if nothing is missing but the rest: no later row of the agency about the child lies after the limit."""
    due = group[-1]
    rows = view.agency(due.trigger.agency).about(due.trigger).between(day_after(due.by), date.max)
    return due.done is None and len(group) == 1 and not rows


def _title(group: Sequence[Due]) -> str:
    each, first = group[0].expectation, group[0]
    if len(group) > 1:
        what = "late or perhaps late" if first.done else "with no record of it"
        return f"{len(group)} times {each.says} was due within {each.limit} and is {what}"
    if first.done:
        late = "later than" if first.kept == "passed" else "perhaps later than"
        return f"{each.says[:1].upper()}{each.says[1:]} came {late} {each.limit} after {short_day(first.when.earliest)}"
    return f"No record of {each.says} after {short_day(first.when.earliest)}"


def _told(group: Sequence[Due]) -> str:
    return all_say([row for due in group for row in (due.origin, due.trigger) if row])


def _worked_out(due: Due) -> str:
    if not due.done:
        return f"Counted from {due.when}, {due.expectation.limit} ended on {short_day(due.by)}."
    assert due.when.end
    limit = f"{due.expectation.limit} ended on {short_day(due.by)}"
    if due.when.is_day and due.done.when.is_day:
        return f"{says(due.done)} That is {counted(due.when.end, due.done.when.earliest)}; {limit}."
    least, most = due.when.days_until(due.done.when)
    return f"{says(due.done)} That is {days(max(least, 0), most)} later; {limit} at the latest."


def _still_to_come(due: Due, view: View) -> list[Entry]:
    """Later rows that speak of what was due as planned, put off or not done; where it was done late, those of the weeks after
    the limit that say that it was not to be."""
    if due.trigger.when.start is None:
        return []
    last = min(due.done.when.earliest, day_after(due.by, DECIDED_WITHIN)) if due.done else date.max
    states = NOT_TO_BE if due.done else NOT_DONE
    later = view.speaking_of(*due.expectation.expected).about(due.trigger).between(due.trigger.when.start, last)
    return [
        row
        for row in later
        if row.id not in (due.trigger.id, due.done.id if due.done else "")
        and any(event.status in states for event in row.events_of(*due.expectation.expected, status=None))
    ]


def _pending(rows: Sequence[Entry]) -> Iterator[str]:
    if rows:
        yield f"Rows that speak of it without its being done: {all_say(rows)}"


def _also(rows: Sequence[Entry]) -> Iterator[str]:
    """Other agencies' accounts of the events that the clock was read from."""
    if rows:
        yield f"Of the same events: {all_say(unique(rows))}"


def _absent(group: Sequence[Due], timeline: Timeline, holders: Sequence[str]) -> str:
    if group[0].done:
        return ""
    where = f"in the return of {named(timeline, holders, 'or')}" if holders else "in any return"
    return f"No row {where}, or of anybody else, records {group[0].expectation.says}."
