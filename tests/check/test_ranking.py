from __future__ import annotations

from datetime import date

from chrono.check.ranking import fold, ranked
from chrono.model import Case, Finding, Source, Timeline

ROW, OTHER = Source("csc.xlsx", "Chronology", 4), Source("police.xlsx", "Log", 9)
EMPTY = Timeline(Case(), (), ())


def finding(title: str, **more: object) -> Finding:
    given = {"cites": (ROW,), "agencies": ("csc",), "category": "gap", "severity": "medium", "rule": title, "id": title}
    return Finding(title, **{**given, **more})  # type: ignore[arg-type]


def titles(found: object) -> list[str]:
    return [each.title for each in found]  # type: ignore[attr-defined]


def test_an_absence_told_by_two_rules_is_one_finding() -> None:
    found = fold([finding("no visit", severity="low"), finding("no record", category="missing-record")])
    assert titles(found) == ["no record"]
    assert found[0].also == ("no visit",)


def test_two_duties_of_one_rule_stay_two() -> None:
    found = fold([finding("health", rule="due", id="1"), finding("education", rule="due", id="2")])
    assert sorted(titles(found)) == ["education", "health"]


def test_a_contradiction_is_never_folded_into_a_gap() -> None:
    assert len(fold([finding("gap"), finding("dates", category="contradiction")])) == 2


def test_absences_with_different_agencies_to_ask_stay_two() -> None:
    assert len(fold([finding("a"), finding("b", expected_from=("police",))])) == 2


def test_a_row_of_one_side_only_is_told_where_the_days_differ() -> None:
    days = finding("days", rule="same-event-different-day", category="contradiction", cites=(ROW, OTHER))
    one_sided = finding("one side", rule="recorded-by-one-side-only", category="missing-record")
    found = fold([one_sided, days])
    assert titles(found) == ["days"]
    assert found[0].also == ("one side",)


def test_another_agency_s_row_of_one_side_only_stays() -> None:
    days = finding("days", rule="same-event-different-day", category="contradiction", cites=(ROW, OTHER))
    other = finding("one side", rule="recorded-by-one-side-only", category="missing-record", agencies=("csc", "gp"))
    assert len(fold([other, days])) == 2


def test_severity_comes_before_certainty_and_certainty_before_date() -> None:
    early, late = (date(2018, 1, 1), None), (date(2019, 1, 1), None)
    found = [
        finding("low", severity="low", period=early),
        finding("possible", certainty="possible", period=early),
        finding("late", period=late),
        finding("early", period=early),
        finding("high", severity="high", certainty="possible", period=late),
    ]
    assert titles(ranked(found, EMPTY)) == ["high", "early", "late", "possible", "low"]
