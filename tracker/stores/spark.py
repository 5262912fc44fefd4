"""Spark: a cluster, by its standalone master or over Spark Connect, with Parquet or a table."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import Unreachable, WrongUsage, say
from tracker.stores import extras, sparkwatch
from tracker.stores.dialects import SPARK
from tracker.stores.mapped import UNORDERED, mapped_source, no_lines, table_name
from tracker.stores.passwords import of_spark
from tracker.stores.reasons import unstored
from tracker.stores.sqlrows import COLUMNS, row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import StoreTable
    from tracker.stores.dialects import Dialect
    from tracker.stores.statements import Source

_ADDRESS = re.compile(r"(?P<scheme>spark|sc)://(?P<host>[^/;]+)/?(?P<table>[^;]*)(?P<parameters>(?:;.*)?)", re.DOTALL)
_NO_SECRETS = {"use_ssl", "user_id", "user_agent", "session_id", "grpc_max_message_size"}
_LOOPBACK = ("127.", "localhost", "[::1]")
_TYPES = ("bigint", "string", "string", "date", "date", "double", "string", "date", *["string"] * 3, "timestamp_ntz")
_SCHEMA = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, _TYPES, strict=True))
_VIEW = "tracker_given"
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
}
_OWN_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.driver.memory": "1g",
}
"""What a program that drives the cluster itself needs; over Spark Connect the server has its own."""


class SparkEngine:
    """A cluster; `create` tells whether writing may make the table, `table` which columns of it hold what."""

    dialect: Dialect = SPARK
    shares_readers = False
    batches = None
    threads: int | None = None

    def __init__(self, url: str, table: StoreTable, *, create: bool) -> None:
        found = _ADDRESS.fullmatch(url)
        given = (table.name or found["table"]) if found else ""
        if found is None or not given:
            what = say("{store} names no table", store=url.partition(";")[0])
            raise WrongUsage(what, say("write spark://host:port/table or spark://host:port//folder/actuals.parquet"))
        self.name = f"{found['scheme']}://{found['host']}/{found['table']}"
        self._scheme, self._host, self._parameters = found["scheme"], found["host"], found["parameters"]
        self._hidden = of_spark(self.name, self._parameters, _NO_SECRETS)
        self._given = given
        self._table = table
        self._create = create
        self._session: Any = None

    @property
    def _is_files(self) -> bool:
        return "/" in self._given or self._given.endswith(".parquet")

    def source(self) -> Source:
        """Return where the lines come from."""
        relation = _VIEW if self._is_files else table_name(self._given, SPARK)
        try:
            with self._watched() as session:  # already the columns of files are read by the workers
                if self._is_files:
                    session.read.parquet(self._given).createOrReplaceTempView(_VIEW)
                there = dict(session.sql(f"SELECT * FROM {relation} LIMIT 0").dtypes)
        except self._error as error:
            is_missing = any(word in str(error) for word in ("PATH_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND"))
            if is_missing and self._create:
                return no_lines(SPARK)
            raise self._unreachable(error) from error
        return mapped_source(relation, there, self._table.columns, SPARK, UNORDERED)

    def rows(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement."""
        try:
            with self._watched() as session:
                found: list[Sequence[Any]] = session.sql(text, args=_given(bound)).collect()
        except self._error as error:
            raise self._unreachable(error) from error
        return found

    def columns(self, text: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
        """Return all rows of a statement as columns; none at all where there are no rows."""
        try:  # as Arrow, which the driver passes on without making an object of each cell
            with self._watched() as session:
                columns = session.sql(text, args=_given(bound)).toArrow().columns
        except self._error as error:
            raise self._unreachable(error) from error
        return [_cells(column) for column in columns] if columns and len(columns[0]) else []

    @contextmanager
    def _watched(self) -> Iterator[Any]:
        session = self._opened()
        if self._scheme == "sc":  # its server alone knows the workers
            yield session
            return
        with sparkwatch.watched(session, self.name):
            yield session

    @property
    def _error(self) -> Any:  # noqa: ANN401  pyspark is loaded only once it is used
        errors = [extras.module("pyspark.errors", "spark", self.name).PySparkException]
        errors.append(extras.module("py4j.protocol", "spark", self.name).Py4JError)
        return tuple(errors)

    def _opened(self) -> Any:  # noqa: ANN401  pyspark is loaded only once it is used
        if self._session is not None:
            return self._session
        sparkwatch.reached(self._scheme, self._host, self.name)
        builder = extras.module("pyspark.sql", "spark", self.name).SparkSession.builder.appName("tracker")
        if self._scheme == "sc":
            builder = builder.remote(f"sc://{self._host}/{self._parameters}")
        else:
            builder = builder.master(f"spark://{self._host}")
            own = {"spark.driver.host": "127.0.0.1"} if self._host.startswith(_LOOPBACK) else {}
            for name, value in {**_OWN_SETTINGS, **own}.items():
                builder = builder.config(name, value)
        try:
            self._session = builder.getOrCreate()
            for name, value in _SETTINGS.items():
                self._session.conf.set(name, value)
            if self._scheme == "sc":
                sparkwatch.with_less_patience(self._session)
        except (*self._error, RuntimeError) as error:
            raise self._unreachable(error) from error
        return self._session

    @contextmanager
    def writing(self, series: Collection[str] | None) -> Iterator[None]:  # noqa: ARG002  a cluster has no locks
        """Let lines be added: each addition is stored whole or not at all, but nothing holds off other writers."""
        if self._table.is_given:
            raise WrongUsage(say("{store} is a table of somebody else, which is only read", store=self.name))
        yield

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Add lines and return their positions."""
        if not placed:
            last = max((place for (place,) in self._last()), default=0)
            lines = [line._replace(position=place) for place, line in enumerate(lines, last + 1)]
        try:
            with self._watched() as session:
                # in one part, which is one file: it is there whole or not at all, whatever stops in the middle
                added = session.createDataFrame([row(line) for line in lines], _SCHEMA).coalesce(1)
                if self._is_files:
                    added.write.mode("append").parquet(self._given)
                else:
                    added.write.mode("append").saveAsTable(self._given)
        except self._error as error:
            raise Unreachable(unstored(may_be=sparkwatch.may_be_stored(error), **self._told(error))) from error
        return [line.position for line in lines]

    def _last(self) -> list[Sequence[Any]]:
        source = self.source()
        return self.rows(f"SELECT COALESCE(MAX({source.fields['position']}), 0) FROM {source.relation}")

    def faults(self) -> list[str]:
        """Return nothing: reading all lines is the check."""
        return []

    def close(self) -> None:
        """Let go of the cluster."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _told(self, error: Exception) -> dict[str, object]:
        return {"store": self.name, "reason": self._hidden.told(sparkwatch.told(error))}

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(say("{store} cannot be read: {reason}", **self._told(error)))


def _cells(column: Any) -> Sequence[Any]:  # noqa: ANN401  pyarrow is not typed
    """Return the cells of an Arrow column; equal texts are one object, as a million lines have few different ones."""
    if str(column.type) != "string":
        cells: list[Any] = column.to_pylist()
        return cells
    encoded = column.combine_chunks().dictionary_encode()
    words = [*encoded.dictionary.to_pylist(), None]
    return [words[-1 if place is None else place] for place in encoded.indices.to_pylist()]


def _given(bound: Sequence[object]) -> list[object]:
    return [json.dumps(one) if isinstance(one, list) else one for one in bound]
