"""What a command works on: the goals, their actuals and the day we look from, read and checked."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from tracker.assess.enough import wanted
from tracker.checks import ledger_problems
from tracker.cli import clock, language
from tracker.errors import InvalidFile, Problem, TrackerError, WrongUsage, say
from tracker.goals.find import find_goals
from tracker.goals.offered import method_problems
from tracker.goals.panels import expanded
from tracker.goals.read import GoalsRead, read_goals
from tracker.goals.references import reference_problems
from tracker.model.actual import Actual, View
from tracker.model.goal import GoalsFile
from tracker.stores import Store, open_store
from tracker.wording.words import Words

VARIABLE = "TRACKER_ACTUALS"
DEFAULT_ACTUALS = "actuals.csv"


class Where(NamedTuple):
    """What the command line says about files and language."""

    goals: str | None = None
    actuals: str | None = None
    lang: str | None = None


class Held(NamedTuple):
    """Goals and actuals as read: `actuals` are the lines in force for `view`."""

    read: GoalsRead
    store: Store
    actuals: Mapping[str, Sequence[Actual]]
    view: View
    words: Words

    @property
    def file(self) -> GoalsFile:
        """Return the goals."""
        return self.read.file


def view_of(as_of: str | None, known_on: str | None, recorded_by: str | None = None) -> View:
    """Return the view the options ask for; without --as-of it is today."""

    def day(text: str | None, option: str) -> date | None:
        return None if text is None else clock.read_day(text, option)

    return View(day(as_of, "--as-of") or clock.today(), day(known_on, "--known-on"), day(recorded_by, "--recorded-by"))


def check_language(lang: str | None) -> None:
    """Refuse a language that tracker does not speak."""
    for named, option in ((lang, "--lang"), (os.environ.get(language.VARIABLE), language.VARIABLE)):
        if named and named not in language.LANGUAGES:
            raise WrongUsage(say('{option}: "{text}" is not a language; write en or zh', option=option, text=named))


def store_for(where: Where, read: GoalsRead | None, goals_path: str) -> Store:
    """Return the store of actuals: --actuals, then TRACKER_ACTUALS, then what the goals file says."""
    named = where.actuals or os.environ.get(VARIABLE)
    folder = os.path.dirname(goals_path)  # noqa: PTH120
    table = read.file.store if read is not None else None
    if named:
        return open_store(named, "", named=True, table=table)
    declared = read.file.actuals if read is not None else DEFAULT_ACTUALS
    return open_store(declared, folder, named=declared != DEFAULT_ACTUALS, table=table)


def store_named(url: str | None, where: Where, *, create: bool) -> Store:
    """Return the store of a path or address, else the one of the goals; `create` allows one that is not there yet."""
    if url is not None:
        return open_store(url, "", named=not create)
    path = find_goals(where.goals, os.environ, ".")
    return store_for(where, read_goals(path), path)


class Scope(Enum):
    """How much of the actuals a command needs: what decides the goals, the history of their series, or everything."""

    DECISIVE = "decisive"
    HISTORY = "history"
    EVERYTHING = "everything"


def read(where: Where, view: View, scope: Scope = Scope.HISTORY) -> Held:
    """Return goals and actuals: those of the series that the goals file declares or uses, or of all.

    Raises:
        InvalidFile: every problem of both files at once.
        Unreachable: one of them cannot be read.
    """
    check_language(where.lang)
    path = find_goals(where.goals, os.environ, ".")
    try:
        goals = read_goals(path)
    except InvalidFile as error:
        raise InvalidFile([*_errors(error.problems), *_of_actuals(where, path)]) from None
    words = language.from_file(goals.file.language)
    store = store_for(where, goals, path)
    file = expanded(goals.file, store.series)
    asked = None if scope is Scope.EVERYTHING else file.series
    actuals = store.in_force(view, asked, wanted(file, view) if scope is Scope.DECISIVE else None)
    problems = [
        *method_problems(file, goals.text),
        *reference_problems(goals.file, actuals, goals.text, store.series),
        *ledger_problems(file, actuals, store.name),
    ]
    if problems:
        raise InvalidFile(problems)
    return Held(goals._replace(file=file), store, actuals, view, words)


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


def _of_actuals(where: Where, goals_path: str) -> list[Problem]:
    """Return the problems of the actuals beside goals that cannot be used, so that all are known at once."""
    try:
        store_for(where, None, goals_path).lines()
    except InvalidFile as error:
        return _errors(error.problems)
    except TrackerError:
        return []
    return []
