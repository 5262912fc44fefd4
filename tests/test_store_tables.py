"""Tables of somebody else: each line is read for what it is, or refused by its name, whatever the engine."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
import psycopg
import pytest
from recorders import emptied

from tracker.model.goal import StoreTable
from tracker.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Result, Run

KINDS = ["a.db", "a.duckdb", "a.parquet", "postgresql"]
GOALS = '[[goals]]\nid = "x"\ndue = 2030\ntarget = 9\n'


class Tables:
    """A project whose actuals are a table called facts, in a store of some kind."""

    def __init__(self, kind: str, folder: Path, address: str, run: Run) -> None:
        self.kind, self.folder, self.address, self._run = kind, folder, address, run

    def run(self, *arguments: str) -> Result:
        """Return what a command on the project left."""
        return self._run(*arguments, "--lang", "en", cwd=self.folder, env={"TRACKER_ACTUALS": self.address})

    def csv(self, *arguments: str) -> list[list[str]]:
        """Return the rows of a command's table, without its header."""
        done = self.run(*arguments, "--format", "csv")
        assert done.code == 0, done.err
        return [line.split(",") for line in done.out.splitlines()[1:]]

    def execute(self, *statements: str) -> None:
        """Run statements as their owner would."""
        if self.kind == "postgresql":
            with psycopg.connect(self.address, autocommit=True) as server:
                for statement in statements:
                    server.execute(statement.encode())
        elif self.kind == "a.db":
            with closing(sqlite3.connect(self.address)) as base:
                for statement in statements:
                    base.execute(statement)
                base.commit()
        else:
            is_parquet = self.kind == "a.parquet"
            with duckdb.connect(":memory:" if is_parquet else self.address) as other:
                for statement in statements:
                    other.execute(statement)
                if is_parquet:
                    other.execute(f"COPY facts TO '{self.address}'")

    def fill(self, columns: str, rows: str) -> None:
        """Make the table with some rows."""
        self.execute(f"CREATE TABLE facts ({columns})", *([f"INSERT INTO facts VALUES {rows}"] if rows else []))  # noqa: S608


@pytest.fixture
def tables(request: pytest.FixtureRequest, project: Project, run: Run) -> Tables:
    """Return a project with a goal on the series x, and a store of the kind that the test names; nothing is in it."""
    kind: str = request.param
    folder = project.write(("" if kind == "a.parquet" else '[store]\ntable = "facts"\n') + GOALS)
    if kind != "postgresql":
        return Tables(kind, folder, str(folder / kind), run)
    made = Tables(kind, folder, emptied(request.getfixturevalue("postgres")), run)
    made.execute("DROP VIEW IF EXISTS facts_view", "DROP TABLE IF EXISTS facts")
    return made


def of(*kinds: str) -> pytest.MarkDecorator:
    """Run a test with tables in stores of these kinds."""
    return pytest.mark.parametrize("tables", kinds, indirect=True)


@of(*KINDS)
def test_places_below_one_are_lines_too(tables: Tables) -> None:
    """A table counted from 0, or from below, is checked to its first line."""
    rows = "(0, 'x', '2020', 2), (-3, 'x', '2020', 1), (1, 'x', '2021', 3), (2, 'x', '2022', 4)"
    tables.fill("position BIGINT, series TEXT, period TEXT, value FLOAT", rows)
    assert ": 4 lines, checksum " in tables.run("store", "check").err
    assert [line[3] for line in tables.csv("log")] == ["1", "2", "3", "4"]


@of("a.parquet")
@pytest.mark.parametrize("copy", ["copy.db", "copy.duckdb", "copy.csv", "postgresql"])
def test_a_copy_has_the_places_below_one(tables: Tables, copy: str, request: pytest.FixtureRequest) -> None:
    """What is copied from them gives the same figures, and takes what is recorded afterwards."""
    rows = "(0, 'x', '2020', 2), (-3, 'x', '2020', 1), (-1, 'x', '2021', 3)"
    tables.fill("position BIGINT, series TEXT, period TEXT, value FLOAT", rows)
    target = emptied(request.getfixturevalue("postgres")) if copy == "postgresql" else copy
    done = tables.run("store", "copy", tables.address, target)
    assert "3 lines are in " in done.err, done.err
    columns = ["--columns", "id,baseline.value,actual.value"]
    assert tables.csv("status", *columns) == [["x", "2", "3"]]
    tables.address = target
    assert tables.csv("status", *columns) == [["x", "2", "3"]]
    for value in ("5", "6"):
        assert tables.run("record", "x", value, "--period", "2022", "--revise").code == 0
    assert tables.csv("status", *columns) == [["x", "2", "6"]]


