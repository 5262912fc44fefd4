"""What a goal would be under assumptions, and that nothing is recorded."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.assess import assess
from tracker.compare.assumed import Assumed
from tracker.compare.supposing import suppose
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.model.number import settled
from tracker.periods import Length, containing, next_period
from tracker.views.record import goal_record
from tracker.views.schema_ahead import whatif_schema
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Project, Run

    from tracker.compare.assumed import Supposed
    from tracker.periods import Period

AT = ("--as-of", "2025-01-31")
LENGTHS = st.sampled_from([Length.YEAR, Length.QUARTER, Length.MONTH])
WAYS = st.sampled_from(["linear", "compound"])
numbers = st.integers(8, 4000).map(lambda n: n / 8)


def stands(length: Length, count: int) -> list[Period]:
    """Return the first periods of a length from 2001 on."""
    found = [containing(date(2001, 1, 8), length)]
    while len(found) < count:
        found.append(next_period(found[-1]))
    return found


def supposed(goal: str, lines: Sequence[Actual], assumed: Assumed, kind: str = "level") -> Supposed:
    """Return a goal under assumptions, seen from the last line's day."""
    text = f'format = 1\n[series.x]\nkind = "{kind}"\n[[goals]]\nid = "x"\nname = "x"\n{goal}\n'
    file = goals_in(text.encode(), "goals.toml").file
    view, actuals = View(lines[-1].period.end), {"x": list(lines)}
    return suppose(file, actuals, view, assess(file, actuals, view)[0], assumed)


@given(
    st.sampled_from(["level", "total", "flow", "ratio", "growth"]),
    st.lists(numbers, min_size=1, max_size=8),
    numbers,
    st.integers(-2, 8),
    st.sampled_from(["by", "at", "keep"]),
)
def test_without_a_change_it_is_the_status(
    kind: str, values: list[float], target: float, ahead: int, mode: str
) -> None:
    """Nothing assumed, or just what is so already: every figure is that of `status`."""
    lines = [Actual("x", period, value) for period, value in zip(stands(Length.YEAR, len(values)), values, strict=True)]
    due = max(2001 + len(values) + ahead, 2002)
    goal = f'baseline = 2001\ntarget = {target}\ndue = {due}\nmode = "{mode}"'
    now = goal_record(supposed(goal, lines, Assumed(), kind).now, ENGLISH)
    last = lines[-1]
    for assumed in (
        Assumed(),
        Assumed(actuals=((last.period, last.value or 0.0),)),
        Assumed(target=target, due=containing(date(due, 1, 1), Length.YEAR)),
    ):
        assert goal_record(supposed(goal, lines, assumed, kind).then, ENGLISH) == now


@given(LENGTHS, st.lists(numbers, min_size=1, max_size=5), numbers, st.integers(1, 30), WAYS)
def test_any_two_of_target_due_and_growth_give_the_third(
    length: Length, values: list[float], target: float, ahead: int, way: str
) -> None:
    """The growth that a target by a due needs leads to that target by that due, and to no earlier one."""
    periods = stands(length, len(values) + ahead)
    due = periods[-1]
    lines = [Actual("x", period, value) for period, value in zip(periods, values, strict=False)]
    assume(abs(target - values[-1]) > 0.1)
    up = "up" if target > values[-1] else "down"
    goal = f'target = 100000\ndue = "{due}"\ndirection = "{up}"\npath = "{way}"\nmode = "at"'
    by_target_and_due = supposed(goal, lines, Assumed(target=target, due=due))
    growth = by_target_and_due.solved.growth
    assert growth is not None
    by_growth_and_due = supposed(goal, lines, Assumed(growth=growth, due=due))
    assert by_growth_and_due.solved.target == pytest.approx(target, rel=1e-9)
    reached = by_growth_and_due.solved.target
    assert reached is not None
    by_target_and_growth = supposed(goal, lines, Assumed(target=settled(reached), growth=growth))
    assert by_target_and_growth.solved.due == due
    again = supposed(goal, lines, Assumed(target=reached, due=due)).solved.growth
    assert again == pytest.approx(growth, rel=1e-9, abs=1e-12)


