"""Teams of one agency, each with rows of its own, seen as agencies: one refers to the other, both are at one meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from chrono.merge.called import Callers
from chrono.merge.traits import Traits, part_name
from chrono.model import Agency


def teams(all_traits: Sequence[Traits]) -> list[list[Traits]]:
    """For each agency whose rows stand in several teams, sheets or files, its rows as if each of these were an agency."""
    of_agency: dict[str, list[Traits]] = defaultdict(list)
    for one in all_traits:
        if one.recorder != one.agency:
            of_agency[one.agency].append(one)
    return [_as_agencies(rows) for _, rows in sorted(of_agency.items())]


def _as_agencies(rows: Sequence[Traits]) -> list[Traits]:
    names = {one.recorder: part_name(one.entry) for one in rows}
    callers = Callers([Agency(recorder, name) for recorder, name in sorted(names.items())])
    return [_as_team(one, callers) for one in rows]


def _as_team(one: Traits, callers: Callers) -> Traits:
    calls = callers.calls(one.recorder, one.entry.text)
    return replace(
        one,
        agency=one.recorder,
        named=one.named | calls.named,
        sends_to=one.sends_to | calls.receivers,
        comes_from=one.comes_from | calls.senders,
    )
