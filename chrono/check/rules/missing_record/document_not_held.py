"""Plans, agreements, minutes and reports that a row cites and nobody's rows show being made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chrono.check.pictures import SENTENCE
from chrono.check.rule import rule
from chrono.check.statements import soon_after, statement
from chrono.check.view import Track, View, facts, told
from chrono.check.wording import ask, quoted, says
from chrono.check.words import tells
from chrono.model import Certainty, Entry, Finding, Timeline

DOCUMENT = (
    r"contract|agreement|minutes|report|assessment|safety plan|care plan|support plan|risk plan|action plan|memorandum|"
    r"statement of expectations|protocol|chronology|letter of expectation"
)
IN_PLACE = re.compile(
    rf"\b((?:[\w'’-]+\s)?(?:{DOCUMENT}))\s+(?:(?:is|was|are|were|remains?|stays?)\s+)?(?:already\s+)?"
    r"(?:in place|on file|exists?|signed earlier)\b",
    re.IGNORECASE,
)
LACKING = (
    r"(?:(?:is|are|was|were|has|have|had|did|could|can)\s+)?(?:not|never|cannot)\s+(?:yet\s+)?(?:be\s+|been\s+)?"
    r"(?:[\w'’-]+\s)?(?:found|held|supplied|provided|circulated|shared|received|seen|sent|located|available|traced|"
    r"signed|completed|written|produced|distributed|recorded|come|arrived?|reached?|"
    r"(?:on|in)\s+(?:the\s+|our\s+|his\s+|her\s+)?(?:file|files|system|records?|notes))"
    r"|(?:is|are|was|were)?\s*(?:still\s+)?(?:awaited|outstanding|to come)"
    r"|(?:is\s+|are\s+|was\s+|were\s+)?missing\s+from"
)
NOT_HELD = re.compile(
    r"\b(?:no\s+copy\s+(?:of\s+(?:[\w'’-]+\s+){1,4})?(?:(?:is|was)\s+)?(?:on|in|held|kept|available|found)"
    rf"|no\s+(?:[\w'’-]+\s)?(?:{DOCUMENT})(?!\s+(?:(?:is|was|has been|had been)\s+)?"
    r"(?:needed|required|requested|sought|necessary|wanted|asked|due|called for))"
    rf"|(?:[\w'’-]+\s)?(?:{DOCUMENT}|plan)(?:\s+(?:of|from|for|to|with|by|mentioned)(?:\s+[\w'’-]+){{0,6}}?)?,?\s+"
    rf"(?:{LACKING}))\b",
    re.IGNORECASE,
)
NOT_YET_DONE = re.compile(
    r"\b(assessments?|plan)\b.*\b(outstanding|awaited|to come|completed|signed|written|produced|come)$", re.IGNORECASE
)
"""An assessment or plan of which this is said is work that was not finished, not a paper that is missing."""


@rule("M05", needs="typed", severity="medium")
def document_not_held(timeline: Timeline, *, days: int = 31) -> Iterator[Finding]:
    """A document is relied on, or said to be missing, and no row shows it being made or held.

    Finds: "contract in place", "plan on file" and the like where no other row of any return mentions that document; and
    rows that say a document was not found, not circulated or never received, or was known by word of mouth only.
    Why it matters: what was agreed, and with whom, cannot be known without it.
    Stays silent when: the row itself tells of its making or signing; another row records the document being made, agreed
    or reviewed, under the same name; it came within `days` days; nothing at all of the child's history came, which is
    another matter.
    """
    view = View.of(timeline)

    @cache
    def mentioning(document: str) -> tuple[Entry, ...]:
        pattern = re.compile(re.escape(document).replace(r"\ ", r"\s+"), re.IGNORECASE)
        return tuple(row for row in timeline.entries if pattern.search(told(row)))

    def mentioned_elsewhere(document: str, entry: Entry) -> bool:
        named = mentioning(" ".join(document.lower().split()))
        return any(row.id != entry.id and view.same_child(row, entry) for row in named)

    for entry in Track(view.telling("document", "paper")):
        words = told(entry)
        missing = _missing(entry)
        if missing and not soon_after(entry, view, days, "paper", "paper_came", of_anyone=True):
            yield _finding(entry, missing, "is said to be missing", "definite", view)
        for found in IN_PLACE.finditer(words) if tells("paper_in_place", words) and not _made_here(entry) else ():
            if not mentioned_elsewhere(found.group(1), entry):
                yield _finding(entry, found.group(1), "is relied on, and no other row mentions it", "possible", view)
                break


def _made_here(entry: Entry) -> bool:
    """True if the row itself tells of the paper being made, signed or agreed: 'signs agreement ... on file'."""
    return any(
        tells("paper_made", sentence)
        for sentence in SENTENCE.split(told(entry))
        if re.search(DOCUMENT, sentence, re.IGNORECASE)
    )


def _missing(entry: Entry) -> str:
    """The words that say of a paper that it is not there; '' if there are none, or they tell of work not finished."""
    words = told(entry)
    if tells("no_history", words):
        return ""
    found = NOT_HELD.search(words) if tells("wanting", words) else None
    part = found.group() if found else statement(entry, "not_to_hand", "paper", unless=("not_a_paper",))
    return "" if NOT_YET_DONE.search(part) or tells("no_assessment", part) else part


def _finding(entry: Entry, document: str, what: str, certainty: Certainty, view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    return Finding(
        f"{name}: {quoted(document)} {what}",
        cites=(entry.source,),
        explanation=f"{says(entry)} Nothing else in the returns shows who made the document, when, or what it says.",
        settle=ask(view.timeline, (entry.agency,), "the document itself, its date, and who was given it"),
        agencies=(entry.agency,),
        expected_from=(entry.agency,),
        subjects=entry.subjects,
        period=facts((entry,)),
        certainty=certainty,
    )
