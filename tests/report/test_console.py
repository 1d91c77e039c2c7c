"""The summary in the terminal."""

from __future__ import annotations

import re

import pytest

from tests.report.invented import small
from tests.report.shown import shown, written
from tests.report.test_writers import hostile


@pytest.fixture(params=[40, 60, 80, 100, 160, 250])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    columns: int = request.param
    return columns


def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, shown("console", small()).splitlines())) <= width


def test_it_fits_a_screen_and_says_who_returned_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    text = shown("console", small())
    assert len(text.splitlines()) < 40
    assert "4 asked, 3 returned; 9 rows = 6 entries + 3 set aside" in text
    assert "Asked, nothing returned: Mill Lane Surgery" in text
    assert re.search(r"Heron Police +police.xlsx +2 +1 +··1·+", text)


def test_findings_stand_in_order_of_weight_with_file_and_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    text = shown("console", small())
    assert re.findall(r"^F\d +(high|medium|low) ", text, flags=re.MULTILINE) == ["high", "high", "medium", "low"]
    assert "csc.xlsx row 2; police.xlsx row 5" in text


def test_a_problem_is_named_with_its_remedy() -> None:
    assert "gp.pdf: a PDF cannot be read; ask for a workbook" in shown("console", small())


def test_no_colour_without_a_terminal() -> None:
    assert b"\x1b" not in written("console", small())


def test_marked_up_text_is_shown_as_it_is() -> None:
    assert "[bold]marked up[/bold] [/]" in shown("console", hostile())
