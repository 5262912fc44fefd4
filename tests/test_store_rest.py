"""A SQLite file that others may read and not write: what its owner was told is recorded is what they see."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from conftest import plain_environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = 'actuals = "a.db"\n[[goals]]\nid = "x"\ndue = 2030\ntarget = 9\n'
# root may write anything, unless this right is taken from it
READER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def folder(project: Project, run: Run) -> Path:
    """Return a project with one line in a SQLite file."""
    folder = project.write(GOALS, "series,period,value\nx,2020,1\n")
    assert run("store", "copy", "actuals.csv", "a.db", cwd=folder).code == 0
    return folder


def read(folder: Path) -> tuple[int, str]:
    """Return what `store check` says to somebody who may not write in the folder."""
    if READER and shutil.which("setpriv") is None:
        pytest.skip("no setpriv: root may write everywhere")
    folder.chmod(0o555)
    try:
        command = [*READER, sys.executable, "-m", "tracker", "store", "check", "a.db", "--lang", "en"]
        done = subprocess.run(command, cwd=folder, env=plain_environment(), capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
    return done.returncode, done.stderr


def test_a_reader_sees_what_lies_in_the_log(folder: Path, run: Run) -> None:
    """While another connection keeps the log, what was recorded is read from it; afterwards from the file alone."""
    with closing(sqlite3.connect(folder / "a.db")) as other:
        other.execute("SELECT COUNT(*) FROM tracker_actuals").fetchall()
        for value in ("5", "6"):
            assert run("record", "x", value, "--period", f"202{value}", cwd=folder).code == 0
        assert (folder / "a.db-wal").stat().st_size
        code, said = read(folder)
        assert (code, "a.db: 3 lines, " in said) == (0, True), said
    assert not (folder / "a.db-wal").exists()
    code, said = read(folder)
    assert (code, "a.db: 3 lines, " in said) == (0, True), said


def test_a_log_that_cannot_be_read_is_no_reason_to_leave_it_out(folder: Path, run: Run) -> None:
    """Where the log is there and may not be read, the file without it is no answer: exit 5."""
    with closing(sqlite3.connect(folder / "a.db")) as other:
        other.execute("SELECT COUNT(*) FROM tracker_actuals").fetchall()
        assert run("record", "x", "5", "--period", "2025", cwd=folder).code == 0
        (folder / "a.db-wal").chmod(0)
        code, said = read(folder)
    assert (code, "a.db cannot be read" in said) == (5, True), said
