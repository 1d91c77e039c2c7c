"""A plan, placement or piece of support whose end is not known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import Track, View, by_file, facts, subjects_of, told, unique
from chrono.check.wording import all_say, ask, listed, quoted, says
from chrono.check.words import idea, tells, words_for
from chrono.model import Entry, Finding, Severity, Timeline, day_after

LENGTH = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|eight|ten|twelve)[- ]?(?:wks?|weeks?|months?|mths?|sessions?|days?|terms?)\b"
    r"(?! (?:a|per|each|every)\b)|\b(?:until|till|end(?:s|ing|ed)?|last session|final|one-off|for (?:a|the)"
    r" (?:year|term|week|month|fortnight))\b",
    re.IGNORECASE,
)
"""How long something is to last, or until when."""
A_LENGTH = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|eight|ten|twelve)[- ]?"
    r"(?:wks?|weeks?|months?|mths?|sessions?|days?|terms?|nights?)\b"
    r"(?! (?:a|per|each|every)\b)",
    re.IGNORECASE,
)
STATEMENT = re.compile(r"[^.;·\n]+")
NOTHING = re.compile(
    r"^\W*(?:no|not|nothing|none|never)\b|\b(?:no|nothing|none)\b(?:\W+\w+){0,3}\W*$"
    r"|\b(?:asks?|asking|asked|wants?|wish\w*|would like|wonders?) (?:\w+ )?(?:if|whether|for|to)\b",
    re.IGNORECASE,
)
CLOSES = re.compile(
    r"\b(?:clos(?:ed|es|ing|ure)|discharg\w+|sign(?:ed|ing) off|ended|ending|ends|finished|withdr\w+"
    r"|stop(?:s|ped|ping)|paus(?:ed|es|ing))\b(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
"""Just before 'for now': what the agency does not do any more."""
ANYTHING = frozenset(
    (
        "1:1 ",
        "cin",
        "cin p",
        "cp pl",
        "colle",
        "conta",
        "diary",
        "famil",
        "fsw",
        "home ",
        "job",
        "lives",
        "monit",
        "one t",
        "order",
        "plan",
        "sessi",
        "stay",
        "stayi",
        "stays",
        "super",
        "suppo",
        "ta",
        "visit",
        "watch",
        "weekl",
        "work ",
    )
)
"""First letters of words for too many things to tell whether two rows speak of the same one."""
STILL_ON, MOST = 60, 10
"""Days before the end of the period up to which something may be going on; most rows cited of what no row ends."""
LETTERS = 5
"""So many first letters make two words for a thing one: mentor, mentoring."""
A_LONG_TIME = 550


@rule("D13", needs="plain", severity="medium", alone=True)
def no_end_date(timeline: Timeline) -> Iterator[Finding]:
    """Something is said to have lasted 'for a period of time', and nobody says until when.

    Finds: rows, by file, that say a plan, placement, school place or support ran for a time without giving its length or end.
    Of low severity: rows that call an arrangement temporary, interim, on hold, "at the moment" or "until things settle" and
    give no day; and something that lasts (a plan, mentoring, a placement) begins, a later row tells of it, or of the agency's
    part, as of something that was, and no row ends it; both rows are cited.
    Why it matters: whether it was still running when the next thing happened cannot be told.
    Stays silent when: the row gives a length or an end date, or a later row of the agency closes it.
    """
    view = View.of(timeline)
    open_ones = [row for row in view.telling("indefinite") if _open(row, timeline) and not _is_nothing(row)]
    said = {entry.id for entry in open_ones}
    for_now = [entry for entry in view.telling("for_now") if entry.id not in said and _is_for_now(entry, timeline)]
    for file, entries in by_file(open_ones):
        yield _not_said(file, entries, "medium", timeline)
    for file, entries in by_file(for_now):
        yield _not_said(file, entries, "low", timeline)
    said |= {entry.id for entry in for_now}
    for begun, over in _over_without_end(view):
        if begun.id not in said:
            yield Finding(
                f"{timeline.name_of(begun.agency)}: something that lasts began on {begun.when}, and no row says when it ended",
                cites=(begun.source, over.source),
                explanation=f"{says(begun)} {says(over)} By then it was over; no row of "
                f"{timeline.name_of(begun.agency)} ends it.",
                settle=ask(timeline, (begun.agency,), "the day it ended, and why"),
                agencies=tuple(dict.fromkeys((begun.agency, over.agency))),
                subjects=begun.subjects,
                period=facts((begun, over)),
                severity="low",
            )
            said |= {begun.id}
    yield from _never_ended(view, said)


def _not_said(file: str, entries: list[Entry], severity: Severity, timeline: Timeline) -> Finding:
    agency = entries[0].agency
    found = ((words_for("indefinite", told(row)) or words_for("for_now", told(row))) for row in entries)
    words = listed(dict.fromkeys(quoted(each, 40) for each in found))
    return Finding(
        f"{file}: how long it lasted is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
        cites=tuple(entry.source for entry in entries),
        explanation=f"{all_say(entries)} {words} gives neither a length nor an end.",
        settle=ask(timeline, (agency,), "the day it began and the day it ended"),
        agencies=(agency,),
        subjects=subjects_of(entries),
        period=facts(entries),
        severity=severity,
        column="text",
    )


def _is_for_now(entry: Entry, timeline: Timeline) -> bool:
    """True if the row tells of an arrangement that is in force from now on, and gives no day on which it ends."""
    words = told(entry)
    dated = any(one.when.is_day and one.when.surely_after(entry.when) for one in entry.dates)
    return tells("arranged", words) and not dated and not A_LENGTH.search(words) and _open(entry, timeline)


def _over_without_end(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Each row in which something that lasts begins, with the row by which it is over although nobody ended it."""
    for begun in sorted(filter(_begins_to_last, Track(view.telling("begins"))), key=lambda row: row.agency):
        things = _things(begun)
        over = next((row for row in _later(begun, view) if _is_over(row, begun, things)), None)
        ended = over and any(
            _ends_it(row, things)
            for row in rounds.closings(view).about(begun).between(begun.when.earliest, over.when.latest)
            if row.agency == begun.agency
            and row.id not in (begun.id, over.id)
            and not row.when.surely_before(begun.when)
        )
        if over and not ended:
            yield begun, over


