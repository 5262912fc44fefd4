"""Cases that somebody collected: this chance on them, beside the chances that other methods gave."""

from collections.abc import Mapping, Sequence

from tracker.chance import HISTORY, Model, Question, answers, cut
from tracker.compare.backtest import Case
from tracker.model.goal import Method
from tracker.tuples import NamedTuple


class Given(NamedTuple):
    """A history with evenly spaced values, oldest first, and what became of a target `horizon` spacings later.

    `said` holds other methods' chances by name, None where one has none.
    """

    series: str
    outcome: str
    history: tuple[float, ...]
    horizon: float
    up: bool
    target: float
    reached: bool
    said: Mapping[str, float | None]


def given_cases(rows: Sequence[Given]) -> list[Case]:
    """Return the cases with the trend model's chance, cut as everywhere, as that of the method "chance"."""
    asked = [_question(row) for row in rows]
    found = answers(asked, ranges=False)
    return [
        Case(
            row.series,
            row.outcome,
            row.reached,
            {Method.CHANCE.value: None if one.chance is None else cut(one.chance), **row.said},
        )
        for row, one in zip(rows, found, strict=True)
    ]


def _question(row: Given) -> Question:
    used = row.history[-HISTORY:]
    times = tuple(float(place) for place in range(len(used)))
    return Question(Model.TREND, times, used, times[-1] + row.horizon, row.target, row.up)
