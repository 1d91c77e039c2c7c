"""Whose return a file is, in an invented case with two police forces, two councils and two schools."""

import pytest

from chrono.model import Agency, Case, Return, Row, Sheet
from chrono.normalise.actors.agencies import agency_in, found_in, kind_of, kind_of_agency, whose_return
from chrono.normalise.actors.agencies.shown import kind_shown

CASE = Case(
    from_file=True,
    title="Review of Child A",
    agencies=(
        Agency("csc", "Eastmoor Children's Social Care", ("CSC",), asked=True),
        Agency("west-csc", "Westmoor Children's Social Care", asked=True),
        Agency("police", "Eastmoor Police", ("Police",), asked=True),
        Agency("west-police", "Westmoor Constabulary", asked=True),
        Agency("school-1", "School 1", asked=True),
        Agency("school-2", "School 2", asked=True),
        Agency("yjs", "Eastmoor Youth Justice Service", asked=True),
        Agency("gp", "Dr Fern and Partners", ("GP",), asked=True, files=("practice notes*.csv",)),
        Agency("surgery", "Bracken Medical Practice", asked=True),
    ),
)


def returned(file: str, *titles: str) -> Return:
    rows = tuple(Row(number, (title,)) for number, title in enumerate(titles, start=1))
    return Return(file, "", 0, (Sheet(file, "Sheet1", rows),))


@pytest.mark.parametrize(
    ("file", "agency"),
    [
        ("CSC chronology v2 FINAL.xlsx", "csc"),
        ("EastmoorCSC.xlsx", "csc"),
        ("westmoor_social_care.xlsx", "west-csc"),
        ("Westmoor Police.csv", "west-police"),
        ("Eastmoor-Polcie.csv", "police"),
        ("police.csv", "police"),
        ("school-2.docx", "school-2"),
        ("School 1 (2).xlsx", "school-1"),
        ("YOT return.xlsx", "yjs"),
        ("Practice notes 2019.csv", "gp"),
        ("Bracken_MP_export.csv", "surgery"),
        ("Northfield Police.csv", None),
        ("School 3.csv", None),
        ("chronology.xlsx", None),
    ],
)
def test_the_name_of_a_file_tells_whose_it_is(file: str, agency: str | None) -> None:
    assert whose_return(returned(file), CASE)[0] == agency


def test_titles_tell_where_the_name_does_not() -> None:
    told = whose_return(returned("chronology.xlsx", "Westmoor Constabulary: chronology", "Child A"), CASE)
    assert told == ("west-police", "the title in row 1")


def test_a_file_of_nobody_in_the_case_names_its_agency() -> None:
    found = found_in(returned("Northfield Police chronology 2019 final.csv"))
    assert (found.id, found.name, found.kind) == ("northfield-police", "Northfield Police", "police")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Northfield Constabulary", "police"),
        ("Hilltop Academy", "school"),
        ("Mid Fern NHS Foundation Trust", "health"),
        ("St Alda's Hospital", "hospital"),
        ("Fern Borough Council Housing", "housing"),
        ("YOT", "youth-justice"),
        ("Youth Justice Service", "youth-justice"),
        ("LSCB", "partnership"),
        ("LSCP", "partnership"),
        ("CCG", "health"),
        ("Childrens Services", "social-care"),
        ("A & E", "hospital"),
        ("The Larches", ""),
    ],
)
def test_the_kind_of_service_is_told_even_of_an_unknown_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hilltop Juniors", "school"),
        ("Dr Lane and Partners", "gp"),
        ("Fairway Fostering", "placement"),
        ("Fairway HV", "health"),
        ("Elm Court Surgery", "gp"),
        ("Fairway Home Treatment Team", "mental-health"),
        ("The Oaks", ""),
    ],
)
def test_the_name_of_an_agency_of_the_case_may_hint_at_its_kind(name: str, kind: str) -> None:
    assert kind_of_agency(Agency("one", name)) == kind


def test_a_hint_is_no_agency_in_a_column_of_people() -> None:
    assert kind_of("HV") == kind_of("Dr Lane and Partners") == ""


@pytest.mark.parametrize(
    ("cell", "agency"),
    [
        ("Westmoor CSC", "west-csc"),
        ("Eastmoor police", "police"),
        ("School 2", "school-2"),
        ("School 5", None),
        ("", None),
    ],
)
def test_a_cell_names_an_agency_or_none(cell: str, agency: str | None) -> None:
    assert agency_in(cell, CASE) == agency


def test_the_order_of_the_case_changes_nothing() -> None:
    turned = Case(from_file=True, title=CASE.title, agencies=CASE.agencies[::-1])
    for file in ("Westmoor Police.csv", "YOT return.xlsx", "CSC.xlsx"):
        assert whose_return(returned(file), CASE)[0] == whose_return(returned(file), turned)[0]


def test_a_service_whose_name_tells_nothing_is_of_the_kind_its_rows_show() -> None:
    lessons = ["Learner back on full timetable", "Absent from lessons", "Sat first maths exam"]
    nights = ["RW1 Not back. Police told.", "Asleep by ten, own room", "Keywork in the lounge", "Mentor called"]
    assert kind_shown(lessons) == "alternative-provision"
    assert kind_shown(nights) == "placement"
    assert (
        kind_shown(["Arrived with social worker", "Failed to come in by six", "Sick, night staff up", "Review"])
        == "placement"
    )
    assert kind_shown(["Seen", "Rang mother", "Letter sent"]) == ""


def test_a_house_called_a_court_is_no_court() -> None:
    assert [kind_of(name) for name in ("Elm Court", "Northshire Youth Court", "the court")] == ["", "court", "court"]
