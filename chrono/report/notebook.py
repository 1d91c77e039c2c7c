"""What the reviewer wrote in the workbook, as it is carried from one merge to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from chrono.model import Finding, Value

Kind = Literal["entry", "finding", "return", "actor"]
"""What a remark stands beside. Timeline and Undated both hold entries."""

Remarks = Mapping[str, Value]
"""Column header -> what stands there."""

NO_REMARKS: Remarks = MappingProxyType({})

OWN_COLUMNS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "entry": ("Note", "Key episode", "Line of enquiry", "Include"),
        "finding": ("Status", "Reason"),
        "return": ("Note",),
        "actor": ("Note",),
    }
)
"""The reviewer's columns that every workbook has."""

STATUSES = ("open", "asked", "explained", "accepted", "not an issue")
DECIDED = frozenset({"explained", "accepted", "not an issue"})


@dataclass(frozen=True, slots=True)
class Homeless:
    """Remarks whose entry or finding is no longer there: what they stood beside, where that was, and why."""

    kind: str
    id: str
    beside: str
    where: str
    remarks: Remarks
    why: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet that the reviewer added: its values, row by row."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Notebook:
    """The reviewer's remarks on the review as it now is.

    `remarks` holds, for each kind, remarks by id; `columns` the headers the reviewer added, in their order. `reopened`
    says, by finding id, why a decided finding is open again. `said` are messages about what was taken over and how.
    """

    remarks: Mapping[Kind, Mapping[str, Remarks]] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[Kind, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    homeless: tuple[Homeless, ...] = ()
    reopened: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sheets: tuple[OwnSheet, ...] = ()
    said: tuple[str, ...] = ()

    def beside(self, kind: Kind, id_: str) -> Remarks:
        """The remarks beside one thing; none if nothing was written there."""
        return self.remarks.get(kind, {}).get(id_, NO_REMARKS)

    def headers(self, kind: Kind) -> tuple[str, ...]:
        """The reviewer's columns for a kind: those that every workbook has, then those added."""
        return OWN_COLUMNS[kind] + self.columns.get(kind, ())

    def status(self, finding: Finding) -> str:
        """What was decided on a finding: one of STATUSES, or the reviewer's own word; 'open' if nothing was."""
        return str(self.beside("finding", finding.id).get("Status") or "open")

    def reason(self, finding: Finding) -> str:
        """The reviewer's words on why."""
        return str(self.beside("finding", finding.id).get("Reason") or "")
