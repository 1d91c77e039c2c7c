"""chrono never opens a network connection: nothing in it can."""

import ast
import socket
from pathlib import Path

import pytest

import chrono

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
