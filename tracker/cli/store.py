"""`tracker store`: copy a ledger from one store to another, and check one."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import language, options
from tracker.cli.app import command
from tracker.cli.complaints import say_line
from tracker.cli.language import text as _
from tracker.cli.language import words
from tracker.cli.reading import Where, check_language, store_named
from tracker.errors import InvalidFile, Problem, WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.stores import Store

app, _register = command(
    """
tracker store copy actuals.csv actuals.db
tracker store copy actuals.db postgresql://planner@db.example/plan
tracker store check
tracker store check 'vintages/*.parquet'
""",
    _("Copy every recorded line to another store, or check that a store can be read to its last line."),
)

BOTH = 2


class Action(StrEnum):
    """What is done with a store."""

    COPY = "copy"
    CHECK = "check"


@_register
def store(
    action: Annotated[Action, typer.Argument(metavar="copy|check", help=_("What to do."))],
    stores: Annotated[
        list[str] | None,
        typer.Argument(metavar="FROM TO | [STORE]", help=_("Paths or addresses; `check` takes the goals' own store.")),
    ] = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    check_language(lang)
    language.settle(goals_file)
    named = list(stores or [])
    where = Where(goals_file, actuals, lang)
    match action:
        case Action.COPY:
            if len(named) != BOTH:
                raise WrongUsage(say("`tracker store copy` takes two stores, FROM and TO"))
            return _copy(store_named(named[0], where, create=False), store_named(named[1], where, create=True))
        case Action.CHECK:
            if len(named) > 1:
                raise WrongUsage(say("`tracker store check` takes one store"))
            return _check(store_named(named[0] if named else None, where, create=False))


def _copy(source: Store, target: Store) -> int:
    from tracker.stores.copying import copy

    with _progress(source) as moved:
        held = copy(source, target, moved)
    say_line(
        words()(
            say(
                "{n} line is in {store} now, checksum {checksum}",
                "{n} lines are in {store} now, checksum {checksum}",
                n=held.lines,
                store=target.name,
                checksum=held.checksum,
            )
        )
    )
    return 0


@contextmanager
def _progress(source: Store) -> Iterator[Callable[[int], None]]:
    """Yield what is told how many lines are there: a bar on a terminal, nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    total = sum(len(batch) for batch in source.batches())
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(source.name, total=total)
        yield lambda done: bar.update(task, completed=done)


def _check(held: Store) -> int:
    from tracker.stores.copying import all_lines, content

    faults = held.faults()
    if faults:
        raise InvalidFile(
            [Problem(held.name, None, None, say("the store is damaged: {fault}", fault=fault)) for fault in faults]
        )
    found = content(all_lines(held))
    say_line(
        words()(
            say(
                "{store}: {n} line, checksum {checksum}",
                "{store}: {n} lines, checksum {checksum}",
                n=found.lines,
                store=held.name,
                checksum=found.checksum,
            )
        )
    )
    return 0
