"""Looking back from every past period: what each method would have said of the coming ones, and what came."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tracker.assess import Recorded, assess
from tracker.assess.breaks import factor
from tracker.assess.figures import JUDGED, Status
from tracker.assess.history import comparable, with_baseline
from tracker.assess.ranking import member_of, members_of, ranks, with_ranks
from tracker.assess.target import Reference, promise
from tracker.compare.aims import Past, own_asked, path_asked
from tracker.compare.backtest import Case
from tracker.compare.sources import measured, source_of
from tracker.compare.vintage import by_period, first_public, known_then
from tracker.errors import say
from tracker.model.actual import View, in_force, is_known
from tracker.model.goal import Kind, Method, Moving
from tracker.model.number import finite
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.figures import Assessment
    from tracker.compare.aims import Asked
    from tracker.compare.vintage import Lines
    from tracker.errors import Say
    from tracker.model.actual import Actual
    from tracker.model.goal import Break, Goal, GoalsFile, Series
    from tracker.periods import Period


class Looked(NamedTuple):
    """The cases of the past by what was asked (see `aims`), and why a goal has none."""

    own: list[Case]
    path: list[Case]
    without: list[tuple[str, Say]]


def lookback(
    file: GoalsFile, lines: Sequence[Actual], view: View, ids: Sequence[str], methods: Sequence[Method]
) -> Looked:
    """Return the cases that the recorded histories of goals give.

    `lines` are all recorded lines; what `view` does not know counts neither for calls nor for outcomes. A call uses
    only actuals of periods up to its origin, as they were known when the origin's own figure came out (see
    `vintage`); an outcome is what holds for `view`. A computed rank is that among the figures known then, and comes
    out with its member's own.
    """
    known = [line for line in lines if is_known(line, view)]
    recorded = Recorded(file, with_ranks(file, in_force(known, view)), view)
    seen = {one.goal.id: one for one in assess(file, recorded.actuals, view)}
    then = by_period(known)
    looked = Looked([], [], [])
    for id_ in ids:
        past = _past(seen[id_], recorded)
        if not isinstance(past, Past):
            looked.without.append((id_, past))
            continue
        own, path = (_cases(one, past, recorded, then, methods) for one in (own_asked(past), path_asked(past)))
        looked.own.extend(own)
        looked.path.extend(path)
        if not own and not path:
            looked.without.append((id_, say("no past period had two actuals behind it and an outcome after it")))
    return looked


def _past(seen: Assessment, recorded: Recorded) -> Past | Say:
    """Return a goal's history as it is known today, or why it cannot be looked back on."""
    goal = promise(seen.goal, recorded.view.promise_day)
    if goal.parts is not None or goal.due is None:
        return say("it is made of other goals: look back on {goals}", goals=", ".join(seen.children))
    if seen.kind is Kind.MILESTONE:
        return say("a milestone is done or not: there is no history to predict from")
    if seen.kind is Kind.GROWTH:
        return say("no chance is computed for a published rate")
    if goal.target is None:
        return say("it has no target")
    source = source_of(goal, recorded)
    points = comparable(source.points, source.kind, goal.due).full
    counted = with_baseline(points, goal, recorded.view.as_of, source.breaks)
    reference = None
    if isinstance(goal.target, Moving):
        other = recorded.source(goal.target.series)
        points = comparable(other.points, other.kind, goal.due).full
        reference = Reference(goal.target.series, other.kind, tuple(points))
    return Past(goal, goal.due, source, counted, reference, seen)


