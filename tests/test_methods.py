"""Choosing a method, seeing all of them side by side, and reading what each of them does."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, plain_environment
from jsonschema import Draft202012Validator

from tracker.model.goal import Method

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """[series.x]
unit = "t"
[[goals]]
id = "x"
name = "X"
target = 150
due = 2026
baseline = 2018
[[goals]]
id = "y"
name = "Y"
target = 126
due = 2026
series = "x"
baseline = 2018
[[goals]]
id = "both"
name = "Both"
all = ["x", "y"]
"""
ACTUALS = "series,period,value\nx,2018,100\nx,2019,104\nx,2020,109\nx,2021,113\nx,2022,119\nx,2023,124\n"
DAY = ("--as-of", "2024-03-01", "--lang", "en")


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with goals on which the methods part."""
    return project.write(GOALS, ACTUALS)


@pytest.mark.parametrize("command", ["status", "show"])
@pytest.mark.parametrize(("name", "help_"), [("statscan", 'did you mean "statcan"?'), ("eurostat", "destatis")])
def test_an_unknown_method_is_wrong_usage(run: Run, plan: Path, command: str, name: str, help_: str) -> None:
    """Exit 2 with the nearest name, before anything is read; where none is near, all of them."""
    target = ["x"] if command == "show" else []
    done = run(command, *target, "--method", name, cwd=plan)
    assert (done.code, done.out) == (2, "")
    assert f'--method: "{name}" is not a method' in done.err
    assert help_ in done.err


def test_an_unknown_method_in_the_file(run: Run, project: Project) -> None:
    """Exit 4 with its line and the nearest name."""
    done = run("status", cwd=project.write(GOALS + '[verdict]\nmethod = "statscan"\n', ACTUALS))
    assert (done.code, done.out) == (4, "")
    assert 'goals.toml:22: verdict.method: expected one of chance, pace, statcan, destatis, got "statscan"' in done.err
    assert 'did you mean "statcan"?' in done.err


def test_the_option_comes_before_the_file(run: Run, project: Project) -> None:
    """`[verdict] method` judges unless --method names another."""
    folder = project.write(GOALS + '[verdict]\nmethod = "destatis"\n', ACTUALS)
    for options, method in ((), "destatis"), (("--method", "pace"), "pace"), (("--method", "chance"), "chance"):
        done = run("status", "--json", *DAY, *options, cwd=folder)
        assert {goal["verdict"]["method"] for goal in json.loads(done.out)["goals"]} == {method}


def test_fail_on_goes_by_the_chosen_method(run: Run, plan: Path) -> None:
    """To 150 pace and statcan put the goal at risk (.8456 of the growth), destatis too: 11.6 of 26 are missing."""
    for method in ("pace", "statcan", "destatis"):
        done = run("status", "x", "--method", method, "--fail-on", "at-risk", *DAY, cwd=plan)
        assert (done.code, done.err.strip()) == (3, "matched --fail-on: x (at-risk)")


def test_the_table_says_whose_rule_it_is(run: Run, plan: Path) -> None:
    """The line above names the method, and its own words stand in a column; by the chance there is neither."""
    done = run("status", "--method", "statcan", *DAY, cwd=plan)
    head, _blank, titles, *rows = done.out.splitlines()
    assert "judged by statcan" in head
    assert titles.split()[-1] == "Verdict"
    assert any(row.rstrip().endswith("moderate progress, 0.8456") for row in rows)
    plain = run("status", *DAY, cwd=plan).out
    assert "judged by" not in plain
    assert "Verdict" not in plain


def test_every_reason_is_the_rules_own(run: Run, plan: Path) -> None:
    """The reason speaks of what decided, not of the chance beside it."""
    wanted = {
        "pace": "pace 0.8456: growth was 4.396 %/year, 5.199 %/year was planned",
        "statcan": "by statcan: moderate progress, 0.8456 of the growth required since 2018",
        "destatis": "by destatis: cloud, the mean yearly change leaves 44.6 % of the gap open by due 2026-12-31",
    }
    for method, reason in wanted.items():
        done = run("status", "x", "--json", "--method", method, *DAY, cwd=plan)
        assert json.loads(done.out)["goals"][0]["reason"] == reason


