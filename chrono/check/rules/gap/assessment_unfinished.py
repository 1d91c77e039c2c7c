"""Assessments that run past their limit or have no end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from chrono.check.matters import REFERRALS
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import tells
from chrono.check.workdays import Limit
from chrono.model import Entry, Finding, Timeline, When, day_after, short_day

STARTED = ("assessment-started",)
BY_ITS_WORDS = ("core-assessment", "initial-assessment", "pre-birth-assessment")
"""Assessments of which the row says in words that they began or are done."""
ASSESSMENTS = ("single-assessment", "assessment")
COMPLETED = ("assessment-completed",)
ENDED = ("closure", "case-closed", "transfer", "initial-conference", "became-looked-after")
DECIDED_TO_STARTED = 21
"""Days within which the start of an assessment is the one that a referral row decided on."""
FAMILY_WITHIN = 150
"""Days within which the end of an assessment that names other children of the family is taken for this one's."""
DECIDED = "referral-decision"
DECIDED_WITHIN = 7
"""Days within which a decision is the one on the last referral or contact; Working Together gives one working day."""
ASKING = (*REFERRALS, "contact", "notification", "police-notification", "hospital-safeguarding-alert")


@rule("G05", needs="typed", severity="medium")
def assessment_unfinished(timeline: Timeline, *, working_days: int = 45) -> Iterator[Finding]:
    """An assessment was started and its end is missing or late.

    Finds: the start of an assessment with no completion in the same agency's rows, or one surely later than
    `working_days` working days after it; a referral or contact on which an assessment was decided counts as its start,
    if its completion is there and surely late; a row that has its first and last day in columns of their own.
    A row past the limit that says that it is not finished is shown with it.
    Why it matters: while an assessment is open, decisions wait for it.
    Stays silent when: the dates may keep the limit; the case moved on to a conference or into care; the start belongs to
    the last days of the period, unless something grave ended the period.
    Basis: Working Together 2013 to 2023: 45 working days from the referral; local limits are often shorter.
    """
    view = View.of(timeline)
    limit = Limit(working_days, "working_days")
    told_of: set[str] = set()
    for entry, end in _assessments(view, limit):
        told_of.update(row.id for row in (entry, end) if row)
        finding = _finding(entry, end, view, limit)
        if finding:
            yield finding
    for entry in view.recording(*ASSESSMENTS, *COMPLETED, *BY_ITS_WORDS):
        if "end-date" in entry.fields and entry.when.start and entry.when.end and entry.id not in told_of:
            first, last = When.of_day(entry.when.start), When.of_day(entry.when.end)
            if limit.judge(first, last) == "passed":
                yield _in_one_row(entry, first, last, limit, timeline)


def _in_one_row(entry: Entry, first: When, last: When, limit: Limit, timeline: Timeline) -> Finding:
    """Of an assessment that a row dates from one day to another, in columns for the two."""
    name = timeline.name_of(entry.agency)
    return Finding(
        f"{name}: assessment from {first} to {last}",
        cites=(entry.source,),
        explanation=f"{says(entry)} That is {counted(first.latest, last.earliest)}. {limit} ended on "
        f"{short_day(limit.due(first.latest))}.",
        settle=ask(timeline, (entry.agency,), "the assessment, and the reason if it took longer"),
        agencies=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty="possible",
    )


def _assessments(view: View, limit: Limit) -> Iterator[tuple[Entry, Entry | None]]:
    """Each start with its end; while an assessment goes on, another account of its start begins no new one."""
    under_way: dict[str, tuple[Entry, date]] = {}
    for entry in view.speaking_of(*STARTED, *ASSESSMENTS, *BY_ITS_WORDS):
        if entry.when.start is None or entry.when.end is None or not (_starts(entry) or _decided(entry, view)):
            continue
        last = under_way.get(entry.agency)
        if last and entry.when.earliest < last[1] and view.same_child(last[0], entry):
            continue
        end = _end_of(entry, view)
        if end or _starts(entry):
            under_way[entry.agency] = entry, end.when.latest if end else limit.due(entry.when.latest)
            yield entry, end


def _starts(entry: Entry) -> bool:
    """True for a start told as one, or a core, initial or pre-birth assessment that is said to have begun.
    Who closes their own case tells of an assessment that another service began."""
    begun = entry.records(*STARTED) and not entry.records("closure")
    return begun or (entry.records(*BY_ITS_WORDS) and tells("assessment_begun", told(entry)))


def _decided(entry: Entry, view: View) -> bool:
    """True if social care decides on a referral or contact that an assessment is to be made, and no row tells of its start."""
    planned = any(event.status == "planned" for event in entry.events_of(*ASSESSMENTS, *BY_ITS_WORDS, status=None))
    if not planned or view.kind(entry.agency) != "social-care" or not entry.records(*ASKING, DECIDED):
        return False
    last = day_after(entry.when.latest, DECIDED_TO_STARTED)
    starts = view.recording(*STARTED).about(entry).between(entry.when.earliest, last)
    return not any(row.agency == entry.agency for row in starts)


def _completes(entry: Entry) -> bool:
    if tells("assessment_open", told(entry)):
        return False
    told_done = entry.records(*ASSESSMENTS, *BY_ITS_WORDS) and tells("assessment_done", told(entry))
    return told_done or entry.records(*COMPLETED) or tells("assessment_report_done", told(entry))


