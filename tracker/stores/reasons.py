"""Files that cannot be read or written, as errors."""

from __future__ import annotations

from tracker.errors import Say, Unreachable, say
from tracker.wording.refusals import reason


def unreadable(file: str, error: OSError, advice: Say | None = None) -> Unreachable:
    """Return the error for a file that cannot be read."""
    return Unreachable(say("{file} cannot be read: {reason}", file=file, reason=reason(error)), advice)


def unwritable(file: str, error: OSError) -> Unreachable:
    """Return the error for a file that cannot be written, after nothing was changed in it."""
    return Unreachable(say("{file} cannot be written: {reason}; nothing was recorded", file=file, reason=reason(error)))


def unstored(*, may_be: bool, **told: object) -> Say:
    """Return what became of lines that could not be stored for a reason, as far as it can be known from here.

    `told` holds the store and the reason; `may_be` tells whether the answer alone was lost on its way.
    """
    if may_be:
        return say(
            "{store} went away while it was storing: {reason}; `tracker log` shows whether it was recorded", **told
        )
    return say("{store} cannot be written: {reason}; nothing was recorded", **told)