@of("a.parquet")
def test_a_place_may_be_any_number(tables: Tables) -> None:
    """A moment in microseconds as the place decides nothing where the day of recording does, in a copy neither."""
    rows = "(1700000000000000, 'x', '2020', 1, '2024-01-01'), (5, 'x', '2020', 2, '2024-01-01 00:00:00.000009')"
    tables.fill("position BIGINT, series TEXT, period TEXT, value FLOAT, recorded_at TIMESTAMP", rows)
    for address in (tables.address, "copy.duckdb"):
        assert tables.csv("status", "--columns", "actual.value", "--actuals", address) == [["2"]]
        assert tables.run("store", "copy", tables.address, "copy.duckdb").code == 0


@of(*KINDS)
@pytest.mark.parametrize(("place", "fault"), [("NULL", "the position is missing"), ("1.5", '"1.5" is not a position')])
def test_a_line_without_a_place_is_refused(tables: Tables, place: str, fault: str) -> None:
    """Where a column gives the order, a line that has no place in it is named, and no figure is made of the others."""
    rows = f"(1, 'x', '2020', 1), ({place}, 'x', '2021', 2), (3, 'x', '2022', 3)"
    tables.fill("position DOUBLE PRECISION, series TEXT, period TEXT, value FLOAT", rows)
    for command in (["store", "check"], ["log"], ["export"], ["status"]):
        done = tables.run(*command)
        assert (done.code, f"x 2021: {fault}" in done.err) == (4, True), done.err


@of("a.db")
def test_no_line_of_a_shared_place_is_left_out(tables: Tables) -> None:
    """Of 20,001 lines with one place, and of two between which a batch would end, each goes by."""
    tables.fill("position INTEGER, series TEXT, period TEXT, value REAL", "")
    with closing(sqlite3.connect(tables.address)) as base:
        ends = [(place, str(2000 + place % 20), place) for place in [*range(19_999), 19_999, 19_999, 20_000]]
        base.executemany("INSERT INTO facts VALUES (?, 'x', ?, ?)", ends)
        base.executemany("INSERT INTO facts VALUES (30000, 'y', '2020', ?)", [(one,) for one in range(20_001)])
        base.commit()
    with closing(open_store(tables.address, "", named=True, table=StoreTable("facts"))) as store:
        values = [line.value for batch in store.batches() for line in batch]
    assert sorted(map(float, map(str, values))) == sorted(
        map(float, [*(place for _, _, place in ends), *range(20_001)])
    )


@of("a.db")
@pytest.mark.parametrize("type_", ["", "TEXT"])
def test_a_cell_of_sqlite_that_is_no_such_thing_is_refused(tables: Tables, type_: str) -> None:
    """SQLite keeps any value in any column: one that is no number, day or moment is named, and becomes none."""
    bad = [
        ("value", "'n/a'", '"n/a" is not a plain number'),
        ("value", "'1,234'", '"1,234" is not a plain number'),
        ("value", "'44%'", '"44%" is not a plain number'),
        ("value", "x'3434'", "it cannot be read"),
        ("value", "'9e999'", '"9e999" is too large'),
        ("published", "'05.01.2021'", '"05.01.2021" is not a day'),
        ("published", "44201", '"44201" is not a day'),
        ("recorded_at", "1718000000", '"1718000000" is not a moment'),
        ("recorded_at", "'gestern'", '"gestern" is not a moment'),
        ("position", "'third'", '"third" is not a position'),
    ]
    names = ["series", "period", "value", "position", "published", "recorded_at"]
    good = {"series": "'x'", "value": "1", "position": "1", "published": "NULL", "recorded_at": "NULL"}
    rows = [{**good, "period": f"'{2000 + year}'", column: cell} for year, (column, cell, _) in enumerate(bad)]
    tables.fill(
        f"series TEXT, period TEXT, value {type_}, position, published {type_}, recorded_at {type_}",
        ", ".join(f"({', '.join(row[name] for name in names)})" for row in rows),
    )
    for command in (["status"], ["status", "--known-on", "2022-01-01"], ["log"]):
        done = tables.run(*command)
        assert done.code == 4
        for year, (_, _, fault) in enumerate(bad):
            assert f"a.db: x {2000 + year}: {fault}" in done.err, done.err


