"""The maker of made-up cases: steady, accounted for, and linked well enough."""

from pathlib import Path

from chrono.ingest import open_case, read_returns
from chrono.normalise import normalise
from tests.benchmarks.bench_linking import judged
from tests.synthetic import make, write


def test_the_same_seed_makes_the_same_case() -> None:
    assert make(3, 200) == make(3, 200)


def test_every_link_and_every_planted_row_is_a_row_of_a_return() -> None:
    made = make(5, 300)
    rows = {(sheet.file, sheet.name, row.number) for one in made.returns for sheet in one.sheets for row in sheet.rows}
    cited = {source for pair in made.links | made.look_alikes for source in pair}
    cited |= {source for found in made.planted.values() for sources in found for source in sources}
    assert {(source.file, source.sheet, source.row) for source in cited} <= rows


def test_files_hold_what_was_made(tmp_path: Path) -> None:
    made = make(2, 150)
    opened = open_case([write(made, tmp_path / "case")])
    returns, problems = read_returns(opened)
    assert not problems
    read = normalise(opened.case, returns).entries
    assert sorted(entry.text for entry in read) == sorted(
        entry.text for entry in normalise(made.case, made.returns).entries
    )


def test_rows_of_one_event_are_found_and_others_left_alone() -> None:
    counts = judged(make(7, 400))
    assert counts["right"] >= 0.9 * (counts["right"] + counts["missed"])
    assert counts["wrong"] <= 0.05 * counts["right"]
