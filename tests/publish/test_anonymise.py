"""A set to share: nobody is named anywhere in it, and it tells the same story."""

from __future__ import annotations

import json
import re
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from typer.testing import CliRunner

from chrono.cli import app
from chrono.cli.anonymise import FEWEST_WEEKS
from chrono.pipeline import review
from chrono.publish.neutral import in_neutral_words
from tests.shared import each_case, needs_shared

RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})
LABEL = re.compile(r"(?:[Yy]oung person |[A-Z]+)?\s?\d*")
RIVERBANK = Path(__file__).parents[2] / "examples" / "riverbank"

CASE = """
title: The Tolliver review
period: {from: 2020-01-01, to: 2021-12-31}
subjects:
  - {id: jordan, name: Jordan Tolliver, aliases: [Jordan, JT], dob: 2006-05-14}
people:
  - {id: karen, name: Karen Tolliver, role: mother, aliases: [Mum, Ms Tolliver]}
  - {id: priya, name: Priya Nandra, role: social worker, aliases: [P. Nandra]}
agencies:
  - {id: csc, name: Northmere Children's Social Care, aliases: [CSC], asked: true}
  - {id: police, name: Wolden Police, aliases: [Police], asked: true}
"""
CSC = """Date,Event,Worker
03/02/2020,"Jordan Tolliver (DOB 14/05/2006) seen by Priya at 12 Rose Lane, NM4 2QT. Ms Tolliver (07700 900123) in.",Priya Nandra
Wed 05/02/2020,"Strategy discussion with PC Harris about crime 42/12345/20. JORDAN’S review is on 14 February 2020.",P. Nandra
March 2020,"JT and Karen met P Nandra. E-mail to karen_tolliver@example.org, born 14th May 2006.",Nandra
"""
SECRETS = ["jordan", "jt", "tolliver", "karen", "priya", "nandra", "harris", "rose", "nm4", "07700", "900123", "12345"]
SECRETS += ["14/05/2006", "2006-05-14", "example.org", "csc tolliver.csv", "wolden police.xlsx"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with names in its cells, its sheet's name, a comment, its title and its file names."""
    folder = tmp_path / "case"
    (folder / "returns").mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "returns" / "csc tolliver.csv").write_text(CSC, encoding="utf-8")
    book = Workbook()
    book.properties.creator = "PC Harris"
    sheet = book.active
    sheet.title = "Jordan T."
    for row in (
        ("Date", "Event"),
        (None, None),
        ("04/02/2020 10:15", "Jordan Tolliver reported missing by his mother Karen"),
    ):
        sheet.append(row)
    sheet["B3"].comment = Comment("Ask Karen Tolliver", "PC Harris")
    book.save(folder / "returns" / "wolden police.xlsx")
    return folder


def anonymise(folder: Path, output: Path, *options: str) -> Any:
    return RUN.invoke(app, ["anonymise", str(folder), "-o", str(output), "--quiet", *options])


def texts_of(folder: Path) -> Iterator[str]:
    """Everything in the files of a folder, unzipped, and their names."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.name
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        else:
            yield path.read_bytes().decode("utf-8", "replace")


def named_in(folder: Path, names: list[str] | tuple[str, ...]) -> list[str]:
    """The names that stand in a folder's files, as words, whatever their case."""
    everything = "\n".join(texts_of(folder))
    return [name for name in names if re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", everything, re.IGNORECASE)]


def counted(folder: Path) -> tuple[int, int, int]:
    told = review([folder])
    return len(told.timeline.entries), len(told.timeline.links), len(told.findings)


# ---------------------------------------------------------------------------------------------------- nobody named


@pytest.mark.parametrize("dates", ["keep", "shift", "month", "season", "year"])
def test_nobody_is_named_in_any_byte_of_the_set(case: Path, tmp_path: Path, dates: str) -> None:
    anonymise(case, tmp_path / "set", "--dates", dates)
    assert named_in(tmp_path / "set", SECRETS) == []


def test_agencies_are_named_unless_told_otherwise(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "named")
    anonymise(case, tmp_path / "unnamed", "--agencies")
    assert named_in(tmp_path / "named", ("Northmere", "Wolden")) == ["Northmere", "Wolden"]
    assert named_in(tmp_path / "unnamed", ("Northmere", "Wolden")) == []


def test_one_person_has_one_pseudonym_however_written(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set")
    first = (tmp_path / "set" / "returns" / "Return 1.csv").read_text(encoding="utf-8")
    assert first.count("Social worker 1") == 5
    assert first.count("YP1") == 5
    assert "Mother of YP1 (telephone 1) in" in first
    names = json.loads((tmp_path / "set.key.json").read_text(encoding="utf-8"))["names"]
    assert names["Karen Tolliver"] == names["Ms Tolliver"] == names["Karen"] == "Mother of YP1"


def test_sheets_comments_and_properties_are_rewritten_too(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set")
    book = load_workbook(tmp_path / "set" / "returns" / "Return 2.xlsx")
    assert book.sheetnames == ["YP1 T."]
    assert book.active["B3"].comment.text == "Police constable 1: Ask Mother of YP1"
    assert not book.properties.creator


def test_of_a_day_of_birth_the_day_never_stays(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "kept")
    anonymise(case, tmp_path / "coarse", "--dates", "year")
    assert terms(tmp_path / "kept")["subjects"][0]["dob"] == "2006-05"
    assert terms(tmp_path / "coarse")["subjects"][0]["dob"] == 2006


def terms(folder: Path) -> Any:
    return yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("K refuses to go. Seen with K at home.", "YP1 refuses to go. Seen with YP1 at home."),
        ("K lives with an aunt; K's school rang.", "YP1 lives with an aunt; YP1's school rang."),
        ("Class K drugs. Hepatitis K vaccine.", "Class K drugs. Hepatitis K vaccine."),
    ],
)
def test_a_child_called_by_a_letter(case: Path, tmp_path: Path, written: str, instead: str) -> None:
    called(case, "K")
    anonymise(with_row(case, written), tmp_path / "set")
    assert instead in first_return(tmp_path / "set")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("A visit was made. Taken to A&E.", "A visit was made. Taken to A&E."),
        ("A arrested and bailed. Nurse rang A about school.", "YP1 arrested and bailed. Nurse rang YP1 about school."),
        ("A refuses to go. A was seen.", "YP1 refuses to go. YP1 was seen."),
    ],
)
def test_a_child_called_a_is_no_article(case: Path, tmp_path: Path, written: str, instead: str) -> None:
    called(case, "A")
    anonymise(with_row(case, written), tmp_path / "set")
    assert instead in first_return(tmp_path / "set")


