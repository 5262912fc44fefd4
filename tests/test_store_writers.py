"""Many writers at once, and writers and servers that are killed: nothing acknowledged is lost or there twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import statistics
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
import recorders
from conftest import plain_environment
from engines import running_postgres
from recorders import at_once, emptied, made, missing, recorded, writer

from tracker.errors import Unreachable
from tracker.model.actual import Actual
from tracker.periods import parse_period
from tracker.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project
    from engines import Postgres

WRITERS, EACH = 8, 100  # benchmarks/writers.py has five times as many, and measures them
COMMANDS = """
import sys
from tracker.cli import main
address, writer, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    code = main(["record", f"series-{writer}", str(number), "-p", str(1000 + number), "-f", "GOALS", "--lang", "en"])
    if code:
        sys.exit(code)
    print(number, "is recorded", flush=True)
"""
"""Says after each `tracker record` its number, and ends with the exit code of the first that fails."""


def write_at_once(address: str) -> None:
    """Fail unless eight processes record all they have, each line once."""
    at_once(address, WRITERS, EACH)
    assert missing(recorded(address), WRITERS, EACH) == ""


def test_eight_processes_record_into_sqlite_at_once(tmp_path: Path) -> None:
    """Eight processes leave every line in SQLite, none lost and none twice."""
    write_at_once(made(tmp_path / "actuals.db"))


def test_eight_processes_record_into_postgresql_at_once(postgres: Postgres) -> None:
    """Eight processes leave every line in PostgreSQL, none lost and none twice."""
    write_at_once(emptied(postgres))


def test_nobody_waits_much_longer_than_others_for_sqlite(tmp_path: Path) -> None:
    """Of writers that want the same file all the time, one in a hundred waits no second, or not forty times as long."""
    times = at_once(made(tmp_path / "actuals.db"), 4, 200)
    assert statistics.quantiles(times, n=100)[98] < max(1, 40 * statistics.median(times))


def numbers(out: str) -> list[str]:
    """Return what a process said was recorded; a last line that is torn by its end is not said."""
    return [line.split()[0] for line in out.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_writer_loses_nothing_acknowledged(kind: str, tmp_path: Path, postgres: Postgres) -> None:
    """A writer killed in the middle leaves every line it had acknowledged, at most one more, and holds up nobody."""
    address = made(tmp_path / "actuals.db") if kind == "sqlite" else emptied(postgres)
    with writer(address, "killed", 5000) as process, writer(address, "other", 200) as other:
        assert process.stdout is not None
        said = "".join(process.stdout.readline() for _ in range(20))
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read()
        assert len(numbers(other.communicate(timeout=60)[0])) == 200
    lines = [line for line in recorded(address) if line.series == "series-killed"]
    assert len(lines) - len(numbers(said)) in {0, 1}
    assert [line.value for line in lines] == [float(number) for number in range(len(lines))]
    assert len(recorded(address)) == len(lines) + 200


def test_a_killed_server_loses_nothing_acknowledged(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that dies under eight commands is exit 5 for each, and says truly what became of its line."""
    series = "".join(f"[series.series-{number}]\ncontext = true\n" for number in range(WRITERS))
    folder = project.write(series)
    program = COMMANDS.replace("GOALS", str(folder / "goals.toml"))
    with running_postgres() as server:
        monkeypatch.setattr(recorders, "plain_environment", lambda: plain_environment(TRACKER_ACTUALS=server.address))
        with ExitStack() as stack:
            processes = [stack.enter_context(writer("", number, 5000, program)) for number in range(WRITERS)]
            said = [process.stdout.readline() for process in processes if process.stdout]
            server.stop("immediate")
            outs = [out + process.stdout.read() for process, out in zip(processes, said, strict=True) if process.stdout]
            errs = [process.stderr.read() for process in processes if process.stderr]
        server.start()
        lines = recorded(server.address)
    for number, (process, out, err) in enumerate(zip(processes, outs, errs, strict=True)):
        assert process.returncode == 5, err
        assert server.password not in err
        last = err.splitlines()[-1]
        count = err.count(", recorded in ")
        assert count - len(numbers(out)) in {0, 1}
        there = [line.value for line in lines if line.series == f"series-{number}"]
        assert there == [float(value) for value in range(len(there))]
        if "`tracker log` shows whether it was recorded" in last:
            assert len(there) in {count, count + 1}
        else:
            assert "nothing was recorded" in last or "cannot be reached" in last or "cannot be read" in last
            assert len(there) == count, (err, out)
    assert len({line.position for line in lines}) == len(lines)


def test_a_held_sqlite_file_is_told_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the file for longer than the busy timeout, nothing is recorded and that is said."""
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


@pytest.mark.parametrize(("kind", "mode"), [("nfs4", "delete"), ("ext4", "wal")])
def test_sqlite_keeps_no_shared_log_on_a_network_drive(
    kind: str, mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a drive of another machine, which has no memory in common with this one, the file is written without WAL."""
    from tracker.stores import sqlite

    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {os.path.realpath(tmp_path)} {kind} rw 0 0\n")
    monkeypatch.setattr(sqlite, "_MOUNTS", str(mounts))
    address = made(tmp_path / "actuals.db")
    with closing(sqlite3.connect(address)) as base:
        assert base.execute("PRAGMA journal_mode").fetchall() == [(mode,)]
    assert recorded(address) == []
