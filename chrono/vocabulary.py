"""Reads the words of the field: the YAML files that stand beside the code that uses them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

# The compiled loader is ten times as fast, and gives the same; not every build of the library has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(file: Path) -> Any:
    """What a file of words holds: mappings, lists and scalars, as YAML has them. Read once; not to be changed."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
