"""Two languages: which one is chosen, and that nothing is left untranslated."""

from __future__ import annotations

import subprocess
import sys
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


def test_an_unknown_language_is_refused(run: Run) -> None:
    """A language that tracker does not speak ends with 2."""
    assert run("status", "--lang", "fr", cwd=ROOT).code == 2
    assert run("status", cwd=ROOT, env={"TRACKER_LANG": "fr"}).code == 2


def test_help_is_chinese_too(run: Run) -> None:
    """Help follows the language: it begins with the examples and explains in Chinese."""
    out = run("status", "--help", cwd=ROOT).out
    assert "示例：" in out
    assert "列出每个目标的状态" in out


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


def test_problems_are_chinese_too(run: Run, project: Project) -> None:
    """A broken goals file is explained in the language asked for."""
    folder = project.write(goals("zh").replace("target", "tarrget"), HEADER)
    err = run("check", cwd=folder, env={"TRACKER_LANG": "zh"}).err
    assert "未知的键；是不是“target”？" in err
    assert "个问题" in err
