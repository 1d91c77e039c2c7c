"""Agencies that took part and were not asked for a return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.parties import PARTS
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say
from chrono.model import Entry, Finding, Timeline

SHOWN = 10


@rule("M03", needs="plain", severity="low")
def not_asked_though_named(timeline: Timeline) -> Iterator[Finding]:
    """Rows name an agency as taking part that was not asked for a return.

    Finds: an agency of the terms of reference that was not asked and sent nothing, which rows name as present, told,
    referred to or providing a service.
    Why it matters: its records may answer questions that the returns leave open.
    Stays silent when: it was asked, or has sent a return; the case has no list of who was asked.
    """
    if not timeline.case.from_file or not any(agency.asked for agency in timeline.case.agencies):
        return
    view = View.of(timeline)
    absent = {agency.id for agency in timeline.case.agencies if not agency.asked} - timeline.returned
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        for agency in {
            mention.actor
            for mention in entry.mentions
            if mention.kind == "agency" and (mention.part in PARTS or not mention.part)
        }:
            if agency in absent:
                rows[agency].append(entry)
    for agency in sorted(rows):
        yield Finding(
            f"{timeline.name_of(agency)} took part and was not asked for a return",
            cites=tuple(row.source for row in rows[agency][:SHOWN]),
            explanation=f"{all_say(rows[agency][:SHOWN])} The terms of reference do not list it among those asked, "
            f"and it has sent nothing.",
            settle=f"Consider asking {timeline.name_of(agency)} for a return, or for the records of these events.",
            agencies=tuple(dict.fromkeys(row.agency for row in rows[agency])),
            expected_from=(agency,),
            subjects=view.children(rows[agency]),
            period=facts(rows[agency]),
        )
