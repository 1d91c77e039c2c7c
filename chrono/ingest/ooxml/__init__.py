"""Machinery for the zipped XML of Office files: opened under limits, read part by part, nothing unpacked before it is weighed."""
