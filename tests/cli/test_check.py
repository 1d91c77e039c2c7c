"""`chrono check`: what is printed, what is written, and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from lxml import etree
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from chrono.cli import app
from tests.copies import copied
from tests.shared import CASES

RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "riverbank"
CI = ROOT / "examples" / "ci"
SCHEMAS = ROOT / "tests" / "report" / "schemas"
ANNOTATION = re.compile(r"::(error|warning|notice) (?:[a-z]+=[^,:\r\n]*,?)+::.+")
HEADERS = ("Date", "What happened", "Outcome")
WRONG = ("31/06/2021", "Call from the landlord.", "None")
RIGHT = (("03/06/2021", "Home visit.", "None needed"), ("10/06/2021", "Office visit.", "Letter to be sent"))


def book(path: Path, *rows: tuple[str, ...], above: int = 0) -> Path:
    made = Workbook()
    page = made.worksheets[0]
    page.title = "Log"
    for number, row in enumerate((HEADERS, *rows), start=1 + above):
        for column, cell in enumerate(row, start=1):
            page.cell(number, column).value = cell
    made.save(path)
    return path


def check(*words: object) -> tuple[int, str, str]:
    shown = RUN.invoke(app, ["check", *map(str, words)])
    return shown.exit_code, shown.stdout, shown.stderr


def test_a_clean_return_has_no_finding_and_ends_with_0() -> None:
    code, out, _ = check(EXAMPLE / "returns" / "st_brannocs_hospital.csv", "--case", EXAMPLE, "--fail-on", "medium")
    assert code == 0
    assert "0 high, 0 medium" in out


def test_a_date_that_is_none_is_named_with_its_row_and_ends_with_1(tmp_path: Path) -> None:
    code, out, _ = check(book(tmp_path / "nurse.xlsx", *RIGHT, WRONG))
    assert code == 1
    assert "[Log] row 4: medium" in out


def test_a_return_without_a_row_ends_with_2(tmp_path: Path) -> None:
    assert check(book(tmp_path / "nurse.xlsx"))[0] == 2


def test_one_broken_file_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"this is no workbook")
    book(tmp_path / "nurse.xlsx", *RIGHT, WRONG)
    code, out, _ = check(tmp_path)
    assert code == 2
    assert "broken.xlsx" in out
    assert "[Log] row 4: medium" in out


@pytest.mark.parametrize("case", [EXAMPLE, *CASES], ids=lambda path: path.name)
def test_sarif_fits_the_schema_of_its_standard(case: Path) -> None:
    _, out, _ = check(case, "--format", "sarif")
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(json.loads(out))


def test_sarif_and_junit_of_broken_and_hostile_files_fit_their_schemas(tmp_path: Path) -> None:
    (tmp_path / "# 100% & <broken>.xlsx").write_bytes(b"this is no workbook")
    book(tmp_path / "nurse \u202e[1].xlsx", *RIGHT, ("31/06/2021", "<b>\u202e=1+1 ]]> {0}", "None"))
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(check(tmp_path, "--format", "sarif")[1]), schema)
    junit = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    assert junit.validate(etree.fromstring(check(tmp_path, "--format", "junit")[1].encode())), junit.error_log


def test_sarif_points_only_to_rules_it_lists() -> None:
    _, out, _ = check(EXAMPLE, "--format", "sarif")
    (run,) = json.loads(out)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert {each["ruleId"] for each in run["results"]} <= set(rules)
    assert all(each["locations"] and each["message"]["text"] for each in run["results"])


def test_sarif_fingerprints_stay_when_rows_move(tmp_path: Path) -> None:
    prints = []
    for above in (0, 7):
        _, out, _ = check(book(tmp_path / "nurse.xlsx", *RIGHT, WRONG, above=above), "--format", "sarif")
        prints.append(
            {
                each["ruleId"]: each["partialFingerprints"]["finding/v1"]
                for each in json.loads(out)["runs"][0]["results"]
                if each["ruleId"] == "date-unreadable"
            }
        )
    assert prints[0] == prints[1]
    assert prints[0]


@pytest.mark.parametrize("case", [EXAMPLE, *CASES], ids=lambda path: path.name)
def test_junit_fits_the_schema_of_build_servers(case: Path) -> None:
    _, out, _ = check(case, "--format", "junit")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    report = etree.fromstring(out.encode())
    assert schema.validate(report), schema.error_log
    assert report.findall("testsuite/testcase/failure")


def test_github_lines_are_workflow_commands() -> None:
    _, out, _ = check(EXAMPLE, "--format", "github")
    lines = out.splitlines()
    assert lines
    assert [line for line in lines if not ANNOTATION.fullmatch(line)] == []


def test_markdown_and_columns_in_words() -> None:
    _, out, _ = check(EXAMPLE, "--format", "markdown")
    assert out.startswith("# Riverbank review")
    _, out, _ = check(EXAMPLE, "--explain")
    assert "'Date of contact' is date" in out


def test_a_copy_has_its_comment_on_the_cell_and_the_original_stays(tmp_path: Path) -> None:
    file = book(tmp_path / "nurse.xlsx", *RIGHT, WRONG)
    before = file.read_bytes()
    check(file, "--annotate", tmp_path / "back")
    (copy,) = (tmp_path / "back").iterdir()
    page = load_workbook(copy)["Log"]
    assert page["A4"].comment is not None
    assert "What would settle it" in page["A4"].comment.text
    assert page["A3"].comment is None
    assert load_workbook(copy).sheetnames[0] == "What to look at"
    assert file.read_bytes() == before


def test_with_a_baseline_only_what_is_new_counts_and_what_is_gone_is_told(tmp_path: Path) -> None:
    file, known = tmp_path / "nurse.xlsx", tmp_path / "known.json"
    book(file, *RIGHT, WRONG)
    assert check(file, "--write-baseline", known)[0] == 1
    assert check(file, "--baseline", known)[0] == 0
    book(file, *RIGHT)
    code, _, told = check(file, "--baseline", known)
    assert code == 0
    assert "no longer found" in told


@pytest.mark.parametrize("content", ["", "[]", '{"known": []}', '{"known": 3}'])
def test_what_is_no_baseline_is_wrong_use(tmp_path: Path, content: str) -> None:
    known = tmp_path / "known.json"
    known.write_text(content, encoding="utf-8")
    code, _, told = check(book(tmp_path / "nurse.xlsx", *RIGHT), "--baseline", known)
    assert code == 2
    assert "is not a baseline" in told


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_commands_of_the_ci_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(EXAMPLE, tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    (command,) = [line for line in _commands(yaml.safe_load((CI / name).read_text())) if line.startswith("chrono")]
    words = command.partition(" > ")[0].split()[1:]
    shown = RUN.invoke(app, words)
    assert shown.exit_code == 1
    assert shown.stdout


def _commands(jobs: object) -> list[str]:
    """Every command line of a workflow."""
    if isinstance(jobs, dict):
        return [part for key, value in jobs.items() for part in _under(key, value)]
    return [part for each in jobs for part in _commands(each)] if isinstance(jobs, list) else []


def _under(key: object, value: object) -> list[str]:
    if key == "run" and isinstance(value, str):
        return value.splitlines()
    if key == "script" and isinstance(value, list):
        return [str(line) for line in value]
    return _commands(value)


def test_the_hook_holds_back_a_commit_with_a_broken_return(tmp_path: Path) -> None:
    case = tmp_path / "case"
    copied(EXAMPLE, case)
    hook = CI / "pre-commit"
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": places, "GIT_CONFIG_GLOBAL": os.devnull}

    def run(*words: str) -> int:
        return subprocess.run(words, cwd=tmp_path, env=settings, capture_output=True, check=False).returncode

    assert run("git", "init", "-q") == 0
    assert run("sh", str(hook)) == 0  # nothing in the commit, nothing to check
    assert run("git", "add", "case/returns/st_brannocs_hospital.csv", "case/returns/csc_chronology.xlsx") == 0
    assert run("sh", str(hook)) == 0
    (case / "returns" / "Wolden Police.xlsx").write_bytes(bytes(range(256)) * 4)
    assert run("git", "add", "case/returns") == 0
    assert run("sh", str(hook)) != 0
