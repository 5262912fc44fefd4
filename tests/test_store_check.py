"""`tracker store check`: what the engine, the rules among lines and each line by itself show of a ledger."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from recorders import emptied

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run
    from engines import Postgres

ACTUALS = """series,period,value,recorded_at
x,2022,1,2023-02-01T00:00:00.000000Z
x,2023,2,2024-02-01T00:00:00.000000Z
y,2023,3,2024-02-01T00:00:00.000000Z
"""


def changed(address: str, statement: str) -> None:
    """Run a statement in a store as somebody would who goes around tracker."""
    if address.endswith(".db"):
        with closing(sqlite3.connect(address)) as base:
            base.execute(statement)
            base.commit()
    elif address.endswith(".duckdb"):
        import duckdb

        with duckdb.connect(address) as other:
            other.execute(statement)
    else:
        import psycopg

        with psycopg.connect(address, autocommit=True) as server:
            server.execute(statement.encode())


@pytest.mark.parametrize("kind", ["a.db", "a.duckdb", "postgresql"])
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("SET ends = '2023-06-30' WHERE period = '2023'", "2023 does not go from 2023-01-01 to 2023-06-30"),
        ("SET series = '' WHERE position = 2", "1 line has no series"),
        ("SET period = '2022-13' WHERE position = 1", '"2022-13" is not a period'),
        ("SET value = CAST('{infinity}' AS DOUBLE PRECISION) WHERE position = 3", "the value of 2023 is not finite"),
        ("SET quality = 'sure' WHERE position = 3", '"sure" is not a quality'),
    ],
    ids=["days", "series", "period", "value", "quality"],
)
def test_what_cannot_be_is_found_in_every_engine(
    kind: str, statement: str, fault: str, postgres: Postgres, project: Project, run: Run
) -> None:
    """Days that are not of their period, no series, no period, no finite value, no quality: exit 4 with what it is."""
    folder = project.write("", ACTUALS)
    address = emptied(postgres) if kind == "postgresql" else str(folder / kind)
    assert run("store", "copy", "actuals.csv", address, cwd=folder).code == 0
    assert run("store", "check", address, cwd=folder).code == 0
    if kind == "a.db":
        statement = statement.replace("CAST('{infinity}' AS DOUBLE PRECISION)", "9e999")
    changed(address, "UPDATE tracker_actuals " + statement.replace("{infinity}", "Infinity"))
    done = run("store", "check", address, cwd=folder)
    assert (done.code, fault in done.err) == (4, True), done.err


def test_a_place_that_is_there_twice_is_found(project: Project, run: Run, tmp_path: Path) -> None:
    """Where an engine keeps no places apart, as in Parquet that two have written, one that is there twice is told."""
    import duckdb

    folder = project.write('actuals = "p.duckdb"\n[store]\ntable = "facts"\n', ACTUALS)
    with duckdb.connect(str(tmp_path / "p.duckdb")) as base:
        base.execute(f"CREATE TABLE facts AS SELECT 7 AS position, * FROM read_csv('{project.actuals}') LIMIT 2")  # noqa: S608
    done = run("store", "check", cwd=folder)
    assert (done.code, "2 lines have the place 7" in done.err) == (4, True)


VIEW = """
CREATE TABLE raw (region TEXT, yr INTEGER, amount NUMERIC, loaded TIMESTAMPTZ);
INSERT INTO raw VALUES ('x', 2022, 1.5, '2023-02-01 08:00+08'), ('x', 2023, 2, '2024-02-01 00:00+00'),
 ('x', 2023, 2.5, '2024-03-01 00:00+00'), ('y', 2023, 3, '2024-02-01 00:00+00');
