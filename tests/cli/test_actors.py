"""`chrono actors`: what is shown, and what case.yaml looks like afterwards."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chrono.cli import app
from chrono.cli.actors import amended
from chrono.ingest.case import read_case
from chrono.normalise.actors import Proposal

RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})
CASE = """\
# Terms of reference, agreed at the first panel
title: 'An invented review'
subjects:
  - {id: robin, name: Robin Harthill}  # the child
people:
  - {id: sw1, name: SW1, role: social worker}
  - {id: sw2, name: SW2, role: social worker}
# who was asked
agencies:
  - {id: csc, name: Eastmoor Children's Services}
  - id: school   # changed its name in 2020
    name: "Larkfield School"
"""
ROWS = """\
Date,Event,Who was involved
01/03/2021,Home visit to Robin Harthill,SW1
02/03/2021,Larkfeild School rang about Robin,social worker
03/03/2021,Robin's uncle attended,
04/03/2021,Robin stayed with Ms Delia Marchbank,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "csc.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    shown = RUN.invoke(app, ["actors", *arguments])
    assert shown.exit_code == 0, shown.output
    return shown.output


def test_the_table_says_who_by_which_means_and_who_could_not_be_told(folder: Path) -> None:
    shown = run(str(folder))
    assert "a name in case.yaml" in shown
    assert "may be SW1 or SW2" in shown
    assert "csc.csv" in shown


def test_json_lists_actors_and_proposals(folder: Path) -> None:
    told = json.loads(RUN.invoke(app, ["actors", str(folder), "--json"]).stdout)
    assert {"robin", "sw1", "school"} <= {actor["id"] for actor in told["actors"]}
    assert {one["alias"] or one["name"] for one in told["proposals"]} == {
        "Larkfeild School",
        "Uncle of Robin Harthill",
        "Ms Delia Marchbank",
    }


def test_nothing_is_written_unasked(folder: Path) -> None:
    run(str(folder))
    assert (folder / "case.yaml").read_text(encoding="utf-8") == CASE


def test_write_adds_lines_and_leaves_every_other_line_as_it_was(folder: Path) -> None:
    run(str(folder), "--write")
    after = (folder / "case.yaml").read_text(encoding="utf-8")
    assert [line for line in CASE.splitlines() if line not in after.splitlines()] == []
    assert after.index("Delia Marchbank") < after.index("# who was asked")
    assert "Larkfeild School" in read_case(after).agencies[1].aliases
    assert (folder / "case.yaml.bak").read_text(encoding="utf-8") == CASE


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run(str(folder), "--write")
    once = (folder / "case.yaml").read_bytes()
    run(str(folder), "--write")
    assert (folder / "case.yaml").read_bytes() == once
    assert (folder / "case.yaml.bak").read_text(encoding="utf-8") == CASE


def test_a_bare_role_never_becomes_an_alias(folder: Path) -> None:
    run(str(folder), "--write")
    people = read_case((folder / "case.yaml").read_text(encoding="utf-8")).people
    assert all("social worker" not in person.aliases for person in people)


def test_a_folder_without_case_yaml_is_wrong_use(folder: Path) -> None:
    (folder / "case.yaml").unlink()
    shown = RUN.invoke(app, ["actors", str(folder), "--write"])
    assert shown.exit_code == 2
    assert "no case.yaml" in shown.stderr


@pytest.mark.parametrize("aliases", ["", "\n    aliases: Rob", "\n    aliases: [Rob]", "\n    aliases:\n    - Rob"])
def test_aliases_may_be_missing_one_or_a_list(aliases: str) -> None:
    before = f"subjects:\n  - id: robin\n    name: Robin{aliases}\n"
    after = amended(before, [Proposal("subjects", "robin", "Robbin")])
    assert read_case(after).subjects[0].aliases[-1] == "Robbin"