def test_show_explains_statcan(run: Run, plan: Path) -> None:
    """Both rates from the base year, the ratio and the score, each with its formula."""
    done = run("show", "x", "--method", "statcan", *DAY, cwd=plan)
    for line in (
        "By statcan: a ratio of 0.95 and above (substantial progress) is on track",
        "(124 / 100)^(1 / 5) − 1; years from 2018-12-31 to 2023-12-31",
        "(150 / 100)^(1 / 8) − 1; years from 2018-12-31 to 2026-12-31",
        "4.396115 % / 5.198951 %",
        "7.1429 × 0.8455774 − 4.2857",
    ):
        assert line in done.out
    assert "Bands:" not in done.out


def test_show_explains_destatis(run: Run, plan: Path) -> None:
    """The mean yearly change, where it leads, and what is then missing."""
    done = run("show", "x", "--method", "destatis", *DAY, cwd=plan)
    for line in (
        "(124 − 100) / 5; years from 2018-12-31 to 2023-12-31",
        "124 + 4.8 × 3, at 2026-12-31",
        "(150 − 138.4) / (150 − 124): what is missing at due over the gap now",
    ):
        assert line in done.out


def test_show_names_every_methods_verdict_in_one_line(run: Run, plan: Path) -> None:
    """One line says what each method says, whichever was chosen."""
    line = (
        "chance: off-track (5 %) · pace: at-risk (0.8456) · statcan: at-risk (moderate progress, 0.8456) · "
        "destatis: at-risk (cloud)"
    )
    for options in ((), ("--method", "pace")):
        done = run("show", "x", *DAY, *options, cwd=plan)
        assert line in done.out


def test_show_has_every_verdict_in_json(run: Run, plan: Path) -> None:
    """`verdicts` has all four with status, label, ratio and score, also of a composite."""
    record = json.loads(run("show", "y", "--json", *DAY, cwd=plan).out)
    assert list(record["verdicts"]) == [method.value for method in Method]
    assert record["verdicts"]["chance"]["chance"] == record["goal"]["chance"]
    statcan = record["verdicts"]["statcan"]
    assert statcan["label"] == "substantial_progress"
    assert statcan["ratio"] == pytest.approx((1.24**0.2 - 1) / (1.26**0.125 - 1), abs=1e-11)
    both = json.loads(run("show", "both", "--json", *DAY, cwd=plan).out)["verdicts"]
    assert {name: verdict["status"] for name, verdict in both.items()} == {
        "chance": "off-track", "pace": "at-risk", "statcan": "at-risk", "destatis": "at-risk",
    }  # fmt: skip
    assert both["destatis"]["label"] == "cloud"


def test_what_would_turn_a_verdict_follows_the_method(run: Run, plan: Path) -> None:
    """By pace 0.95 of 5.19895 % a year for six years is what 2024 needs: 100 · 1.0493900^6 is 133.55, rounded up."""
    record = json.loads(run("show", "x", "--json", "--method", "pace", *DAY, cwd=plan).out)
    assert record["turning"] == {"period": "2024", "value": 133.55, "due": "2027"}


def test_what_would_turn_a_verdict_without_a_target(run: Run, project: Project) -> None:
    """1 % a year since 2021 is at risk; 1.5 % for three years are 104.567839, and no due would change that."""
    goals = '[series.x]\nunit = "t"\n[[goals]]\nid = "x"\nname = "X"\ndue = 2030\nlimit = 0\nbaseline = 2021\n'
    folder = project.write(goals, "series,period,value\nx,2021,100\nx,2023,102.01\n")
    record = json.loads(run("show", "x", "--json", "--method", "statcan", *DAY, cwd=folder).out)
    assert (record["goal"]["status"], record["turning"]["period"], record["turning"]["due"]) == (
        "at-risk",
        "2024",
        None,
    )
    assert record["turning"]["value"] == pytest.approx(104.567839, abs=0.02)
    assert not any("due" in sentence and "on track" in sentence for sentence in record["why"])


