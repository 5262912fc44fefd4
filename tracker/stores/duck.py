"""DuckDB: what asks it, and a file of its own for one writer at a time."""

# paths go to the operating system as they are:
# ruff: noqa: PTH110

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import InvalidFile, Problem, Say, Unreachable, WrongUsage, say
from tracker.stores import extras, migrations
from tracker.stores.dialects import DUCKDB
from tracker.stores.mapped import UNORDERED, mapped_source, no_lines, table_name
from tracker.stores.passwords import Hidden
from tracker.stores.sqlrows import row
from tracker.stores.statements import OWN, OWN_TABLE
from tracker.stores.wholefile import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import StoreTable
    from tracker.stores.dialects import Dialect
    from tracker.stores.statements import Source

_PAUSE = 0.05
_TYPES = ("BIGINT", "VARCHAR", "VARCHAR", "DATE", "DATE", "DOUBLE", "VARCHAR", "DATE", *["VARCHAR"] * 3, "TIMESTAMP")
# whole columns at a time: a row at a time is fifty times slower
_INSERT = f"INSERT INTO {OWN_TABLE} SELECT {', '.join(f'unnest(CAST(? AS {one}[]))' for one in _TYPES)}"
_VERSION = f"SELECT COALESCE(MAX(version), 0) FROM {migrations.VERSIONS_TABLE}"
_MOST_PLACES = 2**44
"""Places up to here fit beside the age of their line in one number."""
_BATCHES = "temp.tracker_batches"
_BATCH = 50_000
PREVIEW = "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {relation} LIMIT 0)"


