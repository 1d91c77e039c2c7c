"""What a later merge changed: returns, entries and findings added, changed and gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chrono.report.match import Match, Trace, match
from chrono.report.text import one_line, short

Combined = Mapping[str, Any]
"""What combined.json holds."""

How = Literal["added", "changed", "gone"]
WHAT = ("return", "entry", "finding")
PLURAL = {"return": "returns", "entry": "entries", "finding": "findings"}
HOWS: tuple[How, ...] = ("added", "changed", "gone")
MOST_WORDS = 200
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. `what`: return, entry or finding; `where` the file, sheet and row; `before` and
    `now` are in words, empty for what was not there."""

    what: str
    how: How
    where: str
    title: str
    before: str = ""
    now: str = ""
    id: str = ""


@dataclass(frozen=True)
class Changes:
    """Everything that is not as it was, and how many entries only moved to another row or file."""

    changes: tuple[Change, ...] = ()
    moved: int = 0

    def of(self, what: str, how: How | None = None) -> tuple[Change, ...]:
        """The changes of one kind of thing."""
        return tuple(one for one in self.changes if one.what == what and how in (None, one.how))

    def __bool__(self) -> bool:
        return bool(self.changes)

    def in_words(self) -> str:
        """'entries 5 added, 3 changed, 2 gone; findings 1 gone'; empty if nothing changed."""
        parts = []
        for what in WHAT:
            counts = [f"{len(self.of(what, how))} {how}" for how in HOWS if self.of(what, how)]
            parts += [f"{PLURAL[what]} {', '.join(counts)}"] if counts else []
        return "; ".join(parts)


def changes(old: Combined, new: Combined) -> Changes:
    """Compare two combined.json. An entry that was corrected is one change, not one gone and one added.

    A merge of the same facts, with rows moved or files in another order, changes nothing. Entries that both hold under
    one id may come without date and text: their id says that these are the same.
    """
    matches = match(*(_traces(one) for one in (old, new)))
    return Changes(
        (*_returns(old, new), *_entries(old, new, matches), *_findings(old, new, matches)),
        _moved(old, new, matches),
    )


def _traces(combined: Combined) -> list[Trace]:
    return [
        Trace(
            entry["id"],
            entry["agency"],
            entry["file"],
            entry["sheet"],
            entry["row"],
            (entry["date"]["start"] or entry["date"]["end"] or "") if "date" in entry else "",
            entry.get("text", ""),
        )
        for entry in combined["entries"]
    ]


def _returns(old: Combined, new: Combined) -> Iterator[Change]:
    """By name, or by agency where its one file has another name now; the same content under another name is no change."""
    contents_before = {source["sha256"] for source in old["sources"]}
    contents_now = {source["sha256"] for source in new["sources"]}
    before = {source["file"]: source for source in old["sources"] if source["sha256"] not in contents_now}
    now = {source["file"]: source for source in new["sources"] if source["sha256"] not in contents_before}
    earlier_names = _replaced(before, now)
    for file, source in sorted(now.items()):
        was = before.pop(earlier_names.get(file, file), None)
        if was is None:
            yield Change("return", "added", file, source["agency"] or "", now=_counted(source))
        else:
            yield Change("return", "changed", file, source["agency"] or "", _counted(was), _counted(source))
    for file, source in sorted(before.items()):
        yield Change("return", "gone", file, source["agency"] or "", _counted(source))


def _replaced(before: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, str]:
    """New name -> old name, of files that are an agency's only one gone and its only one added."""
    gone, added = (
        {file: source["agency"] for file, source in these.items() if file not in others}
        for these, others in ((before, now), (now, before))
    )
    one_gone, one_added = (
        {agency: file for file, agency in files.items() if agency and [*files.values()].count(agency) == 1}
        for files in (gone, added)
    )
    return {one_added[agency]: one_gone[agency] for agency in one_added.keys() & one_gone.keys()}


def _counted(source: Mapping[str, Any]) -> str:
    entries = sum(sheet["entries"] for sheet in source["sheets"])
    rows = sum(sheet["rows"] for sheet in source["sheets"])
    return f"{source['file']}: {rows} rows, {entries} entries"


def _entries(old: Combined, new: Combined, matches: Mapping[str, Match]) -> Iterator[Change]:
    before = {entry["id"]: entry for entry in old["entries"]}
    earlier = {found.id: before[id_] for id_, found in matches.items()}
    names = _agencies(old) | _agencies(new)
    for entry in new["entries"]:
        was = earlier.get(entry["id"])
        if was is None:
            yield Change("entry", "added", _where(entry), _title(entry, names), now=_words(entry), id=entry["id"])
        elif was["id"] != entry["id"] and _facts(was) != _facts(entry):
            told, says = _differences(was, entry)
            yield Change("entry", "changed", _where(entry), _title(entry, names), told, says, entry["id"])
    for entry in old["entries"]:
        if entry["id"] not in matches:
            yield Change("entry", "gone", _where(entry), _title(entry, names), _words(entry), id=entry["id"])