def then(run: Run, *args: str) -> dict[str, object]:
    """Return the JSON of a what-if on the repository's own goals, checked against its schema."""
    done = run("what-if", *args, *AT, "--json", cwd=ROOT)
    assert done.code == 0, done.err
    record: dict[str, object] = json.loads(done.out)
    jsonschema.validate(record, whatif_schema())
    return record


def test_an_assumed_actual_by_hand(run: Run) -> None:
    """47 in 2025: 9.5 to go in one year, (47 − 40.5)/3 a year so far, 6.5/16 of the way; seen from its day."""
    record = then(run, "urbanization", "--actual", "47%@2025")
    after, before = record["then"], record["now"]
    assert isinstance(after, dict)
    assert isinstance(before, dict)
    assert (before["gap"], after["gap"], after["progress"]) == (12.5, 9.5, 0.40625)
    assert (before["growth"]["required"], after["growth"]["required"]) == (6.25, 9.5)
    assert after["growth"]["observed"] == pytest.approx(6.5 / 3)
    assert (record["seen_from"], after["actual"]["age_days"]) == ("2025-12-31", 0)
    assert record["followed"] == [{"series": "yunnan-urbanization", "period": "2025", "value": 55.305}]
    assert record["recorded"] is False
    assert "gap" in str(record["changed"])


def test_an_assumed_growth_by_hand(run: Run) -> None:
    """44 + 2 × 2 = 48 by 2026; 44 + 2n meets 54.11 + 1.195n at n = 12.6, so by 2037."""
    record = then(run, "urbanization", "--growth", "2")
    assert record["assumed"] == {"actuals": [], "growth": 2, "unit": "pp/year", "target": None, "due": None}
    assert record["solved"] == {"target": 48, "due": "2037", "growth": None}
    after = record["then"]
    assert isinstance(after, dict)
    assert (after["status"], after["actual"]["value"]) == ("missed", 48)


@pytest.mark.parametrize(
    ("args", "solved"),
    [
        (("--growth", "5%", "--due", "2026"), {"target": 2205, "due": None, "growth": None}),  # 2000 × 1.05²
        (
            ("--growth", "0.05", "--target", "2,400亿元"),
            {"target": None, "due": "2028", "growth": None},
        ),  # 1.05⁴ = 1.2155
        (("--target", "2420", "--due", "2026"), {"target": None, "due": None, "growth": 0.1}),  # √1.21 − 1
        (("--growth", "-5%"), {"target": 1900, "due": None, "growth": None}),
        (("--growth", "5%", "--target", "2100", "--due", "2025"), {"target": None, "due": None, "growth": None}),
    ],
)
def test_the_third_by_hand(run: Run, args: tuple[str, ...], solved: dict[str, object]) -> None:
    """GDP of 2000 in 2024 under two of target, due and growth."""
    found = then(run, "gdp-2100", *args)["solved"]
    assert isinstance(found, dict)
    assert found == {
        **solved,
        "target": solved["target"] if solved["target"] is None else pytest.approx(solved["target"]),
    }


def test_people_see_both_sides(run: Run) -> None:
    """Figures stand beside each other under what follows; nothing is recorded, which is said and true."""
    before = (ROOT / "actuals.csv").read_bytes()
    out = run("what-if", "gdp-2100", "--growth", "-5%", *AT, "--lang", "en", cwd=ROOT).out
    assert "At this growth it comes to 1,900 亿元 by 2025." in out
    assert "At this growth the target is not met within 50 years." in out
    assert "◆ at-risk" in out
    assert "× missed" in out
    assert out.rstrip().endswith("Nothing is recorded: this only supposes.")
    assert "Nothing is assumed" in run("what-if", "gdp-2100", *AT, "--lang", "en", cwd=ROOT).out
    assert "假设" in run("what-if", "gdp-2100", "--growth", "5%", *AT, cwd=ROOT).out
    rows = list(
        csv.DictReader(run("what-if", "gdp-2100", "--due", "2026", *AT, "--format", "csv", cwd=ROOT).out.splitlines())
    )
    assert [(row["case"], row["due"]) for row in rows] == [("now", "2025-12-31"), ("then", "2026-12-31")]
    assert (ROOT / "actuals.csv").read_bytes() == before


