"""People and agencies that are named and cannot be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts
from chrono.check.wording import ask, listed, quoted
from chrono.model import Entry, Finding, Timeline


@rule("D26", needs="plain", severity="low", only_alone=True)
def person_not_identified(timeline: Timeline) -> Iterator[Finding]:
    """Who is meant by a name or a label cannot be told.

    Finds: rows, by file, with a name that was set down to nobody of the case and to no kind of service.
    Why it matters: what one and the same person did cannot be followed from return to return.
    Stays silent when: every name is known, from the case or from a list in the return.
    """
    unknown = {actor.id for actor in timeline.actors if actor.kind == "unresolved"}
    names: dict[str, dict[str, None]] = defaultdict(dict)
    rows: list[Entry] = []
    for entry in timeline.entries:
        found = [mention.text for mention in entry.mentions if mention.actor in unknown]
        if found:
            rows.append(entry)
            names[entry.source.file].update(dict.fromkeys(found))
    for file, entries in by_file(rows):
        agency = entries[0].agency
        columns = {mention.column for entry in entries for mention in entry.mentions if mention.actor in unknown}
        yield Finding(
            f"{file}: not identified: {listed(quoted(name, 30) for name in names[file])}"[:160],
            cites=tuple(entry.source for entry in entries),
            explanation="None of these is in the case or in a list of abbreviations, and no other row settles who is meant.",
            settle=ask(timeline, (agency,), "who is meant, by role and number, or by the agency's name"),
            agencies=(agency,),
            period=facts(entries),
            column=columns.pop() if len(columns) == 1 else "",
        )
