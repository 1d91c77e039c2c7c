"""Subjects of a case of whom one is the other's parent."""

from __future__ import annotations

from datetime import date

from chrono.model import Case, Subject, When
from chrono.normalise.entries.generations import children_of
from tests.check.casebook import timeline

BABY = Subject("baby", "Baby", ("Infant",), When.of_day(date(2023, 3, 14)))


def test_a_young_mother_has_her_baby() -> None:
    mother = Subject("rb", "RB", ("mother", "Client"), When.of_day(date(2004, 8, 2)))
    assert children_of(Case(subjects=(BABY, mother))) == {"rb": ("baby",)}


def test_a_brother_who_is_much_older_has_no_child_in_the_case() -> None:
    brother = Subject("rob", "Rob", ("brother",), When.of_day(date(2004, 8, 2)))
    assert children_of(Case(subjects=(BABY, brother))) == {}


def test_without_a_birthday_nobody_is_taken_for_a_parent() -> None:
    assert children_of(Case(subjects=(BABY, Subject("m", "Mother")))) == {}


def test_a_row_about_the_mother_is_about_her_baby_too() -> None:
    subjects = [
        {"id": "baby", "name": "Baby", "dob": date(2023, 3, 14)},
        {"id": "mother", "name": "Mother", "dob": date(2004, 8, 2)},
    ]
    read = timeline(
        [
            "home.xlsx:4 | 22/04/2023 | Rowan House | Mother came home late",
            "hospital.xlsx:4 | 05/08/2023 | Hospital | Baby seen, well",
        ],
        {"subjects": subjects},
    )
    assert [set(row.subjects) for row in read.entries] == [{"mother", "baby"}, {"baby"}]