def test_another_rule_judges_the_assumption_too(run: Run) -> None:
    """1,500 instead of 2,000 in 2024 is 3.86 % a year over 10.25 % planned: by pace off track instead of on it."""
    record = then(run, "gdp-2100", "--actual", "1500@2024", "--method", "pace")
    before, after = record["now"], record["then"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["status"], after["status"]) == ("on-track", "off-track")
    assert after["verdict"]["ratio"] == pytest.approx(((1500 / 1289) ** 0.25 - 1) / ((2100 / 1289) ** 0.2 - 1))


QUARTERS = "series,period,value\n" + "".join(
    f"x,{2000 + n // 4}-Q{n % 4 + 1},{value}\n" for n, value in enumerate([20, 25, 27, 28, 24, 32])
)


def test_a_running_year_grows_on_last_years_periods(run: Run, project: Project) -> None:
    """After 24 and 32, a tenth more than last year's 27 and 28 is 29.7 and 30.8: 116.5 in all; cumulated likewise."""
    goal = '[series.x]\nkind = "{}"\n[[goals]]\nid = "x"\nname = "x"\ntarget = 128\ndue = 2001\n'
    project.write(goal.format("flow"), QUARTERS)
    record = json.loads(run("what-if", "x", "--growth", "10%", "--as-of", "2001-07-31", "--json").out)
    assert [row["value"] for row in record["grown"]] == [29.7, 30.8]
    assert record["solved"] == {"target": 116.5, "due": None, "growth": None}
    cumulated = [20, 45, 72, 100, 24, 56]
    lines = "".join(f"x,{2000 + n // 4}-Q{n % 4 + 1},{value}\n" for n, value in enumerate(cumulated))
    project.write(goal.format("ytd"), f"series,period,value\n{lines}")
    record = json.loads(run("what-if", "x", "--growth", "10%", "--as-of", "2001-07-31", "--json").out)
    assert [row["value"] for row in record["grown"]] == [85.7, 116.5]
    done = run("what-if", "x", "--growth", "1%/month", "--as-of", "2001-07-31")
    assert done.code == 2


def test_later_years_totals_grow_by_years(run: Run, project: Project) -> None:
    """100 in 2000 at 10 % a year comes to 121 in 2002; the quarters of 2001 stay out of it."""
    goal = '[series.x]\nkind = "flow"\n[[goals]]\nid = "x"\nname = "x"\ntarget = 200\ndue = 2002\n'
    project.write(goal, QUARTERS)
    record = json.loads(run("what-if", "x", "--growth", "10%", "--as-of", "2001-07-31", "--json").out)
    assert record["solved"] == {"target": 121, "due": "2008", "growth": None}  # 1.1^8 = 2.14, 1.1^7 = 1.95


def test_published_rates_are_the_years_left(run: Run, project: Project) -> None:
    """After 5 % in 2021, 9 % in 2022 and in 2023 make a mean of (1.05 × 1.09²)^(1/3) − 1 = 7.650 %, which meets 7 %."""
    goal = 'id = "x"\nname = "x"\nbaseline = 2020\ntarget = 7\ndue = 2023\n'
    project.write(f'[series.x]\nkind = "growth"\nunit = "%"\n[[goals]]\n{goal}', "series,period,value\nx,2021,5\n")
    record = json.loads(run("what-if", "x", "--growth", "9%", "--as-of", "2022-01-31", "--json").out)
    assert record["solved"]["target"] == pytest.approx(((1.05 * 1.09**2) ** (1 / 3) - 1) * 100)
    assert record["then"]["status"] == "achieved"


