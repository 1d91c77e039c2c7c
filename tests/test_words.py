"""The files of words beside the code: what holds of every one of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

import chrono

PACKAGE = Path(chrono.__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILES = sorted(PACKAGE.rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_key_stands_twice_in_a_mapping(file: Path) -> None:
    """YAML would take the last and lose the others without a word."""
    assert not list(_twice(yaml.compose(file.read_text(encoding="utf-8"), Loader=LOADER)))


def _twice(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.MappingNode):
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        here = [f"line {node.start_mark.line + 1}: {key}" for key, times in keys.items() if times > 1]
        return here + [each for _, value in node.value for each in _twice(value)]
    if isinstance(node, yaml.SequenceNode):
        return [each for value in node.value for each in _twice(value)]
    return []
