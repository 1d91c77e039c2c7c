"""The commands, a file each. A command's file is only imported when it is called, so that `--help` answers at once."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from chrono import __version__

COMMANDS = {
    "init": "Make a case folder: a commented case.yaml and a place for the returns.",
    "template": "Write a return workbook for every agency that was asked.",
    "check": "Say what is wrong with returns before anyone merges them.",
    "merge": "Merge the returns of a case into one chronology, and list what does not fit.",
    "show": "Show one entry or one finding in full.",
    "status": "List who was asked, who returned, and what is open.",
    "queries": "Write the questions that only one agency can answer, a letter for each.",
    "changes": "Say what a later merge changed.",
    "actors": "Show who the names were taken to be, and which are unresolved.",
    "date": "Show how a date is read.",
    "rules": "List every check: what it finds, why, and when it stays silent.",
    "anonymise": "Write a set fit for publication: pseudonyms, coarser dates, nothing left over.",
    "verify": "Check that a combined chronology came from these files.",
}


FEW_CLEANINGS = (200_000, 20, 20)
"""A merge makes millions of small things that last to its end: looking among them for rubbish as often as Python does by
itself takes a seventh of the time and frees next to nothing."""


class Commands(TyperGroup):
    """The table of commands. Listing them imports none of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of a review's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in that knows the command's one line of help."""
        del ctx
        return TyperCommand(name=cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command itself, imported now."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and _load(str(name)), rest


def _load(name: str) -> Any:
    function = getattr(importlib.import_module(f"chrono.cli.{name}"), name)
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")
    single.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
    return typer.main.get_command(single)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,  # its tracebacks print local variables: names of children
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chrono {__version__}")
        raise typer.Exit


@app.callback()
def _chrono(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Merge the chronologies that agencies send to a safeguarding review, and show what does not fit.

    Gaps, contradictions, missing records and doubtful data, each with the rows that show it. chrono never opens a
    network connection and never changes a file it was given.
    """
    del version


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong use or a file that cannot be
    read, 3 a fault of chrono's own."""
    gc.set_threshold(*FEW_CLEANINGS)
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone: point stdout elsewhere so that the interpreter can flush it in peace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        if "--debug" in sys.argv:
            raise
        sys.stderr.write(
            f"chrono: a fault of the program's own ({type(fault).__name__}), not of your files. Nothing was changed.\n"
            "Run the command again with --debug for the details; they can hold text from the returns, so mind who sees them.\n"
        )
        sys.exit(3)
