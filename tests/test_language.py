"""Two languages: which one is chosen, and that nothing is left untranslated."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Project, Run

from tracker.assess.figures import Status
from tracker.cli.language import catalogue
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
WORDS = {
    Status.ACHIEVED: "已实现",
    Status.ON_TRACK: "有望实现",
    Status.AT_RISK: "存疑",
    Status.OFF_TRACK: "难以实现",
    Status.MISSED: "未实现",
    Status.AWAITING: "待发布",
    Status.OVERDUE: "逾期未报",
    Status.OPEN: "进行中",
    Status.TOO_FEW: "数据不足",
    Status.NO_DATA: "无数据",
}


def goals(language: str) -> str:
    """Return a goals file in a language."""
    return f'language = "{language}"\n[[goals]]\nid = "x"\nname = "X"\ntarget = 5\ndue = 2030\n'


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_word(status: Status) -> None:
    """Each status reads as planners say it, and no two alike."""
    assert catalogue("zh")(STATUS[status]) == WORDS[status]


def test_nothing_is_left_untranslated() -> None:
    """The catalogue has every message of the code and no other, with the same places, and is compiled."""
    done = subprocess.run([sys.executable, ".ci/translations.py"], cwd=ROOT, capture_output=True, check=False)
    assert (done.stdout.decode(), done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgstr "缺口"', 'msgstr ""', "not translated: 'Gap'"),
        ('msgid "Gap"', '#, fuzzy\nmsgid "Gap"', "not translated: 'Gap'"),
        ('msgid "Gap"', 'msgid "Hole"', "no longer in the code: 'Hole'"),
        ('msgid "Gap"', '#~ msgid "Hole"\n#~ msgstr "洞"\n\nmsgid "Gap"', "struck out, to be deleted: 'Hole'"),
        (
            "无法读取 {file}：{reason}",
            "无法读取 {path}：{reason}",
            "other places in the translation of 'cannot read {file}",
        ),
        ('msgstr "缺口"', 'msgstr "差"', "tracker.mo is not what tracker.po compiles to"),
    ],
)
def test_a_faulty_catalogue_is_refused(tmp_path: Path, before: str, after: str, fault: str) -> None:
    """Whatever is missing, fuzzy, stale, struck out, without its places or not compiled is named, with exit 1."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker", ignore=shutil.ignore_patterns("__pycache__"))
    catalog = tmp_path / "tracker" / "locale" / "zh" / "LC_MESSAGES" / "tracker.po"
    text = catalog.read_text(encoding="utf-8")
    assert before in text
    catalog.write_text(text.replace(before, after, 1), encoding="utf-8")
    done = subprocess.run([sys.executable, ".ci/translations.py"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert fault in done.stdout.decode()


@pytest.mark.parametrize(
    ("declared", "environment", "arguments", "chinese"),
    [
        ("en", {}, [], False),
        ("zh", {}, [], True),
        ("zh", {"TRACKER_LANG": "en"}, [], False),
        ("zh", {"TRACKER_LANG": "zh"}, ["--lang", "en"], False),
        ("en", {"LANG": "zh_CN.UTF-8"}, [], False),
        ("en", {"TRACKER_LANG": "zh"}, [], True),
    ],
)
def test_who_decides_the_language(
    run: Run, project: Project, declared: str, environment: dict[str, str], arguments: list[str], chinese: bool
) -> None:
    """--lang comes first, then TRACKER_LANG, then the file, then the locale."""
    folder = project.write(goals(declared), HEADER)
    assert ("无数据" in run("status", *arguments, cwd=folder, env=environment).out) is chinese


def test_the_locale_decides_where_nothing_else_does(run: Run, tmp_path: Path) -> None:
    """Without a goals file an error follows the locale."""
    assert "没有 goals.toml" in run("status", cwd=tmp_path, env={"LANG": "zh_CN.UTF-8"}).err
    assert "no goals.toml" in run("status", cwd=tmp_path).err


UNTOLD = [
    (["store", "check"], "actuals.csv：0 行"),
    (["store", "copy", "actuals.csv", "copy.csv"], "copy.csv 中现有 0 行"),
    (["store", "copy", "actuals.csv"], "`tracker store copy` 需要两个"),
    (["methods"], "按谁的规则判定"),
    (["methods", "--format", "exel"], "--format：“exel”不在"),
    (["status", "--as-of", "x"], "--as-of：“x”不是日期"),
    (["status", "--format", "exel"], "--format：“exel”不在"),
    (["status", "--bogus"], "没有选项 --bogus"),
    (["show"], "缺少 目标"),
    (["stat"], "没有名为“stat”的命令"),
    (["--bogus"], "没有选项 --bogus"),
    (["init"], "goals.toml 已经存在"),
    (["backtest", "--cases", "no.csv"], "没有这个文件"),
    (["record", "x", "1", "--period", "y"], "“y”"),
]
"""What is said without the goals, or before they are read."""


@pytest.mark.parametrize(("arguments", "sentence"), UNTOLD, ids=[" ".join(each[0]) for each in UNTOLD])
def test_the_file_decides_where_its_goals_are_not_needed(
    arguments: list[str], sentence: str, run: Run, project: Project
) -> None:
    """The project's language holds under an English locale for commands and errors that read no goals, too."""
    done = run(*arguments, cwd=project.write(goals("zh"), HEADER), env={"LANG": "en_US.UTF-8"})
    assert sentence in done.out + done.err
    assert run(*arguments, "--lang", "en", cwd=project.folder).err.isascii()


@pytest.mark.parametrize(
    "named", [["-f", "plan.toml"], ["-fplan.toml"], ["--goals", "plan.toml"], ["--goals=plan.toml"]]
)
def test_the_file_that_is_named_decides(named: list[str], run: Run, project: Project) -> None:
    """However the file is named, an error met before it is read is in its language."""
    project.write(goals("en"), HEADER)
    (project.folder / "plan.toml").write_text(f"format = 1\n{goals('zh')}", encoding="utf-8")
    assert "没有选项 --bogus" in run("status", "--bogus", *named).err
    assert "没有选项 --bogus" in run("status", "--bogus", env={"TRACKER_GOALS": "plan.toml"}).err
    assert "no option" in run("status", "--bogus").err
    assert "no option" in run("status", "--bogus", *named, "--lang", "en").err


def test_a_file_that_cannot_be_read_still_names_the_language(run: Run, project: Project) -> None:
    """Its problems are told in its own language; a key of the same name in a table of it is not that."""
    folder = project.write(goals("zh").replace("target", "tarrget"), HEADER)
    assert "未知的键" in run("check", cwd=folder).err
    project.write(goals("zh").replace("2030", "2030年"))
    assert "不是 TOML" in run("check", cwd=folder).err
    project.write('[series.x]\nlanguage = "zh"\n[[goals]]\nid = "x"\ntarget = 5\ndue = 2030\n')
    assert "unknown key" in run("check", cwd=folder).err


def test_an_unknown_language_is_refused(run: Run) -> None:
    """A language that tracker does not speak ends with 2."""
    assert run("status", "--lang", "fr", cwd=ROOT).code == 2
    assert run("status", cwd=ROOT, env={"TRACKER_LANG": "fr"}).code == 2


def test_help_is_chinese_too(run: Run) -> None:
    """Help follows the language: it begins with the examples and explains in Chinese."""
    out = run("status", "--help", cwd=ROOT).out
    for word in ("用法：", "示例：", "列出每个目标的状态", "参数：", "选项：", "显示本帮助。"):
        assert word in out
    assert "命令：" in run("--help", cwd=ROOT).out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["status", "--nope"], "没有选项 --nope\n"),
        (["status", "--colums"], "没有选项 --colums；相近的有 --columns\n"),
        (["status", "-z"], "没有选项 -z\n"),
        (["show"], "缺少 目标\n"),
        (["nope"], "没有名为“nope”的命令\n"),
        (["--nope"], "没有选项 --nope\n"),
        (["show", "a", "b"], "参数过多：b\n"),
        (["note", "x"], "缺少 --text\n"),
        (["status", "--limit", "abc"], "--limit：应为整数，得到“abc”\n"),
        (["status", "--limit", "-5"], "--limit：应为 ≥ 0 的数，得到 -5\n"),
        (["status", "--limit"], "--limit 需要一个值\n  请看 `tracker status --help`\n"),
        (["status", "--wide=1"], "--wide 不带值\n"),
        (["status", "--sort", "x"], "--sort：应为 urgency, due, name, file 之一，得到“x”\n"),
        (["status", "--json", "--format", "csv"], "--json 与 --format csv 互相矛盾\n"),
        (["status", "--excel", "--json"], "--excel 与 --format csv 同用\n"),
        (["status", "--lang", "fr"], "--lang：“fr”不是"),
        (["completion", "ksh"], "bash|zsh|fish：应为 bash, zsh, fish 之一，得到“ksh”\n"),
        (["store"], "缺少 copy|check\n"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(run: Run, arguments: list[str], sentence: str) -> None:
    """What typer finds wrong is said in the reader's language, with exit 2."""
    result = run(*arguments, env={"TRACKER_LANG": "zh"})
    assert result.err.startswith(f"tracker: {sentence}")
    assert result.code == 2


@pytest.mark.parametrize(
    "arguments", [["status", "-f", "no.toml"], ["import", "no.csv"], ["diff", "--since", "no.json"]]
)
def test_why_a_file_cannot_be_read_is_chinese(run: Run, project: Project, arguments: list[str]) -> None:
    """What the operating system says is said in the reader's language too."""
    result = run(*arguments, cwd=project.write(goals("zh"), HEADER), env={"TRACKER_LANG": "zh"})
    assert result.code == 5
    assert "没有这个文件" in result.err
    assert "No such file" not in result.err


def test_the_table_of_the_first_user_is_chinese(run: Run) -> None:
    """The repository's own goals are read in Chinese from the title to the last column."""
    out = run("status", "--as-of", "2025-01-31", cwd=ROOT).out
    for word in (
        "截至 2025-01-31",
        "19 个目标",
        "缺口",
        "完成进度",
        "序时进度",
        "可能性",
        "12.5 百分点",
        "预计",
        "6.25 百分点/年",
    ):
        assert word in out


@pytest.mark.parametrize("day", ["2025-01-31", "2026-11-24", "2030-01-01"])
def test_no_english_is_left_in_the_table_of_the_first_user(run: Run, day: str) -> None:
    """Nothing but the names and units of the goals file stands in Latin letters in the Chinese table."""
    declared = tomllib.loads((ROOT / "goals.toml").read_text(encoding="utf-8"))
    names = [goal["name"] for goal in declared["goals"]]
    units = [series.get("unit", "") for series in declared["series"].values()]
    out = run("status", "--as-of", day, cwd=ROOT, env={"COLUMNS": "200"}).out
    assert "完成进度" in out
    assert set(re.findall(r"[A-Za-z]{2,}", out)) <= set(re.findall(r"[A-Za-z]{2,}", " ".join([*names, *units])))


def test_problems_are_chinese_too(run: Run, project: Project) -> None:
    """A broken goals file is explained in the language asked for."""
    folder = project.write(goals("zh").replace("target", "tarrget"), HEADER)
    err = run("check", cwd=folder, env={"TRACKER_LANG": "zh"}).err
    assert "未知的键；是不是“target”？" in err
    assert "个问题" in err


def test_that_no_later_due_helps_names_no_status_the_goal_may_not_have(run: Run, project: Project) -> None:
    """The sentence names the status that is not reached, as a goal at risk is not off track."""
    actuals = "series,period,value\nx,2020,3\nx,2021,2.5\nx,2022,2\n"
    folder = project.write(goals("zh").replace("2030", '"2023-06"'), actuals)
    out = "".join(run("show", "x", "--as-of", "2023-01-31", cwd=folder).out.split())
    assert "期限推后50年以内都不会转为“有望实现”" in out
