"""Stage 2: sheets to entries: tables and columns, dates, actors, events. Every row is accounted for.

normalise(case, returns, problems) -> Timeline (no order, no links yet)
"""

from __future__ import annotations

from collections.abc import Sequence

from chrono.model import Case, Problem, Return, Timeline

__all__ = ["normalise"]


def normalise(case: Case, returns: Sequence[Return], problems: Sequence[Problem] = ()) -> Timeline:
    """Everything the returns say, as entries."""
    # Who only asks how a date is read needs none of the rest, which takes a quarter of a second to start.
    from chrono.normalise.entries.timeline import normalise as all_of_it

    return all_of_it(case, returns, problems)
