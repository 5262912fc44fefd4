"""`tracker show`: the answer to "why?", and every figure so that a reader can redo it by hand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Project, Run
from jsonschema import Draft202012Validator
from rich.cells import cell_len

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"


def shown(run: Run, goal: str, *more: str, folder: Path = ROOT, columns: str = "") -> str:
    """Return what `show` prints of a goal in English."""
    done = run("show", goal, "--lang", "en", *more, cwd=folder, env={"COLUMNS": columns} if columns else {})
    assert (done.code, done.err) == (0, "")
    return done.out


def test_a_moving_target_is_explained(run: Run) -> None:
    """The opening says what drives the verdict, the lines how each figure is made."""
    out = shown(run, "urbanization", "--as-of", "2025-01-31")
    for text in (
        "growth was 1.75 pp/year, 6.25 pp/year is needed from here",
        "closed by 0.555 pp a year; it must close by 5.055 pp a year",
        "67 % and above is on track, below 33 % is off track",
        "31 days old; seen from 31 January 2025, 699 days are left",
        "54.11 + 1.195 × 2: yunnan-urbanization at 2026-12-31, from 2024",
        "its growth a year since 2022, (54.11 − 51.72) / 2",
        "(44 − 40.5) / (56.5 − 40.5)",
        "(56.5 − 44) / 2; years from 2024-12-31 to 2026-12-31",
        "1.75 / 4: observed over planned",
        "−11.22 (2022), −10.11 (2024)",
        "44 + 1.75 × 18.21644 meets yunnan-urbanization, 54.11 + 1.195 × 18.21644",
        "55.31 % for 2025 (yunnan-urbanization going on as it has)",
        "2024, estimate, published 2025-01-31",
    ):
        assert text in out


def test_where_pace_and_chance_part_it_says_why(run: Run) -> None:
    """Pace alone would call the GDP goal on track; the chance does not, and show says so."""
    out = shown(run, "gdp-2100", "--as-of", "2025-01-31")
    assert "Pace alone would say on-track (1.132 of what was planned)" in out
    assert "(2,100 / 2,000)^(1 / 1) − 1; years from 2024-12-31 to 2025-12-31" in out
    assert "leads to 2,232.15 亿元 by due; of the model's outcomes half lie below 2,124.44 亿元" in out


def test_a_composite_names_its_children_and_both_chances(run: Run, project: Project) -> None:
    """The chance of all stands for children that hang together, with the product beside it."""
    goals = '[[goals]]\nid = "both"\nname = "Both"\nall = ["a", "b"]\n' + "".join(
        f'[[goals]]\nid = "{name}"\nname = "{name}"\ntarget = 115\ndue = 2026\n' for name in "ab"
    )
    rows = "".join(f"{s},{2020 + i},{100 + 2.5 * i},final,2025-01-01,,,,\n" for s in "ab" for i in range(5))
    out = shown(run, "both", "--as-of", "2025-01-31", folder=project.write(goals, HEADER + rows))
    assert "if the children hang together" in out
    assert "if they are independent" in out
    record = json.loads(run("show", "both", "--json", "--as-of", "2025-01-31", cwd=project.folder).out)
    single = json.loads(run("show", "a", "--json", "--as-of", "2025-01-31", cwd=project.folder).out)["goal"]["chance"]
    values = {line["figure"]: line["value"] for line in record["explained"]}
    assert record["goal"]["chance"] == single
    assert values["chance"] == f"{single:.0%}".replace("%", " %")
    assert values["independent"] == f"{single * single:.0%}".replace("%", " %")
    assert values["chance"] in out.split("Children")[1]
    assert "a (a)" in out


def test_what_would_turn_it_turns_it(run: Run, project: Project) -> None:
    """Recording the value that show names puts the goal on track; a little less does not."""
    goals = '[[goals]]\nid = "x"\nname = "X"\ntarget = 140\ndue = 2028\n'
    rows = "".join(f"x,{2020 + i},{v},final,2025-01-01,,,,\n" for i, v in enumerate([100, 104, 109, 113, 119]))
    folder = project.write(goals, HEADER + rows)
    turning = json.loads(run("show", "x", "--json", "--as-of", "2025-01-31", cwd=folder).out)["turning"]
    assert turning["period"] == "2025"
    for factor, good in ((1.0001, True), (0.995, False)):
        project.write(actuals=HEADER + rows + f"x,2025,{turning['value'] * factor},final,2025-01-01,,,,\n")
        status = json.loads(run("status", "--json", "--as-of", "2026-01-31", cwd=folder).out)["goals"][0]["status"]
        assert (status == "on-track") is good


@pytest.mark.parametrize("goal", ["urbanization", "gdp-2000", "twin-hundred", "cluster-others", "five-clusters-total"])
def test_json_is_what_its_schema_says(run: Run, goal: str) -> None:
    """The JSON of show validates against `tracker schema show` for every form of goal."""
    schema = json.loads(run("schema", "show").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(run("show", goal, "--json", cwd=ROOT).out))


def test_a_narrow_terminal_cuts_no_number(run: Run) -> None:
    """At 60 columns nothing is wider, and every value is whole."""
    out = shown(run, "gdp-2100", "--as-of", "2025-01-31", columns="60")
    assert max(cell_len(line) for line in out.splitlines()) <= 60
    for value in ("2,000 亿元", "1,289 亿元", "11.61 %/year"):
        assert value in out


def test_markdown_has_the_same_story(run: Run) -> None:
    """Markdown opens with the goal and its reason and has the history as a table."""
    out = shown(run, "urbanization", "--as-of", "2025-01-31", "--format", "md")
    assert out.startswith("urbanization · ")
    assert "| Figure | Value | How it is made |" in out


def test_an_unknown_goal_names_the_nearest(run: Run) -> None:
    """A typo in an id ends with 2 and the goal that was probably meant."""
    done = run("show", "urbanisation", "--lang", "en", cwd=ROOT)
    assert done.code == 2
    assert 'did you mean "urbanization"?' in done.err


FORMS = """
[series.level]
unit = "t"
[series.low]
[series.share]
unit = "%"
kind = "ratio"
[series.other]
unit = "%"
kind = "ratio"
[series.stock]
[series.flow]
kind = "flow"
[series.ytd]
kind = "ytd"
[series.rate]
unit = "%"
kind = "growth"
[series.homes]
kind = "total"

