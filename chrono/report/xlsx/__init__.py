"""The sheets of combined.xlsx, and the kit they are made with."""
