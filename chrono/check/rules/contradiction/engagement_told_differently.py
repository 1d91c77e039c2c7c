"""'Engaging well' in one return, absences and refusals in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrono.check import rounds
from chrono.check.attending import comes, stays_away
from chrono.check.counts import NUMBER, amount
from chrono.check.rule import rule
from chrono.check.topics import STEM, rare_words, sentences, speaks_of_work
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline, day_after

PERCENT = re.compile(r"\b(\d{1,3})\s?(?:%|per ?cent)")
MISSED = re.compile(rf"\b(?:missed|failed|dna(?:'d)?) {NUMBER} (?:out )?of\b", re.IGNORECASE)
NOT_ENGAGING = re.compile(
    r"\b(?:not|never|n['’]t|no longer|refus\w+ to|stopped|failed to|fails to|failing to|little|no|poor|non|dis)[ -]?"
    r"(?:\w+ ){0,2}?(?:engag\w+|attend\w*|work(?:ing)? with|co-?operat\w+|see(?:n|ing)?|meet(?:ing)?|take up|taking up)\b",
    re.IGNORECASE,
)
FRESH = 31
"""Days by which the service's word may lie from that of the others, to be of the same time."""
SHOWN = 4
"""Rows of the service that a finding lays beside the praise, the last of them."""
AFTERWARDS = 7
"""Days after the praise that still count: it speaks of the time before it."""
LONGEST = 800
"""Days of work before its end that a last word on the whole of it may speak of."""
A_COURSE = 92
"""Days before the time of which a row speaks in which what it names may have begun."""
A_NAME = re.compile(r"(?<=\w )[A-Z][a-z]{3,}")
"""A word of the name of a course or group, within a sentence."""
POOR_ATTENDANCE = 75
"""Below this share of sessions nobody would write 'attends'."""