def _never_ended(view: View, shown: set[str]) -> Iterator[Finding]:
    """By agency, the rows in which something that lasts begins and that no later row ends, each with the last row that tells
    of it, if the period goes on for months after that."""
    end = view.timeline.period[1]
    told_of: dict[tuple[str, str], Entry] = {}
    ended: dict[tuple[str, str], Entry] = {}
    for entry in Track(view.telling("lasting")):
        keys = _keys(entry, _things(entry) - ANYTHING)
        told_of.update(dict.fromkeys(keys, entry))
        if rounds.closes(entry):
            ended.update(dict.fromkeys(keys, entry))
    for entry in rounds.closings(view):
        ended.update(dict.fromkeys(_keys(entry, {entry.agency}), entry))
    begun: dict[str, list[Entry]] = defaultdict(list)
    for entry in Track(view.telling("begins")) if end else ():
        if entry.id in shown or not _begins_to_last(entry):
            continue
        things = _keys(entry, _things(entry) - ANYTHING)
        if not things or not statement(entry, "begins", "lasting"):
            continue
        over = (ended.get(key) for key in (*things, *_keys(entry, {entry.agency})))
        last = max((told_of[key] for key in things), key=lambda row: row.when.latest)
        if not any(row and not row.when.surely_before(entry.when) for row in over) and _long_before(last, end):
            begun[entry.agency] += [entry, *([last] if last.id != entry.id else [])]
    for agency, rows in begun.items():
        yield _begun_only(agency, unique(rows)[:MOST], view)


def _keys(entry: Entry, things: set[str]) -> list[tuple[str, str]]:
    return [(child, thing) for child in entry.subjects or ("",) for thing in sorted(things)]


def _long_before(row: Entry, end: date | None) -> bool:
    return end is not None and (end - row.when.latest).days > STILL_ON


def _begun_only(agency: str, rows: list[Entry], view: View) -> Finding:
    return Finding(
        f"{view.timeline.name_of(agency)}: what began and lasts, and no row says until when",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row ends it, and none tells of it in the months before the period ends.",
        settle=ask(view.timeline, (agency,), "the day each ended, or that it went on to the end of the period"),
        agencies=(agency,),
        subjects=subjects_of(rows),
        period=facts(rows),
        severity="low",
        certainty="possible",
    )


def _begins_to_last(entry: Entry) -> bool:
    words = told(entry)
    begins = tells("begins", words) and tells("lasting", words)
    return begins and "end-date" not in entry.fields and not LENGTH.search(words) and not rounds.closes(entry)


def _things(entry: Entry) -> set[str]:
    return {found.casefold()[:LETTERS] for found in idea("lasting").findall(told(entry))}


def _later(begun: Entry, view: View) -> list[Entry]:
    """Rows of the time after that tell of something as of what was."""
    knowing = view.track("no longer so", lambda: view.telling("no_longer_so"))
    after = knowing.about(begun).between(begun.when.latest, day_after(begun.when.latest, A_LONG_TIME))
    return [row for row in after if row.when.surely_after(begun.when)]


def _is_over(row: Entry, begun: Entry, things: set[str]) -> bool:
    """True if a row is about the same thing, or of the same agency."""
    return row.agency == begun.agency or bool(things & _things(row))


def _ends_it(row: Entry, things: set[str]) -> bool:
    """True if a row ends the work, or tells of the end of this thing."""
    words = told(row)
    return rounds.closes(row) and (not _things(row) or bool(things & _things(row)) or tells("closing", words))


def _is_nothing(entry: Entry) -> bool:
    """True if what is so for now is that something is not done ('No referral for now'), or no more, or is only asked for."""
    pattern = idea("indefinite").pattern
    before = (part[: found.start()] for part in STATEMENT.findall(told(entry)) for found in pattern.finditer(part))
    return all(NOTHING.search(words) or CLOSES.search(words) for words in before)


def _open(entry: Entry, timeline: Timeline) -> bool:
    if "end-date" in entry.fields:
        return False
    kinds = {event.type for event in entry.events}
    closing = {f"{kind}-end" for kind in kinds} | ({"closure", "cp-plan-end", "step-down"} if kinds else set())
    later = (
        row for row in timeline.of(entry.agency) if row.when.surely_after(entry.when) and row.subjects == entry.subjects
    )
    return not any(row.records(*closing) for row in later)
