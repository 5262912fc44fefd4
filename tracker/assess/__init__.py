"""From goals and actuals to assessments: the figures, the chance and the status of every goal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.assess.asking import replied
from tracker.assess.composite import composite
from tracker.assess.facts import Source
from tracker.assess.figures import JUDGED, Assessment, Status
from tracker.assess.history import comparable, points_of, summed
from tracker.assess.measured import Draft, draft
from tracker.assess.milestone import milestone
from tracker.assess.target import Reference, promise
from tracker.chance import answers
from tracker.model.goal import SUMMED, Kind, Method, Moving, Rules
from tracker.model.number import at_least
from tracker.periods import Length
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.figures import Point
    from tracker.chance import Answer
    from tracker.model.actual import Actual, View
    from tracker.model.goal import Goal, GoalsFile
    from tracker.periods import Period


class Recorded(NamedTuple):
    """The declared series and, for each, its actuals in force, oldest first."""

    file: GoalsFile
    actuals: Mapping[str, Sequence[Actual]]
    view: View

    def source(self, series: str, goal: Goal | None = None) -> Source:
        """Return a series' points with its kind and unit, as far as a goal may compare them over its breaks."""
        declared = self.file.series[series]
        points = points_of(self.actuals.get(series, ()), declared.kind)
        if not declared.breaks:
            return Source(declared.kind, declared.unit, points)
        from tracker.assess.breaks import joined

        due = goal.due.end if goal and goal.due else None
        start = goal.baseline.period.end if goal and goal.baseline else None
        return Source(declared.kind, declared.unit, *joined(points, declared.breaks, due, start))


def assess(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View) -> list[Assessment]:
    """Return the assessment of every goal, in the order of the file.

    `actuals` holds, for each series, the lines in force for `view`, by the last day of their period.
    """
    recorded = Recorded(file, actuals, view)
    goals = [promise(goal, view.promise_day) for goal in file.goals]
    drafts = {goal.id: _draft(goal, recorded) for goal in goals if goal.parts is None}
    questions = [question for one in drafts.values() for question in one.asked.questions]
    replies = iter(answers(questions))
    done: dict[str, Assessment] = {}
    for id_, one in drafts.items():
        own = [next(replies) for _ in one.asked.questions]
        done[id_] = _finished(one, own, file.rules)
    _compose(goals, done, view, file.rules.method)
    parents: dict[str, str] = {}
    for goal in goals:
        for child in goal.parts.ids if goal.parts else ():
            parents.setdefault(child, goal.id)
    for child, parent in parents.items():
        done[child] = done[child]._replace(parent=parent)
    return [done[goal.id] for goal in goals]


def _draft(goal: Goal, recorded: Recorded) -> Draft:
    source = _source(goal, recorded)
    if goal.repeat is not None:
        source = source._replace(points=_until_due(source, goal))
    due = goal.due
    if due is None:
        raise ValueError(goal.id)  # the reader lets only composites be without
    one = _with_lacking(_by_kind(goal, due, source, recorded), source, due, recorded.view.as_of)
    if one.seen.actual is None and (source.kind in SUMMED or goal.sum):
        one = one._replace(seen=one.seen._replace(recorded=_latest(goal, recorded)))
    if not goal.steps:
        return one
    from tracker.assess.steps import with_steps

    return one._replace(seen=with_steps(one.seen, source, due))


def _by_kind(goal: Goal, due: Period, source: Source, recorded: Recorded) -> Draft:
    as_of = recorded.view.as_of
    if source.kind is Kind.MILESTONE:
        return milestone(goal, due, source, as_of)
    if source.kind is Kind.GROWTH:
        from tracker.assess.published import published

        level = recorded.file.series[goal.series].level if goal.series else None
        return published(goal, due, source, recorded.source(level, goal) if level else None, as_of)
    reference = _reference(goal, recorded)
    if source.kind in SUMMED and due.length is Length.YEAR and _is_finer(source):
        from tracker.assess.yeartotal import is_running, year_total

        running = is_running(source, due)
        if running is not None:
            return year_total(goal, due, source, running, reference, as_of)
    return draft(goal, due, source, reference, as_of)


_LACKS = frozenset({Status.AWAITING, Status.OVERDUE, Status.TOO_FEW, Status.NO_DATA})


