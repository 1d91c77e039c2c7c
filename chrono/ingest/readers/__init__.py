"""The shelf of readers: one file format each."""
