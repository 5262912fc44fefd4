"""Somebody who waits at a terminal for a long import sees how far it is; a pipe sees nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import plain_environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
language = "en"
[series.s]
context = true
"""
ROWS = 200_000


def _long(folder: Path) -> Path:
    """Write days of a few hundred years, more than a second of work."""
    path = folder / "long.csv"
    days = (f"s,{1600 + k // 336:04d}-{k // 28 % 12 + 1:02d}-{k % 28 + 1:02d},{k}\n" for k in range(ROWS))
    path.write_text("series,period,value\n" + "".join(days), encoding="utf-8")
    return path


def test_a_terminal_sees_how_far_a_long_csv_is(project: Project) -> None:
    """After a second a bar counts the values on stderr."""
    folder = project.write(GOALS, "series,period,value\n")
    master, slave = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "tracker", "import", str(_long(folder)), "--dry-run", "--json"],
        cwd=folder,
        env=plain_environment(COLUMNS="100"),
        stdout=subprocess.DEVNULL,
        stderr=slave,
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
    assert done.wait() == 0
    assert f"/{ROWS}".encode() in seen


def test_a_pipe_sees_nothing(run: Run, project: Project) -> None:
    """Without a terminal nothing but the plan is written."""
    folder = project.write(GOALS, "series,period,value\n")
    done = run("import", _long(folder), "--dry-run", "--json", cwd=folder)
    assert (done.code, done.err) == (0, "nothing was imported: --dry-run\n")
