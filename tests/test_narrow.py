"""Narrow terminals: columns go, sentences fold or stand under their line, and no number and no day is ever cut."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Project, Run
from rich.cells import cell_len

COMMANDS = (
    ("status", "--compare"),
    ("show", "gdp-2100"),
    ("show", "urbanization"),
    ("diff", "--since", "2024-12-31"),
    ("what-if", "gdp-2100", "--growth", "5%"),
    ("backtest",),
)
WIDTHS = (40, 50, 60, 80)
NUMBERS = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d[\d.,:-]*")
GOALS = """
format = 1
[series.electricity-consumption-total]
unit = "kWh"
[[goals]]
id = "electricity-consumption-total"
name = "Use less electricity than the average household of the street"
target = 2400
due = "2027"
direction = "down"
baseline = { period = "2021", value = 3650.25 }
"""
ACTUALS = """series,period,value
electricity-consumption-total,2022,3501.5
electricity-consumption-total,2023,3333.125
electricity-consumption-total,2024,3210.75
"""


def shown(run: Run, *args: str, columns: int | None, lang: str = "en") -> list[str]:
    """Return the lines that a command prints in a terminal of a width, on a pipe without one."""
    more = ("--as-of", "2026-11-23", "--lang", lang)
    done = run(*args, *more, cwd=ROOT, env={"COLUMNS": str(columns)} if columns else {})
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


def numbers(lines: list[str]) -> set[str]:
    """Return every number and day in lines."""
    return {number.rstrip(".,:-") for line in lines for number in NUMBERS.findall(line)}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: "-".join(args[:2]))
def test_no_line_is_too_wide_and_nothing_is_cut(run: Run, args: tuple[str, ...], lang: str) -> None:
    """Every line fits, and every number and day in it is one that the whole table has."""
    whole = numbers(shown(run, *args, columns=None, lang=lang))
    for width in WIDTHS:
        lines = shown(run, *args, columns=width, lang=lang)
        assert [line for line in lines if cell_len(line) > width] == []
        assert numbers(lines) - whole == set()


def test_an_explanation_that_does_not_fit_stands_under_its_line(run: Run) -> None:
    """The figures of `show` keep their explanations, in lines of a readable width."""
    lines = shown(run, "show", "gdp-2100", columns=40)
    place = lines.index("baseline                      1,289 亿元")
    assert lines[place + 1 : place + 3] == [
        "    2020, final, published 2021-10-11,",
        "    recorded 2026-11-23 00:00 UTC [昭通",
    ]
    assert "    How it is made" in lines
    assert len(lines) < 200


def test_verdicts_fold_rather_than_go(run: Run) -> None:
    """At 80 columns every method has its column, and names have the room that names need."""
    lines = shown(run, "status", "--compare", columns=80)
    assert "Goal              chance          pace            statcan         destatis" in lines
    place = lines.index("城镇化率达到全省  ▼ off-track,    ▼ off-track,    ▼ off-track,    ◆ at-risk,")
    assert lines[place + 1].startswith("平均水平            ≤ 1 %           0.4375          limited")


def test_methods_go_before_names_are_squeezed(run: Run) -> None:
    """At 40 columns one method is left, and whether they part."""
    lines = shown(run, "status", "--compare", columns=40, lang="zh")
    assert "目标              chance          有分歧" in lines
    assert "城镇化率达到全省  ▼ 难以实现，    是" in lines


def test_what_cannot_go_folds_at_words(run: Run) -> None:
    """A label, or an id after a hyphen, folds where columns that cannot go are too wide together."""
    assert "always the base          2  0.0000" in shown(run, "backtest", columns=34)
    lines = shown(run, "diff", "--since", "2024-12-31", columns=40)
    place = next(n for n, line in enumerate(lines) if "overdue" in line)
    assert lines[place : place + 2] == ["zhenxiong-      · no-data  ■ overdue", "resettlement"]


def test_a_long_id_breaks_after_a_hyphen(run: Run) -> None:
    """No word of an id is cut where its column holds it."""
    lines = shown(run, "due", columns=80)
    assert [line for line in lines if line.startswith(("(zhenxiong-", "resettlement)"))] != []
    assert not any(line.startswith("tlement)") for line in lines)


def test_a_day_is_not_cut(run: Run) -> None:
    """A day in Chinese, which may break anywhere, stays on one line."""
    lines = shown(run, "show", "gdp-2100", columns=80)
    assert lines[17:19] == [
        "                                              新闻网，昭通市三年计划，",
        "                                              2023年5月29日]",
    ]


@pytest.mark.parametrize(
    "args",
    [
        ("status", "--compare"),
        ("show", "electricity-consumption-total"),
        ("what-if", "electricity-consumption-total", "--target", "2000"),
        ("diff", "--since", "2026-01-31"),
        ("log",),
        ("plan", "electricity-consumption-total"),
    ],
    ids=lambda args: args[0],
)
def test_long_english_names_fit(run: Run, project: Project, args: tuple[str, ...]) -> None:
    """With names and ids longer than the columns are, every line still fits and every number is whole."""
    folder = project.write(GOALS, ACTUALS)
    told = (*args, "--as-of", "2026-11-23", "--lang", "en")
    whole = run(*told, cwd=folder)
    narrow = run(*told, cwd=folder, env={"COLUMNS": "40"})
    assert (whole.code, narrow.code) == (0, 0)
    assert [line for line in narrow.out.splitlines() if cell_len(line) > 40] == []
    assert numbers(narrow.out.splitlines()) - numbers(whole.out.splitlines()) == set()
