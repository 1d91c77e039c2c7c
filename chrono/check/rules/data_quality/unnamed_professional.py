"""Decisions by somebody who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

DECIDER = re.compile(
    r"\b(sign(ed|s|ing)? ?-?off|authoris\w+|approv\w+|decided|decision ?-?maker|agreed) ?(by|off)?\b", re.IGNORECASE
)
"""Headers of the column that says who decided."""
POSTS = (
    "manager|mgr|supervisor|officer|sergeant|sgt|inspector|superintendent|consultant|registrar|doctor|clinician|practitioner"
    "|psychiatrist|psychologist|nurse|sister|midwife|midwives|worker|lead|leader|head|deputy|governor|teacher|tutor|director"
    "|boss|colleague|solicitor|lawyer|professional|person|staff|adviser|advisor|therapist|senior|chair|coordinator"
)
ONLY_A_POST = re.compile(
    rf"\b(?:[Aa]n?|[Aa]nother|[Ss]ome|[Oo]ne of (?:the|our|their)|[Uu]nnamed|[Uu]nidentified|[Uu]nknown|[Dd]uty|[Oo]n[- ]call)"
    rf"\s+(?:[a-z]+[- ]){{0,2}}(?:{POSTS})s?\b(?! ?[(,]? ?(?:[A-Z]{{1,4}} ?\d|[A-Z][a-z]+|[A-Z]\b))"
)
"""Somebody called by post only: 'a duty manager', 'one of our seniors', and no name or label behind it."""
THOSE_ABOVE = re.compile(
    r"\b(?:senior (?:staff|leaders|leadership|management|managers|colleagues|officers|clinicians)|management|managers|slt|smt|clt"
    r"|the powers that be|higher[- ]ups?|those above|seniors|(?:someone|somebody) (?:in|at|from|on|senior|there|else)"
    r"|(?:a|the) voice (?:on|at)|(?:the|an) (?:out[- ]of[- ]hours|duty) (?:team|desk|line))\b"
    r"(?! ?[(,]? ?(?:[A-Z]{1,4} ?\d))",
    re.IGNORECASE,
)


@rule("D08", needs="plain", severity="low", alone=True)
def unnamed_professional(timeline: Timeline) -> Iterator[Finding]:
    """A manager, an officer or a member of staff decided or agreed something, and nobody can be asked.

    Finds: rows, by file, in which somebody without a name, label or number decides, agrees or authorises; and such words
    in the column of who signed it off.
    Why it matters: a decision belongs to somebody who can explain it.
    Stays silent when: the row also gives a label (TM1); nothing is decided; the whole return leaves out its staff.
    """
    for file, entries in by_file(filter(_whom, _decided(View.of(timeline)))):
        agency = entries[0].agency
        words = listed(dict.fromkeys(quoted(_whom(entry), 40) for entry in entries))
        yield Finding(
            f"{file}: decided by somebody not named ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Who {words} was is not said.",
            settle=ask(timeline, (agency,), "the role and number of the person who decided"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="text",
        )


def _decided(view: View) -> Iterator[Entry]:
    """Rows that tell of a decision, or have a column of who decided."""
    telling = {entry.id for entry in view.rows("decides", "decides_for_somebody")}
    return (row for row in view.timeline.entries if row.id in telling or any(map(_says_who_decided, row.fields)))


@cache
def _says_who_decided(header: str) -> bool:
    return DECIDER.search(header) is not None


def _whom(entry: Entry) -> str:
    """The words for somebody without a name who decided: in the text, or in the column of who decided or wrote the row."""
    text = told(entry)
    for header, cell in entry.fields.items():
        if (header == "worker" and tells("decides", text)) or _says_who_decided(header):
            found = words_for("unnamed", cell)
            if found:
                return found
    if tells("decides", text) and (found := words_for("unnamed", text)):
        return found
    return next((words for clause in rounds.clauses(entry) if (words := _in_clause(clause))), "")


def _in_clause(clause: str) -> str:
    """The words for somebody known only by post, or for those above, in a clause that tells what was decided."""
    found = ONLY_A_POST.search(clause) or THOSE_ABOVE.search(clause)
    decided = found and (tells("decides", clause) or tells("decides_for_somebody", clause))
    return found.group().strip() if found and decided else ""
