"""`tracker check`: every problem in goals and actuals, with file and line."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import clock
from tracker.checks.citations import citations
from tracker.checks.oddities import oddities
from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.complaints import tell_problems
from tracker.cli.language import text as _
from tracker.cli.reading import Held, Where, read, view_of
from tracker.errors import Problem, say
from tracker.project import Scope, assess

INVALID = 4

app, _register = command(
    """
tracker check
tracker check --strict
tracker check --citations
tracker check -f plan/goals.toml --actuals plan/actuals.csv
""",
    _("Name every problem in goals and actuals; say nothing where all is well."),
)


@_register
def check(
    strict: Annotated[bool, typer.Option("--strict", help=_("Exit with 4 for warnings too."))] = False,
    uncited: Annotated[
        bool, typer.Option("--citations", help=_("Name every figure and promise that has neither source nor url, too."))
    ] = False,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    recorded_by: options.RecordedBy = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    view = view_of(as_of, known_on, recorded_by)
    # without a day to look from, actuals of periods that are still to come are something to warn about
    ahead = view if as_of else view._replace(as_of=view.as_of.max)
    held = read(Where(goals_file, actuals, lang), ahead, Scope.EVERYTHING)
    known = {name: [line for line in lines if line.period.end <= view.as_of] for name, lines in held.actuals.items()}
    seen = assess(held.project._replace(actuals=known, view=view))
    odd = oddities(held.file, held.actuals, seen, clock.today(), held.store.name)
    warnings = [*held.project.read.warnings, *held.store.warnings(), *odd]
    warnings += _of_notes(held)
    if uncited:
        warnings += citations(held.file, held.actuals, held.store.name)
    if warnings:
        tell_problems(warnings)
    return INVALID if warnings and strict else 0


def _of_notes(held: Held) -> list[Problem]:
    """Return a warning for each note on a goal that is not there."""
    from tracker.stores.notes import note_book

    path, goals = held.project.notes_path, {goal.id for goal in held.file.goals}
    strange = [note for note in note_book(path).lines() if note.goal not in goals]
    what = say("the goals file has no such goal")
    return [Problem(path, note.line, note.goal, what, warning=True) for note in strange]
