"""Parquet and CSV files by a pattern: columns by their names, and cells as the plain CSV file has them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tracker.errors import Unreachable
from tracker.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
[[goals]]
id = "a"
baseline = 2020
due = 2030
target = 9
"""
AS_OF = ["--as-of", "2026-01-01"]


def parquet(file: Path, query: str) -> None:
    """Write the rows of a query to a Parquet file."""
    import duckdb

    with duckdb.connect() as base:
        base.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")


@pytest.mark.parametrize("order", [("1", "2"), ("2", "1")])
def test_columns_that_some_files_have_are_read(order: tuple[str, str], project: Project, run: Run) -> None:
    """A column counts wherever it is, in CSV and in Parquet and whichever file comes first."""
    folder = project.write(GOALS)
    few, more = order
    (folder / f"{few}.csv").write_text("series,period,value\na,2020,1\n", encoding="utf-8")
    (folder / f"{more}.csv").write_text(
        "recorded_at,value,series,period\n2024-01-01T00:00:00Z,2,a,2021\n", encoding="utf-8"
    )
    parquet(folder / f"{few}.parquet", "SELECT 'a' AS series, 2020 AS period, 1 AS value")
    parquet(
        folder / f"{more}.parquet",
        "SELECT TIMESTAMP '2024-01-01' AS recorded_at, 2.0 AS value, 'a' AS series, 2021 AS period",
    )
    for pattern in ("[12].csv", "[12].parquet"):
        done = run("log", "--json", "--actuals", pattern, cwd=folder)
        found = {one["period"]: one["recorded_at"] for one in json.loads(done.out)["lines"]}
        assert found == {"2020": None, "2021": "2024-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("value", "1.0", "'2'"),
        ("period", "2020", "DATE '2021-12-31'"),
        ("published", "TIMESTAMPTZ '2024-01-01 00:00+00'", "DATE '2024-01-01'"),
    ],
)
def test_columns_of_different_kinds_are_refused(column: str, one: str, other: str, project: Project, run: Run) -> None:
    """Texts in one file and numbers in another are a problem with both files; what is not read may differ."""
    folder = project.write(GOALS)
    cells = {"series": "'a'", "period": "2020", "value": "1", "more": "{'value': 'x', 'period': MAP {'value': 1}}"}
    for name, cell in (("1", one), ("2", other)):
        given = cells | {column: cell, "free": "1" if name == "1" else "'x'"}
        parquet(folder / f"{name}.parquet", "SELECT " + ", ".join(f"{text} AS {key}" for key, text in given.items()))
    done = run("status", "--actuals", "*.parquet", "--lang", "en", cwd=folder)
    assert done.code == 4
    assert f"*.parquet: {column}: the column is " in done.err
    assert "1.parquet and " in done.err
    assert done.err.count(": the column is ") == 1
    assert run("status", "--actuals", "1.parquet", cwd=folder).code == 0


def test_the_form_of_a_file_is_not_guessed_from_its_first_rows(project: Project, run: Run) -> None:
    """What stands behind many plain rows is read as the plain file has it, and so are single quotes."""
    rows = "".join(f"a,{1000 + number % 1000},{number},'oc'\n" for number in range(60_000))
    folder = project.write(GOALS, "series,period,value,source\n" + rows + 'a,2020,1,"say ""hi"", he said"\n')
    plain, pattern = (run("store", "check", name, "--lang", "en", cwd=folder) for name in ("actuals.csv", "act*.csv"))
    assert (plain.code, pattern.code) == (0, 0), pattern.err
    assert plain.err.partition(": ")[2] == pattern.err.partition(": ")[2]


CELLS = """series , period,value,quality,published,source,url,note,recorded_at
 a , 2020, 1.50 ,,,\u3000hi , ,"two
lines", 2024-01-02T03:04:05Z
a\t, 2021-q1 ,+2e0, Provisional ,2024-01-02,'oc',"",\t,2024-01-02 03:04:05.5+01:00
,,,,,,,,

\u3000a,2022,.5,,,,"say ""hi"", he",,2024-01-02
a,2023,,RETRACTED,, #1,,NULL,
"a",2024,-0,,,"x"",y",,null,2024-01-02T03:04:05
"""


