"""'No earlier involvement', 'never been here before', 'no convictions': and the rows before it hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, facts, told, weight
from chrono.check.wording import all_say, ask, named, quoted
from chrono.check.words import Idea, idea
from chrono.model import Entry, Finding, Timeline, day_after
from chrono.vocabulary import words as words_of

FILE = Path(__file__).parents[2] / "none_before.yaml"
SHOWN = 2
"""Rows laid beside a claim: so many of the gravest, and so many of the last."""
UNDER_WAY = 180
"""Days before a claim in which an agency's own rows are of the work that it is at, and not of an earlier one."""
UNDER_WAY_STILL = 92
"""Days before a claim that no work is going on, in which a row of that work shows that it is."""
ENDS = ("closure", "step-down", "no-further-action", "cp-plan-end", "discharge-from-care")
LIMITED = re.compile(
    r"[^.;]{0,25}\b(since|this (?:week|month|term|year)|in the last|in the past|today|for \d+)\b", re.I
)
"""After the claim: it speaks of a stretch of time only."""
WITH_US = re.compile(
    r"\W*(?:with|by|at|to|of|in) (?:us|this (?:service|team|office|unit)|our (?:service|team|office|unit))\b", re.I
)
"""After the claim: it speaks of the writer's own service only."""
SINCE = re.compile(
    r"[^.;]{0,25}\bsince\b(?:[^.;]{0,30}\b(?P<court>sentenc\w*|court|order|convict\w*|licence)\b"
    r"|[^.;]{0,15}\blast (?P<seen>seen|saw|met|spoke|session|visit|appointment|contact|meeting|supervision|report"
    r"|review|time)\b)",
    re.I,
)
"""After the claim: it speaks of the time since a court's order, or since the writer's last row."""
STRETCH = re.compile(
    r"[^.;]{0,20}\bsince (?:(?:the|his|her|their|this|our|my|she|he|they|we|last|was|were|has|have|had|been|first|being"
    r"|returning) )*"
    r"(?:(?P<home>(?:c[ao]m(?:e|ing) |went |going |return(?:ed|ing)? |mov(?:ed|ing) )(?:back )?"
    r"(?:home|to (?:live with )?(?:(?:her|his|their) )?(?:mum|mother|dad|father|parents|family)\b)"
    r"|return(?:ed)?\b|reunification|rehabilitation)"
    r"|(?P<placed>plac(?:ed|ement)\b|mov(?:e|ed|ing)\b|arriv\w+|com(?:e|ing) (?:here|to us|to live)"
    r"|came (?:here|to us|to live)|admission|joining us)"
    r"|(?P<met>review|meeting|conference|core group|taf|tac|panel|visit)\b)",
    re.IGNORECASE,
)
"""After the claim: it speaks of the time since the child came to a place, came home, or since the last meeting."""
BACK_HOME = re.compile(
    r"\b(?:return(?:ed|s)?|came|went|moved|moves|goes|back|discharged|rehabilitated|placed|reunited)\b[^.;]{0,25}"
    r"\b(?:home|(?:mum|mother|dad|father|parents|family)\b)",
    re.IGNORECASE,
)
"""A row of the day on which the child came home."""
HOMECOMING = (
    "placement-end",
    "placement-start",
    "placement-move",
    "ceased-looked-after",
    "became-looked-after",
    "section-20",
)
LONGEST_STRETCH = 366
LINKS = r"(?:links?|connections?|ties|associat\w+|contacts|friends|peers|history)"
NO_LINKS = re.compile(
    rf"\b(?:(?:no|without|any|lacks?|nor) (?:(?:known|previous|prior|existing|other|apparent|current|past|peer|any) )*{LINKS}\b"
    r"|(?:knows?|has|have|had) (?:nobody|no one|no-one)\b|nothing (?:to |that |which )?(?:links?|ties|connects?)"
    r" (?:him|her|them)\b|(?:is |are |was )?(?:not known|unknown)\b|(?:has |have )?never (?:been|lived|stayed|spent time))"
    r"[^.;]{0,12}? (?:with|to|in|at|within|around) (?:the )?(?P<place>(?-i:[A-Z])[\w'’]{3,})",
    re.IGNORECASE,
)
"""Words by which a child has no links with a place; 'any' of them only behind a denial."""
A_DENIAL = re.compile(
    r"\b(?:no|not|never|n['’]t|without|nor|neither|unaware|nothing|nobody)\b[^.;,]{0,40}$", re.IGNORECASE
)
BY_A_COURT = ("sentence", "order-made", "referral-order", "conviction", "court-hearing")


