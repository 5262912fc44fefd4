"""Whether a SQLite file is at rest, so that it can be read where nothing can be written beside it."""

# paths go to the operating system as they are:
# ruff: noqa: PTH100, PTH116, PTH120, PTH202

from __future__ import annotations

import os
from contextlib import suppress

_LOGS = ("-wal", "-journal")


def may_write_beside(path: str) -> bool:
    """Tell whether SQLite could make its log beside a file."""
    return os.access(os.path.dirname(os.path.abspath(path)), os.W_OK)


def rest_of(path: str) -> tuple[int, ...] | None:
    """Return what of a file changes once it is written; None where a log beside it has what is not in it yet."""
    for log in _LOGS:
        with suppress(FileNotFoundError):
            if os.path.getsize(path + log):
                return None
    state = os.stat(path)
    return state.st_ino, state.st_size, state.st_mtime_ns