def test_the_mean_of_published_rates_reads_alike_in_every_row(run: Run, project: Project) -> None:
    """The mean of 5.5 % and 5.8 % is both the actual and the growth so far: 5.65 % a year, not 5.6."""
    goal = 'id = "x"\nbaseline = 2022\ntarget = 6\ndue = 2026\n'
    lines = "series,period,value\nx,2023,5.5\nx,2024,5.8\n"
    project.write(f'[series.x]\nkind = "growth"\nunit = "%"\n[[goals]]\n{goal}', lines)
    out = run("what-if", "x", "--target", "7", *AT, "--lang", "en").out
    assert re.search(r"actual +5\.65 % +5\.65 %", out)
    assert re.search(r"growth observed +5\.65 %/year +5\.65 %/year", out)


MONTHS = "".join(f"x,2024-{month:02},5\n" for month in range(1, 13))


@pytest.mark.parametrize(
    ("kind", "due", "lines", "more", "side", "status"),
    [
        ("ratio", "2027", "x,2021,8\nx,2022,7.5\nx,2024,5\n", "", "less", "at-risk"),  # it comes down to the band
        ("ratio", "2027", "x,2021,1\nx,2022,2.5\nx,2024,4.5\n", "", "more", "achieved"),  # and this was below it
        ("ratio", "2027", "", "8@2024", "less", "too-few"),  # nothing else says from where
        ("flow", "2025", f"{MONTHS}x,2025-01,1\n", "", "more", "on-track"),  # a year's sum starts at nothing
    ],
)
def test_a_number_in_a_bands_place_is_met_from_where_the_band_is_come_from(
    run: Run, project: Project, kind: str, due: str, lines: str, more: str, side: str, status: str
) -> None:
    """A band declares no direction: 4 in the place of 2 to 3 is a ceiling to who comes from 8, not met at 7.5."""
    baseline = "baseline = 2024\n" if kind == "flow" else ""
    goal = f'[[goals]]\nid = "x"\n{baseline}target = {{ between = [2, 3] }}\ndue = {due}\n'
    project.write(f'[series.x]\nkind = "{kind}"\nunit = "%"\n{goal}', f"series,period,value\n{lines}")
    asked = ("what-if", "x", "--target", "4", *(("--actual", more) if more else ()), *AT, "--lang", "en")
    assert f"target 4 % or {side}" in run(*asked).out
    then = json.loads(run(*asked, "--json").out)["then"]
    assert (then["direction"], then["status"]) == ("up" if side == "more" else "down", status)


def test_an_assumption_replaces_what_is_recorded(run: Run, project: Project) -> None:
    """Another value for a recorded period counts instead of it; a retracted or missing one is simply there."""
    goal = '[[goals]]\nid = "x"\nname = "x"\ntarget = 9\ndue = 2024\npath = "linear"\n'
    project.write(goal, "series,period,value\nx,2020,1\nx,2021,2\nx,2021-12-31,3\n")
    record = json.loads(run("what-if", "x", "--actual", "5@2021", "--as-of", "2022-01-31", "--json").out)
    assert (record["now"]["gap"], record["then"]["gap"]) == (6, 4)
    two = json.loads(
        run("what-if", "x", "--actual", "5@2021", "--actual", "7@2022", "--as-of", "2022-01-31", "--json").out
    )
    assert (two["then"]["gap"], two["then"]["growth"]["required"], two["seen_from"]) == (2, 1, "2022-12-31")


