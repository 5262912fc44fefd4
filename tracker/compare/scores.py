"""How good calls were: what was said in advance beside what came."""

from collections.abc import Sequence
from math import sqrt

from tracker.model.number import settled
from tracker.tuples import NamedTuple

BINS = 10
SURE, UNLIKELY = 0.8, 0.2
"""A call at or above the one, or below the other, is a sure one."""
ENOUGH = 100
"""Squared errors of calls spread by about .2, so 100 independent outcomes leave a Brier score a standard error of
.2/√100 = .02: what good methods differ by. Fewer cannot tell them apart."""


class Call(NamedTuple):
    """One call: the chance that was given (0…1), and whether the target was reached in the end."""

    said: float
    reached: bool


class Bin(NamedTuple):
    """The calls of one tenth of the chances: how many, their mean chance and the share reached (None without any)."""

    cases: int
    said: float | None
    reached: float | None


class Scores(NamedTuple):
    """How a method did.

    `brier`: mean squared distance of chance and outcome (0 is perfect, .25 is a coin); `error`: its standard error,
    which a single outcome has not.
    `accuracy`: share of calls on the right side of .5. `sure`: how many calls were at .8 and above or below .2, and
    `sure_right`, how often those were right (None without any). `calibration_error`: mean distance of what was said
    and what came over the ten `bins`, by their calls.
    """

    cases: int
    brier: float
    error: float | None
    accuracy: float
    sure: int
    sure_right: float | None
    calibration_error: float
    bins: tuple[Bin, ...]


def scores(calls: Sequence[Call], outcomes: int) -> Scores | None:
    """Return how calls did; None without any.

    `outcomes` is how many different outcomes the calls are about: several calls on one do not make it surer.

    >>> found = scores([Call(0.9, True), Call(0.1, False), Call(0.6, False), Call(0.4, True)], 4)
    >>> found.brier, found.accuracy, found.sure, found.sure_right
    (0.185, 0.5, 2, 1.0)
    """
    if not calls:
        return None
    n = len(calls)
    off = [(call.said - call.reached) ** 2 for call in calls]
    brier = sum(off) / n
    spread = sqrt(sum((one - brier) ** 2 for one in off) / n)
    sure = [call for call in calls if settled(call.said) >= SURE or settled(call.said) < UNLIKELY]
    bins = tuple(_bin([call for call in calls if _place(call.said) == place]) for place in range(BINS))
    return Scores(
        n,
        settled(brier),
        settled(spread / sqrt(outcomes)) if outcomes > 1 else None,
        settled(sum(_is_right(call) for call in calls) / n),
        len(sure),
        settled(sum(_is_right(call) for call in sure) / len(sure)) if sure else None,
        settled(sum(one.cases * abs((one.said or 0.0) - (one.reached or 0.0)) for one in bins) / n),
        bins,
    )


def _is_right(call: Call) -> bool:
    """Tell whether a call was on the right side; an even one counts as a yes."""
    return (settled(call.said) >= 0.5) is call.reached  # noqa: PLR2004  the middle


def _place(said: float) -> int:
    return min(int(settled(said * BINS)), BINS - 1)


def _bin(calls: Sequence[Call]) -> Bin:
    n = len(calls)
    if not n:
        return Bin(0, None, None)
    return Bin(n, settled(sum(call.said for call in calls) / n), settled(sum(call.reached for call in calls) / n))
