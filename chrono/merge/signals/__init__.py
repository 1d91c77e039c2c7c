"""The shelf of signals: one kind of evidence that two entries record the same event each."""
