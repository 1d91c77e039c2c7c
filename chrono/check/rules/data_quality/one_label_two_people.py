"""'Dad' at the school gate, where the father lives elsewhere and the mother has a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chrono.check.rule import rule
from chrono.check.view import by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed
from chrono.model import Entry, Finding, Person, Timeline

FATHER = re.compile(r"\bfather\b", re.IGNORECASE)
IN_HIS_PLACE = re.compile(
    r"\b(step-?\s?father|step-?\s?dad|partner|boyfriend|husband|cohabit\w+|mother's (new )?partner)\b", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"\b(lives? (in|at|elsewhere|abroad|away|apart|with)|living (in|elsewhere|abroad|away|apart)|no contact|separated|absent"
    r"|estranged|abroad|another (town|area|county|country)|left the (home|family)|non-?resident|in prison|in custody)\b",
    re.IGNORECASE,
)
LABEL = re.compile(r"\b(dad|daddy|his father|her father|their father|father|stepdad|step-dad)\b", re.IGNORECASE)
THERE = re.compile(
    r"\b(came|comes|come|attend\w*|present|collect\w*|picked|pick up|dropped|brought|brings|reported|reports|rang|rings|phoned"
    r"|called|calls|visited|visits|shouted|swore|angry|met|meets|seen|at home|there|let|opened|answered|spoke|spoken|by dad"
    r"|by father|with dad|with father)\b",
    re.IGNORECASE,
)


@rule("D17", needs="plain", severity="low")
def one_label_two_people(timeline: Timeline) -> Iterator[Finding]:
    """ "Dad" or "father" may be either of two men.

    Finds: rows, by file, that have "dad" or "father" come, ring, report or be there, in a case that names a father who is said
    to live elsewhere and somebody in his place at home (a step-father, the mother's partner).
    Why it matters: who had the child, and who was in the home, is asked again and again, and one word stands for two men.
    Stays silent when: the row calls the man by the name or label the case gives him; the case knows one such man only; the
    father is not said to live elsewhere.
    """
    fathers = [one for one in timeline.case.people if FATHER.search(one.role) and ELSEWHERE.search(one.role)]
    others = [one for one in timeline.case.people if one not in fathers and _may_be_called_father(one)]
    if not fathers or not others:
        return
    labels = [name for one in (*fathers, *others) for name in (one.name, *one.aliases) if not LABEL.fullmatch(name)]
    for file, entries in by_file(entry for entry in timeline.entries if _either(entry, labels)):
        agency = entries[0].agency
        yield Finding(
            f"{file}: which father is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} It may be {listed((one.name for one in (*fathers, *others)), 'or')}.",
            settle=ask(timeline, (agency,), "who it was, and how that was known"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )


def _may_be_called_father(person: Person) -> bool:
    return bool(IN_HIS_PLACE.search(person.role) or FATHER.search(person.role))


def _either(entry: Entry, labels: Sequence[str]) -> bool:
    text = told(entry)
    if not LABEL.search(text) or not THERE.search(text) or entry.declares:
        return False
    return not any(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text) for label in labels)
