"""chrono never opens a network connection: nothing in it can."""

import ast
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import chrono
from chrono.cli import COMMANDS
from tests.copies import copied

MODULES = sorted(Path(chrono.__file__).parent.rglob("*.py"))
ABLE = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "requests", "httpx", "webbrowser"}


def imported(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_imports_what_could_connect(module: Path) -> None:
    assert not imported(module) & ABLE


def test_the_suite_itself_refuses_connections() -> None:
    with socket.socket() as attempt, pytest.raises(AssertionError, match="attempted"):
        attempt.connect(("192.0.2.1", 80))


RIVERBANK = Path(__file__).parents[1] / "examples" / "riverbank"
RUNS = {
    "init": ["new", "--title", "A review"],
    "template": ["case", "-o", "forms"],
    "check": ["case", "--format", "sarif", "--annotate", "copies"],
    "merge": ["case", "--manifest", "--only", "console,workbook,page,document,csv,combined"],
    "status": ["case"],
    "queries": ["case"],
    "changes": ["case/combined/combined.json", "case/combined/combined.json"],
    "actors": ["case"],
    "show": ["F1", "case"],
    "date": ["early May 2019"],
    "rules": [],
    "anonymise": ["case", "-o", "set"],
    "verify": ["case/combined/manifest.json"],
}
"""Every command, in an order in which each finds what it needs."""
WATCHED = """
import json, sys
tried = []
NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")
sys.addaudithook(lambda event, _: tried.append(event) if event.startswith(NETWORK) else None)
from typer.testing import CliRunner
from chrono.cli import app
codes = {command: CliRunner().invoke(app, [command, *words]).exit_code for command, words in json.loads(sys.argv[1]).items()}
print(json.dumps([codes, tried]))
"""


def test_no_command_as_much_as_tries_to_reach_another_machine(tmp_path: Path) -> None:
    copied(RIVERBANK, tmp_path / "case")
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(RUNS)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    codes, tried = json.loads(ran.stdout)
    assert set(RUNS) == set(COMMANDS)
    assert {command: code for command, code in codes.items() if code not in (0, 1)} == {}
    assert tried == []
