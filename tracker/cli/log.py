"""`tracker log`: every recorded line, revisions included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import known_goals, known_series
from tracker.model.actual import is_known
from tracker.project import Scope
from tracker.views.ledger import LINE_KEYS, line_record, log_record, log_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.actual import Actual

app, _register = command(
    """
tracker log
tracker log urbanization
tracker log gdp --known-on 2025-01-31 --json
tracker log --notes urbanization
""",
    _("List every recorded line in the order of writing, revisions and retractions included."),
)


@_register
def log(
    series: Annotated[str | None, typer.Argument(metavar="[SERIES]", help=_("Only this series."))] = None,
    notes: Annotated[bool, typer.Option("--notes", help=_("List the notes on goals instead; names a goal."))] = False,
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
    view = view_of(as_of, known_on, recorded_by)
    if as_of is None:  # the ledger is shown whole: also what lies ahead
        view = view._replace(as_of=view.as_of.max)
    held = read(Where(goals_file, actuals, lang), view, Scope.EVERYTHING)
    if notes:
        publish(_notes(held, series), format_chosen, output)
        return 0
    if series is not None:
        known_series(series, held)
    lines = [line for line in held.store.lines(None if series is None else {series}) if is_known(line, view)]
    marked = _marked(lines, {line for one in held.actuals.values() for line in one})
    content = Content(
        tables=lambda: [log_table(marked, held.file.series, held.words)],
        record=lambda: log_record(marked, held.store.name),
        rows=lambda: (LINE_KEYS, [list(line_record(*one).values()) for one in marked]),
    )
    publish(content, format_chosen, output)
    return 0


def _marked(lines: Sequence[Actual], holding: set[Actual]) -> list[tuple[Actual, bool]]:
    """Return lines with whether each holds; of lines that are equal, as without places some may be, the last does."""
    left = set(holding)
    marked: list[tuple[Actual, bool]] = []
    for line in reversed(lines):
        marked.append((line, line in left))
        left.discard(line)
    return marked[::-1]


def _notes(held: Held, goal: str | None) -> Content:
    """Return every note that the view knows, or those on one goal."""
    from tracker.model.note import is_known_note
    from tracker.stores.notes import note_book
    from tracker.views.notes import NOTE_KEYS, note_record, notes_record, notes_table

    path = held.project.notes_path
    found = [one for one in note_book(path).lines() if is_known_note(one, held.view) and goal in {None, one.goal}]
    if goal is not None and not found:
        known_goals([goal], held.file)
    return Content(
        tables=lambda: [notes_table(found, held.words)],
        record=lambda: notes_record(found, path),
        rows=lambda: (NOTE_KEYS, [list(note_record(one).values()) for one in found]),
    )
