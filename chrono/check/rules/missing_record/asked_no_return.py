"""An agency that was asked and sent nothing."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.wording import ask, many, named
from chrono.model import Finding, Timeline


@rule("M01", needs="plain", severity="high")
def asked_no_return(timeline: Timeline) -> Iterator[Finding]:
    """An agency was asked for a return and none is there.

    Finds: agencies that the case says were asked, without a file that holds a row or a statement of theirs.
    Why it matters: what they hold is not in the combined chronology, and silence about them proves nothing.
    Stays silent when: the agency stated that it holds nothing; it was not asked; the case has no list of who was asked.
    """
    owing = tuple(agency.id for agency in timeline.case.agencies if agency.asked and agency.id not in timeline.returned)
    if not owing:
        return
    named_by = {
        id_: sum(any(mention.actor == id_ for mention in entry.mentions) for entry in timeline.entries) for id_ in owing
    }
    told = [
        f"{timeline.name_of(id_)} is named in {many(rows, 'row')} of others." for id_, rows in named_by.items() if rows
    ]
    yield Finding(
        f"Asked, but no return is there: {named(timeline, owing)}",
        explanation=" ".join(
            [
                f"The terms of reference list {named(timeline, owing)} among those asked, and no file with an entry or a "
                "statement of theirs was found.",
                *told,
            ]
        ),
        settle=ask(timeline, owing, "their return, or a statement that they hold nothing"),
        agencies=owing,
        expected_from=owing,
        period=timeline.period,
    )