@dataclass(frozen=True)
class Claim:
    """One matter of none_before.yaml: that there was none of it before, and what shows that there was."""

    matter: str
    says: Idea
    own: bool
    """True if only rows of the agency that claims it can speak against it."""
    kinds: tuple[str, ...]
    """The kinds of service whose rows count; none: every kind."""
    events: tuple[str, ...]
    """The kinds of event that count; none: whatever is of weight."""
    anyone: tuple[str, ...] = ()
    """The kinds of event that count whoever records them."""
    since: bool = False
    """True if the claim is always of some time, and counts where that begins with an order or the writer's last row."""
    now: bool = False
    """True if the claim is of its own day only: that no such work is going on."""
    stretch: bool = False
    """True if the claim is of the time since the child came to a home or came back to one, or since the last meeting."""

    def made_in(self, text: str) -> str:
        """The words of the claim in a text, '' if it is not made."""
        found = self.says.search(text)
        if found and not self.own and WITH_US.match(text, found.end()):
            return ""
        if self.stretch:
            return found.group() if found and STRETCH.match(text, found.end()) else ""
        made = found and bool(self.since) == bool((SINCE if self.since else LIMITED).match(text, found.end()))
        return found.group() if found and made else ""


HELD_THERE = Claim("the child", idea("none_before: attendances there: says"), False, (), ())
"""Of a place with which a child is said to have no links."""


@rule("C19", needs="reading", severity="medium")
def none_before_though_recorded(timeline: Timeline, *, days: int = 1100) -> Iterator[Finding]:
    """A row says that there was nothing of a kind before, and earlier rows record it.

    Finds: "never been to this department", "no earlier social care involvement", "no convictions", "first time come to
    notice", "domestic abuse: none", "no police contact since the order", "no known links with Newtown", where rows about
    the same child, of the `days` days before, record such a thing: those of the same service where it speaks of itself,
    else those of anybody who would know, and of a place those of the agencies that bear its name; and "not open to social
    care" in the weeks in which social care's rows have an assessment or a plan.
    Why it matters: what comes next was decided as if it were the first time.
    Stays silent when: nothing of the kind is surely earlier; the words are of a stretch of time ("none this term"), unless
    it began with a move, a return home or the last meeting ("no incidents since she was placed") and others record it in there.
    """
    view = View.of(timeline)
    for entry in Track(view.telling(*(claim.says.name for claim in claims()))):
        for claim in claims() if not date_in_doubt(entry) else ():
            if (words := claim.made_in(told(entry))) and (rows := _earlier(entry, claim, view, days)):
                yield _finding(entry, claim, words, rows, timeline)
    for entry in view.everything:
        words, place = _no_links(told(entry))
        if words and not date_in_doubt(entry) and (rows := _known_there(entry, place, view, days)):
            yield _finding(entry, HELD_THERE, words, rows, timeline)


def _no_links(text: str) -> tuple[str, str]:
    """The words by which a text says that a child has no links with a place, and the place; '' and '' if it does not."""
    found = NO_LINKS.search(text)
    if found is None or not found.group().lower().startswith("any"):
        return (found.group(), found["place"]) if found else ("", "")
    denied = A_DENIAL.search(text[: found.start()])
    return (text[denied.start() : found.end()], found["place"]) if denied else ("", "")


def _known_there(entry: Entry, place: str, view: View, days: int) -> list[Entry]:
    """The gravest and the last rows before this one, about the same child, of agencies that have the place in their name."""
    there = {id_ for id_, agency in view.agencies.items() if place in agency.name and id_ != entry.agency}
    if not there or entry.when.start is None or not entry.subjects:
        return []
    rows = view.weighty.about(entry).between(day_after(entry.when.start, -days), day_after(entry.when.start, -1))
    held = [row for row in rows if row.agency in there and row.when.surely_before(entry.when)]
    return [row for row in held if row in sorted(held, key=weight, reverse=True)[:SHOWN] or row is held[-1]]


@cache
def claims() -> tuple[Claim, ...]:
    """Every matter of none_before.yaml."""
    lists: Mapping[str, Mapping[str, Any]] = words_of(FILE)
    return tuple(
        Claim(
            matter,
            idea(f"none_before: {matter}: says"),
            one.get("own", False),
            tuple(one.get("kinds", ())),
            tuple(one.get("events", ())),
            tuple(one.get("anyone", ())),
            one.get("since", False),
            one.get("now", False),
            one.get("stretch", False),
        )
        for matter, one in lists.items()
    )


def _earlier(entry: Entry, claim: Claim, view: View, days: int) -> list[Entry]:
    """The rows that speak against the claim, in order: the gravest of them and the last."""
    first = _begin(entry, claim, view, days)
    if first is None or entry.when.start is None or not (entry.subjects or claim.since):
        return []
    track = view.recording(*claim.events) if claim.events else view.weighty
    rows = [
        row
        for row in track.between(first, day_after(entry.when.start, -1))
        if row.when.surely_before(entry.when)
        and (set(row.subjects) & set(entry.subjects) or (not entry.subjects and _of_one_adult(row, entry)))
        and not claim.made_in(told(row))
        and not date_in_doubt(row)
        and _speaks(row, entry, claim, view)
        and not (claim.stretch and row.when.earliest < first)
        and not (claim.since and (row.when.earliest < first or not _of_its_people(row, entry, view)))
    ]
    if claim.now and _ended(rows, entry, claim, view):
        return []
    gravest = sorted(rows, key=weight, reverse=True)[:SHOWN]
    last = [row for row in rows if row.agency != entry.agency][-SHOWN:] or rows[-SHOWN:]
    return [row for row in rows if row in gravest or row in last]


