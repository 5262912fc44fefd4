"""The commands as processes: exit codes, formats, where text goes, and what a bad day leaves behind."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Project, Run, plain_environment
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

GOALS = """
language = "en"
[series.homes]
unit = "homes"
kind = "total"

[[goals]]
id = "homes"
name = "Homes"
group = "City"
baseline = { period = 2020, value = 0 }
target = 100
due = 2030

[[goals]]
id = "share"
name = "Share"
group = "People"
target = 60
due = 2024
"""
ACTUALS = """series,period,value,quality,published,source,url,note,recorded_at
homes,2021,10,final,2022-01-31,,,,
homes,2022,20,final,2023-01-31,,,,
homes,2023,28,provisional,2024-01-31,,,,
share,2023,50,final,2024-01-31,,,,
share,2024,55,final,2025-01-31,,,,
"""
HEADER = ACTUALS.splitlines(keepends=True)[0]


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with two goals and five actuals."""
    return project.write(GOALS, ACTUALS)


def test_no_command_prints_help(run: Run) -> None:
    """Without a command there is help, on stdout, and 0."""
    done = run()
    assert done.code == 0
    assert "tracker [OPTIONS] COMMAND" in done.out
    assert all(name in done.out for name in ("init", "status", "show", "record", "log", "due", "check", "schema"))


@pytest.mark.parametrize("name", ["init", "status", "show", "record", "log", "due", "note", "diff", "check", "schema"])
def test_help_begins_with_examples(run: Run, name: str) -> None:
    """The first thing a command's help shows is how to call it."""
    lines = run(name, "--help").out.splitlines()
    assert lines[2].strip() == "Examples:"
    assert lines[3].strip().startswith(f"tracker {name}")


def test_status_json_is_what_its_schema_says(run: Run, plan: Path) -> None:
    """The JSON of status validates against `tracker schema status`."""
    schema = json.loads(run("schema", "status").out)
    Draft202012Validator.check_schema(schema)
    record = json.loads(run("status", "--json", cwd=plan).out)
    Draft202012Validator(schema).validate(record)
    assert {goal["id"]: goal["status"] for goal in record["goals"]} == {"homes": "off-track", "share": "missed"}


def test_csv_reads_back_to_the_same_numbers(run: Run, plan: Path) -> None:
    """CSV has the fields of JSON, flattened with dots, and the same numbers."""
    goals = json.loads(run("status", "--json", cwd=plan).out)["goals"]
    rows = list(csv.DictReader(io.StringIO(run("status", "--format", "csv", cwd=plan).out)))
    for goal, row in zip(goals, rows, strict=True):
        assert row["id"] == goal["id"]
        for key in ("gap", "progress", "chance"):
            assert (float(row[key]) if row[key] else None) == goal[key]
        assert float(row["growth.observed"]) == goal["growth"]["observed"]
        assert row["target.low"] == ""


def test_log_json_is_what_its_schema_says(run: Run, plan: Path) -> None:
    """The JSON of log validates against `tracker schema log` and has every line."""
    schema = json.loads(run("schema", "log").out)
    record = json.loads(run("log", "--json", cwd=plan).out)
    Draft202012Validator(schema).validate(record)
    assert [line["value"] for line in record["lines"]] == [10, 20, 28, 50, 55]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status"], 0),
        (["status", "--fail-on", "missed"], 3),
        (["status", "--fail-on", "provisional"], 3),
        (["status", "--fail-on", "overdue"], 0),
        (["status", "--fail-on", "nonsense"], 2),
        (["status", "--nonsense"], 2),
        (["status", "nobody"], 2),
        (["status", "--as-of", "2025-02-30"], 2),
        (["status", "--json", "--format", "csv"], 2),
        (["status", "-f", "nowhere/goals.toml"], 5),
        (["status", "--actuals", "nowhere.csv"], 5),
        (["status", "-o", "nowhere/status.json"], 5),
        (["record", "homes", "12", "--period", "2025-13"], 2),
        (["record", "homes", "12 km", "--period", "2024"], 2),
        (["record", "homes", "29", "--period", "2023"], 2),
        (["show", "nobody"], 2),
        (["--nonsense"], 2),
        (["nonsense"], 2),
    ],
)
def test_exit_codes(run: Run, plan: Path, arguments: list[str], code: int) -> None:
    """Each kind of end has its exit code, and none comes with a traceback."""
    done = run(*arguments, cwd=plan)
    assert done.code == code
    assert "Traceback" not in done.err


