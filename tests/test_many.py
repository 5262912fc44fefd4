"""The status of very many goals as JSON lines, which several processes make, says what the JSON of all says."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from conftest import unmeasured_environment
from ledgers import year

from tracker.cli.many import MANY
from tracker.cli.workers import all_done
from tracker.model.actual import Actual, Quality
from tracker.periods import parse_period
from tracker.stores import open_store

if TYPE_CHECKING:
    from conftest import Run

GOALS = """format = 1
language = "en"
[series."output/{place}"]
unit = "t"
[series."share/{place}"]
kind = "ratio"
unit = "%"
[series.fees]
kind = "flow"
[[goals]]
id = "share/{place}"
group = "people"
baseline = 2020
due = 2030
target = { between = [40, 60] }
[[goals]]
id = "output/{place}"
group = "industry"
due = 2030
target = { growth = 0.03 }
baseline = 2020
[[goals]]
id = "output/0000001"
due = 2024
target = 90
[[goals]]
id = "fees"
due = 2030
target = 5
"""
OPTIONS = [["--no-tree", "--sort", "name"], ["--sort", "file", "--limit", "7"]]
OPTIONS.append(["--status", "off-track,on-track", "--sort", "due", "--lang", "zh", "--method", "pace"])


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with goals for more than so many series, and the same actuals in two stores."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "goals.toml").write_text(GOALS, encoding="utf-8")
    random = Random(7)  # noqa: S311  the same actuals every time
    lines = []
    for place in range(MANY + 20):
        name = f"{'share' if place % 5 == 0 else 'output'}/{place:07}"
        value = random.uniform(20, 80)
        for age in range(random.randint(1, 5)):
            value *= random.uniform(0.9, 1.2)
            at = datetime(2021 + age, 2, 1 + random.randint(0, 2), tzinfo=UTC)
            quality = random.choice([Quality.FINAL, Quality.PROVISIONAL])
            lines.append(Actual(name, year(2020 + age), round(value, 1), quality, source="Bulletin", recorded_at=at))
            if random.random() < 0.1:
                lines.append(Actual(name, year(2020 + age), None, Quality.RETRACTED, date(2026, 1, 5), recorded_at=at))
    # what no goal asks for stands among what they ask for, in the part of one process
    lines += [Actual(f"quiet/{place}", year(2020), 1.0, recorded_at=datetime(2021, 2, 1, tzinfo=UTC)) for place in "ab"]
    lines = [line._replace(position=place) for place, line in enumerate(lines, 1)]
    for name in ("actuals.db", "actuals.duckdb"):
        with closing(open_store(name, str(folder), named=False)) as store:
            store.take(lines)
    return folder


@pytest.mark.parametrize(("store", "options"), [("actuals.duckdb", []), *(("actuals.db", one) for one in OPTIONS)])
def test_lines_say_what_the_json_of_all_says(options: list[str], store: str, ledgers: Path, run: Run) -> None:
    """The same goals in the same order with the same figures, whatever is asked of them."""
    asked = ["status", "--as-of", "2025-06-01", "--actuals", store, *options]
    together = json.loads(run(*asked, "--json", cwd=ledgers).out)["goals"]
    lines = run(*asked, "--format", "jsonl", cwd=ledgers).out.splitlines()
    assert [json.loads(line) for line in lines] == together
    assert len(together) > (2 if options else MANY)


def test_what_is_wrong_in_any_part_is_told_at_once(ledgers: Path, run: Run, tmp_path: Path) -> None:
    """Problems of goals that two processes look at come together, in the reader's language, as for few goals."""
    (tmp_path / "goals.toml").write_text(GOALS.replace('unit = "t"', 'unit = "t"\nkind = "flow"'), encoding="utf-8")
    with closing(open_store("actuals.db", str(ledgers), named=False)) as store:
        every = store.lines()
    quarter = parse_period("2024-Q1")
    assert quarter is not None
    mixed = [
        Actual(name, quarter, 1.0, recorded_at=datetime(2024, 5, 1, tzinfo=UTC), position=len(every) + place)
        for place, name in enumerate(("output/0000003", f"output/{MANY + 1:07}"), 1)
    ]
    with closing(open_store("actuals.db", str(tmp_path), named=False)) as store:
        store.take([*every, *mixed])
    asked = ["status", "--as-of", "2025-06-01", "--actuals", "actuals.db", "--lang", "zh"]
    done, together = run(*asked, "--format", "jsonl"), run(*asked, "--json")
    assert (done.code, done.out) == (4, "")
    assert sorted(done.err.splitlines()) == sorted(together.err.splitlines())
    assert all(line.series in done.err for line in mixed)


