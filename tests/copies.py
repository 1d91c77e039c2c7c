"""Copies of a case that a test may write to, also where the project itself may only be read."""

import shutil
from pathlib import Path


def copied(folder: Path, into: Path) -> Path:
    """`into`, with the files of `folder` in it but what an earlier merge left there."""
    shutil.copytree(folder, into, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("combined"))
    for place in (into, *into.rglob("*/")):
        place.chmod(0o755)
    return into
