"""combined.json: valid, whole, the same whatever the order of what went in."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from chrono.model import Review
from chrono.report import Report, writers
from chrono.report.writers.combined import as_dict
from tests.report.invented import entry, finding, review, small
from tests.report.test_writers import hostile

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "schema" / "combined.schema.json"


def combined(made: Review) -> dict[str, Any]:
    out = io.BytesIO()
    writers()["combined"].write(Report(made), out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema is not beside this clone")
@pytest.mark.parametrize("made", [small(), hostile(), review([])], ids=["small", "hostile", "empty"])
def test_it_is_valid(made: Review) -> None:
    import jsonschema

    jsonschema.validate(combined(made), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_it_holds_what_a_program_needs() -> None:
    found = combined(small())
    assert {
        "schema",
        "generator",
        "case",
        "sources",
        "entries",
        "links",
        "actors",
        "findings",
        "problems",
    } <= found.keys()
    assert [one["date"]["edtf"] for one in found["entries"][:2]] == ["2021-03", "2021-03-04"]
    assert found["links"][0]["weights"] == [
        {"signal": "event", "weight": 4.0, "text": "both speak of a strategy discussion"}
    ]


def test_every_row_is_accounted_for() -> None:
    for source in combined(small())["sources"]:
        for sheet in source["sheets"]:
            assert sheet["rows"] == sheet["entries"] + len(sheet["set_aside"])


def test_a_citation_names_its_entry() -> None:
    found = combined(small())
    ids = {one["id"] for one in found["entries"]}
    assert {cite["entry"] for one in found["findings"] for cite in one["cites"]} <= ids


def test_text_comes_back_as_it_was_written() -> None:
    texts = {one.text for one in hostile().timeline.entries}
    assert {one["text"] for one in combined(hostile())["entries"]} == texts


def test_a_title_too_long_for_the_schema_is_cut_and_shows_it() -> None:
    one = entry("csc", 2, "2021-02-03", "Visit.")
    title = combined(review([one], [finding("X01", "word " * 60, one.source)]))["findings"][0]["title"]
    assert len(title) <= 160
    assert title.endswith("…")


def test_one_item_stands_on_a_line() -> None:
    out = io.BytesIO()
    writers()["combined"].write(Report(small()), out)
    lines = out.getvalue().decode().splitlines()
    assert sum(line.startswith('{"id": ') and '"events"' in line for line in lines) == 6


def test_the_dictionary_is_what_the_file_says() -> None:
    assert json.loads(json.dumps(as_dict(Report(small())), default=str)) == combined(small())
