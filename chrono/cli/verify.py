"""`chrono verify`: whether a combined chronology came from these files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from chrono.cli.common import Debug, stop


def verify(
    manifest: Annotated[Path, typer.Argument(help="The manifest.json beside the results.", metavar="MANIFEST")],
    returns: Annotated[
        Path | None, typer.Option(help="The folder of the returns [default: CASE/returns].", metavar="DIR")
    ] = None,
    debug: Debug = False,
) -> None:
    """Check that a combined chronology came from these files, and that neither has changed since.

    Exits with 1 if any file has changed or is gone.

    **Example:** `chrono verify examples/riverbank/combined/manifest.json`
    """
    del debug
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        read, written = dict(told["read"]), dict(told["written"])
    except OSError as error:
        stop(f"{manifest}: cannot be read ({error.strerror}); `chrono merge --manifest` writes one")
    except (ValueError, KeyError, TypeError):
        stop(f"{manifest}: is not a manifest; `chrono merge --manifest` writes one")
    root = returns or _returns_near(manifest)
    wrong = [*_differences(root, read), *_differences(manifest.parent, written)]
    for line in wrong:
        typer.echo(line)
    if not wrong:
        typer.echo(f"{len(read)} returns and {len(written)} results are as they were")
    raise typer.Exit(1 if wrong else 0)


def _returns_near(manifest: Path) -> Path:
    """CASE/returns for CASE/combined/manifest.json; the case folder itself, or here, where there is none."""
    case = manifest.resolve().parent.parent
    return next((place for place in (case / "returns", case) if place.is_dir()), Path())


def _differences(folder: Path, digests: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(digests):
        path = folder / name
        if not path.is_file():
            yield f"{name}: is not in {folder}"
            continue
        with path.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != digests[name]:
                yield f"{name}: has changed since"
