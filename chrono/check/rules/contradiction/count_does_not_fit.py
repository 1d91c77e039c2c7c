"""A number that a row states, and the rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from chrono.check.counts import Statement, counted_rows, days_of, statements, total
from chrono.check.nth_calls import NthCall, nth_calls, rows_of_calls
from chrono.check.pairs import near_pairs, nearest
from chrono.check.rule import rule
from chrono.check.shares import Share, shares
from chrono.check.told_counts import ToldCount, told_counts
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask, days, named, says
from chrono.model import Entry, Finding, Timeline, day_after, short_day

MOST = 23
OWN_WORK = ("session", "visit", "appointment")
"""Kinds of which each service has its own: those of another are not what it counts."""
SAME_TIME = 14
"""Days within which two shares of attendance are taken to be of the same time."""
SAME_WEEKS = 31
"""Days within which two agencies' numbers since one day are laid side by side."""


@rule("C12", needs="typed", severity="medium")
def count_does_not_fit(timeline: Timeline, *, points: int = 8) -> Iterator[Finding]:
    """Totals, counts and shares do not agree with the rows, or with each other.

    Finds: a row that says how often something happened (ten missing episodes, 12 exclusions over 32 days), when the rows of
    that kind in the same return, or else in another, come to another number; a row by which it is the fifth call of its agency
    to another since a month it names, when neither of the two records as many; a number of what the agency's rows are headed
    with (16 stays), of what another does (one police call-out since the birth), of times that the child was seen or that it
    happened in a month, or a part that was attended, which the rows surely exceed or fall short of; and two
    agencies' shares of attendance of the same time (84 and 58 per cent) that differ by `points` or more; and two agencies'
    numbers of one kind since the same day (since the placement) that differ by more than came between.
    Why it matters: one of the two is what others were told.
    Stays silent when: the rows agree; there are no single rows to count (the summary is all there is); the number is vague;
    the time it speaks of begins before the rows do; one share is of a week and the other of the year.
    """
    view = View.of(timeline)
    yield from _shares_differ(view, points)
    yield from _too_few_calls(view)
    told = list(statements(timeline))
    differing = list(_two_numbers(told, view))
    for first, last in differing:
        yield _two_numbers_finding(first, last, timeline)
    settled = {one.entry.id for pair in differing for one in pair}
    yield from _by_kind_of_event([one for one in told if one.entry.id not in settled], view)
    yield from _by_sentence(view)


def _two_numbers(told: Iterable[Statement], view: View) -> Iterator[tuple[Statement, Statement]]:
    """Numbers of one kind that two agencies give within weeks, of a time that began on the same day."""
    of_one_time: dict[tuple[str, date], dict[str, Statement]] = defaultdict(dict)
    for one in told:
        if one.since and one.entry.when.known:
            of_one_time[one.kind, one.since][one.entry.id] = one
    for (kind, _), stated in of_one_time.items():
        rows = view.in_order(stated)
        pairs = (pair for pair in near_pairs(view, rows, rows, SAME_WEEKS) if pair[0].agency < pair[1].agency)
        for pair in nearest(pairs):
            first, last = (stated[row.id] for row in sorted(pair, key=lambda row: row.when.sort_key))
            between = view.recording(kind).about(first.entry)
            more = len(between.between(day_after(first.entry.when.earliest), last.entry.when.latest))
            if not 0 <= last.number - first.number <= more:
                yield first, last


def _two_numbers_finding(first: Statement, last: Statement, timeline: Timeline) -> Finding:
    rows = first.entry, last.entry
    agencies = tuple(row.agency for row in rows)
    kind = first.kind.replace("-", " ")
    one, other = (timeline.name_of(agency) for agency in agencies)
    return Finding(
        f"{one} counts {first.number} ({kind}), {other} {last.number}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Both count since the same day.",
        settle=ask(timeline, agencies, "the list behind the number, with the date of each"),
        agencies=agencies,
        subjects=first.entry.subjects or last.entry.subjects,
        period=facts(rows),
        certainty="possible",
    )


