"""The arrows point one way: stages never import each other, and only the pipeline knows their order."""

import ast
import re
from pathlib import Path

import pytest

import chrono

PACKAGE = Path(chrono.__file__).parent
STAGES = ("ingest", "normalise", "merge", "check", "publish", "report")
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(module: Path) -> set[str]:
    """The parts of chrono that `module` imports: 'model', 'merge', ..."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" if node.module == "chrono" else node.module for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("chrono.")}
    return found


def relative_imports(module: Path) -> list[ast.ImportFrom]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level > 0]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_are_written_in_full(module: Path) -> None:
    assert not relative_imports(module)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_only_itself_and_the_nouns(stage: str) -> None:
    allowed = {stage, "clocks", "model", "numerals", "shelf", "stems", "told_days", "vocabulary", "__version__"}
    for module in sorted((PACKAGE / stage).rglob("*.py")):
        assert imported(module) <= allowed, module


def test_the_nouns_import_nothing_of_chrono() -> None:
    assert imported(PACKAGE / "model.py") == set()


def test_only_ingest_report_and_cli_touch_the_users_files() -> None:
    for stage in ("normalise", "merge", "check", "publish"):
        for module in sorted((PACKAGE / stage).rglob("*.py")):
            assert ".write_text(" not in module.read_text(encoding="utf-8"), module
            assert ".write_bytes(" not in module.read_text(encoding="utf-8"), module


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_days_are_written_alike_on_every_system(module: Path) -> None:
    assert not re.search(r"%[-#][a-zA-Z]", module.read_text(encoding="utf-8")), (
        "not every system knows it: see model.short_day"
    )
