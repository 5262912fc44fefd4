"""`tracker check`: every problem in goals and actuals, with file and line."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.assess import assess
from tracker.checks.oddities import oddities
from tracker.cli import clock, options
from tracker.cli.app import command
from tracker.cli.complaints import tell_problems
from tracker.cli.language import text as _
from tracker.cli.reading import Scope, Where, read, view_of

INVALID = 4

app, _register = command(
    """
tracker check
tracker check --strict
tracker check -f plan/goals.toml --actuals plan/actuals.csv
""",
    _("Name every problem in goals and actuals; say nothing where all is well."),
)


@_register
def check(
    strict: Annotated[bool, typer.Option("--strict", help=_("Exit with 4 for warnings too."))] = False,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    view = view_of(None, None)
    held = read(Where(goals_file, actuals, lang), view._replace(as_of=view.as_of.max), Scope.EVERYTHING)
    known = {name: [line for line in lines if line.period.end <= view.as_of] for name, lines in held.actuals.items()}
    seen = assess(held.file, known, view)
    odd = oddities(held.file, held.actuals, seen, clock.today(), held.store.name)
    warnings = [*held.read.warnings, *held.store.warnings(), *odd]
    if warnings:
        tell_problems(warnings)
    return INVALID if warnings and strict else 0
