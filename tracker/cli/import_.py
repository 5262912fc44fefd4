"""`tracker import`: actuals from tables that others keep, all of them or none."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tracker import clock
from tracker.checks.oddities import oddities
from tracker.cli import days, options
from tracker.cli.app import command
from tracker.cli.complaints import say_line, tell_problems
from tracker.cli.language import text as _
from tracker.cli.output import chosen
from tracker.cli.progress import progress
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.record import read_quality
from tracker.cli.selecting import known_series, nearest
from tracker.errors import WrongUsage, say
from tracker.intake.importing import Draft, drafted, plan_of
from tracker.intake.kept import Given, Knowing
from tracker.intake.labels import lookup
from tracker.intake.planrecord import LINE_KEYS, line_record, plan_record
from tracker.intake.planview import counted, plan_tables
from tracker.intake.recording import Outcome
from tracker.intake.sources import Asked
from tracker.model.goal import Bare, Import
from tracker.periods import Length
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.cli.output import Format
    from tracker.intake.planning import Plan
    from tracker.model.actual import Actual
    from tracker.model.goal import Series

INVALID = 4
MOST_ALIKE = 20
"""Problems of one kind that are written out; a whole column of them says nothing more."""
Choice = TypeVar("Choice", bound=StrEnum)

app, _register = command(
    """
