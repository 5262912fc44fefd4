"""What an assessment says: the figures of a goal, as data. Null (None) is "does not apply"."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.errors import Say
from tracker.model.actual import Actual, Quality
from tracker.model.goal import Break, Goal, Kind, Method, Step
from tracker.periods import Period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:  # only who has a rule's verdict or notes needs to load them
    from tracker.model.note import Note
    from tracker.verdicts import Lead
    from tracker.verdicts import Rates as RatesUsed


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
    """Where the goal starts; `value` is None where nothing was recorded for the period.

    It is None also where a break without a link, `broken`, parts it from the latest actual.
    """

    period: Period
    value: float | None
    point: Point | None
    implied: bool = False
    broken: Break | None = None


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
    breaks: tuple[Break, ...] = ()


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
    """What the chosen method says itself: its own label, ratio and score, None where it has none.

    `notes` tell why it says nothing, or what the verdict depends on; `basis` is what it was made from.
    """

    method: Method = Method.CHANCE
    label: str | None = None
    ratio: float | None = None
    score: float | None = None
    notes: tuple[Say, ...] = ()
    basis: "RatesUsed | Lead | None" = None


class ProRata(NamedTuple):
    """A year's total read by time alone: the target times the share of the year gone, and the sum against it."""

    expected: float | None
    ahead: float | None
    pace: float | None


class YearSeen(NamedTuple):
    """A year's total before the year is over: what the model of the year used.

    `before` has for each full year, oldest first, the sum of the same periods and of the rest; `last` is last
    year's total. `pro_rata` is the reading by time alone that offices use.
    """

    done: int
    periods: int
    last_same: float | None
    last_rest: float | None
    share: float | None
    before: tuple[tuple[float, float], ...] = ()
    last: float | None = None
    pro_rata: ProRata | None = None


class BudgetSeen(NamedTuple):
    """The misses that a kept goal allows: how many, of how many periods until due, and the periods missed so far."""

    allowed: int
    periods: int
    missed: tuple[Period, ...] = ()

    @property
    def left(self) -> int:
        """Return how many more periods may be missed; below 0 there were too many."""
        return self.allowed - len(self.missed)


class StepSeen(NamedTuple):
    """An intermediate target beside what stands at its day, None where nothing does."""

    step: Step
    value: float | None
    missed: bool

    @property
    def on(self) -> date:
        """Return its last day."""
        return self.step.due.end


class Rates(NamedTuple):
    """The published rates of a plan's years: those that count so far, of how many years."""

    done: tuple[Point, ...]
    years: int


class Common(NamedTuple):
    """One common period of a goal and what it is compared with, in the goal's unit."""

    period: Period
    value: float
    reference: float


class Assessment(NamedTuple):
    """Everything tracker says about one goal.

    `goal` carries the promise in force. `history` is what the chance was computed from, `common` the
    periods a moving target shares with its series, `missing` the periods of a kept goal without a value and `misses`
    those in which it was not met, `lacking` the periods without which the latest totals are not full, `recorded` the
    latest period of those that make no total or sum yet, where nothing else can be compared,
    `earlier` what was recorded before a break without a link (of `breaks`, those that matter),
    `grades` what each child of a mean is worth, 0 to 1, in the order of `children`; `limiting` is the id of the
    child that decides and `decisive` its name; `noted` is what people last
    noted about it, which decides nothing.
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
    decisive: str | None = None
    bound: str | None = None
    independent: float | None = None
    grades: tuple[float, ...] = ()
    history: tuple[Point, ...] = ()
    earlier: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()
    common: tuple[Common, ...] = ()
    year: YearSeen | None = None
    rates: Rates | None = None
    missing: int = 0
    misses: tuple[Period, ...] = ()
    lacking: tuple[Period, ...] = ()
    recorded: Period | None = None
    budget: BudgetSeen | None = None
    steps: tuple[StepSeen, ...] = ()
    notes: tuple[Say, ...] = ()
    noted: "Note | None" = None


class Turning(NamedTuple):
    """What would make a goal on track: `value` recorded for `period`, or the promise kept until `due`.

    Each is None where nothing of its kind would, or where the question does not apply. `achieves` tells that with the
    value it would be achieved.
    """

    period: Period | None = None
    value: float | None = None
    due: Period | None = None
    achieves: bool = False
