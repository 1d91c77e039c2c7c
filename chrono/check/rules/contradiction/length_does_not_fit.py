"""The length of an order, and its end, that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from chrono.check.counts import NUMBER, amount
from chrono.check.pairs import near_pairs, nearest
from chrono.check.rule import rule
from chrono.check.view import View, date_of, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.model import DateMention, Entry, Finding, Timeline, When, short_day

LENGTH = re.compile(
    rf"\b{NUMBER}[- ](?:calendar |more |further |extra |additional )?(day|week|month|year)s?\b", re.IGNORECASE
)
UP_TO = re.compile(
    r"\W*(?:(?:from|starting|beginning) (?:today|now|this date|the date of \w+|the \w+)\W*)?"
    r"(?:(?:and|so|it|this|that|which|(?:(?:the|this|its) )?(?:order|bail|licence|notice|plan|term|sentence|injunction"
    r"|agreement|contract|placement|period|requirement|curfew|condition)) )*(?:(?:will|is|are|due|therefore|thus|now|then) )*"
    r"(?:to|until|till|up to|(?:to |will )?(?:end|finish|expire|stop|lapse)s?|ending|finishing|expiring|runs? out|to run out"
    r"|runs? to|to run to|to run until|runs? until|running to|lasting until|in force until"
    r"|(?:end|expiry|finish|final|last) (?:date|day)(?: is| of order)?\W?|-|–)\s+(?:on\s+)?$",
    re.IGNORECASE,
)
"""Between a length and the date that ends it."""
BEFORE_UNTIL = re.compile(r"\W*(?:from \w+(?: \w+)?\W*)?(?:(?:to run|running|in force|lasting|and)\W*)?", re.IGNORECASE)
NEAR = 45
"""Most characters between a length and its end; what stands further off may be the end of something else."""
SLACK = {"day": 2, "week": 4, "month": 10, "year": 31}
"""Days by which an end may miss a length that is told in these."""
LASTING = (
    "referral-order",
    "secure-order",
    "interim-care-order",
    "supervision-order",
    "emergency-protection-order",
    "bail",
    "exclusion-fixed",
)
"""What two agencies may each give the length of: there are seldom two of a kind in a week."""
AHEAD = 31
"""Days before its end in which rows speak of an order that runs out."""
MONTHS_IN: Mapping[str, int] = {"month": 1, "year": 12}
ANY_DAY = date(2001, 1, 1)
MADE = ("order-made", "referral-order", "sentence", "secure-order", "interim-care-order")


@rule("C10", needs="typed", severity="medium")
def length_does_not_fit(timeline: Timeline, *, days: int = 31) -> Iterator[Finding]:
    """How long an order was made for, how it was extended, and when it is said to have ended do not agree.

    Finds: in one agency's rows, an order of so many months, any extension, and an end more than `days` days before or after
    the day these give; a single row about any measure, plan or order that gives a length and an end that do not meet; and two
    agencies' rows of one order, bail or suspension that give it different lengths.
    Why it matters: the child was supervised for longer, or for less long, than the court said, or a row is wrong.
    Stays silent when: a row between says that the order was revoked, returned to court or ended early; a row gives two lengths.
    """
    view = View.of(timeline)
    for entry in timeline.entries:
        finding = _in_one_row(entry, timeline)
        if finding:
            yield finding
    yield from _two_lengths(view)
    told_of = timeline.recording(*MADE, "order-extended", "order-ended", status=None)
    for agency, _ in timeline.by_agency():
        made: list[Entry] = []
        rows = [row for row in told_of if row.agency == agency]
        for entry in rows:
            if made and not view.same_child(made[0], entry):
                continue
            if entry.records("order-extended") and made and _months(entry):
                made.append(entry)
            elif entry.records(*MADE) and _months(entry):
                made = [entry]
            elif made and _ends_an_order(entry) and not any(_is_told_again(entry, row) for row in rows):
                finding = _judge(made, entry, agency, days, timeline)
                if finding:
                    yield finding
                made = []


def _ends_an_order(entry: Entry) -> bool:
    """True if an order ended, or is to end on a day that the row names."""
    ends = entry.events_of("order-ended", status=None)
    return any(event.status == "occurred" or (event.status == "planned" and event.when) for event in ends)


def _is_told_again(entry: Entry, later: Entry) -> bool:
    """True if a row tells the same end, at the end itself: what was said before it only looked ahead."""
    days = entry.when.days_until(later.when)
    return entry.id != later.id and later.records("order-ended") and days[0] > 0 and days[1] <= AHEAD


def _months(entry: Entry) -> int:
    """The length that a row gives, in months; 0 if it gives none in months or years."""
    found = next((each for each in LENGTH.finditer(told(entry)) if each.group(2).lower() in MONTHS_IN), None)
    return amount(found.group(1)) * MONTHS_IN[found.group(2).lower()] if found else 0


def _in_one_row(entry: Entry, timeline: Timeline) -> Finding | None:
    """A length with the date to which it runs beside it, counted from the row's own day."""
    start = entry.when.start
    for found in LENGTH.finditer(entry.text) if entry.when.is_day and entry.dates else ():
        for mention in entry.dates:
            ended = mention.when.end
            if start and ended and ended > start and _runs_to(entry.text, found.end(), mention):
                reckoned = _ends(start, found)
                if abs((reckoned - ended).days) > SLACK[found.group(2).lower()]:
                    return _one_row(entry, found.group(), reckoned, ended, timeline)
    return None


