"""How far a goal has come: gap, progress, time gone, and where the path says it should be."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.assess import path
from tracker.errors import Say, say
from tracker.model.goal import Direction, Kind, Mode
from tracker.periods import years
from tracker.wording.explain_line import Line, amount, values_of
from tracker.wording.explain_points import rates_of
from tracker.wording.formula import exact
from tracker.wording.quantity import Points, Share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.figures import Assessment


def way(seen: Assessment) -> list[Line]:
    """Return the lines of gap, progress, time gone and expected."""
    return [*_gaps(seen), *_progress(seen), *_elapsed(seen), *_path(seen)]


def _gaps(seen: Assessment) -> list[Line]:
    lines = []
    values = values_of(seen)
    down = seen.goal.direction is Direction.DOWN
    if seen.gap is not None and seen.target is not None:
        how: Say | str = _less(values.target, values.now, down=down)
        if seen.target.low is not None and seen.target.high is not None and values.now is not None:
            how = say("the actual lies inside the band")
            if not seen.target.low <= values.now <= seen.target.high:
                how = _less(values.target, values.now, down=values.now > seen.target.high)
        lines.append(Line("gap", say("gap"), Points(seen.gap, seen.unit), how))
    if seen.gap_now is not None and seen.common:
        last = seen.common[-1]
        how = say(
            "{formula}, both for {period}", formula=_less(last.reference, last.value, down=down), period=last.period
        )
        lines.append(Line("gap_now", say("gap now"), Points(seen.gap_now, seen.unit), how))
    return lines


def _less(target: float | None, now: float | None, *, down: bool) -> str:
    return f"{exact(now)} − {exact(target)}" if down else f"{exact(target)} − {exact(now)}"


def _progress(seen: Assessment) -> list[Line]:
    values = values_of(seen)
    if seen.progress is None:
        reason = _no_progress(seen)
        return [] if reason is None else [Line("progress", say("progress"), None, reason)]
    how: Say | str
    if seen.grades and seen.goal.parts is not None:
        how = _mean(seen.grades, seen.goal.parts.weights)
    elif seen.goal.parts is not None:
        how = say("from the progress of its children, each cut to 0 … 100 %")
    elif seen.target is not None and seen.target.form == "milestone":
        how = say("done or not")
    elif seen.year is not None:
        how = f"{exact(values.now)} / {exact(values.target)}"
    else:
        start = exact(values.start)
        how = f"({exact(values.now)} − {start}) / ({exact(values.edge)} − {start})"
    return [Line("progress", say("progress"), Share(seen.progress), how)]


def _mean(grades: Sequence[float], weights: Sequence[float]) -> Say:
    """Return the formula of a mean by weight; each child's grade is 1 once achieved, else its progress."""
    parts = " + ".join(f"{exact(weight)} × {exact(grade)}" for weight, grade in zip(weights, grades, strict=True))
    return say(
        "{formula}: weight times grade of each child, over all weights; a grade is 1 once achieved, else the progress "
        "cut to 0 … 1",
        formula=f"({parts}) / {exact(sum(weights))}",
    )


def _no_progress(seen: Assessment) -> Say | None:
    """Return why a goal with actuals and a target has no progress; None where nobody asks."""
    values = values_of(seen)
    if values.now is None or values.target is None or seen.goal.mode is Mode.KEEP or seen.kind is Kind.GROWTH:
        return None
    if values.start is None:
        return say("without a baseline there is no way to measure")
    if values.start == values.edge:
        return say("the baseline equals the target")
    return say("the baseline lies inside the band") if values.edge is None else None


