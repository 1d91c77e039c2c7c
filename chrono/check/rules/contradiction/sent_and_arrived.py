"""What one agency sends on one day reaches the other weeks later, or never; a child arrives on another day than it left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.transit import end, names_agency, names_place, names_sheet, things_in, things_named
from chrono.check.view import Track, View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, says, sentence_at, span
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after

ON_THE_WAY = 8
"""Days that post, holidays and a duty desk may take."""
A_YEAR = 366
"""Days after which a row that something never came is no longer of this sending."""
BESIDE = 24
"""Most characters from the word for a coming to its date."""
BETWEEN = re.compile(r"\W*(?:(?:us|here|on)\W*)*")
ON_FILE = re.compile(r"\bon (?:the |our |his |her )?(?:records?|files?|system|notes)\b", re.IGNORECASE)
"""Where somebody looked, and not what should have come."""
OF_A_DAY = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
MOVED = ("placement-move", "placement-end", "placement-start", "address-change", "discharge")
PLACES = ("placement", "secure", "hospital")
NEAR_LEAVING = 21
"""Days around the last row of a place in which another agency's date of the move is looked for."""
ADMITTED = ("placement-start", "admission")
COMES_BACK = re.compile(r"\W*back\b", re.IGNORECASE)
"""Behind the words that something has not come: it was sent out by the row's own agency, as a form to be filled in."""
EVENING, MORNING = "20:00", "06:00"
LATE = re.compile(
    r"\b2[0-3][:.]?[0-5]\d\b|\b(?:[89]|1[01])(?:[.:][0-5]\d)? ?p\.?m\b|\b(?:late (?:at night|evening|in the evening|last night)"
    r"|tonight|midnight|in the night|during the night|overnight|night staff|waking night|small hours)\b",
    re.IGNORECASE,
)
"""The child set out late in the evening, and may have come after midnight."""
NEAR_MOVE = 7
"""Days within which a departure and an arrival are taken to be one move."""


@rule("C17", needs="reading", severity="medium")
def sent_and_arrived(timeline: Timeline, *, within: int = 120) -> Iterator[Finding]:
    """One agency dates the sending of something, and the other its coming weeks later, or says that it never came.

    Finds: a row that sends a record, referral, notice, report, plan or letter to a named agency, and within `within` days
    that agency's first row that has a thing of the kind come from there, surely more than a week later, or that says that it
    has not had it, or another's that says so for it; and a row in which the child leaves for a named place, and that place's
    row that has the child come on surely another day; and a place's row in which the child leaves for good, and another agency's
    that dates it otherwise.
    Why it matters: between the two days one agency believed that the other knew; or nobody can say where the child was.
    Stays silent when: the receiver has an earlier row that names the sender and such a thing; the dates may be a week apart or
    less; one row is about other children.
    """
    view = View.of(timeline)
    yield from _things(view, within)
    yield from _children(view)


def _sure(view: View, *ends: str) -> Track:
    """The rows that tell of one of these ends of a way, on a date that nobody doubts."""
    rows = view.telling(*(end(name).name for name in ends))
    return Track(entry for entry in rows if not date_in_doubt(entry))


def _things(view: View, within: int) -> Iterator[Finding]:
    heard = _sure(view, "not_arrived", "arrived")
    coming = Track(row for row in heard.entries if _lacks(row) or end("arrived").told_in(told(row)))
    used: set[str] = set()
    for entry in _sure(view, "sent"):
        things = things_in(entry)
        if things and entry.when.end is not None:
            last = day_after(entry.when.end, within)
            rows = _answering(
                entry,
                things,
                [row for row in _till(coming, entry, A_YEAR) if _lacks(row) or row.when.earliest <= last],
                view,
            )
            if rows and not used & {row.id for row in rows} and _too_late(entry, rows[-1]):
                used.update(row.id for row in rows)
                yield _thing(entry, rows, view.timeline)


def _till(coming: Track, entry: Entry, days: int) -> list[Entry]:
    return coming.about(entry).between(entry.when.latest, day_after(entry.when.latest, days))


def _answering(sent: Entry, things: frozenset[str], coming: list[Entry], view: View) -> list[Entry]:
    """The receiver's rows that say that nothing came, and the one that has it come; [] where it knew of it before."""
    rows: list[Entry] = []
    for row in coming:
        if _answers(row, sent, view) and (things & things_in(row) or (_has_nothing(row) and _sent_to(row, sent, view))):
            if _heard_of(sent, row, things, view) or _linked_before(sent, row, view):
                break
            rows.append(row)
            if not _lacks(row):
                break
    return rows