@of("a.db")
@pytest.mark.parametrize("cell", ["NULL", "''", "' '"])
def test_a_value_of_sqlite_that_is_missing_is_no_zero(tables: Tables, cell: str) -> None:
    """Where a line that holds has no value, that is said."""
    tables.fill("series TEXT, period TEXT, value", f"('x', '2021', {cell})")
    done = tables.run("status")
    assert (done.code, "2021 has no value" in done.err) == (4, True), done.err


@of("a.db")
def test_an_endless_number_of_sqlite_is_refused(tables: Tables) -> None:
    """A number beyond all floats is none, also in a line that no longer holds."""
    tables.fill(
        "position INTEGER, series TEXT, period TEXT, value REAL", "(1, 'x', '2021', 9e999), (2, 'x', '2021', 1)"
    )
    done = tables.run("status")
    assert (done.code, 'x 2021: "Inf" is not a plain number' in done.err) == (4, True), done.err


@of("a.db")
def test_texts_of_sqlite_are_read_as_in_a_ledger(tables: Tables) -> None:
    """Numbers written as text are the nearest floats, days may be moments, blanks are none."""
    columns = "series TEXT, period TEXT, value TEXT, quality TEXT, published TEXT, recorded_at TEXT"
    rows = [
        "('x', '2020', ' 0.1 ', NULL, '2021-01-05 23:30:00', NULL)",
        "('x', '2021', '123456789.012345678', '', '', ' ')",
        "('x', '2022', '', 'retracted', NULL, '2023-01-01T08:00+08:00')",
    ]
    tables.fill(columns, ", ".join(rows))
    kept = ["value", "quality", "published", "recorded_at"]
    done = tables.run("log", "--json")
    lines = [[line[name] for name in kept] for line in json.loads(done.out)["lines"]]
    assert lines == [
        [0.1, "final", "2021-01-05", None],
        [123456789.012345678, "final", None, None],
        [None, "retracted", None, "2023-01-01T00:00:00Z"],
    ]


@of("a.db", "a.duckdb", "postgresql")
def test_the_later_moment_holds_whatever_its_zone(tables: Tables) -> None:
    """Half past eleven in the evening five hours behind UTC is later than three in the morning of UTC."""
    rows = [
        "('x', '2020', 1, '2024-12-31T23:30:00-05:00')",
        "('x', '2020', 2, '2025-01-01T03:00:00+00:00')",
        "('x', '2021', 3, '2025-01-01T03:00:00.5Z')",
        "('x', '2021', 4, '2025-01-01T03:00:00Z')",
    ]
    tables.fill("series TEXT, period TEXT, value FLOAT, recorded_at TEXT", ", ".join(rows))
    assert tables.csv("status", "--columns", "baseline.value,actual.value") == [["1", "3"]]
    assert tables.csv("status", "--columns", "actual.value", "--known-on", "2024-12-31") == [['""']]


@pytest.mark.parametrize(("column", "cell"), [("published", "05.01.2021"), ("recorded_at", "gestern")])
def test_a_day_in_a_ledger_that_is_none_is_named(column: str, cell: str, project: Project, run: Run) -> None:
    """What somebody wrote into a table of our own that is no day is a problem with its series and period."""
    folder = project.write(f'actuals = "a.db"\n{GOALS}', "series,period,value\nx,2020,1\n")
    assert run("store", "copy", "actuals.csv", "a.db", cwd=folder).code == 0
    with closing(sqlite3.connect(folder / "a.db")) as base:
        base.execute(f"UPDATE tracker_actuals SET {column} = ?", [cell])  # noqa: S608
        base.commit()
    for command in (["log"], ["store", "check"]):
        done = run(*command, cwd=folder)
        assert (done.code, f'x 2020: "{cell}" is not a' in done.err) == (4, True), done.err