@rule("C05", needs="reading", severity="medium")
def engagement_told_differently(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """One agency writes that the child engages or attends, and the service concerned records absence or refusal.

    Finds: a row that says a child or parent is engaging, settled or attending with a service it names, and rows of that
    service in the `days` days up to it that record missed appointments, refusals or poor attendance; of low severity, where
    the row does not name the service but its work ("the programme", "her script", "college"); and, the other way round, a
    row by which the child or parent does not engage with a service it names, whose last word of those days is that they
    come.
    Why it matters: plans are closed and risks are rated on such words.
    Stays silent when: neither the service nor its work is named; the service's own rows of that time show attendance, or its
    last word is that they come; it is hoped, agreed or expected only; both are the same agency, unless it ends its work so
    against two missed sessions or more, of the last weeks or, where it praises the work from first to last, of all of it.
    """
    view = View.of(timeline)
    told_of: set[tuple[str, str]] = set()
    for entry in view.telling("engages"):
        if entry.when.start is None or entry.when.end is None or tells("engages_not", told(entry)):
            continue
        own = (entry.agency,) if rounds.closes(entry) or entry.records("order-ended") else ()
        for agency in (*_services_named(entry, view), *own):
            whole = agency == entry.agency and tells("from_first_to_last", told(entry))
            against = _of_the_whole(entry, view) if whole else _against(entry, agency, view, days)
            if len(against) > (agency == entry.agency):
                told_of.add((entry.id, agency))
                yield _finding(entry, against, agency, timeline)
    for entry, agency, words, rows in _said_to_stay_away(view, days):
        yield _finding(entry, rows, agency, timeline, words)
    for entry in view.everything:
        for words, sentence in () if date_in_doubt(entry) else comes(told(entry)):
            for agency in _meant(entry, sentence, view):
                against = _stayed_away(entry, sentence, agency, view, days)
                if against and (entry.id, agency) not in told_of:
                    told_of.add((entry.id, agency))
                    named = _names(entry, sentence, agency, view)
                    yield replace(_finding(entry, against, agency, timeline, words), severity=None if named else "low")


def _said_to_stay_away(view: View, days: int) -> Iterator[tuple[Entry, str, str, list[Entry]]]:
    """Rows that say somebody does not engage with a service, and that service's last rows, by which they come."""
    for entry in view.telling("engages_not"):
        for sentence in sentences(told(entry)) if not date_in_doubt(entry) and entry.when.known else ():
            words = NOT_ENGAGING.search(sentence.text)
            named = {
                view.agency_of(m) for m in entry.mentions if words and m.text and m.text in sentence.text[words.end() :]
            }
            for agency in sorted(named & view.timeline.returned - {entry.agency}):
                rows = _rows(entry, agency, view, days)
                said = [row for row in rows if comes(told(row)) or _absence(row) or stays_away(told(row))]
                if words and said and comes(told(said[-1])) and said[-1].when.days_apart(entry.when) <= FRESH:
                    yield entry, agency, words.group(), said[-1:]


def _meant(entry: Entry, sentence: str, view: View) -> list[str]:
    """The services of which a sentence may speak: those that it names, or else any that has sent a return."""
    returned = sorted(view.timeline.returned - {entry.agency})
    named = {view.agency_of(mention) for mention in entry.mentions if mention.text in sentence}
    return [agency for agency in returned if agency in named] or returned


def _names(entry: Entry, sentence: str, agency: str, view: View) -> bool:
    """True if a sentence of the row names a service, or a worker of it."""
    return any(view.agency_of(mention) == agency and mention.text in sentence for mention in entry.mentions)


def _stayed_away(entry: Entry, sentence: str, agency: str, view: View, days: int) -> list[Entry]:
    """The rows of a service of which a sentence speaks, where its last word at that time is that somebody stays away."""
    of_its_work = _names(entry, sentence, agency, view) or speaks_of_work(sentence, view.agencies[agency])
    rows = _rows(entry, agency, view, days)
    said = [row for row in rows if comes(told(row)) or _absence(row) or stays_away(told(row)) or row.records("breach")]
    last = next(iter(said[::-1]), None)
    if last is None or comes(told(last)):
        return []
    matter = rare_words(sentence, entry, view)
    if not (of_its_work or matter & rare_words(told(last), last, view)):
        names = matter & {word[:STEM].lower() for word in A_NAME.findall(sentence)}
        earlier = _rows(entry, agency, view, A_COURSE + days) if names else []
        if not any(names & rare_words(told(row), row, view) for row in earlier):
            return []
    return [row for row in said if not comes(told(row))][-SHOWN:]


def _rows(entry: Entry, agency: str, view: View, days: int) -> list[Entry]:
    """The rows of an agency about the same child in the time of which a row may speak."""
    first, last = day_after(entry.when.earliest, -days), day_after(entry.when.latest, AFTERWARDS)
    return [row for row in view.agency(agency).between(first, last) if view.same_child(row, entry)]


def _services_named(entry: Entry, view: View) -> list[str]:
    """The agencies of which a sentence that praises names one, or a worker; where it names none that has sent a return, those
    that the row names. None is the row's own."""
    praises = [sentence.text for sentence in sentences(told(entry)) if tells("engages", sentence.text)]
    within = [m for m in entry.mentions if any(m.text in sentence for sentence in praises)]
    for mentions in (within, [m for m in entry.mentions if m.kind == "agency"]):
        found = dict.fromkeys(view.agency_of(mention) for mention in mentions)
        if named := [agency for agency in found if agency != entry.agency and agency in view.timeline.returned]:
            return named
    return []


def _against(entry: Entry, agency: str, view: View, days: int) -> list[Entry]:
    start, end = entry.when.start, entry.when.end
    if start is None or end is None:
        return []
    rows = [
        row
        for row in view.agency(agency).between(day_after(start, -days), day_after(end, AFTERWARDS))
        if row.id != entry.id and view.same_child(row, entry)
    ]
    absent = [row for row in rows if _absence(row)]
    present = [row for row in rows if row.records("attended", "session") and not _absence(row)]
    missed = sum(_missed(row) for row in absent)
    ended = [row for row in rows if rounds.closes(row) and row not in absent and not row.when.surely_after(entry.when)]
    return [*absent, *ended] if missed > len(present) else []


def _of_the_whole(entry: Entry, view: View) -> list[Entry]:
    """The rows of the writer's own service, in the time of the work that it praises as a whole, of absence or breach."""
    if entry.when.start is None:
        return []
    rows = view.agency(entry.agency).about(entry).between(day_after(entry.when.start, -LONGEST), entry.when.latest)
    against = (row for row in rows if row.id != entry.id and not row.when.surely_after(entry.when))
    return [row for row in against if row.records("breach") or (_absence(row) and not row.records("attended"))]


def _missed(row: Entry) -> int:
    """How many appointments a row says were missed: one, or as many as it counts ("missed three of four")."""
    found = MISSED.search(_attendance(row))
    return amount(found.group(1)) if found else 1


def _absence(entry: Entry) -> bool:
    shares = [int(number) for number in PERCENT.findall(told(entry)) if tells("attendance_word", told(entry))]
    if shares:
        return min(shares) < POOR_ATTENDANCE
    return entry.records("did-not-attend", "attendance-concern", "exclusion-permanent") or tells(
        "engages_not", _attendance(entry)
    )


def _attendance(row: Entry) -> str:
    """What the row tells, with the column of attendance if the table has one."""
    cells = (cell for header, cell in row.fields.items() if header.lower().startswith("attend"))
    return " · ".join((told(row), *cells))


def _finding(entry: Entry, against: list[Entry], agency: str, timeline: Timeline, words: str = "") -> Finding:
    word = words or words_for("engages", told(entry))
    name = timeline.name_of(agency)
    number = sum(row.records("did-not-attend") for row in against)
    return Finding(
        f"{timeline.name_of(entry.agency)} writes {quoted(word)}; {name} records otherwise",
        cites=(entry.source, *(row.source for row in against)),
        explanation=f"{says(entry)} At that time {name} says: {' '.join(says(row) for row in against[:6])}"
        + (f" These are {number} appointments not attended." if number > 1 else ""),
        settle=ask(timeline, (agency,), "its attendance record of those weeks")
        + f" Ask {timeline.name_of(entry.agency)} what its view rested on.",
        agencies=(entry.agency, agency),
        subjects=entry.subjects,
        period=facts((entry, *against)),
        certainty="possible",
    )
