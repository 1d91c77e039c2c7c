"""Plans and meetings of which the row says that aims, actions or dates are wanting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, many
from chrono.model import Entry, Finding, Timeline

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
def plan_without_aims(timeline: Timeline) -> Iterator[Finding]:
    """A row says that a plan or meeting has no aims, actions or dates.

    Finds: rows about a plan, conference or meeting with words such as "without aims", "no timescales", "too vague", "no
    written plan"; all of one agency and child in one finding.
    Why it matters: a plan that does not say what is to change, by when, cannot be seen to fail.
    Stays silent when: the row only says little; whether a plan that is not in the returns has aims cannot be told.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in view.telling("plan_without_aims"):
        if _about_a_plan(entry):
            groups[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in groups.items():
        yield Finding(
            f"{timeline.name_of(agency)}: {many(len(rows), 'row')} of a plan without aims, actions or dates",
            cites=tuple(row.source for row in rows),
            explanation=f"{all_say(rows)} The words themselves say that the plan lacks what it is to achieve, or by when.",
            settle=ask(timeline, (agency,), "the plan as written, and what was to change by when"),
            agencies=(agency,),
            expected_from=(agency,),
            subjects=view.children(rows),
            period=facts(rows),
        )


def _about_a_plan(entry: Entry) -> bool:
    return entry.records(*PLANS, status=None) or "plan" in told(entry).lower().split()
