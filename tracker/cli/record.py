"""`tracker record`: append one actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker import clock
from tracker.checks.oddities import oddities
from tracker.cli import days, options
from tracker.cli.app import MINUS, command
from tracker.cli.complaints import say_line, tell_problems
from tracker.cli.language import text as _
from tracker.cli.reading import Held, Where, read, view_of
from tracker.cli.selecting import known_series
from tracker.errors import Unreachable, WrongUsage, say
from tracker.intake.recording import Outcome, Recorded, Undone, recording, undoing
from tracker.intake.values import Refused, value_in_unit
from tracker.model.actual import Actual, Quality
from tracker.periods import parse_period
from tracker.wording.quantity import Exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.periods import Period

app, _register = command(
    """
tracker record urbanization 44% --period 2024 --source "Bulletin 2024"
tracker record gdp 2,150亿元 --period 2025 --quality provisional --published 2026-01-20
tracker record gdp 2160 --period 2025 --revise
tracker record gdp --period 2025 --undo
""",
    _("Record one actual; nothing recorded is ever changed or lost."),
)

PERIODS = "2025, 2025-S1, 2025-Q3, 2025-11, 2025-W05, 2025-11-30"


@_register
def record(
    series: Annotated[str, typer.Argument(metavar="SERIES", help=_("The series (a goal's id, or one from [series])."))],
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help=_("The value as people write it: 44%, 1,000亿元, 12.5万."))
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            "-p", "--period", metavar="PERIOD", help=_("The period it stands for, such as 2025, 2025-Q3 or 2025-11.")
        ),
    ] = "",
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
    revise: Annotated[
        bool, typer.Option("--revise", help=_("Let it replace another value; the old one stays in the history."))
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Restore what held before the latest line of this period."))
    ] = False,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    held = read(Where(goals_file, actuals, lang), view_of(None, None))
    known_series(series, held)
    stands = _period(period)
    if undo:
        if value is not None or revise:
            raise WrongUsage(say("--undo takes no value and no --revise"))
        return _undo(held, series, stands)
    if value is None:
        raise WrongUsage(
            say("there is no value to record"),
            say("write `tracker record {series} VALUE --period {period}`", series=series, period=period),
        )
    new = Actual(
        series,
        stands,
        _value(value, held, series),
        read_quality(quality),
        None if published is None else days.read_day(published, "--published"),
        source,
        url,
        note,
        clock.now(),
    )
    return _record(held, new, revise=revise)


def _period(text: str) -> Period:
    if not text:
        raise WrongUsage(say("--period is missing"), say("write one of {periods}", periods=PERIODS))
    found = parse_period(text.replace(MINUS, "-"))
    if found is None:
        raise WrongUsage(
            say('--period: "{text}" is not a period', text=text), say("write one of {periods}", periods=PERIODS)
        )
    return found


def read_quality(text: str | None) -> Quality:
    """Return how firm a value is as --quality says it; final without it."""
    allowed = [Quality.FINAL, Quality.PROVISIONAL, Quality.ESTIMATE]
    if text is None:
        return Quality.FINAL
    if text not in allowed:
        raise WrongUsage(say('--quality: "{text}" is not one of {allowed}', text=text, allowed=", ".join(allowed)))
    return Quality(text)


def _value(text: str, held: Held, series: str) -> float:
    found = value_in_unit(text, _unit(held, series))
    if isinstance(found, Refused):
        raise WrongUsage(found.what, found.help)
    return found


def _unit(held: Held, series: str) -> str | None:
    declared = held.file.series.get(series)
    if declared is None and held.file.panels:
        from tracker.goals.panels import panel_series

        declared = panel_series(series, held.file)
    return declared.unit if declared else None


def _record(held: Held, new: Actual, *, revise: bool) -> int:
    outcome: list[Recorded] = []

    def decide(lines: list[Actual]) -> Sequence[Actual]:
        outcome[:] = [recording(lines, new, revise=revise)]
        return outcome[0].lines

    held.store.append(decide, {new.series})
    _report(held, new, outcome[0])
    _warn(held, new)
    return 0


def _report(held: Held, new: Actual, done: Recorded) -> None:
    unit = _unit(held, new.series)
    value = None if new.value is None else Exact(new.value, unit)
    before = Exact(done.before.value, unit) if done.before is not None and done.before.value is not None else None
    put = {"series": new.series, "period": new.period, "value": value, "store": held.store.name}
    match done.outcome:
        case Outcome.SAME:
            text = held.words(say("{series} {period}: {value} is recorded already, nothing to do", **put))
        case Outcome.REVISED:
            text = held.words(say("{series} {period}: {before} → {value}, revised in {store}", before=before, **put))
        case Outcome.QUALITY:
            text = held.words(say("{series} {period}: {value}, its quality changed in {store}", **put))
        case Outcome.NEW:
            text = held.words(say("{series} {period}: {value}, recorded in {store}", **put))
    say_line(text)
    if not done.holds and before is None:
        say_line(held.words(say("  it was retracted later: the period has no value; this one is history")))
    elif not done.holds:
        say_line(held.words(say("  {value}, published later, holds; this one is history", value=before)))


def _warn(held: Held, new: Actual) -> None:
    """Write the warnings about the value that was just recorded."""
    try:
        actuals = held.store.in_force(held.view._replace(as_of=new.period.end.max), {new.series})
    except Unreachable as error:  # what is recorded is recorded: to say anything else would be wrong
        say_line(held.words(say("  it was not compared with the others: {reason}", reason=error.message)))
        return
    found = oddities(held.file, actuals, [], clock.today(), held.store.name)
    lines = {actual.line for actual in actuals.get(new.series, ()) if actual.period == new.period}
    about = [problem for problem in found if problem.file == held.store.name and problem.line in lines]
    if about:
        tell_problems(about)


def _undo(held: Held, series: str, period: Period) -> int:
    outcome: list[Undone] = []

    def decide(lines: list[Actual]) -> Sequence[Actual]:
        outcome[:] = [undoing(lines, series, period, clock.now())]
        return outcome[0].lines

    held.store.append(decide, {series})
    unit = _unit(held, series)
    cancelled, holds, was_history = outcome[0].cancelled.value, outcome[0].holds, outcome[0].was_history
    put = {"series": series, "period": period, "old": None if cancelled is None else Exact(cancelled, unit)}
    value = None if holds is None or holds.value is None else Exact(holds.value, unit)
    if was_history and value is not None:
        text = say("{series} {period}: {old} is undone; it was history, {value} holds as before", value=value, **put)
    elif was_history:
        text = say("{series} {period}: {old} is undone; it was history, and the period still has no value", **put)
    elif value is not None:
        text = say("{series} {period}: {old} is undone, {value} holds again", value=value, **put)
    else:
        text = say("{series} {period}: {old} is undone, the period has no value now", **put)
    say_line(held.words(text))
    return 0
