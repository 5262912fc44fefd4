"""Why the operating system refused, in plain words."""

from __future__ import annotations

import errno

from tracker.errors import Say, say

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


def reason(error: Exception) -> Say:
    """Return why the operating system refused; the words of the error itself where it is none of the usual reasons.

    >>> str(reason(IsADirectoryError(errno.EISDIR, "")))
    'it is a folder'
    """
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    return known or say("{words}", words=getattr(error, "strerror", None) or str(error))
