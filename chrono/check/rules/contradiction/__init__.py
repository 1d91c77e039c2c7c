"""Rules that find: contradiction."""