def called(case: Path, letter: str) -> None:
    """Jordan Tolliver is also called by a letter."""
    terms_file = case / "case.yaml"
    terms_file.write_text(CASE.replace("aliases: [Jordan, JT]", f"aliases: [Jordan, JT, {letter}]"), encoding="utf-8")


def first_return(made: Path) -> str:
    return (made / "returns" / "Return 1.csv").read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- nobody's sex told


@pytest.mark.parametrize(
    ("written", "neutral"),
    [
        ("He was seen; she lives with her aunt.", "They were seen; they live with their relative."),
        ("PC told her that he's been out with him.", "PC told them that they’ve been out with them."),
        ("A male officer saw three males and a girl.", "An officer saw three people and a child."),
        ("He always says his brothers hurt himself.", "They always say their siblings hurt themself."),
        ("MOTHER SEEN. Mr Lee is a friend of hers.", "PARENT SEEN. Mx Lee is a friend of theirs."),
        ("Refuge by Women's Aid. The theme of this hearing.", "Refuge by Women's Aid. The theme of this hearing."),
    ],
)
def test_neutral_words(written: str, neutral: str) -> None:
    assert in_neutral_words(written) == neutral


def test_parents_the_case_knows_are_told_apart_and_nobodys_sex_is_told(case: Path, tmp_path: Path) -> None:
    father = "  - {id: lee, name: Lee Tolliver, role: father, aliases: [Dad]}\nagencies:"
    (case / "case.yaml").write_text(CASE.replace("agencies:", father, 1), encoding="utf-8")
    anonymise(with_row(case, "Mum and Dad rang about him. Her son was with a boy."), tmp_path / "set", "--neutral")
    assert "Parent 1 and Parent 2 rang about them. Their child was with a child." in first_return(tmp_path / "set")
    assert named_in(tmp_path / "set", ["mother", "father", "Mum", "Dad", "he", "she", "his", "him"]) == []


# ------------------------------------------------------------------------------------------------------- the key


def test_the_key_lies_apart_and_is_the_owners_only(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set")
    key = tmp_path / "set.key.json"
    assert key.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "set").iterdir()) == ["case.yaml", "returns"]


def test_the_key_is_never_written_into_the_set(case: Path, tmp_path: Path) -> None:
    result = anonymise(case, tmp_path / "set", "--key", str(tmp_path / "set" / "returns" / "key.json"))
    assert result.exit_code == 2
    assert not (tmp_path / "set").exists()


def test_a_set_is_never_mixed_with_other_files(case: Path) -> None:
    assert anonymise(case, case).exit_code == 2
    assert (case / "case.yaml").read_text(encoding="utf-8") == CASE


# --------------------------------------------------------------------------------------------------------- doubts


def with_row(case: Path, text: str) -> Path:
    file = case / "returns" / "csc tolliver.csv"
    file.write_text(f'{CSC}06/03/2020,"{text}",CSC\n', encoding="utf-8")
    return case


@pytest.mark.parametrize(
    "phrase",
    ["Dwayne Okafor", "Okafor", "AB12 CDE", "Ashgrove Academy", "Rowan Crescent", "2187734901", "www.example.org/wall"],
)
def test_what_is_in_no_list_is_shown_to_a_person(case: Path, tmp_path: Path, phrase: str) -> None:
    result = anonymise(with_row(case, f"He spoke of {phrase} again"), tmp_path / "set")
    assert result.exit_code == 1
    assert f"{phrase}  # " in result.stdout
    assert "Return 1.csv row 5" in result.stdout


