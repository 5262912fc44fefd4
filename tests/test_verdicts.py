"""Every method on every awkward goal, through `status --json`: what it says, and the status that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

METHODS = ("pace", "statcan", "destatis")
LEVEL = '[series.x]\nunit = "t"\n'
GROWING = "x 2018 100\nx 2019 104\nx 2020 109\nx 2021 113\nx 2022 119\nx 2023 124"


def judged(run: Run, project: Project, goals: str, actuals: str, method: str, as_of: str = "2024-03-01") -> Any:  # noqa: ANN401  a record as JSON has it
    """Return the goal `x` as one method judges it."""
    return seen(run, project, goals, actuals, "--as-of", as_of, "--method", method)["x"]


def said(one: dict[str, Any]) -> tuple[Any, ...]:
    """Return a goal's status and what the rule itself says."""
    verdict = one["verdict"]
    return one["status"], verdict["label"], verdict["ratio"], verdict["score"]


def test_the_chance_has_no_label_of_its_own(run: Run, project: Project) -> None:
    """By the default method the verdict is the chance; naming it changes nothing."""
    goals = LEVEL + goal("x", "target = 140", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING, "chance")
    assert one["verdict"] == {"method": "chance", "label": None, "ratio": None, "score": None}
    assert one == seen(run, project, goals, GROWING, "--as-of", "2024-03-01")["x"]
    assert one["chance"] == pytest.approx(0.296527, abs=1e-6)


@pytest.mark.parametrize(
    ("target", "pace", "status"),
    [
        (143, 0.961449427656, "on-track"),
        (144, 0.942661485807, "at-risk"),
        (175, 0.606723267362, "at-risk"),
        (178, 0.588205488068, "off-track"),
    ],
)
def test_pace_is_the_goals_own(run: Run, project: Project, target: int, pace: float, status: str) -> None:
    """1.24^⅕ − 1 over the eighth root of 1.43, 1.44, 1.75 and 1.78 less 1, in 40-digit decimals."""
    goals = LEVEL + goal("x", f"target = {target}", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING, "pace")
    assert said(one) == (status, None, one["pace"], None)
    assert one["pace"] == pytest.approx(pace, abs=2e-12)


def test_statcan_judges_from_the_base_year(run: Run, project: Project) -> None:
    """Observed 1.24^(1/5) − 1, required 1.5^(1/8) − 1 from 2018, not from 2023: .845587, score 7.1429 R − 4.2857."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING, "statcan")
    ratio = (1.24 ** (1 / 5) - 1) / (1.5 ** (1 / 8) - 1)
    status, label, found, score = said(one)
    assert (status, label) == ("at-risk", "moderate_progress")
    assert found == pytest.approx(ratio, abs=1e-11)
    assert score == pytest.approx(7.1429 * ratio - 4.2857, abs=1e-10)
    assert one["chance"] is not None  # it stays beside the status it did not give


def test_destatis_carries_the_mean_change_on(run: Run, project: Project) -> None:
    """(124 − 100)/5 = 4.8 a year lead to 138.4 in 2026: of the 16 to 140 are 1.6 missing, a tenth."""
    goals = LEVEL + goal("x", "target = 140", "due = 2026")
    one = judged(run, project, goals, GROWING, "destatis")
    assert said(one) == ("on-track", "cloudy", pytest.approx(0.1, abs=1e-12), None)


@pytest.mark.parametrize(
    ("target", "label"),
    [(139.1, "sun"), (139.2, "cloudy"), (142, "cloudy"), (142.1, "cloud"), (138.4, "sun"), (120, "sun")],
)
def test_the_bounds_of_the_symbols(run: Run, project: Project, target: float, label: str) -> None:
    """138.4 is where it leads: .7 of 15.1 missing is under 5 %, .8 of 15.2 over; 3.6 of 18 is 20 %, inclusive."""
    goals = LEVEL + goal("x", f"target = {target}", "due = 2026", 'mode = "at"')
    assert judged(run, project, goals, GROWING, "destatis")["verdict"]["label"] == label


@pytest.mark.parametrize("last", ["99", "100"])
def test_the_wrong_direction_or_none_is_a_thunderstorm(run: Run, project: Project, last: str) -> None:
    """From 100 to 99 or back to 100: nothing leads to 150."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026")
    one = judged(run, project, goals, GROWING.replace("2023 124", f"2023 {last}"), "destatis")
    assert said(one)[:2] == ("off-track", "thunderstorm")


