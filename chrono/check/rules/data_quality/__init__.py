"""Rules that find: data quality."""
