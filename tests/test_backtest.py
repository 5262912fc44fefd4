"""Looking back: what each method would have said, and how often it was right."""

from __future__ import annotations

import csv
import json
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.compare.backtest import backtest
from tracker.compare.lookback import lookback
from tracker.compare.scores import Call, scores
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.model.goal import Method
from tracker.periods import parse_period
from tracker.views.schema_ahead import backtest_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Project, Run

    from tracker.compare.lookback import Looked

HEADER = "series,h,direction,target,reached,history,rival"
GOAL = '[series.x]\nkind = "{kind}"\n[[goals]]\nid = "x"\nname = "x"\n{goal}\n'


def looked(
    goal: str,
    lines: Sequence[Actual],
    *,
    kind: str = "level",
    as_of: date = date(2099, 1, 1),
    methods: Sequence[Method] = (Method.CHANCE,),
) -> Looked:
    """Return what methods would have said of one goal on recorded lines."""
    file = goals_in(f"format = 1\n{GOAL.format(kind=kind, goal=goal)}".encode(), "goals.toml").file
    return lookback(file, lines, View(as_of), ["x"], methods)


def line(period: str, value: float, published: str | None = None, position: int = 0) -> Actual:
    """Return a recorded line."""
    stands = parse_period(period)
    assert stands is not None
    day = None if published is None else date.fromisoformat(published)
    return Actual("x", stands, value, published=day, position=position)


def yearly(values: Sequence[float], first: int = 2000) -> list[Actual]:
    """Return one final actual for each year."""
    return [line(f"{first + place}", value) for place, value in enumerate(values)]


def chances(found: Looked) -> dict[str, list[float]]:
    """Return the chances of the path's values by outcome, rounded as the published check values are."""
    result: dict[str, list[float]] = {}
    for case in found.path:
        result.setdefault(case.outcome, []).append(round(case.said["chance"] or 0.0, 6))
    return result


def test_scores_by_hand() -> None:
    """.9 and .1 right, .6 and .4 wrong: (.01 + .01 + .36 + .36)/4 = .185, half right, two sure calls both right.

    Squared errors .01, .01, .36, .36 spread by .175 around .185, over √4. In the bins of .9, .1, .6 and .4 the
    distances are .1, .1, .6 and .6: .35 on average.
    """
    found = scores(
        [Call(0.9, reached=True), Call(0.1, reached=False), Call(0.6, reached=False), Call(0.4, reached=True)], 4
    )
    assert found is not None
    assert (found.brier, found.error, found.accuracy) == (0.185, 0.0875, 0.5)
    assert (found.sure, found.sure_right) == (2, 1.0)
    assert found.calibration_error == 0.35
    assert [one.cases for one in found.bins] == [0, 1, 0, 0, 1, 0, 1, 0, 0, 1]
    assert scores([], 0) is None


def test_real_cases_side_by_side(run: Run, cases: Path) -> None:
    """On 964 published cases this chance has the best Brier score of five methods, in less than five seconds."""
    start = time.monotonic()
    done = run("backtest", "--cases", cases / "chance.csv", "--json")
    assert time.monotonic() - start < 5
    assert (done.code, done.err) == (0, "")
    record = json.loads(done.out)
    jsonschema.validate(record, backtest_schema())
    (found,) = record["sets"]
    assert (found["targets"], found["cases"], found["enough"]) == ("given", 964, True)
    assert record["warnings"] == []
    briers = {one["method"]: round(one["brier"], 4) for one in found["methods"]}
    assert briers == {
        "chance": 0.1558,
        "eurostat_calibrated": 0.1912,
        "sdsn_calibrated": 0.1845,
        "prorata_calibrated": 0.1929,
        "theta_log": 0.1788,
    }
    chance = found["methods"][0]
    assert (chance["sure"], round(chance["sure_right"], 3)) == (438, 0.918)
    assert sum(one["cases"] for one in chance["bins"]) == 964


