"""What SECURITY.md promises: files of other people are shown as text, run nothing, and cannot fill our memory."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import resource
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as ET
from contextlib import closing
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from conftest import plain_environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = r"""format = 1
title = "t\u001b[31m[red]x[/red]<script>alert(1)</script> | *b* `c` ![i](http://e.io/x.png) [l](javascript:a)\u202e"
language = "en"
[series.a]
name = "=cmd|' /C calc'!A0"
unit = "<b>&\u001b[2J"
[[goals]]
id = "a"
name = "\u001b]0;owned\u0007<img src=x onerror=alert(1)> [bold]n[/] '; DROP TABLE tracker_actuals; --"
group = "@SUM(1+1)*cmd"
baseline = 2020
target = 200
due = 2030
source = "</text></style><script>alert(2)</script>\u009b31m"
url = "javascript:alert(3)"
quote = "]]></style><script>x</script>\u2066"
owner = "+1+1"
tags = ["-1", "\tx"]
fields = { "<k>\u001b" = "<v>\u001b" }
note = "{{ 7 * 7 }} {% raw %} ${x}"
[[goals]]
id = "rate/{county}"
series = "rate/{county}"
target = 1
due = 2030
"""
ACTUALS = "\n".join(
    [
        "series,period,value,quality,published,source,url,note,recorded_at",
        *(f'a,{year},{100 + year % 100},final,{year}-12-31,"<script>s</script>\x1b[31m =1+1",javascript:b,{{{{ 1 }}}},'
          for year in range(2020, 2024)),
        "rate/../../../tmp/x,2023,1,final,,,,,",
        "rate/a'; DROP TABLE tracker_actuals; --,2023,1,final,,,,,",
        "",
    ]
)  # fmt: skip
NOTES = "goal,text,confidence,ruling,why,url,by,recorded_at\na,\x1b[31m<script>n</script>[red],7,,,javascript:x,=1,\n"
READ = [
    "status", "status --wide", "status --compare", "show a", "log", "log --notes", "due", "diff --since 2022-01-01",
    "check --citations", "plan a", "chart a", "what-if a --growth 5%", "backtest",
]  # fmt: skip
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CALLS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pickle.find_class", "socket.connect")


HOOK = """import sys

def hook(event, given):
    of_babel = event == "pickle.find_class" and given[0].partition(".")[0] == "babel"  # its own data of languages
    if event in {calls!r} and not of_babel:
        sys.exit(f"called {{event}} {{given}}")

