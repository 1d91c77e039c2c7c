"""A parent who by one agency is in prison and by another is out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chrono.check.pictures import DENIED
from chrono.check.rule import rule
from chrono.check.topics import named_in, sentences
from chrono.check.view import View, date_in_doubt, facts, names_a_child, told
from chrono.check.wording import all_say, ask, says
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Mention, Timeline

NEAR_IT = ("police", "probation", "secure", "court")
"""Kinds of agency that need nobody to tell them that somebody is in prison, and see them there."""
PRISON = re.compile(r"\b(?:hmp|prison)\b", re.IGNORECASE)
"""In the name of an agency: it holds adults."""
PAST = re.compile(
    r"\b(?:was|were|had been|has been|been|when|while|whilst|until|till|after|before|if|may|might|could|out of|from|left|leaves"
    r"|sent|letters?|calls?|visit\w*|says?|said|since|risk)\b[^,.;]{0,20}$",
    re.IGNORECASE,
)
"""Before the words for prison: it is of another time, or only may be."""
AT_A_DISTANCE = re.compile(
    r"\b(?:phone[sd]?|telephone\w*|rang|rung|rings|video|letters?|wrote|writes|prison|custody|jail|hmp|remand|says?|tells|told|asked)\b",
    re.IGNORECASE,
)
A_YEAR = 366


@dataclass(frozen=True)
class Turn:
    """A row by which somebody goes to prison or comes out."""

    entry: Entry
    inside: bool


@rule("C32", needs="reading", severity="medium")
def inside_or_out(timeline: Timeline) -> Iterator[Finding]:
    """One agency has a parent in prison, and the rows of probation or the prison have them out; or the other way round.

    Finds: a row by which somebody of the family is in prison or on remand, where the last word of probation or the prison
    within a year before it is that the person was let out; and a row by which the person fetched, brought or was with
    the child on a day that lies surely between two of their rows, of going to prison and of coming out.
    Why it matters: who is at home, and whom a plan is for, was judged on the wrong one.
    Stays silent when: the words are of another time; nobody, or more than one of the family, is said to be in prison, so that
    it is not plain of whom the rows are; the row is of a call, a letter or a visit to the prison.
    """
    view = View.of(timeline)
    turns = list(_turns(view))
    said = list(_said_inside(view)) if turns else []
    people = {mention.actor for _, mention in said}
    if len(people) != 1:
        return
    (person,) = people
    for entry, _ in said:
        let_out = _out_by_then(entry, turns)
        if let_out:
            yield _let_out_before(entry, let_out.entry, person, timeline)
    for entry in view.everything:
        stay = _stay_around(entry, turns)
        if stay and view.kind(entry.agency) not in NEAR_IT and not date_in_doubt(entry) and _is_there(entry, person):
            yield _there_meanwhile(entry, [turn.entry for turn in stay], person, timeline)


def _turns(view: View) -> Iterator[Turn]:
    """The rows of probation and prisons, of no child, that tell of going in or coming out; what such a row says first counts."""
    for entry in view.telling("goes_inside", "is_let_out"):
        if _holds(entry.agency, view) and entry.when.is_day and not names_a_child(entry):
            text = told(entry)
            inside, out = idea("goes_inside").search(text), idea("is_let_out").search(text)
            yield Turn(entry, inside is not None and (out is None or inside.start() < out.start()))


def _holds(agency: str, view: View) -> bool:
    return view.kind(agency) == "probation" or PRISON.search(view.timeline.name_of(agency)) is not None


def _said_inside(view: View) -> Iterator[tuple[Entry, Mention]]:
    """The rows of other agencies by which one of the family is in prison now."""
    for entry in view.telling("is_inside"):
        if view.kind(entry.agency) in NEAR_IT or not entry.when.known or date_in_doubt(entry):
            continue
        for sentence in sentences(entry.text):
            found = idea("is_inside").search(sentence.text)
            before = sentence.text[: found.start()] if found else ""
            if found and not DENIED.search(before) and not PAST.search(before):
                family = [one for one in named_in(sentence, entry) if view.is_family(one.actor)]
                yield from ((entry, mention) for mention in family[:1])


def _out_by_then(entry: Entry, turns: Sequence[Turn]) -> Turn | None:
    """The row of coming out that is the last of theirs before this one."""
    before = [turn for turn in turns if turn.entry.when.surely_before(entry.when)]
    last = before[-1] if before else None
    if last is None or last.inside or (entry.when.earliest - last.entry.when.latest).days > A_YEAR:
        return None
    return last


def _stay_around(entry: Entry, turns: Sequence[Turn]) -> tuple[Turn, Turn] | None:
    """The rows of going in and of coming out between which this one surely lies."""
    before = [turn for turn in turns if turn.entry.when.surely_before(entry.when)][-1:]
    after = [turn for turn in turns if entry.when.surely_before(turn.entry.when)][:1]
    return next(((first, last) for first in before for last in after if first.inside and not last.inside), None)


def _is_there(entry: Entry, person: str) -> bool:
    return any(
        mention.actor == person and _comes(sentence.text[mention.end - sentence.begin :])
        for sentence in sentences(entry.text)
        for mention in named_in(sentence, entry)
    )


def _comes(after: str) -> bool:
    """True if the words behind a name have the person there in the flesh."""
    found = idea("comes_in_person").search(after)
    if found is None or len(after[: found.start()].split()) > 2 or DENIED.search(after[: found.start()]):
        return False
    return not AT_A_DISTANCE.search(after[: found.end()]) and not tells("is_inside", after)


def _let_out_before(entry: Entry, let_out: Entry, person: str, timeline: Timeline) -> Finding:
    name, holder = timeline.name_of(person), timeline.name_of(let_out.agency)
    return Finding(
        f"{name}: in prison by {timeline.name_of(entry.agency)} on {entry.when}, let out by {holder} on {let_out.when}"[
            :160
        ],
        cites=(entry.source, let_out.source),
        explanation=f"{says(entry)} {says(let_out)} No row of {holder} between the two says that {name} was taken back.",
        settle=ask(timeline, (let_out.agency,), f"where {name} was on {entry.when}")
        + f" Ask {timeline.name_of(entry.agency)} from whom it had what it wrote.",
        agencies=(entry.agency, let_out.agency),
        subjects=entry.subjects,
        period=facts((let_out, entry)),
        certainty="possible",
    )


def _there_meanwhile(entry: Entry, stay: Sequence[Entry], person: str, timeline: Timeline) -> Finding:
    name, holder = timeline.name_of(person), timeline.name_of(stay[0].agency)
    return Finding(
        f"{timeline.name_of(entry.agency)} has {name} there on {entry.when}; {holder} has them in prison"[:160],
        cites=(entry.source, *(row.source for row in stay)),
        explanation=f"{says(entry)} That day lies between: {all_say(stay)} Either somebody else is called so here, "
        "or one of the dates is wrong.",
        settle=ask(timeline, (entry.agency,), f"who it was that is called {name} here, and how it was known"),
        agencies=tuple(dict.fromkeys((entry.agency, *(row.agency for row in stay)))),
        subjects=entry.subjects,
        period=facts((entry, *stay)),
        certainty="possible",
    )