@of(*KINDS)
def test_a_line_without_a_series_is_named(tables: Tables) -> None:
    """Where all series are asked for, one line that names none is told with its period."""
    tables.fill("series TEXT, period INTEGER, value FLOAT", "('p/x', 2020, 1), (NULL, 2021, 2), ('p/y', 2020, 3)")
    goals = tables.folder / "goals.toml"
    goals.write_text(goals.read_text(encoding="utf-8").replace('"x"', '"p/{n}"'), encoding="utf-8")
    for command in (["status"], ["status", "--format", "jsonl"], ["log"], ["export"]):
        done = tables.run(*command)
        assert (done.code, "2021: the series is missing" in done.err) == (4, True), done.err


@of(*KINDS)
def test_a_table_without_lines_is_an_empty_ledger(tables: Tables) -> None:
    """A table in which nothing is yet is no error: its goals have no data."""
    tables.fill("series TEXT, period TEXT, value FLOAT", "")
    assert tables.csv("status", "--columns", "status") == [["no-data"]]
    assert tables.csv("log") == []
    assert ": 0 lines, checksum " in tables.run("store", "check").err


def test_csv_files_by_a_pattern_may_have_headers_only(project: Project, run: Run) -> None:
    """Files that wait for their first line are no error either."""
    folder = project.write(GOALS, "series,period,value\n")
    done = run("status", "--format", "csv", "--columns", "status", "--actuals", "act*.csv", cwd=folder)
    assert (done.out, done.code) == ("status\nno-data\n", 0), done.err


@of("a.db", "a.duckdb", "postgresql")
def test_a_table_may_have_many_periods(tables: Tables) -> None:
    """Twenty thousand days are more than an engine takes values one by one; each is read."""
    tables.fill("series TEXT, period TEXT, value FLOAT", "")
    day = "date('1960-01-01', n || ' days')" if tables.kind == "a.db" else "DATE '1960-01-01' + CAST(n AS INTEGER)"
    days = "WITH RECURSIVE days(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 19999)"
    tables.execute(f"INSERT INTO facts {days} SELECT 'x', CAST({day} AS TEXT), n FROM days")  # noqa: S608
    assert tables.csv("status", "--columns", "baseline.value,actual.value,actual.period") == [
        ["0", "19999", "2014-10-03"]
    ]


MONTHS = "('x', '2020', 1, '2024-01-05'), ('x', '2020', 2, '2024-02-05'), ('x', '2021', 3, '2024-02-05')"


@of("a.db", "a.duckdb", "postgresql")
def test_a_view_is_read_as_a_table_without_order(tables: Tables) -> None:
    """A view has no places: the day of recording says which line holds, and `log` marks that one."""
    tables.fill("series TEXT, period TEXT, value FLOAT, recorded_at TEXT", MONTHS)
    tables.execute("CREATE VIEW facts_view AS SELECT * FROM facts")
    goals = tables.folder / "goals.toml"
    goals.write_text(goals.read_text(encoding="utf-8").replace('"facts"', '"facts_view"'), encoding="utf-8")
    assert tables.csv("status", "--columns", "baseline.value,actual.value") == [["2", "3"]]
    assert ": 3 lines, checksum " in tables.run("store", "check").err
    lines = json.loads(tables.run("log", "--json").out)["lines"]
    assert sorted((line["value"], line["holds"]) for line in lines) == [(1, False), (2, True), (3, True)]


@of("a.db")
def test_a_table_without_rowid_has_no_order(tables: Tables) -> None:
    """A SQLite table that keeps no places is read by its days."""
    columns = "series TEXT, period TEXT, value FLOAT, recorded_at TEXT, PRIMARY KEY (series, period, value)"
    tables.execute(f"CREATE TABLE facts ({columns}) WITHOUT ROWID", f"INSERT INTO facts VALUES {MONTHS}")  # noqa: S608
    assert tables.csv("status", "--columns", "baseline.value,actual.value") == [["2", "3"]]
    assert ": 3 lines, checksum " in tables.run("store", "check").err