def _facts(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes an entry what it is, wherever it stands."""
    date = entry["date"]
    return entry["agency"], date["start"], date["end"], date["text"], entry["text"], entry.get("fields", {})


def _differences(was: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[str, str]:
    """The cells that differ, as they were and as they are."""
    pairs = [
        ("agency", was["agency"], entry["agency"]),
        ("date", was["date"]["text"], entry["date"]["text"]),
        ("what happened", was["text"], entry["text"]),
    ]
    fields = {**was.get("fields", {}), **entry.get("fields", {})}
    pairs += [(name, was.get("fields", {}).get(name, ""), entry.get("fields", {}).get(name, "")) for name in fields]
    differ = [(name, before, now) for name, before, now in pairs if before != now]
    return (
        "\n".join(f"{name}: {short(one_line(str(before)), MOST_WORDS)}" for name, before, _ in differ),
        "\n".join(f"{name}: {short(one_line(str(now)), MOST_WORDS)}" for name, _, now in differ),
    )


def _moved(old: Combined, new: Combined, matches: Mapping[str, Match]) -> int:
    now = {entry["id"]: entry for entry in new["entries"]}
    return sum(
        entry["id"] in matches and _where(now[matches[entry["id"]].id]) != _where(entry) for entry in old["entries"]
    )


def _where(entry: Mapping[str, Any]) -> str:
    sheet = f" [{entry['sheet']}]" if entry["sheet"] else ""
    return f"{entry['file']}{sheet} row {entry['row']}"


def _title(entry: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"{names.get(entry['agency'], entry['agency'])}, {entry['date']['text'] or 'no date'}"


def _agencies(combined: Combined) -> dict[str, str]:
    return {agency["id"]: agency["name"] for agency in combined["case"]["agencies"]}


def _words(entry: Mapping[str, Any]) -> str:
    return short(one_line(entry["text"]), MOST_WORDS)


def _findings(old: Combined, new: Combined, matches: Mapping[str, Match]) -> Iterator[Change]:
    """A finding that is gone and one of the same check on mostly the same rows are one finding that changed."""
    before = {finding["id"]: finding for finding in old["findings"]}
    now = {finding["id"]: finding for finding in new["findings"]}
    gone = [finding for id_, finding in before.items() if id_ not in now]
    for id_, finding in now.items():
        if id_ in before:
            continue
        was = _nearest(finding, gone, matches)
        if was is None:
            yield _finding("added", finding, now=finding["explanation"])
        else:
            gone.remove(was)
            told = "title" if was["title"] != finding["title"] else "explanation"
            yield _finding("changed", finding, was[told], finding[told])
    for finding in gone:
        yield _finding("gone", finding, finding["explanation"])


def _finding(how: How, finding: Mapping[str, Any], before: str = "", now: str = "") -> Change:
    where = "; ".join(_where(cite) for cite in finding["cites"][:3])
    more = f" and {len(finding['cites']) - 3} more" if len(finding["cites"]) > 3 else ""
    return Change("finding", how, where + more, finding["title"], _brief(before), _brief(now), finding["id"])


def _brief(text: str) -> str:
    return short(one_line(text), MOST_WORDS)


def _nearest(
    finding: Mapping[str, Any], gone: Sequence[Mapping[str, Any]], matches: Mapping[str, Match]
) -> Mapping[str, Any] | None:
    rows = {cite["entry"] or _where(cite) for cite in finding["cites"]}
    best, nearest = 0.0, None
    for was in gone:
        if was["rule"] != finding["rule"]:
            continue
        ids = (cite["entry"] or _where(cite) for cite in was["cites"])
        earlier = {matches[id_].id if id_ in matches else id_ for id_ in ids}
        together = rows | earlier
        shared = len(rows & earlier) / len(together) if together else float(_whom(was) == _whom(finding))
        if shared > best:
            best, nearest = shared, was
    return nearest if best >= LEAST_SHARED else None


def _whom(finding: Mapping[str, Any]) -> tuple[Any, Any]:
    return finding["agencies"], finding["expected_from"]


def in_words(found: Changes) -> str:
    """The changes to read: a line that counts them, then one for each, grouped by what they are."""
    if not found:
        return "Nothing changed." + (f" {_moved_in_words(found)}" if found.moved else "")
    return "\n".join(_to_read(found))


def _to_read(found: Changes) -> Iterator[str]:
    yield found.in_words()
    if found.moved:
        yield _moved_in_words(found)
    for what in WHAT:
        for how in HOWS:
            listed = found.of(what, how)
            if listed:
                yield ""
                yield f"{PLURAL[what].capitalize()} {how}"
            for one in listed:
                yield "  " + ": ".join(one_line(part) for part in (one.where, one.title) if part)
                yield from (f"    was  {line}" for line in one.before.splitlines() if line)
                yield from (f"    now  {line}" for line in one.now.splitlines() if line)


def _moved_in_words(found: Changes) -> str:
    return f"{found.moved:,} more stand in another row or file, and are otherwise the same."
