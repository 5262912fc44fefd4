"""The parameters of the models, each fitted once and held fixed.

Trend: 49,148 backtest cases of real yearly series; running totals and years likewise, on cases of their own.
The project's note "The chance of reaching a target" has the measured scores.
"""

from tracker.tuples import NamedTuple


class Component(NamedTuple):
    """One damped-trend filter: how fast it learns, how far its trend carries, how much it is believed."""

    alpha: float
    """Share of an error that moves the level."""
    beta: float
    """Least share of an error that moves the trend."""
    kappa: float
    """Slows the learning of the trend at the start: the share is 1/(j + kappa) at first."""
    phi: float
    """What is left of the trend after one spacing."""
    c1: float
    """Power of the horizon by which the spread widens."""
    lp: float
    """Logarithm of its weight before anything is seen."""


class Fitted(NamedTuple):
    """Components with what they share."""

    forgets: float
    """lambda: what is left of old squared errors after one step."""
    s0: float
    """Spread before anything is seen."""
    nu0: float
    """How many actuals that first spread counts for."""
    c0: float
    """Scale of the spread by the horizon's power."""
    c2: float
    """Scale of the spread that comes from a short history."""
    tau: float
    """How strongly past errors decide between the components."""
    components: tuple[Component, ...]


LOG = Fitted(
    forgets=0.937,
    s0=0.117,
    nu0=0.013,
    c0=0.30,
    c2=0.40,
    tau=0.40,
    components=(
        Component(1.084, 0.821, 1.27, 0.990, 1.13, -0.60),  # the last trend goes on
        Component(0.979, 0.066, 1.37, 0.953, 1.225, 0.45),  # damped long-run drift
        Component(0.441, 0.113, 8.54, 0.372, 0.356, 0.15),  # noise around a level
    ),
)
"""For logarithms of positive values and for log odds of shares."""

LEVEL = Fitted(
    forgets=0.776,
    s0=0.204,
    nu0=0.018,
    c0=0.638,
    c2=0.103,
    tau=0.511,
    components=(
        Component(0.900, 0.958, 4.47, 0.706, 1.70, -0.52),
        Component(0.463, 0.024, 13.95, 0.292, -0.165, 0.52),
    ),
)
"""For values as they are, over their mean size."""


class TotalFitted(NamedTuple):
    """The running total's: what the coming rate is made of, and how sure it is."""

    mean: float = 0.25
    """Weight of the mean rate of the whole history."""
    recent: float = 0.75
    """Weight of the mean rate of the last increments."""
    increments: int = 3
    """How many increments are the last."""
    floor: float = 0.1
    """Spread of an increment that even a perfectly steady history keeps, as a share of the mean rate."""


TOTAL = TotalFitted()


class YearFitted(NamedTuple):
    """The year's: how growth so far and the season's share carry over to the rest."""

    growth: float = 0.75
    """Share of the growth so far that the rest of the year keeps."""
    season: float = 0.57
    """Weight of what the mean share of three years says beyond that."""
    years: int = 3
    """How many years the mean share is taken of."""
    spread: float = 0.019
    """Spread between the growth of the rest and of the first part, before anything is seen."""
    counts: float = 20.0
    """How many pairs of years that first spread counts for."""
    closing: float = 0.18
    """Power by which the spread narrows as the year goes."""
    unusual: float = 0.22
    """Spread added for each unit of logarithmic growth so far."""


YEAR = YearFitted()
