"""The administrator's table: who was asked, who returned what, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chrono.model import NOTHING, Review, Timeline, When, short_day

STATES = {
    (True, True): "returned",
    (True, False): "asked, nothing returned",
    (False, True): "returned, not asked",
    (False, False): "not asked",
}


@dataclass(frozen=True, slots=True)
class AgencyStatus:
    """One line of the table. `received` is the newest file's own date; `first`..`last` the days its entries can cover."""

    agency: str
    name: str
    state: str
    files: tuple[str, ...]
    received: datetime | None
    entries: int
    set_aside: int
    undated: int
    first: date | None
    last: date | None
    problems: int
    open_findings: int

    @property
    def covers(self) -> str:
        """The days from its first to its last entry, in words."""
        if self.first is None or self.last is None:
            return ""
        return f"{short_day(self.first)} to {short_day(self.last)}"


def status(review: Review, decided: Mapping[str, Mapping[str, str]] = NOTHING) -> tuple[AgencyStatus, ...]:
    """A line for every agency of the case, in the case's order; `open_findings` counts those that ask it for something.

    `decided`: what decisions.yaml says of findings, by id; it counts before what the case says.
    """
    timeline = review.timeline
    decisions = {**timeline.case.decisions, **decided}
    open_by_agency = Counter(
        agency
        for finding in review.findings
        if decisions.get(finding.id, {}).get("status", "open") in ("open", "asked")
        for agency in finding.expected_from
    )
    lines = (_line(timeline, agency.id, open_by_agency) for agency in timeline.case.agencies)
    return tuple(line for line in lines if line.state != STATES[False, False])


def _line(timeline: Timeline, agency: str, open_findings: Counter[str]) -> AgencyStatus:
    returns = [each for each in timeline.returns if each.agency == agency]
    files = tuple(each.file for each in returns)
    entries = timeline.of(agency)
    known = [entry.when for entry in entries if entry.when.known]
    about = timeline.case.agency(agency)
    return AgencyStatus(
        agency=agency,
        name=timeline.name_of(agency),
        state=STATES[bool(about and about.asked), bool(returns) or agency in timeline.returned],
        files=files,
        received=max((each.modified for each in returns if each.modified), default=None),
        entries=len(entries),
        set_aside=sum(len(sheet.set_aside) for each in returns for sheet in each.sheets),
        undated=len(entries) - len(known),
        first=min((_first(when) for when in known), default=None),
        last=max((_last(when) for when in known), default=None),
        problems=sum(problem.file in files for problem in timeline.problems),
        open_findings=open_findings[agency],
    )


def _first(when: When) -> date:
    return when.start or when.latest


def _last(when: When) -> date:
    return when.end or when.earliest
