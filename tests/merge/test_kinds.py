"""The families and look-alikes of kinds.yaml."""

from chrono.merge.kinds import kinds
from chrono.normalise import events


def test_every_kind_named_is_a_kind_that_is_recognised() -> None:
    assert set(kinds().families_of) <= set(events.types())


def test_a_look_alike_is_never_in_a_pair_with_itself() -> None:
    assert all(len(pair) == 2 for pair in kinds().look_alikes)
