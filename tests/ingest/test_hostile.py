"""Every kind of bad file ends in a right reading or in plain words, soon, and never in an exception of Python's own."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chrono.ingest import Limits, read_file
from chrono.model import Return
from tests.ingest import making
from tests.ingest.hostile import READ, REFUSED, TABLE

SECONDS = 20


def given(content: bytes, folder: Path, limits: Limits | None = None, name: str = "return.xlsx") -> Return:
    path = folder / name
    path.write_bytes(content)
    begun = time.monotonic()
    found = read_file(path, name, limits)
    assert time.monotonic() - begun < SECONDS
    assert isinstance(found, Return)
    return found


def test_sixty_kinds_at_least() -> None:
    assert len(READ) + len(REFUSED) > 60


@pytest.mark.parametrize("kind", READ)
def test_is_read_all_the_same(kind: str, tmp_path: Path) -> None:
    found = given(READ[kind](), tmp_path)
    assert [row.cells for row in found.sheets[0].rows] == TABLE
    assert not any(problem.fatal for problem in found.problems)


@pytest.mark.parametrize("kind", REFUSED)
def test_is_refused_in_plain_words(kind: str, tmp_path: Path) -> None:
    make, words = REFUSED[kind]
    found = given(make(), tmp_path)
    assert [sheet for sheet in found.sheets if sheet.rows] == []
    fatal = [problem for problem in found.problems if problem.fatal]
    assert [words in problem.what for problem in fatal] == [True]
    assert fatal[0].remedy


def of_rows(count: int) -> bytes:
    return making.workbook([["3 May", f"event {number}"] for number in range(count)])


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(file_bytes=100), "is larger than"),
        (Limits(members=3), "holds 7 parts, more than 3"),
        (Limits(part_bytes=100), "would unpack to more than"),
        (Limits(ratio=2, ratio_from=100), "holds a part that unpacks to"),
        (Limits(seconds=-1), "took longer than"),
    ],
    ids=["file", "parts", "size", "ratio", "time"],
)
def test_a_limit_of_the_file_is_a_message(limits: Limits, words: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(of_rows(200))
    found = read_file(path, "return.xlsx", limits)
    problem = found.problems[0] if isinstance(found, Return) else found
    assert words in problem.what
    assert problem.fatal


@pytest.mark.parametrize(
    "limits", [Limits(rows=50), Limits(slots=300), Limits(characters=400)], ids=["rows", "cells", "text"]
)
def test_a_limit_of_the_cells_keeps_what_was_read(limits: Limits, tmp_path: Path) -> None:
    found = given(of_rows(200), tmp_path, limits)
    last = found.sheets[0].rows[-1].number
    assert 0 < last <= 50
    assert f"holds more cells than can be read; nothing after row {last} was read" in str(found.problems[0])


def test_the_limits_are_told_apart_from_damage(tmp_path: Path) -> None:
    damaged = making.sheet_of(making.row(1, ["a"]) + "<row r='2'><c></row>")
    assert "is damaged; nothing after row 1 was read" in str(given(damaged, tmp_path).problems[0])


def test_cells_beyond_the_sheet_are_counted(tmp_path: Path) -> None:
    rows = (
        making.row(1, ["a"])
        + '<row r="9999999"><c r="A9999999"><v>1</v></c></row><row r="2"><c r="ZZZZ2"><v>1</v></c></row>'
    )
    found = given(making.sheet_of(rows), tmp_path)
    assert "2 cells stand where no sheet has a place" in str(found.problems[0])


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("return.csv", READ["strict workbook"]),
        ("return.docx", READ["a csv named .xlsx"]),
        ("return", READ["no styles"]),
    ],
)
def test_a_wrong_name_is_said(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    found = given(make(), tmp_path, name=name)
    assert "it was read as that" in found.problems[0].what
    assert [row.cells for row in found.sheets[0].rows] == TABLE


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    with path.open("wb") as stream:
        stream.truncate(10_000_000_000)
    problem = read_file(path, "return.csv", replace(Limits(), file_bytes=1_000_000))
    assert "is larger than 1 MB" in str(problem)