def test_two_declarations_that_make_one_goal_are_refused(ledgers: Path, run: Run, tmp_path: Path) -> None:
    """Also where different processes would have made it."""
    twice = """[[goals]]
id = "{one}"
series = "share/{one}"
due = 2030
target = 50
[[goals]]
id = "{other}"
series = "output/{other}"
due = 2030
target = 50
"""
    (tmp_path / "goals.toml").write_text(f"format = 1\n{twice}", encoding="utf-8")
    shutil.copy(ledgers / "actuals.db", tmp_path)
    with closing(open_store("actuals.db", str(tmp_path), named=False)) as store:
        store.append(lambda _: [Actual("share/0000001", year(2020), 1.0)], {"share/0000001"})
    done = run("status", "--format", "jsonl", "--actuals", "actuals.db")
    assert (done.code, done.out) == (4, "")
    assert '"0000001" is made by the declaration in line 2 too' in done.err


@pytest.mark.parametrize("kind", ["actuals.db", "actuals.duckdb"])
def test_series_that_come_meanwhile_are_for_the_next_time(ledgers: Path, run: Run, tmp_path: Path, kind: str) -> None:
    """Who reads while others record series that nobody has seen yet gets every goal there was."""
    shutil.copy(ledgers / "goals.toml", tmp_path)
    shutil.copy(ledgers / kind, tmp_path)
    over = Event()

    def record() -> None:
        place = 0
        while not over.is_set():
            place += 1
            name = f"output/0000003x{place}"
            with closing(open_store(kind, str(tmp_path), named=False)) as store:
                store.append(lambda _, name=name: [Actual(name, year(2020), 1.0)], {name})  # type: ignore[misc]
            time.sleep(0.05)

    other = Thread(target=record)
    other.start()
    try:
        done = run("status", "--format", "jsonl", "--actuals", kind)
    finally:
        over.set()
        other.join()
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) > MANY


def test_what_goes_wrong_in_a_process_is_told_by_the_one_that_asked() -> None:
    """An error that nobody foresaw is raised here, with where it happened; what goes well comes in order."""
    assert all_done(json.loads, ["[1, 2]", "[]", "[3]", "[4]"], 2) == [1, 2, 3, 4]
    with pytest.raises(RuntimeError, match="JSONDecodeError: Expecting value") as told:
        all_done(json.loads, ["[1]", "x", "[2]"], 2)
    assert "Traceback" in "".join(told.value.__notes__)


@pytest.mark.parametrize("after", [0.0, 0.1, 1.0])
@pytest.mark.parametrize(("to", "sent"), [("all", signal.SIGINT), ("all", signal.SIGTERM), ("one", signal.SIGINT)])
def test_an_interruption_ends_all_processes_quietly(ledgers: Path, to: str, sent: signal.Signals, after: float) -> None:
    """Nothing is printed, no traceback either, and no process is left."""
    asked = [sys.executable, "-m", "tracker", "status", "--format", "jsonl", "--actuals", "actuals.db"]
    with subprocess.Popen(
        asked,
        cwd=ledgers,
        env=unmeasured_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text():
            time.sleep(0.01)
        time.sleep(after)
        os.killpg(process.pid, sent) if to == "all" else process.send_signal(sent)
        out, err = process.communicate(timeout=20)
    assert (out, err) == (b"", b"")
    assert process.returncode in {130, -sent}
    deadline = time.monotonic() + 5
    while subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, check=False).stdout:
        assert time.monotonic() < deadline
        time.sleep(0.05)
