"""Completion: what a shell offers, tried in the shells themselves."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import Project, Run, plain_environment

if TYPE_CHECKING:
    from pathlib import Path

GOALS = """
[series.urbanization]
unit = "%"
[series.homes]
[[goals]]
id = "alpha-one"
name = "First"
group = "Towns"
series = "urbanization"
fields = { "性质" = "约束性" }
target = 50
due = 2030
[[goals]]
id = "alpha-two"
name = "Second"
series = "homes"
target = 50
due = 2030
"""
PATIENCE = 60  # seconds; a shell that takes longer does not answer
STARTS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source ./script.bash"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -D -u; source ./script.zsh"),
}


@pytest.fixture
def plan(project: Project, run: Run) -> Path:
    """Return a project with the scripts of every shell and a `tracker` for the path."""
    folder = project.write(GOALS, "series,period,value\nurbanization,2024,44\nrecorded-only,2024,1\n")
    (folder / "other.csv").write_text("series,period,value\nelsewhere,2024,1\n", encoding="utf-8")
    shims = folder / "bin"
    shims.mkdir()
    (shims / "tracker").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n', encoding="utf-8")
    (shims / "tracker").chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        assert run("completion", shell, "-o", f"script.{shell}", cwd=folder).code == 0
    return folder


def environment(plan: Path) -> dict[str, str]:
    """Return an environment that has our command on its path and no settings of the reader's own."""
    return plain_environment(PATH=f"{plan / 'bin'}{os.pathsep}{os.environ['PATH']}", HOME=str(plan), TERM="dumb")


def needs(shell: str) -> None:
    """Skip where a shell is not installed."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


def offered(plan: Path, line: str) -> list[str]:
    """Return what bash's script is offered for a line whose last word is to be completed."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TRACKER_COMPLETE": "complete_bash"}
    done = subprocess.run(["tracker"], cwd=plan, env=environment(plan) | asked, capture_output=True, check=False)
    assert done.stderr == b""
    return done.stdout.decode().split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tracker sta", ["status"]),
        ("tracker show alpha", ["alpha-one", "alpha-two"]),
        ("tracker status alpha-one alpha-t", ["alpha-two"]),
        ("tracker log u", ["urbanization"]),
        ("tracker record ho", ["homes"]),
        ("tracker log reco", ["recorded-only"]),
        ("tracker log --actuals other.csv el", ["elsewhere"]),
        ("tracker status --fo", ["--format"]),
        ("tracker status --ex", ["--excel"]),
        ("tracker status --format x", ["xlsx"]),
        ("tracker status --format=js", ["json", "jsonl"]),
        ("tracker export --format p", ["prometheus"]),
        ("tracker status --lang z", ["zh"]),
        ("tracker status --sort ur", ["urgency"]),
        ("tracker status --group T", ["Towns"]),
        ("tracker status --status missed,on", ["missed,on-track"]),
        ("tracker status --fail-on sta", ["stale"]),
        ("tracker status --columns id,growth.req", ["id,growth.required"]),
        ("tracker status --by 性", ["性质"]),
        ("tracker export --where own", ["owner="]),
        ("tracker schema fig", ["figures"]),
        ("tracker nothing x", []),
        ("tracker status -f nowhere.toml alp", []),
    ],
)
def test_what_is_offered(plan: Path, line: str, expected: list[str]) -> None:
    """Commands, options, goals, series and the words that options know, as the goals file has them."""
    assert offered(plan, line) == expected


def test_a_broken_goals_file_offers_nothing(plan: Path, project: Project) -> None:
    """A file that cannot be used stays silent while somebody types."""
    project.write("[[goals]]\nidd = 1\n")
    assert offered(plan, "tracker show alp") == []


@pytest.mark.parametrize("content", [b"series,period,value\nx,2024,1\nx,20", b"x" * (3 << 20)])
def test_actuals_that_cannot_be_read_soon_leave_the_declared_series(plan: Path, content: bytes) -> None:
    """A ledger that is torn, or large, takes nothing away of what the goals file declares."""
    (plan / "actuals.csv").write_bytes(content)
    assert offered(plan, "tracker log ") == ["urbanization", "homes"]


def typed(plan: Path, shell: str, keys: str, wanted: str) -> str:
    """Return what a shell shows until a pattern is there, when somebody types keys into it at a terminal."""
    command, setup = STARTS[shell]
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command,
        cwd=plan,
        env=environment(plan),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    shown, until, steps = "", time.monotonic() + PATIENCE, [(f"{setup}; echo re''ady\n", "ready"), (keys, wanted)]
    try:
        for text, pattern in steps:
            os.write(leader, text.encode())
            while re.search(pattern, shown) is None and time.monotonic() < until:
                if select.select([leader], [], [], 0.2)[0]:
                    shown += os.read(leader, 65536).decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    return shown


@pytest.mark.parametrize("shell", sorted(STARTS))
@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("tracker show alpha-o\t\n", r"alpha-one . First"),
        ("tracker log urb\t\n", r"1 recorded line"),
        ("tracker status --js\t\n", r'"schema": "tracker/status/1"'),
    ],
)
def test_the_tab_key(plan: Path, shell: str, keys: str, wanted: str) -> None:
    """In an interactive shell the tab key completes a goal, a series and an option, and the command then runs."""
    needs(shell)
    assert re.search(wanted, typed(plan, shell, keys, wanted))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tracker show alpha", ["alpha-one\tFirst", "alpha-two\tSecond"]),
        ("tracker log urb", ["urbanization\turbanization"]),
        ("tracker status --excel --js", ["--json"]),
    ],
)
def test_fish(plan: Path, line: str, expected: list[str]) -> None:
    """Fish itself, asked what it would offer for a line, offers goals with their names, series and options."""
    needs("fish")
    asked = ["fish", "--no-config", "-c", f'source script.fish; complete -C "{line}"']
    done = subprocess.run(asked, cwd=plan, env=environment(plan), capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    assert [one.split("\t")[0] for one in lines] == [one.split("\t")[0] for one in expected]
    assert all(one in lines for one in expected if "\t" in one)


def test_completion_is_not_loaded_for_a_command(plan: Path) -> None:
    """A command that nobody completes loads nothing of completion."""
    code = (
        "import sys; from tracker.cli import main; main(['status', '--json']); "
        "print('tracker.cli.completing' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=plan, env=environment(plan), capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "False"
