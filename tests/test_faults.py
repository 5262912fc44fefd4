"""What goes wrong around the program: after each fault there is the old state or the new, and the message says which.

`KILLS=1000 pytest tests/test_faults.py -k kill` kills a thousand recordings instead of forty.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from conftest import LONGEST_RUN, plain_environment, unmeasured_environment

from tracker.stores.csvreading import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

KILLS = int(os.environ.get("KILLS", "40"))
GOALS = 'format = 1\nlanguage = "en"\n[series.a]\n[[goals]]\nid = "a"\nname = "A"\ntarget = 5\ndue = 2027\n'
HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
ACTUALS = f"{HEADER}a,2023,1,final,,,,,2024-01-01T00:00:00Z\na,2024,2,final,,,,,2025-01-01T00:00:00Z\n"
TABLE = "series,period,value\na,2025,3\na,2026,4\n"
PLAN = "指标,单位,2020年,2025年\n失业率,%,5.5,5\n"
WRITING = {
    "record": ["record", "a", "3", "--period", "2025"],
    "import": ["import", "table.csv"],
    "note": ["note", "a", "--text", "hello"],
    "export": ["export", "-o", "out.csv"],
    "report": ["report", "-o", "out.html"],
    "chart": ["chart", "a", "-o", "out.svg"],
    "init": ["init", "new/deep"],
    "init --from": ["init", "new", "--from", "plan.csv"],
    "store copy": ["store", "copy", "actuals.csv", "copy.csv"],
    "store copy to SQLite": ["store", "copy", "actuals.csv", "copy.db"],
    "status": ["status", "--json", "-o", "out.json"],
    "workbook": ["status", "-o", "out.xlsx"],
    "schema": ["schema", "goals", "-o", "out.json"],
}
PRINTING = {
    "status": ["status"],
    "json": ["status", "--json"],
    "show": ["show", "a"],
    "chart": ["chart", "a"],
    "log": ["log"],
    "diff": ["diff", "--since", "2024-06-01"],
    "import": ["import", "table.csv", "--dry-run"],
    "help": ["status", "--help"],
    "version": ["--version"],
}
READING_STDIN = (
    ["note", "a", "--text", "-"], ["import", "-"], ["init", "new", "--from", "-"], ["diff", "--since", "-"],
    ["backtest", "--cases", "-"],
)  # fmt: skip
# root may do anything, unless these two rights are taken from it
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with goals, actuals, a table to import and a plan to begin from."""
    for name, text in {"goals.toml": GOALS, "actuals.csv": ACTUALS, "table.csv": TABLE, "plan.csv": PLAN}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return every file with its bytes, and every folder; what SQLite keeps beside its file is part of it."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-shm", "-wal"))
    }


