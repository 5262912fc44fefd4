"""Notes: what people say stands beside the computed status, is never lost, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, plain_environment
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = 'language = "en"\n[[goals]]\nid = "homes"\nname = "Homes"\ntarget = 100\ndue = 2030\n'
ACTUALS = "series,period,value,published\nhomes,2023,10,2024-01-31\nhomes,2024,20,2025-01-31\n"
HEADER = "goal,text,confidence,ruling,why,url,by,recorded_at\n"
OLD = "homes,Slow start,4,,,,,2025-03-01T10:00:00Z\n"
NEW = "homes,No work since May,2,stalled,Builder bankrupt,https://example.org,Desk,2025-09-01T10:00:00Z\n"


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with one goal and two notes on it."""
    folder = project.write(GOALS, ACTUALS)
    (folder / "notes.csv").write_text(HEADER + OLD + NEW, encoding="utf-8")
    return folder


def noted(run: Run, folder: Path, *more: str) -> Any:  # noqa: ANN401  a table out of JSON
    """Return the goal's record."""
    done = run("status", "--json", "--as-of", "2026-01-31", *more, cwd=folder)
    assert done.code == 0, done.err
    return json.loads(done.out)["goals"][0]


def test_a_note_is_appended_and_changes_no_figure(run: Run, project: Project) -> None:
    """The first note makes the file and git's line; all but `noted` is as it was, null before."""
    folder = project.write(GOALS, ACTUALS)
    before = noted(run, folder)
    assert before["noted"] is None
    done = run("note", "homes", "--text", 'Bus, "line"\nopens', "--confidence", "6.5", "--by", "Desk", cwd=folder)
    assert (done.code, done.out) == (0, "")
    assert "homes: noted in notes.csv: " in done.err
    after = noted(run, folder)
    note = after.pop("noted")
    assert after == {key: value for key, value in before.items() if key != "noted"}
    assert {key: value for key, value in note.items() if key != "on"} == {
        "text": 'Bus, "line"\nopens', "confidence": 6.5, "ruling": None, "why": None, "url": None, "by": "Desk",
    }  # fmt: skip
    assert (folder / ".gitattributes").read_text() == "notes.csv merge=union\n"
    assert (
        run("note", "homes", "--text", "-", "--ruling", "kept", "--why", "Done", cwd=folder, stdin="It is.\n").code == 0
    )
    assert noted(run, folder)["noted"]["text"] == "It is."
    assert (folder / ".gitattributes").read_text() == "notes.csv merge=union\n"
    assert len((folder / "notes.csv").read_text().splitlines()) == 4


def test_the_latest_note_is_shown(run: Run, plan: Path) -> None:
    """It stands in JSON, CSV, the wide table and show; the status beside it is the computed one."""
    one = noted(run, plan)
    assert one["noted"] == {
        "on": "2025-09-01", "text": "No work since May", "confidence": 2, "ruling": "stalled",
        "why": "Builder bankrupt", "url": "https://example.org", "by": "Desk",
    }  # fmt: skip
    assert one["status"] == "at-risk"
    Draft202012Validator(json.loads(run("schema", "status").out)["properties"]["goals"]["items"]).validate(one)
    said = "2025-09-01 Desk: stalled (Builder bankrupt); confidence 2 of 10: No work since May"
    assert said in run("status", "--wide", cwd=plan).out
    assert said not in run("status", cwd=plan).out
    in_words = said.replace("2025-09-01", "1 September 2025")
    assert f"noted beside the status: {in_words}" in run("show", "homes", cwd=plan).out
    assert json.loads(run("show", "homes", "--json", cwd=plan).out)["goal"]["noted"]["ruling"] == "stalled"
    assert "noted.ruling" in run("status", "--format", "csv", cwd=plan).out.splitlines()[0]


@pytest.mark.parametrize("option", ["--known-on", "--recorded-by"])
def test_notes_travel_in_time(run: Run, plan: Path, option: str) -> None:
    """Each day has the note that had been written by its end; --as-of alone hides none."""
    found = {day: noted(run, plan, option, day)["noted"] for day in ("2025-02-28", "2025-08-31", "2025-09-01")}
    assert {day: note and note["text"] for day, note in found.items()} == {
        "2025-02-28": None, "2025-08-31": "Slow start", "2025-09-01": "No work since May",
    }  # fmt: skip
    log = json.loads(run("log", "--notes", "--json", option, "2025-08-31", cwd=plan).out)
    assert [note["text"] for note in log["notes"]] == ["Slow start"]


def test_log_has_all_notes(run: Run, plan: Path) -> None:
    """As JSON of its schema, as a table, for one goal or for all."""
    record = json.loads(run("log", "--notes", "--json", cwd=plan).out)
    Draft202012Validator(json.loads(run("schema", "notes").out)).validate(record)
    assert [(note["line"], note["ruling"]) for note in record["notes"]] == [(2, None), (3, "stalled")]
    assert "2 notes" in run("log", "--notes", "homes", cwd=plan).out
    assert run("log", "--notes", "nobody", cwd=plan).code == 2