def _with_lacking(one: Draft, source: Source, due: Period, as_of: date) -> Draft:
    """Return the draft with what its totals lack, where it waits for one or has too few: only then it is said."""
    if source.kind not in SUMMED or one.decided not in _LACKS or not source.points:
        return one
    if one.decided is Status.NO_DATA and one.seen.goal.series is None:
        return one
    from tracker.assess.gaps import lacking_until

    lacking = lacking_until(as_of, source.points, source.kind, due)
    if one.decided is Status.NO_DATA:  # what lies before its beginning is not expected of a series
        lacking = tuple(period for period in lacking if period.end > source.points[0].on)
    return one._replace(seen=one.seen._replace(lacking=lacking))


def _latest(goal: Goal, recorded: Recorded) -> Period | None:
    """Return the latest period with a value in any series of a goal."""
    names = goal.sum or (goal.series,)
    held = [line.period for name in names for line in recorded.actuals.get(name or "", ()) if line.value is not None]
    return max(held, key=lambda period: period.end, default=None)


def _until_due(source: Source, goal: Goal) -> list[Point]:
    """Return what a goal for one period is judged by: nothing that begins later, as that has a goal of its own.

    A milestone that repeats is done anew in each period.
    """
    start = goal.baseline.period.end if goal.baseline and source.kind is Kind.MILESTONE else date.min
    return [p for p in source.points if goal.due and p.period.start <= goal.due.end and p.on > start]


def _is_finer(source: Source) -> bool:
    return bool(source.points) and source.points[-1].period.length is not Length.YEAR


def _source(goal: Goal, recorded: Recorded) -> Source:
    if goal.series is not None:
        return recorded.source(goal.series, goal)
    sources = [recorded.source(series, goal) for series in goal.sum]
    kind = sources[0].kind
    points = summed([source.points for source in sources], kind)
    if not any(source.breaks for source in sources):
        return sources[0]._replace(points=points)
    whole = summed([[*source.earlier, *source.points] for source in sources], kind)
    breaks = sorted({each for source in sources for each in source.breaks}, key=lambda each: each.on)
    days = {point.on for point in points}
    return sources[0]._replace(
        points=points, earlier=tuple(point for point in whole if point.on not in days), breaks=tuple(breaks)
    )


def _reference(goal: Goal, recorded: Recorded) -> Reference | None:
    if not isinstance(goal.target, Moving) or goal.due is None:
        return None
    source = recorded.source(goal.target.series, goal)
    points, earlier = (tuple(comparable(part, source.kind, goal.due).full) for part in (source.points, source.earlier))
    return Reference(goal.target.series, source.kind, points, earlier, source.breaks)


def _finished(one: Draft, own: Sequence[Answer], rules: Rules) -> Assessment:
    """Return the assessment with its chance and the status that follows from it."""
    seen, status = one.seen, one.decided
    chance, model, projected = seen.chance, seen.model, seen.projected
    if own:
        reply = replied(one.asked, own)
        chance, model = reply.chance, reply.model
        projected = reply.projected._replace(value=projected.value if projected else None)
    if status is None:
        status = _from_chance(chance, rules)
    if rules.method is not Method.CHANCE:
        from tracker.assess.ruled import ruled

        seen = seen._replace(chance=chance, model=model, projected=projected)
        verdict, status = ruled(seen, status, rules.method)
        seen = seen._replace(verdict=verdict)
    if status not in JUDGED:
        chance = model = None
    return seen._replace(status=status, chance=chance, model=model, projected=projected)


def _from_chance(chance: float | None, rules: Rules) -> Status:
    if chance is None:
        return Status.TOO_FEW
    if at_least(chance, rules.on_track):
        return Status.ON_TRACK
    return Status.AT_RISK if at_least(chance, rules.off_track) else Status.OFF_TRACK


def _compose(goals: Sequence[Goal], done: dict[str, Assessment], view: View, method: Method) -> None:
    """Assess the composites, each after its children; the reader has refused circles."""
    lookup = {goal.id: goal for goal in goals}
    order = {id_: place for place, id_ in enumerate(lookup)}
    waiting = [goal.id for goal in goals if goal.parts is not None]
    while waiting:
        goal = lookup[waiting[-1]]
        ids = goal.parts.ids if goal.parts else ()
        missing = [child for child in ids if child not in done]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        if goal.parts is not None and goal.id not in done:
            children = sorted((done[child] for child in dict.fromkeys(ids)), key=lambda one: order[one.goal.id])
            done[goal.id] = composite(goal, goal.parts, children, view.as_of)
            if method is not Method.CHANCE:
                from tracker.assess.ruled import ruled_together

                done[goal.id] = done[goal.id]._replace(verdict=ruled_together(goal, children, method))