BROKEN = """
[series.x]
unit = "亿元"
[series.share]
kind = "ratio"
unit = "%"
[series.place]
kind = "rank"
[series.sales]
kind = "flow"
[series.more]
unit = "亿元"
[[goals]]
id = "x"
name = "x"
baseline = 2020
target = 9
due = 2024
[[goals]]
id = "share"
name = "share"
target = 9
due = 2024
[[goals]]
id = "place"
name = "place"
direction = "down"
target = 1
due = 2024
[[goals]]
id = "sales"
name = "sales"
target = 9
due = 2021
[[goals]]
id = "empty"
name = "empty"
target = 9
due = 2024
[[goals]]
id = "done"
name = "done"
due = 2024
series = "done"
[series.done]
kind = "milestone"
[[goals]]
id = "both"
name = "both"
all = ["x", "share"]
[[goals]]
id = "added"
name = "added"
sum = ["x", "more"]
target = 9
due = 2024
"""


LINES = """series,period,value
x,2020,1
x,2021,2
more,2020,1
more,2021,2
share,2020,1
share,2021,2
place,2020,4
place,2021,3
sales,2019,1
sales,2020,2
"""


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("both", "--actual", "3@2022"), "assume something of one of them: x, share"),
        (("both", "--target", "3"), "has no values of its own"),
        (("both", "--growth", "3"), "has no values of its own"),
        (("added", "--actual", "3@2022"), "adds up x, more"),
        (("added", "--growth", "3%"), "--target and --due can be assumed"),
        (("place", "--growth", "3"), "is a rank: it has no growth"),
        (("done", "--growth", "3"), "is a milestone"),
        (("done", "--target", "3"), "is a milestone"),
        (("empty", "--growth", "3%"), "assume one with --actual VALUE@PERIOD"),
        (("x", "--actual", "3"), "names no period"),
        (("x", "--actual", "3@2022-13"), '"2022-13" is not a period'),
        (("x", "--actual", "three@2022"), "does not begin with a number"),
        (("x", "--actual", "3%@2022"), '"3%" is in %, but the series is in 亿元'),
        (("x", "--actual", "3@2022", "--actual", "4@2022"), "2022 is assumed twice"),
        (("x", "--target", "many"), "--target:"),
        (("x", "--due", "soon"), '--due: "soon" is not a period'),
        (("x", "--due", "2020"), "--due 2020 is not after the baseline 2020"),
        (("x", "--growth", "5"), "write 5% or 0.05 for five percent"),
        (("x", "--growth", "5%/week"), '"week" is not a time'),
        (("x", "--growth", "1e9"), "is not clear"),
        (("x", "--growth", "-101%"), "nothing can fall by more than 100 %"),
        (("x", "--growth", "1e300%"), "leads beyond all numbers"),
        (("share", "--growth", "2%"), "write 2 or 2pp for two percentage points"),
        (("share", "--growth", "2亿元"), "--growth:"),
        (("sales", "--actual", "3@2020-Q2"), "periods of different lengths"),
        (("nobody", "--growth", "2"), 'no goal is called "nobody"'),
    ],
)
def test_what_cannot_be_assumed_says_why(run: Run, project: Project, args: tuple[str, ...], said: str) -> None:
    """Wrong usage, exit 2, one sentence and its help; no traceback and nothing on stdout."""
    project.write(BROKEN, LINES)
    done = run("what-if", *args, "--as-of", "2022-01-31", "--lang", "en")
    assert (done.code, done.out) == (2, ""), done.out
    assert said in done.err


def test_growth_may_name_its_time(run: Run, project: Project) -> None:
    """2 pp a month over the 36 months left from 2 is 74; full-width signs and Chinese units are read."""
    project.write(BROKEN, LINES)

    def target(*args: str) -> object:
        done = run("what-if", *args, "--as-of", "2022-01-31", "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)["solved"]["target"]

    assert target("share", "--growth", "2pp/month") == 74
    assert target("share", "--growth", "２个百分点/年") == 8
    assert target("x", "--growth", "１００％") == 16
