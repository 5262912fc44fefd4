"""Methods beside each other on the same cases: what each would have said, and how often it was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.compare.scores import ENOUGH, Call, Scores, scores
from tracker.model.number import settled
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Case(NamedTuple):
    """One look back: what each method said (None: it had no answer), and whether the target was reached.

    `series` and `outcome` (such as a period) name what the case is about: cases that share both rest on one event.
    """

    series: str
    outcome: str
    reached: bool
    said: Mapping[str, float | None]


class Tried(NamedTuple):
    """One method on the cases it answers (`own`), and on those that every method answers (`shared`)."""

    method: str
    own: Scores | None
    shared: Scores | None


class Backtest(NamedTuple):
    """The methods on one set of cases.

    `targets` names the set: "own", "path" or "given"; `outcomes` are the different events the cases rest on;
    `base_rate` is the share reached, None without cases.
    """

    targets: str
    cases: int
    outcomes: int
    series: int
    base_rate: float | None
    methods: tuple[Tried, ...]

    @property
    def is_enough(self) -> bool:
        """Tell whether there are so many outcomes that the scores mean something."""
        return self.outcomes >= ENOUGH


def backtest(targets: str, cases: Sequence[Case], methods: Sequence[str]) -> Backtest:
    """Return how each method did on a set of cases."""
    shared = [case for case in cases if all(case.said.get(method) is not None for method in methods)]
    reached = sum(case.reached for case in cases)
    return Backtest(
        targets,
        len(cases),
        _outcomes(cases),
        len({case.series for case in cases}),
        settled(reached / len(cases)) if cases else None,
        tuple(Tried(method, _scored(cases, method), _scored(shared, method)) for method in methods),
    )


def _scored(cases: Sequence[Case], method: str) -> Scores | None:
    answered = [(case, said) for case in cases if (said := case.said.get(method)) is not None]
    return scores([Call(said, case.reached) for case, said in answered], _outcomes([case for case, _ in answered]))


def _outcomes(cases: Sequence[Case]) -> int:
    return len({(case.series, case.outcome) for case in cases})
