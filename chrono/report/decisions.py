"""decisions.yaml: the reviewer's decisions as text, to be kept under version control and read by people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from chrono.model import Review
from chrono.report.notebook import Notebook
from chrono.report.text import clean, one_line
from chrono.report.writer import ReportError

NAME = "decisions.yaml"
HEAD = """\
# What was decided on the findings. Written by `chrono merge` from the workbook, and read by it.
# Change it here or in the workbook; where both were changed, the workbook's stands.
"""


def read_decisions(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Finding id -> {'finding': ..., 'status': ..., 'reason': ...}; nothing if there is no such file.

    Raises ReportError if it cannot be read as such.
    """
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        place = f" line {line + 1}" if line is not None else ""
        raise ReportError(f"{path}{place}: cannot be read; correct it, or move it away and run again") from error
    if not isinstance(found, dict) or not all(isinstance(told, dict) for told in found.values()):
        raise ReportError(
            f"{path}: should hold, for each finding's id, 'status' and 'reason'; correct it or move it away"
        )
    return {str(id_): {str(key): str(value) for key, value in told.items()} for id_, told in found.items()}


def decisions_text(review: Review, notebook: Notebook) -> str:
    """The whole file, in the order of the findings; empty if nothing is decided."""
    decided: dict[str, Any] = {}
    for finding in review.findings:
        status, reason = notebook.status(finding), notebook.reason(finding)
        if status != "open" or reason:
            told = {"finding": one_line(finding.title), "status": status, "reason": clean(reason)}
            decided[finding.id] = {key: value for key, value in told.items() if value}
    if not decided:
        return ""
    return HEAD + yaml.safe_dump(decided, sort_keys=False, allow_unicode=True, width=100)
