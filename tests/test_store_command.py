"""`tracker store`, panel goals and mapped tables, through the command as people use them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tracker.stores.sqlite import is_on_network

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

ACTUALS = """series,period,value,quality,published,source,url,note,recorded_at
urb/昭阳,2022,40,final,2023-02-01,统计公报,,,2023-02-01T00:00:00.000000Z
urb/昭阳,2023,41,estimate,,,,,2024-02-01T00:00:00.000000Z
urb/昭阳,2023,41.5,final,,,,"a, 'note",2024-05-01T00:00:00.000000Z
prov/昭阳,2022,50,final,,,,,2023-02-01T00:00:00.000000Z
prov/昭阳,2023,51,final,,,,,2024-02-01T00:00:00.000000Z
urb/[red]x'; DROP TABLE y,2022,40,final,,,,,2023-02-01T00:00:00.000000Z
urb/[red]x'; DROP TABLE y,2023,49,final,,,,,2024-02-01T00:00:00.000000Z
urb/..,2022,1,final,,,,,2023-02-01T00:00:00.000000Z
urb/a/b,2022,1,final,,,,,2023-02-01T00:00:00.000000Z
"""
PANEL = """
[series."urb/{county}"]
name = "城镇化率 {county}"
unit = "%"
kind = "ratio"
[[goals]]
id = "urb/{county}"
name = "{county} catches up"
group = "group {county}"
due = 2026
target = { series = "prov/{county}" }
fields = { office = "统计局" }
[[goals]]
id = "all"
all = ["urb/{county}"]
"""
AS_OF = ("--as-of", "2024-06-01")


def test_a_declaration_makes_one_goal_for_each_series(project: Project, run: Run) -> None:
    """Each matching series has its goal, with the part of its id in name, group, target and fields; a slash never."""
    folder = project.write(PANEL, ACTUALS)
    record = json.loads(run("status", "--json", *AS_OF, cwd=folder).out)
    goals = {goal["id"]: goal for goal in record["goals"]}
    assert goals.keys() == {"urb/昭阳", "urb/[red]x'; DROP TABLE y", "urb/..", "all"}
    one = goals["urb/昭阳"]
    assert (one["name"], one["group"], one["unit"]) == ("昭阳 catches up", "group 昭阳", "%")
    assert (one["target"]["series"], one["declaration"]) == ("prov/昭阳", "urb/{county}")
    assert one["fields"] == {"office": "统计局", "county": "昭阳"}
    assert sorted(goals["all"]["children"]) == sorted(goals.keys() - {"all"})
    assert goals["all"]["declaration"] is None
    (total,) = record["declarations"]
    assert (total["id"], total["goals"], sum(total["summary"].values())) == ("urb/{county}", 3, 3)


def test_limit_shows_the_first_and_counts_all(project: Project, run: Run) -> None:
    """--limit keeps the most urgent goals, the counts stay, the table says how many more there are."""
    folder = project.write(PANEL, ACTUALS)
    shown = run("status", "--limit", "1", *AS_OF, cwd=folder).out
    assert "3 more goals" in shown
    assert "urb/{county}: 3 goals" in shown
    record = json.loads(run("status", "--limit", "1", "--json", *AS_OF, cwd=folder).out)
    assert len(record["goals"]) == 1
    assert sum(record["summary"].values()) == 4


def test_json_lines_are_the_goals_of_json(project: Project, run: Run) -> None:
    """--format jsonl has on each line what --json has in its list of goals, in the same order."""
    folder = project.write(PANEL, ACTUALS)
    lines = run("status", "--format", "jsonl", *AS_OF, cwd=folder).out.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(run("status", "--json", *AS_OF, cwd=folder).out)["goals"]
    refused = run("show", "all", "--format", "jsonl", cwd=folder)
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(
    ("goal", "fault"),
    [
        ('id = "a/{x}"\nseries = "b"\ndue = 2030\ntarget = 1', "{x} is in the goal's id, but not in its series"),
        ('id = "a/{x}"\nseries = "b/{x}/{y}"\ndue = 2030\ntarget = 1', "{y} is not in the goal's id"),
        ('id = "a/{x}"\ndue = 2030\ntarget = { series = "c/{z}" }', "{z} is not in the goal's id"),
        ('id = "a/{x}"\nsum = ["b", "c"]\ndue = 2030\ntarget = 1', "needs a series"),
    ],
)
def test_a_declaration_names_the_same_parts_everywhere(goal: str, fault: str, project: Project, run: Run) -> None:
    """A part in braces that one side lacks is an error with its place, exit 4."""
    done = run("check", cwd=project.write(f"[[goals]]\n{goal}\n", ""))
    assert done.code == 4
    assert fault in done.err


def test_a_declaration_without_series_is_no_error(project: Project, run: Run) -> None:
    """Before anything matches there is no goal, a composite of them has no data, and recording makes the first."""
    folder = project.write(PANEL, "series,period,value\n")
    (one,) = json.loads(run("status", "--json", cwd=folder).out)["goals"]
    assert (one["id"], one["status"]) == ("all", "no-data")
    assert one["reason"] == "no series matches any of its goals yet"


def test_two_declarations_of_one_goal_are_refused(project: Project, run: Run) -> None:
    """Two declarations that make the same goal are an error that names it; a goal declared alone holds before one."""
    twice = PANEL + '[[goals]]\nid = "urb/{place}"\ndue = 2030\ntarget = 1\n'
    done = run("status", cwd=project.write(twice, ACTUALS))
    assert done.code == 4
    assert "is made by the declaration in line" in done.err
    alone = PANEL + '[[goals]]\nid = "urb/昭阳"\ndue = 2030\ntarget = 99\n'
    goals = json.loads(run("status", "--json", cwd=project.write(alone, ACTUALS)).out)["goals"]
    assert [goal["target"]["value"] for goal in goals if goal["id"] == "urb/昭阳"] == [99]


def test_a_copy_round_trip_gives_the_same_bytes(project: Project, run: Run) -> None:
    """CSV to SQLite to DuckDB and back is byte for byte the file; each copy says the same checksum."""
    folder = project.write(PANEL, ACTUALS)
    said = [
        run("store", "copy", one, other, cwd=folder).err.rsplit(" ", 1)[1]
        for one, other in (("actuals.csv", "a.db"), ("a.db", "b.duckdb"), ("b.duckdb", "c.csv"))
    ]
    assert (folder / "c.csv").read_text(encoding="utf-8") == ACTUALS
    assert len(set(said)) == 1
    assert run("store", "check", "a.db", cwd=folder).err.rsplit(" ", 1)[1] == said[0]


def test_a_copy_goes_on_where_it_stopped(project: Project, run: Run) -> None:
    """What is there already is not copied twice; other lines there are refused and stay as they are."""
    folder = project.write(PANEL, ACTUALS)
    head = "".join(ACTUALS.splitlines(keepends=True)[:3])
    (folder / "part.csv").write_text(head, encoding="utf-8")
    assert run("store", "copy", "part.csv", "a.db", cwd=folder).code == 0
    assert "9 lines are in a.db now" in run("store", "copy", "actuals.csv", "a.db", cwd=folder).err
    assert "9 lines are in a.db now" in run("store", "copy", "actuals.csv", "a.db", cwd=folder).err
    refused = run("store", "copy", "a.db", "part.csv", cwd=folder)
    assert refused.code == 0  # the part is how the whole begins
    (folder / "other.csv").write_text("series,period,value\nx,2024,1\n", encoding="utf-8")
    refused = run("store", "copy", "other.csv", "a.db", cwd=folder)
    assert (refused.code, "nothing was copied" in refused.err) == (5, True)


@pytest.mark.parametrize("file", ["there-is.none.db", "there-is.none.duckdb"])
def test_a_database_that_is_not_there_is_unreachable(file: str, project: Project, run: Run) -> None:
    """A named database that does not exist is exit 5 with what makes one, and nothing is made."""
    folder = project.write(PANEL, ACTUALS)
    done = run("status", "--actuals", file, cwd=folder)
    assert (done.code, done.out) == (5, "")
    assert f"tracker store copy actuals.csv {file}" in done.err
    assert not (folder / file).exists()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"x", b"SQLite format"])
def test_a_damaged_file_is_told(project: Project, run: Run, content: bytes) -> None:
    """A file that is no database is exit 5 in one line, also one that SQLite would take for empty and write over."""
    folder = project.write(PANEL, ACTUALS)
    (folder / "a.db").write_bytes(content)
    for command in (["status"], ["record", "urb/昭阳", "42", "--period", "2024"], ["store", "check", "a.db"]):
        done = run(*command, *([] if command[0] == "store" else ["--actuals", "a.db"]), cwd=folder)
        assert done.code == 5, command
        assert "file is not a database" in done.err
    assert (folder / "a.db").read_bytes() == content


def test_record_and_log_work_on_a_database(project: Project, run: Run) -> None:
    """Recording, revising and undoing do in SQLite what they do in the file; reading sees it at once."""
    folder = project.write('actuals = "a.db"\n' + PANEL, ACTUALS)
    run("store", "copy", "actuals.csv", "a.db", cwd=folder)
    assert run("record", "urb/昭阳", "42", "--period", "2024", cwd=folder).code == 0
    assert run("record", "urb/昭阳", "43", "--period", "2024", cwd=folder).code == 2
    assert run("record", "urb/昭阳", "43", "--period", "2024", "--revise", cwd=folder).code == 0
    assert run("record", "urb/昭阳", "--period", "2024", "--undo", cwd=folder).code == 0
    (goal,) = json.loads(run("status", "urb/昭阳", "--json", cwd=folder).out)["goals"]
    assert goal["actual"]["value"] == 42
    assert len(json.loads(run("log", "urb/昭阳", "--json", cwd=folder).out)["lines"]) == 6


MAPPED = """
[store]
table = "facts"
[store.columns]
series = "region code"
period = "yr"
value = "amount"
recorded_at = "loaded"
"""


def test_a_table_of_somebody_else_is_read_where_it_lies(project: Project, run: Run) -> None:
    """Columns are mapped by name, a view is enough, and nothing is ever written to it."""
    folder = project.write('actuals = "w.db"\n' + MAPPED + PANEL)
    with closing(sqlite3.connect(folder / "w.db")) as base:
        base.execute('CREATE TABLE raw ("region code" TEXT, yr INTEGER, amount NUMERIC, loaded TEXT)')
        rows = [("urb/x", 2022, 40, "2023-01-01"), ("urb/x", 2023, 41, "2024-01-01"), ("urb/x", 2023, 42, "2024-03-01")]
        base.executemany("INSERT INTO raw VALUES (?, ?, ?, ?)", rows)
        base.execute("CREATE VIEW facts AS SELECT *, rowid FROM raw")
        base.commit()
    (goal,) = json.loads(run("status", "urb/x", "--json", *AS_OF, cwd=folder).out)["goals"]
    assert (goal["id"], goal["actual"]["value"], goal["actual"]["period"]) == ("urb/x", 42, "2023")
    early = json.loads(run("status", "urb/x", "--json", *AS_OF, "--known-on", "2024-02-01", cwd=folder).out)["goals"][0]
    assert early["actual"]["value"] == 41
    refused = run("record", "urb/x", "43", "--period", "2024", cwd=folder)
    assert (refused.code, "only read" in refused.err) == (2, True)
    project.write('actuals = "w.db"\n' + MAPPED.replace('"yr"', '"year"') + PANEL)
    assert 'there is no column "year" for period' in run("status", cwd=folder).err


def test_a_table_of_somebody_else_is_copied_and_checked_by_its_address(project: Project, run: Run) -> None:
    """`[store]` counts for an address on the command line too, unless a store of ours is there."""
    folder = project.write(MAPPED + PANEL)
    with closing(sqlite3.connect(folder / "w.db")) as base:
        base.execute('CREATE TABLE facts ("region code" TEXT, yr INTEGER, amount NUMERIC, loaded TEXT)')
        base.execute("INSERT INTO facts VALUES ('urb/x', 2022, 40, '2023-01-01'), ('urb/x', 2023, 41, '2024-01-01')")
        base.commit()
    assert "w.db: 2 lines, checksum " in run("store", "check", "w.db", "--lang", "en", cwd=folder).err
    for source, target in (("w.db", "own.db"), ("own.db", "own.csv"), ("own.csv", "again.db")):
        done = run("store", "copy", source, target, cwd=folder)
        assert done.code == 0, done.err
        assert run("store", "check", target, cwd=folder).code == 0
    assert "urb/x,2023,41" in (folder / "own.csv").read_text(encoding="utf-8")
    assert run("store", "check", "w.db", cwd=folder.parent).code == 5


def test_parquet_and_patterns_are_read_where_they_lie(project: Project, run: Run) -> None:
    """Parquet files, many by a pattern, and CSV files with columns of their own give what the ledger gives."""
    import duckdb

    folder = project.write(PANEL, ACTUALS)
    with duckdb.connect() as base:
        base.execute(f"COPY (SELECT * FROM read_csv('{project.actuals}') LIMIT 3) TO '{folder}/1.parquet'")  # noqa: S608
        base.execute(f"COPY (SELECT * FROM read_csv('{project.actuals}') OFFSET 3) TO '{folder}/2.parquet'")  # noqa: S608
    expected = run("status", "--json", *AS_OF, cwd=folder).out
    assert json.loads(run("status", "--json", *AS_OF, "--actuals", "*.parquet", cwd=folder).out) == json.loads(expected)
    assert json.loads(run("status", "--json", *AS_OF, "--actuals", "act*.csv", cwd=folder).out) == json.loads(expected)
    refused = run("record", "urb/昭阳", "42", "--period", "2024", "--actuals", "*.parquet", cwd=folder)
    assert (refused.code, "only read" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("module", "address", "extra"),
    [
        ("duckdb", "x.duckdb", "duckdb"),
        ("psycopg", "postgresql://me:geheim@127.0.0.1:1/x", "postgres"),
        ("pyspark", "spark://127.0.0.1:1/x", "spark"),
    ],
)
def test_a_missing_engine_is_named_with_its_install_line(
    module: str, address: str, extra: str, project: Project, run: Run, tmp_path: Path
) -> None:
    """Without its engine a store is exit 5, and one line says what installs it."""
    folder = project.write(PANEL, ACTUALS)
    block = tmp_path / "block"
    block.mkdir()
    (block / f"{module}.py").write_text("raise ImportError\n", encoding="utf-8")
    done = run("status", "--actuals", address, cwd=folder, env={"PYTHONPATH": str(block)})
    assert done.code == 5
    assert "install it with: " in done.err
    assert f"[{extra}]" in done.err
    assert "geheim" not in done.err


def test_a_network_drive_is_known_by_its_mount(tmp_path: Path) -> None:
    """The longest mount above a file decides: SQLite keeps no shared log on a drive of another machine."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/a\\040b nfs4 rw 0 0\n/dev/b /mnt/a\\040b/c xfs rw 0 0\n",
        encoding="utf-8",
    )
    assert is_on_network("/mnt/a b/x.db", str(mounts))
    assert not is_on_network("/mnt/a b/c/x.db", str(mounts))
    assert not is_on_network("/home/x.db", str(mounts))
