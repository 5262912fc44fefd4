"""What can go wrong, as values: a sentence, a problem with its place, an error with its exit code."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from tracker.tuples import NamedTuple


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

    @property
    def place(self) -> str:
        """Return the file, and the line where it is known."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """Return the problem in English, for tracebacks and tests.

        >>> str(Problem("goals.toml", 3, "goals.a.due", say("missing")))
        'goals.toml:3: goals.a.due: missing'
        """
        return ": ".join([self.place, *([self.where] if self.where else []), str(self.what)])


class TrackerError(Exception):
    """An error that a reader can act on; `exit_code` is what the process ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Say, help: Say | None = None) -> None:  # noqa: A002  the word readers see
        super().__init__(str(message))
        self.message = message
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process is told of it, with its words still in parts."""
        return type(self), (self.message, self.help)


class WrongUsage(TrackerError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class InvalidFile(TrackerError):
    """Goals or actuals that cannot be used, every problem at once."""

    exit_code = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(say("{n} problem", "{n} problems", n=len(problems)))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process is told of it."""
        return type(self), (self.problems,)

    def __str__(self) -> str:
        """Return every problem in English, one a line, for tracebacks and tests."""
        return "\n".join(map(str, self.problems))


class Unreachable(TrackerError):
    """A file or a store that cannot be reached, read or written."""

    exit_code = 5
