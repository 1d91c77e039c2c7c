"""Puts what the reviewer wrote beside the same entries and findings of the new merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import get_args

from chrono.model import Finding, Review, Timeline, Value
from chrono.report.answers import Answer
from chrono.report.lines import cited, names
from chrono.report.match import Match, Trace, match
from chrono.report.notebook import DECIDED, OWN_COLUMNS, STATUSES, Homeless, Kind, Notebook
from chrono.report.read_back import OldBook, OldLine
from chrono.report.text import clean, counted, one_line, short
from chrono.report.xlsx.book import fitting

Decisions = Mapping[str, Mapping[str, str]]
"""Finding id -> {'status': ..., 'reason': ...}, as decisions.yaml has them."""

LEAST_SHARED = 0.5
"""Of all the rows that an old and a new finding rest on, the part they must share to be one finding with changed facts."""

REWRITTEN = "What happened"
"""The column of the agency's own words."""


@dataclass
class _Desk:
    """The notebook in the making."""

    remarks: dict[Kind, dict[str, dict[str, Value]]] = field(
        default_factory=lambda: {kind: {} for kind in get_args(Kind)}
    )
    homeless: list[Homeless] = field(default_factory=list)
    reopened: dict[str, str] = field(default_factory=dict)
    recognised: Counter[str] = field(default_factory=Counter)

    def put(self, kind: Kind, id_: str, remarks: Mapping[str, Value]) -> None:
        """Beside one thing; where something stands there already, both are kept."""
        there = self.remarks[kind].setdefault(id_, {})
        for header, value in remarks.items():
            before = there.get(header)
            if before in (None, ""):
                there[header] = value
            elif str(value) not in str(before).split("\n"):
                there[header] = f"{before}\n{value}"

    def leave(self, line: OldLine, beside: str, why: str) -> None:
        """What has no home any more."""
        if line.remarks:
            id_ = line.text("id")
            self.homeless.append(Homeless(line.kind, id_, one_line(beside), line.where, line.remarks, why))


def carry(old: OldBook | None, decisions: Decisions, review: Review, answers: Sequence[Answer] = ()) -> Notebook:
    """The reviewer's remarks on `review`: from the workbook as it was left, from the decisions kept as text, and from the
    letters that agencies answered."""
    desk = _Desk()
    book = old or OldBook("", ())
    matches = match(_old_traces(book.of("entry")), new_traces(review.timeline))
    _carry_entries(book, matches, review.timeline, desk)
    _carry_findings(book, matches, decisions, review, desk)
    _carry_others(book, review.timeline, desk)
    _carry_homeless(book, review, desk)
    _add_answers(answers, review, desk)
    return Notebook(
        remarks={kind: dict(remarks) for kind, remarks in desk.remarks.items()},
        columns={kind: _added(kind, book) for kind in OWN_COLUMNS},
        homeless=tuple(desk.homeless),
        reopened=desk.reopened,
        sheets=book.sheets,
        said=(*_said(desk), *book.said) if old else (),
    )


def new_traces(timeline: Timeline) -> list[Trace]:
    """The entries of the new merge, as the workbook will name them."""
    name = names(timeline)
    return [
        Trace(
            entry.id,
            name(entry.agency),
            entry.source.file,
            entry.source.sheet,
            entry.source.row,
            _iso(entry.when.start or entry.when.end),
            fitting(entry.text).strip(),
        )
        for entry in timeline.entries
    ]


def _old_traces(lines: Iterable[OldLine]) -> list[Trace]:
    """The lines of the old workbook; those without an id get one from their place, so that their words can speak."""
    return [
        Trace(
            id_of(line),
            line.text("agency"),
            line.text("file"),
            line.text("sheet"),
            int(line.text("row")) if line.text("row").isdigit() else 0,
            _iso(line.cells.get("day")),
            clean(line.text("text")).strip(),
        )
        for line in lines
        if line.text("id") or line.text("text")
    ]


def id_of(line: OldLine) -> str:
    """Its id; a stand-in where that was deleted."""
    return line.text("id") or line.where


def _iso(value: Value) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else ""


def _carry_entries(book: OldBook, matches: Mapping[str, Match], timeline: Timeline, desk: _Desk) -> None:
    for line in book.of("entry"):
        found = matches.get(id_of(line))
        if found:
            if line.remarks:
                desk.recognised[found.how] += 1
            desk.put("entry", found.id, line.remarks)
            _keep_rewritten(line, found, timeline, desk)
        elif line.text("id"):
            why = "no return has this row any more, nor one like it"
            desk.leave(line, _beside_entry(line), why)
        else:
            typed = {key: value for key, value in line.cells.items() if value not in (None, "")}
            desk.leave(replace(line, remarks={**typed, **line.remarks}), "a row you added", "it stands beside no entry")


