"""combined.json: everything chrono knows, for other programs and for comparing with a later merge."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

from chrono.model import (
    Actor,
    Case,
    DateMention,
    Declaration,
    Entry,
    Episode,
    Event,
    Finding,
    Link,
    Mention,
    Problem,
    ReturnAccount,
    SheetAccount,
    Source,
    Subject,
    Timeline,
    When,
)
from chrono.report.grid import Grid, grid
from chrono.report.notebook import Notebook
from chrono.report.writer import Report, Writer

SCHEMA = "chrono.combined/1"
LONGEST_TITLE = 160
"""The schema holds titles to this; the explanation says the rest."""

UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")
"""Control and direction characters and half characters: kept, but written so that they do nothing where they are shown."""

Json = dict[str, Any]


def write(report: Report, out: BinaryIO) -> None:
    """One item a line, so that two merges can be compared line by line, and written as it goes."""
    for piece in _pieces(report):
        out.write(piece.encode())


def as_dict(report: Report, leave_out: Collection[str] = ()) -> Json:
    """What the file says, without the detour over a file; the lists named in `leave_out` are not made."""
    head, lists = _parts(report)
    return head | {name: list(items) for name, items in lists.items() if name not in leave_out}


def _pieces(report: Report) -> Iterator[str]:
    head, lists = _parts(report)
    yield "{\n" + ",\n".join(f"{_text(name)}: {_text(value)}" for name, value in head.items())
    for name, items in lists.items():
        yield f",\n{_text(name)}: ["
        for place, item in enumerate(items):
            yield ("\n" if place == 0 else ",\n") + _text(item)
        yield "\n]"
    yield "\n}\n"


def _parts(report: Report) -> tuple[Json, dict[str, Iterable[Json]]]:
    """The short members first, then the long lists, each made as it is read."""
    review, timeline = report.review, report.review.timeline
    head = {
        "schema": SCHEMA,
        "generator": f"chrono {review.version}".strip(),
        "settings": _plain(review.settings),
        "case": _case(timeline),
    }
    lists: dict[str, Iterable[Json]] = {
        "sources": map(_return, timeline.returns),
        "findings": (_finding(finding, timeline) | _decision(finding, report.notebook) for finding in review.findings),
        "links": map(_link, timeline.links),
        "actors": map(_actor, timeline.actors),
        "episodes": map(_episode, timeline.episodes),
        "declarations": map(_declaration, timeline.declarations),
        "grid": _grid(timeline),
        "problems": map(_problem, timeline.problems),
        "entries": map(entry_as_dict, timeline.entries),
    }
    return head, lists


def _text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=str)
    return text if text.isascii() else UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _plain(value: Any) -> Any:
    """Settings as JSON can hold them."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _filled(item: Json) -> Json:
    """The members that say something: empty optional ones would make the file half as long again."""
    return {name: value for name, value in item.items() if value not in (None, "", [], {}, False)}


def _case(timeline: Timeline) -> Json:
    case = timeline.case
    return {
        "title": case.title,
        "period": {"from": _day(case.start), "to": _day(case.end)},
        "subjects": list(map(_subject, case.subjects)),
        "agencies": list(_agencies(case, timeline.returned)),
        "people": [
            _filled({"id": one.id, "name": one.name, "role": one.role, "aliases": list(one.aliases)})
            for one in case.people
        ],
        "assumptions": list(case.assumptions),
    }


def _subject(subject: Subject) -> Json:
    given = {"aliases": list(subject.aliases), "dob": subject.dob and _when(subject.dob)}
    return {"id": subject.id, "name": subject.name} | _filled(given)


def _agencies(case: Case, returned: frozenset[str]) -> Iterator[Json]:
    for agency in case.agencies:
        told = {"id": agency.id, "name": agency.name, "asked": agency.asked, "returned": agency.id in returned}
        yield told | _filled({"kind": agency.kind, "aliases": list(agency.aliases)})


def _return(account: ReturnAccount) -> Json:
    told = {
        "file": account.file,
        "sha256": account.sha256,
        "agency": account.agency,
        "sheets": list(map(_sheet, account.sheets)),
    }
    return told | _filled({"how": account.how, "size": account.size, "same_as": account.same_as})


def _sheet(sheet: SheetAccount) -> Json:
    told = {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.header_row,
        "columns": dict(sheet.columns),
        "rows": sheet.rows,
        "entries": sheet.entries,
        "set_aside": [
            {"row": aside.row, "why": aside.why} | _filled({"text": aside.text, "belongs_to": aside.belongs_to})
            for aside in sheet.set_aside
        ],
    }
    return told | _filled({"unrecognised": list(sheet.unrecognised), "notes": list(sheet.notes)})


def _when(when: When) -> Json:
    told = {
        "text": when.text,
        "start": _day(when.start),
        "end": _day(when.end),
        "start_time": when.start_time,
        "end_time": when.end_time,
        "precision": when.precision,
        "approximate": when.approximate,
        "status": when.status,
    }
    return told | _filled({"edtf": when.edtf, "notation": when.notation, "notes": list(when.notes)})


def _place(source: Source) -> Json:
    return {"file": source.file, "sheet": source.sheet, "row": source.row}


