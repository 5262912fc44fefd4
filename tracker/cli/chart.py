"""`tracker chart`: one goal drawn, on the terminal or into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import emit, screen, write_whole
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import meant_now
from tracker.errors import Say, WrongUsage, say
from tracker.project import assess
from tracker.views.chart import chart_of

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment
    from tracker.views.chart import Chart

app, _register = command(
    """
tracker chart urbanization
tracker chart urbanization -o urbanization.svg
tracker chart gdp-2100 --as-of 2025-01-31 -o gdp.vl.json
""",
    _("Draw one goal: its actuals, the path that was planned, the way it must go, and where it leads."),
)

ENDINGS = (".svg", ".png", ".html", ".vl.json")


@_register
def chart(
    goal: Annotated[str, typer.Argument(metavar="GOAL", help=_("The goal's id."))],
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=_("Write a file by its ending: .svg, .png, .html or .vl.json.")
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    recorded_by: options.RecordedBy = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    ending = _ending(output)
    held = read(Where(goals_file, actuals, lang), view_of(as_of, known_on, recorded_by))
    goal = meant_now(goal, held.file, held.view.as_of)
    seen = next(one for one in assess(held.project) if one.goal.id == goal)
    drawn = chart_of(seen, held.file, held.actuals, held.view, held.words)
    if drawn is None:
        raise WrongUsage(say("{goal} has nothing to draw", goal=goal), _nothing(seen))
    if output is None or ending is None:
        from tracker.render.plotted import chart_text

        emit(chart_text(drawn, screen()), None)
        return 0
    write_whole(output, _file(drawn, ending, held))
    return 0


def _ending(output: str | None) -> str | None:
    """Return the ending of a file that a chart can be written to; None for the terminal."""
    if output is None or output == "-":
        return None
    ending = next((one for one in ENDINGS if output.lower().endswith(one)), None)
    if ending is None:
        raise WrongUsage(
            say("-o {file}: a chart cannot be written as that", file=output),
            say("endings are {endings}", endings=", ".join(ENDINGS)),
        )
    return ending


def _nothing(seen: Assessment) -> Say:
    """Return why a goal has no chart, and what has one."""
    if seen.goal.parts is not None:
        return say("it is made of other goals; draw one of {goals}", goals=", ".join(seen.children))
    if seen.recorded is not None:
        from tracker.wording.lacking import no_total

        return no_total(seen)
    if seen.actual is None:
        return say("no actual is recorded for {series} yet", series=seen.goal.series or ", ".join(seen.goal.sum))
    return say("a milestone is done or not: it has no values")


def _file(drawn: Chart, ending: str, held: Held) -> bytes:
    match ending:
        case ".svg":
            from tracker.render.drawing import whole_svg

            return whole_svg(drawn).encode()
        case ".png":
            from tracker.render.drawing import png

            return png(drawn)
        case ".html":
            from tracker.render.page import chart_page

            return chart_page(drawn, held.words).encode()
        case _:
            from tracker.render.vegalite import json_spec

            return json_spec(drawn).encode()