sys.addaudithook(hook)
"""


@pytest.fixture
def hostile(project: Project) -> Path:
    """Return a project in which every text tries something."""
    folder = project.write(GOALS, ACTUALS)
    (folder / "notes.csv").write_text(NOTES, encoding="utf-8")
    return folder


@pytest.mark.parametrize("arguments", READ)
def test_nothing_steers_the_terminal(arguments: str, hostile: Path, run: Run) -> None:
    """No control or direction character of a file reaches a reader, by stdout or stderr."""
    for form in ("table", "md") if arguments != "check --citations" else ("",):
        done = run(*arguments.split(), *(["--format", form] if form and arguments != "chart a" else []), cwd=hostile)
        assert done.code == 0, done.err
        assert STEERING.findall(done.out + done.err) == []


class Tags(HTMLParser):
    """What a page does beside showing text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note tags that run something, attributes that do, and links that lead elsewhere than to the web."""
        if tag in {"script", "img", "iframe", "object", "embed", "base", "form", "foreignobject"}:
            self.found.append(tag)
        for name, value in attrs:
            is_link = name in {"href", "src", "action", "xlink:href"}
            if name.startswith("on") or (is_link and not re.match(r"#|https?://", value or "")):
                self.found.append(f"{name}={value}")


def test_pages_and_pictures_show_text(hostile: Path, run: Run) -> None:
    """HTML has no tag, handler or address of a file; SVG is XML without scripts; Markdown has no tag and no link."""
    for one in (
        "report -o r.html",
        "report -o r.md",
        "chart a -o c.html",
        "chart a -o c.svg",
        "status -o s.html",
    ):
        assert run(*one.split(), cwd=hostile).code == 0
    for name in ("r.html", "c.html", "s.html"):
        reader = Tags()
        reader.feed((hostile / name).read_text(encoding="utf-8"))
        assert reader.found == []
    assert {node.tag.rpartition("}")[2] for node in ET.parse(hostile / "c.svg").iter()} & {"script", "a"} == set()  # noqa: S314
    told = (hostile / "r.md").read_text(encoding="utf-8")
    assert re.findall(r"(?<!\\)<(?!br>)\w|(?<!\\)\]\(", told) == []
    for name in ("r.html", "r.md", "c.html", "c.svg", "s.html"):
        assert STEERING.findall((hostile / name).read_text(encoding="utf-8")) == []


def test_no_cell_is_a_formula(hostile: Path, run: Run) -> None:
    """In CSV for a spreadsheet no text begins as a formula does; a program gets what was written."""
    for arguments in ("status", "export", "export --figures", "log"):
        out = run(*arguments.split(), "--format", "csv", "--excel", cwd=hostile).out.removeprefix("\ufeff")
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "@")) or re.match(r"-(?![0-9.])", cell)] == []
    exact = csv.DictReader(io.StringIO(run("status", "a", "--format", "csv", cwd=hostile).out))
    assert next(exact)["group"] == "@SUM(1+1)*cmd"


def on_a_terminal(arguments: list[str], folder: Path) -> str:
    """Return what a command writes to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tracker", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=theirs, env=plain_environment(NO_COLOR="1")) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
        process.wait()
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "arguments", ["export", "status --format csv", "status --format tsv", "status --json", "status --format jsonl"]
)
def test_exact_output_is_harmless_on_a_terminal(arguments: str, hostile: Path, run: Run) -> None:
    """What goes to a program exactly as recorded is made visible where a terminal would obey it."""
    assert STEERING.findall(on_a_terminal(arguments.split(), hostile)) == []
    raw = run(*arguments.split(), cwd=hostile).raw.decode()
    assert "\x1b" in raw or "\u202e" in raw or "\x9b" in raw


