"""`tracker report`: the whole story in one file, to hand in, to mail, to keep in git."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import write_whole
from tracker.cli.picking import asked, headings, matching
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import meant
from tracker.compare.methods import by_method
from tracker.compare.turning import turning
from tracker.errors import WrongUsage, say
from tracker.project import assess
from tracker.views.order import Sort, filtered, in_sight, ordered
from tracker.views.report import Report, Told, report_of
from tracker.views.status import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.cli.picking import Asked
    from tracker.views.order import Shown

app, _register = command(
    """
tracker report -o report.html
tracker report --since last-monday -o report.md
tracker report --group 城 --known-on 2025-06-30 -o city.html
""",
    _("Write the whole story into one file: every goal with its chart, figures, sources and what is missing."),
)

ENDINGS = (".html", ".md")
LONG = 30
"""From so many charts on people who wait see how far it is."""


@_register
def report(
    goals: Annotated[list[str] | None, typer.Argument(metavar="[GOAL]...", help=_("Only these goals."))] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help=_("The file to write, by its ending: .html or .md.")),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", help=_("Only goals of this group; may be repeated."))
    ] = None,
    sort: Annotated[
        Sort, typer.Option("--sort", help=_("The order: the most urgent first, by due, by name, as in the file."))
    ] = Sort.URGENCY,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE|FILE", help=_("Also what changed since a day, or since a saved status.")),
    ] = None,
    every: options.Every = False,
    where: options.Where = None,
    by: options.By = None,
    columns: options.Columns = None,
    method: options.Method = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    recorded_by: options.RecordedBy = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    path, ending = _target(output)
    held = read(Where(goals_file, actuals, lang, method), view_of(as_of, known_on, recorded_by))
    named = meant(goals or [], held.file)
    everything = assess(held.project)
    seen = filtered(everything, named, group or [], ())
    asked_of = asked(everything, where or [], by, columns, held.words)
    near = seen if every or named else in_sight(seen, held.view.as_of)
    shown = ordered(matching(near, asked_of, held.words), sort, tree=True)
    told = _told(held, shown, asked_of)._replace(unshown=len(seen) - len(near))
    found = None
    if since is not None:
        from tracker.cli.since import compared

        found = compared(held, everything, since, {one.seen.goal.id for one in shown})
    made = report_of(shown, told, held.words, found)
    write_whole(path, _written(made, ending, held).encode())
    return 0


def _told(held: Held, shown: Sequence[Shown], asked_of: Asked) -> Told:
    """Return what the report is made from."""
    file, actuals, view, words, by = held.file, held.actuals, held.view, held.words, asked_of.by
    return Told(
        file,
        actuals,
        view,
        lambda seen: turning(file, actuals, view, seen),
        by_method(file, actuals, view, [one.seen.goal.id for one in shown]),
        [one.shows for one in asked_of.columns] if asked_of.columns else None,
        None if by is None else lambda rows: grouped(rows, headings(by, words), words),
    )


def _target(output: str | None) -> tuple[str, str]:
    """Return the file to write and its ending."""
    if output is None:
        raise WrongUsage(say("a report is written into a file"), say("name it: tracker report -o report.html"))
    ending = next((one for one in ENDINGS if output.lower().endswith(one)), None)
    if ending is None:
        raise WrongUsage(
            say("-o {file}: a report cannot be written as that", file=output),
            say("endings are {endings}", endings=", ".join(ENDINGS)),
        )
    return output, ending


def _written(made: Report, ending: str, held: Held) -> str:
    from tracker.render.page import report_markdown, report_page

    if ending == ".md":
        return report_markdown(made, held.words)
    charts = sum(chapter.chart is not None for chapter in made.chapters)
    with _progress(charts, held.words.text("drawing")) as drawn:
        return report_page(made, held.words, drawn)


@contextmanager
def _progress(charts: int, title: str) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many charts of many are drawn."""
    if charts < LONG or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=charts)
        yield lambda: progress.advance(task)
