"""Finds the modules that stand on a shelf: on a shelf, adding one is adding a file.

A package of somebody else's can add to a shelf too, by an entry point: in its pyproject.toml, under
[project.entry-points."chrono.readers"] (or chrono.writers, chrono.rules, chrono.signals), a name and the module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from types import ModuleType


def module(shelf: ModuleType, name: str) -> ModuleType | None:
    """The module of that name on `shelf`, without loading the others and the libraries they need; None if there is none."""
    found = {info.name for info in pkgutil.iter_modules(shelf.__path__)}
    return importlib.import_module(f"{shelf.__name__}.{name}") if name in found else None


def modules(shelf: ModuleType) -> Iterator[ModuleType]:
    """Every module on `shelf` and on the shelves inside it, by name, so that the order never depends on the disk; then
    those that other packages add, by the name of their entry point."""
    found = pkgutil.walk_packages(shelf.__path__, prefix=f"{shelf.__name__}.")
    for info in sorted(found, key=lambda info: info.name):
        if not info.ispkg and not info.name.rpartition(".")[2].startswith("_"):
            yield importlib.import_module(info.name)
    group = f"chrono.{shelf.__name__.rpartition('.')[2]}"
    for added in sorted(entry_points(group=group), key=lambda added: added.name):
        yield added.load()
