"""What a table of somebody else holds and cannot be read exactly, asked of the engine before it is relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, Say, say
from tracker.stores import cells
from tracker.stores.sqlrows import MOST_PROBLEMS
from tracker.stores.statements import doubtful

if TYPE_CHECKING:
    from tracker.stores.sqlstore import Engine
    from tracker.stores.statements import Source


def refuse_unreadable(engine: Engine, source: Source) -> None:
    """Raise `InvalidFile` with the first cells that cannot be read, each with its series and period.

    Also cells of lines that no longer hold: which line holds is decided by them too.
    """
    problems = []
    for series, period, field, found in engine.rows(doubtful(source, MOST_PROBLEMS)):
        what, advice = _wrong(field, found)
        problems.append(Problem(engine.name, None, f"{series} {period}", what, advice))
    if problems:
        raise InvalidFile(problems)


def _wrong(field: str, found: str | None) -> tuple[Say, Say | None]:
    if field == "position":
        advice = say("every line needs a whole number that says its place in the order of writing")
        if found is None:
            return say("the position is missing"), advice
        return say('"{text}" is not a position', text=cells.shown(found)), advice
    try:
        cells.READERS[field](found or "")
    except cells.Unreadable as error:
        return error.what, error.help
    return cells.NOT_SAID, None
