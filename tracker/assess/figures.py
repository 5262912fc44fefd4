"""What an assessment says: the figures of a goal, as data. Null (None) is "does not apply"."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import Say
from tracker.model.actual import Actual, Quality
from tracker.model.goal import Goal, Kind, Method
from tracker.periods import Period

if TYPE_CHECKING:  # only who has notes needs to load them
    from tracker.model.note import Note


class Status(StrEnum):
    """Where a goal stands; design section 7."""

    ACHIEVED = "achieved"
    ON_TRACK = "on-track"
    OPEN = "open"
    TOO_FEW = "too-few"
    NO_DATA = "no-data"
    AWAITING = "awaiting"
    AT_RISK = "at-risk"
    OVERDUE = "overdue"
    OFF_TRACK = "off-track"
    MISSED = "missed"


BEST_FIRST = tuple(Status)
JUDGED = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})
"""The statuses that look ahead: only these carry a chance."""


class Point(NamedTuple):
    """One value of a history; `actual` is the line it comes from, None for a goal's own baseline or a sum."""

    period: Period
    value: float
    quality: Quality | None
    source: str | None
    actual: Actual | None = None

    @property
    def on(self) -> date:
        """Return the day the value stands at."""
        return self.period.end


class BaselineSeen(NamedTuple):
    """Where the goal starts; `value` is None where nothing was recorded for the period."""

    period: Period
    value: float | None
    point: Point | None
    implied: bool = False


class TargetSeen(NamedTuple):
    """The target as it stands today.

    `value` is in the series' unit (None: it cannot be computed yet); `low` and `high` are a band;
    `now` is the reference at the latest common period. The rest is what it was made from: `base` the
    value it starts from, `rate` its growth a year, `span` the years it is carried on.
    """

    form: str | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    series: str | None = None
    now: float | None = None
    base: Point | None = None
    since: Point | None = None
    rate: float | None = None
    compound: bool = False
    span: float | None = None


class Growth(NamedTuple):
    """Growth observed, planned and required, all in `unit`; compound ones are fractions."""

    unit: str
    observed: float | None = None
    planned: float | None = None
    required: float | None = None
    undefined: Say | None = None
    compound: bool = False
    per: str = "year"


class Today(NamedTuple):
    """The view from as-of: share of the time gone, days left, growth needed over them in `unit`."""

    elapsed: float | None
    left: int | None
    required: float | None
    unit: str | None


class Projected(NamedTuple):
    """Where the actual leads by due: at the observed growth, and the model's 10, 50 and 90 % quantiles."""

    value: float | None = None
    low: float | None = None
    median: float | None = None
    high: float | None = None


class VerdictSeen(NamedTuple):
    """What the chosen method says itself."""

    method: Method = Method.CHANCE
    label: str | None = None
    ratio: float | None = None
    score: float | None = None
    note: Say | None = None


class YearSeen(NamedTuple):
    """A year's total before the year is over: what the model of the year used.

    `before` has for each full year, oldest first, the sum of the same periods and of the rest.
    """

    done: int
    periods: int
    last_same: float | None
    last_rest: float | None
    share: float | None
    before: tuple[tuple[float, float], ...] = ()


class Common(NamedTuple):
    """One common period of a goal and what it is compared with, in the goal's unit."""

    period: Period
    value: float
    reference: float


class Assessment(NamedTuple):
    """Everything tracker says about one goal.

    `goal` carries the promise in force. `history` is what the chance was computed from, `common` the
    periods a moving target shares with its series, `missing` the periods of a kept goal without a value, `noted`
    what people last noted about it, which decides nothing.
    """

    goal: Goal
    kind: Kind | None = None
    unit: str | None = None
    parent: str | None = None
    children: tuple[str, ...] = ()
    due: date | None = None
    baseline: BaselineSeen | None = None
    target: TargetSeen | None = None
    actual: Point | None = None
    age_days: int | None = None
    gap: float | None = None
    gap_now: float | None = None
    progress: float | None = None
    elapsed: float | None = None
    expected: float | None = None
    ahead: float | None = None
    growth: Growth | None = None
    pace: float | None = None
    today: Today = Today(None, None, None, None)
    projected: Projected | None = None
    reaches: date | None = None
    chance: float | None = None
    model: str | None = None
    verdict: VerdictSeen = VerdictSeen()
    status: Status = Status.NO_DATA
    stale: bool = False
    provisional: bool = False
    achieved_on: date | None = None
    lapsed: bool = False
    limiting: str | None = None
    bound: str | None = None
    independent: float | None = None
    history: tuple[Point, ...] = ()
    common: tuple[Common, ...] = ()
    year: YearSeen | None = None
    missing: int = 0
    missed_steps: tuple[date, ...] = ()
    notes: tuple[Say, ...] = ()
    noted: "Note | None" = None


class Turning(NamedTuple):
    """What would make a goal on track: `value` recorded for `period`, or the promise kept until `due`.

    Each is None where nothing of its kind would, or where the question does not apply.
    """

    period: Period | None = None
    value: float | None = None
    due: Period | None = None
