"""What every store keeps: the same lines and the same answers, whatever the engine."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from ledgers import Case, cases, status_json, year
from recorders import emptied
from sparks import Spark, running_connect

from tracker.model.actual import Actual, View
from tracker.model.excerpt import Wanted
from tracker.stores import open_store
from tracker.stores.sqlstore import SqlStore
from tracker.stores.statements import Range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engines import Postgres

    from tracker.stores import Store

FILES = ["actuals.db", "actuals.duckdb"]
HOSTILE = [
    "x'; DROP TABLE tracker_actuals; --",
    '"; DELETE FROM tracker_actuals; --',
    "%s %(a)s %%",
    "? :a $1 {0} {series}",
    "a`b\\' OR 1=1 --",
    "昭阳/[red]<b>",
    'a,b"c',
]


def same_answers(case: Case, store: Store, folder: str) -> None:
    """Fail unless a store that took a ledger holds it line by line and gives the answers that the CSV file gives."""
    text = open_store("actuals.csv", folder, named=False)
    text.take(case.lines)
    store.take(case.lines)
    assert store.lines() == [line._replace(line=None) for line in text.lines()]
    assert store.series() == text.series()
    assert [line for batch in store.batches(5) for line in batch] == case.lines[5:]
    for view in case.views:
        held = {name: [one._replace(line=None) for one in lines] for name, lines in text.in_force(view).items()}
        assert store.in_force(view) == held
        assert status_json(store, view) == status_json(text, view)


COUNTED = """format = 1
[[goals]]
id = "long/{n}"
baseline = 1960
due = 2030
target = 1000
"""
GOALS, MOST, YEARS = 30, 41, 75


def opened(kind: str, folder: Path, request: pytest.FixtureRequest) -> Store:
    """Return an empty store: a file by its name, the tables of the PostgreSQL server, or files of the Spark cluster."""
    if kind == "postgresql":
        return open_store(emptied(request.getfixturevalue("postgres")), "", named=False)
    if kind == "spark":
        cluster: Spark = request.getfixturevalue("spark")
        return open_store(cluster.address(f"{folder.name}.parquet"), "", named=False)
    return open_store(kind, str(folder), named=False)


@pytest.mark.parametrize("kind", [*FILES, "postgresql", "spark"])
def test_rows_that_cross_are_bounded_by_the_goals(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Of 75 years with a revision each, 4,500 lines in all, at most 41 a goal leave the engine, and the named years."""
    lines = [
        Actual(f"long/{goal}", year(1950 + age), 100.0 + age + goal / 10 + place / 100, recorded_at=moment)
        for place, moment in enumerate((datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)))
        for goal in range(GOALS)
        for age in range(YEARS)
    ]
    text = open_store("actuals.csv", str(tmp_path), named=False)
    text.take(lines)
    view = View(date(2025, 6, 1))
    with closing(opened(kind, tmp_path, request)) as store:
        assert isinstance(store, SqlStore)
        store.take([line._replace(position=place) for place, line in enumerate(lines, 1)])
        crossed = []
        plain, plain_columns = store.engine.rows, store.engine.columns

        def rows(statement: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
            found = plain(statement, bound)
            crossed.append(len(found))
            return found

        def columns(statement: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
            before = len(crossed)
            found = plain_columns(statement, bound)
            if len(crossed) == before:  # columns that are not made from rows
                crossed.append(len(found[0]) if found else 0)
            return found

        vars(store.engine).update(rows=rows, columns=columns)
        assert status_json(store, view, COUNTED) == status_json(text, view, COUNTED)
    # the first and the baseline beside them; the names of series; which periods there are, or which columns
    assert GOALS * MOST <= sum(crossed) <= GOALS * (MOST + 2) + GOALS + YEARS


@pytest.mark.parametrize("kind", [*FILES, "actuals.parquet", "postgresql", "spark"])
def test_a_range_of_series_comes_in_parts(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one name to another and no further, as many at a time as asked, whole where an engine gives rows by tens."""
    monkeypatch.setattr("tracker.stores.duck._BATCH", 10)
    random = Random(5)  # noqa: S311  the same lines every time
    names = ["a", "b/1", "b/2", "c%s", "d'", "昭阳", "鲁甸"]
    lines = [
        Actual(name, year(1990 + age), age + place / 4, source=name, recorded_at=datetime(2024, 2, 1, tzinfo=UTC))
        for place, name in enumerate(names)
        for age in range(random.choice([1, 9, 10, 11, 31]))
    ]
    lines = [line._replace(position=place) for place, line in enumerate(lines, 1)]
    view = View(date(2025, 6, 1))
    with closing(filled(kind, lines, tmp_path, request)) as store:
        assert isinstance(store, SqlStore)
        whole = {name: [line for line in lines if line.series == name] for name in store.series()}
        for first, last in ((0, 6), (1, 3), (2, 2), (4, 5)):
            for most in (1, 2, 100):
                parts = [*store.parts(view, Range([*whole][first], [*whole][last]), most=most)]
                assert [name for part in parts for name in part] == [*whole][first : last + 1]
                assert all(whole[name] == found for part in parts for name, found in part.items())
                assert max(map(len, parts)) <= most


def filled(kind: str, lines: list[Actual], folder: Path, request: pytest.FixtureRequest) -> Store:
    """Return a store that holds lines; a Parquet file is made by DuckDB."""
    if kind != "actuals.parquet":
        store = opened(kind, folder, request)
        store.take(lines)
        return store
    with closing(open_store("all.duckdb", str(folder), named=False)) as store:
        store.take(lines)
    with duckdb.connect(str(folder / "all.duckdb")) as base:
        base.execute(f"COPY (SELECT * FROM tracker_actuals ORDER BY position) TO '{folder / kind}'")  # noqa: S608
    return open_store(kind, str(folder), named=False)


@pytest.mark.parametrize("kind", [*FILES, "postgresql", "spark"])
def test_names_that_look_like_sql_are_only_names(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What is meant to end or fill a statement is stored, found, asked for and revised as any other name and text."""
    day = datetime(2025, 2, 1, tzinfo=UTC)
    lines = [
        Actual(name, year(2024), float(place), source=name, url=name, note=name, recorded_at=day, position=place)
        for place, name in enumerate(HOSTILE, 1)
    ]
    view = View(date(2025, 6, 1), date(2025, 6, 1), date(2025, 6, 1))
    with closing(opened(kind, tmp_path, request)) as store:
        store.take(lines)
        assert store.series() == sorted(HOSTILE)
        for line in lines:
            assert store.lines({line.series}) == [line]
            assert store.in_force(view, {line.series}) == {line.series: [line]}
            assert store.append(lambda found: [found[0]._replace(value=9.0)], {line.series})[0].series == line.series
        assert len(store.lines()) == 2 * len(HOSTILE)


def analyzed(server: Postgres) -> None:
    """Let a server count what its table holds, as it does itself after a while."""
    import psycopg

    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute("ANALYZE tracker_actuals")


@pytest.mark.parametrize("kind", ["actuals.db", "postgresql"])
def test_few_series_of_many_are_found_by_the_index(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What `status` and `record` ask about 3 of 2,000 series goes by the index, and reads no whole table."""
    with closing(opened(kind, tmp_path, request)) as store:
        assert isinstance(store, SqlStore)
        places = range(20_000)
        store.take([Actual(f"s/{one % 2000}", year(1950 + one // 2000), 1.0 + one, position=one + 1) for one in places])
        if kind == "postgresql":
            analyzed(request.getfixturevalue("postgres"))
        seen = []
        plain = store.engine.rows
        how = {"actuals.db": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[kind]

        def rows(statement: str, bound: Sequence[object] = ()) -> list[Sequence[Any]]:
            if "tracker_actuals" in statement and "lines AS" in statement:
                seen.append(" ".join(str(part) for row in plain(how + statement, bound) for part in row))
            return plain(statement, bound)

        vars(store.engine)["rows"] = rows
        few = {"s/7", "s/1000", "s/1999"}
        assert store.in_force(View(date(2025, 6, 1)), few).keys() == few
        assert store.in_force(View(date(2025, 6, 1)), few, lambda: Wanted(2, (), lambda *_: True)).keys() == few
        assert len(store.lines(few)) == 30
    assert len(seen) == 3
    for plan in seen:
        assert "tracker_actuals_by_series" in plan
        assert "SCAN tracker_actuals" not in plan
        assert "Seq Scan on tracker_actuals" not in plan


@pytest.mark.parametrize("file", FILES)
@given(case=cases())
@settings(max_examples=25)
def test_files_of_databases_answer_as_the_csv_file(file: str, case: Case) -> None:
    """SQLite and DuckDB give the same lines and the same JSON for every view, to the last digit."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(file, folder, named=False)) as store:
        same_answers(case, store, folder)


@given(case=cases())
@settings(max_examples=2, phases=[Phase.generate])
def test_a_spark_cluster_answers_as_the_csv_file(spark: Spark, case: Case) -> None:
    """A master with two workers gives the same lines and the same JSON for every view, to the last digit."""
    shutil.rmtree(spark.folder / "actuals.parquet", ignore_errors=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(spark.address("actuals.parquet"), "", named=False)) as store,
    ):
        same_answers(case._replace(views=case.views[:2]), store, folder)


def test_spark_connect_answers_as_the_cluster(spark: Spark, tmp_path: Path) -> None:
    """The same Parquet files give the same JSON over Spark Connect as the CSV file gives."""
    text = open_store("actuals.csv", str(tmp_path), named=False)
    text.take([Actual("rate", period, 40.0 + place) for place, period in enumerate(map(year, range(2010, 2024)))])
    with closing(open_store(spark.address("connect.parquet"), "", named=False)) as store:
        store.take(text.lines())
    view = View(date(2025, 6, 1), date(2026, 1, 1), date(2026, 1, 1))
    with running_connect(spark) as address:
        path = spark.folder / "connect.parquet"
        with closing(open_store(f"{address}/{path}", "", named=True)) as store:
            assert status_json(store, view) == status_json(text, view)


@given(case=cases())
@settings(max_examples=15)
def test_postgresql_answers_as_the_csv_file(postgres: Postgres, case: Case) -> None:
    """PostgreSQL gives the same lines and the same JSON for every view, to the last digit."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(emptied(postgres), "", named=True)) as store,
    ):
        same_answers(case, store, folder)
