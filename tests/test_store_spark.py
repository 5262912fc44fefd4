"""Spark with workers and writers that are killed: the same answer, or an error that says so, and never half a write."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import plain_environment
from sparks import Spark, running_spark, until

from tracker.errors import Unreachable
from tracker.model.actual import View
from tracker.stores import copying, open_store, sparkwatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

GOALS = """format = 1
[[goals]]
id = "s/{place}"
baseline = 2010
due = 2030
target = 5000
"""
MAKE = """
COPY (SELECT 's/' || s AS series, (2000 + y)::VARCHAR AS period, s + y + v * 0.1 AS value,
 make_timestamp(2026, 1, 1 + v, 0, 0, 0.0) AS recorded_at
 FROM range(25) y(y), range(4) v(v), range(100) s(s)) TO '{file}'
"""
LINES = copying.AT_A_TIME + 100  # as three parts: the empty one that makes the store, and two of lines


@pytest.fixture(scope="module")
def cluster() -> Iterator[Spark]:
    """Return a cluster whose workers may be killed, with goals in its folder."""
    with running_spark() as one:
        (one.folder / "goals.toml").write_text(GOALS, encoding="utf-8")
        yield one


def begun(cluster: Spark, *arguments: str) -> subprocess.Popen[str]:
    """Return a command that works in the folder of a cluster."""
    command = [sys.executable, "-m", "tracker", *arguments]
    return subprocess.Popen(
        command, cwd=cluster.folder, env=plain_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def parts(folder: Path) -> int:
    """Return how many files of data lie in a folder of Parquet."""
    return len(list(folder.glob("part-*.parquet")))


def test_a_killed_writer_leaves_old_or_new(cluster: Spark) -> None:
    """A copy that is killed while it writes Parquet leaves whole what goes together, or nothing of it."""
    text = "".join(f"s/{one % 100},{1900 + one // 100},{one}\n" for one in range(LINES))
    (cluster.folder / "many.csv").write_text(f"series,period,value\n{text}", encoding="utf-8")
    held = cluster.folder / "many.parquet"
    copy = ("store", "copy", "many.csv", cluster.address("many.parquet"))
    with begun(cluster, *copy) as process:
        until(lambda: parts(held) >= 2, "nothing is copied")
        process.send_signal(signal.SIGKILL)
    import duckdb

    counted = f"SELECT count(*), count(DISTINCT position) FROM read_parquet('{held}/*.parquet')"  # noqa: S608
    (stored,) = duckdb.connect().execute(counted).fetchall()
    assert stored in {(count, count) for count in (copying.AT_A_TIME, LINES)}


def test_a_killed_worker_changes_no_figure(cluster: Spark, run: Run) -> None:
    """With one of two workers killed while it works, status gives what it gives without Spark, to the last byte."""
    import duckdb

    duckdb.sql(MAKE.format(file=cluster.folder / "facts.parquet"))
    status = ("status", "--format", "jsonl", "--as-of", "2026-06-01", "--actuals")
    with begun(cluster, *status, cluster.address("facts.parquet")) as process:
        cluster.wait_for_work()
        time.sleep(1)
        cluster.kill_worker(0)
        out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert out == run(*status, "facts.parquet", cwd=cluster.folder).out


def test_a_cluster_without_workers_is_given_up(cluster: Spark, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last worker is killed the command does not wait for ever: nobody works, and that is said."""
    monkeypatch.setattr(sparkwatch, "PATIENCE", 2.0)
    with closing(open_store(cluster.address("facts.parquet"), "", named=True)) as store:
        cluster.kill_worker(1)
        with pytest.raises(Unreachable, match="has had no worker for 2 seconds"):
            store.in_force(View(date(2026, 6, 1)))


@pytest.mark.parametrize("address", ["spark://127.0.0.1:1/x.parquet", "sc://127.0.0.1:1/x.parquet"])
def test_a_cluster_that_is_not_there_is_told_at_once(address: str, run: Run, cluster: Spark) -> None:
    """An address where nobody answers is exit 5 within seconds, over the master and over Spark Connect."""
    start = time.monotonic()
    done = run("status", "--actuals", address, cwd=cluster.folder)
    assert (done.code, "cannot be reached: Connection refused" in done.err) == (5, True)
    assert time.monotonic() - start < 20
