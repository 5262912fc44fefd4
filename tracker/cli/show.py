"""`tracker show`: one goal explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import Format, chosen, emit, is_terminal, screen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import meant_now
from tracker.compare.methods import by_method
from tracker.compare.turning import turning
from tracker.project import assess
from tracker.views.explained import children_table, figures_table, history_table, show_record

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment
    from tracker.views.table import Table

app, _register = command(
    """
tracker show urbanization
tracker show gdp-2100 --as-of 2025-01-31
tracker show gdp-2100 --method destatis
tracker show urbanization --known-on 2025-06-30 --json
""",
    _("Explain one goal: why it stands where it stands, and how every figure is made."),
)


@_register
def show(
    goal: Annotated[str, typer.Argument(metavar="GOAL", help=_("The goal's id."))],
    method: options.Method = None,
    format_: options.FormOfRecord = None,
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
    everything = {seen.goal.id: seen for seen in assess(held.project)}
    seen, rules, view, words = everything[goal], held.file.rules, held.view, held.words
    turned = turning(held.file, held.actuals, view, seen)
    judged = by_method(held.file, held.actuals, view, [goal])[goal]

    def tables() -> list[Table]:
        parts = [figures_table(seen, judged, turned, rules, view, words)]
        if seen.children:
            parts.append(children_table([everything[child] for child in seen.children], words))
        if seen.history or seen.earlier:
            parts.append(history_table(seen, words))
        return parts

    content = Content(
        tables=tables,
        record=lambda: show_record(seen, judged, turned, rules, view, held.file.file, words),
        rows=None,
    )
    publish(content, format_chosen, output)
    if format_chosen is Format.TABLE and output is None and is_terminal():
        _draw(seen, held)
    return 0


def _draw(seen: Assessment, held: Held) -> None:
    """Draw the goal below its figures, where there is something to draw and something to draw it with."""
    from importlib.util import find_spec

    from tracker.views.chart import chart_of

    drawn = chart_of(seen, held.file, held.actuals, held.view, held.words)
    if drawn is not None and find_spec("plotext") is not None:
        from tracker.render.plotted import chart_text

        emit("\n" + chart_text(drawn, screen(), titled=False), None)
