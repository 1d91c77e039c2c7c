"""Rows of tables made into entries: dates, actors and events put together, ids from content."""