def entry_as_dict(entry: Entry) -> Json:
    """One entry, as it stands in the file."""
    told = {
        "id": entry.id,
        "agency": entry.agency,
        **_place(entry.source),
        "date": _when(entry.when),
        "recorded": entry.recorded and _when(entry.recorded),
        "text": entry.text,
        "fields": dict(entry.fields),
        "subjects": list(entry.subjects),
        "people": list(entry.people),
        "events": list(map(_event, entry.events)),
    }
    more = {
        "mentions": list(map(_mention, entry.mentions)),
        "dates": list(map(_date_mention, entry.dates)),
        "sequence": entry.sequence,
        "hidden": entry.hidden,
        "marks": [_filled({"kind": mark.kind, "column": mark.column, "text": mark.text}) for mark in entry.marks],
        "continued": list(entry.continued),
        "declares": entry.declares,
    }
    return told | _filled(more)


def _event(event: Event) -> Json:
    told = {
        "type": event.type,
        "status": event.status,
        "date": event.when and _when(event.when),
        "outcome": event.outcome,
        "to_agency": event.to_agency,
    }
    more = {
        "from_agency": event.from_agency,
        "ordinal": event.ordinal,
        "count": event.count and list(event.count),
        "participants": list(event.participants),
        "documents": list(event.documents),
        "references": list(event.references),
        "words": event.words,
    }
    return told | _filled(more) | {"sure": event.sure}


def _mention(mention: Mention) -> Json:
    told = {"text": mention.text, "actor": mention.actor, "kind": mention.kind, "column": mention.column}
    return told | {"begin": mention.begin, "end": mention.end} | _filled({"part": mention.part})


def _date_mention(mention: DateMention) -> Json:
    return {"begin": mention.begin, "end": mention.end, "role": mention.role, "date": _when(mention.when)}


def _link(link: Link) -> Json:
    weights = [{"signal": one.signal, "weight": round(one.weight, 3), "text": one.text} for one in link.reasons]
    return {
        "id": link.id,
        "kind": link.kind,
        "entries": list(link.entries),
        "confidence": round(min(1.0, max(0.0, link.confidence)), 4),
        "reasons": [one.text for one in link.reasons] or ["recorded alike"],
        "weights": weights,
    }


def _actor(actor: Actor) -> Json:
    surfaces = [
        {"text": one.text, "files": list(one.files), "count": one.count, "sure": one.sure} | _filled({"how": one.how})
        for one in actor.surfaces
    ]
    told = {"id": actor.id, "kind": actor.kind, "name": actor.name, "surfaces": surfaces}
    more = {"role": actor.role, "agency": actor.agency, "suggestion": actor.suggestion, "why": actor.why}
    return told | _filled(more)


def _episode(episode: Episode) -> Json:
    return {
        "kind": episode.kind,
        "label": episode.label,
        "subject": episode.subject,
        "agency": episode.agency,
        "start": _when(episode.start),
        "end": _when(episode.end),
        "opened": episode.opened,
        "closed": episode.closed,
    }


def _declaration(declaration: Declaration) -> Json:
    return {
        "agency": declaration.agency,
        "date": _when(declaration.when),
        **_place(declaration.source),
        "text": declaration.text,
        "subjects": list(declaration.subjects),
    }


def _problem(problem: Problem) -> Json:
    told = {"file": problem.file, "what": problem.what, "remedy": problem.remedy, "fatal": problem.fatal}
    return told | _filled({"sheet": problem.sheet, "row": problem.row})


def _finding(finding: Finding, timeline: Timeline) -> Json:
    first, last = finding.period
    return {
        "id": finding.id,
        "rule": finding.rule,
        "category": finding.category or "data-quality",
        "severity": finding.severity or "low",
        "certainty": finding.certainty,
        "title": _short(finding.title),
        "explanation": finding.explanation,
        "settle": finding.settle,
        "agencies": list(finding.agencies),
        "expected_from": list(finding.expected_from),
        "subjects": list(finding.subjects),
        "period": {"from": _day(first), "to": _day(last)},
        "cites": list(chain.from_iterable(_cite(source, timeline) for source in finding.cites)),
        "basis": finding.basis,
        "also": list(finding.also),
    }


def _decision(finding: Finding, notebook: Notebook) -> Json:
    """What the reviewer decided; nothing where that is nothing."""
    status, reason = notebook.status(finding), notebook.reason(finding)
    told = {"reason": reason, "reopened": notebook.reopened.get(finding.id, "")}
    return {"decision": {"status": status} | _filled(told)} if status != "open" or any(told.values()) else {}


def _grid(timeline: Timeline) -> Iterator[Json]:
    """Agency by month: the cells that hold entries, and each agency's entries that belong to no one month."""
    table = grid(timeline)
    for agency in table.agencies:
        for month in table.months:
            entries = table.entries(agency, month)
            if entries:
                yield _cell(table, agency, f"{month:%Y-%m}", entries)
        if agency in table.unplaced:
            yield _cell(table, agency, None, table.unplaced[agency])


def _cell(table: Grid, agency: str, month: str | None, entries: Sequence[Entry]) -> Json:
    ids = [entry.id for entry in entries]
    return {"agency": agency, "service": table.services[agency], "month": month, "entries": ids}


def _cite(source: Source, timeline: Timeline) -> Iterator[Json]:
    entry = timeline.by_source.get(source)
    yield {"entry": entry.id if entry else None, **_place(source)}


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


writer = Writer("combined", "combined.json", write, help="everything, for other programs")
