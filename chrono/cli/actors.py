"""`chrono actors`: who the names were taken to be, and what case.yaml could say more."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from chrono.cli.common import Debug, Quiet, read_opened, say, stop
from chrono.ingest import CaseError, OpenedCase, open_case
from chrono.model import Actor, Timeline
from chrono.normalise.actors import Proposal, proposals
from chrono.report import ReportError, write_text
from chrono.report.text import counted, one_line

ROUNDS = 5
"""A name taken up can make a slip of it recognisable, so case.yaml is read again until nothing more is proposed."""
INDENTED = re.compile(r"^[A-Za-z_]+:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( +)- ", re.MULTILINE)


def actors(
    case: Annotated[Path, typer.Argument(help="The case folder.", metavar="CASE")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    write: Annotated[
        bool,
        typer.Option("--write", help="Add what is proposed to case.yaml; the one before is kept as case.yaml.bak."),
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Show who the names in the returns were taken to be, by which means, and which could not be told.

    `--write` adds to case.yaml only what is beyond doubt: names with a slip of the pen as aliases, and relatives and named
    people whom the rows speak of. Comments and order stay.

    **Example:** `chrono actors examples/riverbank`
    """
    del debug
    opened = _opened(case)
    timeline = _timeline(opened, quiet)
    proposed = proposals(timeline.case, timeline.actors)
    if as_json:
        told = {"actors": [asdict(actor) for actor in timeline.actors], "proposals": [asdict(one) for one in proposed]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        Console().print(_table(timeline))
        for one in proposed:
            say(f"Proposed for case.yaml: {_in_words(one)}")
    if write:
        _write(case, opened, proposed, quiet)


def _opened(case: Path) -> OpenedCase:
    try:
        return open_case([case])
    except CaseError as error:
        stop(str(error))


def _timeline(opened: OpenedCase, quiet: bool) -> Timeline:
    return read_opened(opened, quiet=quiet, checked=False)[0].timeline


def _table(timeline: Timeline) -> Table:
    table = Table(title=Text(timeline.case.title or "Who is who"), title_justify="left")
    for name in ("Kind", "Who", "Written", "Files", "Times", "By which means"):
        table.add_column(name, overflow="fold", justify="right" if name == "Times" else "left")
    for actor in timeline.actors:
        for number, surface in enumerate(actor.surfaces):
            means = surface.how + ("" if surface.sure else " (not sure)")
            if actor.kind == "unresolved":
                means = _not_told(actor, timeline)
            who = ("", "") if number else (actor.kind, one_line(actor.name))
            cells = (*who, one_line(surface.text), "\n".join(surface.files), str(surface.count), one_line(means))
            table.add_row(
                *(Text(cell) for cell in cells),
                style="bold" if actor.kind == "unresolved" else None,
                end_section=number == len(actor.surfaces) - 1,
            )
    return table


def _not_told(actor: Actor, timeline: Timeline) -> str:
    suggestion = f"; suggested: {timeline.name_of(actor.suggestion)}" if actor.suggestion else ""
    return f"not told: {actor.why or 'nothing in the rows says who'}{suggestion}"


def _in_words(one: Proposal) -> str:
    if one.new:
        return f"{one_line(one.name)} as a person of the case ({one.why})"
    return f"'{one_line(one.alias)}' as an alias of {one_line(one.name)} ({one.why})"


# ------------------------------------------------------------------------------------------------- case.yaml


def _write(case: Path, opened: OpenedCase, proposed: Sequence[Proposal], quiet: bool) -> None:
    """Bring case.yaml up to what the rows tell, until nothing more is proposed."""
    path = next((opened.folder / name for name in ("case.yaml", "case.yml") if (opened.folder / name).is_file()), None)
    if path is None:
        stop(f"{case}: there is no case.yaml to add to; `chrono init` makes one")
    before, added = path.read_text(encoding="utf-8-sig"), 0
    for _ in range(ROUNDS):
        if not proposed:
            break
        try:
            if not added:
                write_text(path.with_name(f"{path.name}.bak"), before)
            write_text(path, amended(path.read_text(encoding="utf-8-sig"), proposed))
        except ReportError as error:
            stop(str(error))
        added += len(proposed)
        timeline = _timeline(_opened(case), quiet)
        proposed = proposals(timeline.case, timeline.actors)
    if not quiet:
        say(f"{path.name}: {counted(added, 'addition')}" + (f"; the one before is {path.name}.bak" if added else ""))


def amended(text: str, proposed: Sequence[Proposal]) -> str:
    """The text of a case.yaml with everything proposed in it, its comments and order kept."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    indented = INDENTED.search(text)
    offset = len(indented.group(1)) if indented else 0
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    root: Any = yaml.load(text)
    for one in proposed:
        _add(root, one)
    out = StringIO()
    yaml.dump(root, out)
    return out.getvalue()


def _add(root: CommentedMap, one: Proposal) -> None:
    if one.new:
        people = root.get("people")
        if not people:
            people = root["people"] = CommentedSeq()
        entry = CommentedMap({"id": one.id, "name": one.name, **({"role": one.role} if one.role else {})})
        if people and isinstance(people[-1], CommentedMap) and people[-1].fa.flow_style():
            entry.fa.set_flow_style()
        people.insert(_place(people), entry)
        return
    listed = next(entry for entry in root[one.group] if str(entry["id"]) == one.id)
    aliases = listed.get("aliases")
    if isinstance(aliases, str):
        aliases = listed["aliases"] = CommentedSeq([aliases])
    elif not aliases:
        aliases = listed["aliases"] = CommentedSeq()
        aliases.fa.set_flow_style()
    aliases.append(one.alias)


def _place(people: CommentedSeq) -> int:
    """The end of the list; before its last item where a comment follows that, for it may speak of what comes next."""
    if not people:
        return 0
    inside = bool(people[-1].ca.items) if isinstance(people[-1], CommentedMap) else False
    return len(people) - (inside or len(people) - 1 in people.ca.items)
