"""Processes that record actuals one by one, for the tests of stores and the benchmark of many writers."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from conftest import plain_environment

from tracker.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from engines import Postgres

    from tracker.model.actual import Actual

RECORDS = """
import sys, time
from datetime import UTC, datetime
from tracker.model.actual import Actual
from tracker.periods import parse_period
from tracker.stores import open_store
address, writer, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(address, "", named=True)
for number in range(count):
    line = Actual(f"series-{writer}", parse_period(f"{1000 + number}"), float(number), recorded_at=datetime.now(UTC))
    start = time.perf_counter()
    store.append(lambda lines: [line], {line.series})
    print(number, time.perf_counter() - start, flush=True)
"""
"""Says after each record its number and how many seconds it took."""


def writer(address: str, name: object, count: int, program: str = RECORDS) -> subprocess.Popen[str]:
    """Return a process that records `count` actuals of a series of its own and says so after each."""
    command = [sys.executable, "-c", program, address, str(name), str(count)]
    environment = plain_environment()
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def at_once(address: str, writers: int, each: int, program: str = RECORDS) -> list[float]:
    """Return how many seconds each record took of several processes that record at once; a failed one is an error."""
    times = []
    processes = [writer(address, number, each, program) for number in range(writers)]
    for process in processes:
        out, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
        times += [float(line.split()[1]) for line in out.splitlines()]
    assert len(times) == writers * each
    return times


def recorded(address: str) -> list[Actual]:
    """Return every line of a store in the order of writing."""
    with closing(open_store(address, "", named=True)) as store:
        return store.lines()


def missing(lines: list[Actual], writers: int, each: int) -> str:
    """Return what a store lacks, or holds twice, of what processes recorded; nothing if all is well."""
    counts = {len(lines), len({(line.series, line.period) for line in lines}), len({line.position for line in lines})}
    return "" if counts == {writers * each} else f"{writers * each} lines were recorded, and there are {counts}"


def made(path: Path) -> str:
    """Return the path of a SQLite file with its table."""
    with closing(open_store(str(path), "", named=False)) as store:
        store.take([])
    return str(path)


def emptied(server: Postgres) -> str:
    """Return the address of a database without tables of ours."""
    import psycopg

    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS tracker_actuals, tracker_schema")
    return server.address
