"""The shelf of writers: one kind of output each."""