def test_destatis_divides_by_years_not_by_points(run: Run, project: Project) -> None:
    """10 → 18 over eight years with gaps is 1 a year: 20 in 2025; of 12 to 30 are 10 missing."""
    goals = LEVEL + goal("x", "target = 30", "due = 2025")
    actuals = "x 2015 10\nx 2017 13\nx 2018 14\nx 2020 15\nx 2023 18"
    one = judged(run, project, goals, actuals, "destatis")
    assert said(one) == ("at-risk", "cloud", pytest.approx(10 / 12, abs=1e-11), None)


def test_fewer_than_four_years_have_no_symbol(run: Run, project: Project) -> None:
    """Three years are too few for destatis, and the reason says so; statcan needs two."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026")
    actuals = "x 2021 113\nx 2022 119\nx 2023 124"
    one = judged(run, project, goals, actuals, "destatis")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "3 years have a value, and the rule needs 4" in one["reason"]
    assert one["chance"] is None
    assert judged(run, project, goals, actuals, "statcan")["verdict"]["label"] == "moderate_progress"


def test_a_target_of_zero(run: Run, project: Project) -> None:
    """Down to 0: pace is by amounts; statcan takes 0.001 and says so; destatis has no need to."""
    goals = LEVEL + goal("x", "target = 0", "due = 2026", "baseline = 2018", 'direction = "down"')
    actuals = "x 2018 80\nx 2019 70\nx 2020 60\nx 2021 50\nx 2022 40\nx 2023 30"
    pace = judged(run, project, goals, actuals, "pace")
    assert said(pace) == ("on-track", None, 1, None)  # 10 a year, and 10 a year were planned
    one = judged(run, project, goals, actuals, "statcan")
    ratio = -((30 / 80) ** (1 / 5) - 1) / abs((0.001 / 80) ** (1 / 8) - 1)
    assert said(one)[:3] == ("off-track", "limited_progress", pytest.approx(ratio, abs=1e-11))
    assert "takes a target of 0.001 in place of 0" in one["reason"]
    assert said(judged(run, project, goals, actuals, "destatis")) == ("on-track", "sun", 0, None)


def test_a_baseline_of_zero(run: Run, project: Project) -> None:
    """Up from 0: statcan takes 0.001 as the base and says so; pace is by amounts."""
    goals = LEVEL + goal("x", "target = 80", "due = 2026", "baseline = 2018")
    actuals = "x 2018 0\nx 2020 18\nx 2022 41\nx 2023 50"
    assert said(judged(run, project, goals, actuals, "pace")) == ("on-track", None, 1, None)
    one = judged(run, project, goals, actuals, "statcan")
    ratio = ((50 / 0.001) ** (1 / 5) - 1) / ((80 / 0.001) ** (1 / 8) - 1)
    assert said(one)[:3] == ("on-track", "substantial_progress", pytest.approx(ratio, abs=1e-9))
    assert "takes a base of 0.001 in place of 0" in one["reason"]
    assert judged(run, project, goals, actuals, "destatis")["verdict"]["label"] == "sun"


def test_a_change_of_sign(run: Run, project: Project) -> None:
    """From −10 to 5: no compound rate, so statcan says nothing; pace and destatis go by amounts: 3 a year to 14."""
    goals = LEVEL + goal("x", "target = 14", "due = 2026", "baseline = 2018")
    actuals = "x 2018 -10\nx 2019 -7\nx 2020 -4\nx 2021 -1\nx 2022 2\nx 2023 5"
    one = judged(run, project, goals, actuals, "statcan")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "no compound rate leads from -10 to 5" in one["reason"]
    assert said(judged(run, project, goals, actuals, "pace")) == ("on-track", None, 1, None)
    assert said(judged(run, project, goals, actuals, "destatis")) == ("on-track", "sun", 0, None)


def test_values_below_zero(run: Run, project: Project) -> None:
    """From −10 to −8, up to −5: o = .8^½ − 1, r = .5^¼ − 1, and with s = −1 both get better."""
    goals = LEVEL + goal("x", "target = -5", "due = 2025", "baseline = 2021")
    one = judged(run, project, goals, "x 2021 -10\nx 2023 -8", "statcan")
    ratio = (1 - 0.8**0.5) / (1 - 0.5**0.25)
    assert said(one)[:3] == ("at-risk", "moderate_progress", pytest.approx(ratio, abs=1e-11))


def test_a_baseline_equal_to_the_target(run: Run, project: Project) -> None:
    """From 100 back to 100: nothing is planned, so pace and statcan say nothing while it is not met."""
    goals = LEVEL + goal("x", "target = 100", "due = 2026", "baseline = 2018")
    actuals = "x 2018 100\nx 2019 98\nx 2020 97\nx 2021 97\nx 2022 96\nx 2023 97"
    one = judged(run, project, goals, actuals, "pace")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "the baseline equals the target" in one["reason"]
    one = judged(run, project, goals, actuals, "statcan")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "the base year equals the target" in one["reason"]
    assert said(judged(run, project, goals, actuals, "destatis"))[:2] == ("off-track", "thunderstorm")


def test_a_baseline_equal_to_the_target_that_is_met(run: Run, project: Project) -> None:
    """Still 100 of 100: statcan calls it achieved without a ratio, score 5."""
    goals = LEVEL + goal("x", "target = 100", "due = 2026", "baseline = 2021")
    one = judged(run, project, goals, "x 2021 100\nx 2023 100", "statcan")
    assert said(one) == ("achieved", "target_achieved", None, 5)


@pytest.mark.parametrize("method", METHODS)
def test_a_single_actual(run: Run, project: Project, method: str) -> None:
    """One actual says nothing to any method; statcan alone sees that it meets the target, which decides nothing."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026")
    assert said(judged(run, project, goals, "x 2023 124", method)) == ("too-few", "not_available", None, None)
    met = judged(run, project, LEVEL + goal("x", "target = 100", "due = 2026", 'mode = "at"'), "x 2023 124", method)
    wanted = ("target_achieved", None, 5) if method == "statcan" else ("not_available", None, None)
    assert said(met) == ("too-few", *wanted)


