"""Word documents: .docx, .docm and their templates."""

from chrono.ingest.ooxml.document import read_document
from chrono.ingest.ooxml.package import holds
from chrono.ingest.reading import Reader


def _recognises(content: bytes) -> bool:
    return holds(content, "word/")


reader = Reader("Word document", (".docx", ".docm", ".dotx", ".dotm"), _recognises, read_document)
