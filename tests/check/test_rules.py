"""What must hold for every rule on the shelf: its documentation, its cases, its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from chrono.check import Rule, all_rules
from chrono.check.rule import HEADINGS
from chrono.model import Finding
from tests.check.casebook import cases, place, shown, timeline

RULES = all_rules()


def every_case() -> Iterator[Any]:
    for rule in RULES:
        for name, case in cases(rule.cases).items():
            yield pytest.param(rule, case, id=f"{rule.code}-{name}")


def agrees(found: Finding, wanted: Mapping[str, Any]) -> bool:
    told = f"{found.title} {found.explanation} {found.settle}"
    return (
        {place(cite) for cite in found.cites} == set(wanted.get("cites", ()))
        and str(wanted.get("says", "")) in told
        and wanted.get("severity", found.severity) == found.severity
        and wanted.get("certainty", found.certainty) == found.certainty
    )


@pytest.mark.parametrize(("rule", "case"), list(every_case()))
def test_a_rule_finds_what_its_cases_say(rule: Rule, case: Mapping[str, Any]) -> None:
    settings = case.get("case", {})
    found = list(rule(timeline(case["rows"], settings), **(settings.get("rules", {}).get(rule.name) or {})))
    wanted = case["finds"]
    assert len(found) == len(wanted), shown(found)
    for each in wanted:
        assert any(agrees(one, each) for one in found), (each, shown(found), [one.explanation for one in found])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_documents_itself(rule: Rule) -> None:
    assert rule.documentation["Summary"]
    missing = [heading for heading in HEADINGS if not rule.documentation[heading] and heading != "Basis"]
    assert not missing


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_case_that_finds_one_that_is_possible_and_one_that_is_silent(rule: Rule) -> None:
    content = yaml.safe_load(rule.cases.read_text(encoding="utf-8"))
    finds = [case["finds"] for case in cases(rule.cases).values()]
    assert content["rule"] == rule.code
    assert len(finds) >= 3
    assert any(finds)
    assert not all(finds)


def test_no_two_rules_share_a_code_or_a_name() -> None:
    assert [code for code, times in Counter(rule.code for rule in RULES).items() if times > 1] == []
    assert [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1] == []
