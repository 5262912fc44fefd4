"""`tracker due`: what should have been recorded by now, and what comes next."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.assess.wanted import wanted
from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Where, read, view_of
from tracker.cli.selecting import known_words, matched, meant
from tracker.project import assess
from tracker.views.due import FIELDS, due_record, due_row, due_table
from tracker.views.order import filtered

app, _register = command(
    """
tracker due
tracker due --fail-on late
tracker due --as-of 2026-01-31 --format csv
""",
    _("List what should have been recorded by now, how late it is and who answers for it, and what comes next."),
)

LATE = "late"


@_register
def due(
    goals: Annotated[list[str] | None, typer.Argument(metavar="[GOAL]...", help=_("Only these goals."))] = None,
    fail: Annotated[
        str | None, typer.Option("--fail-on", metavar=LATE, help=_("Exit with 3 if an actual is late."))
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
    failing = known_words(fail, "--fail-on", (LATE,))
    held = read(Where(goals_file, actuals, lang), view_of(as_of, known_on, recorded_by))
    goals = meant(goals or [], held.file)
    file, view, words = held.file, held.view, held.words
    seen = filtered(assess(held.project), goals or [], [], [])
    found = wanted(file, held.actuals, seen, view.as_of)
    content = Content(
        tables=lambda: [due_table(found, file, view, words)],
        record=lambda: due_record(found, file, view),
        rows=lambda: (FIELDS, [due_row(one, file.series) for one in found]),
    )
    publish(content, format_chosen, output)
    return matched([one.series for one in found if one.late is not None]) if failing else 0