def test_sql_takes_names_as_values(hostile: Path, run: Run) -> None:
    """Series named like statements are kept, counted and found in SQLite; a table so named is only looked for."""
    assert run("store", "copy", "actuals.csv", "actuals.db", cwd=hostile).code == 0
    args = ("--json", "--as-of", "2024-06-30")
    done = run("status", *args, "--actuals", "actuals.db", cwd=hostile)
    assert json.loads(done.out)["goals"] == json.loads(run("status", *args, cwd=hostile).out)["goals"]
    goals = GOALS.replace("[series.a]", '[store]\ntable = "x\\"; DROP TABLE tracker_actuals; --"\n[series.a]')
    (hostile / "goals.toml").write_text(goals, encoding="utf-8")
    assert run("status", "--actuals", "actuals.db", cwd=hostile).code in {2, 4}
    with closing(sqlite3.connect(hostile / "actuals.db")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM tracker_actuals").fetchone() == (6,)


def test_no_command_runs_or_sends_anything(hostile: Path, run: Run) -> None:
    """Reading a hostile project starts no process, loads no pickle, opens no connection, and writes no file."""
    hook = HOOK.format(calls=CALLS)
    place = hostile.parent / "hooked"
    place.mkdir()
    (place / "sitecustomize.py").write_text(hook, encoding="utf-8")
    before = sorted(hostile.rglob("*"))
    environment = {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    for arguments in [*READ, f"report -o {place}/r.html", "export", "status --json", "schema goals"]:
        done = run(*arguments.split(), cwd=hostile, env=environment)
        assert (done.code, "called" in done.err) == (0, False), (arguments, done.err)
    assert sorted(hostile.rglob("*")) == before
    probe = "import subprocess; subprocess.run(['true'])"
    env = plain_environment(**environment)
    assert subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("name", ["goals.toml", "actuals.csv", "notes.csv"])
@pytest.mark.parametrize("command", ["status", "record a 5 --period 2025"])
def test_a_line_of_a_gigabyte_is_refused(name: str, command: str, project: Project) -> None:
    """It is refused with its place, in little time and memory, for reading and for writing."""
    project.write('[[goals]]\nid = "a"\ntarget = 1\ndue = 2030\n', "series,period,value\na,2024,1\n")
    if name == "notes.csv":
        (project.folder / name).write_text(NOTES.splitlines()[0] + "\n", encoding="utf-8")
        command = "status"
    with (project.folder / name).open("ab") as file:
        file.truncate(2**30)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (500 * 2**20, 500 * 2**20))

    done = subprocess.run(
        [sys.executable, "-m", "tracker", *command.split()],
        cwd=project.folder, env=plain_environment(), capture_output=True, preexec_fn=limited, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    told = rf"{name}:\d: a line is longer than 1 MB\n  is this the right file\?\n1 problem\n"
    assert re.fullmatch(told, done.stderr.decode())


def test_a_goals_file_without_end_is_refused(project: Project, run: Run) -> None:
    """More than 64 MB of short lines are not parsed; a pipe is read once and works as a file does."""
    project.goals.write_bytes(b"format = 1\n" + b"# a comment that says nothing\n" * 2_300_000)
    done = run("status")
    assert (done.code, done.err) == (4, "goals.toml: this is larger than 64 MB\n1 problem\n")
    content = 'format = 1\n[[goals]]\nid = "a"\ntarget = 1\ndue = 2030\n' + "# a comment that says nothing\n" * 50_000
    assert json.loads(run("status", "-f", "/dev/stdin", "--json", stdin=content).out)["goals"][0]["id"] == "a"


def test_a_saved_status_nested_too_deep_is_refused(project: Project, run: Run) -> None:
    """Brackets without end are no crash."""
    project.write('[[goals]]\nid = "a"\ntarget = 1\ndue = 2030\n')
    (project.folder / "saved.json").write_text("[" * 200_000, encoding="utf-8")
    done = run("diff", "--since", "saved.json")
    assert done.code == 4
    assert done.err.startswith("saved.json: ")


def test_links_are_followed_and_stay(project: Project, run: Run) -> None:
    """A linked goals file, ledger or output is read or written where it lies; the link stays a link."""
    kept = project.folder / "kept"
    kept.mkdir()
    (kept / "goals.toml").write_text('format = 1\n[[goals]]\nid = "a"\ntarget = 9\ndue = 2030\n', encoding="utf-8")
    (kept / "book.csv").write_text("series,period,value\n", encoding="utf-8")
    (kept / "out.json").write_text("old", encoding="utf-8")
    for name, real in (("goals.toml", "goals.toml"), ("actuals.csv", "book.csv"), ("out.json", "out.json")):
        (project.folder / name).symlink_to(kept / real)
    assert run("record", "a", "5", "--period", "2024").code == 0
    assert run("status", "--json", "-o", "out.json").code == 0
    assert all((project.folder / name).is_symlink() for name in ("goals.toml", "actuals.csv", "out.json"))
    assert (kept / "book.csv").read_text(encoding="utf-8").splitlines()[1].startswith("a,2024,5,")
    assert json.loads((kept / "out.json").read_text(encoding="utf-8"))["goals"][0]["actual"]["value"] == 5
    assert sorted(path.name for path in kept.iterdir()) == ["book.csv", "goals.toml", "out.json"]


@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o027, 0o640), (0o002, 0o664)])
def test_new_files_get_what_the_umask_leaves(mask: int, mode: int, tmp_path: Path) -> None:
    """By every command that makes one; a file that was there keeps its mode."""

    def made(*arguments: str) -> None:
        command = [sys.executable, "-m", "tracker", *arguments]
        subprocess.run(command, cwd=tmp_path, env=plain_environment(), umask=mask, capture_output=True, check=True)

    made("init", "--lang", "en")
    made("record", "subscribers", "9,100", "--period", "2025")
    made("note", "subscribers", "--text", "x")
    made("status", "-o", "s.html")
    made("store", "copy", "actuals.csv", "actuals.db")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(modes, mode)
    assert {"goals.toml", "actuals.csv", "notes.csv", "s.html", "actuals.db"} <= modes.keys()
    (tmp_path / "s.html").chmod(0o604)
    made("status", "-o", "s.html")
    assert (tmp_path / "s.html").stat().st_mode & 0o777 == 0o604
