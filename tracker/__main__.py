"""`python -m tracker` is the command."""

from tracker.cli import entry

if __name__ == "__main__":
    entry()
