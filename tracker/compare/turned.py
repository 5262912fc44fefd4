"""What a revised actual did to the verdicts: each judged again with the old value, everything else as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import assess
from tracker.assess.ranking import ranks, ranks_by
from tracker.assess.target import promise
from tracker.compare.changes import Changes, Turn
from tracker.compare.snapshot import stood_of
from tracker.model.actual import Actual, Quality
from tracker.model.goal import Moving

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.compare.changes import Revised
    from tracker.compare.snapshot import Place
    from tracker.model.actual import View
    from tracker.model.goal import Goal, GoalsFile


def with_turns(
    found: Changes,
    file: GoalsFile,
    actuals: Mapping[str, Sequence[Actual]],
    view: View,
    assessments: Sequence[Assessment],
) -> Changes:
    """Return the changes with what each revision did; `actuals` and `assessments` are those of now."""
    now = {seen.goal.id: seen for seen in assessments}
    goals = [promise(goal, view.promise_day) for goal in file.goals]
    revised = []
    for one in found.revised:
        before = _before(one, actuals)
        if before is not None:
            other_ranks = _other_ranks(one.place, file, actuals, before)
            ids = depending(goals, {one.place.series or "", *other_ranks}, file)
            then = assess(_only(file, ids), {**before, **other_ranks}, view)
            turns = tuple(
                Turn(seen.goal.id, stood_of(seen), stood_of(now[seen.goal.id])) for seen in then if seen.goal.id in ids
            )
            one = one._replace(turns=turns)  # noqa: PLW2901  the same one, completed
        revised.append(one)
    return found._replace(revised=tuple(revised))


def _before(one: Revised, actuals: Mapping[str, Sequence[Actual]]) -> Mapping[str, Sequence[Actual]] | None:
    """Return the actuals of now with the old value in its place; None where no line of its own holds the value."""
    place, was = one.place, one.before
    if place.series is None or (one.after is not None and one.after.line is None):
        return None
    old = one.after.line if one.after and one.after.line else Actual(place.series, place.period, None)
    old = old._replace(value=was.value, quality=was.quality or Quality.FINAL)
    others = [line for line in actuals.get(place.series, ()) if line.period.text != place.period.text]
    lines = sorted([*others, old], key=lambda line: (line.period.end, line.period.start))
    return {**actuals, place.series: lines}


def _other_ranks(
    place: Place, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], before: Mapping[str, Sequence[Actual]]
) -> dict[str, Sequence[Actual]]:
    """Return the actuals of the computed ranks that are others with the old value of a place in `before`."""
    again = ranks(ranks_by(place.series or "", file), file, before)
    return {name: lines for name, lines in again.items() if _places(lines) != _places(actuals.get(name, ()))}


def _places(lines: Sequence[Actual]) -> list[tuple[str, float | None]]:
    return [(line.period.text, line.value) for line in lines]


def series_of(goal: Goal, file: GoalsFile) -> set[str]:
    """Return the series a goal is judged by: its own or those it adds up, what it moves with, last year's shares."""
    own = {*goal.sum} | ({goal.series} if goal.series is not None else set())
    levels = {file.series[name].level for name in own if name in file.series}
    moving = {goal.target.series} if isinstance(goal.target, Moving) else set()
    return own | moving | {level for level in levels if level is not None}


def deciding(goals: Sequence[Goal], names: Collection[str], file: GoalsFile) -> set[str]:
    """Return those of some series that decide goals: what they are judged by, and every member of a panel they rank."""
    judged = {series for goal in goals for series in series_of(goal, file)}
    return {name for name in names if name in judged or not judged.isdisjoint(ranks_by(name, file))}


def depending(goals: Sequence[Goal], series: Collection[str], file: GoalsFile) -> set[str]:
    """Return the ids of the goals that are judged by one of some series, directly or as a part of a composite."""
    found = {goal.id for goal in goals if not series_of(goal, file).isdisjoint(series)}
    size = -1
    while size != len(found):
        size = len(found)
        found |= {goal.id for goal in goals if goal.parts is not None and not found.isdisjoint(goal.parts.ids)}
    return found


def _only(file: GoalsFile, ids: set[str]) -> GoalsFile:
    """Return the goals file with some goals and all that they are made of."""
    lookup = {goal.id: goal for goal in file.goals}
    kept, waiting = set(), list(ids)
    while waiting:
        id_ = waiting.pop()
        parts = lookup[id_].parts
        if id_ not in kept:
            kept.add(id_)
            waiting += parts.ids if parts else ()
    return file._replace(goals=tuple(goal for goal in file.goals if goal.id in kept))