def _keep_rewritten(line: OldLine, found: Match, timeline: Timeline, desk: _Desk) -> None:
    """Words that the reviewer typed over an agency's: the column is written anew, so they are kept apart."""
    entry = timeline.by_id[found.id]
    typed, ours = clean(line.text("text")).strip(), fitting(entry.text).strip()
    if found.id == line.text("id") and " ".join(typed.split()) != " ".join(ours.split()):
        why = "you changed the agency's own words; they are shown as the agency wrote them"
        desk.leave(replace(line, remarks={REWRITTEN: line.cells.get("text")}), _beside_entry(line), why)


def _beside_entry(line: OldLine) -> str:
    parts = (line.text("read") or line.text("written"), line.text("agency"), short(line.text("text"), 300))
    return ", ".join(part for part in parts if part)


# ---------------------------------------------------------------------------------------------------- findings


def _carry_findings(
    book: OldBook, matches: Mapping[str, Match], decisions: Decisions, review: Review, desk: _Desk
) -> None:
    now = {finding.id: finding for finding in review.findings}
    lines = book.of("finding")
    there = {line.text("id") for line in lines}
    left = [finding for finding in review.findings if finding.id not in there]
    for line in lines:
        line = _decided(line, decisions, desk)
        finding = now.get(line.text("id"))
        if finding:
            desk.put("finding", finding.id, line.remarks)
            _still_reopened(line, desk)
            continue
        if not line.remarks:
            continue
        changed = _same_with_other_facts(line, left, matches, review.timeline)
        if changed:
            left.remove(changed)
            _put_changed(line, changed, matches, review.timeline, desk)
        else:
            desk.leave(
                line,
                _beside_finding(line),
                "this is no longer found: the returns have changed since",
            )
    _from_text(decisions, now, there, desk)
    for finding_id, given in review.timeline.case.decisions.items():
        if finding_id in now and finding_id not in desk.remarks["finding"]:
            desk.put("finding", finding_id, _as_remarks(given))


def _decided(line: OldLine, decisions: Decisions, desk: _Desk) -> OldLine:
    """The line with the decision that counts: the workbook's if it was changed there, else that of the text file."""
    remarks = {**line.remarks, "Status": _usual(line.remarks.get("Status"))}
    typed = f"{remarks['Status']}|{remarks.get('Reason') or ''}"
    written = line.text("as-written") or "open|"
    told = decisions.get(line.text("id"))
    if told and typed == written:
        remarks |= _as_remarks(told)
    elif told and f"{told.get('status', 'open')}|{told.get('reason', '')}" not in (typed, written):
        other = replace(line, kind="decision", remarks=_as_remarks(told))
        desk.leave(
            other, _beside_finding(line), "decisions.yaml and the workbook were both changed; the workbook's stands"
        )
    kept = {header: value for header, value in remarks.items() if value not in (None, "")}
    if kept.get("Status") == "open":
        del kept["Status"]
    return replace(line, remarks=kept)


def _usual(status: Value) -> str:
    """A status in the usual words, whatever its case; the reviewer's own word stays."""
    plain = " ".join(str(status or "open").split())
    return plain.casefold() if plain.casefold() in STATUSES else plain


def _as_remarks(decision: Mapping[str, str]) -> dict[str, Value]:
    given = {"Status": _usual(decision.get("status")), "Reason": decision.get("reason", "")}
    return {header: value for header, value in given.items() if value}


def _still_reopened(line: OldLine, desk: _Desk) -> None:
    """Why it was opened again is said until it is decided again."""
    if line.text("reopened") and line.remarks.get("Status") not in DECIDED:
        desk.reopened[line.text("id")] = line.text("reopened")


def _same_with_other_facts(
    line: OldLine, findings: Sequence[Finding], matches: Mapping[str, Match], timeline: Timeline
) -> Finding | None:
    """The new finding of the same check that rests on most of the same entries."""
    rows = {matches[id_].id if id_ in matches else id_ for id_ in line.text("entries").split()}
    same_check = [finding for finding in findings if finding.rule == line.text("rule")]
    scored = [(_shared(rows, finding, line, timeline), finding.id, finding) for finding in same_check]
    best = max(scored, key=lambda one: (one[0], one[1]), default=None)
    return best[2] if best and best[0] >= LEAST_SHARED else None


def _shared(rows: set[str], finding: Finding, line: OldLine, timeline: Timeline) -> float:
    others = {entry.id for entry in cited(timeline, finding)}
    if rows or others:
        return len(rows & others) / len(rows | others)
    name = names(timeline)
    expected = ", ".join(map(name, finding.expected_from))
    agencies = ", ".join(map(name, finding.agencies))
    return float((expected, agencies) == (line.text("expected"), line.text("agencies")))


def _put_changed(
    line: OldLine, finding: Finding, matches: Mapping[str, Match], timeline: Timeline, desk: _Desk
) -> None:
    status = line.remarks.get("Status")
    desk.recognised["the same check on mostly the same rows"] += 1
    if status in DECIDED:
        what = "; ".join(_what_changed(line, finding, matches, timeline)) or "its facts changed"
        desk.reopened[finding.id] = f"You had decided '{status}'. Since then: {what}."
        desk.put("finding", finding.id, {**line.remarks, "Status": "open"})
    else:
        desk.put("finding", finding.id, line.remarks)


