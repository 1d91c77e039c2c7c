"""`chrono rules`: the list, one rule in full, and as data."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from chrono.check import all_rules
from chrono.cli import app


def rules(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["rules", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_every_rule_stands_in_the_data() -> None:
    assert {rule["code"] for rule in json.loads(rules("--json"))} == {rule.code for rule in all_rules()}


@pytest.mark.parametrize("name", ["G01", "all-agencies-silent"])
def test_one_rule_by_code_or_name_with_its_options_and_an_example(name: str) -> None:
    shown = rules(name)
    assert "Stays silent when" in shown
    assert "days: 28" in shown
    assert "Example" in shown


def test_markdown_has_a_heading_for_every_rule() -> None:
    assert rules("--markdown").count("\n## ") + 1 == len(all_rules())


def test_the_kinds_of_event_are_listed() -> None:
    assert "strategy-discussion" in rules("--events")


def test_a_name_that_does_not_exist_is_wrong_use() -> None:
    assert CliRunner().invoke(app, ["rules", "no-such-rule"]).exit_code == 2
