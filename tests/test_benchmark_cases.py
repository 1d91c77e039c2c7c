"""The benchmark cases made from published reviews, end to end: valid, complete, and as good as it has been."""

import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

import chrono
from chrono import report
from chrono.report.writer import Report
from tests.shared import SHARED, each_case, needs_shared

pytestmark = needs_shared


@cache
def combined(case: Path) -> dict[str, Any]:
    out = io.BytesIO()
    report.writers()["combined"].write(Report(chrono.review(case)), out)
    return json.loads(out.getvalue())


@each_case
def test_combined_json_is_valid(case: Path) -> None:
    schema = json.loads((SHARED / "schema" / "combined.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(combined(case), schema)


@each_case
def test_every_row_is_an_entry_or_set_aside(case: Path) -> None:
    for source in combined(case)["sources"]:
        for sheet in source["sheets"]:
            assert sheet["rows"] == sheet["entries"] + len(sheet["set_aside"]), (source["file"], sheet["sheet"])


def score(case: Path, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "combined.json").write_text(json.dumps(combined(case)), encoding="utf-8")
    tool = SHARED / "tools" / "score_case.py"
    command = [sys.executable, str(tool), str(case), str(tmp_path / "combined.json"), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def share(fraction: str) -> float:
    part, whole = map(int, fraction.split("/"))
    return part / whole if whole else 1.0


@each_case
def test_dates_and_actors_are_right_and_no_look_alikes_are_linked(case: Path, tmp_path: Path) -> None:
    figures = score(case, tmp_path)
    assert share(figures["dates_exact"]) == 1
    assert share(figures["actors_right"]) == 1
    assert figures["wrong_links"].startswith("0/")
    assert figures["traps"].startswith("0/")


@each_case
def test_links_and_findings_are_found(case: Path, tmp_path: Path) -> None:
    figures = score(case, tmp_path)
    assert share(figures["link_pairs"]) >= 0.9
    assert figures["recall"] >= 0.7
