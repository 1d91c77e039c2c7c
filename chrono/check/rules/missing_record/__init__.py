"""Rules that find: missing record."""