class Asked:
    """What every engine of DuckDB does alike: ask one that `_opened` connects to, once it is needed."""

    dialect: Dialect = DUCKDB
    shares_readers = True
    threads: int | None = None

    def __init__(self, hidden: Hidden, table: StoreTable) -> None:
        self._hidden = hidden
        self.name = hidden.shown
        self._table = table
        self._connection: Any = None

    def _opened(self, *, read_only: bool) -> Any:  # noqa: ANN401  duckdb is loaded only once it is used
        raise NotImplementedError

    def _config(self) -> dict[str, Any]:
        return {} if self.threads is None else {"threads": self.threads}

    def rows(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement."""
        rows: list[Sequence[Any]] = self._found(text, bound, "fetchall")
        return rows

    def columns(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement as columns; none at all where there are no rows.

        They come by way of arrays, which takes a third of the time of rows.
        """
        arrays = self._found(text, bound, "fetchnumpy")
        columns = [one.astype("M8[us]").tolist() if one.dtype.kind == "M" else one.tolist() for one in arrays.values()]
        wrong = [
            Problem(self.name, None, name, say("a day or moment is not in the years 1 to 9999"))
            for (name, one), cells in zip(arrays.items(), columns, strict=True)
            if one.dtype.kind == "M" and int in map(type, cells)  # such as infinity, which Python has no day for
        ]
        if wrong:
            raise InvalidFile(wrong)
        return columns if columns and columns[0] else []

    def batches(self, text: str, bound: Sequence[object] = ()) -> Iterator[list[Sequence[Any]]]:
        """Yield what `columns` returns, some rows at a time: all of them are in a table of the engine until then.

        That is a fifth of what they take as objects here.
        """
        self._found(f"CREATE OR REPLACE TEMP TABLE {_BATCHES} AS {text}", bound, "fetchall")
        ((count,),) = self.rows(f"SELECT COUNT(*) FROM {_BATCHES}")
        for first in range(0, count, _BATCH):
            yield self.columns(f"SELECT * FROM {_BATCHES} WHERE rowid >= ? AND rowid < ?", [first, first + _BATCH])
        self.rows(f"DROP TABLE {_BATCHES}")

    def _found(self, text: str, bound: Sequence[object], fetch: str) -> Any:  # noqa: ANN401
        if self._connection is None:
            self._connection = self._opened(read_only=True)
        error_class = extras.module("duckdb", "duckdb", self.name).Error
        try:
            return getattr(self._connection.execute(text, list(bound)), fetch)()
        except error_class as error:
            raise _unreachable(self._hidden, error, _advice(error)) from error

    def close(self) -> None:
        """Let go of what is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class DuckdbEngine(Asked):
    """A DuckDB file; `create` tells whether writing may make it, `table` what was there before us."""

    def __init__(self, path: str, table: StoreTable, *, create: bool) -> None:
        super().__init__(Hidden(path), table)
        self._create = create

    def source(self) -> Source:
        """Return where the lines come from."""
        tables: dict[str, str] = dict(
            map(tuple, self.rows("SELECT table_name, table_type FROM information_schema.tables"))
        )
        if self._table.is_given:
            name = self._table.name or OWN_TABLE
            kind = tables.get(name.rpartition(".")[2])
            if kind is None:
                raise WrongUsage(say('{store} has no table "{table}"', store=self.name, table=name))
            relation = table_name(name, DUCKDB)
            there: dict[str, str] = {one[0]: one[1] for one in self.rows(PREVIEW.format(relation=relation))}
            is_placed = kind != "VIEW" or "rowid" in {column.lower() for column in there}
            place = "t.rowid" if is_placed else UNORDERED
            return mapped_source(relation, there, self._table.columns, DUCKDB, place)
        if OWN_TABLE in tables:
            if migrations.VERSIONS_TABLE in tables:
                ((done,),) = self.rows(_VERSION)
                migrations.check("duckdb", done, self.name)
            ((first, last),) = self.rows(f"SELECT MIN(position), MAX(position) FROM {OWN_TABLE}")
            # a copy has the places of its source, which may be any numbers
            return OWN._replace(counted=first is None or (first > -_MOST_PLACES and last < _MOST_PLACES))
        if tables:
            what = say("{store} holds tables, but none of actuals", store=self.name)
            raise Unreachable(what, say("{header} in the goals file names one: table = …", header="[store]"))
        return no_lines(DUCKDB)

    def _opened(self, *, read_only: bool) -> Any:  # noqa: ANN401  duckdb is loaded only once it is used
        duckdb = extras.module("duckdb", "duckdb", self.name)
        exists = os.path.exists(self.name)
        if not exists and not self._create:
            what = say("{file} cannot be read: there is no such file", file=self.name)
            raise Unreachable(what, say("`tracker store copy actuals.csv {file}` makes it", file=self.name))
        if not exists and read_only:
            return duckdb.connect(":memory:")  # it will be made when something is written
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return duckdb.connect(self.name, read_only=read_only, config=self._config())
            except duckdb.Error as error:
                is_held = "lock" in str(error).lower()
                if not is_held or time.monotonic() > deadline:
                    advice = say("a DuckDB file has one writing process at a time") if is_held else None
                    told = _unreachable if read_only else _unwritable
                    raise told(self._hidden, error, advice) from error
                time.sleep(_PAUSE)

    @contextmanager
    def writing(self, series: Collection[str] | None) -> Iterator[None]:  # noqa: ARG002  a file has one writer
        """Hold the file for writing; what is added is on the disk at the end, or nothing is."""
        if self._table.is_given:
            raise WrongUsage(say("{store} is a table of somebody else, which is only read", store=self.name))
        self.close()
        self._connection = self._opened(read_only=False)
        error_class = extras.module("duckdb", "duckdb", self.name).Error
        try:
            self._connection.execute("BEGIN")
            _migrate(self._connection, self.name)
            yield
            self._connection.execute("COMMIT")
        except error_class as error:
            raise _unwritable(self._hidden, error) from error
        finally:
            self.close()

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Add lines and return their positions."""
        if not placed:
            ((last,),) = self.rows(f"SELECT COALESCE(MAX(position), 0) FROM {OWN_TABLE}")
            lines = [line._replace(position=place) for place, line in enumerate(lines, last + 1)]
        columns = [list(column) for column in zip(*map(row, lines), strict=True)]
        if columns:
            self._connection.execute(_INSERT, columns)
        return [line.position for line in lines]

    def faults(self) -> list[str]:
        """Return nothing: DuckDB checks every block it reads, so reading all lines is the check."""
        return []


def _migrate(connection: Any, store: str) -> None:  # noqa: ANN401  duckdb is loaded only once it is used
    versions = migrations.VERSIONS_TABLE
    connection.execute(f"CREATE TABLE IF NOT EXISTS {versions} (version INTEGER NOT NULL)")
    ((done,),) = connection.execute(_VERSION).fetchall()
    for number, statements in migrations.steps("duckdb", done, store):
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"INSERT INTO {versions} VALUES (?)", [number])


def _advice(error: Exception) -> Say | None:
    if "extension 'httpfs" not in str(error):
        return None
    return say("DuckDB reads there with its extension httpfs, which it fetches itself where it can reach the internet")


def _unreachable(store: Hidden, error: Exception, advice: Say | None = None) -> Unreachable:
    return Unreachable(say("{file} cannot be read: {reason}", file=store.shown, reason=_reason(store, error)), advice)


def _unwritable(store: Hidden, error: Exception, advice: Say | None = None) -> Unreachable:
    reason = _reason(store, error)
    what = say("{file} cannot be written: {reason}; nothing was recorded", file=store.shown, reason=reason)
    return Unreachable(what, advice)


def _reason(store: Hidden, error: Exception) -> str:
    first, _, rest = str(error).partition("\n")
    return store.told(f"{first} {rest.strip().partition(chr(10))[0]}" if first.endswith(":") else first)
