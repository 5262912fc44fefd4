"""`tracker what-if`: a goal under assumed actuals, growth, target or due."""

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
from tracker.compare.assumed import Assumed, refuse
from tracker.compare.supposing import suppose
from tracker.intake.assumptions import assumed_actuals, assumed_growth, assumed_period, assumed_value
from tracker.project import assess
from tracker.views.flat import FIELDS
from tracker.views.jsonvalues import heading
from tracker.views.whatif import SCHEMA, whatif_record, whatif_rows, whatif_table

app, _register = command(
    """
tracker what-if urbanization --actual 47@2025
tracker what-if urbanization --growth 2
tracker what-if gdp-2100 --growth 5% --due 2026
tracker what-if gdp-2100 --target 2,200 --due 2026
""",
    _("Show how a goal would stand under assumptions; nothing is recorded."),
)


@_register
def what_if(
    goal: Annotated[str, typer.Argument(metavar="GOAL", help=_("The goal's id."))],
    actual: Annotated[
        list[str] | None,
        typer.Option("--actual", metavar="VALUE@PERIOD", help=_("Assume an actual, such as 47@2025; may be repeated.")),
    ] = None,
    growth: Annotated[
        str | None,
        typer.Option(
            "--growth",
            metavar="RATE",
            help=_("Assume this growth until due, in the goal's unit of growth: 5% or 0.05, 2 or 2pp, 30亿元/year."),
        ),
    ] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="VALUE", help=_("Assume another target."))] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="PERIOD", help=_("Assume another due."))] = None,
    method: options.Method = None,
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
    held = read(Where(goals_file, actuals, lang, method), view_of(as_of, known_on, recorded_by))
    goal = meant_now(goal, held.file, held.view.as_of)
    now = next(one for one in assess(held.project) if one.goal.id == goal)
    assumed = Assumed(
        assumed_actuals(actual or [], now.unit),
        target=None if target is None else assumed_value(target, now.unit, "--target"),
        due=None if due is None else assumed_period(due, "--due"),
    )
    refuse(now, assumed, grows=growth is not None)
    supposed = suppose(held.file, held.actuals, held.view, now, assumed)
    if growth is not None and supposed.then.growth is not None:
        rate, per = assumed_growth(growth, supposed.then.growth.unit)
        supposed = suppose(held.file, held.actuals, held.view, now, assumed._replace(growth=rate, per=per))
    content = Content(
        tables=lambda: [whatif_table(supposed, held.words)],
        record=lambda: whatif_record(supposed, heading(SCHEMA, held.view, held.file.file), held.words),
        rows=lambda: (("case", *FIELDS), whatif_rows(supposed, held.words)),
    )
    publish(content, format_chosen, output)
    return 0
