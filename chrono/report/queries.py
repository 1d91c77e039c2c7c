"""Letters of questions: for each agency, in Word and Markdown, what only it can answer, with space for the answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from chrono.model import Entry, Finding, Review, Timeline
from chrono.report import folder as output
from chrono.report import word
from chrono.report.decisions import read_decisions
from chrono.report.folder import Fill
from chrono.report.lines import cited, needed, outcome
from chrono.report.notebook import DECIDED
from chrono.report.text import clean, one_line

HEADINGS = {
    "missing-record": "Records that may exist",
    "contradiction": "Records that differ",
    "gap": "Time without a record, or without the next step",
    "data-quality": "Rows that could not be read with certainty",
}
OPENING = (
    "These questions come from comparing the chronologies that the agencies sent to the review. They say what the rows show "
    "and what is not among them; they do not say that anything was done or left undone. Please answer below each question, "
    "and say where your answer can be found in your records. If a record does not exist, was not kept, or cannot be found, "
    "please say which of the three it is."
)
ASKED = {
    "missing-record": "Do you hold a record of this? If so, please send it, or say where it is.",
    "contradiction": "What do your own records say, and which account is right as far as you can tell?",
    "gap": "Do you hold a record for this time, or of this step? If there was a reason for there being none, please give it.",
    "data-quality": "Please correct these rows, or confirm them as they are.",
}
ANSWER = "Answer"
BOX = "Answer to question {} ({})"
"""What stands in the first line of a box; answers.py recognises it."""
ANSWER_LINES = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one agency: its own rows in full, other agencies' rows as far as they may be shown."""

    number: int
    finding: Finding
    own: tuple[str, ...]
    others: tuple[str, ...]
    why: str
    needed: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All questions to one agency, grouped by the headings, in order of their numbers."""

    agency: str
    name: str
    case: str
    groups: tuple[tuple[str, tuple[Question, ...]], ...]


def write_queries(review: Review, folder: Path, *, share: bool = False) -> tuple[Path, ...]:
    """Write a Word and a Markdown letter for each agency that has something to answer; gives the files written.

    Other agencies' rows appear as agency, date and kind of event only, unless `share`. Findings that were decided in the
    folder `combined` beside `folder` are not asked again. An answered Word letter, put into the folder `answers` beside it,
    is read by the next merge. Raises ReportError like `write`.
    """
    decided = {id_ for id_, told in _decisions(review, folder).items() if told.get("status") in DECIDED}
    open_findings = [finding for finding in review.findings if finding.id not in decided]
    files: dict[str, Fill] = {}
    for letter in letters(review.timeline, open_findings, share=share):
        name = file_name(letter.name, taken=files)
        files[f"{name}.docx"] = partial(_write_word, letter)
        files[f"{name}.md"] = partial(_write_markdown, letter)
    return output.put(folder, files)


def _decisions(review: Review, folder: Path) -> Mapping[str, Mapping[str, str]]:
    return {**review.timeline.case.decisions, **read_decisions(folder.parent / "combined")}


def letters(timeline: Timeline, findings: Sequence[Finding], *, share: bool) -> Iterator[Letter]:
    """A letter for each agency that is expected to hold a record, or whose rows a finding is about."""
    asked: dict[str, list[Finding]] = {agency.id: [] for agency in timeline.case.agencies}
    for finding in findings:
        for agency in whom_to_ask(timeline, finding):
            asked.setdefault(agency, []).append(finding)
    for agency, its in asked.items():
        if its:
            yield _letter(timeline, agency, its, share=share)


def whom_to_ask(timeline: Timeline, finding: Finding) -> tuple[str, ...]:
    """Who should hold the record; if nobody in particular, those the finding is about, or whose rows it cites."""
    citing = tuple(dict.fromkeys(entry.agency for entry in cited(timeline, finding)))
    return tuple(dict.fromkeys(finding.expected_from or finding.agencies or citing))


def _letter(timeline: Timeline, agency: str, findings: Iterable[Finding], *, share: bool) -> Letter:
    number = 0
    groups = []
    listed = list(findings)
    for category, heading in HEADINGS.items():
        questions = []
        for finding in (one for one in listed if (one.category or "data-quality") == category):
            number += 1
            questions.append(_question(timeline, agency, number, finding, share=share))
        if questions:
            groups.append((heading, tuple(questions)))
    return Letter(agency, one_line(timeline.name_of(agency)), one_line(timeline.case.title), tuple(groups))


def _question(timeline: Timeline, agency: str, number: int, finding: Finding, *, share: bool) -> Question:
    entries = cited(timeline, finding)
    own = tuple(_in_full(entry) for entry in entries if entry.agency == agency)
    others = tuple(
        f"{one_line(timeline.name_of(entry.agency))}: {_in_full(entry) if share else _date_and_kind(entry)}"
        for entry in entries
        if entry.agency != agency
    )
    # How it was worked out may quote the rows it rests on, so it goes only where those may go.
    why = finding.explanation if share or not others else ""
    return Question(number, finding, own, others, why, needed(timeline, finding))


def _in_full(entry: Entry) -> str:
    came_of_it = outcome(entry)
    text = one_line(entry.text) + (f" Outcome: {one_line(came_of_it)}" if came_of_it else "")
    return f"{_day(entry)}: {text} ({entry.source})"


def _date_and_kind(entry: Entry) -> str:
    kinds = dict.fromkeys(event.type.replace("-", " ") for event in entry.events)
    return f"{_day(entry)}: {', '.join(kinds) or 'an entry'}"


def _day(entry: Entry) -> str:
    return ("about " if entry.when.approximate else "") + str(entry.when)


def file_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name for a file that every system allows, and that is not taken yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.casefold().replace("'", "")))[:60] or "agency"
    used = {one.rpartition(".")[0] for one in taken}
    return next(one for one in (words, *(f"{words}-{number}" for number in range(2, 10_000))) if one not in used)


def _write_word(letter: Letter, out: BinaryIO) -> None:
    made = word.document(f"Questions for {letter.name}", letter.case)
    made.document.add_paragraph(OPENING)
    for heading, questions in letter.groups:
        made.document.add_heading(heading, level=2)
        for question in questions:
            made.document.add_heading(f"{question.number}. {clean(question.finding.title)}", level=3)
            for text in _paragraphs(question):
                word.kept_with_next(made, text)
            for intro, rows in _rows(question):
                word.kept_with_next(made, intro)
                for row in rows:
                    word.kept_with_next(made, row, style="List Bullet")
            word.box(made, BOX.format(question.number, question.finding.id), lines=ANSWER_LINES)
    word.save(made, out)


def _paragraphs(question: Question) -> Iterator[str]:
    if question.why:
        yield question.why
    if question.needed:
        yield f"What would settle it: {question.needed}"
    if question.finding.basis:
        yield f"Basis: {question.finding.basis}"
    yield ASKED[question.finding.category or "data-quality"]


def _rows(question: Question) -> Iterator[tuple[str, tuple[str, ...]]]:
    if question.own:
        yield "In your return:", question.own
    if question.others:
        yield "In other returns:", question.others


def _write_markdown(letter: Letter, out: BinaryIO) -> None:
    out.write(("\n".join(_markdown(letter)) + "\n").encode("utf-8", "replace"))


def _markdown(letter: Letter) -> Iterator[str]:
    yield f"# Questions for {inert(letter.name)}"
    yield from ("", inert(letter.case), "", OPENING)
    for heading, questions in letter.groups:
        yield from ("", f"## {heading}")
        for question in questions:
            yield from ("", f"### {question.number}. {inert(question.finding.title)}", "")
            for text in _paragraphs(question):
                yield from (inert(text), "")
            for intro, rows in _rows(question):
                yield from (intro, "", *(f"- {inert(row)}" for row in rows), "")
            yield f"**{ANSWER}** ({question.finding.id}):"
            yield from ("", "&nbsp;", "")


def inert(text: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!&" else char for char in one_line(text))