@pytest.mark.parametrize("method", METHODS)
def test_a_retracted_baseline(run: Run, project: Project, method: str) -> None:
    """The figure of 2018 was taken back: no pace; statcan starts from 2019 and says so; destatis needs none."""
    goals = LEVEL + goal("x", "target = 140", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING + "\nx 2018 100 retracted 2024-01-01", method)
    status, label, ratio, _score = said(one)
    if method == "pace":
        assert (status, label, ratio) == ("too-few", "not_available", None)
        assert "no baseline" in one["reason"]
    elif method == "statcan":
        expected = ((124 / 104) ** (1 / 4) - 1) / ((140 / 104) ** (1 / 7) - 1)
        assert (status, ratio) == ("on-track", pytest.approx(expected, abs=1e-11))
        assert "the base year moved from 2018 to 2019" in one["reason"]
    else:  # (124 − 104)/4 = 5 a year lead to 139; 1 of 16 is missing
        assert (status, label, ratio) == ("on-track", "cloudy", 0.0625)


KEPT = "x 2018 100\nx 2019 104\nx 2020 109\nx 2021 113\nx 2022 112\nx 2023 {last}"


@pytest.mark.parametrize(
    ("last", "label", "status"), [("110", "sun", "on-track"), ("96", "cloudy", "on-track"), ("94", None, "missed")]
)
def test_a_floor_to_be_kept(run: Run, project: Project, last: str, label: str | None, status: str) -> None:
    """At least 95 in every year: met it is sun, and cloudy where the mean change since 2018 is adverse."""
    goals = LEVEL + goal("x", "target = 95", "due = 2026", 'mode = "keep"')
    one = judged(run, project, goals, KEPT.format(last=last), "destatis")
    assert one["status"] == status
    assert one["verdict"]["label"] == (label or "thunderstorm")


@pytest.mark.parametrize(("last", "label"), [("94", "thunderstorm"), ("101", "cloud"), ("100", "cloud")])
def test_a_floor_that_is_broken(run: Run, project: Project, last: str, label: str) -> None:
    """Below 105: not moving away from it is cloud, also at a standstill; moving away is a thunderstorm."""
    goals = LEVEL + goal("x", "target = 105", "due = 2026", 'mode = "keep"')
    one = judged(run, project, goals, KEPT.format(last=last), "destatis")
    assert (one["status"], one["verdict"]["label"], one["verdict"]["ratio"]) == ("missed", label, None)


def test_a_kept_goal_by_the_other_methods(run: Run, project: Project) -> None:
    """Nothing is planned for it, so there is no pace; statcan sees the target met."""
    goals = LEVEL + goal("x", "target = 95", "due = 2026", 'mode = "keep"')
    one = judged(run, project, goals, KEPT.format(last=110), "pace")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "a goal to be kept has no growth planned" in one["reason"]
    one = judged(run, project, goals, KEPT.format(last=110), "statcan")
    assert said(one)[:2] == ("on-track", "target_achieved")