def test_compare_sets_the_methods_side_by_side(run: Run, plan: Path) -> None:
    """One column for each method, and the line below names the goals on which they part."""
    done = run("status", "--compare", *DAY, cwd=plan)
    assert done.code == 0
    titles = done.out.splitlines()[2]
    assert titles.split()[:5] == ["Goal", "chance", "pace", "statcan", "destatis"]
    assert "moderate progress, 0.8456" in done.out
    assert "The methods part on 2 of 3 goals: both, x" in done.out


def test_compare_in_json_and_csv(run: Run, plan: Path) -> None:
    """`compare` has every verdict on each goal and whether they part; it is null where nobody asked."""
    record = json.loads(run("status", "--compare", "--json", *DAY, cwd=plan).out)
    assert record["compare"]["parted"] == 2
    by_id = {one["id"]: one for one in record["compare"]["goals"]}
    assert by_id["y"]["parted"] is False
    assert by_id["x"]["verdicts"]["destatis"] == {
        "status": "at-risk",
        "chance": None,
        "label": "cloud",
        "ratio": pytest.approx(11.6 / 26, abs=1e-11),
        "score": None,
        "notes": [],
    }
    assert json.loads(run("status", "--json", *DAY, cwd=plan).out)["compare"] is None
    rows = list(csv.DictReader(io.StringIO(run("status", "--compare", "--format", "csv", *DAY, cwd=plan).out)))
    assert {row["id"]: row["statcan.label"] for row in rows}["x"] == "moderate_progress"
    assert set(rows[0]) >= {"parted", "chance.status", "pace.ratio", "destatis.score"}


def test_nowhere_parted(run: Run, plan: Path) -> None:
    """Where all say the same, the line below says that."""
    assert "The methods part nowhere." in run("status", "y", "--compare", *DAY, cwd=plan).out


@pytest.mark.parametrize("of", ["status", "show", "methods"])
def test_the_outputs_are_what_their_schemas_say(run: Run, plan: Path, of: str) -> None:
    """With and without a method, with and without a comparison."""
    schema = Draft202012Validator(json.loads(run("schema", of, cwd=plan).out))
    commands = {
        "status": [["status", "--json", *options] for options in ([], ["--compare"], ["--method", "statcan"])],
        "show": [["show", "x", "--json", "--method", method] for method in Method] + [["show", "both", "--json"]],
        "methods": [["methods", "--json"]],
    }
    for command in commands[of]:
        day = () if of == "methods" else DAY
        schema.validate(json.loads(run(*command, *day, cwd=plan).out))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_methods_tells_of_each_rule(run: Run, language: str) -> None:
    """Every method has its rule, bounds, source, what was measured and when it misleads, in both languages."""
    record = json.loads(run("methods", "--json", "--lang", language).out)
    assert [told["method"] for told in record["methods"]] == [method.value for method in Method]
    assert all(all(told.values()) for told in record["methods"])
    texts = [text for told in record["methods"] for text in list(told.values())[1:]]
    assert len(set(texts)) == len(texts)
    assert all(any(char >= "\u4e00" for char in text) for text in texts) is (language == "zh")
    table = run("methods", "--lang", language).out
    for method in Method:
        assert method.value in table
    assert ".1508" in table
    assert ".1785" in table


def test_methods_in_other_formats(run: Run) -> None:
    """Markdown for a page and CSV for a sheet; no goals file is needed."""
    assert "| **statcan** |" in run("methods", "--format", "md", "--lang", "en").out
    rows = list(csv.DictReader(io.StringIO(run("methods", "--format", "csv").out)))
    assert [row["method"] for row in rows] == [method.value for method in Method]


def test_a_rule_speaks_chinese(run: Run, plan: Path) -> None:
    """The reason and the labels in the reader's language; JSON keeps the rule's own label."""
    done = run("status", "x", "--json", "--method", "statcan", "--as-of", "2024-03-01", "--lang", "zh", cwd=plan)
    goal = json.loads(done.out)["goals"][0]
    assert goal["reason"] == "按 statcan：进展中等，为 2018 年以来所需增速的 0.8456 倍"
    assert goal["verdict"]["label"] == "moderate_progress"