def test_fail_on_names_the_goals(run: Run, plan: Path) -> None:
    """--fail-on says on stderr which goals matched, and why."""
    assert run("status", "--fail-on", "missed,provisional", cwd=plan).err == (
        "matched --fail-on: share (missed), homes (provisional)\n"
    )


def test_every_problem_of_both_files_is_named_at_once(run: Run, project: Project) -> None:
    """Goals and actuals that cannot be used end with 4 and every problem with its file and line."""
    folder = project.write(GOALS.replace("target = 60", "tarrget = 60"), ACTUALS + "homes,2024,2O,final,,,,,\n")
    done = run("status", cwd=folder)
    assert done.code == 4
    assert "goals.toml:" in done.err
    assert 'did you mean "target"?' in done.err
    assert "actuals.csv:7:" in done.err
    assert done.out == ""


def test_amounts_of_different_lengths_are_an_error(run: Run, project: Project) -> None:
    """A flow with yearly and monthly periods names both lines and ends with 4."""
    folder = project.write(
        '[series.x]\nkind = "flow"\n[[goals]]\nid = "x"\nname = "X"\ntarget = 5\ndue = 2030\n',
        HEADER + "x,2023,1,,,,,,\nx,2024-01,1,,,,,,\n",
    )
    done = run("status", cwd=folder, env={"TRACKER_LANG": "en"})
    assert done.code == 4
    assert "actuals.csv:3: x: 2024-01 and 2023 (line 2) are periods of different lengths" in done.err


def test_check_is_silent_when_all_is_well(run: Run, project: Project) -> None:
    """Nothing wrong: no output and 0."""
    folder = project.write(GOALS, ACTUALS.replace("provisional", "final"))
    done = run("check", cwd=folder)
    assert (done.out, done.err, done.code) == ("", "", 0)


def test_warnings_stop_nothing_but_strict(run: Run, plan: Path, project: Project) -> None:
    """A jump, a fraction beside percents and an undeclared series are warnings; --strict ends with 4."""
    project.write(actuals=ACTUALS + "homes,2024,2800,final,2025-01-31,,,,\nstranger,2024,1,final,2025-01-31,,,,\n")
    assert run("status", cwd=plan).code == 0
    done = run("check", cwd=plan)
    assert done.code == 0
    assert "the goals file declares no such series" in done.err
    assert run("check", "--strict", cwd=plan).code == 4


def test_output_file_is_whole_or_untouched(run: Run, plan: Path) -> None:
    """A file given with -o is replaced whole and keeps its mode; a failed run leaves it as it was."""
    target = plan / "status.json"
    target.write_text("before")
    target.chmod(0o640)
    assert run("status", "--json", "-o", target, "nobody", cwd=plan).code == 2
    assert target.read_text() == "before"
    assert run("status", "--json", "-o", target, cwd=plan).code == 0
    assert json.loads(target.read_text())["schema"] == "tracker/status/1"
    assert target.stat().st_mode & 0o777 == 0o640
    assert not list(plan.glob(".tracker-*"))


