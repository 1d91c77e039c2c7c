"""Reads the words of the field: the YAML files that stand beside the code that uses them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

BOOLEAN = "tag:yaml.org,2002:bool"


# The compiled loader is ten times as fast, and gives the same; not every build of the library has it.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever there is
    """Takes 'no' and 'on' for the words they are, as YAML 1.2 does; only 'true' and 'false' are truth values."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [one for one in resolvers if one[0] != BOOLEAN]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(BOOLEAN, re.compile("^(?:true|false)$"), ["t", "f"])


@cache
def words(file: Path) -> Any:
    """What a file of words holds: mappings, lists and scalars, as YAML has them. Read once; not to be changed."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