def started(folder: Path, arguments: list[str], before: list[str] | None = None) -> subprocess.Popen[bytes]:
    """Start the command."""
    return subprocess.Popen(
        [*(before or []), sys.executable, "-m", "tracker", *arguments],
        cwd=folder, env=unmeasured_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return the exit code of a command and what it wrote to stderr."""
    _, err = process.communicate(timeout=LONGEST_RUN)
    return process.returncode, err.decode()


def in_shell(
    folder: Path, arguments: list[str], redirected: str, env: Mapping[str, str | None] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a shell that redirects it; an `env` of None takes a variable away."""
    changed = {**plain_environment(), **(env or {})}
    return subprocess.run(
        ["bash", "-c", f'{sys.executable} -m tracker "$@" {redirected}', "tracker", *arguments],
        cwd=folder, env={name: value for name, value in changed.items() if value is not None}, capture_output=True,
        timeout=LONGEST_RUN, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def no_room() -> None:
    """Let no file grow beyond a few bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))


@pytest.mark.parametrize("name", WRITING)
def test_where_nothing_has_room_all_is_as_before(folder: Path, name: str) -> None:
    """Not a byte differs, nothing is left behind, and the sentence names the file that could not be written."""
    before = tree(folder)
    env = unmeasured_environment()
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *WRITING[name]],
        cwd=folder, env=env, capture_output=True, check=False, preexec_fn=no_room,
    )  # fmt: skip
    said = done.stderr.decode()
    assert (done.returncode, tree(folder)) == (5, before), said
    named = {"record": "actuals.csv", "import": "actuals.csv", "note": "notes.csv", "init": "new/deep/goals.toml"}
    assert named.get(name, WRITING[name][-1] if "--from" not in WRITING[name] else "new/goals.toml") in said
    assert said.count("\n") <= 2


@pytest.mark.parametrize("name", WRITING)
def test_without_the_right_to_write_all_is_as_before(folder: Path, name: str) -> None:
    """In a folder and files that may only be read, the answer is exit 5 and a sentence."""
    before = tree(folder)
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        code, said = ended(started(folder, WRITING[name], UNPRIVILEGED))
    finally:
        folder.chmod(0o755)
    assert (code, tree(folder)) == (5, before)
    assert "you have no permission" in said or "unable to open database file" in said


@pytest.mark.parametrize("name", ["goals.toml", "actuals.csv"])
def test_what_may_not_be_read_is_named(folder: Path, name: str) -> None:
    """A file without the right to read it is exit 5; a copy of it leaves no empty store behind."""
    (folder / name).chmod(0)
    for arguments in (WRITING["record"], WRITING["status"], WRITING["store copy to SQLite"]):
        if name in arguments or "store" not in arguments:
            code, said = ended(started(folder, arguments, UNPRIVILEGED))
            assert code == 5
            assert said.startswith("tracker: ")
            assert name in said
            assert "you have no permission" in said
    assert not {"copy.db", "out.json"} & set(tree(folder))


@pytest.mark.parametrize("name", PRINTING)
def test_a_full_stdout_is_exit_5(folder: Path, name: str) -> None:
    """Where stdout takes nothing, that is said; where stderr takes nothing either, the code still says it."""
    done = in_shell(folder, PRINTING[name], ">/dev/full")
    assert (done.returncode, done.stderr.count(b"\n")) == (5, 1)
    assert b"the disk is full" in done.stderr
    if name == "status":
        assert in_shell(folder, PRINTING[name], ">/dev/full 2>&1").returncode == 5


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-", ">&- 2>&- <&-"])
def test_what_was_done_stays_done_where_nobody_can_be_told(folder: Path, redirected: str) -> None:
    """A recording whose message cannot be written is recorded, and exits with 0; a refusal keeps its code."""
    assert in_shell(folder, WRITING["record"], redirected).returncode == 0
    assert len(ledger((folder / "actuals.csv").read_bytes(), "").lines) == 3
    assert in_shell(folder, ["record", "a", "9", "--period", "2025"], redirected).returncode == 2
    (folder / "goals.toml").write_text("format = 2\n", encoding="utf-8")
    assert in_shell(folder, ["status"], redirected).returncode == 4


def test_what_was_imported_is_told_where_the_table_cannot_be(folder: Path) -> None:
    """The ledger has the lines and the message says so, though what was asked for could not be printed."""
    done = in_shell(folder, WRITING["import"], ">/dev/full")
    assert done.returncode == 5
    assert done.stderr.decode().splitlines() == [
        "actuals.csv: 2 new · 0 same · 0 revised", "tracker: cannot write the output: the disk is full",
    ]  # fmt: skip
    assert len(ledger((folder / "actuals.csv").read_bytes(), "").lines) == 4


@pytest.mark.parametrize("name", PRINTING)
def test_a_reader_that_goes_away_is_silent(folder: Path, name: str) -> None:
    """141 and not a word, for help and version too."""
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *PRINTING[name]],
        cwd=folder, env=plain_environment(), stdout=writer, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writer)
    assert ended(process) == (141, "")


@pytest.mark.parametrize("arguments", READING_STDIN, ids=lambda arguments: arguments[0])
def test_a_closed_stdin_is_named(folder: Path, arguments: list[str]) -> None:
    """What should be read from stdin cannot be, and nothing is written."""
    before = tree(folder)
    done = in_shell(folder, arguments, "<&-")
    assert (done.returncode, done.stderr) == (5, b"tracker: cannot read <stdin>: it is closed\n")
    assert tree(folder) == before


POOR: dict[str, dict[str, str | None]] = {
    "no home": {"HOME": None},
    "a home that is not there": {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
    "no terminal": {"TERM": None, "COLUMNS": "0"},
    "C": {"LANG": "C", "LC_ALL": "C"},
    "C in Chinese without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TRACKER_LANG": "zh"},
    "ASCII": {"PYTHONIOENCODING": "ascii", "TRACKER_LANG": "zh"},
    "GBK": {"PYTHONIOENCODING": "gbk", "TRACKER_LANG": "zh"},
}


@pytest.mark.parametrize("name", POOR)
def test_a_poor_environment_stops_nothing(folder: Path, name: str) -> None:
    """Every way of printing works, and writes what the encoding of stdout can hold."""
    (folder / "goals.toml").write_text(GOALS.replace('"A"', '"城镇化率 𠮷 ✓"'), encoding="utf-8")
    encoding = POOR[name].get("PYTHONIOENCODING") or "utf-8"
    for kind in ("status", "show", "help"):
        done = in_shell(folder, PRINTING[kind], "", POOR[name])
        assert (done.returncode, b"Traceback" in done.stderr, b"unexpected" in done.stderr) == (0, False, False)
        assert done.stdout.decode(encoding)
    assert in_shell(folder, WRITING["record"], "", POOR[name]).returncode == 0


def test_killed_at_any_moment_a_recording_is_there_or_not(folder: Path) -> None:
    """SIGKILL leaves a ledger that reads, with the line whole or absent; what exited with 0 is there; no lock stays."""
    luck = random.Random(7)  # noqa: S311  it only picks moments
    path = folder / "actuals.csv"
    start = time.monotonic()
    assert ended(started(folder, ["record", "a", "0.5", "--period", "1900"]))[0] == 0
    whole = time.monotonic() - start
    acknowledged, values = {0.5}, {0.5}
    for number in range(KILLS):
        process = started(folder, ["record", "a", str(number), "--period", f"{1000 + number % 900}", "--revise"])
        try:
            process.wait(luck.uniform(0.3, 1.1) * whole)
        except subprocess.TimeoutExpired:
            process.kill()
        code, _ = ended(process)
        assert code in {0, -signal.SIGKILL}
        values.add(float(number))
        if code == 0:
            acknowledged.add(float(number))
        data = path.read_bytes()
        assert data.endswith(b"\n")
        found = {line.value for line in ledger(data, "actuals.csv").lines[2:]}
        assert acknowledged <= found <= values
    assert set(tree(folder)) == {"goals.toml", "actuals.csv", "table.csv", "plan.csv"}
    assert ended(started(folder, WRITING["record"]))[0] == 0


@pytest.mark.parametrize("name", ["record", "import", "init", "status", "store copy to SQLite"])
def test_an_interrupt_at_any_moment_leaves_old_or_new(folder: Path, name: str) -> None:
    """Ctrl-C ends with 130 and no traceback; what was being written is there as a whole or not at all."""
    luck = random.Random(name)  # noqa: S311  it only picks moments
    start = time.monotonic()
    before = tree(folder)
    assert ended(started(folder, WRITING[name]))[0] == 0
    whole, new = time.monotonic() - start, set(tree(folder)) - set(before)
    for _ in range(3):
        for path in [one for one in sorted(folder.rglob("*"), reverse=True) if str(one.relative_to(folder)) in new]:
            path.rmdir() if path.is_dir() else path.unlink()
        (folder / "actuals.csv").write_text(ACTUALS, encoding="utf-8")
        process = started(folder, WRITING[name])
        time.sleep(luck.uniform(0.4, 0.9) * whole)
        process.send_signal(signal.SIGINT)
        code, said = ended(process)
        if code == -signal.SIGINT:  # Python itself was still starting: nothing of ours has run
            assert "tracker/cli" not in said
            assert tree(folder) == before
            continue
        assert code in {0, 130}
        assert "Traceback" not in said
        assert set(tree(folder)) in (set(before), set(before) | new)
        assert len(ledger((folder / "actuals.csv").read_bytes(), "").lines) in {2, 3, 4}


def meanwhile(work: Callable[[int], None], folder: Path, arguments: list[str], runs: int) -> list[tuple[int, str, str]]:
    """Return what some runs of the command gave while something else went on all the time."""
    over = threading.Event()

    def go_on() -> None:
        turn = 0
        while not over.is_set():
            work(turn)
            turn += 1

    other = threading.Thread(target=go_on)
    other.start()
    try:
        found = []
        for _ in range(runs):
            process = started(folder, arguments)
            out, err = process.communicate(timeout=LONGEST_RUN)
            found.append((process.returncode, out.decode(), err.decode()))
        return found
    finally:
        over.set()
        other.join()


def test_goals_that_are_rewritten_meanwhile_are_the_old_or_the_new(folder: Path) -> None:
    """An editor that puts a new file in the place of the old one is never seen half-way."""
    texts = [
        GOALS,
        GOALS.replace("target = 5", "target = 6") + '[[goals]]\nid = "b"\nseries = "a"\ntarget = 6\ndue = 2027\n',
    ]

    def rewrite(turn: int) -> None:
        (folder / "new.toml").write_text(texts[turn % 2], encoding="utf-8")
        (folder / "new.toml").replace(folder / "goals.toml")

    arguments = ["status", "--format", "csv", "--columns", "id,target", "--as-of", "2025-06-01"]
    seen = {(code, out) for code, out, _ in meanwhile(rewrite, folder, arguments, 5)}
    assert {code for code, _ in seen} == {0}
    rows = {tuple(line.split(",")[0] for line in out.splitlines()[1:]) for _, out in seen}
    assert rows <= {("a",), ("a", "b")}


@pytest.mark.parametrize("name", ["goals.toml", "actuals.csv"])
def test_a_file_that_comes_and_goes_is_there_or_named(folder: Path, name: str) -> None:
    """Vanishing between being found and being opened is exit 5 with the file's name, never a traceback."""
    (folder / "kept.toml").write_text(GOALS, encoding="utf-8")

    def come_and_go(_: int) -> None:
        (folder / name).rename(folder / "away")
        time.sleep(0.001)
        (folder / "away").rename(folder / name)
        time.sleep(0.001)

    arguments = ["status", "--json", "-f", "goals.toml", "--actuals", "actuals.csv"]
    for code, _, said in meanwhile(come_and_go, folder, arguments, 6):
        assert code in {0, 5}
        assert said == "" or (name in said and "there is no such file" in said)
