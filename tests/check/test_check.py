"""Which rules run, with which options, and what a finding carries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chrono.check import SettingsError, all_rules, check
from chrono.check.followup import built_in
from chrono.model import Finding
from tests.check.casebook import timeline

ROWS = [
    "csc.xlsx:4 | 03/01/2019 | Children's Social Care | home visit",
    "police.xlsx:4 | 17/01/2019 | Police | welfare check",
    "csc.xlsx:5 | 31/01/2019 | Children's Social Care | home visit",
    "police.xlsx:5 | 02/05/2019 | Police | Robin arrested for robbery",
]


def found(settings: dict[str, Any] | None = None, **more: Any) -> tuple[Finding, ...]:
    return check(timeline(ROWS, settings), **more)


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {each.rule for each in findings}


def test_every_finding_is_complete() -> None:
    for each in found():
        assert each.id
        assert each.rule
        assert each.category
        assert each.severity
        assert each.explanation.endswith((".", "”"))


def test_ids_are_unique_and_stay_when_rows_move() -> None:
    moved = [row.replace(":4 |", ":40 |").replace(":5 |", ":50 |") for row in ROWS]
    ids = [each.id for each in found()]
    assert len(set(ids)) == len(ids)
    assert ids == [each.id for each in check(timeline(moved))]


def test_the_case_switches_a_rule_off() -> None:
    assert "all-agencies-silent" in rules(found())
    assert "all-agencies-silent" not in rules(found({"rules": {"all-agencies-silent": False}}))


def test_the_case_sets_an_option() -> None:
    assert "all-agencies-silent" not in rules(found({"rules": {"G01": {"days": 200}}}))


def test_rules_are_selected_by_name_code_or_category_and_ignored() -> None:
    assert rules(found(select=("G01",))) == {"all-agencies-silent"}
    assert {each.category for each in found(select=("gap",))} == {"gap"}
    assert "all-agencies-silent" not in rules(found(ignore=("all-agencies-silent",)))


def test_a_rule_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match="did you mean 'all-agencies-silent'"):
        found(select=("all-agencies-silnt",))


def test_an_option_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match="did you mean 'days'"):
        found({"rules": {"all-agencies-silent": {"dayz": 3}}})


def test_nothing_before_the_period_is_more_than_low() -> None:
    start = date(2020, 1, 1)
    rows = [
        *ROWS,
        "csc.xlsx:6 | 03/06/2019 | Children's Social Care | Strategy discussion: section 47 enquiry to start",
    ]
    findings = check(timeline(rows, {"period": (start, date(2021, 1, 1))}))
    before = [each for each in findings if each.period[1] and each.period[1] < start]
    assert before
    assert {each.severity for each in before} == {"low"}


def test_duties_report_under_a_rule_of_the_shelf_and_have_a_source() -> None:
    names = {rule.name for rule in all_rules()}
    assert {each.rule for each in built_in()} <= names
    assert all(each.source for each in built_in())
    assert len({each.id for each in built_in()}) == len(built_in())
