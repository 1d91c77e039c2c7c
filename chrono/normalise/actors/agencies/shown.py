"""The kind of a service whose name tells nothing ('The Orchard'), by the words of its own rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from chrono.vocabulary import words

FILE = Path(__file__).with_name("shown.yaml")
ENOUGH, SHARE = 3, 1 / 3
"""So many rows, and of all rows so large a share, must speak of the kind's daily work."""


def kind_shown(rows: Sequence[str]) -> str:
    """The kind of whose daily work most of the rows (their words) speak, if enough do; else ''."""
    telling = {kind: sum(work.search(row) is not None for row in rows) for kind, work in _work().items()}
    kind, most = max(telling.items(), key=lambda one: one[1])
    return kind if most >= ENOUGH and most >= SHARE * len(rows) else ""


@cache
def _work() -> Mapping[str, re.Pattern[str]]:
    return {kind: _pattern(found) for kind, found in words(FILE).items()}


def _pattern(found: Sequence[str]) -> re.Pattern[str]:
    written = sorted(map(str, found), key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in written)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
