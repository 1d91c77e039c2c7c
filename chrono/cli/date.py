"""chrono date: how a date is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date as day

import typer

from chrono.model import When
from chrono.normalise.dates import Context, read, stated_precision


def date(
    text: list[str] = typer.Argument(None, help="What is written; one expression a line on stdin if left out."),
    context: str = typer.Option(
        "", "--context", help="The date of the row above (YYYY-MM-DD) or the review period (YYYY-MM-DD..YYYY-MM-DD)."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
    explain: bool = typer.Option(False, "--explain", help="Say which notation it is and what was assumed."),
) -> None:
    """Show how a date is read: the first and last day it can mean, or why it cannot be read.

    **Example:** `chrono date "early June 2017" --json`
    """
    for written, around in _asked(text, context):
        when = read(written, _context(around))
        typer.echo(_as_json(when) if as_json else _in_words(when, explain=explain))


def _asked(text: list[str] | None, context: str) -> Iterator[tuple[str, str]]:
    """Each expression with its context: the words of the command line as one, or the lines of stdin."""
    if text and text != ["-"]:
        yield " ".join(text), context
        return
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    for line in sys.stdin:
        written, _, around = line.removesuffix("\n").removesuffix("\r").partition("\t")
        yield written, around.strip() or context


def _context(written: str) -> Context:
    """A day is the row above, two days are the review period."""
    first, dots, last = written.partition("..")
    try:
        if dots:
            return Context(first=day.fromisoformat(first), last=day.fromisoformat(last))
        return Context(above=When.of_day(day.fromisoformat(first))) if first else Context()
    except ValueError:
        raise typer.BadParameter(
            f"'{written}' is neither a day such as 2017-06-03 nor a period such as 2017-01-01..2018-12-31",
            param_hint="--context",
        ) from None


def _as_json(when: When) -> str:
    return json.dumps(
        {
            "text": when.text,
            "start": when.start and when.start.isoformat(),
            "end": when.end and when.end.isoformat(),
            "precision": stated_precision(when),
            "approximate": when.approximate,
            "status": when.status,
            "start_time": when.start_time,
            "end_time": when.end_time,
            "edtf": when.edtf,
            "notation": when.notation,
            "notes": list(when.notes),
        },
        ensure_ascii=False,
    )


def _in_words(when: When, *, explain: bool) -> str:
    days = (
        str(when)
        if when.known
        else {"invalid": "no such date", "ok": "no first or last day"}.get(when.status, "no date")
    )
    line = f"{when.text!r}: {days} ({stated_precision(when)})"
    if not explain:
        return line
    details = [f"  read as: {when.notation}"] if when.notation else []
    return "\n".join([line, *details, *(f"  {note}" for note in when.notes)])
