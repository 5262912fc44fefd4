"""Many writers at once, and writers and servers that are killed: nothing acknowledged is lost or there twice."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from conftest import plain_environment
from engines import running_postgres
from test_stores import emptied

from tracker.errors import Unreachable
from tracker.model.actual import Actual
from tracker.periods import parse_period
from tracker.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engines import Postgres

WRITERS, EACH = 8, 500
WRITER = """
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


def writer(address: str, name: object, count: int) -> subprocess.Popen[str]:
    """Return a process that records actuals one by one and says so after each."""
    command = [sys.executable, "-c", WRITER, address, str(name), str(count)]
    environment = plain_environment()
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def write_at_once(address: str) -> None:
    """Fail unless eight processes record all they have, each line once; print how long the slowest took."""
    processes = [writer(address, number, EACH) for number in range(WRITERS)]
    times = []
    for process in processes:
        out, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
        times += [float(line.split()[1]) for line in out.splitlines()]
    assert len(times) == WRITERS * EACH
    with closing(open_store(address, "", named=True)) as store:
        lines = store.lines()
    assert len(lines) == WRITERS * EACH
    assert len({(line.series, line.period) for line in lines}) == WRITERS * EACH
    assert len({line.position for line in lines}) == WRITERS * EACH
    print(f"p99 {statistics.quantiles(times, n=100)[98] * 1000:.0f} ms of {len(times)} records")  # noqa: T201  a figure to see with -s


def made(path: Path) -> str:
    """Return the path of a SQLite file with its table."""
    open_store(str(path), "", named=False).take([])
    return str(path)


def test_eight_processes_record_into_sqlite_at_once(tmp_path: Path) -> None:
    """Eight processes with 500 actuals each leave 4,000 lines in SQLite, none lost and none twice."""
    write_at_once(made(tmp_path / "actuals.db"))


def test_eight_processes_record_into_postgresql_at_once(postgres: Postgres) -> None:
    """Eight processes with 500 actuals each leave 4,000 lines in PostgreSQL, none lost and none twice."""
    write_at_once(emptied(postgres))


def acknowledged(process: subprocess.Popen[str], kill: Callable[[], None]) -> int:
    """Return how many lines a writer had said were recorded when something was killed."""
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    kill()
    rest = process.stdout.read().splitlines()
    return 20 + len([line for line in rest if len(line.split()) == 2])


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_writer_loses_nothing_acknowledged(kind: str, tmp_path: Path, postgres: Postgres) -> None:
    """A writer killed in the middle leaves every line it had acknowledged, at most one more, and no half one."""
    address = made(tmp_path / "actuals.db") if kind == "sqlite" else emptied(postgres)
    with writer(address, "killed", 5000) as process:
        count = acknowledged(process, lambda: os.kill(process.pid, signal.SIGKILL))
    with closing(open_store(address, "", named=True)) as store:
        lines = store.lines()
        assert len(lines) in {count, count + 1}
        assert [line.value for line in lines] == [float(number) for number in range(len(lines))]
        store.append(lambda _: [lines[0]], {"another"})  # nothing is locked


def test_a_killed_server_loses_nothing_acknowledged() -> None:
    """A server that is gone in the middle is exit 5 that says what became of the line; all before is there again."""
    with running_postgres() as server:
        with writer(server.address, "server", 5000) as process:
            count = acknowledged(process, lambda: server.stop("immediate"))
            assert process.stderr is not None
            err = process.stderr.read()
        assert "Unreachable" in err
        assert "nothing was recorded" in err or "shows whether it was recorded" in err or "cannot be reached" in err
        assert server.password not in err
        server.start()
        with closing(open_store(server.address, "", named=True)) as store:
            lines = store.lines()
        assert len(lines) in {count, count + 1}


def test_a_held_sqlite_file_is_told_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the file for longer than the busy timeout, nothing is recorded and that is said."""
    import sqlite3

    from tracker.stores import sqlite

    monkeypatch.setattr(sqlite, "_SECONDS", 0.2)
    path = made(tmp_path / "actuals.db")
    period = parse_period("2024")
    assert period is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        with pytest.raises(Unreachable, match="locked; nothing was recorded"):
            open_store(path, "", named=True).append(lambda _: [Actual("x", period, 1.0)])
        assert 0.1 < time.monotonic() - start < 10
