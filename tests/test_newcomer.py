"""The mistakes that are made first: each is named in one line, and the next line says what to do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, plain_environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = '[series.rate]\nunit = "%"\nkind = "ratio"\n[[goals]]\nid = "rate"\nbaseline = 2020\ntarget = 60\ndue = 2030\n'
GROUPED = '[series.growth]\nunit = "万元"\n[[goals]]\nid = "growth"\ngroup = "Growth"\ntarget = 60\ndue = 2030\n'
ACTUALS = "series,period,value,published\nrate,2020,50,2021-02-01\nrate,2021,52,2022-02-01\n"

MISTAKES = {
    "no goals": (
        ["status"],
        5,
        "tracker: no goals.toml in this folder or any above it\n  `tracker init` writes one here;",
        "tracker: 本文件夹及上级都没有 goals.toml\n  `tracker init` 可在此写一个；",
    ),
    "no such file": (
        ["status", "-f", "x.toml"],
        5,
        "there is no such file\n  without --goals and TRACKER_GOALS it is the goals.toml here or above",
        "没有这个文件\n  不写 --goals 和 TRACKER_GOALS 时，读取本文件夹或上级的 goals.toml",
    ),
    "a folder": (
        ["status", "-f", "plan/"],
        5,
        "tracker: cannot read plan/: it is a folder\n  name the file in it: plan/goals.toml\n",
        "tracker: 无法读取 plan/：它是文件夹\n  请写其中的文件：plan/goals.toml\n",
    ),
    "an empty folder": (
        ["status", "-f", "."],
        5,
        "tracker: cannot read .: it is a folder\n  there is no goals.toml in it; `tracker init .` writes one\n",
        "tracker: 无法读取 .：它是文件夹\n  其中没有 goals.toml；`tracker init .` 可写一个\n",
    ),
    "a group mistyped": (
        ["status", "--group", "Grwth", "-f", "plan/goals.toml"],
        2,
        'tracker: --group: no goal is in "Grwth"\n  did you mean "Growth"?\n',
        "tracker: --group：没有目标属于“Grwth”\n  是不是“Growth”？\n",
    ),
    "an option that is nowhere near": (
        ["status", "--bogus"],
        2,
        "tracker: no option is called --bogus\n  try `tracker status --help`\n",
        "tracker: 没有选项 --bogus\n  请看 `tracker status --help`\n",
    ),
    "a file of another kind": (
        ["status", "-o", "x.PDF", "-f", "plan/goals.toml"],
        2,
        "tracker: -o x.PDF: nothing here is written as that\n  endings are .json, .jsonl, .csv, .tsv, .md, .html,",
        "tracker: -o x.PDF：这里不能写成这种文件\n  可用的扩展名：.json, .jsonl, .csv, .tsv, .md, .html,",
    ),
    "growth in times": (
        ["what-if", "growth", "--growth", "5x", "-f", "plan/goals.toml"],
        2,
        'tracker: --growth: "5x" is not clear: growth of this goal is compound\n  write 5% or 0.05 for five percent\n',
        "tracker: --growth：“5x”不明确：这个目标的增速是复合增长率\n  百分之五请写 5% 或 0.05\n",
    ),
    "the folder above": (
        ["status"],
        5,
        "tracker: no goals.toml in this folder or any above it\n  there is one below: --goals plan/goals.toml\n",
        "tracker: 本文件夹及上级都没有 goals.toml\n  下级文件夹里有一个：--goals plan/goals.toml\n",
    ),
    "a command mistyped": (
        ["statsu"],
        2,
        'tracker: no command is called "statsu"\n  did you mean "status"?\n',
        "tracker: 没有名为“statsu”的命令\n  是不是“status”？\n",
    ),
    "an id mistyped": (
        ["show", "rat", "-f", "plan/goals.toml"],
        2,
        'tracker: no goal is called "rat"\n  did you mean "rate"?\n',
        "tracker: 没有名为“rat”的目标\n  是不是“rate”？\n",
    ),
    "a series mistyped": (
        ["record", "raet", "55", "--period", "2022", "-f", "plan/goals.toml"],
        2,
        'tracker: no series is called "raet"\n  did you mean "rate"?\n',
        "tracker: 没有名为“raet”的序列\n  是不是“rate”？\n",
    ),
    "an argument left out": (
        ["show"],
        2,
        "tracker: GOAL is missing\n  try `tracker show --help`\n",
        "tracker: 缺少 目标\n  请看 `tracker show --help`\n",
    ),
}


@pytest.mark.parametrize("language", [2, 3], ids=["en", "zh"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_leads_to_the_next_step(mistake: str, language: int, project: Project, run: Run) -> None:
    """The first line says what is wrong, the second what to do, in the reader's language; there is no third."""
    arguments, code = MISTAKES[mistake][:2]
    plan = project.folder / "plan"
    plan.mkdir()
    if mistake not in {"no goals", "an empty folder"}:
        (plan / "goals.toml").write_text(f"format = 1\n{GOALS}{GROUPED}", encoding="utf-8")
        (plan / "actuals.csv").write_text("series,period,value\ngrowth,2020,50\ngrowth,2021,52\n", encoding="utf-8")
    done = run(*arguments, env={"TRACKER_LANG": "en" if language == 2 else "zh"})
    assert (done.code, done.out) == (code, "")
    assert str(MISTAKES[mistake][language]) in done.err
    assert done.err.count("\n") == 2