@pytest.mark.parametrize("method", METHODS)
def test_a_band(run: Run, project: Project, method: str) -> None:
    """From 100 up to a band of 130 to 140: the rules aim at its weakest end, 130.

    1.24^⅕ − 1 over 1.3^⅛ − 1 is 1.3185; 4.8 a year lead to 138.4.
    """
    goals = LEVEL + goal("x", "target = { between = [130, 140] }", "due = 2026", "baseline = 2018", 'mode = "at"')
    one = judged(run, project, goals, GROWING, method)
    ratio = (1.24 ** (1 / 5) - 1) / (1.3 ** (1 / 8) - 1)
    wanted = {
        "pace": (None, pytest.approx(ratio, abs=1e-11)),
        "statcan": ("substantial_progress", pytest.approx(ratio, abs=1e-11)),
        "destatis": ("sun", pytest.approx((130 - 138.4) / 6, abs=1e-11)),
    }
    assert (one["status"], *said(one)[1:3]) == ("on-track", *wanted[method])


@pytest.mark.parametrize(
    ("band", "statcan", "destatis"),
    [
        ("[110, 130]", "target_achieved", "sun"),  # came from below and goes on rising
        ("[90, 130]", "target_achieved", "cloudy"),  # was inside, and leaves it by 2026
        ("[90, 140]", "target_achieved", "sun"),  # was inside, and stays
        ("[90, 120]", "not_available", "thunderstorm"),  # was inside, and has left it
        ("[40, 60]", "deterioration", "thunderstorm"),  # lies above, and rises
    ],
)
def test_a_band_from_every_side(run: Run, project: Project, band: str, statcan: str, destatis: str) -> None:
    """100 in 2018, 124 in 2023, 138.4 by 2026."""
    goals = LEVEL + goal("x", f"target = {{ between = {band} }}", "due = 2026", "baseline = 2018", 'mode = "at"')
    assert judged(run, project, goals, GROWING, "statcan")["verdict"]["label"] == statcan
    assert judged(run, project, goals, GROWING, "destatis")["verdict"]["label"] == destatis


@pytest.mark.parametrize("method", METHODS)
def test_a_rank_is_for_the_chance_alone(run: Run, project: Project, method: str) -> None:
    """Places have no growth: none of the rules applies."""
    goals = '[series.x]\nkind = "rank"\n' + goal("x", "target = 3", "due = 2026", 'direction = "down"')
    one = judged(run, project, goals, "x 2019 9\nx 2020 8\nx 2021 8\nx 2022 7\nx 2023 6", method)
    assert said(one) == ("too-few", "not_available", None, None)
    assert "does not apply to ranks" in one["reason"]


@pytest.mark.parametrize("method", METHODS)
def test_a_milestone(run: Run, project: Project, method: str) -> None:
    """Done or not: before due it is open whatever the method; done, statcan calls it achieved."""
    goals = '[series.x]\nkind = "milestone"\n' + goal("x", "due = 2026")
    one = judged(run, project, goals, "x 2022 0\nx 2023 0", method)
    assert said(one) == ("open", "not_available", None, None)
    one = judged(run, project, goals, "x 2022 0\nx 2023 1", method)
    wanted = ("target_achieved", None, 5) if method == "statcan" else ("not_available", None, None)
    assert said(one) == ("achieved", *wanted)


@pytest.mark.parametrize("method", METHODS)
def test_published_rates(run: Run, project: Project, method: str) -> None:
    """Yearly rates are values like others to statcan and destatis; they have no pace.

    8 → 6.5 % in 3 years, down to 5 in 6: (6.5/8)^⅓ − 1 over (5/8)^⅙ − 1; −.5 a year leads to 5 in 2026.
    """
    goals = '[series.x]\nkind = "growth"\nunit = "%"\n'
    goals += goal("x", "target = 5", "due = 2026", "baseline = 2020", 'direction = "down"', 'mode = "at"')
    one = judged(run, project, goals, "x 2020 8\nx 2021 7.5\nx 2022 7\nx 2023 6.5\nx 2024-03 99", method, "2024-04-01")
    status, label, ratio, _score = said(one)
    if method == "pace":
        assert (status, label) == ("too-few", "not_available")
    elif method == "statcan":
        wanted = ((6.5 / 8) ** (1 / 3) - 1) / ((5 / 8) ** (1 / 6) - 1)
        assert (status, label, ratio) == ("at-risk", "moderate_progress", pytest.approx(wanted, abs=1e-11))
    else:
        assert (status, label, ratio) == ("on-track", "sun", 0)


@pytest.mark.parametrize("method", METHODS)
def test_a_composite_takes_its_childrens_statuses(run: Run, project: Project, method: str) -> None:
    """Of several targets destatis takes the worst symbol; the others have nothing of their own to say."""
    goals = LEVEL + goal("x", 'all = ["near", "far"]', series=None)
    goals += goal("near", "target = 130", "due = 2026", "baseline = 2018", 'mode = "at"')
    goals += goal("far", "target = 200", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING, method)
    wanted = {"pace": ("off-track", None), "statcan": ("off-track", None), "destatis": ("at-risk", "cloud")}
    assert said(one) == (*wanted[method], None, None)
    assert (one["limiting"], one["verdict"]["method"]) == ("far", method)


