"""Ideas: what offices call by different words."""

import pytest

from chrono.merge.ideas import ideas, ideas_of


@pytest.mark.parametrize(
    ("one", "other", "idea"),
    [
        ("SVD 0210, live male", "ward rang: baby boy born", "birth"),
        ("Detained under s3, Elm ward", "Mum has been sectioned", "detained under mental health law"),
        ("Cat 1, infant lifeless, CPR", "In cardiac arrest on arrival", "not breathing"),
        ("WNB to clinic", "was not brought again", "missed"),
        ("NTQ served", "worried about eviction", "eviction notice"),
        ("28 days' notice given by carers", "placement ending", "placement notice"),
        ("Excluded for two days", "FTE for fighting", "suspension"),
    ],
)
def test_two_offices_mean_one_thing(one: str, other: str, idea: str) -> None:
    assert idea in ideas_of(one).keys() & ideas_of(other).keys()


def test_words_stand_for_their_endings_but_not_for_other_words() -> None:
    assert ideas_of("moving to Leeds").keys() == ideas_of("moved to Leeds").keys()
    assert "missing" not in ideas_of("missed the bus")
    assert "road accident" not in ideas_of("carer unwell")


def test_of_phrases_that_begin_alike_the_longest_counts() -> None:
    assert ideas_of("strategy meeting") == {"strategy talk": frozenset({"strateg meet"})}


def test_every_everyday_idea_is_an_idea() -> None:
    known = {idea for phrases in ideas().by_first.values() for phrase in phrases for idea in phrase.means}
    assert ideas().everyday <= known
