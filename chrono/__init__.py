"""chrono: one combined chronology out of the returns of many agencies, and what does not fit in it.

import chrono

result = chrono.review("examples/riverbank")
for finding in result.findings:
    print(finding.severity, finding.title)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chrono.api import review as review
    from chrono.model import Entry as Entry
    from chrono.model import Finding as Finding
    from chrono.model import Link as Link
    from chrono.model import Review as Review
    from chrono.model import Timeline as Timeline
    from chrono.model import When as When

__version__ = "0.1.0"

__all__ = ["Entry", "Finding", "Link", "Review", "Timeline", "When", "__version__", "review"]

_LATE = {"review": "chrono.api"} | dict.fromkeys(
    ("Entry", "Finding", "Link", "Review", "Timeline", "When"), "chrono.model"
)


def __getattr__(name: str) -> Any:
    """What stands behind the door is imported when it is asked for: the command line starts at once."""
    if name not in _LATE:
        raise AttributeError(f"module 'chrono' has no attribute {name!r}")
    return getattr(importlib.import_module(_LATE[name]), name)
