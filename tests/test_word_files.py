"""The YAML files of words: a key that stands twice in one mapping would silently lose what stands under the first."""

from pathlib import Path

import pytest
import yaml

PACKAGE = Path(__file__).parents[1] / "chrono"


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.yaml")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_key_stands_twice(file: Path) -> None:
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert list(_twice(root)) == []


def _twice(node: yaml.Node | None) -> list[str]:
    """Each key that a mapping below `node` has twice, with its line."""
    if isinstance(node, yaml.SequenceNode):
        return [found for one in node.value for found in _twice(one)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    own = [f"{key.value}, line {key.start_mark.line + 1}" for key, _ in node.value if keys.count(key.value) > 1]
    return own + [found for _, one in node.value for found in _twice(one)]
