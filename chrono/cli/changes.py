"""`chrono changes`: what a later merge changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from chrono.cli.common import Debug, stop
from chrono.report.changes import changes as changes_between
from chrono.report.changes import in_words


def changes(
    old: Annotated[Path, typer.Argument(help="The earlier combined.json, or the folder it lies in.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="The later combined.json, or the folder it lies in.", metavar="NEW")],
    debug: Debug = False,
) -> None:
    """Say what a later merge changed: entries and findings added, changed, gone.

    **Example:** `chrono changes riverbank/march/combined.json riverbank/combined/combined.json`
    """
    del debug
    found = changes_between(_combined(old), _combined(new))
    Console(highlight=False, soft_wrap=True).print(Text(in_words(found)))


def _combined(path: Path) -> dict[str, Any]:
    file = path / "combined.json" if path.is_dir() else path
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        stop(f"{file}: cannot be read ({error.strerror}); give a combined.json that `chrono merge` wrote")
    except ValueError:
        read = None
    if not isinstance(read, dict) or read.get("schema") != "chrono.combined/1":
        stop(f"{file}: is not a combined.json; give one that `chrono merge` wrote")
    return read
