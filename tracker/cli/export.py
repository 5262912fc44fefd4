"""`tracker export`: the actuals as they were recorded, or every figure of every goal, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import OFFERED, Format, chosen, emit
from tracker.cli.publishing import Content, named_format, publish
from tracker.cli.reading import Where, read, view_of
from tracker.errors import WrongUsage, say
from tracker.project import assess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.reading import Held
    from tracker.views.jsonvalues import Json

PROMETHEUS = "prometheus"

app, _register = command(
    """
tracker export -o backup.csv
tracker export --figures -o figures.xlsx
tracker export --figures --where 性质=约束性 --columns goal,figure,value
tracker export --format prometheus -o /var/lib/node_exporter/textfile/tracker.prom
""",
    _("Write the recorded actuals, or every figure, for a spreadsheet or another program."),
)


@_register
def export(
    figures: Annotated[
        bool, typer.Option("--figures", help=_("Every figure of every goal, one a row, instead of the actuals."))
    ] = False,
    where: options.Where = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="KEY", help=_("Group by a column of the actuals, with --figures by a field of the goals.")
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="LIST", help=_("Only these columns, in this order; a wrong one names all.")),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join([*OFFERED, PROMETHEUS]), help=_("The format (default: csv).")),
    ] = None,
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
    monitored = not json and (format_ == PROMETHEUS or (format_ is None and (output or "").endswith(".prom")))
    form = Format.CSV if monitored else chosen(format_, json=json, more=(PROMETHEUS,))
    if format_ is None and not json:  # data is what an export is for
        form = named_format(output) or Format.CSV
    view = view_of(as_of, known_on, recorded_by)
    if as_of is None and not figures and not monitored:  # the ledger is written whole: also what lies ahead
        view = view._replace(as_of=view.as_of.max)
    held = read(Where(goals_file, actuals, lang), view)
    if monitored:
        if by is not None or columns is not None:
            raise WrongUsage(say("{format} takes neither --by nor --columns", format=PROMETHEUS))
        emit(_prometheus(held, where or []), output, exact=True)
        return 0
    if columns is not None and form is Format.JSON:
        raise WrongUsage(say("--columns has nothing to choose here"), say("JSON always has every key"))
    publish(_content(held, where or [], by, columns, figures=figures), form, output)
    return 0


def _prometheus(held: Held, where: Sequence[str]) -> str:
    from tracker.cli.picking import asked, matching
    from tracker.render.prometheus import prometheus_text
    from tracker.views.fields import flats
    from tracker.views.gauges import gauges

    seen = assess(held.project)
    wanted = matching(seen, asked(seen, where, None, None, held.words), held.words)
    return prometheus_text(gauges(wanted, flats(held.words), held.view))


def _content(held: Held, where: Sequence[str], by: str | None, columns: str | None, *, figures: bool) -> Content:
    from tracker.cli import longpicking
    from tracker.views.longtable import actuals_record, figures_record, long_table

    found = (longpicking.figure_rows if figures else longpicking.actual_rows)(held, where, by, columns)

    def record() -> dict[str, Json]:
        if figures:
            return figures_record(found.lines, held.view, held.file.file)
        return actuals_record(found.lines, held.store.name)

    return Content(
        tables=lambda: [long_table(found.keys, found.under, held.words)],
        record=record,
        rows=lambda: (found.keys, [[line.get(key) for key in found.keys] for line in found.lines]),
        records=lambda: ({key: line.get(key) for key in found.keys} for line in found.lines),
    )
