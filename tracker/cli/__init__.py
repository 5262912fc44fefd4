"""The command: it reads, asks the core, and prints. Exit codes are mapped here and nowhere else."""

from __future__ import annotations

import sys

from tracker.errors import InvalidFile, TrackerError

INTERRUPTED, PIPE_CLOSED, UNEXPECTED = 130, 141, 1


class PipeClosed(Exception):
    """Whoever read our output went away."""


def main(args: list[str] | None = None) -> int:
    """Run the command and return its exit code; no traceback reaches a reader unless asked with --debug."""
    given = sys.argv[1:] if args is None else args
    try:
        return _run(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        return _silenced()
    except Exception as error:
        if "--debug" in given and not isinstance(error, TrackerError):
            raise
        return _told(error)


def _run(given: list[str]) -> int:
    from tracker.cli.app import run

    return run(given)


def _told(error: Exception) -> int:
    from tracker.cli import complaints

    try:
        if isinstance(error, InvalidFile):
            complaints.tell_problems(error.problems)
        elif isinstance(error, TrackerError):
            complaints.tell(error)
        else:
            return complaints.tell_unexpected(error)
    except BrokenPipeError:
        return _silenced()
    return error.exit_code


def _silenced() -> int:
    """Send what is left of stdout and stderr nowhere, and return the code of a closed pipe."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    return PIPE_CLOSED
