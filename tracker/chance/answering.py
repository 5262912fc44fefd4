"""Questions in, answers out: one by one as floats, or many at once as numpy columns."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING

from tracker.chance.arithmetic import FLOATS, Asked, Raw, number_or_none
from tracker.chance.question import Answer, Model, Question, Scale
from tracker.chance.scaling import Rule, rule_of
from tracker.chance.total import total
from tracker.chance.trend import trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MANY = 300
"""From this many questions on, loading numpy costs less than it saves (measured by benchmarks/chance.py)."""

ALIKE = 16
"""From this many questions of one shape on, columns are faster than floats (measured likewise)."""


def answers(questions: Sequence[Question], *, ranges: bool = True) -> list[Answer]:
    """Return the answer to each question, in order; without `ranges` the chance alone is computed.

    Many questions are answered as numpy columns where numpy is installed; the numbers are the same.

    >>> history = (100.0, 104.0, 109.0, 113.0, 119.0, 124.0)
    >>> question = Question(Model.TREND, (0.0, 1.0, 2.0, 3.0, 4.0, 5.0), history, 8.0, 140.0, up=True)
    >>> round(answers([question])[0].chance, 6)
    0.296527
    """
    if len(questions) >= MANY:
        try:
            import numpy as np  # noqa: F401  heavy, and an extra
        except ImportError:
            pass
        else:
            return _many(questions, ranges=ranges)
    return [_one(question, ranges=ranges) for question in questions]


def _one(question: Question, *, ranges: bool) -> Answer:
    target = nan if question.target is None else question.target
    asked = Asked(question.times, question.values, question.due, target, question.up)
    if question.model is Model.TOTAL:
        return _answer(total(asked, FLOATS, mirrored=question.mirrored, ranges=ranges))
    rule = Rule(int(rule_of(question.values, target, question.scale, FLOATS)))
    return _answer(trend(asked, rule, FLOATS, ranges=ranges))


def _answer(raw: Raw) -> Answer:
    return Answer(
        None if isnan(raw.chance) else raw.chance,
        number_or_none(raw.low),
        number_or_none(raw.median),
        number_or_none(raw.high),
    )


def _many(questions: Sequence[Question], *, ranges: bool) -> list[Answer]:
    alike: dict[tuple[Model, Scale, bool, int], list[int]] = {}
    for place, question in enumerate(questions):
        shape = (question.model, question.scale, question.mirrored, len(question.values))
        alike.setdefault(shape, []).append(place)
    found: dict[int, Answer] = {}
    for places in alike.values():
        group = [questions[place] for place in places]
        together = _together(group, ranges=ranges) if len(group) >= ALIKE else (_one(q, ranges=ranges) for q in group)
        found.update(zip(places, together, strict=True))
    return [found[place] for place in range(len(questions))]


def _together(group: Sequence[Question], *, ranges: bool) -> Iterable[Answer]:
    import numpy as np  # heavy, and an extra

    from tracker.chance.columns import column_answers

    first = group[0]
    raw = column_answers(
        np.array([question.times for question in group]).T.copy(),
        np.array([question.values for question in group], dtype=float).T.copy(),
        np.array([question.due for question in group]),
        np.array([nan if question.target is None else question.target for question in group]),
        np.array([question.up for question in group]),
        model=first.model,
        scale=first.scale,
        mirrored=first.mirrored,
        ranges=ranges,
    )
    return (_answer(Raw(*row)) for row in np.array(raw).T.tolist())
