"""Bare numbers in a series of percents that may be fractions: 0.618 beside 60 is asked about, never guessed."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.intake.kept import Candidate, cell_problem
from tracker.model.goal import Bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.errors import Problem
    from tracker.model.actual import Actual

LARGEST_FRACTION = 2.0
"""A bare number above this is no fraction: nobody writes 200 % as 2.1."""
TIMES = 10
"""A bare number so many times smaller than the usual value may be a fraction: then its hundredfold is nearer."""


def settled_bare(
    candidates: Sequence[Candidate], actuals: Mapping[str, Sequence[Actual]], bare: Bare | None
) -> tuple[list[Candidate], list[Problem]]:
    """Return the candidates with every doubtful number taken as `bare` says, or a question for each without it.

    A bare number is in doubt where the usual value of its series is ten times as large or more; where nothing is
    recorded the other values of the import are what is usual. Where they are all at most 2, those are in doubt that
    have no % in their heading.
    """
    asked: dict[str, list[Candidate]] = {}
    for each in candidates:
        if each.bare:
            asked.setdefault(each.actual.series, []).append(each)
    doubtful = {id(each) for name, some in asked.items() for each in _doubtful(some, actuals.get(name, ()))}
    if not doubtful:
        return list(candidates), []
    if bare is None:
        return list(candidates), [_question(each) for each in candidates if id(each) in doubtful]
    if bare is Bare.PERCENT:
        return list(candidates), []
    return [_as_fraction(each) if id(each) in doubtful else each for each in candidates], []


def _doubtful(some: Sequence[Candidate], actuals: Sequence[Actual]) -> list[Candidate]:
    values = [abs(each.actual.value) for each in some if each.actual.value]
    recorded = [abs(line.value) for line in actuals if line.value]
    if not recorded and values and max(values) <= LARGEST_FRACTION:
        return [each for each in some if each.actual.value and not each.headed]
    usual = median(recorded or [value for value in values if value > LARGEST_FRACTION] or [0.0])
    same = {(line.period.text, line.value) for line in actuals}
    return [
        each
        for each in some
        if each.actual.value
        and abs(each.actual.value) <= LARGEST_FRACTION
        and abs(each.actual.value) * TIMES <= usual
        and (each.actual.period.text, each.actual.value) not in same
    ]


def _question(each: Candidate) -> Problem:
    value = each.actual.value or 0.0
    what = say(
        "{value} in {series}, which is in %: {value} % or {hundredfold} %?",
        value=repr(value).removesuffix(".0"), series=each.actual.series, hundredfold=repr(_hundredfold(value)),
    )  # fmt: skip
    return cell_problem(each.found, each.place, what, say("--as percent takes it as it is, --as fraction times 100"))


def _as_fraction(each: Candidate) -> Candidate:
    return each._replace(actual=each.actual._replace(value=_hundredfold(each.actual.value or 0.0)))


def _hundredfold(value: float) -> float:
    return float(Fraction(repr(value)) * 100)