def _cases(
    asked: Sequence[Asked], past: Past, recorded: Recorded, lines: Lines, methods: Sequence[Method]
) -> list[Case]:
    """Return a case for each question that was still open at its origin."""
    file, cases = recorded.file, []
    for end, group in groupby(sorted(asked, key=lambda one: one.origin.on), key=lambda one: one.origin.on):
        together = list(group)
        series: dict[str, Series] = {}
        actuals: dict[str, list[Actual]] = {}
        goals = tuple(
            _as_known(one, past, recorded, lines, series, actuals)._replace(id=f"{place}")
            for place, one in enumerate(together)
        )
        said: list[dict[str, float | None]] = [{} for _ in together]
        decided = set()
        for method in methods:
            then = file._replace(goals=goals, series=series, rules=file.rules._replace(method=method))
            for place, seen in enumerate(assess(then, actuals, View(end))):
                said[place][method.value] = _said(seen, method)
                if seen.status not in JUDGED | {Status.TOO_FEW}:
                    decided.add(place)
        for place, one in enumerate(together):
            if place not in decided and any(value is not None for value in said[place].values()):
                cases.append(Case(" + ".join(measured(one.goal)), one.due.text, one.reached, said[place]))
    return cases


def _said(seen: Assessment, method: Method) -> float | None:
    """Return what a method said as a chance; a verdict without one says yes (1) where it is on track, else no (0)."""
    if seen.status not in JUDGED:
        return None
    if method is Method.CHANCE:
        return seen.chance
    return 1.0 if seen.status is Status.ON_TRACK else 0.0


def _as_known(  # noqa: PLR0913, PLR0917  what is looked up, and where what was known goes
    one: Asked,
    past: Past,
    recorded: Recorded,
    lines: Lines,
    series: dict[str, Series],
    actuals: dict[str, list[Actual]],
) -> Goal:
    """Return the goal on series that hold only what was known at the origin, put under names of their own.

    Its target is on today's footing, and so is what was known: linked over the breaks that came since.
    """
    own, file = measured(one.goal), recorded.file
    end = one.origin.on
    actual = one.origin.actual
    figures = [member_of(file.series[name]) if file.series[name].rank_of else name for name in own]
    day = first_public(lines, figures, actual.period.text) if actual is not None else None

    def known(name: str) -> str:
        inside = f"{name}\0{end}\0{day}"
        if inside not in series:
            declared = file.series[name]
            lost = tuple(each for each in declared.breaks if each.link is None)
            breaks = recorded.source(name, past.goal if name in own else None).breaks
            series[inside] = declared._replace(id=inside, breaks=lost)
            actuals[inside] = _linked(_known(name, file, lines, end, day), breaks)
        return inside

    start = one.goal.baseline
    if start is not None:
        start = start._replace(value=_moved(start.value, start.period, past.source.breaks))
    goal = one.goal._replace(revisions=(), baseline=start)
    if isinstance(goal.target, Moving):
        goal = goal._replace(target=goal.target._replace(series=known(goal.target.series)))
    if goal.sum:
        return goal._replace(sum=tuple(known(name) for name in goal.sum))
    return goal._replace(series=known(own[0]))


def _linked(lines: Sequence[Actual], breaks: Sequence[Break]) -> list[Actual]:
    """Return lines as they compare with the latest ones, without those that leave the range of floats by that."""
    linked = (line._replace(value=_moved(line.value, line.period, breaks)) for line in lines)
    return [new for line, new in zip(lines, linked, strict=True) if line.value is None or new.value is not None]


def _moved(value: float | None, period: Period, breaks: Sequence[Break]) -> float | None:
    """Return a value of a period on the footing of the latest ones; None where floats cannot hold it."""
    ratio = factor(period.end, breaks)
    return value if ratio == 1 or value is None else finite(value * ratio)


def _known(name: str, file: GoalsFile, lines: Lines, end: date, day: date | None) -> list[Actual]:
    """Return one series' actuals up to `end` as known on a day, those of a computed rank from all of its panel."""
    series = file.series[name]
    if series.rank_of is None:
        return known_then(lines.get(name, {}), end, day)
    among = members_of(series)
    then = {member: known_then(periods, end, day) for member, periods in lines.items() if among.fullmatch(member)}
    return ranks([name], file, then)[name]
