"""The door for programs and notebooks."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

import chrono

RIVERBANK = Path(__file__).parents[1] / "examples" / "riverbank"


@cache
def review() -> chrono.Review:
    return chrono.review(RIVERBANK)


def test_one_path_or_several_can_be_given() -> None:
    returns = sorted((RIVERBANK / "returns").glob("*.csv"))
    assert {account.file for account in chrono.review(returns).timeline.returns} == {path.name for path in returns}


def test_a_repr_tells_how_much_there_is_and_nothing_of_it() -> None:
    assert repr(review()) == f"Review({len(review().timeline.entries)} entries, {len(review().findings)} findings)"


def test_entries_and_findings_are_rows_of_plain_values() -> None:
    first = review().table("entries")[0]
    assert (str(first["from"]), first["agency"]) == ("2021-09-10", "Wolden Police")
    assert {row["severity"] for row in review().table()} == {"high", "medium", "low"}


def test_a_notebook_shows_the_findings_as_text() -> None:
    shown = review()._repr_html_()
    assert shown.count("<tr>") == len(review().findings) + 1
    assert "“" in shown


def test_a_data_frame_is_made_of_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """chrono does not bring pandas, so a stand-in takes the rows."""
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=tuple))
    assert review().to_pandas("entries") == tuple(review().table("entries"))
