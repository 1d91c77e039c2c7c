"""Which files are read: a case folder, a folder of returns, or files by name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chrono.ingest.case import CaseError, load_case
from chrono.ingest.files import all_readers
from chrono.model import Case, Problem

CASE_NAMES = ("case.yaml", "case.yml")
RETURNS = "returns"
OUTPUT = "combined"
LOCK = "~$"
CLUTTER = frozenset(("thumbs.db", "desktop.ini", "icon\r"))


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """What is to be read. Files are cited relative to `root`; `folder` is the case folder, or for bare files where chrono
    was started. `problems` are notes on files left out."""

    case: Case
    root: Path
    files: tuple[Path, ...]
    folder: Path
    problems: tuple[Problem, ...] = ()

    def name_of(self, file: Path) -> str:
        """The name by which a file is cited: relative to `root`, with '/'."""
        return cited(file, self.root)


def open_case(paths: Sequence[Path], case: Path | None = None) -> OpenedCase:
    """Find what is to be read: in one case folder (its returns/, else beside case.yaml), in a folder without case.yaml, or
    files by name. `case`: a case folder or case.yaml whose terms of reference count for files given by name.

    Raises CaseError if a path does not exist, if there is nothing to read, or if case.yaml has mistakes.
    """
    if not paths:
        raise CaseError("no case folder and no file given")
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise CaseError(*(f"{path}: no such file or folder" for path in missing))
    terms = case_file(case) if case else None
    if case and terms is None:
        raise CaseError(f"{case}: no case.yaml there; 'chrono init' makes one")
    only = paths[0]
    if len(paths) == 1 and terms is None and (own := case_file(only)):
        return _case_folder(own)
    known = load_case(terms) if terms else Case()
    files, problems = _gathered(paths)
    root = only if len(paths) == 1 and only.is_dir() else _common(files)
    returns = returns_in(terms.parent) if terms else None
    if returns and files and all(returns.resolve() in file.resolve().parents for file in files):
        root = returns
    return _opened(known, root, files, terms.parent if terms else Path.cwd(), problems)


def case_file(path: Path) -> Path | None:
    """The case.yaml that a path is, or that lies in the folder a path is."""
    if path.name in CASE_NAMES and path.is_file():
        return path
    return next((path / name for name in CASE_NAMES if (path / name).is_file()), None)


def returns_in(folder: Path) -> Path | None:
    """The folder of returns in a case folder, in whatever case its name is written."""
    inside = sorted(place for place in folder.iterdir() if place.name.lower() == RETURNS and place.is_dir())
    return inside[0] if inside else None


def cited(file: Path, root: Path) -> str:
    """A file's name relative to `root`, with '/'; its bare name if it lies elsewhere."""
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return file.name


def _case_folder(terms: Path) -> OpenedCase:
    case = load_case(terms)
    folder = terms.parent
    if returns := returns_in(folder):
        return _opened(case, returns, sorted(_files_in(returns)), folder, _locks(returns))
    readable = {suffix for one in all_readers() for suffix in one.suffixes}
    beside = sorted(file for file in _files_in(folder) if file.suffix.lower() in readable)
    return _opened(case, folder, beside, folder, _locks(folder))


def _gathered(paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    files: dict[Path, None] = {}
    problems = []
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            files |= dict.fromkeys(sorted(_files_in(path)))
            problems += _locks(path)
        elif path.name.startswith(LOCK):
            problems += [_lock_note(path.name)]
        else:
            files[path] = None
    return sorted(files), problems


def _files_in(folder: Path) -> Iterator[Path]:
    """Everything in a folder and the folders in it that may be a return. Links are listed, so that they can be told of, and
    not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != OUTPUT)
        here = Path(place)
        yield from (here / name for name in names if not _is_clutter(name))


def _is_clutter(name: str) -> bool:
    return name.startswith((".", LOCK)) or name.lower() in CLUTTER or name in CASE_NAMES


def _locks(folder: Path) -> list[Problem]:
    return [_lock_note(file.name) for file in sorted(folder.rglob(f"{LOCK}*"))]


def _lock_note(name: str) -> Problem:
    what = "left out: it only says that a file is open in Excel or Word"
    return Problem(name, what, "save and close that file, or what was typed last may be missing")


def _opened(case: Case, root: Path, files: Sequence[Path], folder: Path, problems: Sequence[Problem]) -> OpenedCase:
    if not files and not case.from_file:
        raise CaseError(f"{root}: no file to read there; put the agencies' returns into it")
    if not files:  # the agencies may still be writing: who was asked can be shown all the same
        problems = (
            *problems,
            Problem(root.name, "no return is there yet", f"put the agencies' returns into {root}", fatal=True),
        )
    return OpenedCase(case, root, tuple(files), folder, tuple(problems))


def _common(files: Sequence[Path]) -> Path:
    """The innermost folder that holds all files."""
    if not files:
        return Path()
    folders = [file.parent for file in files]
    if all(folder == folders[0] for folder in folders):
        return folders[0]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # relative and absolute names together, or two drives
        return Path()
