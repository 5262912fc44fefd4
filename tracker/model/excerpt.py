"""Part of a series' history, for where a large store need not bring the rest."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from tracker.model.actual import Actual
from tracker.tuples import NamedTuple


class Excerpt(NamedTuple):
    """Some of the lines in force of one series, oldest first.

    `total` is how many are in force, `recent` how many of the latest are here without a gap; `low` and `high`
    bound the values of the rest (None: there is no rest).
    """

    lines: Sequence[Actual]
    total: int
    recent: int
    low: float | None
    high: float | None


class Wanted(NamedTuple):
    """What is asked of each series: its first line, its `last` ones, and those of periods that end on `days`.

    `enough` tells whether that answers the same as the whole history would; where not, the store brings it. What no
    figure needs, the note on a line and when it was published and recorded, may be left out; without `places` the place
    of a line, too, which a message may name.
    """

    last: int
    days: Collection[date]
    enough: Callable[[str, Excerpt], bool]
    places: bool = True
