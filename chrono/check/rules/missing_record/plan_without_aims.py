"""Plans and meetings of which the row says that aims, actions or dates are wanting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check.pictures import SENTENCE
from chrono.check.rule import rule
from chrono.check.statements import soon_after, statement
from chrono.check.view import Track, View, facts, told, unique
from chrono.check.wording import all_say, ask, many
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

MONTH = 31
MOST = 12
WORK = frozenset(("visit", "meeting", "session"))
LEFT_OPEN = re.compile(
    r"\b(?:objectives?|aims?|goals?|targets?|purpose|outcomes? (?:sought|wanted)|desired outcomes?|success measures?|timescales?|"
    r"by when|end column|end date|what will change)\b[^.;:=]{0,20}(?:[:=]\s*(?:\W*(?:blank|left blank|empty|nil|none(?: \w+)?|"
    r"not (?:given|stated|recorded|entered|set)|n/?k|n/a|tbc|to follow|as before|see above)\b|[-–—?.]+\s*(?:$|·))"
    r"|\s(?:is |are |was |were )?(?:left )?(?:blank|empty|missing)\b)",
    re.IGNORECASE,
)
"""A heading for aims in the text, with nothing after it."""

PLANS = (
    "cin-plan",
    "cin-review",
    "cp-plan",
    "cp-plan-start",
    "initial-conference",
    "review-conference",
    "core-group",
    "care-plan",
    "safety-plan",
    "plan-agreed",
    "education-plan",
    "pathway-plan",
    "placement-plan",
    "team-around-the-family",
    "professionals-meeting",
    "strategy-discussion",
)


@rule("M25", needs="reading", severity="medium")
def plan_without_aims(timeline: Timeline, *, times: int = 3) -> Iterator[Finding]:
    """A row says that a plan or meeting has no aims, actions or dates.

    Finds: rows about a plan, conference or meeting with words such as "without aims", "no timescales", "too vague", "no
    written plan", a heading for aims with nothing after it, or somebody's question what the plan is for; all about one child in
    one finding. Of low severity: visits or meetings of one agency whose remark is the same `times` times or more.
    Why it matters: a plan that does not say what is to change, by when, cannot be seen to fail.
    Stays silent when: the row only says little; whether a plan that is not in the returns has aims cannot be told; the aims
    follow within a month.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in _aimless(view):
        if not soon_after(entry, view, MONTH, "aims_set"):
            groups[entry.subjects].append(entry)
    for rows in groups.values():
        agency = rows[0].agency
        yield Finding(
            f"{timeline.name_of(agency)}: {many(len(rows), 'row')} of a plan without aims, actions or dates",
            cites=tuple(row.source for row in rows[:MOST]),
            explanation=f"{all_say(rows)} The words themselves say that the plan lacks what it is to achieve, or by when.",
            settle=ask(timeline, (agency,), "the plan as written, and what was to change by when"),
            agencies=tuple(dict.fromkeys(row.agency for row in rows)),
            expected_from=(agency,),
            subjects=view.children(rows),
            period=facts(rows),
        )
    told_of = {row.id for rows in groups.values() for row in rows}
    for rows in _same_remark(view, times):
        if not told_of & {row.id for row in rows}:
            told_of |= {row.id for row in rows}
            yield _repeated(rows, view)


def _aimless(view: View) -> Iterator[Entry]:
    """Rows that say, in whatever way, that a plan does not say what it is for."""
    for entry in Track(view.telling("plan_without_aims", "aims", "plan_word", "unsure_of_aims")):
        plain = tells("plan_without_aims", told(entry)) and _about_a_plan(entry)
        if (
            plain
            or tells("unsure_of_aims", told(entry))
            or LEFT_OPEN.search(told(entry))
            or statement(entry, "aims_wanting", "plan_word")
        ):
            yield entry


def _same_remark(view: View, times: int) -> Iterator[list[Entry]]:
    """Visits and meetings of one agency with one child of which it says the very same, and more than that they took place."""
    groups: dict[tuple[str, tuple[str, ...], str], list[Entry]] = defaultdict(list)
    for entry in view.everything:
        if any(event.nature in WORK and event.status == "occurred" for event in entry.events):
            for cell in _remarks(entry):
                groups[entry.agency, entry.subjects, cell].append(entry)
    for (_, _, remark), found in groups.items():
        rows = unique(found)
        if len(rows) >= times and not tells("plan_goes_on", remark):
            yield rows


def _remarks(entry: Entry) -> Iterator[str]:
    """What the row remarks beside the kind of contact, sentence by sentence of its text, and its outcome, in lower case."""
    for part in (*SENTENCE.split(entry.text)[1:], entry.fields.get("outcome", "")):
        words = " ".join(re.findall(r"[a-z]+", part.lower()))
        if " " in words:
            yield words


def _repeated(rows: list[Entry], view: View) -> Finding:
    agency = rows[0].agency
    name = view.timeline.name_of(agency)
    return Finding(
        f"{name}: the same remark {len(rows)} times, and nothing that the work is to reach",
        cites=tuple(row.source for row in rows[:MOST]),
        explanation=f"{all_say(rows[:MOST])} The remark does not change, so that what each contact was for cannot be told.",
        settle=ask(view.timeline, (agency,), "the plan as written, and what each contact was for"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
        severity="low",
    )


def _about_a_plan(entry: Entry) -> bool:
    return entry.records(*PLANS, status=None) or "plan" in told(entry).lower().split()
