"""Whatever is done to the files of a return, the whole of chrono ends in rows that add up, and never in an exception.

CHRONO_MUTATIONS=5000 mutilates so many of each kind for reading; a twentieth of them goes through the whole here.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chrono.ingest import read_file
from chrono.model import Case, Return
from chrono.pipeline import review_returns
from tests.ingest.test_properties import KINDS, ROUNDS, mutilated

EXAMPLE = sorted((Path(__file__).parents[1] / "examples" / "riverbank" / "returns").iterdir())


def assert_rows_add_up(path: Path) -> None:
    read = read_file(path, path.name)
    assert isinstance(read, Return)
    timeline = review_returns(Case(), [read]).timeline
    (account,) = timeline.returns
    assert [sheet.rows for sheet in account.sheets] == [len(sheet.rows) for sheet in read.sheets]
    assert all(sheet.rows == sheet.entries + len(sheet.set_aside) for sheet in account.sheets)
    assert sum(sheet.entries for sheet in account.sheets) == len({entry.source for entry in timeline.entries})
    assert timeline.entries or timeline.declarations or timeline.problems


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_mutilated_files_add_up(kind: str, tmp_path: Path) -> None:
    name, make = KINDS[kind]
    chance = random.Random(f"whole {kind}")
    for _ in range(ROUNDS // 20):
        (tmp_path / name).write_bytes(make(chance))
        assert_rows_add_up(tmp_path / name)


@pytest.mark.parametrize("file", EXAMPLE, ids=lambda path: path.name)
def test_rows_of_mutilated_returns_of_the_example_add_up(file: Path, tmp_path: Path) -> None:
    chance = random.Random(file.name)
    for _ in range(ROUNDS // 20):
        (tmp_path / file.name).write_bytes(mutilated(file.read_bytes(), chance))
        assert_rows_add_up(tmp_path / file.name)
