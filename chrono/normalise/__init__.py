"""Stage 2: sheets to entries: tables and columns, dates, actors, events. Every row is accounted for.

normalise(case, returns, problems) -> Timeline (no order, no links yet)
"""

from chrono.normalise.entries.timeline import normalise

__all__ = ["normalise"]
