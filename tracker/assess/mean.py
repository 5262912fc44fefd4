"""A goal that is the mean of others: an objective with key results, graded from 0 to 1."""

from __future__ import annotations

from math import frexp, fsum, ldexp
from typing import TYPE_CHECKING

from tracker.assess.figures import BEST_FIRST, Assessment, Status
from tracker.model.goal import Direction
from tracker.model.number import finite
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HALF = 0.5
DECIDED = frozenset({Status.ACHIEVED, Status.MISSED})


class Mean(NamedTuple):
    """What a mean says: its grade from 0 to 1 and the children's, its status, the child whose status it takes."""

    grade: float | None
    grades: tuple[float, ...]
    status: Status
    limiting: Assessment


def mean(children: Sequence[Assessment], weights: Mapping[str, float]) -> Mean:
    """Return the weighted mean of the children's grades, and the status that is fair to all of them.

    grade = sum(weight * grade of child) / sum(weight), see `grade`.

    It is achieved only when every child is, and missed only when every child is decided and one of them missed:
    the grade then says how near it came. Before that its status is that of the child in the middle of the weight:
    ordered from the worst, the first child with which half of the whole weight is reached. A child that is decided
    counts there as on track or off track, since the others still decide. Weights are above 0.
    """
    # only how they compare matters: a power of two keeps every digit, and the products of the least above 0
    scale = -frexp(max(weights.values()))[1]
    weight = {id_: ldexp(each, scale) for id_, each in weights.items()}
    whole = fsum(weight[child.goal.id] for child in children)
    graded = {child.goal.id: grade(child) for child in children}
    total = fsum(weight[id_] * each for id_, each in graded.items())
    grades = tuple(graded[id_] for id_ in weights)
    worst_first = sorted(children, key=lambda child: BEST_FIRST.index(child.status), reverse=True)
    reached, middle = 0.0, worst_first[-1]
    for child in worst_first:
        reached += weight[child.goal.id]
        if reached >= HALF * whole * (1 - 1e-12):
            middle = child
            break
    status = middle.status
    if all(child.status in DECIDED for child in children):
        # the furthest behind decides: any child that was missed, else they are all achieved
        return Mean(finite(total / whole), grades, worst_first[0].status, worst_first[0])
    if status in DECIDED:
        status = Status.ON_TRACK if status is Status.ACHIEVED else Status.OFF_TRACK
    return Mean(finite(total / whole), grades, status, middle)


def grade(child: Assessment) -> float:
    """Return what a child is worth, 0 to 1: 1 once it is achieved for good, else its progress cut to 0 … 1.

    A child without progress counts 0: nothing of it is known to be done. So does one whose baseline lay at its target
    or beyond it: what it moved since, such as the quarter after a very good one, led away.
    """
    if child.status is Status.ACHIEVED and not child.lapsed:
        return 1.0
    if _starts_beyond(child):
        return 0.0
    return min(max(child.progress or 0.0, 0.0), 1.0)


def _starts_beyond(child: Assessment) -> bool:
    start, target = child.baseline, child.target
    if child.year is not None:  # its progress is the share of the target that the year has brought so far
        return False
    if start is None or start.value is None or target is None or target.value is None or target.form == "between":
        return False
    return target.value <= start.value if child.goal.direction is Direction.UP else target.value >= start.value
