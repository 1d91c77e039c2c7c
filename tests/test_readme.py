"""Every command and every link of the README does what it says."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chrono.cli import COMMANDS, app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = CliRunner(env={"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "160"})


def commands() -> list[str]:
    """The calls of chrono, in order; the first two call it by its path."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    calls = [
        call.removeprefix("venv/bin/") for block in blocks for line in block.splitlines() for call in line.split(" && ")
    ]
    return [call for call in calls if call.startswith("chrono ")]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with the invented case in it."""
    RUN.invoke(app, ["init", str(tmp_path / "riverbank"), "--example"])
    with contextlib.chdir(tmp_path):
        yield tmp_path


def test_the_commands_of_the_readme_run_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in commands():
        shown = RUN.invoke(app, shlex.split(line)[1:])
        assert shown.exit_code == 0, (line, shown.output, shown.stderr)


@pytest.mark.usefixtures("place")
def test_the_example_for_python_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {})
    assert len(said.getvalue().splitlines()) == 3


def test_every_command_is_in_the_readme() -> None:
    assert [command for command in COMMANDS if f"`chrono {command} " not in README] == []


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