[[goals]]
id = "number"
name = "N"
series = "level"
target = 150
baseline = 2021
steps = [{ due = 2022, target = 108 }, { due = 2025, target = 140 }]
due = 2028
[[goals]]
id = "steps-before"
name = "S"
series = "level"
target = 150
steps = [{ due = 2018, target = 90 }, { due = 2026, target = 140 }]
due = 2028
[[goals]]
id = "down"
name = "D"
series = "low"
direction = "down"
tolerance = 2
target = 40
due = 2028
[[goals]]
id = "moving"
name = "M"
series = "share"
baseline = 2021
target = { series = "other", share = 0.9, offset = 1 }
due = 2028
[[goals]]
id = "moving-near"
name = "MN"
series = "share"
tolerance = 0.5
baseline = 2021
target = { series = "other", share = 0.9, offset = 1 }
due = 2028
[[goals]]
id = "moving-rate"
name = "MR"
series = "level"
baseline = 2021
target = { series = "stock", share = 2.1 }
due = 2028
[[goals]]
id = "times"
name = "T"
series = "level"
target = { times = 2, of = 2020 }
due = 2030-06-30
[[goals]]
id = "change"
name = "C"
series = "level"
baseline = 2020
target = { change = 20.5 }
due = 2026
[[goals]]
id = "grown"
name = "G"
series = "level"
baseline = 2020
target = { growth = 0.08 }
due = 2027
[[goals]]
id = "band"
name = "B"
series = "level"
baseline = 2020
target = { between = [130, 135] }
due = 2027
[[goals]]
id = "within-a-year"
name = "W"
series = "stock"
target = 70
due = "2025-06"
[[goals]]
id = "year"
name = "Y"
series = "flow"
target = 145
due = 2025
[[goals]]
id = "cumulated"
name = "Y"
series = "ytd"
target = 130
due = 2025
[[goals]]
id = "rates"
name = "R"
series = "rate"
baseline = 2020
target = 7
due = 2027
[[goals]]
id = "homes"
name = "H"
baseline = { period = 2020, value = 0 }
target = 100
due = 2030
[[goals]]
id = "done"
name = "Done"
series = "level"
target = 110
due = 2026
"""
YEARLY: dict[str, list[float]] = {
    "level": [100, 104, 109, 113, 119],
    "low": [80, 75, 71, 66, 60],
    "share": [40, 41.5, 42.25, 44.1, 45],
    "other": [50.05, 51.05, 51.72, 52.92, 54.11],
    "stock": [50, 53, 55.5, 58, 61],
    "rate": [5, 7.5, 6.2, -1.5, 8.25],
}
ROWS = (
    [f"{s},{2020 + i},{v}" for s, values in YEARLY.items() for i, v in enumerate(values)]
    + [f"flow,{y}-Q{q},{20 + (y - 2022) * 2 + 3 * q}" for y in (2022, 2023, 2024) for q in (1, 2, 3, 4)]
    + ["flow,2025-Q1,30", "flow,2025-Q2,31.5"]
    + [f"ytd,{y}-Q{q},{(26 + (y - 2022) * 2) * q}" for y in (2022, 2023, 2024) for q in (1, 2, 3, 4)]
    + ["ytd,2025-Q1,31", "ytd,2025-Q2,63", "homes,2021,10", "homes,2022,20", "homes,2023,28", "homes,2024,39"]
)
FORMULA = re.compile(r"^[-(0-9][^;:]*?(?=$|; |: |, both| meets )")
RAW = {
    "actual": ("actual", "value"),
    "target": ("target", "value"),
    "projected.value": ("projected", "value"),
    "today.elapsed": ("today", "elapsed"),
    "today.required": ("today", "required"),
    "growth.observed": ("growth", "observed"),
    "growth.planned": ("growth", "planned"),
    "growth.required": ("growth", "required"),
}


def computed(formula: str) -> float:
    """Return what a reader with a calculator gets for a formula."""
    text = re.sub(r"([\d.,]+) %", r"(\1 / 100)", formula).replace(",", "")
    for sign, plain in (("−", "-"), ("×", "*"), ("^", "**")):
        text = text.replace(sign, plain)
    assert re.fullmatch(r"[-+*/().0-9 ]+", text), formula
    return float(eval(text))  # noqa: S307  digits and operators only


@pytest.fixture
def forms(project: Project) -> Path:
    """Return a folder with a goal of every form, all of which have a history."""
    return project.write(FORMS, HEADER + "".join(f"{row},final,2025-01-01,,,,\n" for row in ROWS))


@pytest.mark.parametrize("goal", re.findall(r'^id = "(.*)"', FORMS, re.MULTILINE))
def test_a_reader_can_redo_every_figure(run: Run, forms: Path, goal: str) -> None:
    """Each formula, typed into a calculator as it is printed, gives the figure of the JSON."""
    day = "2025-07-31" if goal in {"year", "cumulated"} else "2025-01-31"
    done = run("show", goal, "--json", "--lang", "en", "--as-of", day, cwd=forms)
    assert done.code == 0, done.err
    record = json.loads(done.out)
    Draft202012Validator(json.loads(run("schema", "show").out)).validate(record)
    redone = set()
    skipped = {"rates": {"growth.planned"}, "year": {"today.elapsed"}, "cumulated": {"today.elapsed"}}.get(goal, set())
    for line in record["explained"]:
        found = FORMULA.match(line["how"] or "")
        if found is None or not re.search(r" [−+×/] ", found[0]):
            continue
        figure = line["figure"]
        value = record["goal"]
        for key in RAW.get(figure, (figure,)):
            value = value.get(key)
            if value is None:
                break
        if value is None or isinstance(value, str):
            continue
        if record["goal"]["kind"] == "growth" and figure.startswith(("growth", "actual")):
            value /= 100
        if figure == "ahead":
            value = abs(value)
        assert computed(found[0]) == pytest.approx(value, rel=2e-5, abs=1e-9), line
        redone.add(figure)
    assert {"gap", "growth.observed", "growth.planned", "growth.required", "today.elapsed"} - skipped <= redone


@pytest.mark.parametrize(("goal", "near"), [("moving", ""), ("moving-near", " within the tolerance")])
def test_the_meeting_of_growth_and_target_holds(run: Run, forms: Path, goal: str, near: str) -> None:
    """On the day named both sides come out equal, but for the rounding up to a day."""
    found = re.fullmatch(rf"(.*) meets other{near}, (.*), on that day", reaches(run, forms, goal))
    assert found is not None
    assert computed(found[1]) == pytest.approx(computed(found[2]), rel=1e-4)


def test_within_a_tolerance_its_edge_is_what_is_met(run: Run, forms: Path) -> None:
    """40 or less, within 2: what falls meets 42 first, and says that this is not the target itself."""
    found = re.fullmatch(r"(.*) meets 42 on that day, the edge of the tolerance", reaches(run, forms, "down"))
    assert found is not None
    assert computed(found[1]) == pytest.approx(42, rel=1e-3)  # the day is rounded up


def reaches(run: Run, folder: Path, goal: str) -> str:
    """Return how the day on which a goal is reached is explained."""
    record = json.loads(run("show", goal, "--json", "--lang", "en", "--as-of", "2025-01-31", cwd=folder).out)
    return str({line["figure"]: line["how"] for line in record["explained"]}["reaches"])


@pytest.mark.parametrize("goal", ["number", "down", "moving", "times", "band", "year", "cumulated", "rates", "homes"])
def test_what_would_turn_any_form_turns_it(run: Run, forms: Path, goal: str) -> None:
    """The value named is the least that turns the verdict, and the due named the first one."""
    day = "2025-07-31" if goal in {"year", "cumulated"} else "2025-01-31"
    record = json.loads(run("show", goal, "--json", "--as-of", day, cwd=forms).out)
    turning, seen = record["turning"], record["goal"]
    assert seen["status"] in {"at-risk", "off-track"}
    assert turning["value"] is not None or turning["due"] is not None
    text = (forms / "actuals.csv").read_text()
    if turning["value"] is not None:
        seen_from = "2025-10-15" if "Q" in turning["period"] else "2026-01-15"
        rows = f"{seen['series']},{turning['period']},{turning['value']!r},final,2025-08-01,,,,\n"
        if goal == "moving":
            rows += "other,2025,55.13,final,2025-08-01,,,,\n"
        (forms / "actuals.csv").write_text(text + rows)
        later = json.loads(run("status", goal, "--json", "--as-of", seen_from, cwd=forms).out)["goals"][0]
        assert later["status"] in {"on-track", "achieved"}
        (forms / "actuals.csv").write_text(text)
    if turning["due"] is not None:
        block = re.search(rf'id = "{goal}"\n.*?^due = (\S+)$', FORMS, re.MULTILINE | re.DOTALL)
        assert block is not None
        changed = block[0].replace(f"due = {block[1]}", f'due = "{turning["due"]}"')
        (forms / "goals.toml").write_text("format = 1\n" + FORMS.replace(block[0], changed), encoding="utf-8")
        later = json.loads(run("status", goal, "--json", "--as-of", day, cwd=forms).out)["goals"][0]
        assert later["status"] in {"on-track", "achieved"}


def test_two_points_are_too_uncertain_for_a_range(run: Run, project: Project) -> None:
    """People read "too uncertain" where two points fix no spread; JSON keeps the numbers."""
    goals = '[[goals]]\nid = "x"\nname = "X"\ntarget = 140\ndue = 2028\n'
    folder = project.write(goals, HEADER + "x,2023,100,final,,,,,\nx,2024,110,final,,,,,\n")
    out = shown(run, "x", "--as-of", "2025-01-31", folder=folder)
    assert "too uncertain" in out
    assert "the history has two points only" in out
    assert json.loads(run("show", "x", "--json", cwd=folder).out)["goal"]["projected"]["high"] > 100


@pytest.mark.parametrize(
    ("day", "due", "said"),
    [
        ("2025-01-01", "2025-01-03", "1 day old; seen from 1 January 2025, 2 days are left"),
        ("2025-01-02", "2025-01-03", "2 days old; seen from 2 January 2025, 1 day is left"),
        ("2025-01-01", "2024-12-30", "1 day old; seen from 1 January 2025, due was 2 days ago"),
    ],
)
def test_each_number_of_days_has_its_own_plural(run: Run, project: Project, day: str, due: str, said: str) -> None:
    """The age of the data and the days left are counted apart."""
    goal = f'[[goals]]\nid = "x"\ntarget = 9\ndue = {due}\n'
    folder = project.write(goal, f"{HEADER}x,2024,1,,,,,,\n")
    assert f"The data is of 2024, {said}." in shown(run, "x", "--as-of", day, folder=folder)
    assert "距今" in run("show", "x", "--as-of", day, "--lang", "zh", cwd=folder).out


def test_a_milestone_and_its_bands(run: Run) -> None:
    """A milestone says that nothing predicts it; the bands of the verdict stand with every goal."""
    out = shown(run, "ancient-town-national", "--as-of", "2025-01-31")
    assert "nothing predicts a milestone" in out
    assert "67 % and above is on track, below 33 % is off track" in out


def test_hostile_names_print_as_text(run: Run, project: Project) -> None:
    """Markup, escapes and direction marks in names, sources and notes are shown, not obeyed."""
    hostile = "[red]x[/red]\\u001b[31m\\u202e"
    goals = f'[[goals]]\nid = "x"\nname = "{hostile}"\ntarget = 140\ndue = 2028\nsource = "[bold]{hostile}"\n'
    folder = project.write(goals, HEADER + "x,2023,100,final,,[link=x]s[/link],,[b]n,\nx,2024,110,final,,,,,\n")
    for form in ("table", "md"):
        out = shown(run, "x", "--format", form, folder=folder)
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "red" in out
        assert "link=x" in out


def test_a_gbk_terminal_can_show_it(run: Run) -> None:
    """Where stdout is GBK every sign can be written, and ASCII terminals get plain ones."""
    done = run("show", "gdp-2100", "--lang", "en", cwd=ROOT, env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert (done.code, done.err) == (0, "")
    assert "地区生产总值" in done.out
    done = run("show", "gdp-2100", "--lang", "en", cwd=ROOT, env={"PYTHONIOENCODING": "ascii"}, encoding="ascii")
    assert "(2,000 - 1,289) / (2,100 - 1,289)" in done.out
