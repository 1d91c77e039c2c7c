"""Plans, agreements, minutes and reports that a row cites and nobody's rows show being made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chrono.check.pictures import SENTENCE
from chrono.check.rule import rule
from chrono.check.statements import soon_after, statement
from chrono.check.view import Track, View, facts, result, told
from chrono.check.wording import all_say, ask, quoted
from chrono.check.words import tells
from chrono.model import Certainty, Entry, Finding, Timeline, day_after

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
    r"(?:(?:is|are|was|were|has|have|had|did|could|can)\s+)?(?:still\s+)?(?:not|never|cannot)\s+(?:yet\s+)?(?:be\s+|been\s+)?"
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
NOT_IN = re.compile(
    r"\W*(?:(?:still|copy|paper|document|it|has|had|was|is)\s+)*"
    r"(?:(?:not|never|nothing|none)\s+(?:yet\s+)?(?:received|rec['’]?d|come|came|in|arrived|sent|seen|provided|supplied"
    r"|forthcoming|to hand|obtained|had|got)|awaited|awaiting|waiting|outstanding|yet to (?:come|arrive|be received|receive))\b"
    r"(?:\s+(?:yet|so far|to date))?\W*$",
    re.IGNORECASE,
)
"""A result that says that what was asked for did not come, and no more."""
NOT_YET_DONE = re.compile(
    r"\b(assessments?|plan)\b.*\b(outstanding|awaited|to come|completed|signed|written|produced|come)$", re.IGNORECASE
)
"""An assessment or plan of which this is said is work that was not finished, not a paper that is missing."""
AWAITED = re.compile(r"\b(?:awaited|await(?:s|ing)?|outstanding|pending|to (?:come|follow)|due)\b", re.IGNORECASE)
"""Of a paper that is expected, and not looked for in vain."""
STILL = re.compile(r"\b(?:still|yet|again|overdue|chased|late)\b", re.IGNORECASE)
"""The paper should have come by then."""
PAPER = re.compile(rf"\b(?:{DOCUMENT})s?\b", re.IGNORECASE)
AGREED = ("written-agreement", "safety-plan")
"""Papers by which an agency says who may do what with a child."""
A_YEAR = 365
PATIENCE = 62
"""Days within which a paper that was awaited comes in the ordinary way."""


@rule("M05", needs="typed", severity="medium")
def document_not_held(timeline: Timeline, *, days: int = 31) -> Iterator[Finding]:
    """A document is relied on, or said to be missing, and no row shows it being made or held.

    Finds: "contract in place", "plan on file" and the like where no other row of any return mentions that document; and
    rows that say a document was not found, not circulated or never received, or was known by word of mouth only.
    Why it matters: what was agreed, and with whom, cannot be known without it.
    Stays silent when: the row itself tells of its making or signing; another row records the document being made, agreed
    or reviewed, under the same name; it came within `days` days, or was only awaited and was sent or read within two
    months; nothing at all of the child's history came, which is another matter.
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
        if missing and not _came(entry, missing, view, days):
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


def _came(entry: Entry, missing: str, view: View, days: int) -> bool:
    """True if a row of anybody soon after tells that papers came, or that such a paper, if only awaited, was sent or read."""
    if soon_after(entry, view, days, "paper", "paper_came", of_anyone=True):
        return True
    paper = PAPER.search(missing)
    if not paper or not AWAITED.search(missing) or STILL.search(missing) or entry.when.end is None:
        return False
    same = re.compile(rf"\b{re.escape(paper.group())}", re.IGNORECASE)
    rows = view.everything.about(entry).between(entry.when.latest, day_after(entry.when.end, PATIENCE))
    return any(
        row.id != entry.id and same.search(sentence) and tells("paper_sent", sentence)
        for row in rows
        for sentence in SENTENCE.split(told(row))
    )


def _missing(entry: Entry) -> str:
    """The words that say of a paper that it is not there; '' if there are none, or they tell of work not finished."""
    words = told(entry)
    if tells("no_history", words):
        return ""
    found = NOT_HELD.search(words) if tells("wanting", words) else None
    part = (
        found.group() if found else statement(entry, "not_to_hand", "paper", unless=("not_a_paper",)) or _not_in(entry)
    )
    return "" if NOT_YET_DONE.search(part) or tells("no_assessment", part) else part


def _made_by_others(entry: Entry, view: View) -> Entry | None:
    """The last agreement before the row that another agency made about somebody whom this row names: the paper that its
    writer should have had."""
    people = _family_named(entry, view)
    if entry.when.start is None or not people:
        return None
    rows = view.recording(*AGREED).about(entry).between(day_after(entry.when.start, -A_YEAR), entry.when.start)
    made = [row for row in rows if row.agency != entry.agency and people & _family_named(row, view)]
    return made[-1] if made else None


def _family_named(entry: Entry, view: View) -> set[str]:
    return {mention.actor for mention in entry.mentions if view.is_family(mention.actor)}


def _not_in(entry: Entry) -> str:
    """The words by which a row asks for a paper, if its result says that it did not come; else ''."""
    asks = NOT_IN.match(result(entry)) and tells("paper", entry.text) and tells("paper_asked_for", entry.text)
    return entry.text if asks else ""


def _finding(entry: Entry, document: str, what: str, certainty: Certainty, view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    made = _made_by_others(entry, view) if certainty == "definite" else None
    rows = (made, entry) if made else (entry,)
    if made:
        shown = (
            f"It may be the agreement of {view.timeline.name_of(made.agency)}: no row shows that {name} was given it."
        )
    else:
        shown = "Nothing else in the returns shows who made the document, when, or what it says."
    agencies = tuple(row.agency for row in rows)
    return Finding(
        f"{name}: {quoted(document)} {what}",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} {shown}",
        settle=ask(view.timeline, agencies, "the document itself, its date, and who was given it"),
        agencies=agencies,
        expected_from=(entry.agency,),
        subjects=entry.subjects,
        period=facts(rows),
        certainty=certainty,
    )
