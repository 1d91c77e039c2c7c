"""What is planted in clean stories is found, and clean stories are left in peace."""

import pytest

from tests.planted import COUNTED, kinds, make

FEW_KINDS = kinds()[::5]
"""Every fifth kind, so that the test stays fast; the benchmark goes through all."""


def test_the_same_seed_plants_the_same() -> None:
    assert make(4, FEW_KINDS[0]) == make(4, FEW_KINDS[0])


def test_most_of_what_is_planted_is_found() -> None:
    cases = [make(1, kind) for kind in FEW_KINDS]
    found = sum(made.found(made.findings()) for made in cases)
    assert found / len(cases) >= 0.8


@pytest.mark.parametrize("seed", [1])
def test_a_clean_case_has_hardly_a_finding_of_weight(seed: int) -> None:
    made = make(seed)
    weighty = [finding for finding in made.findings() if finding.severity in COUNTED]
    assert len(weighty) <= 1 + made.rows // 200, [finding.title for finding in weighty]
