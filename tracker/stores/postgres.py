"""PostgreSQL: one server, many writers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import Say, Unreachable, WrongUsage, say
from tracker.stores import extras, migrations
from tracker.stores.dialects import POSTGRES
from tracker.stores.mapped import UNORDERED, mapped_source, no_lines, table_name
from tracker.stores.passwords import of_postgres
from tracker.stores.reasons import unstored
from tracker.stores.sqlrows import COLUMNS, row, transposed
from tracker.stores.statements import OWN, OWN_TABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from types import ModuleType

    from tracker.model.actual import Actual
    from tracker.model.goal import StoreTable
    from tracker.stores.dialects import Dialect
    from tracker.stores.statements import Source

_LOCK = 0x747261636B6572  # "tracker": the advisory locks of ours are in a space of their own
_FEW = 500
"""Up to so many lines go as single inserts, which give their positions back; more go as one COPY."""
_DATA = ", ".join(COLUMNS[1:])
_INSERT = f"INSERT INTO {OWN_TABLE} ({_DATA}) VALUES ({', '.join(['%s'] * (len(COLUMNS) - 1))}) RETURNING position"
_COPY = f"COPY {OWN_TABLE} ({', '.join(COLUMNS)}) FROM STDIN"
_NEXT = f"SELECT setval(pg_get_serial_sequence('{OWN_TABLE}', 'position'), %s)"
_SETTINGS = "-c TimeZone=UTC -c DateStyle=ISO -c extra_float_digits=1"
_COLUMNS = (
    "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
    "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
_TRIES = 2
_CHUNK = 1000


class PostgresEngine:
    """A PostgreSQL database; `table` is what was there before us."""

    dialect: Dialect = POSTGRES
    shares_readers = True
    batches = None
    threads: int | None = None

    def __init__(self, url: str, table: StoreTable) -> None:
        self._hidden = of_postgres(url)
        self.name = self._hidden.shown
        scheme, mark, rest = url.partition("://")
        self._url = scheme.lower() + mark + rest  # the driver knows it in small letters only
        self._table = table
        self._connection: Any = None

    @property
    def _psycopg(self) -> ModuleType:
        return extras.module("psycopg", "postgres", self.name)

    def source(self) -> Source:
        """Return where the lines come from."""
        name = self._table.name or OWN_TABLE
        relation = table_name(name, POSTGRES)
        bare = relation.replace("%%", "%")  # a name that is bound has no marks to tell from percent signs
        there: dict[str, str] = {one[0]: one[1] for one in self.rows(_COLUMNS, [bare])}
        if not self._table.is_given:
            if there:
                self._check_version()
            return OWN if there else no_lines(POSTGRES)
        if not there:
            raise WrongUsage(say('{store} has no table "{table}"', store=self.name, table=name))
        return mapped_source(relation, there, self._table.columns, POSTGRES, UNORDERED)

    def rows(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement; one that only reads is tried again on a new connection."""
        is_inside = self._connection is not None and not self._connection.autocommit
        for attempt in range(_TRIES):
            try:
                # as they come, so that the server goes on while we read, and nobody holds all of them twice
                size = _CHUNK if self._psycopg.capabilities.has_stream_chunked() else 1
                found: list[Sequence[Any]] = list(self._opened().cursor().stream(text, list(bound), size=size))
            except self._psycopg.OperationalError as error:
                is_lost = self._connection is not None and self._connection.closed
                if is_inside or not is_lost or attempt == _TRIES - 1:
                    raise self._unreachable(say("{store} cannot be read: {reason}", **self._told(error))) from None
                self.close()
            except self._psycopg.Error as error:
                raise self._unreachable(say("{store} cannot be read: {reason}", **self._told(error))) from None
            else:
                return found
        raise RuntimeError(self.name)

    def columns(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement as columns; none at all where there are no rows."""
        return transposed(self.rows(text, bound))

    def _opened(self) -> Any:  # noqa: ANN401  psycopg is loaded only once it is used
        if self._connection is None:
            psycopg = self._psycopg
            try:
                given = psycopg.conninfo.conninfo_to_dict(self._url)
                settings = f"{given.get('options') or ''} {_SETTINGS}".strip()
                wait = {} if "connect_timeout" in given else {"connect_timeout": 10}
                self._connection = psycopg.connect(
                    self._url, autocommit=True, options=settings, fallback_application_name="tracker", **wait
                )
            except psycopg.Error as error:
                raise self._unreachable(say("{store} cannot be reached: {reason}", **self._told(error))) from None
        return self._connection

    @contextmanager
    def writing(self, series: Collection[str] | None) -> Iterator[None]:
        """Hold off other writers of some series; what is added is stored at the end, or nothing is."""
        if self._table.is_given:
            raise WrongUsage(say("{store} is a table of somebody else, which is only read", store=self.name))
        psycopg = self._psycopg
        connection = self._opened()
        state = "nothing"
        try:
            connection.autocommit = False
            self._migrate()
            self._lock(series)
            yield
            state = "sent"
            connection.commit()
            state = "stored"
        except psycopg.Error as error:
            raise self._unreachable(unstored(may_be=state == "sent", **self._told(error))) from None
        finally:
            if state == "stored":
                connection.autocommit = True
            else:
                self.close()

    def _check_version(self) -> None:
        """Refuse tables of a newer tracker, as far as whoever reads may know of what format they are."""
        versions = migrations.VERSIONS_TABLE
        may = self.rows("SELECT has_table_privilege(to_regclass(%s), 'SELECT')", [versions])
        if may == [(True,)]:
            ((done,),) = self.rows(f"SELECT COALESCE(MAX(version), 0) FROM {versions}")
            migrations.check("postgres", done, self.name)

    def _migrate(self) -> None:
        versions, connection = migrations.VERSIONS_TABLE, self._connection
        ((there,),) = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [versions]).fetchall()
        done = 0
        if there:
            ((done,),) = connection.execute(f"SELECT COALESCE(MAX(version), 0) FROM {versions}").fetchall()
        if not migrations.steps("postgres", done, self.name):
            return
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])  # of two that come first one makes the table
        connection.execute(f"CREATE TABLE IF NOT EXISTS {versions} (version INTEGER NOT NULL)")
        ((done,),) = connection.execute(f"SELECT COALESCE(MAX(version), 0) FROM {versions}").fetchall()
        for number, statements in migrations.steps("postgres", done, self.name):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"INSERT INTO {versions} VALUES (%s)", [number])

    def _lock(self, series: Collection[str] | None) -> None:
        """Take the locks of some series, in one order everywhere so that no two writers wait for each other."""
        connection = self._connection
        if series is None:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK + 1])
            return
        connection.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK + 1])
        keys = connection.execute(
            "SELECT DISTINCT hashtextextended(name, %s) FROM unnest(%s::text[]) AS name ORDER BY 1",
            [_LOCK, list(series)],
        ).fetchall()
        for (key,) in keys:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [key])

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Add lines and return their positions; many go as one COPY."""
        connection = self._connection
        if not placed and len(lines) <= _FEW:
            return [int(connection.execute(_INSERT, row(line)[1:]).fetchone()[0]) for line in lines]
        if not placed:
            places = connection.execute(
                f"SELECT nextval(pg_get_serial_sequence('{OWN_TABLE}', 'position')) FROM generate_series(1, %s)",
                [len(lines)],
            ).fetchall()
            lines = [line._replace(position=place) for line, (place,) in zip(lines, places, strict=True)]
        with connection.cursor().copy(_COPY) as copy:
            for line in lines:
                copy.write_row(row(line))
        last = max((line.position for line in lines), default=0)
        if placed and last > 0:  # the places of another store may lie below those that a sequence gives
            connection.execute(_NEXT, [last])
        return [line.position for line in lines]

    def faults(self) -> list[str]:
        """Return nothing: the server checks its pages itself, and reading all lines is the check."""
        return []

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _told(self, error: Exception) -> dict[str, object]:
        return {"store": self.name, "reason": self._hidden.told(str(error))}

    def _unreachable(self, what: Say) -> Unreachable:
        return Unreachable(what)
