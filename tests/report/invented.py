"""Reviews made up for the tests of what is written: invented agencies, people and rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chrono.model import (
    Actor,
    Agency,
    Case,
    Entry,
    Event,
    Finding,
    Link,
    Problem,
    Reason,
    ReturnAccount,
    Review,
    SetAside,
    SheetAccount,
    Source,
    Subject,
    Surface,
    Timeline,
    When,
)

CASE = Case(
    title="Invented review: Robin",
    start=date(2021, 1, 1),
    end=date(2022, 12, 31),
    subjects=(Subject("robin", "Robin", ("R",)),),
    agencies=(
        Agency("csc", "Heron Children's Social Care", asked=True, kind="social-care"),
        Agency("police", "Heron Police", asked=True, kind="police"),
        Agency("school", "Alder School", asked=True, kind="school"),
        Agency("gp", "Mill Lane Surgery", asked=True, kind="gp"),
    ),
    from_file=True,
)


def content_id(*parts: object) -> str:
    """An id as the real ones are: from content, not from place."""
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:12]


def when(written: str) -> When:
    """'2021-03-04', '2021-03' (the month) or '' (none)."""
    if not written:
        return When.unknown()
    if len(written) == 7:
        first = date.fromisoformat(f"{written}-01")
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return When(written, first, last, "month", status="ok")
    return When.of_day(date.fromisoformat(written), written)


def entry(agency: str, row: int, day: str, text: str, *, file: str = "", **more: Any) -> Entry:
    """One row of an agency's return."""
    source = Source(file or f"{agency}.xlsx", "Chronology", row)
    return Entry(content_id(agency, day, text), source, agency, when(day), text, subjects=("robin",), **more)


def finding(rule: str, title: str, *cites: Source, **more: Any) -> Finding:
    """A finding about `cites`."""
    given: dict[str, Any] = {"category": "gap", "severity": "medium", "explanation": f"{title}, as the rows show."}
    return Finding(title, cites, rule=rule, id=content_id(rule, title, *cites), **(given | more))


def review(
    entries: Iterable[Entry], findings: Sequence[Finding] = (), *, case: Case = CASE, links: Sequence[Link] = ()
) -> Review:
    """A review whose returns account for exactly these entries."""
    ordered = tuple(sorted(entries, key=lambda one: (not one.when.known, one.when.sort_key, one.agency, one.source)))
    actors = (Actor("robin", "subject", "Robin", (Surface("R", ("csc.xlsx",), 3),)),)
    timeline = Timeline(case, tuple(_accounts(ordered)), ordered, tuple(links), actors)
    return Review(timeline, tuple(findings), "0.0.test")


def _accounts(entries: Sequence[Entry]) -> Iterator[ReturnAccount]:
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by_file[one.source.file].append(one)
    for file, held in sorted(by_file.items()):
        aside = (SetAside(1, "header", "Date | What happened"),)
        sheet = SheetAccount("Chronology", "chronology", len(held) + 1, len(held), aside, 1, {"date": "Date"})
        yield ReturnAccount(file, content_id(file) + "0" * 52, held[0].agency, (sheet,), "file name")


def small() -> Review:
    """Six entries of three agencies, one undated and one dated by month; two linked; two findings; one problem."""
    meeting = Event("strategy-discussion")
    entries = [
        entry("csc", 2, "2021-03-04", "Strategy discussion held with police.", events=(meeting,)),
        entry("police", 5, "2021-03-05", "Strategy meeting. Agreed joint visit.", events=(meeting,)),
        entry("school", 3, "2021-03", "Robin was absent for most of the month."),
        entry("csc", 3, "2021-09-20", "Home visit. Robin seen alone."),
        entry("police", 6, "", "Intelligence received.", fields={"reference": "7/21"}),
        entry("school", 4, "2022-02-11", "Fixed-term exclusion, three days.", events=(Event("exclusion"),)),
    ]
    first, second, third, fourth = (one.source for one in entries[:4])
    same = Link(
        "l1", (entries[0].id, entries[1].id), 0.93, (Reason("event", 4.0, "both speak of a strategy discussion"),)
    )
    findings = [
        finding(
            "C01", "Two dates for one strategy discussion", first, second, category="contradiction", severity="high"
        ),
        finding("M01", "Mill Lane Surgery was asked and nothing was returned", expected_from=("gp",), severity="high"),
        finding("G01", "Social care recorded nothing for 200 days", first, fourth, agencies=("csc",)),
        finding("D01", "A month without a day", third, category="data-quality", severity="low"),
    ]
    made = review(entries, findings, links=(same,))
    problem = Problem("gp.pdf", "a PDF cannot be read", "ask for a workbook", fatal=True)
    return replace(made, timeline=replace(made.timeline, problems=(problem,)))
