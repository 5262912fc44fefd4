"""What was written by earlier versions is read for ever, and what newer ones write is refused in clear words."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from recorders import emptied

from tracker.errors import InvalidFile
from tracker.extras import newer
from tracker.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Project, Run
    from engines import Postgres

    from tracker.stores import Store

FORMATS = sorted((Path(__file__).parent / "versions").iterdir())
ENGINES = ["sqlite", "duckdb", "postgres"]
LOOK = ("--as-of", "2024-06-30", "--known-on", "2024-06-30", "--all", "--json")
NEWER = "its tables have format 99, which is newer than this tracker, which knows format 1"
UPGRADE = f"  {newer()}\n"


def executing(engine: str, address: str) -> Callable[[Iterable[str]], None]:
    """Return what executes statements in a database without tracker; it is made where it is a file."""

    def execute(statements: Iterable[str]) -> None:
        connection: Any
        if engine == "sqlite":
            connection = sqlite3.connect(address, isolation_level=None)
        elif engine == "duckdb":
            import duckdb

            connection = duckdb.connect(address)
        else:
            import psycopg

            connection = psycopg.connect(address, autocommit=True)
        with closing(connection):
            for statement in statements:
                connection.execute(statement)

    return execute


@pytest.fixture(params=ENGINES)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Callable[[Iterable[str]], None]]:
    """Return the address of a database as the first format has it, lines included, and what executes statements."""
    engine = request.param
    ending = {"sqlite": "db", "duckdb": "duckdb"}.get(engine)
    server: Postgres | None = request.getfixturevalue("postgres") if engine == "postgres" else None
    address = emptied(server) if server is not None else str(tmp_path / f"actuals.{ending}")
    execute = executing(engine, address)
    made = (FORMATS[0] / f"{engine}.sql").read_text(encoding="utf-8")
    lines = (FORMATS[0] / "lines.sql").read_text(encoding="utf-8")
    execute([*filter(str.strip, made.split(";\n")), *lines.splitlines()])
    if server is not None:  # tracker moves the sequence with the lines it takes
        execute(["SELECT setval(pg_get_serial_sequence('tracker_actuals', 'position'), 63)"])
    return address, execute


def lacking(old: object, new: object, where: str = "") -> list[str]:
    """Return where a record is not as it was: keys may have been added, the words of a reason may be others."""
    if isinstance(old, dict) and isinstance(new, dict):
        kept = [key for key in old if key != "reason"]
        return [line for key in kept for line in lacking(old[key], new.get(key, "missing"), f"{where}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [line for place, (one, other) in pairs for line in lacking(one, other, f"{where}[{place}]")]
    if isinstance(old, float) and isinstance(new, float) and isclose(old, new, rel_tol=1e-10):
        return []  # the last of twelve digits is the arithmetic of a machine
    return [] if old == new else [f"{where}: {old!r} is {new!r} now"]


@pytest.mark.parametrize("folder", FORMATS, ids=lambda folder: folder.name)
def test_what_was_written_is_read_with_the_same_results(folder: Path, run: Run, tmp_path: Path) -> None:
    """Goals with every key of the format, actuals and notes give the status they gave, to ten digits."""
    for name in ("goals.toml", "actuals.csv", "notes.csv"):
        shutil.copy(folder / name, tmp_path)
    done = run("status", *LOOK)
    assert (done.code, done.err) == (0, "")
    old = json.loads((folder / "status.json").read_text(encoding="utf-8"))
    assert len(old["goals"]) > 20
    assert lacking(old, json.loads(done.out)) == []
    assert run("diff", "--since", folder / "status.json", *LOOK[:4]).code == 0


def test_a_change_would_be_seen() -> None:
    """The comparison names a value that is another, and a key that is gone, and lets a new key be."""
    old = {"goals": [{"id": "a", "gap": 1.0, "due": None}]}
    assert lacking(old, {"goals": [{"id": "a", "gap": 1.5, "due": None}]}) == [".goals[0].gap: 1.0 is 1.5 now"]
    assert lacking(old, {"goals": [{"id": "a", "gap": 1.0}]}) == [".goals[0].due: None is 'missing' now"]
    assert lacking(old, {"goals": [{"id": "a", "gap": 1.0, "due": None, "new": 1}]}) == []


def test_tables_of_the_first_format_are_read_and_written(
    written: tuple[str, Callable[[Iterable[str]], None]], run: Run, tmp_path: Path
) -> None:
    """Each engine's tables as they were made give the same status; what is recorded then stands behind the rest."""
    address, _ = written
    for name in ("goals.toml", "notes.csv"):
        shutil.copy(FORMATS[0] / name, tmp_path)
    done = run("status", *LOOK, "--actuals", address)
    assert (done.code, done.err) == (0, "")
    old = json.loads((FORMATS[0] / "status.json").read_text(encoding="utf-8"))
    assert lacking(old, json.loads(done.out)) == []
    assert run("record", "weather", "2", "--period", "2024", "--actuals", address).code == 0
    with closing(open_store(address, "", named=True)) as store:
        lines = store.lines()
    assert (len(lines), lines[-1].series, lines[-1].value) == (64, "weather", 2)


