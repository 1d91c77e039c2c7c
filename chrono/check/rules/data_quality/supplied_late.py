"""Rows that say of themselves that they came after the first return."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

LONG_AFTER = 90


@rule("D42", needs="reading", severity="low", alone=True)
def supplied_late(timeline: Timeline) -> Iterator[Finding]:
    """Records arrived after the return, and after what was made of it.

    Finds: rows, by file, that say they were added in a later version, were not in the first submission, or were found,
    recovered or sent on afterwards.
    Why it matters: what was concluded before they came has to be looked at again.
    Stays silent when: the return was only sent again in another layout, or came whole on the day agreed.
    """
    may_be = View.of(timeline).telling("came_late", "handed_in")
    for file, entries in by_file(entry for entry in may_be if _late(entry, timeline)):
        words = listed(dict.fromkeys(quoted(_words(entry), 40) for entry in entries))
        agency = entries[0].agency
        yield Finding(
            f"{file}: {len(entries)} row{'s' * (len(entries) > 1)} that came after the first return",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} By {words} the row was not in what was first supplied.",
            settle=ask(timeline, (agency,), "when and why these records came later, and whether more are to come"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="text",
        )


def _words(entry: Entry) -> str:
    return words_for("came_late", entry.told) or words_for("handed_in", entry.told)


def _late(entry: Entry, timeline: Timeline) -> bool:
    words = entry.told
    if tells("same_content", words):
        return False
    of_the_return = tells("came_late", words) and tells("of_the_review", words)
    return of_the_return or (tells("handed_in", words) and _names_a_later_day(entry, timeline))


def _names_a_later_day(entry: Entry, timeline: Timeline) -> bool:
    """True if the text names a day that lies after the end of the review, and surely long after the row's own."""
    end = timeline.case.end
    return end is not None and any(
        one.when.start is not None
        and one.when.start > end
        and one.role != "planned-for"
        and entry.when.days_until(one.when)[0] > LONG_AFTER
        for one in entry.dates
    )
