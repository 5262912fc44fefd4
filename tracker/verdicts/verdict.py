"""What a rule is asked and what it says: data only."""

from datetime import date
from enum import StrEnum

from tracker.errors import Say
from tracker.model.number import settled
from tracker.tuples import NamedTuple

NOT_AVAILABLE = "not_available"
"""The label of a rule that cannot say anything."""


class Call(StrEnum):
    """What a rule's verdict means on the scale that all methods share."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"


class Yearly(NamedTuple):
    """The value of one year, in the series' unit; it stands at the day `on`."""

    on: date
    value: float


class Aim(NamedTuple):
    """What is to be reached by `due`: at least `low`, at most `high` (None: no such side), within `tolerance`.

    `met_now` says whether it is met now, where the latest value against these edges does not: a target that moves.
    """

    due: date
    low: float | None
    high: float | None
    tolerance: float = 0.0
    met_now: bool | None = None

    def met(self, value: float) -> bool:
        """Tell whether a value meets it; both edges count."""
        low = None if self.low is None else settled(self.low - self.tolerance)
        high = None if self.high is None else settled(self.high + self.tolerance)
        return (low is None or settled(value) >= low) and (high is None or settled(value) <= high)

    def is_met_by(self, latest: float) -> bool:
        """Tell whether it is met now; `latest` is the latest value."""
        return self.met(latest) if self.met_now is None else self.met_now


class Rates(NamedTuple):
    """What statcan's rule was made from: both rates are fractions a year, counted from the base year.

    `required` and `target` are None without a target; `coefficient` then scales the thresholds near a limit.
    """

    base: Yearly
    now: Yearly
    observed: float
    due: date | None = None
    target: float | None = None
    required: float | None = None
    coefficient: float = 1.0


class Lead(NamedTuple):
    """What destatis' rule was made from: the mean yearly `change` from `first` to `now`, and where it leads by `due`.

    `target` is the edge that was aimed at; None inside a band that was never outside. `keeps`: every year counts.
    """

    first: Yearly
    now: Yearly
    points: int
    change: float
    due: date
    target: float | None
    projected: float
    met: bool
    keeps: bool = False


class Verdict(NamedTuple):
    """What a rule says: its own label, ratio and score, each None where the rule has none.

    `call` is None where the rule cannot say anything; `notes` tell why, and what the verdict depends on;
    `basis` is what it was made from.
    """

    label: str | None
    ratio: float | None = None
    score: float | None = None
    call: Call | None = None
    notes: tuple[Say, ...] = ()
    basis: Rates | Lead | None = None


def unavailable(*notes: Say) -> Verdict:
    """Return the verdict of a rule that cannot say anything; `notes` tell why."""
    return Verdict(NOT_AVAILABLE, notes=notes)
