"""One person in two posts of one agency at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.named_workers import Holder, holders
from chrono.check.rule import rule
from chrono.check.view import facts, subjects_of, unique
from chrono.check.wording import all_say, ask, listed
from chrono.model import Finding, Timeline


@rule("D16", needs="plain", severity="low")
def one_person_two_roles(timeline: Timeline) -> Iterator[Finding]:
    """One name stands in two posts of one agency at the same time.

    Finds: a worker whom one agency's rows name in one post, then in another, then in the first again: social worker, IRO, social
    worker.
    Why it matters: there are two people of that name, or one post is wrong; or one person oversaw their own work.
    Stays silent when: one post follows the other (a promotion); one is part of the other (senior social worker); a row's
    date cannot be read.
    """
    for agency, found in sorted(holders(timeline).items()):
        names: dict[str, list[Holder]] = defaultdict(list)
        for holder in found:
            if holder.entry.when.known:
                names[holder.name.casefold()].append(holder)
        for same in names.values():
            roles = list(dict.fromkeys(holder.role for holder in same))
            if len(roles) > 1 and _comes_back(same) and not _one_in_another(roles):
                yield _finding(timeline, agency, same, roles)


def _comes_back(same: list[Holder]) -> bool:
    """True if a post is named again after another one, with surely later dates."""
    for place, first in enumerate(same):
        between = [
            h for h in same[place + 1 :] if h.role != first.role and first.entry.when.surely_before(h.entry.when)
        ]
        if any(h.role == first.role and b.entry.when.surely_before(h.entry.when) for b in between for h in same):
            return True
    return False


def _one_in_another(roles: list[str]) -> bool:
    return any(one != other and one in other for one in roles for other in roles)


def _finding(timeline: Timeline, agency: str, same: list[Holder], roles: list[str]) -> Finding:
    rows = unique(holder.entry for holder in same)
    name = same[0].name
    return Finding(
        f"{timeline.name_of(agency)}: {name} is {listed(roles)} at once"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} The posts come by turns.",
        settle=ask(
            timeline, (agency,), f"which post {name} had at each of these dates, and whether they are one person"
        ),
        agencies=(agency,),
        subjects=subjects_of(rows),
        period=facts(rows),
        certainty="possible",
    )
