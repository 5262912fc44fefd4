"""The question a goal puts to the chance model, and what the answer means for it."""

from collections.abc import Sequence
from datetime import date

from tracker.assess.facts import Facts, is_rank
from tracker.assess.figures import Common, Projected
from tracker.chance import HISTORY, Answer, Model, Question, Scale, coarse_enough, cut, total_applies
from tracker.model.goal import Kind, Moving
from tracker.model.number import finite, settled
from tracker.periods import Period, years
from tracker.tuples import NamedTuple

Values = list[tuple[Period, float]]


class Asked(NamedTuple):
    """The questions of one goal: of meeting its target, of passing a band's upper edge, of its own range."""

    chance: Question | None = None
    above: Question | None = None
    span: Question | None = None
    periods: tuple[Period, ...] = ()

    @property
    def questions(self) -> list[Question]:
        """Return the questions there are, in the order `replied` expects their answers."""
        return [question for question in (self.chance, self.above, self.span) if question is not None]


class Reply(NamedTuple):
    """The chance of a goal (cut to 0.01…0.99), the model that gave it, and the range at due."""

    chance: float | None
    model: str | None
    projected: Projected


def asked(facts: Facts, shared: Sequence[Common], *, judging: bool) -> Asked:
    """Return the questions of a goal; without `judging` only its range at due is asked."""
    values = [(point.period, point.value) for point in facts.points]
    limit = facts.limit
    is_banded = limit.low is not None and limit.high is not None
    if judging and not is_banded and not isinstance(facts.goal.target, Moving):
        return Asked(chance=_question(facts, values, limit.low if facts.s > 0 else limit.high))
    own = _question(facts, values, None)
    if not judging or own is None:
        return Asked(span=own)
    if isinstance(facts.goal.target, Moving):
        return Asked(chance=_difference(facts, shared), span=own)
    lower = own._replace(target=limit.low, up=True)
    return Asked(chance=lower, above=own._replace(target=limit.high, up=True))


def _question(facts: Facts, values: Values, edge: float | None) -> Question | None:
    """Return the question for a history; None where due is not ahead or there are fewer than two points."""
    up = facts.s > 0
    numbers = [value for _, value in values]
    total = None if is_rank(facts) else total_applies(numbers, target=edge, up=up)
    if facts.kind is Kind.TOTAL or total is not None:
        model, mirrored, used = Model.TOTAL, total == "mirrored", values
    else:
        model, mirrored, used = Model.TREND, False, _coarse(facts, values)
    return _asked_of(used, facts.due.end, edge, Question(model, (), (), 0.0, None, up, _scale(facts), mirrored))


def _difference(facts: Facts, shared: Sequence[Common]) -> Question | None:
    """Return the question of a moving target: the difference of the two series against 0, within tolerance."""
    values = [(one.period, settled(one.value - one.reference)) for one in shared]
    up = facts.s > 0
    shape = Question(Model.TREND, (), (), 0.0, None, up, Scale.LEVEL)
    return _asked_of(_coarse(facts, values), facts.due.end, -facts.s * facts.goal.tolerance, shape)


def _asked_of(values: Values, due: date, edge: float | None, shape: Question) -> Question | None:
    used = values[-HISTORY:]
    if len(used) < 2 or used[-1][0].end >= due:  # noqa: PLR2004  nothing predicts from one point
        return None
    start = used[0][0].end
    return shape._replace(
        times=tuple([years(start, period.end) for period, _ in used]),
        values=tuple([value for _, value in used]),
        due=years(start, due),
        target=edge,
    )


def _coarse(facts: Facts, values: Values) -> Values:
    if facts.kind in {Kind.FLOW, Kind.YTD}:  # these are totals of the period due already
        return values
    return coarse_enough(values, "last", facts.due.end)


def _scale(facts: Facts) -> Scale:
    if is_rank(facts):
        return Scale.LEVEL
    return Scale.PERCENT if facts.kind is Kind.RATIO and facts.unit == "%" else Scale.AUTO


def replied(asked_of: Asked, answers: Sequence[Answer]) -> Reply:
    """Return what the answers to a goal's questions say, in the order of `questions`."""
    in_order = iter(answers)
    chance, above, span = (
        None if question is None else next(in_order) for question in (asked_of.chance, asked_of.above, asked_of.span)
    )
    value = None
    if chance is not None and chance.chance is not None:
        value = chance.chance - ((above.chance or 0.0) if above is not None else 0.0)
    ranged = span or (chance if asked_of.span is None else None)
    model = asked_of.chance.model.value if asked_of.chance is not None and value is not None else None
    return Reply(
        None if value is None else finite(cut(value)),
        model,
        Projected(None, finite(ranged.low), finite(ranged.median), finite(ranged.high)) if ranged else Projected(),
    )