def test_the_worst_symbol_of_goals_that_are_met(run: Run, project: Project) -> None:
    """A met target with an adverse change is cloudy, which is worse than another's sun though its status is better."""
    goals = LEVEL + goal("x", 'all = ["a", "b"]', series=None) + goal("a", "target = 99", "due = 2026")
    goals += goal("b", "target = 130", "due = 2026", series="y")
    falling = "\n".join(f"x {2018 + n} {130 - 5 * n}" for n in range(6))
    rising = "\n".join(f"y {2018 + n} {100 + 5 * n}" for n in range(6))
    found = seen(run, project, goals, f"{falling}\n{rising}", "--as-of", "2024-03-01", "--method", "destatis")
    assert {id_: (one["status"], one["verdict"]["label"]) for id_, one in found.items()} == {
        "x": ("on-track", "cloudy"),
        "a": ("achieved", "cloudy"),
        "b": ("on-track", "sun"),
    }


@pytest.mark.parametrize("method", METHODS)
def test_a_moving_target(run: Run, project: Project, method: str) -> None:
    """The reference grows by 10 a year, 200 in 2023, so 230 in 2026: rules for fixed targets take that value."""
    goals = '[series.x]\nkind = "ratio"\n[series.y]\nkind = "ratio"\n'
    goals += goal("x", 'target = { series = "y" }', "due = 2026", "baseline = 2018")
    reference = "\n".join(f"y {2018 + n} {150 + 10 * n}" for n in range(6))
    one = judged(run, project, goals, f"{GROWING}\n{reference}", method)
    assert one["target"]["value"] == 230
    wanted = {
        "pace": ("off-track", None, pytest.approx(4.8 / 16.25, abs=1e-11)),
        "statcan": (
            "off-track",
            "limited_progress",
            pytest.approx((1.24 ** (1 / 5) - 1) / (2.3 ** (1 / 8) - 1), abs=1e-11),
        ),
        "destatis": ("at-risk", "cloud", pytest.approx((230 - 138.4) / 106, abs=1e-11)),
    }
    assert said(one)[:3] == wanted[method]


@pytest.mark.parametrize("method", ["chance", "pace", "destatis"])
def test_without_a_target_only_statcan_judges(run: Run, project: Project, method: str) -> None:
    """A goal with a limit in place of a target is too-few to every other method."""
    goals = LEVEL + goal("x", "limit = 200", "due = 2026", "baseline = 2018")
    one = judged(run, project, goals, GROWING, method)
    assert one["status"] == "too-few"
    assert one["verdict"]["label"] == (None if method == "chance" else "not_available")


@pytest.mark.parametrize(
    ("lines", "actuals", "label", "ratio", "score"),
    [
        # 1.5 % a year and more; 500 P − 5
        (["limit = 0"], "x 2021 100\nx 2023 102.01", "moderate_progress", 0.01, 250 * 0.01 - 1.25),
        ([], "x 2021 100\nx 2023 104.04", "substantial_progress", 0.02, 5),
        ([], "x 2021 100\nx 2023 102.01", "moderate_progress", 0.01, 250 * 0.01 - 1.25),
        ([], "x 2021 100\nx 2023 100", "limited_progress", 0, -2.5),
        ([], "x 2021 100\nx 2023 98.01", "deterioration", -0.01, 125 * -0.01 - 2.5),
        ([], "x 2021 100\nx 2023 64", "deterioration", -0.2, -5),
        # half of the limit: C = 1 − .5^4.44; 1.5 % · C is 1.431 %
        (["limit = 200"], "x 2021 100\nx 2023 102.01", "moderate_progress", 0.01, 250 * 0.01 / (1 - 0.5**4.44) - 1.25),
        # beyond the limit by half of it: the same C
        (["limit = 80"], "x 2021 120\nx 2023 122.412", "moderate_progress", 0.01, 250 * 0.01 / (1 - 0.5**4.44) - 1.25),
        # at the limit nothing better is left, and staying there is the best
        (["limit = 100"], "x 2021 100\nx 2023 100", "substantial_progress", 0, 5),
        (["limit = 100"], "x 2021 100\nx 2023 98.01", "deterioration", -0.01, 125 * -0.01 - 2.5),
        (['direction = "down"'], "x 2021 100\nx 2023 98.01", "moderate_progress", 0.01, 250 * 0.01 - 1.25),
    ],
)
def test_statcan_without_a_target(
    run: Run, project: Project, lines: list[str], actuals: str, label: str, ratio: float, score: float
) -> None:
    """The signed rate itself against 1.5, 0.5 and 0 % a year, less near the limit; the status follows."""
    goals = LEVEL + goal("x", "due = 2030", "baseline = 2021", *lines)
    one = judged(run, project, goals, actuals, "statcan")
    status = {"substantial_progress": "on-track", "moderate_progress": "at-risk"}.get(label, "off-track")
    assert said(one)[:2] == (status, label)
    assert one["verdict"]["ratio"] == pytest.approx(ratio, abs=1e-12)
    assert one["verdict"]["score"] == pytest.approx(score, abs=1e-10)


