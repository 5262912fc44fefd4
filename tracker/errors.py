"""What can go wrong, as values: a sentence, a problem with its place, an error with its exit code."""

import errno
from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple


class Say(NamedTuple):
    """A sentence in English with named places, put into the reader's language at the very end.

    `text` is the message id of the catalogues; `args` fill its places and may themselves be `Say`.
    `plural` is the form for `args["n"] != 1`.
    """

    text: str
    args: Mapping[str, object] = {}
    plural: str | None = None

    def __str__(self) -> str:
        """Return the English sentence, for tracebacks and tests.

        >>> str(say("{n} problem", "{n} problems", n=3))
        '3 problems'
        """
        text = self.plural if self.plural is not None and self.args.get("n") != 1 else self.text
        return text.format_map(self.args) if self.args else text


def say(text: str, plural: str | None = None, /, **args: object) -> Say:
    """Mark a sentence for translation and fill its places later.

    >>> str(say("{what} is not a period", what="2025-13"))
    '2025-13 is not a period'
    """
    return Say(text, args, plural)


class Problem(NamedTuple):
    """Something wrong in a file: where it stands, what was found, and what is allowed."""

    file: str
    line: int | None
    where: str | None
    what: Say
    help: Say | None = None
    warning: bool = False


class TrackerError(Exception):
    """An error that a reader can act on; `exit_code` is what the process ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Say, help: Say | None = None) -> None:  # noqa: A002  the word readers see
        super().__init__(str(message))
        self.message = message
        self.help = help


class WrongUsage(TrackerError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class InvalidFile(TrackerError):
    """Goals or actuals that cannot be used, every problem at once."""

    exit_code = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(say("{n} problem", "{n} problems", n=len(problems)))
        self.problems = tuple(problems)


class Unreachable(TrackerError):
    """A file or a store that cannot be reached, read or written."""

    exit_code = 5


_REFUSALS = {
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


def refusal(error: OSError | ValueError) -> Say:
    """Return why the operating system refused a file; a ValueError is about a name that no file can have.

    >>> str(refusal(IsADirectoryError(errno.EISDIR, "")))
    'it is a folder'
    """
    if not isinstance(error, OSError):
        return say("{words}", words=str(error))
    return _REFUSALS.get(error.errno or 0) or say("{words}", words=error.strerror or str(error))
