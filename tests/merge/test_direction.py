"""Whether something came from the agency that a text names, or went to it."""

import pytest

from chrono.merge.direction import side


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Letter from CAMHS about waiting times", "from"),
        ("Referral in, source CAMHS", "from"),
        ("CAMHS ring: bed found", "from"),
        ("CAMHS would like us to see him", "from"),
        ("CAMHS form received", "from"),
        ("CAMHS referral sent today", "to"),
        ("CAMHS form has been completed", "to"),
        ("Let CAMHS know", "to"),
        ("Rang CAMHS: no bed", "to"),
        ("CAMHS told of the fall", "to"),
        ("Seen at CAMHS, going well", ""),
    ],
)
def test_the_words_around_a_name_say_on_which_side_it_stands(text: str, said: str) -> None:
    begin = text.index("CAMHS")
    assert side(text, begin, begin + len("CAMHS")) == said