def test_a_goal_without_target_in_the_file_of_statcan(run: Run, project: Project) -> None:
    """`[verdict] method = "statcan"` does as well as the option; without either the missing target is an error."""
    goals = LEVEL + goal("x", "due = 2030", "baseline = 2021")
    actuals = "x 2021 100\nx 2023 104.04"
    one = seen(run, project, goals + '[verdict]\nmethod = "statcan"\n', actuals, "--as-of", "2024-03-01")["x"]
    assert said(one)[:2] == ("on-track", "substantial_progress")
    chance = seen(
        run, project, goals + '[verdict]\nmethod = "statcan"\n', actuals, "--as-of", "2024-03-01", "--method", "chance"
    )["x"]
    assert (chance["status"], chance["verdict"]["method"]) == ("too-few", "chance")
    done = run("status", cwd=project.write(goals))
    assert (done.code, done.out) == (4, "")
    assert "goals.x.target: is missing" in done.err


def test_the_base_year_moves_to_the_next_with_data(run: Run, project: Project) -> None:
    """Nothing is recorded for 2017: statcan starts from 2018 and says so; the years before do not count."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026", "baseline = 2017")
    one = judged(run, project, goals, "x 2010 1\n" + GROWING, "statcan")
    ratio = (1.24 ** (1 / 5) - 1) / (1.5 ** (1 / 8) - 1)
    assert one["verdict"]["ratio"] == pytest.approx(ratio, abs=1e-11)
    assert "the base year moved from 2017 to 2018" in one["reason"]


def test_the_next_of_several_target_years(run: Run, project: Project) -> None:
    """Destatis looks at the step of 2024, 150, where 4.8 a year leave 21.2 of 26; statcan and pace at due."""
    goals = LEVEL + goal(
        "x", "target = 130", "due = 2026", "baseline = 2018", "steps = [{ due = 2024, target = 150 }]", 'mode = "at"'
    )
    one = judged(run, project, goals, GROWING, "destatis")
    assert said(one)[:3] == ("at-risk", "cloud", pytest.approx(21.2 / 26, abs=1e-11))
    later = judged(run, project, goals, GROWING + "\nx 2024 128", "destatis", "2025-03-01")
    assert said(later)[:2] == ("on-track", "sun")  # 2024 is over: 4.8 a year from 104 lead beyond 130 by 2026
    assert judged(run, project, goals, GROWING, "statcan")["verdict"]["label"] == "substantial_progress"


@pytest.mark.parametrize("method", METHODS)
def test_finer_series_are_judged_by_their_years(run: Run, project: Project, method: str) -> None:
    """Of quarters the last of each year and the latest count: 100 at the end of 2019, 112.5 in June 2023.

    3.5 years less a fraction of a day's rounding: years(2019-12-31, 2023-06-30) = 3 + 181/365.
    """
    goals = LEVEL + goal("x", "target = 130", "due = 2025", "baseline = 2019")
    quarters = [(2019, 4, 100.0)] + [
        (2020 + n // 4, n % 4 + 1, 100 + 3.0 * (n + 1) / 4 + (5 if n % 4 == 1 else 0)) for n in range(13)
    ]
    actuals = "\n".join(f"x {year}-Q{quarter} {value}" for year, quarter, value in quarters)
    actuals += "\nx 2023-Q2 112.5"
    one = judged(run, project, goals, actuals, method, "2023-08-01")
    span = 3 + 181 / 365
    observed = 1.125 ** (1 / span) - 1
    if method == "destatis":  # (112.5 − 100)/span a year, and 2 + 184/365 years to go
        missing = 130 - (112.5 + 12.5 / span * (2 + 184 / 365))
        assert one["verdict"]["ratio"] == pytest.approx(missing / 17.5, abs=1e-3)
    else:
        assert one["verdict"]["ratio"] == pytest.approx(observed / (1.3 ** (1 / 6) - 1), abs=1e-9)


def test_a_running_year_counts_only_once_it_is_whole(run: Run, project: Project) -> None:
    """Quarters of a flow: the yearly rules see the totals 100 and 110; pace sees 24 so far, of 31.25 expected."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 125", "due = 2024", "baseline = 2022")
    actuals = "".join(f"x 2022-Q{n} 25\n" for n in range(1, 5)) + "".join(f"x 2023-Q{n} 27.5\n" for n in range(1, 5))
    actuals += "x 2024-Q1 24"
    one = judged(run, project, goals, actuals, "statcan", "2024-04-30")
    assert one["verdict"]["ratio"] == pytest.approx(0.1 / (1.25**0.5 - 1), abs=1e-11)
    assert said(judged(run, project, goals, actuals, "destatis", "2024-04-30"))[:2] == ("too-few", "not_available")
    pace = judged(run, project, goals, actuals, "pace", "2024-04-30")
    assert (pace["status"], pace["verdict"]["ratio"]) == ("at-risk", pytest.approx(24 / 31.25, abs=1e-11))


