"""The invented example: what its README lists is found, all of it and nothing else of weight; what only looks wrong is not."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import chrono
from chrono.model import Source

EXAMPLES = Path(__file__).parents[1] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"`([^`\[]+?)(?: \[([^\]]+)\])? row (\d+)`")


@cache
def review() -> chrono.Review:
    return chrono.review(EXAMPLES / "riverbank")


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its header."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def rows_in(cell: str) -> frozenset[Source]:
    return frozenset(Source(file, sheet, int(row)) for file, sheet, row in ROW.findall(cell))


def of_weight() -> set[tuple[str, frozenset[Source]]]:
    return {(each.rule, frozenset(each.cites)) for each in review().findings if each.severity != "low"}


def test_exactly_what_the_readme_lists_is_found() -> None:
    listed = {(rule, rows_in(rows)) for _, rule, rows in table("What there is to be found")}
    assert sorted((rule, *map(str, sorted(rows))) for rule, rows in of_weight() - listed) == []
    assert sorted((rule, *map(str, sorted(rows))) for rule, rows in listed - of_weight()) == []


def test_every_category_has_at_least_four() -> None:
    counts = Counter(each.category for each in review().findings)
    assert min(counts[category] for category in ("gap", "contradiction", "missing-record", "data-quality")) >= 4


@pytest.mark.parametrize(("what", "category", "rows"), table("What looks wrong and is not"))
def test_what_only_looks_wrong_is_not_found(what: str, category: str, rows: str) -> None:
    del what
    cited = rows_in(rows)
    assert cited
    found = [each.title for each in review().findings if each.category == category and each.severity != "low"
             and cited <= set(each.cites)]  # fmt: skip
    assert found == []
