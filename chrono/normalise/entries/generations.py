"""Subjects of a case of whom one is the other's parent, as of a young mother and her baby."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chrono.model import Case, Subject

PARENT = re.compile(r"\b(?:mother|father|mum|mam|dad|parents?)\b", re.IGNORECASE)
OLDER_BY = 13 * 365
"""Fewest days between the births of a parent and a child."""


def children_of(case: Case) -> Mapping[str, tuple[str, ...]]:
    """For each subject (id) who is called a parent, the other subjects young enough to be their children: what happens to the
    one is written down, by one agency or another, as about the other."""
    found = {parent.id: _young_enough(parent, case) for parent in case.subjects if _is_parent(parent)}
    return {parent: children for parent, children in found.items() if children}


def _is_parent(subject: Subject) -> bool:
    return any(PARENT.search(name) for name in (subject.id, subject.name, *subject.aliases))


def _young_enough(parent: Subject, case: Case) -> tuple[str, ...]:
    born = parent.dob.end if parent.dob else None
    return tuple(
        other.id
        for other in case.subjects
        if born and other.dob and other.dob.start and (other.dob.start - born).days > OLDER_BY
    )
