"""`tracker status`: where every goal stands."""

# annotations are read by typer: as text each would be compiled twice

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import Format, chosen, emit_lines
from tracker.cli.publishing import publish
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import fail_on, known_statuses, meant, nearest
from tracker.cli.statuscontent import compared_content, status_content
from tracker.errors import WrongUsage, say
from tracker.project import Scope, assess
from tracker.views.order import Part, Sort, filtered, in_sight, ordered

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment
    from tracker.cli.picking import Asked

MOST_ROWS = 200
"""A table of more rows is read by nobody, so it says how many it leaves out."""

app, _register = command(
    """
tracker status
tracker status --group 城 --status off-track,missed
tracker status --as-of 2025-01-31 --format md -o status.md
tracker status --json | jq '.goals[] | select(.stale)'
tracker status --fail-on off-track,missed,stale
tracker status --method statcan
tracker status --compare
tracker status --only-changes --since last-monday
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
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE|FILE", help=_("With --only-changes: since when."))
    ] = None,
    only: Annotated[
        bool, typer.Option("--only-changes", help=_("Only goals of which something changed; nothing if none did."))
    ] = False,
    every: options.Every = False,
    where: options.Where = None,
    by: options.By = None,
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
    columns: options.Columns = None,
    method: options.Method = None,
    compare: Annotated[bool, typer.Option("--compare", help=_("Show every method's verdict side by side."))] = False,
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
    if only is not (since is not None):
        raise WrongUsage(say("--only-changes and --since go together"), say("write --only-changes --since last-monday"))
    wanted = known_statuses(statuses, "--status", flags=False)
    failing = known_statuses(fail, "--fail-on", flags=True)
    # what a table for people or a comparison shows of old periods is history that decides nothing
    scope = Scope.HISTORY if wide or compare or since is not None else Scope.DECISIVE
    whose, view = Where(goals_file, actuals, lang, method), view_of(as_of, known_on, recorded_by)
    picks = any((goals, group, fail, since, where, by, columns, wide, compare))
    if format_chosen is Format.JSONL and not picks:
        from tracker.cli.many import Pick, lines_of_many

        lines = lines_of_many(whose, view, Pick(wanted, sort, tree))
        if lines is not None:
            emit_lines(islice(lines, limit or None), output)
            return 0
    held = read(whose, view, scope)
    named = meant(goals or [], held.file)
    groups = {goal.group for goal in held.file.goals}
    for name in group or []:
        if name not in groups:
            advice = nearest(name, sorted(one for one in groups if one is not None)) or say("no goal has a group")
            raise WrongUsage(say('--group: no goal is in "{group}"', group=name), advice)
    everything = assess(held.project)
    seen = filtered(everything, named, group or [], wanted)
    asked = _asked(everything, where, by, columns, format_chosen, held, wide=wide)
    if compare and (by is not None or columns is not None):
        raise WrongUsage(say("--compare has columns of its own"), say("leave --by and --columns out"))
    if asked is not None and asked.where:
        from tracker.cli.picking import matching

        seen = matching(seen, asked, held.words)
    if since is not None:
        from tracker.cli.since import changed_goals

        changed = changed_goals(held, everything, since)
        seen = [one for one in seen if one.goal.id in changed]
    near = seen if every or named else in_sight(seen, held.view.as_of)
    shown = ordered(near, sort, tree=tree and (asked is None or asked.by is None))
    most = limit if limit is not None else MOST_ROWS if format_chosen is Format.TABLE else 0
    part = Part(shown[: most or None], near, len(seen) - len(near))
    if shown or not only:
        content = compared_content(part.shown, held) if compare else status_content(part, held, asked, wide=wide)
        publish(content, format_chosen, output)
    return fail_on([one.seen for one in shown], failing)


def _asked(
    everything: "Sequence[Assessment]",
    where: list[str] | None,
    by: str | None,
    columns: str | None,
    form: Format,
    held: Held,
    *,
    wide: bool,
) -> "Asked | None":
    """Return what --where, --by and --columns ask for; None where they ask for nothing."""
    if columns is not None and (wide or form in {Format.JSON, Format.JSONL}):
        other = say("--wide shows every column") if wide else say("JSON always has every key")
        raise WrongUsage(say("--columns has nothing to choose here"), other)
    if not where and by is None and columns is None:
        return None
    from tracker.cli.picking import asked

    return asked(everything, where or [], by, columns, held.words)
