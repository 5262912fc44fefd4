"""`tracker init --from`: a goals.toml made of a table of goals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidFile
from tracker.goals.read import goals_in
from tracker.intake.goalheadings import headings
from tracker.intake.goalrows import goal_rows
from tracker.intake.goalsheet import sheet_rows
from tracker.intake.goalwriting import goals_text
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

CHINESE = """昭通市规划主要指标,,,,,,
类别,指标,单位,2020年,2025年目标,属性,责任单位
经济,地区生产总值,亿元,"1,289",2100,预期性,发改委
民生,城镇调查失业率,%,5.5,≤5,预期性,人社局
民生,居民收入增长,%,,与GDP同步,预期性,
绿色,森林覆盖率（%）,,47.5%,50%左右,约束性,
"""
ENGLISH_TABLE = """Goal,Unit,Baseline,Baseline year,Target,Due,Owner
Paying subscribers,people,8000,2024,12000,2027,Sales
Complaints,,40,2024-Q4,10,2026年6月,
No due,,1,2024,2,someday,
Backwards,,1,2026,2,2025,
"""


def declared(folder: Path) -> dict[str, Any]:
    """Return what the written goals.toml says."""
    return tomli.loads((folder / "goals.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_of_a_plan(run: Run, tmp_path: Path, encoding: str) -> None:
    """Years over the columns give baseline and due, a sign the direction, other columns the free fields."""
    (tmp_path / "plan.csv").write_bytes(CHINESE.encode(encoding))
    assert run("init", "--from", "plan.csv", "--lang", "zh").code == 0
    found = declared(tmp_path)
    assert (found["title"], found["language"]) == ("昭通市规划主要指标", "zh")
    gdp, jobs, forest = found["goals"]
    assert gdp == {
        "id": "地区生产总值", "name": "地区生产总值", "group": "经济", "baseline": {"period": 2020, "value": 1289},
        "target": 2100, "due": 2025, "owner": "发改委", "fields": {"属性": "预期性"},
    }  # fmt: skip
    assert (jobs["direction"], jobs["target"]) == ("down", 5)
    assert (forest["name"], forest["baseline"]["value"], forest["target"]) == ("森林覆盖率", 47.5, 50)
    assert found["series"]["森林覆盖率"] == {"unit": "%", "kind": "ratio"}


def test_what_was_not_understood_is_a_comment(run: Run, tmp_path: Path) -> None:
    """A target in words makes no goal; a word around a number stays; both stand as comments with their row."""
    (tmp_path / "plan.csv").write_text(CHINESE, encoding="utf-8")
    run("init", "--from", "plan.csv", "--lang", "en")
    text = (tmp_path / "goals.toml").read_text(encoding="utf-8")
    assert '# row 5, 居民收入增长: no goal yet\n# no target that can be read\n# target "与GDP同步": ' in text
    assert '# target as it was written: "50%左右"' in text


def test_what_is_written_passes_check(run: Run, tmp_path: Path) -> None:
    """Both tables give a project that `check` finds nothing wrong with, and that has a status at once."""
    for name, table in (("zh", CHINESE), ("en", ENGLISH_TABLE)):
        (tmp_path / "t.csv").write_text(table, encoding="utf-8")
        assert run("init", name, "--from", "t.csv").code == 0
        assert run("check", cwd=tmp_path / name).code == 0
        assert json.loads(run("status", "--json", cwd=tmp_path / name).out)["goals"]


def test_english_headings(run: Run, tmp_path: Path) -> None:
    """Columns for the baseline's period and the due are read; a direction is asked for, never guessed."""
    (tmp_path / "t.csv").write_text(ENGLISH_TABLE, encoding="utf-8")
    run("init", "--from", "t.csv", "--lang", "en")
    first, second = declared(tmp_path)["goals"]
    assert (first["id"], first["baseline"], first["target"], first["due"], first["owner"]) == (
        "paying-subscribers", {"period": 2024, "value": 8000}, 12000, 2027, "Sales",
    )  # fmt: skip
    assert (second["due"], second["baseline"]["period"], "direction" in second) == ("2026-06", "2024-Q4", False)
    text = (tmp_path / "goals.toml").read_text(encoding="utf-8")
    for said in ("is less better?", "row 4, No due: no goal yet", "the due is not after the baseline"):
        assert said in text