def _by_kind_of_event(told: Iterable[Statement], view: View) -> Iterator[Finding]:
    """Numbers of a kind of event, beside the rows of that kind."""
    for statement in told:
        agency = statement.entry.agency
        if statement.in_passing:
            yield from _told_in_passing(statement, view)
            continue
        own = counted_rows(statement, agency, view)
        if len(own) > 1:
            if not _fits(statement, own):
                more = _more_elsewhere(statement, own, view)
                found = _finding(statement, more or own, (more or own)[0].agency, view)
                yield replace(found, severity="low") if _only_some(statement, own) else found
            continue
        for other, rows in _of_others(statement, view):
            if not _fits(statement, rows):
                yield _finding(statement, rows, other, view)


def _of_others(statement: Statement, view: View) -> Iterator[tuple[str, list[Entry]]]:
    """The other agencies that have rows of the kind, each with these."""
    if statement.kind not in OWN_WORK:
        for other in sorted({row.agency for row in view.recording(statement.kind)} - {statement.entry.agency}):
            rows = counted_rows(statement, other, view)
            if len(rows) > 1:
                yield other, rows


def _more_elsewhere(statement: Statement, own: list[Entry], view: View) -> list[Entry]:
    """The rows of another agency that are more than the number, where the agency's own, which it need not all give, are fewer."""
    if total(own, statement.kind) >= statement.number:
        return []
    found = (rows for _, rows in _of_others(statement, view) if total(rows, statement.kind) > statement.number)
    return next(found, [])


def _by_sentence(view: View) -> Iterator[Finding]:
    """Numbers of what no kind of event tells, beside the rows that surely are fewer or more."""
    for count in told_counts(view):
        if not count.fits:
            few = count.most < count.number / 2
            yield replace(_sentence_finding(count, view), severity="low" if few else "medium")


def _sentence_finding(count: ToldCount, view: View) -> Finding:
    timeline, entry = view.timeline, count.entry
    whose = "its own rows" if count.agency == entry.agency else f"the rows of {timeline.name_of(count.agency)}"
    give = f"at least {count.least}" if count.number < count.least else f"no more than {count.most}"
    agencies = tuple(dict.fromkeys((entry.agency, count.agency)))
    return Finding(
        f"{timeline.name_of(entry.agency)} counts {count.number} ({count.what}); {whose} give {give}"[:160],
        cites=(entry.source, *(row.source for row in count.rows[:MOST])),
        explanation=f"{says(entry)} It states {count.number}. Of that time, {whose} record {give}, "
        f"from {count.rows[0].when} to {count.rows[-1].when}.",
        settle=f"Ask {named(timeline, agencies)} for the list behind the number, and which events it counts.",
        agencies=agencies,
        subjects=entry.subjects or view.children(count.rows),
        period=facts((entry, *count.rows)),
        certainty="definite" if count.agency == entry.agency else "possible",
    )


def _told_in_passing(statement: Statement, view: View) -> Iterator[Finding]:
    """The number that a sentence gives beside the rows of the agency that has the most of them: only laid side by side."""
    agencies = sorted({row.agency for row in view.recording(statement.kind)})
    rows = max((counted_rows(statement, agency, view) for agency in agencies), key=len, default=[])
    if len(rows) > 1 and not _fits(statement, rows):
        yield replace(_finding(statement, rows, rows[0].agency, view), severity="low")


def _too_few_calls(view: View) -> Iterator[Finding]:
    """Calls to another agency that are numbered, with fewer in the rows of both."""
    for call in nth_calls(view):
        own, theirs = rows_of_calls(call, view)
        if max(len(own), len(theirs)) < call.number and not any(event.count for row in own for event in row.events):
            yield _calls_finding(call, own, theirs, view.timeline)


