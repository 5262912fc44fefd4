"""Why the operating system refused, in plain words."""

from __future__ import annotations

import errno
import os

from tracker.errors import Say, Unreachable, say

_REASONS = {
    errno.ENOENT: say("there is no such file"),
    errno.ENOTDIR: say("a part of its path is not a folder"),
    errno.EISDIR: say("it is a folder"),
    errno.EACCES: say("you have no permission"),
    errno.EPERM: say("you have no permission"),
    errno.EROFS: say("the disk is read-only"),
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("your share of the disk is full"),
    errno.EFBIG: say("it would grow beyond the size that is allowed"),
    errno.EIO: say("the disk failed"),
    errno.ELOOP: say("its symbolic links go round in a circle"),
    errno.ENAMETOOLONG: say("its name is too long"),
    errno.ENOLCK: say("its disk does not support locks"),
    errno.EOPNOTSUPP: say("its disk does not support locks"),
}


def reason(error: OSError) -> Say:
    """Return why the operating system refused.

    >>> str(reason(IsADirectoryError(errno.EISDIR, "")))
    'it is a folder'
    """
    known = _REASONS.get(error.errno or 0)
    return known or say("{words}", words=error.strerror or os.strerror(error.errno or 0))


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
