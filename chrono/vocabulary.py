"""Reads the words of the field: the YAML files that stand beside the code that uses them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TRUTH = "tag:yaml.org,2002:bool"


def taking_words(loader: type[Any]) -> type[Any]:
    """A loader that takes 'no' and 'on' for the words they are, as YAML 1.2 does; only 'true' and 'false' are truth values."""
    resolvers = {
        letter: [one for one in ones if one[0] != TRUTH] for letter, ones in loader.yaml_implicit_resolvers.items()
    }
    made: Any = type("Words", (loader,), {"yaml_implicit_resolvers": resolvers})
    made.add_implicit_resolver(TRUTH, re.compile("^(?:true|false)$"), ["t", "f"])
    return made  # type: ignore[no-any-return]  # the library has no types for its compiled loaders


# The compiled loader is ten times as fast, and gives the same; not every build of the library has it.
_LOADER = taking_words(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def words(file: Path) -> Any:
    """What a file of words holds: mappings, lists and scalars, as YAML has them. Read once; not to be changed."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
