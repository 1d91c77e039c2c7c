"""Where the benchmark cases lie, if they lie beside this checkout."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(folder for folder in (SHARED / "cases").glob("*") if (folder / "gold.yaml").exists())

needs_shared = pytest.mark.skipif(not CASES, reason="the benchmark cases do not lie beside this checkout")
each_case = pytest.mark.parametrize("case", CASES, ids=lambda folder: folder.name)