def test_the_default_method_loads_no_other() -> None:
    """Published rules, their words and the comparison are imported only where one of them is asked for."""
    code = (
        "import sys; from tracker.cli import main; code = main(['status', '--json']); "
        "print(code, sorted(name for name in sys.modules if 'verdict' in name or 'ruled' in name or 'ruling' in name "
        "or name.endswith('.methods')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=plain_environment(), capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "0 []"


@pytest.mark.parametrize(
    ("last", "lines"),
    [
        (102.01, ("multiplied by 1", "250 × 0.01 / 1 − 1.25, cut to −5 … 5", "1.5 %/year", "0.5 %/year")),
        (98.01, ("125 × (−0.01) − 2.5, cut to −5 … 5",)),
        (100, ("500 × 0 / 1 − 2.5, cut to −5 … 5",)),
        (104.04, ("500 × 0.02 / 1 − 5, cut to −5 … 5",)),
    ],
)
def test_show_explains_statcan_without_a_target(
    run: Run, project: Project, last: float, lines: tuple[str, ...]
) -> None:
    """The bounds, the signed rate and the score by the part of the rule that gave it."""
    goals = '[series.x]\n[[goals]]\nid = "x"\nname = "X"\ndue = 2030\nlimit = 0\nbaseline = 2021\n'
    folder = project.write(goals, f"series,period,value\nx,2021,100\nx,2023,{last}\n")
    done = run("show", "x", "--method", "statcan", *DAY, cwd=folder)
    for line in lines:
        assert line in done.out


def test_show_explains_a_verdict_that_depends(run: Run, project: Project) -> None:
    """What a verdict hangs on stands among its lines: a target of 0, a base year that moved."""
    goals = GOALS.replace("target = 150", "target = 0").replace("baseline = 2018", "baseline = 2017", 1)
    done = run("show", "x", "--method", "statcan", *DAY, cwd=project.write(goals, ACTUALS))
    assert "the rule takes a target of 0.001 in place of 0" in done.out
    assert "the base year moved from 2017 to 2018" in done.out


@pytest.mark.parametrize(
    ("mode", "target", "line"),
    [
        ("keep", 90, "to be kept every year: sun where it is met"),
        ("at", 120, "met already: sun, slightly cloudy where the change is adverse"),
    ],
)
def test_show_explains_every_part_of_destatis(run: Run, project: Project, mode: str, target: int, line: str) -> None:
    """A target to be kept and one that is met already are judged by their own parts of the rule."""
    goals = GOALS.replace("target = 150", f'target = {target}\nmode = "{mode}"')
    done = run("show", "x", "--method", "destatis", *DAY, cwd=project.write(goals, ACTUALS))
    assert line in done.out
    assert "by destatis: sun, the target is met" in done.out


def test_show_says_why_a_rule_says_nothing(run: Run, project: Project) -> None:
    """Where a rule gives no verdict, its line has the reason in place of a formula."""
    goals = GOALS.replace("target = 150", 'target = 90\nmode = "keep"')
    done = run("show", "x", "--method", "pace", *DAY, cwd=project.write(goals, ACTUALS))
    assert "pace gives no verdict: a goal to be kept has no growth planned" in done.out
    assert "not available" in done.out


@pytest.mark.parametrize(("value", "ratio", "status"), [(47.5, 0.95, "on-track"), (30, 0.6, "at-risk")])
def test_a_pace_on_its_bound_is_on_it(run: Run, project: Project, value: float, ratio: float, status: str) -> None:
    """(47.5 / 3) / (100 / 6) is 0.95: neither rate is rounded before they are divided."""
    goals = '[series.n]\nkind = "total"\n[[goals]]\nid = "n"\nbaseline = { period = 2020, value = 0 }\n'
    folder = project.write(f"{goals}target = 100\ndue = 2026\n", f"series,period,value\nn,2023,{value}\n")
    found = run("status", "--method", "pace", "--json", "--as-of", "2024-03-01", cwd=folder).out
    (goal,) = json.loads(found)["goals"]
    assert (goal["pace"], goal["verdict"]["ratio"], goal["status"]) == (ratio, ratio, status)
