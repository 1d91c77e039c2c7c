"""Files to Returns: each opened with care, read by the reader that recognises its content, whatever its name says."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from chrono import shelf
from chrono.ingest import readers
from chrono.ingest.reading import Contents, Given, Limits, Reader, UnreadableError
from chrono.model import Problem, Return

NOT_PLAIN_FILES = (
    (stat.S_ISLNK, "is a link to another place and was not followed", "put the file itself there"),
    (stat.S_ISDIR, "is a folder", "name the files in it"),
    (stat.S_ISFIFO, "is a pipe, not a file", "save what it gives to a file"),
    (stat.S_ISSOCK, "is a socket, not a file", ""),
    (stat.S_ISCHR, "is a device, not a file", ""),
    (stat.S_ISBLK, "is a device, not a file", ""),
)
PLAINLY = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
"""To open a file without following a link or waiting for a pipe, should one have taken the file's place just now."""

FAULTS: tuple[tuple[type[Exception], str, str], ...] = (
    (PermissionError, "may not be opened", "close it in other programs, or ask for the right to read it"),
    (FileNotFoundError, "is no longer there", ""),
    (OSError, "cannot be read from the disk", "copy it to another place and try again"),
    (MemoryError, "is too large for this computer", "ask the agency to send it in parts"),
    (RecursionError, "is put together in a way no ordinary program does", "ask the agency for a plain copy"),
    (Exception, "cannot be read", "ask the agency to open it, save it again and send the new copy"),
)


@cache
def all_readers() -> tuple[Reader, ...]:
    """Every reader on the shelf, by turn."""
    found: list[Reader] = [module.reader for module in shelf.modules(readers)]
    return tuple(sorted(found, key=lambda one: one.turn))


def reader_for(given: Given) -> Reader:
    """The reader that recognises the content; among several the one whose ending the name bears.

    Raises UnreadableError if none does.
    """
    for _, readers_of_turn in groupby(all_readers(), key=lambda one: one.turn):
        if recognised := [one for one in readers_of_turn if one.recognises(given.content)]:
            return next((one for one in recognised if given.suffix in one.suffixes), recognised[0])
    raise UnreadableError("is no table chrono can read", "ask the agency for an Excel, Word or csv file")


def read_file(path: Path, file: str, limits: Limits | None = None) -> Return | Problem:
    """Read one file, cited as `file`. A Problem if it could not even be opened; else a Return, with a fatal Problem among
    its problems if nothing could be read from it. Never raises."""
    limits = limits or Limits()
    all_readers()  # a shelf that cannot be loaded is chrono's own fault, not the file's
    try:
        content = opened(path, limits)
    except Exception as fault:
        return problem_of(file, fault)
    digest = sha256(content).hexdigest()
    try:
        contents = read_content(Given(file, content, limits))
    except Exception as fault:
        return Return(file, digest, len(content), (), problems=(problem_of(file, fault),))
    return Return(file, digest, len(content), contents.sheets, contents.modified, contents.notes, contents.problems)


def opened(path: Path, limits: Limits) -> bytes:
    """The content of a plain file. Links, pipes and devices are never opened."""
    info = path.lstat()
    for is_kind, what, remedy in NOT_PLAIN_FILES:
        if is_kind(info.st_mode):
            raise UnreadableError(what, remedy)
    if info.st_size > limits.file_bytes:
        raise UnreadableError(
            f"is larger than {limits.file_bytes // 1_000_000:,} MB", "ask the agency to send it in parts"
        )
    with open(os.open(path, PLAINLY), "rb") as stream:  # noqa: PTH123 - no Path can be opened with these flags
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise UnreadableError(
                "was exchanged for something else while it was opened", "look what happens in that folder"
            )
        content = stream.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise UnreadableError("grew while it was read", "try again when nobody is writing to it")
    return content


def read_content(given: Given) -> Contents:
    """Read a file's content. Raises UnreadableError if it gives nothing."""
    if not given.content.strip(b"\0 \r\n\t"):
        raise UnreadableError("is empty", "ask the agency to send it again")
    one = reader_for(given)
    contents = one.read(given)
    if not (contents.notes or any(sheet.rows or sheet.marks for sheet in contents.sheets)):
        nothing = Problem(given.file, "has nothing written in it", "ask the agency whether this is the right file")
        why = next(iter(contents.problems), nothing)
        raise UnreadableError(why.what, why.remedy)
    if given.suffix in one.suffixes:
        return contents
    named = f"'{given.suffix}'" if given.suffix else "no ending"
    doubt = Problem(given.file, f"its name has {named}, but what it holds is {a_or_an(one.name)}; it was read as that")
    return replace(contents, problems=(doubt, *contents.problems))


def problem_of(file: str, fault: Exception) -> Problem:
    """A fault in plain words: what is wrong with the file and what would help."""
    if isinstance(fault, UnreadableError):
        return Problem(file, fault.what, fault.remedy, fatal=True)
    what, remedy = next((what, remedy) for kind, what, remedy in FAULTS if isinstance(fault, kind))
    return Problem(file, what, remedy, fatal=True)


def a_or_an(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"
