"""The shelf of rules, a folder for each category of finding."""
