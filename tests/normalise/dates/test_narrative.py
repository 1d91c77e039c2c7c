"""Dates inside an event's text: where they stand, what they mean, what they date, and what only looks like one."""

from datetime import date

import pytest

from chrono.model import When
from chrono.normalise.dates import Context, mentions

ROW = When.of_day(date(2018, 6, 8))


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[one.begin : one.end], one.when.edtf, one.role) for one in mentions(text, ROW, Context())]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Strategy discussion of 4.6.18 noted.", ("4.6.18", "2018-06-04", "referring-back")),
        ("Referral of 6 June in from school.", ("6 June", "2018-06-06", "referring-back")),
        ("Home visit planned for 12/06/18.", ("12/06/18", "2018-06-12", "planned-for")),
        ("Return interview due by 15.06.18.", ("15.06.18", "2018-06-15", "due-by")),
        ("Minutes received 7 June 2018.", ("7 June 2018", "2018-06-07", "recorded")),
        ("Seen at school on 08/06/2018.", ("08/06/2018", "2018-06-08", "occurred")),
        ("He was arrested on 05/06.", ("05/06", "2018-06-05", "referring-back")),
        ("Missing 01/06 to 03/06.", ("01/06 to 03/06", "2018-06-01/2018-06-03", "referring-back")),
        ("A visit is planned for w/c 11/06/2018.", ("w/c 11/06/2018", "2018-06-11/2018-06-17", "planned-for")),
        ("Conference fixed for 13 June at 2pm.", ("13 June at 2pm", "2018-06-13T14:00:00", "planned-for")),
        (
            "Between 1 and 3 June 2018 away from home.",
            ("Between 1 and 3 June 2018", "2018-06-01/2018-06-03", "referring-back"),
        ),
        ("Attendance fell in early May 2018.", ("early May 2018", "2018-05-01/2018-05-10", "referring-back")),
        ("In the Autumn term 2017 he moved.", ("the Autumn term 2017", "2017-09-01/2017-12-31", "referring-back")),
        ("The next day he came home.", ("The next day", "2018-06-09", "planned-for")),
        ("Injury in 2016 was not reported.", ("2016", "2016", "referring-back")),
    ],
)
def test_a_date_in_running_text(text: str, mention: tuple[str, str, str]) -> None:
    assert found(text) == [mention]


@pytest.mark.parametrize(
    "text",
    [
        "Scored 7/10 on the questionnaire.",
        "24/7 support is in place.",
        "Section 47 enquiry; s.20 discussed.",
        "Crime ref 42/1234/18.",
        "Telephone 020 7946 0018.",
        "3/4 of the class took part.",
        "Aged 13, in Year 7.",
        "Date of birth: 12/03/2004.",
        "Blood pressure 120/80, temperature 37.5.",
        "She may 2 times a week attend.",
        "Paid £12.06 for the bus.",
        "Call at 14.30, lasted 20 minutes.",
        "Flat 3/4, the High Street.",
        "",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert found(text) == []


def test_every_date_of_a_list_is_a_mention_of_its_own() -> None:
    assert [text for text, _, _ in found("Core groups 10.05.18, 17.05.18 and 24.05.18")] == [
        "10.05.18",
        "17.05.18",
        "24.05.18",
    ]


def test_places_are_those_of_the_text_as_written() -> None:
    assert found("Seen\u00a0on 4\u00a0June\u00a02018 – well") == [
        ("4\u00a0June\u00a02018", "2018-06-04", "referring-back")
    ]
