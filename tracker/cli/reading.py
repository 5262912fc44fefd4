"""What a command works on: the goals, their actuals and the day we look from, read and checked."""

import os
from collections.abc import Mapping, Sequence
from datetime import date

from tracker import clock
from tracker.cli import days, language
from tracker.errors import TrackerError, WrongUsage, say
from tracker.goals.find import find_goals
from tracker.goals.read import GoalsRead, read_goals
from tracker.model.actual import Actual, View
from tracker.model.goal import GoalsFile, Method
from tracker.project import Project, Scope, complete, declare, store_of
from tracker.stores import Store, open_store
from tracker.tuples import NamedTuple
from tracker.wording.words import Words


class Where(NamedTuple):
    """What the command line says about files and language, and whose rule gives the verdict."""

    goals: str | None = None
    actuals: str | None = None
    lang: str | None = None
    method: str | None = None


class Held(NamedTuple):
    """A project and the words for its reader."""

    project: Project
    words: Words

    @property
    def file(self) -> GoalsFile:
        """Return the goals."""
        return self.project.file

    @property
    def store(self) -> Store:
        """Return where the actuals are kept."""
        return self.project.store

    @property
    def actuals(self) -> Mapping[str, Sequence[Actual]]:
        """Return the lines in force, by series."""
        return self.project.actuals

    @property
    def view(self) -> View:
        """Return the day we look from, and what is known."""
        return self.project.view


def view_of(as_of: str | None, known_on: str | None, recorded_by: str | None = None) -> View:
    """Return the view the options ask for; without --as-of it is today."""

    def day(text: str | None, option: str) -> date | None:
        return None if text is None else days.read_day(text, option)

    return View(day(as_of, "--as-of") or clock.today(), day(known_on, "--known-on"), day(recorded_by, "--recorded-by"))


def check_language(lang: str | None) -> None:
    """Refuse a language that tracker does not speak."""
    for named, option in ((lang, "--lang"), (os.environ.get(language.VARIABLE), language.VARIABLE)):
        if named and named not in language.LANGUAGES:
            what = say('{option}: "{text}" is not a language', option=option, text=named)
            raise WrongUsage(what, say("there are {known}", known=", ".join(language.LANGUAGES)))


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


def store_named(url: str | None, where: Where, *, create: bool) -> Store:
    """Return the store of a path or address, else the one of the goals; `create` allows one that is not there yet.

    What `[store]` says of a table counts here too, for the store of the goals and any other that is not one of ours;
    one that may be made is ours.
    """
    if create and url is not None:
        return open_store(url, "", named=False)
    try:
        goals = read_goals(find_goals(where.goals, os.environ, "."))
    except TrackerError:
        if url is None or where.goals is not None:
            raise
        return open_store(url, "", named=True)  # a store can be copied and checked without goals
    if url is None:
        return store_of(where.actuals, goals)
    mapped = open_store(url, "", named=True, table=goals.file.store)
    if not goals.file.store.is_given or mapped.name == store_of(where.actuals, goals).name:
        return mapped
    from tracker.stores.address import is_ours

    own = open_store(url, "", named=True)
    return own if is_ours(own) else mapped


def read(where: Where, view: View, scope: str = Scope.HISTORY) -> Held:
    """Return goals and actuals: those of the series that the goals file declares or uses, or of all.

    A method on the command line comes before the one in the goals file. What is wrong with the actuals is said in the
    language that the goals file names.

    Raises:
        WrongUsage: the language or the method is not known.
        InvalidFile: every problem of both files at once.
        Unreachable: one of them cannot be read.
    """
    declared, words = declared_for(where)
    return Held(complete(declared, where.actuals, view, scope), words)


def declared_for(where: Where) -> tuple[GoalsRead, Words]:
    """Return the goals that the command line means, before any actual is read, and the words for their reader.

    Raises what `read` raises of them.
    """
    check_language(where.lang)
    declared = declare(where.goals, where.actuals, known_method(where.method))
    return declared, language.from_file(declared.file.language).renamed(declared.file.rules.labels)
