"""A return whose agency is not among those asked."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.wording import listed
from chrono.model import Finding, Source, Timeline


@rule("D24", needs="plain", severity="low", only_alone=True)
def agency_not_asked(timeline: Timeline) -> Iterator[Finding]:
    """It cannot be told which of the agencies asked a return came from.

    Finds: files that were set down to no agency, or to one that was not asked.
    Why it matters: the agency that sent it would be listed as having sent nothing.
    Stays silent when: there is no case.yaml, or it asks nobody; the file holds no row.
    """
    case = timeline.case
    asked = {agency.id: agency.name for agency in case.agencies if agency.asked}
    if not case.from_file or not asked:
        return
    for account in timeline.returns:
        if account.agency not in asked and any(sheet.entries for sheet in account.sheets):
            taken = f"as that of {timeline.name_of(account.agency)}" if account.agency else "as that of no agency"
            yield Finding(
                f"{account.file}: from none of the agencies asked",
                cites=(Source(account.file),),
                explanation=f"The return was read {taken}. Asked were {listed(asked.values())}.",
                settle="Say in case.yaml under the agency's `files` that this is its return, or add the agency.",
                agencies=(account.agency,) if account.agency else (),
            )
