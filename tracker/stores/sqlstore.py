"""A ledger that a database keeps and reduces: the same statements whatever the engine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from tracker.errors import InvalidFile, Problem, Say, Unreachable, say
from tracker.model.excerpt import Excerpt
from tracker.stores import statements
from tracker.stores.sqlrows import actuals, periods_of, split, without_series

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from tracker.model.actual import Actual, View
    from tracker.model.excerpt import Wanted
    from tracker.stores import Decision
    from tracker.stores.dialects import Dialect
    from tracker.stores.sqlrows import Run
    from tracker.stores.statements import Range, Source, Statement

    Batches = Callable[[str, Sequence[object]], Iterator[list[Sequence[Any]]]]


class Engine(Protocol):
    """A database that runs statements; every method raises `Unreachable` where it cannot."""

    @property
    def name(self) -> str:
        """Return what people call the database, never with a password."""

    @property
    def dialect(self) -> Dialect:
        """Return what differs in its SQL."""

    @property
    def shares_readers(self) -> bool:
        """Tell whether several processes may read at once, each faster than one alone."""

    threads: int | None
    """How many threads the engine may use here; None leaves it to the engine."""

    def source(self) -> Source:
        """Return where its lines come from; raises `WrongUsage` where no such columns are there."""

    def rows(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement."""

    def columns(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement as columns; none at all where there are no rows."""

    @property
    def batches(self) -> Batches | None:
        """Return what yields the rows of `columns` some at a time, as the engine holds them; None where none does."""

    def writing(self, series: Collection[str] | None) -> AbstractContextManager[None]:
        """Hold off other writers of some series (None: of all), and store what is added at the end, or nothing."""

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Add lines inside `writing` and return their positions: their own where `placed`, else the next ones."""

    def faults(self) -> list[str]:
        """Return what the engine itself finds damaged."""

    def close(self) -> None:
        """Let go of the database."""


class SqlStore:
    """A ledger in a database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._source: Source | None = None

    @property
    def name(self) -> str:
        """Return what people call the database."""
        return self.engine.name

    def in_force(
        self, view: View, series: Collection[str] | None = None, wanted: Callable[[], Wanted] | None = None
    ) -> dict[str, list[Actual]]:
        """Return the lines that hold for a view, by series and in order of time; only what is wanted, if said."""
        result: dict[str, list[Actual]] = {}
        for part in self.parts(view, series, wanted):
            result |= part
        return result

    def parts(
        self,
        view: View,
        series: Collection[str] | Range | None = None,
        wanted: Callable[[], Wanted] | None = None,
        most: int | None = None,
    ) -> Iterator[dict[str, list[Actual]]]:
        """Yield what `in_force` returns, at most so many series at a time."""
        table, dialect = self._table(), self.engine.dialect
        asked = wanted and wanted()
        if asked is not None and not self._is_short(view, asked):
            statement = statements.excerpts(table, dialect, view, series, asked)
            for names, part in self._split(statement, most):
                found, lacking = self._excerpts(names, part, asked, statement.fields)
                yield found | (self.in_force(view, lacking) if lacking else {})
            return
        statement = statements.in_force(table, dialect, view, series, asked)
        for names, part in self._split(statement, most):
            lines = actuals(part, self.name, statement.fields)
            yield {name: lines[start:end] for name, start, end in names}

    def _split(self, statement: Statement, most: int | None) -> Iterator[tuple[Sequence[Run], Sequence[Sequence[Any]]]]:
        batches = self.engine.batches
        if most is None or batches is None:
            return split([self._columns(statement)], most)
        return split(batches(statement.text, statement.bound), most)

    def _excerpts(
        self, names: Sequence[Run], columns: Sequence[Sequence[Any]], wanted: Wanted, fields: Sequence[str]
    ) -> tuple[dict[str, list[Actual]], list[str]]:
        """Return the lines of each series for which an excerpt is enough, and the names of the others."""
        result, lacking = {}, []
        every = actuals(columns, self.name, fields)
        backs, totals, lows, highs = columns[-4:]
        for name, start, end in names:
            lines = every[start:end]
            recent = sum(back <= wanted.last for back in backs[start:end])
            excerpt = Excerpt(lines, totals[start], recent, lows[start], highs[start])
            if len(lines) < totals[start] and not wanted.enough(name, excerpt):
                lacking.append(name)
            else:
                result[name] = lines
        return result, lacking

    def _is_short(self, view: View, wanted: Wanted) -> bool:
        """Tell whether there are so few periods that no series can have more lines in force than are wanted."""
        periods = self._table().periods
        return periods is not None and sum(one.end <= view.as_of for one in periods.values()) <= wanted.last

    def lines(self, series: Collection[str] | None = None) -> list[Actual]:
        """Return every recorded line in the order of writing; `series` None means all."""
        return actuals(self._columns(statements.lines(self._table(), self.engine.dialect, series)), self.name)

    def batches(self, after: int | None = None) -> Iterator[list[Actual]]:
        """Yield all lines, or those behind a position, in the order of writing, some at a time."""
        from tracker.stores.passing import passing

        yield from passing(self.engine, self._table(), after)

    def series(self) -> list[str]:
        """Return the names of the series that have lines."""
        table = self._table()
        names = [name for (name,) in self.engine.rows(statements.series_names(table))]
        if None in names:
            periods = (when for (when,) in self.engine.rows(statements.nameless_periods(table)))
            raise InvalidFile(without_series(periods, self.name))
        return names

    def append(self, decide: Decision, series: Collection[str] | None = None) -> list[Actual]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place."""
        from tracker.stores.csvreading import ACTUALS
        from tracker.stores.csvwriting import read_back

        with self._written(series):
            given = list(decide(self._lines_before(series)))
            if not given:
                return []
            # what a database would hold and a text file would not must not depend on where it is kept
            lines = [line._replace(line=None) for line in read_back(given, ACTUALS)[0]]
            positions = self.engine.add(lines, placed=False)
        return [line._replace(position=place) for line, place in zip(lines, positions, strict=True)]

    def _lines_before(self, series: Collection[str] | None) -> list[Actual]:
        try:
            return self.lines(series)
        except Unreachable as error:
            raise Unreachable(say("{reason}; nothing was recorded", reason=error.message), error.help) from error

    def take(self, lines: Sequence[Actual]) -> None:
        """Append lines with the positions that they have elsewhere, all or nothing."""
        with self._written(None):
            self.engine.add(lines, placed=True)

    @contextmanager
    def _written(self, series: Collection[str] | None) -> Iterator[None]:
        """Hold off other writers; the first of all makes the table, and of files there are more afterwards."""
        try:
            with self.engine.writing(series):
                self._source = None
                yield
        finally:
            self._source = None

    def warnings(self) -> list[Problem]:
        """Return one warning about all lines that have no day."""
        ((count,),) = self.engine.rows(statements.undated(self._table()))
        if not count:
            return []
        what = say(
            "{n} line has neither published nor recorded_at",
            "{n} lines have neither published nor recorded_at",
            n=count,
        )
        advice = say("a line without a day is taken as known always, and older than every other line")
        return [Problem(self.name, None, None, what, advice, warning=True)]

    def faults(self) -> list[Say]:
        """Return what the engine itself finds damaged, and the lines that break a rule among each other."""
        from tracker.stores.rules import broken_rules

        found = [say("{words}", words=words) for words in self.engine.faults()]
        return found or broken_rules(self.engine, self._table())

    def close(self) -> None:
        """Let go of the database."""
        self.engine.close()

    def _table(self) -> Source:
        if self._source is None:
            source = self.engine.source()
            if source.periods is not None:
                written = self.engine.rows(statements.written_periods(source))
                source = source._replace(periods=periods_of(written, self.name))
                if source.doubts:
                    from tracker.stores.unreadable import refuse_unreadable

                    refuse_unreadable(self.engine, source)
            self._source = source
        return self._source

    def _columns(self, statement: Statement) -> list[Sequence[Any]]:
        return self.engine.columns(statement.text, statement.bound)
