"""Files of an output folder: all of them or none, never half of one, readable by their owner only."""

from __future__ import annotations

import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from chrono.report.writer import ReportError

if sys.platform != "win32":
    import fcntl

HELD = "{target}: open in another program, or write-protected; close it in Excel or Word and run again"
NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})
Fill = Callable[[BinaryIO], None]


def put(folder: Path, files: Mapping[str, Fill], keep: Mapping[str, str] = NOTHING_KEPT) -> tuple[Path, ...]:
    """Write `files` (name -> what fills it) into `folder`. Nothing is replaced before everything is written.

    `keep` says under which name the file that is there now is kept beside the new one.

    Raises ReportError where the folder cannot be made or written to, or where a file is held open by another program.
    """
    if not files:
        return ()
    _make(folder)
    with at_work_in(folder, (*files, *keep.values())):
        _put(folder, files, keep)
    return tuple(folder / name for name in files)


@contextmanager
def at_work_in(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Tells other runs of chrono that one is at work here. If there is no other, what a killed one left behind is removed.

    The lock is the folder itself, shared, and ends with the process however that ends; without such locks nothing is removed.
    """
    if sys.platform == "win32":
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for name in names:
                for left in folder.glob(f".{glob.escape(name)}.????????.part"):
                    left.unlink(missing_ok=True)
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_SH)
        yield
    finally:
        os.close(held)


def _put(folder: Path, files: Mapping[str, Fill], keep: Mapping[str, str]) -> None:
    waiting: dict[Path, Path] = {}
    try:
        for name, kept in keep.items():
            if name in files and (folder / name).exists():
                waiting[folder / kept] = _beside(folder / kept, partial(_copy, folder / name))
        for name, fill in files.items():
            target = folder / name
            if target.parent != folder:
                raise ReportError(f"{name}: not a plain file name, so it would fall outside {folder}")
            waiting[target] = _beside(target, fill)
        for target in waiting:
            _not_held(target)
        for target, written in waiting.items():
            _take_place(written, target)
    finally:
        for written in waiting.values():
            with suppress(OSError):
                written.unlink(missing_ok=True)


def _copy(path: Path, out: BinaryIO) -> None:
    with path.open("rb") as there:
        shutil.copyfileobj(there, out)


def _not_held(target: Path) -> None:
    """Asked of every file before the first is replaced."""
    if target.exists():
        try:
            target.open("r+b").close()
        except OSError as error:
            raise ReportError(HELD.format(target=target)) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(
            f"{folder}: cannot be used as output folder ({_why(error)}); choose another with -o"
        ) from error


def _beside(target: Path, fill: Fill) -> Path:
    """A finished temporary file beside its target, so that taking its place is one step of the file system."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise ReportError(f"{target.parent}: cannot be written to ({_why(error)}); choose another with -o") from error
    try:
        with os.fdopen(handle, "w+b") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
    except BaseException as fault:
        Path(name).unlink(missing_ok=True)
        if full := _of_the_disk(fault):
            raise ReportError(f"{target}: cannot be written ({_why(full)}); nothing was changed") from fault
        raise
    return Path(name)


def _of_the_disk(fault: BaseException) -> OSError | None:
    """The disk's own error, also where a library has wrapped it in one of its own."""
    return next((one for one in (fault, *fault.args) if isinstance(one, OSError)), None)


def _take_place(written: Path, target: Path) -> None:
    try:
        written.replace(target)
    except PermissionError as error:
        raise ReportError(HELD.format(target=target)) from error
    except OSError as error:
        raise ReportError(f"{target}: cannot be replaced ({_why(error)})") from error


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
