"""'The youth offending team', where the case has two."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.statements import stating
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed, named, quoted, sentence_at
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Mention, Timeline

MATTERS = ("closing", "leans_on", "at_work_now")
"""Where it must be known which one: the row closes because of it, counts on it, or says that it is at work."""


@rule("D29", needs="plain", severity="low")
def agency_or_branch_unclear(timeline: Timeline) -> Iterator[Finding]:
    """A service is named by its kind only, and the case has two or more of that kind.

    Finds: rows, by file, that close, count on a service or say that it is at work, and call it by a word ("the youth
    offending team") that fits several agencies of the case and is the name of none; rows that tell or send something to
    "the other office", "the relevant team".
    Why it matters: each of the two may believe that the other was meant.
    Stays silent when: the case has one such agency; the terms of reference give the word as a name of one; the row's own
    agency is of that kind; nothing in the row hangs on it.
    """
    view = View.of(timeline)
    yield from _nobody_in_particular(view)
    unclear = {entry.id: mention for entry in view.telling(*MATTERS) if (mention := _unclear(entry, view))}
    for file, entries in by_file(entry for entry in timeline.entries if entry.id in unclear):
        words = listed(dict.fromkeys(quoted(unclear[entry.id].text, 40) for entry in entries))
        kinds = dict.fromkeys(view.kind(unclear[entry.id].actor) for entry in entries)
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
        if mention.kind != "agency" or mention.column != "text" or not mention.text:
            continue
        kind = view.kind(mention.actor)
        fits_several = kind and kind != view.kind(entry.agency) and len(view.of_kinds(kind)) > 1
        sentence = sentence_at(entry.text, mention.begin)
        if fits_several and not _is_a_name(mention, view) and any(tells(matter, sentence) for matter in MATTERS):
            return mention
    return None


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
