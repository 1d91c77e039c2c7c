"""What every reader takes and gives: one file's content, the limits it must keep to, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from chrono.model import Problem, Sheet


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask for. Far above any real return, far below what would stop the machine."""

    file_bytes: int = 100_000_000
    members: int = 5_000
    """Parts inside one workbook or document."""
    part_bytes: int = 250_000_000
    """Size of one part once unpacked; all parts together may be twice that."""
    ratio: int = 250
    """How many times larger a part may be than it is packed (ordinary sheets: 5 to 30)."""
    ratio_from: int = 5_000_000
    """Parts smaller than this once unpacked may have any ratio."""
    sheets: int = 1_000
    rows: int = 800_000
    """Rows with content in one sheet, lines in one text."""
    slots: int = 8_000_000
    """Places in all rows of one file, counted up to the last cell of each row."""
    characters: int = 200_000_000
    """Text of all cells of one file."""
    merges: int = 100_000
    seconds: float = 20.0
    """Of the processor, for one file; ordinary returns need hundredths of a second, a hundred thousand rows three seconds."""


@dataclass(frozen=True, slots=True)
class Given:
    """One file to be read: its name as cited and its content."""

    file: str
    content: bytes
    limits: Limits = field(default_factory=Limits)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot: '.xlsx'; '' if it has none."""
        name = self.file.rpartition("/")[2]
        return "." + name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader found. `problems` are doubts about parts of the file; `modified` is the date the file itself gives."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `recognises` judges by the content, whatever the name says; it must be quick and never raise.

    Readers are asked by `turn`: those that know their format by a sure sign first, those that would take almost anything last.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[Given], Contents]
    turn: int = 1


class UnreadableError(Exception):
    """This file, or this part of it, gives nothing: what is wrong, and what would help."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[str, str]]:
        return UnreadableError, (self.what, self.remedy)
