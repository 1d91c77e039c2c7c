"""Names of people where the review uses pseudonyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts
from chrono.check.wording import ask, many
from chrono.model import Agency, Case, Entry, Finding, Person, Subject, Timeline

NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?:[A-Z][a-z'-]+ )?([A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*)\b")


@rule("D23", needs="plain", severity="medium", only_alone=True)
def name_in_full(timeline: Timeline) -> Iterator[Finding]:
    """Somebody seems to be named in full, in a review that uses pseudonyms.

    Finds: rows, by file, with a title and a surname (Mrs and a name, Dr and a name) that the case does not give.
    Why it matters: a chronology is passed on to many; whoever is named in it can be found.
    Stays silent when: there is no case.yaml; the case itself gives people by title and surname; only an initial follows
    (Mr A). A name without a title is not looked for.
    """
    case = timeline.case
    known = _known(case)
    if not case.from_file or any(NAME.search(name) for name in known):
        return
    words = {word for name in known for word in re.findall(r"\w+", name.casefold())}
    for file, entries in by_file(entry for entry in timeline.entries if _named(entry, words)):
        agency = entries[0].agency
        yield Finding(
            f"{file}: {many(len(entries), 'row')} that may name somebody in full",
            cites=tuple(entry.source for entry in entries),
            explanation=f"The case uses pseudonyms. In {many(len(entries), 'row')} a title stands before what looks like a "
            "surname. The name is not repeated here.",
            settle=ask(timeline, (agency,), "a return with the pseudonyms or roles that were agreed"),
            agencies=(agency,),
            period=facts(entries),
            certainty="possible",
            column=_where(entries[0], words),
        )


def _known(case: Case) -> list[str]:
    named: tuple[Subject | Person | Agency, ...] = (*case.subjects, *case.people, *case.agencies)
    return [word for each in named for word in (each.name, *each.aliases)]


def _cells(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "text", entry.text
    yield from entry.fields.items()


def _where(entry: Entry, words: set[str]) -> str:
    """The column of the first such name; '' if there is none."""
    found = ((column, NAME.finditer(cell)) for column, cell in _cells(entry))
    return next((column for column, hits in found if any(hit[1].casefold() not in words for hit in hits)), "")


def _named(entry: Entry, words: set[str]) -> bool:
    return bool(_where(entry, words))
