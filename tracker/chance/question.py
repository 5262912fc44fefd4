"""What is asked of a model and what it answers: data only."""

from enum import StrEnum

from tracker.tuples import NamedTuple

LEAST, MOST = 0.01, 0.99
"""What a chance is cut to: a model fitted on history never claims certainty."""


class Scale(StrEnum):
    """What the values may be: a share in % (0 to 100), whatever their sign says, or never a ratio.

    `LEVEL` is for ranks and for the difference of two series.
    """

    PERCENT = "percent"
    AUTO = "auto"
    LEVEL = "level"


class Model(StrEnum):
    """The model a chance comes from."""

    TREND = "trend"
    TOTAL = "total"
    YEAR = "year"


class Question(NamedTuple):
    """One question: will this history reach that target by its due?

    `times` are years from the first actual used to each actual, oldest first, strictly increasing, 2 to 40
    of them; `values` are the actuals, in the series' unit; `due` is on the same clock, later than the last of
    `times`. `target` None asks for the range alone. `mirrored` (for `Model.TOTAL`) is for a history that must
    come down to 0. `scale` matters to `Model.TREND` alone.
    """

    model: Model
    times: tuple[float, ...]
    values: tuple[float, ...]
    due: float
    target: float | None
    up: bool
    scale: Scale = Scale.AUTO
    mirrored: bool = False


class Answer(NamedTuple):
    """The chance of meeting the target at due, before the cut, and the range of values expected there.

    `low`, `median` and `high` are the 10 %, 50 % and 90 % quantiles in the series' unit. None: not asked for,
    or beyond what a float can hold.
    """

    chance: float | None
    low: float | None
    median: float | None
    high: float | None


def cut(chance: float) -> float:
    """Return a chance cut to 0.01 ... 0.99.

    >>> cut(0.0004), cut(0.5)
    (0.01, 0.5)
    """
    return min(max(chance, LEAST), MOST)