def test_tables_of_a_newer_format_are_refused(
    written: tuple[str, Callable[[Iterable[str]], None]], run: Run, project: Project
) -> None:
    """For reading and for writing, with what is known and how to get further; nothing is changed."""
    address, execute = written
    newer = "PRAGMA user_version = 99" if address.endswith(".db") else "INSERT INTO tracker_schema VALUES (99)"
    execute([newer])
    project.write('[[goals]]\nid = "output"\ntarget = 1\ndue = 2026\n')
    for arguments in (["status"], ["record", "output", "1", "--period", "2025"], ["log"]):
        done = run(*arguments, "--actuals", address)
        assert (done.code, done.out) == (4, "")
        assert f": {NEWER}\n{UPGRADE}" in done.err
    done = run("status", "--actuals", address, "--lang", "zh")
    assert "库中的表是格式 99，比本程序新" in done.err

    def append(store: Store) -> None:
        with closing(store):
            store.append(lambda lines: lines[:1])

    with pytest.raises(InvalidFile, match="format 99"):
        append(open_store(address, "", named=True))


def test_a_reader_who_may_not_see_the_format_reads_on(postgres: Postgres) -> None:
    """The right to read the actuals alone is enough, as it was before."""
    address = emptied(postgres)
    made = (FORMATS[0] / "postgres.sql").read_text(encoding="utf-8")
    reader = "CREATE ROLE plain_reader LOGIN PASSWORD 'x'"
    execute = executing("postgres", address)
    execute([*filter(str.strip, made.split(";\n")), "DROP ROLE IF EXISTS plain_reader", reader])
    execute(["GRANT SELECT ON tracker_actuals TO plain_reader"])
    with closing(open_store(address.replace("tracker:ge%26h%2Fe%3Aim", "plain_reader:x"), "", named=True)) as store:
        assert store.lines() == []
    execute(["DROP OWNED BY plain_reader", "DROP ROLE plain_reader"])


@pytest.mark.parametrize(
    ("goals", "actuals", "told"),
    [
        ("format = 2\n", None, "goals.toml:1: format: format 2 is newer than this tracker, which reads format 1\n"),
        (None, "series,period,value,weight\na,2024,1,2\n", 'actuals.csv:1: unknown column "weight"\n'),
    ],
)
def test_files_of_a_newer_format_are_refused(
    goals: str | None, actuals: str | None, told: str, project: Project, run: Run
) -> None:
    """With file and line, what this tracker knows and how to get further, and no other complaint."""
    folder = project.write(goals or '[[goals]]\nid = "a"\ntarget = 1\ndue = 2026\n', actuals)
    done = run("status", cwd=folder)
    assert (done.code, done.out) == (4, "")
    first, second, count = done.err.splitlines(keepends=True)
    assert (first, count) == (told, "1 problem\n")
    assert second == UPGRADE or second.endswith("recorded_at; a newer tracker may know more\n")


def test_the_page_shows_what_is_said(run: Run, project: Project) -> None:
    """Each complaint that docs/versions.md shows is the program's own."""
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    project.write("format = 2\n")
    shown = run("status").err.splitlines()
    project.write('[[goals]]\nid = "a"\ntarget = 1\ndue = 2026\n', "series,period,value,weight\na,2024,1,2\n")
    shown += run("status").err.splitlines()
    project.actuals.unlink()
    (project.folder / "saved.json").write_text('{"schema": "tracker/status/2"}', encoding="utf-8")
    shown += run("diff", "--since", "saved.json").err.splitlines()
    execute = executing("sqlite", str(project.folder / "actuals.db"))
    execute((FORMATS[0] / "sqlite.sql").read_text(encoding="utf-8").split(";\n"))
    execute(["PRAGMA user_version = 2"])
    shown += run("status", "--actuals", "actuals.db").err.splitlines()
    block = page.partition("```text\n")[2].partition("```")[0].splitlines()
    shown.append(
        "  install a newer tracker: pip install --upgrade tracker-goals"
    )  # it depends on what installed this one
    assert [line for line in block if line not in shown] == []