def _has_nothing(row: Entry) -> bool:
    """True if the row says that nothing came, of whatever kind: 'nothing came from them', 'nothing back on the record'."""
    text = told(row)
    found = end("nothing_came").search(text)
    return found is not None and not things_named(ON_FILE.sub("", sentence_at(text, found.start())))


def _sent_to(row: Entry, sent: Entry, view: View) -> bool:
    """True if the sentence of the sending names the agency of the other row."""
    text = told(sent)
    found = end("sent").search(text)
    sentence = sentence_at(text, found.start()) if found else ""
    return any(view.agency_of(mention) == row.agency and mention.text in sentence for mention in sent.mentions)


def _lacks(row: Entry) -> bool:
    words = told(row)
    found = end("not_arrived").search(words)
    return found is not None and COMES_BACK.match(words, found.end()) is None


def _answers(row: Entry, sent: Entry, view: View) -> bool:
    """True if `row` is of the agency to which `sent` went, and about the same sender."""
    if row.agency == sent.agency:
        return False
    if _of_something_later(row, sent):
        return False
    if other := _said_for(row, sent):
        return names_agency(sent, other, view)
    to_them = names_agency(sent, row.agency, view) or names_sheet(sent, row)
    return to_them and (_names(row, sent.agency, view) or _lacks(row))


def _said_for(row: Entry, sent: Entry) -> str:
    """The third agency of which a row says that nothing came to it, as the one named before these words; '' if it is its own."""
    lacks = end("not_arrived").search(row.text)
    if not lacks:
        return ""
    clause = max(row.text.rfind(stop, 0, lacks.start()) for stop in ".;")
    named = [m for m in row.mentions if m.column == "text" and m.kind == "agency" and clause < m.begin < lacks.start()]
    return next((m.actor for m in named if m.actor not in (row.agency, sent.agency)), "")


def _names(row: Entry, agency: str, view: View) -> bool:
    return names_agency(row, agency, view) or names_place(row, agency, view)


def _too_late(sent: Entry, row: Entry) -> bool:
    return sent.when.days_until(_came(row))[0] > ON_THE_WAY


def _came(row: Entry) -> When:
    """When the thing came: the day that stands right after the word for its coming, else the row's."""
    for mention in row.dates:
        before = row.text[: mention.begin]
        found = next(end("arrived").pattern.finditer(before, max(len(before) - BESIDE, 0)), None)
        if found and mention.when.is_day and BETWEEN.fullmatch(before, found.end()):
            return mention.when
    return row.when


def _of_something_later(row: Entry, sent: Entry) -> bool:
    """True if what came is about a day after the sending: 'notice received (arrest of 4 July)'."""
    return any(m.when.surely_after(sent.when) and OF_A_DAY.search(row.text[: m.begin]) for m in row.dates)


def _heard_of(sent: Entry, row: Entry, things: frozenset[str], view: View) -> bool:
    """True if the receiver has a row, from the sending on, that names the sender and such a thing, before this one."""
    between = view.agency(row.agency).about(sent).between(sent.when.latest, day_after(row.when.earliest, -1))
    return any(_is_news_of(other, sent, things, view) for other in between if other.id != row.id)


def _linked_before(sent: Entry, row: Entry, view: View) -> bool:
    """True if the receiver's row of the same event, in whatever words, comes before this one."""
    return any(
        other.agency == row.agency and other.when.surely_before(row.when) for other in view.timeline.linked(sent)
    )


def _is_news_of(other: Entry, sent: Entry, things: frozenset[str], view: View) -> bool:
    """True for a row that has such a thing from the sender, and does not only wait for it."""
    waits = _lacks(other) or end("awaited").told_in(told(other))
    return not waits and bool(things & things_in(other)) and names_agency(other, sent.agency, view)


def _children(view: View) -> Iterator[Finding]:
    coming = _sure(view, "comes")
    used: set[str] = set()
    for entry in _sure(view, "leaves"):
        if not entry.when.is_day or entry.when.start is None or not entry.subjects:
            continue
        first, last = day_after(entry.when.start, -NEAR_MOVE), day_after(entry.when.start, NEAR_MOVE)
        rows = [row for row in coming.about(entry).between(first, last) if _is_that_place(row, entry, view)]
        apart = not any(row.when.may_overlap(entry.when) or _in_one_night(entry, row) for row in rows)
        if rows and apart and rows[0].id not in used:
            used.add(rows[0].id)
            yield _move(entry, rows[0], view.timeline)
    for left, moved in _left_and_moved(view):
        yield _leaving(left, moved, view.timeline)


