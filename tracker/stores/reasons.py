"""Files of a store that cannot be read or written."""

from __future__ import annotations

from tracker.errors import Say, Unreachable, say
from tracker.wording.refusals import reason


def unreadable(file: str, error: OSError, advice: Say | None = None) -> Unreachable:
    """Return the error for a file that cannot be read."""
    return Unreachable(say("{file} cannot be read: {reason}", file=file, reason=reason(error)), advice)


def unwritable(file: str, error: OSError) -> Unreachable:
    """Return the error for a file that cannot be written, after nothing was changed in it."""
    return Unreachable(say("{file} cannot be written: {reason}; nothing was recorded", file=file, reason=reason(error)))