def test_a_closed_pipe_is_silent(plan: Path) -> None:
    """Whoever reads our output may go away: 141 and not a word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "log", "--json"],
        cwd=plan, env=plain_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    """Ctrl-C while reading ends with 130 and no traceback."""
    pipe = tmp_path / "goals.toml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "status", "-f", str(pipe)], env=plain_environment(), stderr=subprocess.PIPE
    )
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, b"")


def test_nothing_heavy_is_loaded_for_json() -> None:
    """`status --json` loads neither rich nor numpy nor dateutil nor pydantic nor portalocker."""
    code = (
        "import sys; from tracker.cli import main; code = main(['status', '--json']); "
        "heavy = {'rich', 'numpy', 'dateutil', 'pydantic', 'portalocker', 'jinja2', 'duckdb'}; "
        "print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=plain_environment(), capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "0 []"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(run: Run, width: int) -> None:
    """At every width the table fits, and each actual is whole; its period may stand below it."""
    from rich.cells import cell_len

    done = run("status", "--as-of", "2025-01-31", "--lang", "en", cwd=ROOT, env={"COLUMNS": str(width)})
    assert max(cell_len(line) for line in done.out.splitlines()) <= width
    assert "…" not in done.out
    for number in ("44 %", "2024 est.", "2,000 亿元", "243 套", "2025-01-25 est."):
        assert number in done.out


def test_the_bar_and_the_growth_are_there_at_120_columns(run: Run) -> None:
    """Cells stand in two lines so that no column has to go."""
    done = run("status", "urbanization", "--as-of", "2025-01-31", "--lang", "en", cwd=ROOT, env={"COLUMNS": "120"})
    row = done.out.splitlines()[5:]
    assert "██▒▒▒┃░░░░░" in row[0]
    assert "1.75 →" in row[0]
    assert "22┃50 %" in row[1]
    assert "6.25 pp/year" in row[1]


def test_a_pipe_shows_everything(run: Run) -> None:
    """Without a width every column is there and no name is folded."""
    done = run("status", "--as-of", "2025-01-31", cwd=ROOT)
    assert "五个集群合计 5000 亿元" in done.out
    assert "16.2 → 275.25" in done.out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_poor_stdout_gets_plainer_signs(run: Run, encoding: str) -> None:
    """GBK and ASCII output never fails; what it cannot write is replaced."""
    done = run(
        "status",
        "--as-of",
        "2025-01-31",
        cwd=ROOT,
        env={"PYTHONIOENCODING": encoding, "TERM": "dumb"},
        encoding=encoding,
    )
    assert done.code == 0
    assert "44 %" in done.out
    assert "░" not in done.out


def test_no_color_has_no_escapes(run: Run) -> None:
    """NO_COLOR holds against FORCE_COLOR, and colours are there when forced."""
    assert "\x1b" not in run("status", cwd=ROOT, env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).out
    assert "\x1b" in run("status", cwd=ROOT, env={"FORCE_COLOR": "1"}).out


def test_names_cannot_steer_the_terminal(run: Run, project: Project) -> None:
    """Markup and control characters in a name are shown, not obeyed."""
    folder = project.write(
        '[[goals]]\nid = "x"\nname = "[red]a[/red] \\u001b[31mb\\u202e"\ntarget = 5\ndue = 2030\n', HEADER
    )
    out = run("status", cwd=folder).out
    assert "[red]a[/red]" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_record_appends_revises_and_undoes(run: Run, plan: Path) -> None:
    """A value is appended, refused as another, revised, undone; nothing recorded is lost."""
    assert run("record", "homes", "３５", "--period", "2024", cwd=plan).code == 0
    assert "nothing to do" in run("record", "homes", "35", "--period", "2024", cwd=plan).err
    assert run("record", "homes", "36", "--period", "2024", cwd=plan).code == 2
    assert run("record", "homes", "36 homes", "--period", "2024", "--revise", cwd=plan).code == 0
    assert run("record", "homes", "--period", "2024", "--undo", cwd=plan).code == 0
    log = json.loads(run("log", "homes", "--json", cwd=plan).out)["lines"]
    assert [(line["value"], line["holds"]) for line in log if line["period"] == "2024"] == [
        (35, False), (36, False), (35, True),
    ]  # fmt: skip


def test_a_figure_that_does_not_hold_is_told_so(run: Run, project: Project) -> None:
    """Recorded, or recorded already: where another figure was published later, that one is named."""
    folder = project.write('[series.a]\nunit = "t"\n[[goals]]\nid = "a"\ntarget = 200\ndue = 2028\n')

    def record(*more: str) -> list[str]:
        return run("record", "a", *more, "--period", "2022", "--lang", "en", cwd=folder).err.splitlines()

    record("120", "--published", "2099-01-01")
    later = "  120 t, published later, holds; this one is history"
    assert record("121", "--revise") == ["a 2022: 120 t → 121 t, revised in actuals.csv", later]
    assert record("121") == ["a 2022: 121 t is recorded already, nothing to do", later]
    assert record("120", "--published", "2099-01-01") == ["a 2022: 120 t is recorded already, nothing to do"]
    for _ in range(2):
        record("--undo")
    gone = "  it was retracted later: the period has no value; this one is history"
    assert record("119") == ["a 2022: 119 t, recorded in actuals.csv", gone]
    assert record("119") == ["a 2022: 119 t is recorded already, nothing to do", gone]


def test_what_holds_after_an_undo_is_said(run: Run, project: Project) -> None:
    """A figure that was public earlier than the one in force is history: taken back, it changes nothing."""
    folder = project.write('[series.a]\nunit = "t"\n[[goals]]\nid = "a"\ntarget = 200\ndue = 2028\n')

    def record(*more: str) -> str:
        return run("record", "a", *more, "--period", "2021", "--lang", "en", cwd=folder).err.splitlines()[0]

    record("110", "--published", "2022-02-01")
    for value in ("151", "152"):
        record(value, "--published", "2021-12-01", "--revise")
    for value in ("152", "151"):
        assert record("--undo") == f"a 2021: {value} t is undone; it was history, 110 t holds as before"
        (goal,) = json.loads(run("status", "--json", cwd=folder).out)["goals"]
        assert goal["actual"]["value"] == 110
    assert record("--undo") == "a 2021: 110 t is undone, the period has no value now"
    record("109", "--published", "2021-12-01")
    assert record("--undo") == "a 2021: 109 t is undone; it was history, and the period still has no value"
    record("110", "--published", "2023-02-01")
    record("111", "--published", "2023-03-01", "--revise")
    assert record("--undo") == "a 2021: 111 t is undone, 110 t holds again"


def test_a_negative_number_is_a_value(run: Run, plan: Path) -> None:
    """`-5` is a number, also where options begin with a hyphen."""
    assert run("record", "share", "-5", "--period", "2022", "--note", "-1 after tax", cwd=plan).code == 0
    last = (plan / "actuals.csv").read_text().splitlines()[-1]
    assert last.startswith("share,2022,-5,final,,,,-1 after tax,")


def test_init_never_overwrites(run: Run, tmp_path: Path) -> None:
    """The command init writes its files once; a second call changes nothing and ends with 2."""
    assert run("init", "--lang", "zh", cwd=tmp_path).code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {"goals.toml", "actuals.csv", "goals.schema.json", ".gitattributes"}
    assert run("init", cwd=tmp_path).code == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert run("check", cwd=tmp_path).code == 0
    assert run("status", cwd=tmp_path).code == 0


def test_two_branches_that_both_recorded_merge(run: Run, tmp_path: Path) -> None:
    """With the line that init writes, git joins what two branches appended."""

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    run("init", cwd=tmp_path, env={"TRACKER_LANG": "en"})
    git("add", "-A")
    git("commit", "-m", "start")
    git("checkout", "-b", "other")
    assert run("record", "subscribers", "9000", "-p", "2025", cwd=tmp_path).code == 0
    git("commit", "-am", "one")
    git("checkout", "main")
    assert run("record", "subscribers", "9500", "-p", "2026-Q1", cwd=tmp_path).code == 0
    git("commit", "-am", "two")
    git("merge", "other", "-m", "both")
    lines = json.loads(run("log", "--json", cwd=tmp_path).out)["lines"]
    assert {line["value"] for line in lines} == {9000, 9500}


def test_wide_shows_who_answers_and_why(run: Run, project: Project) -> None:
    """`--wide` brings the columns that the table leaves out; a branch stands before names only."""
    goals = GOALS.replace('name = "Share"', 'name = "Share"\nowner = "Office"') + (
        '\n[[goals]]\nid = "both"\nall = ["homes", "share"]\ndue = 2030\n'
    )
    folder = project.write(goals, ACTUALS)
    narrow = run("status", "--as-of", "2025-02-01", cwd=folder).out
    assert "Office" not in narrow
    wide = run("status", "--wide", "--as-of", "2025-02-01", cwd=folder).out
    line = next(line for line in wide.splitlines() if "└ Share" in line)
    assert line.count("└") == 1
    assert "Office" in line
    assert "2024" in line.split("Office")[1]
