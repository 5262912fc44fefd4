"""Goals and series as goals.toml declares them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tracker.model.actual import Quality
from tracker.periods import Length, Period
from tracker.tuples import NamedTuple


class Kind(StrEnum):
    """How the values of a series behave; design section 2."""

    LEVEL = "level"
    TOTAL = "total"
    FLOW = "flow"
    YTD = "ytd"
    RATIO = "ratio"
    GROWTH = "growth"
    RANK = "rank"
    MILESTONE = "milestone"


SUMMED = frozenset({Kind.FLOW, Kind.YTD})
"""The kinds whose periods add up to a year's total."""


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Mode(StrEnum):
    """When the target counts as met: once by due, at due, or in every period until due."""

    BY = "by"
    AT = "at"
    KEEP = "keep"


class Repeat(StrEnum):
    """How often a goal repeats: once for each such period."""

    YEAR = "year"
    HALF = "half-year"
    QUARTER = "quarter"
    MONTH = "month"


class Path(StrEnum):
    """How the way from baseline to target is drawn: equal amounts or equal rates a year."""

    LINEAR = "linear"
    COMPOUND = "compound"


class Method(StrEnum):
    """Whose rule gives the verdict."""

    CHANCE = "chance"
    PACE = "pace"
    STATCAN = "statcan"
    DESTATIS = "destatis"


class Number(NamedTuple):
    """A target that is a plain number, in the series' unit."""

    value: float


class Moving(NamedTuple):
    """A target that moves: another series times `share` plus `offset`."""

    series: str
    offset: float = 0.0
    share: float = 1.0


class Times(NamedTuple):
    """A target that is a multiple of the goal's own value in a period."""

    times: float
    of: Period


class Change(NamedTuple):
    """A target that is the baseline plus an amount."""

    change: float


class Grown(NamedTuple):
    """A target that is the baseline grown by a yearly rate (0.08 for 8 %) until due."""

    growth: float


class Band(NamedTuple):
    """A target that is met between two values, both inclusive."""

    low: float
    high: float


Target = Number | Moving | Times | Change | Grown | Band
Declared = None | float | Mapping[str, object]
"""A target as goals.toml writes it: a number or a table, None where there is none."""


def declared(target: Target | None) -> Declared:
    """Return a target as goals.toml writes it.

    >>> declared(Number(60.0)), declared(Band(2.0, 3.0))
    (60.0, {'between': [2.0, 3.0]})
    """
    match target:
        case None:
            return None
        case Number(value):
            return value
        case Band(low, high):
            return {"between": [low, high]}
        case Times(times, of):
            return {"times": times, "of": of.text}
        case _:
            return target._asdict()


class Baseline(NamedTuple):
    """Where a goal starts: a period, with its value where no actual was recorded for it."""

    period: Period
    value: float | None = None


class Step(NamedTuple):
    """An intermediate target that bends the path."""

    due: Period
    target: float


class Revision(NamedTuple):
    """What was promised before, up to and including the day `until`; None keeps today's promise."""

    until: date
    target: Target | None = None
    due: Period | None = None
    why: str | None = None
    source: str | None = None


class Rule(StrEnum):
    """How a composite goal follows from its children."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    MEAN = "mean"


class Parts(NamedTuple):
    """The children of a composite goal.

    `least` is how many of them `at_least` asks for; `weights`, one for each child, are those of `mean`.
    """

    rule: Rule
    ids: tuple[str, ...]
    least: int
    weights: tuple[float, ...] = ()


class Span(NamedTuple):
    """A length of calendar time, such as how late a figure usually comes."""

    months: int = 0
    days: int = 0


class Allow(NamedTuple):
    """How many periods a kept goal may miss: a share of them all (0.01 for 1 %), or so many."""

    share: float | None = None
    periods: int | None = None


class Break(NamedTuple):
    """A day from which a series is measured otherwise; `link` times a value before it is comparable with after."""

    on: date
    why: str | None = None
    link: float | None = None


class Series(NamedTuple):
    """What is measured."""

    id: str
    name: str
    unit: str | None = None
    kind: Kind = Kind.LEVEL
    context: bool = False
    level: str | None = None
    breaks: tuple[Break, ...] = ()
    rank_of: str | None = None
    source: str | None = None
    url: str | None = None
    note: str | None = None
    declared: bool = True
    line: int | None = None


class Goal(NamedTuple):
    """One goal as declared; `series` is None for a composite, `sum` names the series it adds up.

    `declaration` is the id in the file where one declaration makes several goals, such as `urbanization/{county}` or
    a goal that repeats; None for a goal that was declared alone.
    """

    id: str
    name: str
    due: Period | None = None
    target: Target | None = None
    series: str | None = None
    sum: tuple[str, ...] = ()
    parts: Parts | None = None
    group: str | None = None
    baseline: Baseline | None = None
    direction: Direction = Direction.UP
    mode: Mode = Mode.BY
    path: Path | None = None
    allow: Allow | None = None
    tolerance: float = 0.0
    repeat: Repeat | None = None
    first: Period | None = None
    steps: tuple[Step, ...] = ()
    revisions: tuple[Revision, ...] = ()
    limit: float | None = None
    every: Span | None = None
    lag: Span = Span()
    owner: str | None = None
    tags: tuple[str, ...] = ()
    fields: Mapping[str, object] = {}
    source: str | None = None
    url: str | None = None
    quote: str | None = None
    note: str | None = None
    declaration: str | None = None
    line: int | None = None


class Rules(NamedTuple):
    """The verdict's method and bands; a chance from `on_track` up is on track, below `off_track` off.

    `labels` are what people read in place of a status, by the status.
    """

    method: Method = Method.CHANCE
    on_track: float = 2 / 3
    off_track: float = 1 / 3
    labels: Mapping[str, str] = {}


class Bare(StrEnum):
    """What a number without a unit in a series of percents is: 0.618 as 0.618 % or as 61.8 %."""

    PERCENT = "percent"
    FRACTION = "fraction"


class Import(NamedTuple):
    """How a table that comes again and again is read: where it lies in its file, and which label is which series."""

    labels: Mapping[str, str] = {}
    sheet: str | None = None
    range: str | None = None
    encoding: str | None = None
    bare: Bare | None = None
    step: Length | None = None
    source: str | None = None
    url: str | None = None
    note: str | None = None
    quality: Quality | None = None


class StoreTable(NamedTuple):
    """A table that was there before us: its name, and which of its columns hold what."""

    name: str | None = None
    columns: Mapping[str, str] = {}

    @property
    def is_given(self) -> bool:
        """Tell whether a table of somebody else is meant."""
        return self.name is not None or bool(self.columns)


class GoalsFile(NamedTuple):
    """Everything one goals.toml declares, in file order.

    `panels` has the series that declarations for many stand for, such as urbanization/{county}, once these are
    expanded.
    """

    file: str
    title: str | None
    language: str | None
    actuals: str
    goals: tuple[Goal, ...]
    series: Mapping[str, Series]
    rules: Rules = Rules()
    imports: Mapping[str, Import] = {}
    store: StoreTable = StoreTable()
    panels: Mapping[str, Series] = {}