def _calls_finding(call: NthCall, own: list[Entry], theirs: list[Entry], timeline: Timeline) -> Finding:
    caller, called = timeline.name_of(call.entry.agency), timeline.name_of(call.to)
    others = [row for row in (*own, *theirs) if row.id != call.entry.id][:MOST]
    return Finding(
        f"{caller} counts {call.number} calls to {called}; its own rows give {len(own)}, theirs {len(theirs)}"[:160],
        cites=(call.entry.source, *(row.source for row in others)),
        explanation=f"{says(call.entry)} From {short_day(call.since)} on, {caller} records {len(own)} with this one, "
        f"{called} {len(theirs)}: {all_say(others) if others else 'no other row.'}",
        settle=ask(timeline, (call.entry.agency, call.to), "the list of these calls, with what was said and answered"),
        agencies=(call.entry.agency, call.to),
        subjects=call.entry.subjects,
        period=facts((call.entry, *others)),
        certainty="possible",
    )


def _shares_differ(view: View, points: int) -> Iterator[Finding]:
    kinds = {agency.id: agency.kind for agency in view.agencies.values()}
    stated = {share.entry.id: share for share in shares(view.everything, kinds)}
    rows = [share.entry for share in stated.values()]
    pairs = (pair for pair in near_pairs(view, rows, rows, SAME_TIME) if pair[0].agency < pair[1].agency)
    for one, other in nearest(pairs):
        first, second = stated[one.id], stated[other.id]
        one_time = first.frame == second.frame
        unsaid = "" in (first.frame, second.frame)
        if abs(first.share - second.share) >= (points if one_time else 2 * points) and (one_time or unsaid):
            yield _two_shares(first, second, view.timeline)


def _two_shares(one: Share, other: Share, timeline: Timeline) -> Finding:
    agencies = one.entry.agency, other.entry.agency
    first, second = (timeline.name_of(agency) for agency in agencies)
    return Finding(
        f"Attendance: {first} has {one.words}, {second} {other.words}"[:160],
        cites=(one.entry.source, other.entry.source),
        explanation=f"{says(one.entry)} {says(other.entry)} Both seem to be of the same weeks.",
        settle=ask(timeline, agencies, "the register, and the days each figure counts"),
        agencies=agencies,
        subjects=one.entry.subjects or other.entry.subjects,
        period=facts((one.entry, other.entry)),
        certainty="possible",
    )


def _only_some(statement: Statement, rows: list[Entry]) -> bool:
    """True where a service counts more of its ordinary work than its rows record: a chronology gives a choice of that."""
    return statement.kind in OWN_WORK and statement.number > total(rows, statement.kind)


def _fits(statement: Statement, rows: list[Entry]) -> bool:
    if statement.at_least and total(rows, statement.kind) >= statement.number:
        return True
    if total(rows, statement.kind) != statement.number:
        return False
    lengths = [days_of(row) for row in rows]
    return statement.days is None or None in lengths or sum(filter(None, lengths)) == statement.days


def _finding(statement: Statement, rows: list[Entry], agency: str, view: View) -> Finding:
    timeline, entry = view.timeline, statement.entry
    kind = statement.kind.replace("-", " ")
    number = total(rows, statement.kind)
    lengths = [days_of(row) for row in rows]
    summed = sum(length for length in lengths if length)
    in_days = f", {days(summed, summed)} in all" if statement.days and None not in lengths else ""
    stated_days = f" over {days(statement.days, statement.days)}" if statement.days else ""
    whose = "its own rows" if agency == entry.agency else f"the rows of {timeline.name_of(agency)}"
    agencies = tuple(dict.fromkeys((entry.agency, agency)))
    counts, give = f"{statement.number} ({kind})", str(number)
    if number == statement.number and statement.days:
        counts, give = f"{statement.days} days ({kind})", str(summed)
    return Finding(
        f"{timeline.name_of(entry.agency)} counts {counts}; {whose} give {give}"[:160],
        cites=(entry.source, *(row.source for row in rows[:MOST])),
        explanation=f"{says(entry)} It states {statement.number}{stated_days}. Of that time, {whose} record {number}{in_days}, "
        f"from {rows[0].when} to {rows[-1].when}.",
        settle=f"Ask {named(timeline, agencies)} for the list behind the number, and which events it counts.",
        agencies=agencies,
        subjects=entry.subjects or view.children(rows),
        period=facts((entry, *rows)),
        certainty="definite" if agency == entry.agency else "possible",
    )