def test_a_budget_inside_its_year_must_stay_behind_its_path(run: Run, project: Project) -> None:
    """40 spent where 25 of 100 were expected is a pace of 1.6, and off track where less is better: 25/40 = .625."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 100", "due = 2024", 'direction = "down"', 'mode = "at"')
    actuals = "".join(f"x {year}-Q{n} 25\n" for year in (2022, 2023) for n in range(1, 5))
    one = judged(run, project, goals, actuals + "x 2024-Q1 50", "pace", "2024-04-30")
    assert (one["status"], one["verdict"]["ratio"]) == ("off-track", 2)
    assert "less is better" in one["reason"]
    one = judged(run, project, goals, actuals + "x 2024-Q1 40", "pace", "2024-04-30")
    assert (one["status"], one["pace"], one["verdict"]["ratio"]) == ("at-risk", 1.6, 1.6)
    one = judged(run, project, goals, actuals + "x 2024-Q1 20", "pace", "2024-04-30")
    assert (one["status"], one["verdict"]["ratio"]) == ("on-track", 0.8)


def test_cumulated_values_become_years(run: Run, project: Project) -> None:
    """`ytd` to December is the year's total: 100, 110, 121, 133.1 grow by a tenth; June counts for nothing."""
    goals = '[series.x]\nkind = "ytd"\n' + goal("x", "target = 161.051", "due = 2025", "baseline = 2020")
    actuals = "".join(f"x {2020 + n}-06 40\nx {2020 + n}-12 {100 * 1.1**n:.10g}\n" for n in range(4))
    one = judged(run, project, goals, actuals, "statcan")
    assert said(one)[:2] == ("on-track", "substantial_progress")
    assert one["verdict"]["ratio"] == pytest.approx(1, abs=1e-9)


