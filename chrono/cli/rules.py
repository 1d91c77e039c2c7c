"""`chrono rules`: every check, what it finds, why, when it stays silent, an example, its basis."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chrono.check.rule import HEADINGS, Rule, all_rules
from chrono.normalise.events import types as event_types

Name = Annotated[
    str | None, typer.Argument(help="A rule's name or code; without one, all are listed.", show_default=False)
]
Markdown = Annotated[bool, typer.Option("--markdown", help="As Markdown, for a page of documentation.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for a program.")]
Events = Annotated[
    bool, typer.Option("--events", help="List the kinds of event that the rules and expectations go by.")
]


def rules(name: Name = None, markdown: Markdown = False, as_json: AsJson = False, events: Events = False) -> None:
    """List every check: what it finds, why it matters, when it stays silent, an example, and what it rests on.

    **Example:** `chrono rules same-event-different-day`
    """
    if events:
        _show_events(as_json)
        return
    wanted = [_named(name)] if name else list(all_rules())
    if as_json:
        typer.echo(json.dumps([_as_data(rule) for rule in wanted], indent=2, ensure_ascii=False, default=str))
    elif markdown:
        typer.echo("\n".join(line for rule in wanted for line in _as_markdown(rule)))
    elif name:
        _show(wanted[0])
    else:
        _show_list(wanted)


def _named(name: str) -> Rule:
    for rule in all_rules():
        if name.casefold() in (rule.code.casefold(), rule.name):
            return rule
    near = difflib.get_close_matches(name.casefold(), [rule.name for rule in all_rules()], n=1, cutoff=0.4)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    sys.stderr.write(f"There is no rule {name!r}{hint} `chrono rules` lists them all.\n")
    raise typer.Exit(2)


def _as_data(rule: Rule) -> Mapping[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category,
        "severity": rule.severity,
        "needs": rule.needs,
        "options": dict(rule.options),
        **{heading.lower().replace(" ", "_"): text for heading, text in rule.documentation.items()},
        "example": _example(rule),
    }


def _example(rule: Rule) -> Mapping[str, Any]:
    """The first case that finds something: its name in words, and its rows."""
    content = yaml.safe_load(rule.cases.read_text(encoding="utf-8")) if rule.cases.exists() else {}
    cases = ((name, case) for name, case in content.items() if name != "rule" and case["finds"])
    name, case = next(cases, ("", {"rows": []}))
    return {"case": name.replace("_", " "), "rows": case["rows"]}


def _lines(rule: Rule) -> Iterable[tuple[str, str]]:
    yield "Finds", rule.documentation["Finds"]
    for heading in HEADINGS[1:]:
        if rule.documentation[heading]:
            yield heading, rule.documentation[heading]
    if rule.options:
        yield "Options", ", ".join(f"{name}: {value}" for name, value in rule.options.items())


def _as_markdown(rule: Rule) -> Iterable[str]:
    yield f"## {rule.code} {rule.name}\n"
    yield f"*{rule.category}, {rule.severity}, needs {rule.needs}*\n"
    yield f"{rule.documentation['Summary']}\n"
    for heading, text in _lines(rule):
        yield f"**{heading}:** {text}\n"
    example = _example(rule)
    if example["rows"]:
        yield f"Example: {example['case']}\n"
        yield "\n".join(["```", *example["rows"], "```", ""])


def _show(rule: Rule) -> None:
    console = Console()
    console.print(f"[bold]{rule.code} {rule.name}[/bold]  {rule.category}, {rule.severity}, needs {rule.needs}")
    console.print(escape(rule.documentation["Summary"]))
    for heading, text in _lines(rule):
        console.print(f"\n[bold]{heading}:[/bold] {escape(text)}")
    example = _example(rule)
    if example["rows"]:
        console.print(f"\n[bold]Example:[/bold] {escape(example['case'])}")
        for row in example["rows"]:
            console.print(f"  {escape(row)}")
    console.print(f"\nIn case.yaml:  rules: {{{rule.name}: off}}", markup=False)


def _show_list(wanted: Iterable[Rule]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Code", "Name", "Category", "Severity", "Needs", "Finds"):
        table.add_column(heading, no_wrap=heading != "Finds")
    for rule in wanted:
        table.add_row(
            rule.code, rule.name, str(rule.category), rule.severity, rule.needs, escape(rule.documentation["Summary"])
        )
    Console().print(table)


def _show_events(as_json: bool) -> None:
    known = event_types()
    if as_json:
        typer.echo(json.dumps({name: kind.name for name, kind in sorted(known.items())}, indent=2, ensure_ascii=False))
        return
    for name in sorted(known):
        typer.echo(f"{name:32} {known[name].name}")