def test_a_file_of_cases_by_hand(run: Run, tmp_path: Path) -> None:
    """A rival that says .7 and .7 of a target reached once has a Brier score of (.09 + .49)/2 = .29.

    A cell left empty is no call: the rival is scored on two of three cases, and both methods on those two besides.
    """
    rows = [
        "a,3,up,140,1,100 104 109 113 119 124,.7",
        "b,3,up,140,0,100 104 109 113 119 124,0.7",
        "c,2,down,80,0,100 95 91 88,",
    ]
    (tmp_path / "cases.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    (found,) = json.loads(run("backtest", "--cases", "cases.csv", "--json").out)["sets"]
    chance, rival = found["methods"]
    assert (rival["cases"], rival["brier"], rival["shared"]["brier"]) == (2, 0.29, 0.29)
    said = (0.296527, 0.296527, 0.1650)  # check values of the note "The chance of reaching a target"
    assert chance["brier"] == pytest.approx(((1 - said[0]) ** 2 + said[1] ** 2 + said[2] ** 2) / 3, abs=1e-4)
    assert (chance["cases"], chance["shared"]["cases"]) == (3, 2)
    table = run("backtest", "--cases", "cases.csv", "--lang", "en").out
    assert "0.2900 ± 0.1414" in table  # squared errors .09 and .49 spread by .2, over √2 different outcomes
    assert "Too few to mean anything: 3 of the 100 different outcomes" in table
    rows_ = list(csv.DictReader(run("backtest", "--cases", "cases.csv", "--format", "csv").out.splitlines()))
    assert [(one["method"], one["cases"]) for one in rows_] == [("chance", "3"), ("rival", "2")]
    assert run("backtest", "--cases", "-", "--json", stdin="\n".join([HEADER, *rows])).code == 0


def test_every_bad_row_of_cases_is_named(run: Run, tmp_path: Path) -> None:
    """All that is wrong is said at once, with line and column; nothing is scored."""
    rows = [
        "a,0,up,140,1,100 104,.7",
        "b,3,upwards,140,1,100 104,.7",
        "c,3,up,many,1,100 104,.7",
        "d,3,up,140,yes,100 104,.7",
        "e,3,up,140,1,100,.7",
        "f,3,up,140,1,100 1O4,1.7",
        "g,3,up,140",
        "h,nan,up,inf,1,100 104,.7",
    ]
    (tmp_path / "cases.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    done = run("backtest", "--cases", "cases.csv", "--lang", "en")
    assert (done.code, done.out) == (4, "")
    places = [text.split(": ")[0:2] for text in done.err.splitlines() if text.startswith("cases.csv:")]
    assert [(int(place.split(":")[1]), where) for place, where in places if place.split(":")[1] != "8"] == [
        (2, "h"),
        (3, "direction"),
        (4, "target"),
        (5, "reached"),
        (6, "history"),
        (7, "history"),
        (7, "rival"),
        (9, "h"),
        (9, "target"),
    ]
    assert 'cases.csv:7: history: "1O4" is not a number' in done.err
    assert "cases.csv:8: 4 cells instead of 7" in done.err
    assert done.err.splitlines()[-1] == "10 problems"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the columns h, direction, target, reached, history are missing"),
        (HEADER.encode(), "there is no case in it"),
        (HEADER.replace("rival", "chance").encode(), 'a column is called "chance"'),
        (HEADER.replace("rival", "h").encode(), "the columns h are there twice"),
        (HEADER.encode() + b"\n\xff,3,up,1,1,1 2,.5", "cases.csv:2: the text is not UTF-8"),
        (HEADER.encode() + b'\na,3,up,1,1,"1 2', "the CSV is broken"),
    ],
)
def test_a_file_that_is_no_cases(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    """A file without cases, without a column or that is no CSV at all is refused with the reason."""
    (tmp_path / "cases.csv").write_bytes(content)
    done = run("backtest", "--cases", "cases.csv", "--lang", "en")
    assert done.code == 4
    assert said in done.err


def test_cases_and_goals_do_not_mix(run: Run) -> None:
    """Cases bring their own histories; a file that is not there is exit 5."""
    assert run("backtest", "gdp", "--cases", "cases.csv").code == 2
    assert run("backtest", "--cases", "cases.csv").code == 5


def test_each_past_period_is_asked_about_the_coming_ones() -> None:
    """From 100 in 2000 to 140 in 2004, straight: the path has 120, 130 and 140 at the periods that follow 2001.

    At 2001 two actuals are known, so 2002, 2003 and 2004 are asked; at 2002 the last two; at 2003 the last.
    """
    goal = 'baseline = 2000\ntarget = 140\ndue = 2004\npath = "linear"'
    found = looked(goal, yearly([100, 104, 121, 129, 140]))
    assert [(case.outcome, case.reached) for case in found.path] == [
        ("2002", True), ("2003", False), ("2004", True), ("2003", False), ("2004", True), ("2004", True),
    ]  # fmt: skip
    assert [(case.outcome, case.reached) for case in found.own] == [("2004", True)] * 3


def test_a_verdict_without_a_chance_is_a_yes_or_a_no() -> None:
    """On the straight way from 100 to 140 the pace is .4 at 104, 1.05 at 121 two years on, .967 at 129 a year later.

    So it says no, no, no at 2001 and yes from then on; of 2002 … 2004 it was 121 ≥ 120, 129 < 130, 140 ≥ 140. Wrong are
    no to 2002 and to 2004 and yes to 2003: three of six, a Brier score of .5.
    """
    goal = 'baseline = 2000\ntarget = 140\ndue = 2004\npath = "linear"'
    found = looked(goal, yearly([100, 104, 121, 129, 140]), methods=[Method.CHANCE, Method.PACE])
    assert [case.said["pace"] for case in found.path] == [0, 0, 0, 1, 1, 1]
    (_, pace) = backtest("path", found.path, ["chance", "pace"]).methods
    assert pace.own is not None
    assert (pace.own.brier, pace.own.accuracy, pace.own.sure) == (0.5, 0.5, 6)


def test_methods_without_an_answer_are_not_scored(run: Run, project: Project) -> None:
    """Destatis needs four years and the chance two: the table has both counts, and scores on what they share."""
    lines = "".join(f"x,{2000 + n},{100 + n * n}\n" for n in range(8))
    project.write(
        GOAL.format(kind="level", goal="baseline = 2000\ntarget = 200\ndue = 2010"), f"series,period,value\n{lines}"
    )
    record = json.loads(run("backtest", "--as-of", "2008-01-31", "--json").out)
    jsonschema.validate(record, backtest_schema())
    methods = {one["method"]: one for one in record["sets"][1]["methods"]}
    assert list(methods) == ["chance", "pace", "statcan", "destatis"]
    assert (methods["chance"]["cases"], methods["destatis"]["cases"]) == (6 + 5 + 4 + 3 + 2 + 1, 4 + 3 + 2 + 1)
    assert methods["chance"]["shared"]["cases"] == methods["destatis"]["shared"]["cases"] == 10
    assert "On the cases that every method answers:" in run("backtest", "--as-of", "2008-01-31", "--lang", "en").out


def test_the_call_is_the_published_chance() -> None:
    """At 2003 the history is 100 95 91 88 and 80 two years later has the chance .1650 of the note's check values."""
    goal = 'direction = "down"\nbaseline = 2000\ntarget = 80\ndue = 2005'
    found = looked(goal, yearly([100, 95, 91, 88, 85, 79]))
    (said,) = [case.said["chance"] for case in found.own if round(case.said["chance"] or 0, 3) == 0.165]
    assert said == pytest.approx(0.1650, abs=5e-5)


def test_a_success_before_due_counts_only_with_dues_actual() -> None:
    """Otherwise an early success would count while a goal still open could not, and methods would look worse."""
    goal = "baseline = 2000\ntarget = 110\ndue = 2005"
    assert looked(goal, yearly([100, 104, 111])).own == []
    assert len(looked(goal, yearly([100, 104, 111, 112, 113, 114])).own) == 1  # at 2001; decided from 2002 on


def test_a_year_that_is_not_over_is_judged_by_its_own_model() -> None:
    """20 25 27 28 and 22 27 30 31, then 24: that 125 is passed has the chance .093577 of the note's check values."""
    amounts = [20, 25, 27, 28, 22, 27, 30, 31, 24, 32, 33, 37]
    lines = [line(f"{2000 + place // 4}-Q{place % 4 + 1}", value) for place, value in enumerate(amounts)]
    found = looked("baseline = 2000\ntarget = 125\ndue = 2002", lines, kind="flow")
    assert 0.093577 in chances(found)["2002"]
    assert {case.reached for case in found.path if case.outcome == "2002"} == {True}  # 24 + 32 + 33 + 37 = 126


@given(st.lists(st.integers(1, 4000), min_size=3, max_size=9), st.integers(1, 6))
def test_nothing_after_an_origin_changes_its_call(values: list[int], later: int) -> None:
    """With the last actuals cut off, every case that is left was called exactly the same."""
    goal = 'baseline = 2000\ntarget = 2000\ndue = 2030\npath = "linear"'
    every = [(case.outcome, case.reached, case.said) for case in looked(goal, yearly(values)).path]
    kept = [(one.outcome, one.reached, one.said) for one in looked(goal, yearly(values[: -later or None])).path]
    assert all(case in every for case in kept)


def test_a_revision_counts_only_from_its_day() -> None:
    """2001 was published as 104 and revised to 90 in 2004: the calls of 2001 to 2003 know 104 only."""
    goal = "baseline = 2000\ntarget = 130\ndue = 2004"
    values = {"2000": 100, "2001": 104, "2002": 109, "2003": 113, "2004": 119}
    plain = [line(year, value, f"{int(year) + 1}-03-01", place) for place, (year, value) in enumerate(values.items())]
    revised = [*plain, line("2001", 90, "2004-06-01", 9)]
    assert looked(goal, revised).own == looked(goal, plain).own
    assert len(looked(goal, plain).own) == 3
    # without days nothing tells when the revision became known, so the value that holds is used
    undated = [one._replace(published=None) for one in revised]
    assert looked(goal, undated).own != looked(goal, plain).own


def test_figures_typed_in_later_keep_their_place() -> None:
    """Old years that were recorded after newer ones are part of the history all the same."""
    goal = "baseline = 2000\ntarget = 130\ndue = 2004"
    values = yearly([100, 104, 109, 113, 119])
    late = [one._replace(recorded_at=datetime(2030 - place, 1, 1, tzinfo=UTC)) for place, one in enumerate(values)]
    assert looked(goal, late, as_of=date(2040, 1, 1)) == looked(goal, values, as_of=date(2040, 1, 1))


def test_moving_targets_are_asked_for_at_each_period(run: Run, project: Project) -> None:
    """The reference too is known only up to the origin; what it became says whether the target was met."""
    goals = """
[series.ours]
kind = "ratio"
unit = "%"
[series.theirs]
kind = "ratio"
unit = "%"
[[goals]]
id = "ours"
name = "ours"
baseline = 2000
target = { series = "theirs" }
due = 2010
"""
    ours = "".join(f"ours,{2000 + n},{40 + 2 * n}\n" for n in range(6))
    theirs = "".join(f"theirs,{2000 + n},{44 + n}\n" for n in range(6))
    project.write(goals, f"series,period,value\n{ours}{theirs}")
    done = run("backtest", "--json", "--as-of", "2006-03-01")
    own, path = json.loads(done.out)["sets"]
    assert own["cases"] == 0
    assert path["cases"] == 4 + 3 + 2 + 1  # at 2001 to 2004; 48 meets 48 in 2004, and 50 passes 49 in 2005
    assert path["base_rate"] == pytest.approx((3 + 4) / 10)


def test_what_has_no_case_says_why(run: Run, project: Project) -> None:
    """A composite, a milestone, a published rate and a short history are named with their reasons; exit 0."""
    goals = """
[series.done]
kind = "milestone"
[series.rate]
kind = "growth"
[[goals]]
id = "done"
name = "done"
due = 2030
[[goals]]
id = "rate"
name = "rate"
target = 7
due = 2030
[[goals]]
id = "short"
name = "short"
target = 7
due = 2030
[[goals]]
id = "both"
name = "both"
all = ["done", "short"]
"""
    project.write(goals, "series,period,value\nshort,2020,1\nshort,2021,2\nrate,2020,6\n")
    done = run("backtest", "--as-of", "2025-01-31", "--lang", "en")
    assert done.code == 0
    assert "There is no case" in done.out
    record = json.loads(run("backtest", "--as-of", "2025-01-31", "--json").out)
    jsonschema.validate(record, backtest_schema())
    reasons = {one["goal"]: one["reason"] for one in record["without"]}
    assert reasons.keys() == {"done", "rate", "short", "both"}
    assert "look back on done, short" in reasons["both"]
    assert len(record["warnings"]) == 2
    assert run("backtest", "bothh").code == 2


def test_a_linked_break_changes_no_call(run: Run, project: Project) -> None:
    """Doubled by a break in 2018, or on the footing of today from the start: the same calls with the same outcomes."""
    old = (46.3, 46.2, 47.0, 47.0, 46.8)
    new = (95.2, 100.4, 105.0, 109.6, 110.2, 113.2, 114.4)
    for start_value in (45, None):
        found = []
        for ratio, breaks in ((1, "breaks = [{ on = 2018-01-01, link = 2 }]\n"), (2, "")):
            start = f"{{ period = 2012, value = {start_value * ratio} }}" if start_value else "2013"
            goal = f'[[goals]]\nid = "a"\nbaseline = {start}\ntarget = 150\ndue = 2028\n'
            values = [*(value * ratio for value in old), *new]
            rows = "".join(f"a,{2013 + age},{value},{2014 + age}-01-05\n" for age, value in enumerate(values))
            project.write(f"[series.a]\n{breaks}{goal}", f"series,period,value,published\n{rows}")
            done = run("backtest", "--as-of", "2025-03-01", "--json")
            assert done.code == 0, done.err
            found.append(done.out)
        assert found[0] == found[1]
        assert '"calls": 0' not in found[0]