def test_a_target_for_a_quarter_has_no_yearly_values(run: Run, project: Project) -> None:
    """A flow of quarters against a quarter's target: the yearly rules say why they cannot judge it."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 50", 'due = "2025-Q4"', "baseline = 2021-Q1")
    goals = goals.replace("2021-Q1", '"2021-Q1"')
    actuals = "".join(f"x {2021 + n // 4}-Q{n % 4 + 1} {20 + n}\n" for n in range(12))
    for method in ("statcan", "destatis"):
        one = judged(run, project, goals, actuals, method)
        assert said(one) == ("too-few", "not_available", None, None)
        assert "yearly values only" in one["reason"]
    assert judged(run, project, goals, actuals, "pace")["verdict"]["ratio"] is not None


@pytest.mark.parametrize("method", METHODS)
def test_what_is_decided_stays_decided(run: Run, project: Project, method: str) -> None:
    """Past due, met or still without data: the method replaces none of these, and says its own all the same."""
    goals = LEVEL + goal("x", "target = 110", "due = 2026")
    assert judged(run, project, goals, GROWING, method)["status"] == "achieved"
    assert judged(run, project, LEVEL + goal("x", "target = 150", "due = 2023"), GROWING, method)["status"] == "missed"
    late = judged(run, project, LEVEL + goal("x", "target = 150", "due = 2024"), GROWING, method, "2025-02-01")
    assert (late["status"], late["verdict"]["method"]) == ("awaiting", method)
    assert late["verdict"]["ratio"] is not None
    empty = judged(run, project, goals, "y 2020 1", method)
    assert said(empty) == ("no-data", "not_available", None, None)


def test_a_target_met_and_lost_again_is_not_achieved_now(run: Run, project: Project) -> None:
    """120 was met in 2021 and 110 is the latest: the status stays achieved, statcan looks at today."""
    goals = LEVEL + goal("x", "target = 120", "due = 2026", "baseline = 2018")
    actuals = "x 2018 100\nx 2019 110\nx 2020 115\nx 2021 121\nx 2022 112\nx 2023 110"
    one = judged(run, project, goals, actuals, "statcan")
    assert (one["status"], one["lapsed"], one["verdict"]["label"]) == ("achieved", True, "moderate_progress")


def test_the_tolerance_counts_as_met(run: Run, project: Project) -> None:
    """124 of 125 within 1 is met to every rule that asks."""
    goals = LEVEL + goal("x", "target = 125", "due = 2026", "baseline = 2018", "tolerance = 1", 'mode = "at"')
    assert said(judged(run, project, goals, GROWING, "statcan"))[1::2] == ("target_achieved", 5)
    assert said(judged(run, project, goals, GROWING, "destatis"))[:3] == ("on-track", "sun", None)


def test_no_number_leaves_the_range_of_floats(run: Run, project: Project) -> None:
    """The largest and the smallest numbers there are give a verdict or none, never a traceback."""
    for method in METHODS:
        for values in (("1e308", "-1e308"), ("5e-324", "1.7e308"), ("1e-300", "0")):
            goals = LEVEL + goal("x", "target = 1.7e308", "due = 2026")
            actuals = "\n".join(f"x {2018 + n} {values[n % 2]}" for n in range(6))
            one = judged(run, project, goals, actuals, method)
            assert one["status"] in {"on-track", "at-risk", "off-track", "too-few", "achieved"}


@pytest.mark.parametrize("method", METHODS)
def test_a_milestone_to_be_kept(run: Run, project: Project, method: str) -> None:
    """Kept so far: statcan calls it achieved and so on track; the others have nothing to go by."""
    goals = '[series.x]\nkind = "milestone"\n' + goal("x", "due = 2026", 'mode = "keep"')
    one = judged(run, project, goals, "x 2022 1\nx 2023 1", method)
    wanted = ("on-track", "target_achieved") if method == "statcan" else ("too-few", "not_available")
    assert said(one)[:2] == wanted
    assert method in one["reason"]


def test_a_base_year_after_all_data(run: Run, project: Project) -> None:
    """The plan starts in 2025 and the figures end with 2023: no year to start from."""
    goals = LEVEL + goal("x", "target = 150", "due = 2026", "baseline = 2025")
    one = judged(run, project, goals, GROWING, "statcan")
    assert said(one) == ("too-few", "not_available", None, None)
    assert "no year from the base year on has a value" in one["reason"]


def test_a_base_year_that_moved_to_due(run: Run, project: Project) -> None:
    """Between the baseline 2020 and due 2022 nothing is recorded: from 2022 on nothing can be required any more."""
    goals = LEVEL + goal("x", "target = 150", "due = 2022", "baseline = 2020")
    one = judged(run, project, goals, "x 2019 90\nx 2022 100\nx 2023 110", "statcan")
    assert said(one) == ("missed", "not_available", None, None)


def test_a_composite_of_which_one_has_no_symbol(run: Run, project: Project) -> None:
    """Two years have no symbol, so the worst of both is not known; any of them has no rule at all."""
    goals = LEVEL + goal("x", 'all = ["a", "b"]', series=None) + goal("any", 'any = ["a", "b"]', series=None)
    goals += goal("a", "target = 130", "due = 2026") + goal("b", "target = 130", "due = 2026", series="y")
    found = seen(run, project, goals, GROWING + "\ny 2022 1\ny 2023 2", "--as-of", "2024-03-01", "--method", "destatis")
    assert said(found["x"]) == ("too-few", "not_available", None, None)
    assert said(found["any"]) == ("on-track", None, None, None)


def test_a_target_that_cannot_be_computed_yet(run: Run, project: Project) -> None:
    """Twice a year that has no figure: no data, and no rule pretends to know."""
    goals = LEVEL + goal("x", "target = { times = 2, of = 2015 }", "due = 2026")
    for method in METHODS:
        assert said(judged(run, project, goals, GROWING, method)) == ("no-data", "not_available", None, None)


def test_a_census_baseline_stands_for_its_year(run: Run, project: Project) -> None:
    """A count in November 2020 is that year's only figure: 100 → 121 in 3 + 1/6 years, years by the day."""
    goals = LEVEL + goal("x", "target = 150", "due = 2025", 'baseline = { period = "2020-11", value = 100 }')
    one = judged(run, project, goals, "x 2021 102\nx 2022 110\nx 2023 121", "statcan")
    # from 2020-11-30 to 2023-12-31: 3 years and 31 of the 366 days to 2024-11-30
    observed = 1.21 ** (1 / (3 + 31 / 366)) - 1
    required = 1.5 ** (1 / (5 + 31 / 365)) - 1
    assert one["verdict"]["ratio"] == pytest.approx(observed / required, abs=1e-11)
