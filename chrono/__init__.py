"""chrono: one combined chronology out of the returns of many agencies, and what does not fit in it."""

__version__ = "0.1.0"
