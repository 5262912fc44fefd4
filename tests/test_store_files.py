"""Parquet and CSV files by a pattern: columns by their names, and cells as the plain CSV file has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

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