def _begin(entry: Entry, claim: Claim, view: View, days: int) -> date | None:
    """The first day of the time that a claim is of; None where that cannot be told."""
    if entry.when.start is None:
        return None
    if claim.stretch:
        return _stretch(entry, claim, view)
    begin = day_after(entry.when.start, -(UNDER_WAY_STILL if claim.now else days))
    found = claim.says.search(told(entry)) if claim.since else None
    since = SINCE.match(told(entry), found.end()) if found else None
    if since is None:
        return begin
    own = view.agency(entry.agency).about(entry).between(begin, day_after(entry.when.start, -1))
    last = next((row for row in own[::-1] if since["seen"] or row.records(*BY_A_COURT)), None)
    return day_after(last.when.latest) if last else None


def _stretch(entry: Entry, claim: Claim, view: View) -> date | None:
    """The day after the child came to the home or back to it, or after the last meeting of the claim's own agency."""
    found = claim.says.search(told(entry))
    since = STRETCH.match(told(entry), found.end()) if found else None
    if since is None or entry.when.start is None:
        return None
    days = day_after(entry.when.start, -LONGEST_STRETCH), day_after(entry.when.start, -1)
    if since["met"]:
        rows = [row for row in view.agency(entry.agency).about(entry).between(*days) if _held_one(row, entry)]
    elif since["home"]:
        rows = [row for row in view.recording(*HOMECOMING).about(entry).between(*days) if BACK_HOME.search(told(row))]
    else:
        rows = list(view.recording("placement-start", "placement-move").about(entry).between(*days))
    last = next((row for row in rows[::-1] if row.when.is_day and not date_in_doubt(row)), None)
    return day_after(last.when.latest) if last else None


def _held_one(row: Entry, entry: Entry) -> bool:
    """True if the row is of a meeting or visit of the kind that the row of the claim is of."""
    held = {event.type for event in row.events if event.status == "occurred" and event.nature in ("meeting", "visit")}
    return bool(held & {event.type for event in entry.events if event.status == "occurred"})


def _ended(rows: Iterable[Entry], entry: Entry, claim: Claim, view: View) -> bool:
    """True if the last that these services record before the claim, or after the last row of the work, is that it ended."""
    assert entry.when.start
    last = max((row.when.earliest for row in rows), default=entry.when.start)
    ends = view.recording(*ENDS).about(entry).between(last, day_after(entry.when.start, 1))
    return any(view.kind(row.agency) in claim.kinds and not date_in_doubt(row) for row in ends)


def _of_one_adult(row: Entry, entry: Entry) -> bool:
    """True if a row names the adult of whom one speaks that names no child."""
    return bool(_people((row,)) & _people((entry,)))


def _of_its_people(row: Entry, entry: Entry, view: View) -> bool:
    """True if a row names somebody of whom the return of the claim writes, or nobody."""
    people = view.kept(f"people of {entry.source.file}", lambda: _people(view.agency(entry.agency)))
    named = _people((row,))
    return not named or bool(named & people)


def _people(rows: Iterable[Entry]) -> frozenset[str]:
    return frozenset(m.actor for row in rows for m in row.mentions if m.kind in ("person", "subject"))


def _speaks(row: Entry, entry: Entry, claim: Claim, view: View) -> bool:
    if claim.own:
        return row.agency == entry.agency
    of_a_kind = not claim.kinds or view.kind(row.agency) in claim.kinds
    if (row.agency == entry.agency or not of_a_kind) and row.when.days_until(entry.when)[0] <= UNDER_WAY:
        return False
    return of_a_kind or row.records(*claim.anyone)


def _finding(entry: Entry, claim: Claim, words: str, rows: list[Entry], timeline: Timeline) -> Finding:
    others = tuple(dict.fromkeys(row.agency for row in rows))
    writes = f"{timeline.name_of(entry.agency)} writes {quoted(words, 50)}"
    return Finding(
        f"{writes}; {named(timeline, others)} had {claim.matter} on record"[:160],
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{all_say([entry])} Earlier rows record {claim.matter}: {all_say(rows)}",
        settle=ask(timeline, (entry.agency,), "what was looked up for this, and in which records"),
        agencies=tuple(dict.fromkeys((entry.agency, *others))),
        subjects=entry.subjects,
        period=facts((*rows, entry)),
        certainty="possible",
    )
