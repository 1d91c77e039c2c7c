"""What holds for every command: help with an example, quick start, clear words for wrong use."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chrono import __version__
from chrono.cli import COMMANDS, app

EXAMPLE = Path(__file__).parents[2] / "examples" / "riverbank"
RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_with_an_example(command: str) -> None:
    shown = RUN.invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert f"Example: chrono {command}" in shown.output


def test_help_lists_every_command_and_imports_none() -> None:
    code = "import sys; sys.argv=['chrono','--help']\nfrom chrono.cli import app\ntry: app()\nexcept SystemExit: pass\n"
    code += "assert not {'openpyxl', 'docx', 'xlsxwriter', 'chrono.pipeline'} & set(sys.modules), sorted(sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert all(command in shown.stdout for command in COMMANDS)


def test_version() -> None:
    assert RUN.invoke(app, ["--version"]).output == f"chrono {__version__}\n"


def test_a_missing_case_folder_is_said_in_one_line_and_exits_with_2(tmp_path: Path) -> None:
    shown = RUN.invoke(app, ["merge", str(tmp_path / "nowhere")])
    assert shown.exit_code == 2
    assert "nowhere" in shown.stderr
    assert "Traceback" not in shown.output


def test_an_unknown_command_is_wrong_use() -> None:
    assert RUN.invoke(app, ["mrege"]).exit_code == 2


@pytest.mark.parametrize("what", ["Wolden Police.xlsx:2", "1"])
def test_a_row_is_shown_by_its_place_and_by_its_number_in_the_timeline(what: str) -> None:
    shown = RUN.invoke(app, ["show", what, str(EXAMPLE)]).stdout
    assert "Wolden Police.xlsx [Occurrences] row 2" in shown


def test_a_finding_is_shown_by_its_number() -> None:
    assert "Northmere Housing" in RUN.invoke(app, ["show", "F1", str(EXAMPLE)]).stdout
