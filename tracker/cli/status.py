"""`tracker status`: where every goal stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.assess import assess
from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import Format, chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Held, Scope, Where, read, view_of
from tracker.cli.selecting import fail_on, known_goals, known_statuses
from tracker.errors import WrongUsage, say
from tracker.views.order import Shown, Sort, filtered, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.assess.figures import Assessment
    from tracker.views.record import Json
    from tracker.views.table import Table

MOST_ROWS = 200
"""A table of more rows is read by nobody, so it says how many it leaves out."""

app, _register = command(
    """
tracker status
tracker status --group 城 --status off-track,missed
tracker status --as-of 2025-01-31 --format md -o status.md
tracker status --json | jq '.goals[] | select(.stale)'
tracker status --fail-on off-track,missed,stale
""",
    _("Show where every goal stands."),
)


@_register
def status(
    goals: Annotated[list[str] | None, typer.Argument(metavar="[GOAL]...", help=_("Only these goals."))] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", help=_("Only goals of this group; may be repeated."))
    ] = None,
    statuses: Annotated[
        str | None, typer.Option("--status", metavar="LIST", help=_("Only goals with one of these statuses."))
    ] = None,
    sort: Annotated[
        Sort, typer.Option("--sort", help=_("The order: the most urgent first, by due, by name, as in the file."))
    ] = Sort.URGENCY,
    tree: Annotated[
        bool, typer.Option("--tree/--no-tree", help=_("Show children below their composite, in groups."))
    ] = True,
    fail: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="LIST", help=_("Exit with 3 if a goal has one of these statuses or flags.")),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help=_("Show the first N goals only; 0 shows all (default: all, a table 200)."),
        ),
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help=_("Show every column that tracker has."))] = False,
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
    wanted = known_statuses(statuses, "--status", flags=False)
    failing = known_statuses(fail, "--fail-on", flags=True)
    held = read(Where(goals_file, actuals, lang), view_of(as_of, known_on, recorded_by), Scope.DECISIVE)
    known_goals(goals or [], held.file)
    groups = {goal.group for goal in held.file.goals}
    for name in group or []:
        if name not in groups:
            raise WrongUsage(say('--group: no goal is in "{group}"', group=name))
    seen = filtered(assess(held.file, held.actuals, held.view), goals or [], group or [], wanted)
    shown = ordered(seen, sort, tree=tree)
    most = limit if limit is not None else MOST_ROWS if format_chosen is Format.TABLE else 0
    publish(_content(shown[: most or None], seen, held, wide=wide), format_chosen, output)
    return fail_on([one.seen for one in shown], failing)


def _content(shown: list[Shown], among: list[Assessment], held: Held, *, wide: bool) -> Content:
    assessments = [one.seen for one in shown]
    file, view, words = held.file, held.view, held.words

    def tables() -> list[Table]:
        from tracker.views.status import status_table

        return [status_table(shown, file.title, view, words, wide=wide, among=among)]

    def record() -> dict[str, Json]:
        from tracker.views.record import status_record

        return status_record(assessments, view, file.file, file.title, words, among)

    def rows() -> tuple[Sequence[str], list[list[Json]]]:
        from tracker.views.record import FIELDS, flattened, goal_record

        return FIELDS, [[value for _, value in flattened(goal_record(seen, words))] for seen in assessments]

    def records() -> Iterator[dict[str, Json]]:
        from tracker.views.record import goal_record

        return (goal_record(seen, words) for seen in assessments)

    return Content(tables, record, rows, records)
