"""'The youth offending team', where the case has two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.statements import stating
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed, named, quoted, sentence_at
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Mention, Timeline, day_after

MATTERS = ("closing", "leans_on", "at_work_now")
"""Where it must be known which one: the row closes because of it, counts on it, or says that it is at work."""
ACTS = re.compile(
    r"(?:['’]s)?(?: (?:have|has|had|are|were|is|was|then|now|also|team|staff|worker|nurse|officer|duty))*"
    r" (?:sa(?:y|ys|id)|agree\w*|will|to|promis\w*|told|rang|ring|phoned|called|wrote|confirm\w*|advis\w*|report\w*"
    r"|refus\w*|declin\w*"
    r"|offer\w*|ask\w*|request\w*|discharg\w*|clos\w*|assess\w*|accept\w*|aware|involved|working|seeing|supporting|dealing|going|happy|sent"
    r"|referred|visited|saw|seen|stopped|started|doing|did|want\w*|think\w*|thought|decid\w*|taking|took|hold\w*|held|leading?|due)\b"
)
"""Behind the word for a service: what it says, does, or is to do."""
ADDRESSED = re.compile(
    r"\b(?:told|told by|tells|rang|rung|phoned|called|e-?mailed|asked|chased|contacted|informed|notified|alerted|that|if|per"
    r"|(?:sent|passed|handed|referred|reported|spoke|spoken|letter|call|e-?mail|copy|copied|information|feedback|referral|report|minutes)"
    r" (?:on |over |back |sent )*(?:to|with|from)) (?:the |a |local |duty )*$",
    re.IGNORECASE,
)
"""In front of it: it was told, or it is where the row has its news from."""
MONTHS = 92
PLAIN = frozenset(
    (
        "police",
        "the police",
        "social care",
        "csc",
        "children's services",
        "housing",
        "camhs",
        "youth justice",
        "probation",
    )
)
"""Words for a kind of service, which terms of reference give as a name of the one of their own area."""


@rule("D29", needs="plain", severity="low")
def agency_or_branch_unclear(timeline: Timeline) -> Iterator[Finding]:
    """A service is named by its kind only, and the case has two or more of that kind.

    Finds: rows, by file, that close, count on a service, tell it something or say what it said or did, and call it by a word
    ("the youth offending team") that fits several agencies of the case and is the name of none; rows that tell or send
    something to "the other office", "the relevant team".
    Why it matters: each of the two may believe that the other was meant.
    Stays silent when: the case has one such agency; the terms of reference give the word as a name of one, and the writer's
    own area has no other; the row's own agency is of that kind; nothing in the row hangs on it; a linked row shows which one;
    one of them only is at work in these months, or has returned and is of the place where the row was written.
    """
    view = View.of(timeline)
    yield from _nobody_in_particular(view)
    named_twice = any(len(ids) > 1 for ids in view.by_kind.values())
    found = ((entry, _unclear(entry, view)) for entry in (view.everything if named_twice else ()))
    unclear = {entry.id: mention for entry, mention in found if mention}
    for file, entries in by_file(entry for entry in timeline.entries if entry.id in unclear):
        words = listed(dict.fromkeys(quoted(unclear[entry.id].text, 40) for entry in entries))
        kinds = dict.fromkeys(_kind_of(unclear[entry.id], view) for entry in entries)
        fitting = named(timeline, (id_ for kind in kinds for id_ in view.of_kinds(kind)), "or")
        yield Finding(
            f"{file}: which service is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} In this case {words} may be {fitting}.",
            settle=ask(timeline, (entries[0].agency,), "which service it meant, and whom it spoke to there"),
            agencies=(entries[0].agency,),
            subjects=view.children(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )


def _unclear(entry: Entry, view: View) -> Mention | None:
    for mention in entry.mentions:
        if mention.column != "text" or not mention.text:
            continue
        kind = _kind_of(mention, view)
        fits_several = kind and kind != view.kind(entry.agency) and len(view.of_kinds(kind)) > 1
        if not fits_several or (_is_a_name(mention, view) and not _from_elsewhere(entry, mention, kind, view)):
            continue
        sentence = sentence_at(entry.text, mention.begin)
        if any(tells(matter, sentence) for matter in MATTERS):
            return mention
        if _acts(entry, mention) and not _settled(entry, kind, view):
            return mention
    return None


def _kind_of(mention: Mention, view: View) -> str:
    """The kind of service that the words stand for, also where nobody could tell which one they mean."""
    if mention.kind == "agency":
        return view.kind(mention.actor)
    actor = view.timeline.actor_by_id.get(mention.actor)
    return view.kind(actor.suggestion) if mention.kind == "unresolved" and actor and " or " in actor.why else ""


def _acts(entry: Entry, mention: Mention) -> bool:
    """True if the service says or does something, or is told something."""
    if not any(letter.isalpha() for letter in mention.text):
        return False  # whoever rings 999 rings no service of the case in particular
    acts = ACTS.match(entry.text, max(mention.end, 0)) or ADDRESSED.search(entry.text[: max(mention.begin, 0)])
    return acts is not None


def _settled(entry: Entry, kind: str, view: View) -> bool:
    """True if a linked row shows which one it was, or the one of the writer's own place has returned; else if one of them only
    was at work in those months."""
    of_kind = view.of_kinds(kind)
    if any(row.agency in of_kind for row in view.timeline.linked(entry)):
        return True
    local = [id_ for id_ in of_kind if _place(id_, view) == _place(entry.agency, view)]
    if len(local) == 1:
        return local[0] in view.timeline.returned
    first, last = day_after(entry.when.earliest, -MONTHS), day_after(entry.when.latest, MONTHS)
    at_work = [id_ for id_ in of_kind if view.agency(id_).about(entry).between(first, last)]
    return len(at_work) == 1


def _from_elsewhere(entry: Entry, mention: Mention, kind: str, view: View) -> bool:
    """True where the mere word for the kind is a name of one area's agency, and the writer is of an area that has its own."""
    plain = " ".join(mention.text.casefold().split()) in PLAIN
    here = any(_place(id_, view) == _place(entry.agency, view) for id_ in view.of_kinds(kind))
    return plain and here and _place(mention.actor, view) != _place(entry.agency, view)


def _place(agency: str, view: View) -> str:
    return view.timeline.name_of(agency).split()[0]


def _is_a_name(mention: Mention, view: View) -> bool:
    """True if the words, or some of them, are what the case itself calls an agency."""
    words = mention.text.casefold()
    return any(
        name.casefold() in words for agency in view.agencies.values() for name in (agency.name, *agency.aliases) if name
    )


def _nobody_in_particular(view: View) -> Iterator[Finding]:
    """Rows that tell or send something to a service of which not even the kind is said."""
    for file, entries in by_file(entry for entry, _ in stating(view, "some_service", "handed_on")):
        words = listed(dict.fromkeys(quoted(words_for("some_service", told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: told or sent to a service that is not named ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Which service {words} is, no row says, so nobody can be asked whether it came.",
            settle=ask(view.timeline, (entries[0].agency,), "which service it meant, and whom it spoke to there"),
            agencies=(entries[0].agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )
