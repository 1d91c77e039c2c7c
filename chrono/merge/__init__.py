"""Stage 3: entries to one order, links between rows that record the same event, and episodes.

merge(timeline) -> Timeline
"""