def test_what_a_person_accepts_is_let_stand(case: Path, tmp_path: Path) -> None:
    with_row(case, "He spoke of Okafor again")
    assert anonymise(case, tmp_path / "set").exit_code == 1
    accepted = ["--accept-residual", str(tmp_path / "set.doubtful.txt")]
    assert anonymise(case, tmp_path / "set", *accepted).exit_code == 0


@pytest.mark.parametrize(
    "text", ["Strategy Discussion held with Health and Education", "Mum rang. Dad did not attend."]
)
def test_words_of_the_field_are_no_names(case: Path, tmp_path: Path, text: str) -> None:
    assert "# name" not in anonymise(with_row(case, text), tmp_path / "set").stdout


# ---------------------------------------------------------------------------------------------------------- dates


def test_shifted_dates_keep_weekdays_and_intervals(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set", "--dates", "shift")
    weeks = json.loads((tmp_path / "set.key.json").read_text(encoding="utf-8"))["weeks"]
    moved = {(old.when.start - new.when.start).days for old, new in pairs(case, tmp_path / "set")}  # type: ignore[operator]
    assert moved == {-7 * weeks}
    assert re.search(r'"Wed \d\d/\d\d/20\d\d"', "".join(texts_of(tmp_path / "set")))


def test_a_date_in_the_narrative_moves_with_its_row(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set", "--dates", "shift")
    for old, new in pairs(case, tmp_path / "set"):
        apart = [[one.when.days_until(entry.when) for one in entry.dates] for entry in (old, new)]
        assert apart[0] == apart[1]


def pairs(case: Path, made: Path) -> list[tuple[Any, Any]]:
    """Day-precise entries of a case beside those of its set."""
    old, new = ({(e.agency, e.source.row): e for e in review([one]).timeline.entries} for one in (case, made))
    return [(old[place], new[place]) for place in old if old[place].when.is_day]


@pytest.mark.parametrize(
    ("dates", "like"), [("month", "February 2020"), ("season", "winter 2019/20"), ("year", "2020")]
)
def test_coarser_dates(case: Path, tmp_path: Path, dates: str, like: str) -> None:
    anonymise(case, tmp_path / "set", "--dates", dates)
    first = (tmp_path / "set" / "returns" / "Return 1.csv").read_text(encoding="utf-8")
    assert f'\n"{like}",' in first
    assert not re.search(r"\d\d/\d\d/\d{4}|14 February", first)


# ------------------------------------------------------------------------------------------------- the same story


@pytest.mark.parametrize("options", [[], ["--agencies"]], ids=["kept", "agencies"])
def test_the_set_of_the_example_merges_to_the_same_numbers(tmp_path: Path, options: list[str]) -> None:
    anonymise(RIVERBANK, tmp_path / "set", *options)
    assert counted(tmp_path / "set") == counted(RIVERBANK)


@pytest.mark.parametrize("weeks_back", [26, 28, 63, 150, 259])
def test_shifted_dates_lose_no_entry_and_no_link_between_certain_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weeks_back: int
) -> None:
    """'Early September' is written as a part of another month, so a link that rests on it may go: 28 weeks show it."""
    monkeypatch.setattr(secrets, "randbelow", lambda _: weeks_back - FEWEST_WEEKS)
    anonymise(RIVERBANK, tmp_path / "set", "--dates", "shift")
    assert linked_days(tmp_path / "set") == linked_days(RIVERBANK)


def linked_days(folder: Path) -> tuple[int, set[frozenset[tuple[str, int]]]]:
    """How many entries there are, and the groups of linked entries that are dated to the day."""
    told = review([folder]).timeline
    groups = [[told.by_id[id_] for id_ in link.entries] for link in told.links]
    exact = [{(one.agency, one.source.row) for one in group if one.when.is_day} for group in groups]
    return len(told.entries), {frozenset(group) for group in exact if len(group) > 1}


def names_of(case: Path) -> list[str]:
    """Names of subjects, files and births in a case: labels such as YP1 left out."""
    told = yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8"))
    names = [name for one in told["subjects"] for name in (one.get("name", ""), *one.get("aliases", ()))]
    births = [str(one["dob"]) for one in told["subjects"] if len(str(one.get("dob") or "")) == len("2000-01-01")]
    files = [path.name for path in (case / "returns").iterdir()]
    return [name for name in names if not LABEL.fullmatch(name)] + births + files


@needs_shared
@each_case
def test_the_sets_of_the_benchmark_cases_name_nobody_and_merge_to_the_same_numbers(case: Path, tmp_path: Path) -> None:
    anonymise(case, tmp_path / "set")
    assert named_in(tmp_path / "set", names_of(case)) == []
    assert counted(tmp_path / "set") == counted(case)