def _runs_to(text: str, place: int, mention: DateMention) -> bool:
    """True if a day is the end of the length that stands before it."""
    if not 0 <= mention.begin - place <= NEAR:
        return False
    if mention.when.notation == "open start":  # 'until' is read as part of the date
        return bool(BEFORE_UNTIL.fullmatch(text[place : mention.begin]))
    return mention.when.is_day and bool(UP_TO.match(text[place : mention.begin]))


def _ends(start: date, length: re.Match[str]) -> date:
    return start + relativedelta(**{f"{length.group(2).lower()}s": amount(length.group(1))})  # type: ignore[arg-type]


def _two_lengths(view: View) -> Iterator[Finding]:
    """Rows of two agencies, a week apart at most, that give one kind of measure different lengths."""
    track = view.recording(*LASTING)
    lengths = {entry.id: length for entry in track if (length := _length(entry))}
    rows = [entry for entry in track if entry.id in lengths]
    for one, other in nearest(pair for pair in near_pairs(view, rows, rows, 7) if pair[0].agency < pair[1].agency):
        types = [{event.type for event in entry.events_of(*LASTING)} for entry in (one, other)]
        if types[0] & types[1] and not _same_length(lengths[one.id], lengths[other.id]):
            yield _differ(one, other, lengths, view.timeline)


def _same_length(one: re.Match[str], other: re.Match[str]) -> bool:
    """True if two lengths agree; told in different units ('4 weeks', 'one month'), nearly so."""
    units = {each.group(2).lower() for each in (one, other)}
    apart = abs((_ends(ANY_DAY, one) - _ends(ANY_DAY, other)).days)
    return apart == 0 or (len(units) > 1 and apart <= max(SLACK[unit] for unit in units))


def _length(entry: Entry) -> re.Match[str] | None:
    """The one length that a row gives; None where it gives none, or several."""
    found = list(LENGTH.finditer(told(entry)))
    return found[0] if len({each.group().lower() for each in found}) == 1 else None


def _differ(one: Entry, other: Entry, lengths: Mapping[str, re.Match[str]], timeline: Timeline) -> Finding:
    words = [lengths[entry.id].group() for entry in (one, other)]
    kind = next(event.type for event in one.events_of(*LASTING)).replace("-", " ")
    names = [timeline.name_of(entry.agency) for entry in (one, other)]
    return Finding(
        f"The length of one {kind}: {names[0]} has {quoted(words[0])}, {names[1]} {quoted(words[1])}"[:160],
        cites=(one.source, other.source),
        explanation=f"{says(one)} {says(other)} Both seem to be of one and the same measure.",
        settle=ask(timeline, (one.agency, other.agency), "the order or decision itself, with its first and last day"),
        agencies=(one.agency, other.agency),
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
    )


def _one_row(entry: Entry, length: str, runs_to: date, ended: date, timeline: Timeline) -> Finding:
    return Finding(
        f"{timeline.name_of(entry.agency)}: {length} from {entry.when} cannot end on {short_day(ended)}",
        cites=(entry.source,),
        explanation=f"{says(entry)} From {entry.when}, {length} run to {short_day(runs_to)}; "
        f"the end is given as {short_day(ended)}.",
        settle=ask(timeline, (entry.agency,), "the order or plan itself, with its first and last day"),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=(entry.when.start, ended),
    )


def _judge(made: list[Entry], end: Entry, agency: str, days: int, timeline: Timeline) -> Finding | None:
    start, ended = made[0].when, _day_of_end(end)
    if start.start is None or start.end is None or ended.start is None or ended.end is None:
        return None
    months = sum(_months(entry) for entry in made)
    earliest, latest = _later(start.start, months), _later(start.end, months)
    if (earliest - ended.end).days <= days and (ended.start - latest).days <= days:
        return None
    rows = [*made, end]
    sums = " and ".join(f"{_months(entry)} months" for entry in made)
    return Finding(
        f"{timeline.name_of(agency)}: an order of {sums} from {start} is said to have ended on {ended}",
        cites=tuple(row.source for row in rows),
        explanation=f"{' '.join(says(row) for row in rows)} From {short_day(start.start)}, {sums} run to {short_day(earliest)}; "
        f"the end is given as {ended}.",
        settle=ask(timeline, (agency,), "the order itself, and any later order that changed it"),
        agencies=(agency,),
        subjects=made[0].subjects or end.subjects,
        period=facts(rows),
        certainty="definite" if len(made) == 1 else "possible",
    )


def _day_of_end(entry: Entry) -> When:
    return date_of(entry.events_of("order-ended", status=None)[0], entry)


def _later(day: date, months: int) -> date:
    return day + relativedelta(months=months)
