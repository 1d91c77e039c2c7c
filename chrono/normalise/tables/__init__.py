"""The tables of a sheet: where they begin, what each column holds, and why a row is no entry."""