def test_a_workbook_with_merged_groups(run: Run, tmp_path: Path) -> None:
    """A group merged down over its goals counts for each; a cell that shows 61.8% is 61.8 %; stdin is read too."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [
        ["目标表"],
        ["类别", "指标", "单位", "2020年", "2025年"],
        ["城", "城镇化率", "%", 0.405, 0.618],
        ["", "建成区", "平方公里", 80, 100],
    ]:
        sheet.append(row)
    sheet["D3"].number_format = sheet["E3"].number_format = "0.0%"
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "t.xlsx")
    assert run("init", "a", "--from", "t.xlsx").code == 0
    assert run("init", "b", "--from", "-", stdin=(tmp_path / "t.xlsx").read_bytes()).code == 0
    share, area = declared(tmp_path / "a")["goals"]
    assert (share["baseline"]["value"], share["target"], share["group"]) == (40.5, 61.8, "城")
    assert (area["group"], area["target"]) == ("城", 100)
    assert declared(tmp_path / "b")["goals"] == [share, area]


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n1,2\n", 4), (b"PK\x03\x04 broken", 4), (b"\xff\xfe\x00", 4), (b"", 4)]
)
def test_what_is_no_table_of_goals_is_refused(run: Run, tmp_path: Path, content: bytes, code: int) -> None:
    """Nothing is written from a file without such headings, or one that is damaged."""
    (tmp_path / "t.csv").write_bytes(content)
    done = run("init", "--from", "t.csv")
    assert (done.code, done.err.startswith("t.csv: ")) == (code, True)
    assert not (tmp_path / "goals.toml").exists()


def test_a_missing_file_is_unreachable(run: Run) -> None:
    """A file that is not there ends with 5."""
    assert run("init", "--from", "none.csv").code == 5


cells = st.text(max_size=8) | st.sampled_from(["2025", "≥5", "1,000", "12.5万", "50%", "-", "2020年", "up", "down"])


@given(st.lists(st.lists(cells, min_size=8, max_size=8), max_size=6))
def test_whatever_the_cells_say_the_file_can_be_read(rows: list[list[str]]) -> None:
    """No cell, whatever it says, breaks the goals.toml that is written."""
    table = [["name", "unit", "baseline", "baseline year", "target", "due", "group", "属性"], *rows]
    head = headings(table)
    assert head is not None
    text = goals_text(list(goal_rows(table, head)), "t", ENGLISH)
    assert goals_in(text.encode(), "goals.toml").file.title == "t"


@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_refused(data: bytes) -> None:
    """Any file is rows of texts, or invalid with a reason."""
    try:
        rows = sheet_rows(data, "x")
    except InvalidFile as error:
        rows = [[str(problem.what) for problem in error.problems]]
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_a_table_without_an_end_of_line_is_refused(run: Run, tmp_path: Path) -> None:
    """It is left at once, as by import, and nothing is written."""
    (tmp_path / "endless.csv").write_bytes(b"x" * 3_000_000)
    done = run("init", "new", "--from", "endless.csv", "--lang", "en")
    assert (done.code, done.out, "a line is longer than 1 MB" in done.err) == (4, "", True)
    assert not (tmp_path / "new").exists()


def test_a_unit_over_the_table_is_that_of_its_goals(run: Run, tmp_path: Path) -> None:
    """In the title or in a row of its own, for goals without a unit; it is neither the title nor a group."""
    head, rows = "指标,2020年,2025年目标\n", "净利润,3亿,5\n城镇化率（%）,42,50\n"
    for number, table in enumerate(
        [
            f"主要指标（单位：万元）,,\n{head}{rows}",
            f"单位：万元,,\n主要指标,,\n{head}{rows}",
            f"主要指标,,\n{head}单位：万元,,\n{rows}",
            f"主要指标,,\n指标（单位：万元）{head.removeprefix('指标')}{rows}",
        ]
    ):
        (tmp_path / "t.csv").write_text(table, encoding="utf-8")
        assert run("init", f"p{number}", "--from", "t.csv").code == 0
        found = declared(tmp_path / f"p{number}")
        assert found["title"] == "主要指标"
        assert {name: one["unit"] for name, one in found["series"].items()} == {"净利润": "万元", "城镇化率": "%"}
        assert found["goals"][0]["baseline"]["value"] == 30000
        assert not any("group" in goal for goal in found["goals"])


def test_what_is_in_doubt_of_units_and_percents_is_a_question(run: Run, tmp_path: Path) -> None:
    """Several units over the table are not the unit of a goal; 0.5 in % may be 50; Dec 2026 is a month."""
    (tmp_path / "t.csv").write_text(
        "主要指标（单位：亿元、%）,,\n指标,2020年,目标,期限\n净利润,3,5,Dec 2026\n城镇化率(%),0.42,0.5,2025\n",
        encoding="utf-8",
    )
    assert run("init", "--from", "t.csv", "--lang", "en").code == 0
    found = declared(tmp_path)
    assert ("净利润" in found["series"], found["goals"][0]["due"]) == (False, "2026-12")
    text = (tmp_path / "goals.toml").read_text(encoding="utf-8")
    assert "# of which unit is it? Over the table stand 亿元, %" in text
    assert "# in %: is 0.5 % meant, or 50 %?" in text
