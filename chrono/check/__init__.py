"""Stage 4: the timeline to findings.

check(timeline, select=(), ignore=()) -> tuple of Findings, most important first
"""
