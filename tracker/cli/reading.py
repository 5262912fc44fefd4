"""What a command works on: the goals, their actuals and the day we look from, read and checked."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.assess.figures import Assessment
from tracker.checks import ledger_problems
from tracker.cli import clock, language
from tracker.errors import InvalidFile, Problem, TrackerError, WrongUsage, say
from tracker.goals.find import find_goals
from tracker.goals.read import GoalsRead, read_goals
from tracker.goals.references import reference_problems
from tracker.model.actual import Actual, View
from tracker.model.goal import GoalsFile, Method
from tracker.stores import Store, open_store
from tracker.wording.words import Words

if TYPE_CHECKING:
    from tracker.model.excerpt import Wanted

VARIABLE = "TRACKER_ACTUALS"
DEFAULT_ACTUALS = "actuals.csv"


class Where(NamedTuple):
    """What the command line says about files and language, and whose rule gives the verdict."""

    goals: str | None = None
    actuals: str | None = None
    lang: str | None = None
    method: str | None = None


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


def known_method(text: str | None) -> Method | None:
    """Return the method that --method names; a name that is none is refused with the nearest one."""
    if text is None:
        return None
    try:
        return Method(text)
    except ValueError:
        from tracker.cli.selecting import nearest

        what = say('--method: "{name}" is not a method', name=text)
        raise WrongUsage(what, nearest(text.lower(), list(Method))) from None


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


class Scope:
    """How much of the actuals a command needs: what decides the goals, the history of their series, or everything."""

    DECISIVE = "decisive"
    HISTORY = "history"
    EVERYTHING = "everything"


def read(where: Where, view: View, scope: str = Scope.HISTORY) -> Held:
    """Return goals and actuals: those of the series that the goals file declares or uses, or of all.

    A method on the command line comes before the one in the goals file.

    Raises:
        WrongUsage: the language or the method is not known.
        InvalidFile: every problem of both files at once.
        Unreachable: one of them cannot be read.
    """
    check_language(where.lang)
    method = known_method(where.method)
    path = find_goals(where.goals, os.environ, ".")
    try:
        goals = read_goals(path, method)
    except InvalidFile as error:
        raise InvalidFile([*_errors(error.problems), *_of_actuals(where, path)]) from None
    words = language.from_file(goals.file.language).renamed(goals.file.rules.labels)
    store = store_for(where, goals, path)
    file = _expanded(goals.file, store)
    ranked = any(series.rank_of is not None for series in file.series.values())  # by series that no goal may use
    asked = None if ranked or scope == Scope.EVERYTHING else file.series
    needed = (lambda: _wanted(file, view)) if scope == Scope.DECISIVE and not ranked else None
    actuals: Mapping[str, Sequence[Actual]] = store.in_force(view, asked, needed)
    problems = [
        *reference_problems(goals.file._replace(panels=file.panels), actuals, goals.text, store.series),
        *ledger_problems(file, actuals, store.name),
    ]
    if problems:
        raise InvalidFile(problems)
    if ranked:
        from tracker.assess.ranking import with_ranks

        actuals = with_ranks(file, actuals)
    return Held(goals._replace(file=file), store, actuals, view, words)


def _expanded(file: GoalsFile, store: Store) -> GoalsFile:
    """Return the goals with one for each series that matches a declaration for many."""
    if not any("{" in goal.id for goal in file.goals):
        return file
    from tracker.goals.panels import expanded

    return expanded(file, store.series)


def _wanted(file: GoalsFile, view: View) -> "Wanted":
    from tracker.assess.enough import wanted

    return wanted(file, view)


def with_notes(seen: list[Assessment], held: Held) -> list[Assessment]:
    """Return the assessments with the latest note on each goal that the view knows, where there are notes at all."""
    path = notes_path(held)
    if not os.path.exists(path):  # noqa: PTH110
        return seen
    from tracker.model.note import latest_notes
    from tracker.stores.notes import note_book

    notes = latest_notes(note_book(path).lines(), held.view)
    return [one._replace(noted=notes.get(one.goal.id)) for one in seen]


def notes_path(held: Held) -> str:
    """Return where notes are kept: beside the goals."""
    return os.path.join(os.path.dirname(held.file.file), "notes.csv")  # noqa: PTH118, PTH120


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