def _referral_before(entry: Entry, view: View) -> list[Entry]:
    """The agency's referral or contact that the row decides on, or from whose day the row of the start says that it is
    counted; none, or one."""
    if entry.when.start is None:
        return []
    own_asking = entry.records(*ASKING) and not _decides_on_an_earlier_one(entry)
    decides = entry.records(DECIDED) and not _starts(entry) and not own_asking
    first = day_after(entry.when.start, -(DECIDED_WITHIN if decides else DECIDED_TO_STARTED))
    rows = view.recording(*ASKING).about(entry).between(first, entry.when.start)
    own = [row for row in rows if row.agency == entry.agency and row.when.is_day and row.id != entry.id]
    return [row for row in own if _counts_from(entry, row) or (decides and not row.records(*ENDED))][-1:]


def _decides_on_an_earlier_one(entry: Entry) -> bool:
    """True of a row that speaks of a referral only as of the one on which it decides: 'Referral accepted'."""
    return entry.records(DECIDED) and tells("decides_on_referral", told(entry))


def _counts_from(entry: Entry, row: Entry) -> bool:
    """True if the words of a row have its clock run from the day of another: 'counting from 18 Oct'."""
    day = row.when.earliest
    written = rf"{day.day}(?:st|nd|rd|th)? (?:of )?{day:%b}|0?{day.day}[/.]0?{day.month}\b"
    return re.search(rf"\b(?:from|since|of|on)\s+(?:the )?(?:{written})", told(entry), re.IGNORECASE) is not None


def _still_open(entry: Entry, end: Entry | None, due: date, view: View) -> list[Entry]:
    """The last row past the limit that says that it is not finished; none, or one."""
    until = end.when.earliest if end else date.max
    rows = view.agency(entry.agency).about(entry).between(day_after(due), until)
    return [row for row in rows if row is not end and tells("assessment_open", told(row))][-1:]


def _end_of(entry: Entry, view: View) -> Entry | None:
    """The row that ends it: about the same child, or before that one that ends an assessment, about whichever children of
    the family the row names, where no other was begun meanwhile."""
    own = view.track(("assessments", entry.agency), lambda: _of_assessments(entry.agency, view))
    about = _ended_in(own.about(entry).between(entry.when.earliest, date.max), entry)
    last = min(about.when.earliest if about else date.max, day_after(entry.when.latest, FAMILY_WITHIN))
    family = own.between(entry.when.earliest, last)
    return _ended_in([row for row in family if row.records(*STARTED, *COMPLETED, *ASSESSMENTS)], entry) or about


def _of_assessments(agency: str, view: View) -> Iterator[Entry]:
    """The rows of an agency that may begin an assessment, or end it."""
    ways = (*STARTED, *ASSESSMENTS, *BY_ITS_WORDS, *COMPLETED, *ENDED, *ASKING)
    rows = view.kept("rows of assessments", lambda: view.rows("assessment_report_done", types=ways))
    return (row for row in rows if row.agency == agency)


def _ended_in(rows: Iterable[Entry], entry: Entry) -> Entry | None:
    """The row that completes the assessment, else the first that ends it otherwise; none behind the start of the next."""
    later = (row for row in rows if row.id != entry.id and not row.when.surely_before(entry.when))
    own = list(_till_the_next(later, entry))
    return next(filter(_completes, own), None) or next((row for row in own if row.records(*ENDED)), None)


def _till_the_next(rows: Iterable[Entry], entry: Entry) -> Iterator[Entry]:
    """The rows up to the start of another assessment: one that some new referral or contact, or an ending, came before. Without
    that, a row that has an assessment as begun ('assessment under way') tells of the same one."""
    anew = False
    for row in rows:
        after = row.when.surely_after(entry.when)
        if after and anew and _starts_anew(row):
            return
        anew = anew or (after and row.records(*ASKING, *ENDED, *COMPLETED))
        if after and row.records(*ASKING) and _starts_anew(row):
            return
        yield row


def _starts_anew(row: Entry) -> bool:
    """True unless the row only tells of the start once more: 'authorised, the assessment that began on 9 November'."""
    return row.records(*STARTED) and not _completes(row)


def _finding(entry: Entry, end: Entry | None, view: View, limit: Limit) -> Finding | None:
    timeline = view.timeline
    last = timeline.period[1] or entry.when.latest
    asked = _referral_before(entry, view)
    start = (asked or [entry])[0].when
    due = limit.due(start.latest)
    if end and limit.judge(start, end.when) != "passed":
        return None
    if not end and (last - start.latest).days < 21:
        return None
    name = timeline.name_of(entry.agency)
    open_still = _still_open(entry, end, due, view)
    until = end.when if end else When.of_day(last)
    count = counted(start.latest, until.earliest)
    told_end = (
        f"{says(end)} That is {count}."
        if end
        else f"No row of {name} records its completion; to the end of the period are {count}."
    )
    begun = "started" if _starts(entry) else "decided on"
    over = end is not None or day_after(due) <= last
    return Finding(
        f"{name}: assessment {begun} {entry.when} {'ends late' if end else 'has no recorded end'}",
        cites=tuple(row.source for row in (*(asked or [entry]), *open_still, end) if row),
        explanation=f"{all_say((*asked, entry, *open_still))} {told_end} {limit} "
        f"{'ended' if over else 'would end'} on {short_day(due)}.",
        settle=ask(
            timeline, (entry.agency,), "the assessment, the date it was completed and the reason if it took longer"
        ),
        agencies=(entry.agency,),
        expected_from=() if end else (entry.agency,),
        subjects=entry.subjects,
        period=facts((entry, end)) if end else (entry.when.start, last),
        certainty="definite" if "assessment" in told(entry).lower() else "possible",
    )
