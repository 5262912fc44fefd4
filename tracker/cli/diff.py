"""`tracker diff`: what changed since a day, or since a saved status."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Where, read, view_of
from tracker.cli.selecting import known_words, matched, meant
from tracker.cli.since import compared
from tracker.project import assess
from tracker.render.briefly import brief
from tracker.views.changes import change_lines, changes_table, heading_of
from tracker.views.changes_record import changes_record
from tracker.views.order import filtered

app, _register = command(
    """
tracker diff --since last-monday
tracker diff --since 2024-12-31 --as-of 2025-01-31 --format md
tracker diff --since last-monday --only-changes --format md | mail -E -s "What changed" plan@example.org
tracker diff --since status.json --fail-on change
""",
    _("Tell what changed: statuses, new actuals, revised actuals and promises, each apart."),
)

CHANGE = "change"


@_register
def diff(
    since: Annotated[
        str, typer.Option("--since", metavar="DATE|FILE", help=_("A day, or a saved `tracker status --json`."))
    ],
    goals: Annotated[list[str] | None, typer.Argument(metavar="[GOAL]...", help=_("Only these goals."))] = None,
    only: Annotated[bool, typer.Option("--only-changes", help=_("Print nothing if nothing changed."))] = False,
    fail: Annotated[
        str | None, typer.Option("--fail-on", metavar=CHANGE, help=_("Exit with 3 if anything changed."))
    ] = None,
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
    failing = known_words(fail, "--fail-on", (CHANGE,))
    held = read(Where(goals_file, actuals, lang), view_of(as_of, known_on, recorded_by))
    goals = meant(goals or [], held.file)
    seen, words = assess(held.project), held.words
    asked = {one.goal.id for one in filtered(seen, goals or [], [], [])}
    found = compared(held, seen, since, asked)
    content = Content(
        tables=lambda: [changes_table(found, words)],
        record=lambda: changes_record(found, words),
        rows=None,
        brief=lambda: brief(heading_of(found, words), change_lines(found, words)),
    )
    if found.found.are_there or not only:
        publish(content, format_chosen, output)
    return matched([CHANGE]) if failing and found.found.are_there else 0
