"""Lets `python -m chrono` do what the command `chrono` does."""

from chrono.cli import main

if __name__ == "__main__":
    main()
