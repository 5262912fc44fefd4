"""How long the chances of very many goals take, beside less that a user would write: `python benchmarks/chance.py`.

100,000 histories of 40 actuals on one core. All ways run in turn in one loop; the ratios are what counts. The
floor is numpy's straight line through the logarithms of the same columns, drawn to due: a projection without
any chance. The scalar ways answer fewer goals and are counted up.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from tracker.chance import Answer, Model, Question, Scale, answers
from tracker.chance.answering import ALIKE, MANY
from tracker.chance.columns import column_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

GOALS = 100_000
HISTORY = 40
ROUNDS = 7
FEW = 500
ALLOWED = {"chances": 0.5}


class Histories(NamedTuple):
    """Random walks with drift: values and times of shape (HISTORY, goals), due and target of shape (goals,)."""

    times: NDArray[np.float64]
    values: NDArray[np.float64]
    due: NDArray[np.float64]
    target: NDArray[np.float64]


def histories() -> Histories:
    """Return histories that look like yearly series with some actuals missing."""
    rng = np.random.default_rng(20261123)
    values = 100 * np.exp(np.cumsum(rng.normal(0.02, 0.05, (HISTORY, GOALS)), axis=0))
    times = np.cumsum(rng.choice([1.0, 1.0, 1.0, 2.0], (HISTORY, GOALS)), axis=0)
    times -= times[0].copy()
    return Histories(times, values, times[-1] + 3, values[-1] * 1.1)


def straight_line(some: Histories) -> NDArray[np.float64]:
    """Return the exponential trend of each history at due, by least squares."""
    logs = np.log(some.values)
    centre = some.times.mean(axis=0)
    off = some.times - centre
    slope = (off * logs).sum(axis=0) / (off * off).sum(axis=0)
    ahead: NDArray[np.float64] = logs.mean(axis=0) + slope * (some.due - centre)
    return np.exp(ahead)


def questions(some: Histories, count: int) -> list[Question]:
    """Return the first histories as questions."""
    times, values = some.times[:, :count].T.tolist(), some.values[:, :count].T.tolist()
    columns = (times, values, some.due[:count].tolist(), some.target[:count].tolist())
    return [
        Question(Model.TREND, tuple(clock), tuple(history), due, target, up=True, scale=Scale.AUTO)
        for clock, history, due, target in zip(*columns, strict=True)
    ]


def ways(some: Histories) -> dict[str, tuple[Callable[[], object], int]]:
    """Return each way by name, with the number of goals it answers."""
    few, many = questions(some, FEW), questions(some, GOALS // 10)
    asked = (some.times, some.values, some.due, some.target)
    return {
        "straight line": (lambda: straight_line(some), GOALS),
        "chances": (lambda: column_answers(*asked, up=True, ranges=False), GOALS),
        "chances, ranges": (lambda: column_answers(*asked, up=True), GOALS),
        "chances, total": (lambda: column_answers(*asked, up=True, model=Model.TOTAL, ranges=False), GOALS),
        "answers()": (lambda: answers(many), len(many)),
        "floats": (lambda: [answers([question], ranges=False) for question in few], FEW),
        "floats, ranges": (lambda: one_by_one(few), FEW),
    }


def seconds(way: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def main() -> None:
    """Print the medians per 100,000 goals and the ratios to the floor; exit 1 where one is beyond what is allowed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    tried = ways(histories())
    taken: dict[str, list[float]] = {name: [] for name in tried}
    for _ in range(ROUNDS):
        for name, (way, count) in tried.items():
            taken[name].append(seconds(way) * GOALS / count)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{GOALS:,} histories of {HISTORY} actuals, one core, median of {ROUNDS}")
    print(f"{'way':<16} {'seconds':>8} {'µs a goal':>10} {'/ straight line':>16} {'at most':>8}")
    for name, median in medians.items():
        ratio = median / medians["straight line"]
        allowed = f"{ALLOWED[name]:.1f}" if name in ALLOWED else ""
        print(f"{name:<16} {median:>8.3f} {median / GOALS * 1e6:>10.2f} {ratio:>16.2f} {allowed:>8}")
    print_thresholds(histories())
    if any(medians[name] > most for name, most in ALLOWED.items()):
        sys.exit(1)


def print_thresholds(some: Histories) -> None:
    """Print what decides between floats and columns: few goals in both ways, and what loading numpy costs."""
    for count in (ALIKE // 2, ALIKE, 2 * ALIKE, MANY):
        part = Histories(*(column[..., :count] for column in some))
        one = min(seconds(partial(one_by_one, questions(part, count))) for _ in range(ROUNDS))
        together = min(seconds(partial(column_answers, *part, up=True)) for _ in range(ROUNDS))
        print(f"{count:>5} goals of one length: floats {one * 1000:6.2f} ms, columns {together * 1000:6.2f} ms")
    without, loading = (
        min(seconds(partial(subprocess.run, [sys.executable, "-c", code], check=True)) for _ in range(ROUNDS))
        for code in ("pass", "import numpy")
    )
    print(f"loading numpy: {(loading - without) * 1000:.1f} ms")


def one_by_one(asked: list[Question]) -> list[Answer]:
    """Return the answers of questions asked one at a time, on floats."""
    return [answers([question])[0] for question in asked]


if __name__ == "__main__":
    main()
