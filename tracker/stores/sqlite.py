"""SQLite: one file on one machine, many readers and writers, from the standard library."""

# paths go to the operating system as they are:
# ruff: noqa: PTH100, PTH110, PTH113, PTH123

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from tracker.errors import Unreachable, WrongUsage, say
from tracker.stores import migrations
from tracker.stores.dialects import SQLITE
from tracker.stores.mapped import UNORDERED, mapped_source, no_lines, quoted
from tracker.stores.sqlitecells import add_functions
from tracker.stores.sqliterest import may_write_beside, rest_of
from tracker.stores.sqlrows import COLUMNS, text_row, transposed
from tracker.stores.statements import OWN, OWN_TABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.model.actual import Actual
    from tracker.model.goal import StoreTable
    from tracker.stores.dialects import Dialect
    from tracker.stores.statements import Source

_MOUNTS = "/proc/self/mounts"
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "fuse.glusterfs", "ceph", "lustre")
_NEW_FILE = 0o666
_HEADER = b"SQLite format 3\x00"
_SECONDS = 60.0
"""How long a writer waits for its turn, and a reader for one that is being written as a whole."""
_PAUSES = 0.0005, 0.004
_INSERT = f"INSERT INTO {OWN_TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class SqliteEngine:
    """A SQLite file; `create` tells whether writing may make it, `table` what was there before us."""

    dialect: Dialect = SQLITE
    shares_readers = True
    batches = None
    threads: int | None = None

    def __init__(self, path: str, table: StoreTable, *, create: bool) -> None:
        self.name = path
        self._table = table
        self._create = create
        self._reading: sqlite3.Connection | None = None
        self._writing: sqlite3.Connection | None = None
        self._rest: tuple[int, ...] | None = None

    def source(self) -> Source:
        """Return where the lines come from."""
        if self._table.is_given:
            name = self._table.name or OWN_TABLE
            there = {row[1]: row[2] for row in self.rows("SELECT * FROM pragma_table_info(?)", [name])}
            if not there:
                raise WrongUsage(say('{store} has no table "{table}"', store=self.name, table=name))
            return mapped_source(quoted(name, SQLITE), there, self._table.columns, SQLITE, self._place(name, there))
        tables = {name for (name,) in self.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
        if OWN_TABLE in tables:
            ((done,),) = self.rows("PRAGMA user_version")
            migrations.check("sqlite", done, self.name)
            return OWN
        if tables:
            what = say("{store} holds tables, but none of actuals", store=self.name)
            raise Unreachable(what, say("{header} in the goals file names one: table = …", header="[store]"))
        return no_lines(SQLITE)

    def _place(self, name: str, there: Mapping[str, str]) -> str:
        """Return what orders the lines of a table; a view has no places, nor has a table WITHOUT ROWID."""
        # of such a table alone this tells something: its name is then that of an index, too
        without = self.rows("SELECT 1 FROM pragma_index_info(?)", [name])
        views = self.rows("SELECT 1 FROM sqlite_schema WHERE type = 'view' AND lower(name) = lower(?)", [name])
        is_column = "rowid" in {column.lower() for column in there}
        return "t.rowid" if is_column or not (without or views) else UNORDERED

    def rows(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement."""
        given = [json.dumps(one) if isinstance(one, list) else one for one in bound]
        while True:
            connection = self._writing or self._opened()
            try:
                found = connection.execute(text, given).fetchall()
            except sqlite3.Error as error:
                what = say("{file} cannot be read: {reason}", file=self.name, reason=_reason(error))
                raise Unreachable(what) from error
            if self._rest is None or self._writing is not None or self._rest == rest_of(self.name):
                return found
            self.close()  # somebody has begun to write what was read without looking for writers

    def columns(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement as columns; none at all where there are no rows."""
        return transposed(self.rows(text, bound))

    def _opened(self) -> sqlite3.Connection:
        if self._reading is None:
            if self._create and not os.path.exists(self.name):
                self._reading = sqlite3.connect(":memory:")  # it will be made when something is written
                add_functions(self._reading)
                return self._reading
            if not os.path.isfile(self.name):
                what = say("{file} cannot be read: there is no such file", file=self.name)
                raise Unreachable(what, say("`tracker store copy actuals.csv {file}` makes it", file=self.name))
            self._reading = self._connected("mode=ro")
            if not may_write_beside(self.name):
                self._reading = self._at_rest(self._reading)
        return self._reading

    def _at_rest(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Return a connection that reads without a log, where none is there and none can be made."""
        try:
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        except sqlite3.OperationalError:
            self._rest = rest_of(self.name)
            if self._rest is None:  # somebody else's log cannot be read: then the file alone is not what it holds
                return connection
            connection.close()
            return self._connected("mode=ro&immutable=1")
        return connection

    def _connected(self, how: str) -> sqlite3.Connection:
        if _is_other(self.name):
            raise Unreachable(say("{file} cannot be opened: {reason}", file=self.name, reason="file is not a database"))
        uri = f"file:{quote(os.path.abspath(self.name))}?{how}"
        try:
            connection = sqlite3.connect(uri, uri=True, timeout=_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise Unreachable(
                say("{file} cannot be opened: {reason}", file=self.name, reason=_reason(error))
            ) from error
        add_functions(connection)
        return connection

    @contextmanager
    def writing(self, series: Collection[str] | None) -> Iterator[None]:  # noqa: ARG002  a file has one writer
        """Hold the file for writing; what is added is on the disk at the end, or nothing is."""
        if self._table.is_given:
            raise WrongUsage(say("{store} is a table of somebody else, which is only read", store=self.name))
        if not self._create and not os.path.isfile(self.name):
            raise Unreachable(say("{file} cannot be written: there is no such file", file=self.name))
        is_new = not os.path.exists(self.name)
        self._make()
        connection = self._connected("mode=rwc")
        try:
            with self._told_as_unwritten():
                log = "TRUNCATE" if is_on_network(os.path.abspath(self.name)) else "WAL"
                _in_turn(connection, f"PRAGMA journal_mode={log}", "PRAGMA synchronous=FULL", "BEGIN IMMEDIATE")
            self._writing = connection
            with self._told_as_unwritten():
                self._migrate(connection)
                yield
                connection.execute("COMMIT")
        finally:
            self._writing = None
            connection.close()  # what is not committed is taken back
            self.close()
            if is_new:
                self._take_back()

    def _take_back(self) -> None:
        """Remove a file that was made for lines which found no room: it would be read as a store without lines."""
        with suppress(OSError):
            if os.path.getsize(self.name) == 0:  # noqa: PTH202
                os.unlink(self.name)  # noqa: PTH108

    def _make(self) -> None:
        """Make the file where there is none, as SQLite would keep a group from writing it whatever the umask says."""
        with suppress(OSError):  # it is there, or SQLite will say what is wrong
            os.close(os.open(self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW_FILE))

    @contextmanager
    def _told_as_unwritten(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            what = say(
                "{file} cannot be written: {reason}; nothing was recorded", file=self.name, reason=_reason(error)
            )
            raise Unreachable(what) from error

    def _migrate(self, connection: sqlite3.Connection) -> None:
        ((done,),) = connection.execute("PRAGMA user_version").fetchall()
        for number, statements in migrations.steps("sqlite", done, self.name):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Add lines and return their positions."""
        connection = self._writing
        if connection is None:
            raise RuntimeError(self.name)
        if not placed:
            ((last,),) = connection.execute(f"SELECT COALESCE(MAX(position), 0) FROM {OWN_TABLE}").fetchall()
            lines = [line._replace(position=place) for place, line in enumerate(lines, last + 1)]
        connection.executemany(_INSERT, map(text_row, lines))
        return [line.position for line in lines]

    def faults(self) -> list[str]:
        """Return what SQLite's own check finds damaged."""
        found = [str(text) for (text,) in self.rows("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Let go of the file."""
        self._rest = None
        if self._reading is not None:
            self._reading.close()
            self._reading = None


def _in_turn(connection: sqlite3.Connection, *statements: str) -> None:
    """Run statements that need the file for themselves, each as soon as it can be had, for `_SECONDS` at most.

    SQLite's own waiting sleeps ever longer, up to 100 ms, so that of several writers those who have waited longest
    look least often, and some wait for seconds. Short pauses of random length give all the same chance.
    """
    deadline = time.monotonic() + _SECONDS
    connection.execute("PRAGMA busy_timeout=0")
    for statement in statements:
        while True:
            try:
                connection.execute(statement).fetchall()
            except sqlite3.OperationalError as error:
                is_held = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
                if not is_held or time.monotonic() > deadline:
                    raise
                import random

                time.sleep(random.uniform(*_PAUSES))  # noqa: S311  no secret
            else:
                break
    connection.execute(f"PRAGMA busy_timeout={int(_SECONDS * 1000)}")


def _reason(error: sqlite3.Error) -> str:
    return str(error)


def _is_other(path: str) -> bool:
    """Tell whether a file is no database at all; SQLite takes one of less than a page for an empty one, and writes."""
    try:
        with open(path, "rb") as file:
            begins = file.read(len(_HEADER))
    except OSError:  # it is told by what opens it
        return False
    return begins not in {b"", _HEADER}


def is_on_network(path: str, mounts: str | None = None) -> bool:
    """Tell whether a file lies on a drive of another machine, where SQLite's shared log (WAL) does not work."""
    try:
        with open(mounts or _MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
            rows = [line.split(" ")[1:3] for line in file]
    except OSError:
        return False
    real = os.path.realpath(path)
    places = [(place.encode().decode("unicode_escape"), kind) for place, kind in rows]
    under = [(len(place), kind) for place, kind in places if real.startswith(place.rstrip("/") + "/")]
    return bool(under) and max(under)[1].startswith(_NETWORK)
