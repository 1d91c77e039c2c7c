"""`chrono check` on the benchmark cases: what is planted in a return is found from that return and the terms of the case."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from chrono.cli import app
from tests.shared import CASES, SHARED, each_case, needs_shared

pytestmark = needs_shared
RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})


def planted() -> Iterator[Any]:
    """(case, planted defect of a row) for every defect of data quality that one return shows by itself."""
    for case in CASES:
        gold = yaml.safe_load((case / "gold.yaml").read_text(encoding="utf-8"))
        for defect in gold["findings"]:
            files = {cite["file"] for cite in defect["cites"]}
            if defect["category"] == "data-quality" and len(files) == 1:
                yield pytest.param(case, defect, id=f"{case.name} {defect['id']}")


def checked(*words: str) -> dict[str, Any]:
    return json.loads(RUN.invoke(app, ["check", *words, "--format", "json", "--quiet"]).stdout)


@pytest.mark.parametrize(("case", "defect"), list(planted()))
def test_a_defect_of_a_row_is_found_from_its_return_alone(case: Path, defect: dict[str, Any]) -> None:
    spec = importlib.util.spec_from_file_location("score_case", SHARED / "tools" / "score_case.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    told = checked(str(case / "returns" / defect["cites"][0]["file"]), "--case", str(case))
    names = score.Names(yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8")), told)
    assert [each["title"] for each in told["findings"] if score.answers(defect, each, names)]


@each_case
def test_a_return_is_told_the_same_alone_and_among_others(case: Path) -> None:
    """What is said of one file rests on no other: an agency can be sent it."""
    together = checked(str(case))["findings"]
    for file in sorted((case / "returns").iterdir()):
        alone = {(each["rule"], each["title"]) for each in checked(str(file), "--case", str(case))["findings"]}
        here = {(e["rule"], e["title"]) for e in together if {c["file"] for c in e["cites"]} == {file.name}}
        assert here <= alone, file.name