def _what_changed(line: OldLine, finding: Finding, matches: Mapping[str, Match], timeline: Timeline) -> Iterator[str]:
    """In words, how the rows that a finding rests on differ from those it rested on."""
    before = line.text("entries").split()
    earlier = {matches[id_].id: id_ for id_ in before if id_ in matches}
    withdrawn = sum(id_ not in matches for id_ in before)
    now = {entry.id: str(entry.source) for entry in cited(timeline, finding)}
    corrected = [place for id_, place in now.items() if earlier.get(id_, id_) != id_]
    added = [place for id_, place in now.items() if id_ not in earlier]
    left_out = [str(timeline.by_id[id_].source) for id_ in earlier if id_ not in now]
    said = (("corrected", corrected), ("now also rests on", added), ("no longer rests on", left_out))
    yield from (f"{how} {', '.join(places)}" for how, places in said if places)
    if withdrawn:
        yield f"{counted(withdrawn, 'row')} withdrawn"


def _beside_finding(line: OldLine) -> str:
    return short(line.text("title"), 300) or line.text("id")


def _from_text(decisions: Decisions, now: Mapping[str, Finding], there: set[str], desk: _Desk) -> None:
    """Decisions on findings that the workbook does not have: it was deleted, or the text came from somebody else."""
    for id_, told in decisions.items():
        if id_ in there:
            continue
        if id_ in now:
            desk.put("finding", id_, _as_remarks(told))
        else:
            beside = one_line(told.get("finding", "")) or id_
            why = "this is no longer found"
            desk.homeless.append(Homeless("finding", id_, beside, "decisions.yaml", _as_remarks(told), why))


def _add_answers(answers: Sequence[Answer], review: Review, desk: _Desk) -> None:
    """An answer goes below the reviewer's own reason, once; deciding on it is left to the reviewer."""
    now = {finding.id: finding for finding in review.findings}
    for answer in answers:
        text = f"{answer.file}: {answer.text}"
        if answer.finding in now:
            there = str(desk.remarks["finding"].get(answer.finding, {}).get("Reason") or "")
            if text not in there:
                desk.put("finding", answer.finding, {"Reason": text})
        elif not any(text in str(one.remarks.get("Reason")) for one in desk.homeless):
            why = "the question it answers is no longer found"
            desk.homeless.append(Homeless("answer", answer.finding, answer.finding, answer.file, {"Reason": text}, why))


# ------------------------------------------------------------------------------------------------------ the rest


def _carry_others(book: OldBook, timeline: Timeline, desk: _Desk) -> None:
    returns = {f"{account.file}|{sheet.sheet}" for account in timeline.returns for sheet in account.sheets}
    returns |= {f"agency|{agency.id}" for agency in timeline.case.agencies}
    returns |= {f"{account.file}|" for account in timeline.returns}
    actors = {actor.id for actor in timeline.actors}
    known: tuple[tuple[Kind, set[str], str], ...] = (("return", returns, "file"), ("actor", actors, "name"))
    for kind, ids, called in known:
        for line in book.of(kind):
            if line.text("id") in ids:
                desk.put(kind, line.text("id"), line.remarks)
            else:
                desk.leave(line, line.text(called) or "a row you added", "it is no longer among them")


def _carry_homeless(book: OldBook, review: Review, desk: _Desk) -> None:
    """Notes that had no home may have one again: a return that was missing is back."""
    there: Mapping[str, set[str]] = {
        "entry": set(review.timeline.by_id),
        "finding": {finding.id for finding in review.findings},
    }
    for row in book.homeless:
        texts = ["" if value is None else str(value) for value in (*row, *[""] * 7)[:7]]
        beside, where, header, _, why, kind, id_ = texts
        remark = {header or "Note": row[3] if len(row) > 3 else ""}
        if id_ in there.get(kind, ()) and header != REWRITTEN:
            desk.put("entry" if kind == "entry" else "finding", id_, remark)
        else:
            desk.homeless.append(Homeless(kind, id_, beside, where, remark, why))


def _added(kind: Kind, book: OldBook) -> tuple[str, ...]:
    return tuple(header for header in book.headers.get(kind, ()) if header not in OWN_COLUMNS[kind])


def _said(desk: _Desk) -> Iterable[str]:
    beside = sum(bool(remarks) for remarks in desk.remarks["entry"].values())
    decided = sum(remarks.get("Status") in DECIDED for remarks in desk.remarks["finding"].values())
    if beside or decided:
        yield f"{counted(beside, 'entry', 'entries')} with what you wrote beside, {counted(decided, 'decided finding')}"
    for how, count in sorted(desk.recognised.items()):
        if how != "the same content":
            yield f"{count} recognised by {how}"
    if desk.reopened:
        yield f"{counted(len(desk.reopened), 'finding')} open again: see the column 'Open again because'"
    if desk.homeless:
        yield f"{counted(len(desk.homeless), 'note')} without a home: see the sheet of that name"
