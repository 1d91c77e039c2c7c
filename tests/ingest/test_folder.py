"""Which files are read, under which names, and what is said of those that are not."""

import os
from pathlib import Path

import pytest

from chrono.ingest import CaseError, open_case, read_returns

CSV = "Date,Event\n3 May 2019,visit\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case folder with one return in a folder of its own, and things that are no returns."""
    for name, words in {
        "case.yaml": "title: Review of W\nagencies: [{id: csc}]\n",
        "returns/csc.csv": CSV,
        "returns/police/log.csv": CSV + "4 May 2019,call\n",
        "returns/.hidden.csv": CSV,
        "returns/Thumbs.db": "x",
        "returns/combined/old.csv": CSV,
        "combined/combined.csv": CSV,
        "notes.md": "x",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8")
    return tmp_path


def names(*paths: Path) -> list[str]:
    opened = open_case(paths)
    return [opened.name_of(file) for file in opened.files]


def test_a_case_folder_gives_its_returns(folder: Path) -> None:
    opened = open_case([folder])
    assert names(folder) == ["csc.csv", "police/log.csv"]
    assert (opened.case.title, opened.case.from_file, opened.folder, opened.root) == (
        "Review of W", True, folder, folder / "returns",
    )  # fmt: skip


def test_case_yaml_itself_stands_for_its_folder(folder: Path) -> None:
    assert names(folder / "case.yaml") == ["csc.csv", "police/log.csv"]


def test_returns_may_lie_beside_case_yaml(tmp_path: Path) -> None:
    for name, words in {"case.yaml": "", "csc.csv": CSV, "README.md": "x", "letter.pdf": "%PDF-"}.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    assert names(tmp_path) == ["csc.csv", "letter.pdf"]


def test_a_folder_without_case_yaml_gives_all_its_files(folder: Path) -> None:
    opened = open_case([folder / "returns"])
    assert not opened.case.from_file
    assert names(folder / "returns") == ["csc.csv", "police/log.csv"]


def test_files_by_name_are_cited_from_the_folder_they_share(folder: Path) -> None:
    assert names(folder / "returns/csc.csv", folder / "returns/police/log.csv") == ["csc.csv", "police/log.csv"]
    assert names(folder / "returns/police/log.csv") == ["log.csv"]


def test_files_by_name_may_be_read_with_the_terms_of_a_case(folder: Path) -> None:
    opened = open_case([folder / "returns/police/log.csv"], case=folder)
    assert (opened.case.title, [opened.name_of(file) for file in opened.files]) == ("Review of W", ["police/log.csv"])


def test_the_order_in_which_files_are_named_does_not_count(folder: Path) -> None:
    one, other = folder / "returns/csc.csv", folder / "returns/police/log.csv"
    assert read_returns(open_case([one, other])) == read_returns(open_case([other, one, one]))


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="nowhere: no such file or folder"):
        open_case([tmp_path / "nowhere"])


@pytest.mark.parametrize("paths", [[], ["."]], ids=["nothing named", "an empty folder"])
def test_nothing_to_read_is_said(tmp_path: Path, paths: list[str]) -> None:
    with pytest.raises(CaseError, match=r"no case folder and no file given|no file to read there"):
        open_case([tmp_path / path for path in paths])


def test_a_lock_file_is_only_noted(folder: Path) -> None:
    (folder / "returns/~$csc.csv").write_text("x", encoding="utf-8")
    assert names(folder) == ["csc.csv", "police/log.csv"]
    _, problems = read_returns(open_case([folder]))
    assert [(problem.file, problem.fatal) for problem in problems] == [("~$csc.csv", False)]


def test_one_bad_file_does_not_hide_the_others(folder: Path) -> None:
    (folder / "returns/broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    returns, problems = read_returns(open_case([folder]))
    assert [(one.file, len(one.sheets), [problem.fatal for problem in one.problems]) for one in returns] == [
        ("broken.xlsx", 0, [True]), ("csc.csv", 1, []), ("police/log.csv", 1, []),
    ]  # fmt: skip
    assert problems == ()


def test_the_same_content_given_twice_is_read_twice_and_said(folder: Path) -> None:
    (folder / "returns/copy of csc.csv").write_text(CSV, encoding="utf-8")
    returns, problems = read_returns(open_case([folder]))
    assert len(returns) == 3
    assert [(problem.file, problem.what) for problem in problems] == [
        ("csc.csv", "has exactly the same content as copy of csc.csv")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_links_pipes_and_devices_are_never_opened(folder: Path) -> None:
    (folder / "returns/link.csv").symlink_to(folder / "notes.md")
    (folder / "returns/gone.csv").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "returns/pipe.csv")
    _, problems = read_returns(open_case([folder]))
    assert [(problem.file, problem.what, problem.fatal) for problem in problems] == [
        ("gone.csv", "is a link to another place and was not followed", True),
        ("link.csv", "is a link to another place and was not followed", True),
        ("pipe.csv", "is a pipe, not a file", True),
    ]
    assert "device" in str(read_returns(open_case([Path(os.devnull)]))[1][0])


def test_progress_is_told_file_by_file(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_returns(open_case([folder]), lambda *step: told.append(step))
    assert told == [("reading csc.csv", 0, 2), ("reading police/log.csv", 1, 2), ("reading", 2, 2)]