CREATE SCHEMA stats;
CREATE VIEW stats.facts AS SELECT * FROM raw;
CREATE ROLE reader LOGIN PASSWORD 'lesen';
GRANT USAGE ON SCHEMA stats TO reader;
GRANT SELECT ON stats.facts TO reader;
"""
GONE = "DROP SCHEMA stats CASCADE; DROP TABLE raw; DROP OWNED BY reader; DROP ROLE reader;"
MAPPED = """
[store]
table = "stats.facts"
[store.columns]
series = "region"
period = "yr"
value = "amount"
recorded_at = "loaded"
[[goals]]
id = "x"
baseline = 2022
due = 2030
target = 9
"""


def test_a_view_that_may_only_be_read_is_enough(postgres: Postgres, project: Project, run: Run) -> None:
    """With the right to read one view and no other: status, log and check work, each line counts, and ties are told."""
    address = emptied(postgres)
    folder = project.write(MAPPED)
    changed(address, VIEW)
    try:
        reader = {"TRACKER_ACTUALS": f"postgresql://reader:lesen@127.0.0.1:{postgres.port}/postgres"}
        status = run("status", "--format", "csv", "--columns", "id,actual.value,actual.period", cwd=folder, env=reader)
        assert (status.out, status.code) == ("id,actual.value,actual.period\nx,2.5,2023\n", 0), status.err
        assert ": 4 lines, checksum " in run("store", "check", "--lang", "en", cwd=folder, env=reader).err
        log = json.loads(run("log", "--json", cwd=folder, env=reader).out)["lines"]
        assert {(one["period"], one["value"]) for one in log if one["holds"]} == {
            ("2022", 1.5), ("2023", 2.5), ("2023", 3)
        }  # fmt: skip
        refused = run("record", "x", "3", "--period", "2024", cwd=folder, env=reader)
        assert (refused.code, "only read" in refused.err) == (2, True)
        changed(address, "INSERT INTO raw VALUES ('y', 2023, 4, '2024-02-01 00:00+00')")
        done = run("store", "check", cwd=folder, env=reader)
        assert (done.code, "y 2023: several lines are of the same time" in done.err) == (4, True)
    finally:
        changed(address, GONE)


def test_a_name_with_a_percent_sign_and_a_scheme_in_capitals(postgres: Postgres, project: Project, run: Run) -> None:
    """A table is found whatever stands in its name, and a scheme is the same in capital letters."""
    address = emptied(postgres)
    folder = project.write(MAPPED.replace("stats.facts", "part%s.100%"))
    changed(address, VIEW)
    changed(address, 'CREATE SCHEMA "part%s"; CREATE VIEW "part%s"."100%" AS SELECT * FROM raw;')
    try:
        environment = {"TRACKER_ACTUALS": address.replace("postgresql", "POSTGRESQL")}
        done = run("store", "check", "--lang", "en", cwd=folder, env=environment)
        assert (done.code, ": 4 lines, checksum " in done.err) == (0, True), done.err
    finally:
        changed(address, 'DROP SCHEMA "part%s" CASCADE;')
        changed(address, GONE)


def test_every_row_of_parquet_files_is_copied_in_their_order(project: Project, run: Run) -> None:
    """From one Parquet file and from several, each line arrives, in the order of the files and of their rows."""
    import duckdb

    folder = project.write("", ACTUALS)
    with duckdb.connect() as base:
        for number, part in enumerate(("LIMIT 2", "OFFSET 2")):
            ledger = f"SELECT * FROM read_csv('{project.actuals}') {part}"  # noqa: S608
            base.execute(f"COPY ({ledger}) TO '{folder}/part-{number}.parquet'")
    text = run("store", "check", "actuals.csv", cwd=folder).err.split(":")[1]
    assert run("store", "check", "part-*.parquet", cwd=folder).err.split(":")[1] == text
    assert run("store", "copy", "part-*.parquet", "all.db", cwd=folder).code == 0
    assert run("store", "check", "all.db", cwd=folder).err.split(":")[1] == text
    assert ": 2 lines," in run("store", "check", "part-0.parquet", "--lang", "en", cwd=folder).err
