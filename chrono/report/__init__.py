"""Stage 5: the review to something to read.

write(review, folder, names) -> the files written
write_manifest(review, folder, written) -> manifest.json, with the SHA-256 of what was read and written
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

from chrono import shelf
from chrono.model import Review
from chrono.report import folder as output
from chrono.report import writers as writers_shelf
from chrono.report.remember import KEPT_BESIDE, remember
from chrono.report.writer import Report, ReportError, Writer

__all__ = ["Report", "ReportError", "Writer", "write", "write_manifest", "write_text", "writer", "writers"]


@cache
def writers() -> Mapping[str, Writer]:
    """The writers on the shelf, by name."""
    found = [module.writer for module in shelf.modules(writers_shelf)]
    return {writer.name: writer for writer in found}


def writer(name: str) -> Writer:
    """One writer. Raises ReportError if there is none of that name."""
    alone = shelf.module(writers_shelf, name)
    return alone.writer if alone else _named(name)


def write(review: Review, folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Write the review with each of the writers named; gives the files written.

    What the reviewer wrote in an earlier workbook of this folder is put beside the same entries and findings of the new
    one, and the earlier one is kept as combined.previous.xlsx. Raises ReportError, before anything is replaced, for a
    writer there is none of, a folder that cannot be used, and a workbook that must not be replaced.
    """
    chosen = [_named(name) for name in dict.fromkeys(names)]
    files = [writer for writer in chosen if writer.filename]
    report, kept = remember(review, folder, [writer.name for writer in files])
    fills = {writer.filename: partial(writer.write, report) for writer in files}
    written = output.put(folder, {**fills, **kept}, keep=KEPT_BESIDE)
    for writer in chosen:
        if not writer.filename:
            writer.write(report, sys.stdout.buffer)
    return tuple(path for path in written if path.name in fills)


def write_manifest(review: Review, folder: Path, written: Sequence[Path]) -> Path:
    """Write manifest.json: every file read and every file written, with its SHA-256. Raises ReportError like `write`."""
    read = {account.file: account.sha256 for account in review.timeline.returns}
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written}
    told = {"generator": f"chrono {review.version}".strip(), "read": read, "written": made}
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return output.put(folder, {"manifest.json": lambda out: _put_text(out, text)})[0]


def write_text(path: Path, text: str) -> Path:
    """Write one text file, whole or not at all. Raises ReportError like `write`."""
    return output.put(path.parent, {path.name: lambda out: _put_text(out, text)})[0]


def _put_text(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8", "replace"))


def _named(name: str) -> Writer:
    if name not in writers():
        raise ReportError(f"{name}: no such writer; there are {', '.join(writers())}")
    return writers()[name]
