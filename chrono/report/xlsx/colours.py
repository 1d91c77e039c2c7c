"""One pale colour for each agency; its name always stands in the cell, so that no meaning hangs on colour."""

from __future__ import annotations

from collections.abc import Mapping

from chrono.model import Timeline

PALE = (
    *("#DCE9F7", "#FBE3D0", "#DDF0DB", "#F0E1F5", "#FFF2BF", "#D6F0F0", "#F9DDE5", "#E6E6E0"),
    *("#CFE0C3", "#E2DDF3", "#F4D9C6", "#CDE7F5", "#EBD5D5", "#E9EFC9", "#D9E2EC", "#F6E7F0"),
)


def colours(timeline: Timeline) -> Mapping[str, str]:
    """Agency id -> colour: in the order of the case, then of the others' names; after sixteen they begin again."""
    named = [agency.id for agency in timeline.case.agencies if timeline.of(agency.id)]
    others = sorted({agency for agency, _ in timeline.by_agency()} - set(named))
    return {agency: PALE[place % len(PALE)] for place, agency in enumerate((*named, *others))}