def test_the_merged_file_of_two_branches_has_its_latest_note(run: Run, plan: Path) -> None:
    """Whatever the order of lines, the latest by its moment is the latest."""
    (plan / "notes.csv").write_text(HEADER + NEW + OLD, encoding="utf-8")
    assert noted(run, plan)["noted"]["ruling"] == "stalled"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody", "--text", "x"], "no goal is called"),
        (["homes"], "text is missing"),
        (["homes", "--text", " "], "says nothing"),
        (["homes", "--text", "x", "--confidence", "11"], "is not a confidence"),
        (["homes", "--text", "x", "--confidence", "high"], "is not a plain number"),
        (["homes", "--text", "x", "--ruling", "dead", "--why", "y"], "write kept, compromise, stalled, broken"),
        (["homes", "--text", "x", "--ruling", "broken"], "a ruling says why"),
        (["homes", "--text", "x", "--why", "y"], "a ruling says why"),
    ],
)
def test_a_note_that_cannot_be_is_refused(run: Run, plan: Path, arguments: list[str], said: str) -> None:
    """A sentence and 2, and not a byte is written."""
    before = (plan / "notes.csv").read_bytes()
    done = run("note", *arguments, cwd=plan)
    assert done.code == 2
    assert said in done.err
    assert (plan / "notes.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("homes,Torn by a crash,3,sta", "notes.csv:4: the last line looks torn"),
        ("homes,x,99,,,,,\n", 'notes.csv:4: confidence: "99" is not a confidence'),
        ("homes,x,,lost,y,,,\n", 'notes.csv:4: ruling: "lost" is not a ruling'),
        ("homes,x,,broken,,,,\n", "notes.csv:4: why: the reason of the ruling is missing"),
        (",x,,,,,,\n", "notes.csv:4: goal: the goal is missing"),
        ("homes,,,,,,,\n", "notes.csv:4: text: the text is missing"),
        ("<<<<<<< HEAD\n", "this is no line of notes"),
    ],
)
def test_broken_notes_are_named_with_their_line(run: Run, plan: Path, line: str, said: str) -> None:
    """Status, show and note end with 4 and the place; nothing is appended to a file that is not understood."""
    with (plan / "notes.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    before = (plan / "notes.csv").read_bytes()
    for arguments in (["status"], ["show", "homes"], ["note", "homes", "--text", "x"], ["check"]):
        done = run(*arguments, cwd=plan)
        assert (done.code, done.out) == (4, ""), arguments
        assert said in done.err
    assert (plan / "notes.csv").read_bytes() == before


def test_check_names_notes_on_goals_that_are_not_there(run: Run, plan: Path) -> None:
    """A goal that was renamed leaves its notes behind: a warning with file and line."""
    with (plan / "notes.csv").open("a", encoding="utf-8") as file:
        file.write("house,x,,,,,,\n")
    done = run("check", cwd=plan)
    assert (done.code, done.err) == (0, "notes.csv:4: warning: house: the goals file has no such goal\n1 warning\n")


def test_many_writers_lose_no_note(project: Project) -> None:
    """Four processes that note at the same time leave four whole lines."""
    folder = project.write(GOALS, ACTUALS)
    command = [sys.executable, "-m", "tracker", "note", "homes", "--text"]
    environment = {**plain_environment(), "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([*command, f"n{i}"], cwd=folder, env=environment, stderr=subprocess.DEVNULL) for i in range(4)
    ]
    assert [process.wait() for process in running] == [0] * 4
    lines = (folder / "notes.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] + "\n" == HEADER
    assert sorted(line.split(",")[1] for line in lines[1:]) == ["n0", "n1", "n2", "n3"]


@pytest.mark.parametrize("has_notes", [False, True])
def test_nothing_of_notes_is_loaded_without_notes(project: Project, *, has_notes: bool) -> None:
    """`status --json` loads the modules of notes, of diff and of due only where they have something to do."""
    folder = project.write(GOALS, ACTUALS)
    if has_notes:
        (folder / "notes.csv").write_text(HEADER + NEW, encoding="utf-8")
    code = (
        "import sys; from tracker.cli import main; main(['status', '--json']); "
        "new = ('tracker.model.note', 'tracker.stores.notes', 'tracker.compare', 'tracker.assess.wanted'); "
        "print([name for name in new if name in sys.modules], file=sys.stderr)"
    )
    environment = {**plain_environment(), "PYTHONPATH": os.pathsep.join([str(ROOT)])}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=True)
    assert done.stderr.decode().strip() == ("['tracker.model.note', 'tracker.stores.notes']" if has_notes else "[]")
