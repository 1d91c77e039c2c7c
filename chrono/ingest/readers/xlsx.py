"""Excel workbooks: .xlsx, .xlsm and their templates."""

from chrono.ingest.ooxml.package import holds
from chrono.ingest.ooxml.workbook import read_workbook
from chrono.ingest.reading import Reader


def _recognises(content: bytes) -> bool:
    return holds(content, "xl/")


reader = Reader("Excel workbook", (".xlsx", ".xlsm", ".xltx", ".xltm"), _recognises, read_workbook)
