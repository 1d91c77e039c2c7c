"""Stage 1: files to sheets. The only stage, with report and cli, that touches the user's files.

open_case(paths)        a case folder, or bare files -> OpenedCase
read_returns(opened)    every file in isolation -> Returns and Problems
"""

from chrono.ingest.case import CaseError, load_case, read_case
from chrono.ingest.files import read_content, read_file
from chrono.ingest.folder import OpenedCase, open_case
from chrono.ingest.keys import case_schema
from chrono.ingest.reading import Given, Limits
from chrono.ingest.returns import read_returns

__all__ = [
    "CaseError",
    "Given",
    "Limits",
    "OpenedCase",
    "case_schema",
    "load_case",
    "open_case",
    "read_case",
    "read_content",
    "read_file",
    "read_returns",
]
