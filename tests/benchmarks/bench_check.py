"""What checking a hundred returns in one run costs beside reading them: python tests/benchmarks/bench_check.py [RETURNS]

Returns of some 60 invented rows each, from twelve agencies: the forms that `chrono template` writes, filled in, and plain
workbooks in layouts of the agencies' own. Beside them stand the bare readings of the same files: by openpyxl in its full
mode, which sees the comments, hidden rows and merges that a check has to see, and by python-calamine, which sees values only
(if it is installed). A form has room for 500 rows, and empty ones are read as well: so its bare reading takes longer.
Seconds on the clock and of the processors, the best of four runs, each with its own start of Python.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chrono.model import Entry

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ROWS = 60
FIRST = 6
"""The row of a form that is filled in first."""
CHECK = "import sys; from chrono.cli import main; main()"
BARELY = {
    "openpyxl, full mode": """
import sys
from openpyxl import load_workbook
print(sum(1 for file in sys.argv[1:] for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True)))
""",
    "python-calamine": """
import sys
from python_calamine import CalamineWorkbook
books = map(CalamineWorkbook.from_path, sys.argv[1:])
print(sum(len(book.get_sheet_by_name(name).to_python()) for book in books for name in book.sheet_names))
""",
}


def write_plain(number: int, folder: Path) -> list[str]:
    """So many workbooks in the agencies' own layouts, twelve of each invented case."""
    from tests.synthetic import make, write_workbook

    made = ((seed, one) for seed in count(1) for one in make(seed=seed, rows=ROWS * 12).returns)
    paths = []
    for seed, one in islice(made, number):
        paths.append(folder / f"{seed} {Path(one.file).stem}.xlsx")
        write_workbook(one, paths[-1])
    return [str(path) for path in paths]


def write_forms(number: int, folder: Path) -> list[str]:
    """So many forms, each filled in with other rows."""
    return [str(path) for path in islice(_forms(folder), number)]


def _forms(folder: Path) -> Iterator[Path]:
    """The forms of one invented case after another, filled in."""
    from chrono.normalise import normalise
    from chrono.report.template import write_templates
    from tests.synthetic import make

    for seed in count(1):
        made = make(seed=seed, rows=ROWS * 12)
        entries = normalise(made.case, made.returns, ()).entries
        forms = write_templates(made.case, folder / f"case {seed}")
        books = sorted(path for path in forms if path.suffix == ".xlsx")
        for agency, path in zip(sorted(made.case.agencies, key=lambda agency: agency.name), books, strict=True):
            _fill(path, [entry for entry in entries if entry.agency == agency.id])
            yield path


def _fill(form: Path, entries: Sequence[Entry]) -> None:
    """Write rows into a form."""
    from openpyxl import load_workbook

    book = load_workbook(form)
    sheet = book["Chronology"]
    columns = {str(cell.value).casefold(): cell.column for cell in sheet[FIRST - 1]}
    for row, entry in enumerate(entries, start=FIRST):
        cells = {
            "date from": entry.when.text,
            "subject": entry.fields.get("subject"),
            "what happened": entry.text,
            "who was involved": entry.fields.get("people") or entry.fields.get("worker"),
            "outcome or decision and reason": entry.fields.get("outcome") or entry.fields.get("action"),
        }
        for header, value in cells.items():
            sheet.cell(row, columns[header]).value = value or None
    book.save(form)


def best(*command: str) -> tuple[float, float]:
    """Seconds on the clock and of the processors, of the quickest of four runs. The first one compiles the modules, as
    installing them does."""
    runs = []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(4):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", *command], check=False, capture_output=True, cwd=ROOT, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs.append((time.perf_counter() - begun, spent))
    return min(runs)


def main(number: int) -> None:
    """Write the returns, check them, read them barely, print the figures."""
    for what, write in (("forms", write_forms), ("plain workbooks", write_plain)):
        with tempfile.TemporaryDirectory() as place:
            paths = write(number, Path(place))
            clock, spent = best(CHECK, "check", "--quiet", "--format", "json", *paths)
            show(f"chrono check of {number} {what}", f"{clock:.2f} s on the clock, {spent:.2f} s of the processors")
            for name, script in BARELY.items():
                if importlib.util.find_spec(name.partition(",")[0].replace("-", "_")):
                    bare, of_processor = best(script, *paths)
                    ratio = (
                        f"chrono takes {clock / bare:.1f} times as long, {spent / of_processor:.1f} times the processor"
                    )
                    show(name, f"{bare:.2f} s; {ratio}")


def show(what: str, figures: str) -> None:
    """One line of the result."""
    sys.stdout.write(f"{what:40} {figures}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
