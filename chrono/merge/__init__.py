"""Stage 3: entries to one order, links between rows that record the same event, and episodes."""

from __future__ import annotations

from dataclasses import replace

from chrono.merge.episodes import episodes
from chrono.merge.link import links
from chrono.merge.order import in_order
from chrono.model import Timeline

__all__ = ["merge"]


def merge(timeline: Timeline, *, alone: bool = False) -> Timeline:
    """The timeline in order, with links and episodes. The same rows give the same result whatever order they come in.

    `alone`: each return is looked at by itself, so that rows of different returns are not compared.
    """
    ordered = replace(timeline, entries=in_order(timeline.entries))
    linked = replace(ordered, links=links(ordered, alone=alone))
    return replace(linked, episodes=episodes(linked))
