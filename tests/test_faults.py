"""Power cuts, full disks, impatient users: a case folder is never left broken, and no note of the reviewer's is lost.

CHRONO_FAULTS=200 kills a merge so many times; 15 by default.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from chrono.cli import app
from chrono.report.folder import at_work_in
from tests.copies import copied
from tests.report import desk

RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})
RIVERBANK = Path(__file__).parents[1] / "examples" / "riverbank"
KILLS = int(os.environ.get("CHRONO_FAULTS", "15"))
NOTE = "Ask for the minutes of this meeting."
OUTPUTS = ("combined.html", "combined.json", "combined.xlsx")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the example, merged once, with a note of the reviewer's beside its first entry."""
    folder = tmp_path / "case"
    copied(RIVERBANK, folder)
    assert merge(folder).exit_code == 0
    with desk.opened(folder / "combined") as book:
        sheet = book["Timeline"]
        sheet.cell(desk.FIRST, desk.columns(sheet)["Note"], NOTE)
    return folder


def merge(folder: Path, *options: str) -> Any:
    return RUN.invoke(app, ["merge", str(folder), "--quiet", *options])


def merging(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A merge in a process of its own."""
    command = [sys.executable, "-m", "chrono", "merge", str(folder), "--quiet", *options]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def notes_in(book: Path) -> list[str]:
    """Every cell with the reviewer's note."""
    whole = load_workbook(book, read_only=True)
    cells = [cell for sheet in whole.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    whole.close()
    return [cell for cell in cells if cell == NOTE]


def assert_whole(results: Path) -> None:
    """Every output opens, and the note is still there."""
    assert json.loads((results / "combined.json").read_text(encoding="utf-8"))["entries"]
    assert (results / "combined.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert notes_in(results / "combined.xlsx") == [NOTE]


def leftovers(results: Path) -> list[str]:
    return sorted(path.name for path in results.glob(".*"))


def contents(results: Path) -> dict[str, bytes]:
    return {name: (results / name).read_bytes() for name in OUTPUTS}


# ------------------------------------------------------------------------------------------------------ kill -9


def moments(whole: float) -> Iterator[float]:
    """Moments from the start of a merge to its end, most of them while files are written."""
    chosen = random.Random(7)
    for number in range(KILLS):
        yield whole * (chosen.uniform(0.5, 1.0) if number % 5 else chosen.random())


def take_note(results: Path, number: int) -> str:
    """The reviewer writes a line of enquiry beside some entry; gives what was written."""
    with desk.opened(results) as book:
        sheet = book["Timeline"]
        row = desk.FIRST + number % (sheet.max_row - desk.FIRST)
        place = sheet.cell(row, desk.columns(sheet)["Line of enquiry"])
        place.value = f"{place.value}, enquiry {number}" if place.value else f"enquiry {number}"
    return f"enquiry {number}"


def test_killed_merges_leave_every_output_whole_and_lose_no_note_taken_between_them(case: Path) -> None:
    results = case / "combined"
    begun = time.monotonic()
    assert merging(case).wait() == 0
    whole = time.monotonic() - begun
    taken = set()
    for number, moment in enumerate(moments(whole)):
        taken.add(take_note(results, number))
        process = merging(case)
        time.sleep(moment)
        process.kill()
        process.communicate()
        assert_whole(results)
    assert merge(case).exit_code == 0
    assert_whole(results)
    assert leftovers(results) == []
    assert taken <= {part for line in desk.lines(results) for part in str(line.get("Line of enquiry")).split(", ")}
    assert desk.plain_lines(results, "Notes without a home") == []


def test_what_a_killed_merge_left_behind_is_removed_unless_another_is_at_work(case: Path) -> None:
    results = case / "combined"
    left = results / ".combined.xlsx.ab12cd34.part"
    left.touch()
    with at_work_in(results, ()):
        assert merge(case).exit_code == 0
        assert leftovers(results) == [left.name]
    assert merge(case).exit_code == 0
    assert leftovers(results) == []


@pytest.mark.parametrize("step", range(1, 9))
def test_a_merge_that_dies_between_two_steps_of_writing_is_repaired_by_the_next(
    case: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dies before the file `step` takes its place: some outputs are new, the others old, all of them whole."""
    taken = 0
    replace = Path.replace

    def dying(self: Path, target: Path) -> Path:
        nonlocal taken
        taken += 1
        if taken == step:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dying)
        merge(case)
    assert_whole(case / "combined")
    assert merge(case).exit_code == 0
    assert_whole(case / "combined")


# ------------------------------------------------------------------------------------------- disks and folders


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_or_broken_disk_leaves_the_old_files_and_is_said(
    case: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(case / "combined")

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    result = merge(case)
    assert result.exit_code == 2
    assert os.strerror(number) in result.stderr
    assert contents(case / "combined") == before
    assert leftovers(case / "combined") == []


@pytest.fixture(params=[8, 64, 300])
def tiny_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk of a few KiB, where this machine lets us make one."""
    size = request.param
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_too_small_for_the_results_stays_empty_and_is_said(tiny_disk: Path) -> None:
    process = merging(RIVERBANK, "-o", str(tiny_disk / "results"))
    _, said = process.communicate()
    assert process.returncode == 2
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert list((tiny_disk / "results").iterdir()) == []


@pytest.mark.parametrize("tiny_disk", [600], indirect=True)
def test_a_disk_with_room_for_one_set_of_results_keeps_that_one(tiny_disk: Path) -> None:
    results = tiny_disk / "results"
    assert merging(RIVERBANK, "-o", str(results)).wait() == 0
    with desk.opened(results) as book:
        sheet = book["Timeline"]
        sheet.cell(desk.FIRST, desk.columns(sheet)["Note"], NOTE)
    process = merging(RIVERBANK, "-o", str(results))
    process.communicate()
    assert process.returncode == 2
    assert_whole(results)
    assert leftovers(results) == []


def test_a_folder_that_cannot_be_made_is_said(case: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = merge(case, "-o", str(tmp_path / "file" / "results"))
    assert result.exit_code == 2
    assert "choose another with -o" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said(case: Path) -> None:
    results = case / "combined"
    before = contents(results)
    results.chmod(0o500)
    result = merge(case)
    results.chmod(0o700)
    assert result.exit_code == 2
    assert "cannot be written to" in result.stderr
    assert contents(results) == before


# ------------------------------------------------------------------------------------------------- two at once


def test_two_merges_at_once_leave_whole_outputs(case: Path) -> None:
    pair = [merging(case), merging(case)]
    assert [process.wait() for process in pair] == [0, 0]
    assert_whole(case / "combined")
    assert leftovers(case / "combined") == []


# ------------------------------------------------------------------------------------------------------- Ctrl-C


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another signal there")
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_ctrl_c_ends_quietly_and_leaves_nothing_half_done(case: Path, part: float) -> None:
    begun = time.monotonic()
    assert merging(case).wait() == 0
    whole = time.monotonic() - begun
    process = merging(case)
    time.sleep(part * whole)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    # Ended by the signal itself is 130 to a shell as well; 0: it had just finished.
    assert process.returncode in (130, -signal.SIGINT, 0)
    assert "Traceback" not in said
    assert leftovers(case / "combined") == []
    assert_whole(case / "combined")
