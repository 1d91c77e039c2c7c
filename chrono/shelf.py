"""Finds the modules that stand on a shelf: on a shelf, adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def modules(shelf: ModuleType) -> Iterator[ModuleType]:
    """Every module on `shelf` and on the shelves inside it, by name, so that the order never depends on the disk."""
    found = pkgutil.walk_packages(shelf.__path__, prefix=f"{shelf.__name__}.")
    for info in sorted(found, key=lambda info: info.name):
        if not info.ispkg and not info.name.rpartition(".")[2].startswith("_"):
            yield importlib.import_module(info.name)