def _in_one_night(left: Entry, came: Entry) -> bool:
    """True if the one is of the day before the other, and of the late evening, or the other of the small hours."""
    if left.when.days_until(came.when) != (1, 1):
        return False
    late = (left.when.start_time or "") >= EVENING or LATE.search(told(left)) is not None
    return late or bool(came.when.start_time and came.when.start_time < MORNING)


def _left_and_moved(view: View) -> Iterator[tuple[Entry, Entry]]:
    """The last row of a place, in which the child leaves it for good, and another agency's row that has them move from there
    on another day of the weeks around."""
    moves = Track(row for row in view.recording(*MOVED) if not date_in_doubt(row))
    for left in view.telling("leaves_for_good"):
        if (
            view.kind(left.agency) not in PLACES
            or not left.when.is_day
            or left.when.start is None
            or date_in_doubt(left)
        ):
            continue
        days = day_after(left.when.start, -NEAR_LEAVING), day_after(left.when.start, NEAR_LEAVING)
        for row in moves.about(left).between(*days):
            other = row.agency != left.agency and row.when.is_day and not row.when.may_overlap(left.when)
            if (
                other
                and set(row.subjects) & set(left.subjects)
                and tells("moves_from", told(row))
                and _names(row, left.agency, view)
            ):
                yield left, row


def _is_that_place(row: Entry, left: Entry, view: View) -> bool:
    """True if `row` is of the place named in a row as the one the child left for, and says that it takes the child in or
    names where they came from."""
    if row.agency == left.agency or not row.when.is_day or not set(row.subjects) & set(left.subjects):
        return False
    named = {mention.actor for mention in left.mentions if mention.kind == "agency" and mention.column == "text"}
    from_there = named | {left.agency}
    told_from = row.records(*ADMITTED) or any(_names(row, agency, view) for agency in from_there - {row.agency})
    return row.agency in named and told_from


def _thing(sent: Entry, rows: list[Entry], timeline: Timeline) -> Finding:
    last = rows[-1]
    receiver = _said_for(last, sent) or last.agency
    first, second = timeline.name_of(sent.agency), timeline.name_of(receiver)
    outcome = f"has not had it on {last.when}" if _lacks(last) else f"has it come on {_came(last)}"
    return Finding(
        f"Sent by {first} on {sent.when}; {second} {outcome}"[:160],
        cites=(sent.source, *(row.source for row in rows)),
        explanation=f"{says(sent)} {all_say(rows)} Between them lie {span(sent.when, _came(last))}; no row of {second} before "
        "that names it as come.",
        settle=ask(
            timeline, (sent.agency, receiver), "the covering letter or e-mail, and the stamp or log of its receipt"
        ),
        agencies=(sent.agency, last.agency),
        subjects=sent.subjects or last.subjects,
        period=facts((sent, *rows)),
        certainty="possible",
    )


def _move(left: Entry, came: Entry, timeline: Timeline) -> Finding:
    first, second = timeline.name_of(left.agency), timeline.name_of(came.agency)
    title = f"The child leaves for {second} on {left.when} ({first}), and comes there on {came.when}"
    return _on_two_days(title, left, came, "who brought the child", timeline)


def _leaving(left: Entry, moved: Entry, timeline: Timeline) -> Finding:
    first, second = timeline.name_of(left.agency), timeline.name_of(moved.agency)
    title = f"The child leaves {first} on {left.when} by its own row; {second} dates the move {moved.when}"
    return _on_two_days(title, left, moved, "who took the child where", timeline)


def _on_two_days(title: str, left: Entry, other: Entry, who: str, timeline: Timeline) -> Finding:
    """Of one move that two agencies' rows put on two days."""
    return Finding(
        title[:160],
        cites=(left.source, other.source),
        explanation=f"{says(left)} {says(other)} Both days cannot be right, or nobody says where the child was between them.",
        settle=ask(timeline, (left.agency, other.agency), f"the register of the place, and {who}"),
        agencies=(left.agency, other.agency),
        subjects=left.subjects,
        period=facts((left, other)),
        certainty="possible",
    )