def _elapsed(seen: Assessment) -> list[Line]:
    lines = []
    origin, due = (seen.baseline.period.end if seen.baseline else None), seen.due
    if seen.elapsed is not None and seen.actual is not None and due is not None:
        if seen.year is not None:
            how = say("{done} of {all} periods of the year", done=seen.year.done, all=seen.year.periods)
        elif seen.kind is Kind.GROWTH and origin is not None:
            how = say("{done} of {all} years", done=len(rates_of(seen)), all=max(1, due.year - origin.year))
        else:
            how = _share_of_years(origin, seen.actual.on, due)
        lines.append(Line("elapsed", say("time gone"), Share(seen.elapsed), how))
    if seen.today.elapsed is not None and seen.today.left is not None and due is not None:
        as_of = due - timedelta(days=seen.today.left)
        how = _share_of_years(origin, as_of, due)
        if seen.year is not None:
            first = due.replace(month=1, day=1)
            how = say("{done} of {all} days of the year", done=(as_of - first).days + 1, all=(due - first).days + 1)
        lines.append(Line("today.elapsed", say("time gone today"), Share(seen.today.elapsed), how))
    return lines


def _share_of_years(begin: date | None, day: date, due: date) -> Say:
    if begin is None:
        return say("years to {day} over years to {due}", day=day, due=due)
    formula = f"{exact(years(begin, day))} / {exact(years(begin, due))}"
    return say("{formula}; years from {begin} to {day} and to {due}", formula=formula, begin=begin, day=day, due=due)


def _path(seen: Assessment) -> list[Line]:
    if seen.expected is None:
        return []
    lines = [Line("expected", say("expected"), amount(seen, seen.expected), _expected(seen))]
    if seen.ahead is not None:
        now, late = values_of(seen).now, seen.ahead < 0
        text = say("behind the path") if late else say("ahead of the path")
        formula = _less(seen.expected, now, down=now is not None and now > seen.expected)
        lines.append(Line("ahead", text, Points(abs(seen.ahead), seen.unit), formula))
    return [*lines, *_pro_rata(seen)]


def _pro_rata(seen: Assessment) -> list[Line]:
    """Return the reading of a year's total by time alone, which stands beside that by the years before."""
    if seen.year is None or seen.year.pro_rata is None or seen.year.pro_rata.expected is None:
        return []
    plain, values = seen.year.pro_rata, values_of(seen)
    share = f"{seen.year.done} / {seen.year.periods}"
    how = say("{formula}: as if every period brought the same", formula=f"{exact(values.target)} × {share}")
    lines = [Line("year.pro_rata.expected", say("by time alone"), amount(seen, plain.expected), how)]
    if plain.pace is not None:
        formula = f"{exact(values.now)} / {exact(plain.expected)}"
        how = say("{formula}: actual over what time alone expects; years are seldom even", formula=formula)
        lines.append(Line("year.pro_rata.pace", say("pace by time alone"), plain.pace, how))
    return lines


def _expected(seen: Assessment) -> Say | str:
    if seen.goal.mode is Mode.KEEP or seen.kind is Kind.GROWTH:
        return say("the target, in every period")
    values = values_of(seen)
    if seen.year is not None:
        if seen.year.share is None:
            formula = f"{exact(values.target)} × {seen.year.done} / {seen.year.periods}"
            return say("{formula}: the target times the share of the year gone", formula=formula)
        return say(
            "{formula}: the target times the mean share of the same periods in the years before",
            formula=f"{exact(values.target)} × {exact(seen.year.share)}",
        )
    return _on_path(seen)


def _on_path(seen: Assessment) -> Say | str:
    """Return the formula of the path's value: on the stretch between two corners where the actual stands."""
    values = values_of(seen)
    if seen.baseline is None or seen.actual is None or seen.due is None or values.start is None or values.edge is None:
        return say("on the path from baseline to target")
    first, last = path.Corner(seen.baseline.period.end, values.start), path.Corner(seen.due, values.edge)
    day = seen.actual.on
    for (begin, one), (end, other) in pairwise(path.way(first, seen.goal.steps, last)):
        if day <= end:
            part = f"{exact(years(begin, day))} / {exact(years(begin, end))}"
            formula = f"{exact(one)} + ({exact(other)} − {exact(one)}) × {part}"
            if seen.growth is not None and seen.growth.compound:
                formula = f"{exact(one)} × ({exact(other)} / {exact(one)})^({part})"
            return say(
                "{formula}; the path from {begin} to {end}, on {day}", formula=formula, begin=begin, end=end, day=day
            )
    return say("the path ends at the target")