def test_a_folder_that_was_deleted_is_named(tmp_path: Path, run: Run) -> None:
    """Where the current folder is gone that is said, and not that some file is not there."""
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os; os.rmdir(os.getcwd()); from tracker.cli import entry; entry()"
    done = subprocess.run(
        [sys.executable, "-c", code, "status"],
        cwd=gone,
        env=plain_environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        check=False,
    )
    told = "tracker: the current folder is not there any more\n  change to one that is\n"
    assert (done.returncode, done.stderr.decode()) == (5, told)


def test_a_format_that_is_asked_for_is_written_under_any_name(project: Project, run: Run) -> None:
    """Only where the name alone decides must it be known; a name without an ending, or .txt, is a text."""
    project.write(GOALS, ACTUALS)
    assert run("status", "--format", "csv", "-o", "x.xml").code == 0
    for name in ("x.txt", "x", "x.2025"):
        assert run("status", "-o", name).code == 0
    assert run("status", "-o", "x.htm").code == 0
    assert "<html" in (project.folder / "x.htm").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("goals", "told", "advice"),
    [
        (
            GOALS.replace("60", "0.6"),
            "goals.toml:5: warning: goals.rate.target: the target 0.6 beside values near 52: a fraction in a % series?",
            "  40.5 % is written 40.5",
        ),
        (
            GOALS + '[[goals]]\nid = "homes"\ntarget = 5\ndue = 2020\n',
            "goals.toml:10: warning: goals.homes.due: due 2020 is past and nothing is recorded",
            "  `tracker record homes VALUE --period 2020`; or is the year mistyped?",
        ),
    ],
)
def test_a_goal_that_cannot_be_meant_is_a_warning(
    goals: str, told: str, advice: str, project: Project, run: Run
) -> None:
    """A target typed as a fraction, and a due that was over before anything was recorded, stop nothing."""
    project.write(goals, ACTUALS)
    assert run("check").err.splitlines() == [told, advice, "1 warning"]
    assert run("check", "--strict").code == 4
    assert run("status").code == 0


SAME_BUT_KIND = ["", 'kind = "ratio"\n', 'kind = "level"\n']
"""What a % series may say of its kind; left out, it is a level."""


@pytest.mark.parametrize("kind", SAME_BUT_KIND)
@pytest.mark.parametrize("baseline", ["", "baseline = 2020\n", "baseline = { period = 2019, value = 49 }\n"])
@pytest.mark.parametrize("actuals", [ACTUALS, ACTUALS.splitlines()[0] + "\n"], ids=["recorded", "nothing"])
def test_a_target_typed_as_a_fraction_is_told_for_every_percentage(
    kind: str, baseline: str, actuals: str, project: Project, run: Run
) -> None:
    """The unit tells it, whatever the kind and the baseline, and nothing about the direction is suggested."""
    goals = GOALS.replace('kind = "ratio"\n', kind).replace("baseline = 2020\n", baseline).replace("60", "0.6")
    project.write(goals, actuals)
    told = run("check").err
    assert "is direction" not in told
    value = "52" if "2021" in actuals else "49" if "49" in baseline else None
    sentence = f"the target 0.6 beside values near {value}: a fraction in a % series?\n  40.5 % is written 40.5\n"
    assert (sentence in told) is (value is not None)


def test_a_rate_of_growth_may_be_small_beside_large_ones(project: Project, run: Run) -> None:
    """A published rate of 0.6 % after one of 12 % is a bad year, and no fraction."""
    goals = GOALS.replace("ratio", "growth").replace("baseline = 2020\n", "").replace("60", "0.6")
    project.write(goals, ACTUALS.replace("50", "12").replace("52", "0.6") + "rate,2022,12,2023-02-01\n")
    assert run("check").err == ""


@pytest.mark.parametrize("kind", SAME_BUT_KIND)
def test_a_fraction_recorded_is_asked_about(kind: str, project: Project, run: Run) -> None:
    """The value is recorded as it is, and the warning says how it is written."""
    project.write(GOALS.replace('kind = "ratio"\n', kind), ACTUALS)
    done = run("record", "rate", "0.55", "--period", "2022")
    assert done.code == 0
    assert "0.55 for 2022 beside values near 50: a fraction in a % series?\n  40.5 % is written 40.5" in done.err


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "nothing is recorded yet: tracker record rate VALUE --period P"),
        ("zh", "还没有记录任何数据：tracker record rate VALUE --period P"),
    ],
)
def test_nothing_recorded_yet_says_how(language: str, told: str, project: Project, run: Run) -> None:
    """Below a table without any figure stands how one is recorded; with the first figure it is gone."""
    project.write(GOALS)
    assert run("status", "--lang", language).out.splitlines()[-1] == told
    assert run("record", "rate", "51", "--period", "2021").code == 0
    assert told not in run("status", "--lang", language).out


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Begin with `tracker init`; COMMAND --help"), ("zh", "从 `tracker init` 开始；各命令的 --help")],
)
def test_tracker_alone_says_where_to_begin(language: str, told: str, run: Run) -> None:
    """Without a command the help ends with the first step."""
    done = run(env={"TRACKER_LANG": language})
    assert (done.code, done.err) == (0, "")
    assert done.out.rstrip().splitlines()[-1].strip().startswith(told)
