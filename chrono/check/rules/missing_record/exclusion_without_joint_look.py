"""Permanent exclusions and hasty moves without a referral or a joint meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline, day_after

ENDS = ("exclusion-permanent", "off-roll")
JOINT = (
    "referral",
    "early-help-referral",
    "panel-referral",
    "strategy-discussion",
    "professionals-meeting",
    "multi-agency-panel",
    "team-around-the-family",
    "initial-conference",
    "review-conference",
    "core-group",
    "cin-review",
    "looked-after-review",
    "contact",
)
SCHOOLS = ("school", "education", "alternative-provision")
SHOWN = 6


@rule("M23", needs="typed", severity="medium")
def exclusion_without_joint_look(timeline: Timeline, *, days: int = 42) -> Iterator[Finding]:
    """A child is permanently excluded or taken off roll, with no referral and no meeting of services around it.

    Finds: a permanent exclusion or the end of a roll in a school's rows, with no referral, contact or multi-agency meeting
    about the child in the `days` days before and after it.
    Why it matters: exclusion raises the risk of harm, and is a moment at which services can look together.
    Stays silent when: a referral or joint meeting is recorded; the case is open and the social worker informed; social care
    has sent no return.
    """
    view = View.of(timeline)
    if not view.of_kinds("social-care", returned=True):
        return
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.recording(*ENDS):
        if (
            view.kind(entry.agency) in SCHOOLS
            and entry.when.start
            and entry.when.end
            and not _looked_at(entry, view, days)
        ):
            groups[entry.agency].append(entry)
    for agency, rows in groups.items():
        yield _finding(agency, rows[:SHOWN], view)


def _looked_at(entry: Entry, view: View, days: int) -> bool:
    words = told(entry).lower()
    if "social worker" in words or "social care informed" in words or entry.when.within(*view.timeline.period) is False:
        return True
    rows = view.recording(*JOINT).between(day_after(entry.when.earliest, -days), day_after(entry.when.latest, days))
    return any(view.same_child(row, entry) and row.id != entry.id for row in rows)


def _finding(agency: str, rows: list[Entry], view: View) -> Finding:
    holders = view.of_kinds("social-care", returned=True)
    return Finding(
        f"{view.timeline.name_of(agency)}: exclusion or removal from roll without a referral or joint meeting",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No return has a referral, contact or multi-agency meeting about the child in "
        f"the six weeks around it.",
        settle=ask(
            view.timeline,
            dict.fromkeys((agency, *holders)),
            "whether social care or early help was asked or told, and what was decided",
        ),
        agencies=tuple(dict.fromkeys((agency, *holders))),
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )
