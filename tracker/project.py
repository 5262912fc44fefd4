"""The public way in, which every command takes too: goals with their actuals, and what is to be said of them."""

import os.path
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker import clock
from tracker.assess import assess as assessed
from tracker.assess.figures import Assessment
from tracker.checks import ledger_problems
from tracker.errors import InvalidFile, Problem, TrackerError
from tracker.goals.find import find_goals
from tracker.goals.read import GoalsRead, read_goals
from tracker.goals.references import reference_problems
from tracker.model.actual import Actual, View
from tracker.model.goal import GoalsFile, Method, Series, StoreTable
from tracker.stores import Store, open_store
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from tracker.model.excerpt import Wanted

VARIABLE = "TRACKER_ACTUALS"
DEFAULT_ACTUALS = "actuals.csv"
NOTES = "notes.csv"


class Scope:
    """How much of the actuals is needed: what decides the goals, the history of their series, or everything."""

    DECISIVE = "decisive"
    HISTORY = "history"
    EVERYTHING = "everything"


class Project(NamedTuple):
    """Goals with the actuals that hold for `view`: for each series its lines in force, oldest first.

    `read` holds the warnings about the goals file beside the goals, `store` every line ever recorded.
    """

    read: GoalsRead
    store: Store
    actuals: Mapping[str, Sequence[Actual]]
    view: View

    @property
    def file(self) -> GoalsFile:
        """Return the goals, their series and the rules, as declared."""
        return self.read.file

    @property
    def notes_path(self) -> str:
        """Return where notes are kept: beside the goals."""
        return os.path.join(os.path.dirname(self.file.file), NOTES)  # noqa: PTH118, PTH120

    def in_force(self, view: View) -> Mapping[str, Sequence[Actual]]:
        """Return what `actuals` would be for another view: of the same series, ranks computed from what it knows."""
        return _with_ranks(self.file, self.store.in_force(view, _asked(self.file, Scope.HISTORY)))


def load(
    goals: str | os.PathLike[str] | None = None,
    actuals: str | None = None,
    view: View | None = None,
    method: Method | None = None,
) -> Project:
    """Return the goals of a file with their actuals, checked as `tracker status` checks them.

    `goals` is the path of the goals file: without it TRACKER_GOALS, else the goals.toml here or in the nearest folder
    above. `actuals` is a path or an address: without it TRACKER_ACTUALS, else what the goals file names. `view` is the
    day to look from and what was known on it: today and everything without it. `method` is whose rule gives the
    verdict: without it the one in the goals file.

    >>> from datetime import date
    >>> from tracker import View, load
    >>> project = load("goals.toml", view=View(as_of=date(2025, 1, 31)))
    >>> project.file.title
    '昭通:产、城、人'
    >>> [actual.value for actual in project.actuals["urbanization"]][-1]
    44.0

    Raises:
        InvalidFile: every problem in goals and actuals at once, each with its file and line.
        Unreachable: one of them is not there or cannot be read.
        WrongUsage: the actuals are kept in nothing that tracker knows.
    """
    declared = declare(None if goals is None else os.fspath(goals), actuals, None if method is None else Method(method))
    return complete(declared, actuals, view or View(clock.today()))


def assess(project: Project) -> list[Assessment]:
    """Return what tracker says about each goal, in the order of the file: its figures, its chance, its status.

    A figure that does not apply to a goal, or that cannot be known yet, is None. Shares and compound rates are
    fractions (0.05 a year is 5 %), everything else is in the unit that the assessment or its growth names.

    >>> from datetime import date
    >>> from tracker import View, assess, load
    >>> project = load("goals.toml", view=View(as_of=date(2025, 1, 31)))
    >>> seen = {one.goal.id: one for one in assess(project)}["gdp-2100"]
    >>> seen.status.value, seen.gap, seen.unit, round(seen.chance, 2)
    ('at-risk', 100.0, '亿元', 0.54)
    >>> seen.growth.required, seen.growth.unit
    (0.05, 'fraction/year')

    Raises:
        InvalidFile: a line of the notes beside the goals cannot be read.
    """
    seen = assessed(project.file, project.actuals, project.view)
    if not os.path.exists(project.notes_path):  # noqa: PTH110
        return seen
    from tracker.model.note import latest_notes
    from tracker.stores.notes import note_book

    notes = latest_notes(note_book(project.notes_path).lines(), project.view)
    return [one._replace(noted=notes.get(one.goal.id)) for one in seen]


def declare(goals: str | None, actuals: str | None = None, method: Method | None = None) -> GoalsRead:
    """Return the goals that a file declares, found as `load` finds it.

    Raises:
        InvalidFile: every problem of the file and of the actuals beside it at once.
        Unreachable: the file is not there or cannot be read.
    """
    path = find_goals(goals, os.environ, ".")
    try:
        return read_goals(path, method)
    except InvalidFile as error:
        raise InvalidFile([*_errors(error.problems), *_of_actuals(actuals, path)]) from None


def complete(declared: GoalsRead, actuals: str | None, view: View, scope: str = Scope.HISTORY) -> Project:
    """Return declared goals with the actuals in force, checked against each other.

    Raises:
        InvalidFile: every problem at once.
        Unreachable: the store of the actuals cannot be read.
        WrongUsage: it is none that tracker knows.
    """
    store = store_of(actuals, declared)
    file = _expanded(declared.file, store)
    needed = (lambda: _wanted(file, view)) if scope == Scope.DECISIVE and not _is_ranked(file) else None
    held: Mapping[str, Sequence[Actual]] = store.in_force(view, _asked(file, scope), needed)
    problems = [
        *reference_problems(declared.file._replace(panels=file.panels), held, declared.text, store.series),
        *ledger_problems(file, held, store.name),
    ]
    if problems:
        raise InvalidFile(problems)
    return Project(declared._replace(file=file), store, _with_ranks(file, held), view)


def store_of(actuals: str | None, declared: GoalsRead) -> Store:
    """Return the store of actuals: the one named, then TRACKER_ACTUALS, then what the goals file says."""
    return _store(actuals, declared.file.actuals, declared.file.file, declared.file.store)


def _store(named: str | None, declared: str, goals_path: str, table: StoreTable | None = None) -> Store:
    named = named or os.environ.get(VARIABLE)
    if named:
        return open_store(named, "", named=True, table=table)
    folder = os.path.dirname(goals_path)  # noqa: PTH120
    return open_store(declared, folder, named=declared != DEFAULT_ACTUALS, table=table)


def _expanded(file: GoalsFile, store: Store) -> GoalsFile:
    """Return the goals with one for each series that matches a declaration for many."""
    if not any("{" in goal.id for goal in file.goals):
        return file
    from tracker.goals.panels import expanded

    return expanded(file, store.series)


def _is_ranked(file: GoalsFile) -> bool:
    return any(series.rank_of is not None for series in file.series.values())


def _asked(file: GoalsFile, scope: str) -> Mapping[str, Series] | None:
    """Return the series to read, None for all: a rank is that among series that no goal may use."""
    return None if scope == Scope.EVERYTHING or _is_ranked(file) else file.series


def _with_ranks(file: GoalsFile, held: Mapping[str, Sequence[Actual]]) -> Mapping[str, Sequence[Actual]]:
    if not _is_ranked(file):
        return held
    from tracker.assess.ranking import with_ranks

    return with_ranks(file, held)


def _wanted(file: GoalsFile, view: View) -> "Wanted":
    from tracker.assess.enough import wanted

    return wanted(file, view)


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


def _of_actuals(actuals: str | None, goals_path: str) -> list[Problem]:
    """Return the problems of the actuals beside goals that cannot be used, so that all are known at once."""
    try:
        _store(actuals, DEFAULT_ACTUALS, goals_path).lines()
    except InvalidFile as error:
        return _errors(error.problems)
    except TrackerError:
        return []
    return []