def test_cells_are_read_as_in_the_plain_file(project: Project, run: Run) -> None:
    """Blanks around cells, blank records, quotes and words come out alike: the checksum is the same."""
    folder = project.write(GOALS, CELLS)
    plain, pattern = (run("store", "check", name, "--lang", "en", cwd=folder) for name in ("actuals.csv", "act*.csv"))
    assert (plain.code, pattern.code) == (0, 0), plain.err + pattern.err
    assert plain.err.partition(": ")[2] == pattern.err.partition(": ")[2]
    plain, pattern = (
        run("status", "--json", *AS_OF, "--actuals", name, cwd=folder) for name in ("actuals.csv", "act*.csv")
    )
    assert json.loads(plain.out)["goals"] == json.loads(pattern.out)["goals"]


@pytest.mark.parametrize(
    "line",
    [
        "a,2021,1_000,,,,",
        "a,2021,1e-400,,,,",
        "a,2021,1e400,,,,",
        "a,2021,nan,,,,",
        "a,2021,infinity,,,,",
        "a,2021,44%,,,,",
        "a,2021,true,,,,",
        "a,2021,,,,,",
        "a,2021,,final,,,",
        "a,2021,x,retracted,,,",
        "a,2021,1,sure,,,",
        "a,2021,1,,2021-1-5,,",
        "a,2021,1,,2021-02-30,,",
        "a,2021,1,,0000-01-05,,",
        "a,2021,1,,2021-01-05 (BC),,",
        "a,2021,1,,infinity,,",
        "a,2021,1,,,2021-1-5 08:00,",
        "a,2021,1,,,2021-01-05T24:00:00Z,",
        "a,2021,1,,,infinity,",
        "a,2021,1,,,epoch,",
        ",2021,1,,,,",
        " ,2021,1,,,,",
        "a,,1,,,,",
        "a,2021-13,1,,,,",
        "a,2021,1,,,,n\0o",
    ],
)
def test_a_cell_that_the_plain_file_refuses_is_refused(line: str, project: Project, run: Run) -> None:
    """Whatever a cell is refused for in a plain file, it is refused for by a pattern, also of a series nobody asks."""
    header = "series,period,value,quality,published,recorded_at,note\n"
    folder = project.write(GOALS.replace('"a"', '"b"'), header + "b,2020,1,,,,\n" + line + "\n")
    for name in ("actuals.csv", "act*.csv"):
        done = run("status", *AS_OF, "--actuals", name, "--lang", "en", cwd=folder)
        assert (name, done.code) == (name, 4), done.err


def test_a_year_may_be_a_number_with_a_fraction(project: Project, run: Run) -> None:
    """A year that stands as 2020.0, as in a column of floats, is 2020; one that is no whole number is no period."""
    folder = project.write(GOALS)
    parquet(folder / "whole.parquet", "SELECT 'a' AS series, 2020.0::DOUBLE AS period, 1 AS value")
    parquet(folder / "half.parquet", "SELECT 'a' AS series, 2020.5::DOUBLE AS period, 1 AS value")
    done = run("log", "--json", "--actuals", "whole.parquet", cwd=folder)
    assert [one["period"] for one in json.loads(done.out)["lines"]] == ["2020"]
    refused = run("log", "--actuals", "half.parquet", "--lang", "en", cwd=folder)
    assert (refused.code, '"2020.5" is not a period' in refused.err) == (4, True)
    with closing(sqlite3.connect(folder / "w.db")) as base:
        base.execute("CREATE TABLE facts (series TEXT, period REAL, value REAL)")
        base.execute("INSERT INTO facts VALUES ('a', 2020, 1)")
        base.commit()
    project.write('[store]\ntable = "facts"\n' + GOALS)
    done = run("log", "--json", "--actuals", "w.db", cwd=folder)
    assert [one["period"] for one in json.loads(done.out)["lines"]] == ["2020"]


def test_a_moment_without_end_is_a_problem(project: Project, run: Run) -> None:
    """Infinity in a column of moments is told by the name of the column."""
    folder = project.write(GOALS)
    parquet(
        folder / "x.parquet", "SELECT 'a' AS series, 2020 AS period, 1 AS value, TIMESTAMP 'infinity' AS recorded_at"
    )
    done = run("log", "--actuals", "x.parquet", "--lang", "en", cwd=folder)
    assert (done.code, "x.parquet: recorded_at: a day or moment is not in the years" in done.err) == (4, True), done.err


def test_a_duckdb_file_that_is_held_says_that_nothing_was_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process writes a DuckDB file, recording fails and says that nothing of it was kept."""
    monkeypatch.setattr("tracker.stores.duck.PATIENCE", 0.1)
    file = str(tmp_path / "x.duckdb")
    program = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Unreachable) as caught:
            open_store(file, "", named=True).take([])
        other.communicate("\n", timeout=60)
    assert "cannot be written" in caught.value.message.text
    assert "nothing was recorded" in caught.value.message.text
