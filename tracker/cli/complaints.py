"""What goes to stderr: errors, problems and warnings, each in one line with its place and its help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.cli.language import words
from tracker.render.plain import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.errors import Problem, TrackerError

REPORT_AT = "https://pypi.org/project/tracker-goals/"
BROKEN_FILE, UNEXPECTED = 5, 1


def say_line(text: str) -> None:
    """Write one line to stderr; what its encoding cannot write is replaced, and a closed stderr is silent."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(shown(text).encode(encoding, "replace").decode(encoding) + "\n")


def tell(error: TrackerError) -> None:
    """Write an error and its help."""
    say_line(f"tracker: {words()(error.message)}")
    if error.help is not None:
        say_line(f"  {words()(error.help)}")


def problem_text(problem: Problem) -> str:
    """Return a problem as file:line: where: what."""
    where = f"{problem.where}: " if problem.where else ""
    kind = words().text("warning: ") if problem.warning else ""
    return f"{problem.place}: {kind}{where}{words()(problem.what)}"


def tell_problems(problems: Sequence[Problem], most: int | None = None) -> None:
    """Write every problem with its help, then how many there are.

    `most` is how many of one kind are written; of the others there is their number, and what names them all.
    """
    kinds: dict[str, int] = {}
    for problem in problems:
        kinds[problem.what.text] = kinds.get(problem.what.text, 0) + 1
        if most is not None and kinds[problem.what.text] > most:
            continue
        say_line(problem_text(problem))
        if problem.help is not None:
            say_line(f"  {words()(problem.help)}")
    hidden = sum(max(0, count - most) for count in kinds.values()) if most is not None else 0
    if hidden:
        every = "tracker check" if all(problem.warning for problem in problems) else "--json"
        say_line(words().text("{n} more like these; {every} names each", n=hidden, every=every))
    errors = sum(not problem.warning for problem in problems)
    warnings = len(problems) - errors
    counts = []
    if errors:
        counts.append(words().text("{n} problem", "{n} problems", n=errors))
    if warnings:
        counts.append(words().text("{n} warning", "{n} warnings", n=warnings))
    if counts:
        say_line(words().text(", ").join(counts))


def tell_unexpected(error: Exception) -> int:
    """Write one line about an error nobody foresaw, and return its exit code."""
    if isinstance(error, OSError):
        path = f"{error.filename}: " if error.filename else ""
        from tracker.wording.refusals import reason

        say_line(f"tracker: {path}{words()(reason(error))}")
        return BROKEN_FILE
    detail = f"{type(error).__name__}: {error}"
    say_line(words().text("tracker: unexpected error, {detail}", detail=detail))
    say_line(words().text("  please report it at {place}; --debug shows where it happened", place=REPORT_AT))
    return UNEXPECTED
