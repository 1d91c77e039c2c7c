"""case.yaml: words stay words, and a mistake is named by line and key."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from chrono.ingest import CaseError, case_schema, read_case
from chrono.ingest.keys import CASE_KEYS, Key
from chrono.ingest.plain_yaml import root_of, value_of
from chrono.model import Source, When

FULL = """
title: 'Review: Child W'
period: {from: 2019-07-01, to: 2021-06-30}
subjects:
- {id: w, name: Child W, aliases: [W, no], dob: 2004-05-17}
people:
- {id: sw1, name: SW1, role: social worker, aliases: Social Worker 1}
agencies:
- {id: csc, name: Children's Social Care, aliases: [CSC], files: [csc*.xlsx], columns: {date: Event dt}}
- {id: gp, name: Surgery, asked: false, kind: gp}
rules: {silence: {days: 60}, date-differs: off, late: on}
expectations:
- {when: strategy-discussion, within: 15}
vocabulary: {events: {visit: [popped in, yes]}}
links:
  join:
  - ["csc.xlsx [Chronology] row 12", {file: police.csv, row: 7}]
  part:
  - [a.csv row 1, b.csv row 2, c.csv row 3]
decisions: {F-1: {status: accepted, reason: seen}}
"""


def lines_of(words: str) -> tuple[str, ...]:
    with pytest.raises(CaseError) as caught:
        read_case(words)
    return caught.value.lines


def test_everything_a_case_may_say() -> None:
    case = read_case(FULL)
    assert (case.title, case.start, case.end) == ("Review: Child W", date(2019, 7, 1), date(2021, 6, 30))
    assert case.subjects[0].aliases == ("W", "no")
    assert case.subjects[0].dob == When("2004-05-17", date(2004, 5, 17), date(2004, 5, 17), "day", status="ok")
    assert case.people[0].aliases == ("Social Worker 1",)
    assert [(agency.id, agency.asked, agency.kind) for agency in case.agencies] == [
        ("csc", True, ""),
        ("gp", False, "gp"),
    ]
    assert (case.agencies[0].files, case.agencies[0].columns) == (("csc*.xlsx",), {"date": "Event dt"})
    assert case.rules == {"silence": {"days": 60}, "date-differs": False, "late": {}}
    assert case.expectations == ({"when": "strategy-discussion", "within": 15},)
    assert case.vocabulary == {"events": {"visit": ["popped in", "yes"]}}
    assert case.joined == ((Source("csc.xlsx", "Chronology", 12), Source("police.csv", "", 7)),)
    assert len(case.parted) == 3
    assert case.decisions == {"F-1": {"status": "accepted", "reason": "seen"}}
    assert case.from_file


@pytest.mark.parametrize("words", ["", "# only a comment\n", "title: null\n", "subjects:\nagencies: []\n"])
def test_nothing_need_be_said(words: str) -> None:
    assert read_case(words).agencies == ()


@pytest.mark.parametrize("typed", ["no", "12:30", "0123", "1e3", "2019-05-03", "0x10", "1_000", "Yes"])
def test_words_stay_as_they_were_typed(typed: str) -> None:
    case = read_case(f"title: {typed}\nsubjects: [{{id: {typed}, aliases: [{typed}]}}]\n")
    assert (case.title, case.subjects[0].id, case.subjects[0].aliases) == (typed, typed, (typed,))


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2004-05-17", date(2004, 5, 17), date(2004, 5, 17), "day"),
        ("17/05/2004", date(2004, 5, 17), date(2004, 5, 17), "day"),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29), "month"),
        ("02/2004", date(2004, 2, 1), date(2004, 2, 29), "month"),
        ("2004", date(2004, 1, 1), date(2004, 12, 31), "year"),
        ("'2004'", date(2004, 1, 1), date(2004, 12, 31), "year"),
    ],
)
def test_a_birth_date_may_be_a_day_a_month_or_a_year(written: str, first: date, last: date, precision: str) -> None:
    dob = read_case(f"subjects: [{{id: w, dob: {written}}}]").subjects[0].dob
    assert dob is not None
    assert (dob.start, dob.end, dob.precision) == (first, last, precision)


def test_an_unknown_birth_date_is_none() -> None:
    assert read_case("subjects: [{id: w, dob: null}]").subjects[0].dob is None


def test_a_period_may_be_given_in_months() -> None:
    case = read_case("period: {from: 2019-07, to: 2021}")
    assert (case.start, case.end) == (date(2019, 7, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("titel: x\n", "case.yaml line 1: there is no key 'titel'; did you mean 'title'?"),
        ("subjects:\n- id: w\n  alias: [x]\n", "case.yaml line 3: subjects 1 has no key 'alias'; did you mean 'aliases'?"),
        ("zzz: 1\n", "case.yaml line 1: there is no key 'zzz'; it may have title, period, subjects"),
        ("title: a\ntitle: b\n", "case.yaml line 2: the key 'title' stands twice (first on line 1)"),
        ("period: {from: 2019-02-30}\n", "case.yaml line 1: period: from: '2019-02-30' is no date; write"),
        ("period: {from: soon}\n", "case.yaml line 1: period: from: 'soon' is no date; write"),
        ("\nperiod: 2019\n", "case.yaml line 2: period must be keys with values, such as 'from: ...'"),
        ("period: {from: 2021-01-01, to: 2019-01-01}\n", "period: from 2021-01-01 lies after to 2019-01-01"),
        ("subjects: w\n", "case.yaml line 1: subjects must be a list: each begins with '- '"),
        ("subjects: [w]\n", "case.yaml line 1: subjects 1 must be keys with values"),
        ("subjects: [{name: w}]\n", "case.yaml line 1: subjects 1 has no 'id'"),
        ("subjects: [{id: w}, {id: w}]\n", "case.yaml line 1: subjects 2: the id 'w' is taken already"),
        ("subjects: [{id: w}]\nagencies: [{id: w}]\n", "case.yaml line 2: the id 'w' of agencies is taken by subjects already"),
        ("agencies: [{id: a, asked: maybe}]\n", "case.yaml line 1: agencies 1: asked must be true or false"),
        ("agencies: [{id: a, name: [x]}]\n", "case.yaml line 1: agencies 1: name must be a single text"),
        ("agencies: [{id: a, columns: x}]\n", "case.yaml line 1: agencies 1: columns must be names with values"),
        ("rules: [a]\n", "case.yaml line 1: rules must be names with values"),
        ("rules: {a: 1, a: 2}\n", "case.yaml line 1: the key 'a' stands twice"),
        ("expectations: {a: 1}\n", "case.yaml line 1: expectations must be a list of keys with values"),
        ("links: {join: [[x row 1, y]]}\n", "case.yaml line 1: links: join: 'y' names no row; write 'file.xlsx [Sheet] row 12'"),
        ("links: {join: [x row 1]}\n", "case.yaml line 1: links: join: each item must be a list of two rows or more"),
        ("title: [\n", "case.yaml line 2: cannot be read here"),
        ("title: 'x\n", "case.yaml line 2: cannot be read here"),
        ("title: a\n---\ntitle: b\n", "case.yaml line 2: cannot be read here"),
        ("a: &x [1]\nb: *x\n", "case.yaml line 2: '*x' refers to another part: write it out instead"),
        ("title: \x07\n", "case.yaml line 1: holds a character that YAML does not allow"),
        ("title: " + "[" * 2000, "case.yaml line 1: lists within lists, more than 50 deep"),
        ("- a\n", "case.yaml line 1: the file must be keys with values, such as 'title: ...'"),
        ("? [a]\n: b\n", "case.yaml line 1: a key must be a word"),
        ("title: !!python/object/apply:os.getcwd []\n", "case.yaml line 1: title must be a single text"),
    ],
    ids=lambda part: part.strip()[:30],
)  # fmt: skip
def test_a_mistake_is_named_by_line_and_key(words: str, said: str) -> None:
    assert said in lines_of(words)[0]


def test_all_mistakes_are_told_at_once() -> None:
    assert len(lines_of("titel: x\nperiod: {from: soon}\nagencies: [{name: a}]\n")) == 3


def test_the_schema_accepts_what_is_accepted_and_refuses_the_rest() -> None:
    schema = Draft202012Validator(case_schema())
    plain = root_of(FULL)
    assert plain is not None
    assert list(schema.iter_errors(value_of(plain))) == []
    assert [error.validator for error in schema.iter_errors({"titel": "x"})] == ["additionalProperties"]
    assert [error.validator for error in schema.iter_errors({"agencies": [{"name": "x"}]})] == ["required"]


def keys_in(keys: dict[str, Key]) -> list[Key]:
    return [one for key in keys.values() for one in (key, *keys_in(dict(key.keys)))]


def test_every_key_is_explained() -> None:
    assert all(key.about for key in keys_in(dict(CASE_KEYS)))
