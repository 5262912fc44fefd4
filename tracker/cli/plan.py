"""`tracker plan`: the value needed at each coming period."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Where, read, view_of
from tracker.cli.selecting import meant_now
from tracker.compare.plan import plan as planned
from tracker.project import assess
from tracker.views.jsonvalues import heading
from tracker.views.plan import PERIOD_KEYS, SCHEMA, plan_record, plan_rows, plan_table

app, _register = command(
    """
tracker plan urbanization
tracker plan gdp-2100 --as-of 2025-01-31 --format csv
""",
    _("Show the value needed at each coming period, on the path from the latest actual to the target."),
)


@_register
def plan(
    goal: Annotated[str, typer.Argument(metavar="GOAL", help=_("The goal's id."))],
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
    held = read(Where(goals_file, actuals, lang), view_of(as_of, known_on, recorded_by))
    goal = meant_now(goal, held.file, held.view.as_of)
    seen = next(one for one in assess(held.project) if one.goal.id == goal)
    found = planned(held.file, held.actuals, held.view, seen)
    content = Content(
        tables=lambda: [plan_table(found, held.words)],
        record=lambda: plan_record(found, heading(SCHEMA, held.view, held.file.file), held.words),
        rows=lambda: (("goal", *PERIOD_KEYS), plan_rows(found)),
    )
    publish(content, format_chosen, output)
    return 0
