"""Tasks as rows put them in words: who was to tell, ask or follow up whom; beside the planned events that are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.notices import about_another, between_family, could_be_about
from chrono.check.view import View
from chrono.check.words import idea
from chrono.model import Entry, day_after

COLUMNS = ("text", "outcome", "action", "comment")
STATEMENT = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]*)*")
IS_TO = re.compile(
    r"\b(?:to|will|shall|must|should|is to|are to|agrees? to|agreed to|needs? to|undertakes? to|undertook to)\s+"
    r"(?:also\s+|then\s+|please\s+|now\s+)?",
    re.IGNORECASE,
)
NOT_A_TASK = re.compile(
    r"\b(able|unable|want(s|ed)?|wish(es|ed)?|like|likes|refus\w+|declin\w+|fail\w*|not|due|going|how|where|when|who|threat\w*|trying|"
    r"tried|used|ought|asked (by|not)|continues?|continued|began|begins?|starts?|started|seems?|appears?|said)\s*$",
    re.IGNORECASE,
)
"""Words before 'to' that make it no task: 'unable to', 'refused to', 'tried to'."""
OF_THE_FAMILY = re.compile(
    r"\b(mum|mother|mo|dad|father|fa|parents?|family|gran\w*|aunt\w*|uncle|child|he|she|they|yp)\s*$"
    r"|\b(?:happy|content|agrees?|agreed|consents?|consented|fine|ok|okay|willing)\s+(?:for|with)\s+(?:us|me|school|staff|the\s+\w+)\s*$"
    r"|\b(asked|asks|offered|happy|glad|welcome|free|invited|advised|encouraged|reminded|hop(?:es|ing)|keen|ready|pleased|chose)\s*$",
    re.IGNORECASE,
)
"""Words before 'to' that make it the family's step, or somebody's wish or offer."""
DONE = frozenset(("visit", "session", "appointment", "contact", "assessment", "interview", "attendance", "treatment"))
"""Natures of rows that show a follow-up made, or tried."""
NEWS = frozenset(("contact", "notification", "referral"))
"""Natures of rows by which an agency was told or asked."""


@dataclass(frozen=True)
class Task:
    """What a row says that somebody is to do: `doer` and `target` are agencies, `words` the statement as written.
    Without a target the task is to follow the child up."""

    entry: Entry
    doer: str
    target: str
    words: str


def tasks(entry: Entry, view: View) -> Iterator[Task]:
    """The tasks that a row sets, of those kinds that leave a trace in the returns."""
    for column in COLUMNS:
        cell = entry.cell(column)
        for statement in STATEMENT.finditer(cell) if cell else ():
            for cue in IS_TO.finditer(statement.group()):
                task = _task(entry, column, statement, cue, view)
                if task:
                    yield task
                    break


def shows(task: Task, view: View, days: int) -> bool:
    """True if a row in the `days` days that follow could be what came of the task."""
    entry = task.entry
    if entry.when.start is None or entry.when.end is None:
        return True
    first, last = entry.when.earliest, day_after(entry.when.latest, days)
    end = view.timeline.period[1]
    if end and last > end:
        return True
    mine = [row for row in view.agency(task.doer).about(entry).between(first, last) if row.id != entry.id]
    if not task.target:
        return any(event.nature in DONE and event.status != "planned" for row in mine for event in row.events)
    theirs = [
        row
        for row in view.agency(task.target).about(entry).between(first, last)
        if row.id != entry.id and not about_another(row, entry, view)
    ]
    return any(_names(row, task.target, view) for row in mine) or any(
        _names(row, task.doer, view) or (_is_news(row) and could_be_about(row, entry, view)) for row in theirs
    )


def _is_news(row: Entry) -> bool:
    return not between_family(row) and any(event.nature in NEWS for event in row.events)


def _task(entry: Entry, column: str, statement: re.Match[str], cue: re.Match[str], view: View) -> Task | None:
    words = statement.group()
    before = words[: cue.start()]
    if NOT_A_TASK.search(before) or OF_THE_FAMILY.search(before):
        return None
    rest = words[cue.end() :]
    tells = idea("task_of_telling").pattern.match(rest)
    follows = idea("task_of_following_up").pattern.match(rest)
    if not tells and not follows:
        return None
    place = statement.start() + cue.start()
    named = [m for m in entry.mentions if m.column == column and statement.start() <= m.begin < statement.end()]
    doer = next((agency for m in named if m.begin < place and (agency := view.agency_of(m))), entry.agency)
    if not view.covers(doer, entry.when):
        return None
    if follows:
        return Task(entry, doer, "", words.strip())
    target = next((agency for m in named if m.begin > place and (agency := view.agency_of(m))), "") or _hub(rest, view)
    if not target or target == doer or not view.covers(target, entry.when):
        return None
    return Task(entry, doer, target, words.strip())


def _hub(words: str, view: View) -> str:
    """Social care, where the words speak of it by another name than its own and the case has only one."""
    holders = view.of_kinds("social-care", returned=True)
    return holders[0] if len(holders) == 1 and idea("told_social_care").search(words) else ""


def _names(row: Entry, agency: str, view: View) -> bool:
    return any(view.agency_of(mention) == agency for mention in row.mentions) and any(
        event.status != "planned" for event in row.events
    )
