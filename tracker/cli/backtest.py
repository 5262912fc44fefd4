"""`tracker backtest`: how each method's calls would have done on recorded histories, or on a file of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import language, options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Where, check_language, read, view_of
from tracker.cli.selecting import meant
from tracker.compare.backtest import backtest as tested
from tracker.errors import Unreachable, WrongUsage, say
from tracker.model.goal import Method
from tracker.stores.reasons import unreadable
from tracker.views.backtest import backtest_tables
from tracker.views.backtestrecord import ROW_KEYS, SCHEMA, backtest_record, backtest_rows
from tracker.views.jsonvalues import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.compare.backtest import Backtest
    from tracker.errors import Say
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

app, _register = command(
    """
tracker backtest
tracker backtest gdp-2100 --as-of 2025-01-31
tracker backtest --cases cases.csv --json
""",
    _("Look back: what each method would have said at every past period, and how often it was right."),
)

METHODS = tuple(Method)


@_register
def backtest(
    goals: Annotated[list[str] | None, typer.Argument(metavar="[GOAL]...", help=_("Only these goals."))] = None,
    cases: Annotated[
        str | None,
        typer.Option("--cases", metavar="FILE", help=_("Take the cases from a CSV file instead of the goals.")),
    ] = None,
    format_: options.Form = None,
    json: options.Json = False,
    output: options.Output = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    recorded_by: options.RecordedBy = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    format_chosen = chosen(format_, json=json)
    if cases is not None:
        if goals or as_of or known_on or recorded_by or goals_file or actuals:
            raise WrongUsage(say("--cases brings its own histories: goals, actuals and days do not go with it"))
        check_language(lang)
        language.settle(None)
        publish(_of_cases(cases), format_chosen, output)
        return 0
    view = view_of(as_of, known_on, recorded_by)
    held = read(Where(goals_file, actuals, lang), view)
    goals = meant(goals or [], held.file)
    from tracker.compare.lookback import lookback

    ids = [goal.id for goal in held.file.goals if not goals or goal.id in goals]
    found = lookback(held.file, held.store.lines(), view, ids, METHODS)
    names = [method.value for method in METHODS]
    tests = [tested("own", found.own, names), tested("path", found.path, names)]
    title = " · ".join(
        part for part in (held.file.title, held.words.text("as of {day}", day=view.as_of)) if part is not None
    )
    head = {**heading(SCHEMA, view, held.file.file), "cases_file": None}
    publish(_content(tests, found.without, title, head, held.words), format_chosen, output)
    return 0


def _of_cases(path: str) -> Content:
    from tracker.compare.given import given_cases
    from tracker.intake.cases import cases_in

    given = cases_in(_bytes(path), path)
    tests = [tested("given", given_cases(given.rows), [Method.CHANCE.value, *given.methods])]
    nowhere: dict[str, Json] = dict.fromkeys(("as_of", "known_on", "recorded_by", "goals_file"))
    return _content(tests, [], path, {"schema": SCHEMA, **nowhere, "cases_file": path}, language.words())


def _content(
    tests: Sequence[Backtest], without: Sequence[tuple[str, Say]], title: str, head: dict[str, Json], words: Words
) -> Content:
    return Content(
        tables=lambda: backtest_tables(tests, without, title, words),
        record=lambda: backtest_record(head, tests, without, words),
        rows=lambda: (ROW_KEYS, backtest_rows(tests)),
        sheets=lambda: backtest_tables(tests, without, title, words, apart=True),
    )


def _bytes(path: str) -> bytes:
    """Return the bytes of a file, or of stdin for `-`."""
    from tracker.intake.sources import standard_input

    try:
        if path == "-":
            return standard_input().read()
        with open(path, "rb") as file:  # noqa: PTH123  pathlib is slow to import
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a path with a zero byte in it
        raise Unreachable(say("{file} cannot be read: {reason}", file=path, reason=str(error))) from error