tracker import 主要指标.xlsx --dry-run
tracker import 主要指标.xlsx --source "Statistical bulletin 2024" --published 2025-03-01
tracker import county.csv --map 城镇化率=urbanization --sheet 2 --range A3:H20
tracker import 月报.xls --mapping monthly
psql -c "COPY (…) TO STDOUT CSV HEADER" | tracker import -
""",
    _("Import actuals from CSV, TSV, .xlsx, .xls or JSON; every value, or none."),
)


class Options(NamedTuple):
    """What the command line says about the import, each over what a saved mapping says."""

    asked: Asked
    given: Given
    labels: Mapping[str, str]
    bare: Bare | None
    step: Length | None


@_register
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=_("The files; - is stdin."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help=_("Show the plan and stop."))] = False,
    revise: Annotated[
        bool, typer.Option("--revise", help=_("Let values replace others; the old ones stay in the history."))
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="LABEL=SERIES", help=_("The series that a label means; may be repeated.")),
    ] = None,
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="NAME", help=_("Read as [import.NAME] in the goals file says."))
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option("--sheet", help=_("Only this sheet, by name or number; may be repeated (default: all).")),
    ] = None,
    range_: Annotated[
        str | None, typer.Option("--range", metavar="B3:H20", help=_("Only these cells (default: all)."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help=_("The encoding of a text file (default: it is found)."))
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="|".join(Bare), help=_("What 0.618 in a series of percents is: 0.618 % or 61.8 %.")
        ),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option("--step", metavar="|".join(Length), help=_("The length of the period that a date stands for.")),
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help=_("Who published it, where."))] = None,
    url: Annotated[str | None, typer.Option("--url", help=_("The address of the source."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("What a reader must know about it."))] = None,
    quality: Annotated[
        str | None,
        typer.Option("--quality", metavar="final|provisional|estimate", help=_("How firm it is (default: final).")),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help=_("The day it became public."))
    ] = None,
    format_: options.Form = None,
    json: options.Json = False,
    output: options.Output = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    form = chosen(format_, json=json)
    view = view_of(None, None)
    held = read(Where(goals_file, actuals, lang), view._replace(as_of=view.as_of.max))
    saved = _saved(mapping, held)
    day = None if published is None else days.read_day(published, "--published")
    firm = read_quality(quality) if quality is not None else saved.quality
    wanted = Options(
        Asked(
            encoding or saved.encoding,
            sheet or ([saved.sheet] if saved.sheet is not None else []),
            range_ or saved.range,
        ),
        Given(source or saved.source, url or saved.url, note or saved.note, firm, day),
        {**saved.labels, **_mapped(map_ or [], held)},
        _choice(as_, Bare, "--as") or saved.bare,
        _choice(step, Length, "--step") or saved.step,
    )
    draft = _draft(files, wanted, held)
    held = _with_many(held, draft)
    return _carry_out(draft, held, form, output, revise=revise, dry_run=dry_run)


def _saved(name: str | None, held: Held) -> Import:
    if name is None:
        return Import()
    found = held.file.imports.get(name)
    if found is None:
        known = list(held.file.imports)
        advice = nearest(name, known) or say("[import.{name}] in the goals file declares it", name=name)
        raise WrongUsage(say('no mapping is called "{name}"', name=name), advice)
    for series in found.labels.values():
        known_series(series, held)
    return found


def _mapped(given: Sequence[str], held: Held) -> dict[str, str]:
    result = {}
    for text in given:
        label, equals, series = text.rpartition("=")
        if not equals or not label.strip() or not series.strip():
            raise WrongUsage(say('--map: "{text}" is not LABEL=SERIES', text=text), say("write 城镇化率=urbanization"))
        known_series(series.strip(), held)
        result[label.strip()] = series.strip()
    return result


def _choice(text: str | None, choices: type[Choice], option: str) -> Choice | None:
    if text is None:
        return None
    try:
        return choices(text)
    except ValueError:
        what = say('{option}: "{text}" is not one of {allowed}', option=option, text=text, allowed=", ".join(choices))
        raise WrongUsage(what) from None


def _draft(files: Sequence[str], wanted: Options, held: Held) -> Draft:
    among = lookup(held.file.series, held.actuals, wanted.labels)
    knowing = Knowing(held.file.series, held.actuals, among, wanted.given, wanted.step)
    if held.file.panels:
        from tracker.goals.panels import panel_series

        def many(name: str) -> Series | None:
            return panel_series(name, held.file)

        knowing = knowing._replace(many=many, among=among._replace(many=lambda name: many(name) is not None))
    with progress() as watch:
        return drafted(files, wanted.asked, knowing, wanted.bare, watch)


def _with_many(held: Held, draft: Draft) -> Held:
    """Return what is held with the series that belong to declarations for many and come with this import."""
    if not held.file.panels:
        return held
    from tracker.goals.panels import panel_series

    found = {name: panel_series(name, held.file) for name in draft.series if name not in held.file.series}
    new = {name: series._replace(id=name) for name, series in found.items() if series is not None}
    file = held.file._replace(series={**held.file.series, **new})
    project = held.project
    return held._replace(project=project._replace(read=project.read._replace(file=file)))


def _carry_out(draft: Draft, held: Held, form: Format, output: str | None, *, revise: bool, dry_run: bool) -> int:
    """Append what the plan says, unless it only has to be shown or something stands in its way; then show it."""
    now = clock.now()
    plans: list[Plan] = []

    def decide(lines: Sequence[Actual]) -> Sequence[Actual]:
        plans[:] = [plan_of(draft, lines, held.file, now)]
        plan = plans[0]
        is_stopped = plan.problems or (not revise and plan.count(Outcome.REVISED))
        return [] if is_stopped else plan.lines

    if dry_run or draft.problems:
        decide(held.store.lines(draft.series))
        written: Sequence[Actual] = []
    else:
        written = held.store.append(decide, draft.series)
    plan = plans[0]
    content = Content(
        tables=lambda: plan_tables(plan, held.file.series, held.words),
        record=lambda: plan_record(plan, held.store.name, held.words, imported=bool(written)),
        rows=lambda: (LINE_KEYS, (list(line_record(each).values()) for each in plan.planned)),
    )
    try:
        publish(content, form, output)
    finally:  # what is recorded is told also where the table cannot be written
        if written:
            say_line(f"{held.store.name}: {counted(plan, held.words)}")
    if plan.problems:
        tell_problems(plan.problems, MOST_ALIKE)
        say_line(held.words.text("nothing was imported"))
        return INVALID
    if dry_run:
        say_line(held.words.text("nothing was imported: --dry-run"))
        return 0
    if plan.count(Outcome.REVISED) and not revise:
        raise WrongUsage(
            say(
                "{n} value differs from what is recorded; nothing was imported",
                "{n} values differ from what is recorded; nothing was imported",
                n=plan.count(Outcome.REVISED),
            ),
            say("--revise records them as corrections"),
        )
    if not written:
        say_line(f"{held.store.name}: {counted(plan, held.words)}")
    _warn(held, written)
    return 0


def _warn(held: Held, written: Sequence[Actual]) -> None:
    """Write the warnings about the values that were just imported."""
    if not written:
        return
    about = {line.line for line in written}
    actuals = held.store.in_force(held.view, {line.series for line in written})
    found = oddities(held.file, actuals, [], clock.today(), held.store.name)
    odd = [problem for problem in found if problem.file == held.store.name and problem.line in about]
    if odd:
        tell_problems(odd, MOST_ALIKE)
