"""Every figure of `status --json` for one goal with a history, against arithmetic done by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Project, Run

HEADER = "series,period,value,quality,published,recorded_at\n"


def seen(run: Run, project: Project, goals: str, actuals: str, *options: str) -> dict[str, Any]:
    """Return the goals of a project by id; actuals are written `x 2020 100`, one a line, further columns after."""
    rows = "".join(",".join([*line.split(), *[""] * 3][:6]) + "\n" for line in actuals.strip().splitlines())
    done = run("status", "--json", "--lang", "en", *options, cwd=project.write(goals, HEADER + rows))
    assert done.code == 0, done.err
    return {goal["id"]: goal for goal in json.loads(done.out)["goals"]}


def goal(id_: str, *lines: str, series: str | None = "x") -> str:
    """Return a goal's table in TOML."""
    of = f'series = "{series}"\n' if series else ""
    return f'[[goals]]\nid = "{id_}"\nname = "{id_}"\n{of}' + "\n".join(lines) + "\n"


def test_a_level_is_compound(run: Run, project: Project) -> None:
    """100 → 121 in 2 years is 10 % a year; 100 → 200 in 4 is 2^¼ − 1; 121 → 200 in 2 is √(200/121) − 1.

    The path stands at 100·√2; ln(200/121)/ln 1.1 = 5.27254 years are 2027-12-31 and .27254 × 366 → 100 days.
    """
    level = '[series.x]\nunit = "t"\n' + goal("x", "target = 200", "due = 2024", "baseline = 2020")
    one = seen(run, project, level, "x 2020 100\nx 2022 121", "--as-of", "2023-06-30")["x"]
    assert one["growth"] == {
        "unit": "fraction/year",
        "observed": 0.1,
        "planned": pytest.approx(2**0.25 - 1, abs=1e-12),
        "required": pytest.approx((200 / 121) ** 0.5 - 1, abs=1e-12),
        "undefined": None,
    }
    assert (one["gap"], one["progress"], one["elapsed"]) == (79, 0.21, 0.5)
    assert one["expected"] == pytest.approx(141.421356237, abs=1e-9)
    assert one["ahead"] == pytest.approx(121 - 141.421356237, abs=1e-9)
    assert one["pace"] == pytest.approx(0.1 / 0.189207115003, abs=1e-9)
    assert (one["projected"]["value"], one["reaches"]) == (146.41, "2028-04-09")
    assert one["actual"]["age_days"] == 181
    # years(2020-12-31, 2023-06-30) = 2 + 181/365; left 184 + 366 days, that is 1 year and 184/365
    assert one["today"]["elapsed"] == pytest.approx((2 + 181 / 365) / 4, abs=1e-11)
    assert one["today"]["left"] == 550
    assert one["today"]["required"] == pytest.approx((200 / 121) ** (1 / (1 + 184 / 366)) - 1, abs=1e-3)
    assert one["today"]["unit"] == "fraction/year"


def test_the_same_on_a_linear_path(run: Run, project: Project) -> None:
    """(121 − 100)/2 = 10.5 of (200 − 100)/4 = 25 a year; 79 in 2 years are 39.5; 79/10.5 years from 2022."""
    goals = '[series.x]\nunit = "t"\n' + goal("x", "target = 200", "due = 2024", "baseline = 2020", 'path = "linear"')
    one = seen(run, project, goals, "x 2020 100\nx 2022 121", "--as-of", "2023-01-31")["x"]
    growth = one["growth"]
    assert (growth["unit"], growth["observed"], growth["planned"], growth["required"]) == ("t/year", 10.5, 25, 39.5)
    assert (one["expected"], one["ahead"], one["pace"]) == (150, -29, 0.42)
    assert one["projected"]["value"] == 142
    assert one["reaches"] == "2030-07-11"  # 7.5238 years: 2029-12-31 and .5238 × 365 = 191.2 → 192 days


@pytest.mark.parametrize(("kind", "unit", "said"), [("ratio", "%", "pp"), ("ratio", "份", "份"), ("level", "%", "%")])
def test_the_unit_of_a_linear_rate(run: Run, project: Project, kind: str, unit: str, said: str) -> None:
    """Only a ratio in % grows in percentage points; with half a year to go per month, with 59 days per day."""
    goals = f'[series.x]\nkind = "{kind}"\nunit = "{unit}"\n'
    for id_, due in (("year", "2024-12"), ("month", "2024-06"), ("day", "2024-02-28")):
        goals += goal(id_, "target = 50", f'due = "{due}"', "baseline = 2022", 'path = "linear"')
    found = seen(run, project, goals, "x 2022 38\nx 2023 44", "--as-of", "2024-01-05")
    rates = {id_: (one["growth"]["unit"], one["growth"]["observed"]) for id_, one in found.items()}
    assert rates == {
        "year": (f"{said}/year", 6),
        "month": (f"{said}/month", 0.5),
        "day": (f"{said}/day", pytest.approx(6 / 365, abs=1e-12)),
    }
    assert found["day"]["growth"]["required"] == pytest.approx(6 / 59, abs=1e-12)
    # 182 of 366 days are left of that year
    assert found["month"]["growth"]["required"] == pytest.approx(6 / (12 * 182 / 366), abs=1e-11)


def test_a_ratio_on_a_compound_path_grows_by_a_fraction(run: Run, project: Project) -> None:
    """40 → 44 is 10 % in a year."""
    goals = '[series.x]\nkind = "ratio"\nunit = "%"\n'
    goals += goal("x", "target = 50", "due = 2025", "baseline = 2022", 'path = "compound"')
    growth = seen(run, project, goals, "x 2022 40\nx 2023 44", "--as-of", "2024-01-05")["x"]["growth"]
    assert (growth["unit"], growth["observed"]) == ("fraction/year", 0.1)


@pytest.mark.parametrize(
    ("actuals", "target", "undefined"),
    [("x 2020 -4\nx 2022 2", "8", "baseline is"), ("x 2020 4\nx 2022 -2", "8", "actual is"),
     ("x 2020 4\nx 2022 2", "-6", "target is")],
)  # fmt: skip
def test_a_change_of_sign_is_linear(run: Run, project: Project, actuals: str, target: str, undefined: str) -> None:
    """No compound rate crosses 0, also where it was asked for: the amounts are given, with the reason."""
    goals = goal("x", f"target = {target}", "due = 2024", "baseline = 2020", 'path = "compound"')
    one = seen(run, project, goals, actuals, "--as-of", "2023-01-31")["x"]
    first, second = (float(line.split()[2]) for line in actuals.splitlines())
    assert one["growth"]["observed"] == (second - first) / 2
    assert one["growth"]["unit"] == "/year"
    assert undefined in one["growth"]["undefined"]


def test_every_form_of_target(run: Run, project: Project) -> None:
    """Of 50 in 2020 and 60 in 2022: 2 × 50; 60 + 20; 60 · 1.1² = 72.6; 51 · .5 + 3 = 28.5 at due; the band's edge."""
    goals = (
        goal("times", "target = { times = 2, of = 2020 }", "due = 2024", "baseline = 2022")
        + goal("change", "target = { change = 20 }", "due = 2024", "baseline = 2022")
        + goal("growth", "target = { growth = 0.1 }", "due = 2024", "baseline = 2022")
        + goal("series", 'target = { series = "y", share = 0.5, offset = 3 }', "due = 2024", "baseline = 2022")
        + goal("band", "target = { between = [65, 70] }", "due = 2024", "baseline = 2022")
        + goal("own", "target = { change = 5 }", "due = 2024", "baseline = { period = 2019, value = 45 }")
        + goal("unknown", "target = { times = 2, of = 2018 }", "due = 2024")
    )
    found = seen(run, project, goals, "x 2020 50\nx 2022 60\ny 2022 40\ny 2023 51", "--as-of", "2023-12-31")
    forms = {id_: (one["target"]["form"], one["target"]["value"]) for id_, one in found.items()}
    # the reference grew by 51/40 − 1 in its last year and is carried on by it: 51 · 51/40 = 65.025
    assert forms == {
        "times": ("times", 100),
        "change": ("change", 80),
        "growth": ("growth", pytest.approx(72.6, abs=1e-9)),
        "series": ("series", pytest.approx(65.025 * 0.5 + 3, abs=1e-9)),
        "band": ("between", 65),
        "own": ("change", 50),
        "unknown": ("times", None),
    }
    assert (found["unknown"]["status"], found["unknown"]["gap"]) == ("no-data", None)
    assert found["own"]["baseline"] == {"period": "2019", "on": "2019-12-31", "value": 45}
    assert (found["own"]["status"], found["own"]["achieved_on"]) == ("achieved", "2020-12-31")


def test_a_moving_target(run: Run, project: Project) -> None:
    """R = 2 · y + 1: 21 and 25 in the common years 2020 and 2022; x is 19 and 24, so 1 is to go now.

    y, a ratio, goes on by (12 − 10)/2 = 1 a year: 14 in 2024, so T is 29. With y for 2024 recorded T is R itself.
    """
    goals = '[series.x]\n[series.y]\nkind = "ratio"\n'
    goals += goal("x", 'target = { series = "y", share = 2, offset = 1 }', "due = 2024", "baseline = 2020")
    actuals = "x 2020 19\nx 2022 24\ny 2020 10\ny 2022 12\ny 2024 13"
    before = seen(run, project, goals, actuals, "--as-of", "2023-06-30")["x"]
    assert (before["target"]["value"], before["target"]["now"]) == (29, 25)
    assert (before["gap"], before["gap_now"], before["progress"]) == (5, 1, 0.5)
    assert before["model"] == "trend"
    after = seen(run, project, goals, actuals, "--as-of", "2025-01-31")["x"]
    assert (after["target"]["value"], after["status"]) == (27, "awaiting")
    met = seen(run, project, goals, actuals + "\nx 2024 27", "--as-of", "2025-01-31")["x"]
    assert (met["status"], met["achieved_on"]) == ("achieved", "2024-12-31")


def test_a_reference_with_one_point_is_held_flat(run: Run, project: Project) -> None:
    """One point has no growth: T stays 12, said in the reason; one common period is too few."""
    goals = goal("x", 'target = { series = "y" }', "due = 2024", "baseline = 2020")
    one = seen(run, project, goals, "x 2020 9\nx 2022 10\ny 2022 12", "--as-of", "2023-06-30")["x"]
    assert (one["target"]["value"], one["status"], one["chance"]) == (12, "too-few", None)
    assert "held flat" in one["reason"]


def test_a_band(run: Run, project: Project) -> None:
    """[2, 3]: below it .5 to go, inside 0, above it .4; progress goes to the edge nearest the baseline."""
    goals = "".join(
        f"[series.{id_}]\n" + goal(id_, "target = { between = [2, 3] }", "due = 2024", 'mode = "at"', series=id_)
        for id_ in ("below", "inside", "above")
    )
    rows = "below 2020 1\nbelow 2022 1.5\ninside 2020 2.5\ninside 2022 3\nabove 2020 4.4\nabove 2022 3.4"
    found = seen(run, project, goals, rows, "--as-of", "2023-06-30")
    assert {id_: (one["gap"], one["target"]["value"]) for id_, one in found.items()} == {
        "below": (0.5, 2),
        "inside": (0, 3),
        "above": (0.4, 3),
    }
    progress = {id_: one["progress"] for id_, one in found.items()}
    assert progress == {"below": 0.5, "inside": None, "above": pytest.approx(1 / 1.4, abs=1e-12)}
    assert found["inside"]["growth"]["planned"] is None
    assert found["below"]["target"] | {"low": 2, "high": 3} == found["below"]["target"]
    assert all(one["direction"] is None for one in found.values())


def test_the_chance_of_a_band_is_the_difference_of_two_chances(run: Run, project: Project) -> None:
    """P(above 20) − P(above 30), each as its own goal."""
    goals = (
        goal("band", "target = { between = [20, 30] }", "due = 2024", 'mode = "at"')
        + goal("low", "target = 20", "due = 2024", 'mode = "at"')
        + goal("high", "target = 30", "due = 2024", 'mode = "at"')
    )
    found = seen(run, project, goals, "x 2019 18\nx 2020 22\nx 2021 21\nx 2022 25", "--as-of", "2023-06-30")
    assert found["band"]["chance"] == pytest.approx(found["low"]["chance"] - found["high"]["chance"], abs=1e-9)


def test_tolerance(run: Run, project: Project) -> None:
    """54.11 − 44 is 10.11 and not more: within .11 of 10.22 it is met, within .1 it is not."""
    goals = "".join(
        goal(id_, "target = 54.11", "due = 2022", f"tolerance = {t}") for id_, t in (("a", 10.11), ("b", 10.1))
    )
    found = seen(run, project, goals, "x 2020 40\nx 2022 44", "--as-of", "2023-06-30")
    assert (found["a"]["status"], found["b"]["status"]) == ("achieved", "missed")
    assert found["a"]["gap"] == 10.11


@pytest.mark.parametrize(
    ("actuals", "status", "on", "lapsed"),
    [
        ("x 2020 1\nx 2021 9\nx 2022 3", "achieved", "2021-12-31", True),
        ("x 2020 1\nx 2022 2\nx 2023 9", "missed", "2023-12-31", False),
        ("x 2020 9\nx 2021 9", "achieved", "2021-12-31", False),
        ("x 2019 9\nx 2020 1\nx 2021 3", "on-track|at-risk|off-track", None, False),
    ],
    ids=["lapsed", "late", "only after the baseline", "an actual before the baseline"],
)
def test_by(run: Run, project: Project, actuals: str, status: str, on: str | None, lapsed: bool) -> None:
    """The first actual after the baseline that meets 8 by 2022 achieves it; a later one is late."""
    as_of = "2024-01-31" if "2022" in actuals else "2022-01-31"
    one = seen(run, project, goal("x", "target = 8", "due = 2022", "baseline = 2020"), actuals, "--as-of", as_of)["x"]
    assert one["status"] in status.split("|")
    assert (one["achieved_on"], one["lapsed"]) == (on, lapsed)


@pytest.mark.parametrize(
    ("due", "last", "first"),
    [("2024", "2025-12-31", "2026-01-01"), ("2024-01", "2024-03-01", "2024-03-02")],
    ids=["one step, a year", "30 days at least"],
)
def test_from_awaiting_to_overdue(run: Run, project: Project, due: str, last: str, first: str) -> None:
    """Due 2024-01-31 and a month: by calendar that is 2024-02-29, and 30 days are 2024-03-01."""
    rows = "x 2022 1\nx 2023 2" if due == "2024" else "x 2023-11 1\nx 2023-12 2"
    goals = goal("x", "target = 8", f'due = "{due}"')
    for day, status in ((last, "awaiting"), (first, "overdue")):
        one = seen(run, project, goals, rows, "--as-of", day)["x"]
        assert (one["status"], one["chance"], one["today"]["required"]) == (status, None, None)


def test_stale_after_two_steps_by_calendar(run: Run, project: Project) -> None:
    """Two months after 2024-12-31 is 2025-02-28; a lag of 10 days moves it to 2025-03-10, every quarter to 06-30."""
    goals = (
        goal("x", "target = 8", "due = 2026")
        + goal("lag", "target = 8", "due = 2026", 'lag = "10d"')
        + goal("every", "target = 8", "due = 2026", 'every = "quarter"')
    )
    days = {"2025-02-28": [], "2025-03-01": ["x"], "2025-03-11": ["x", "lag"], "2025-07-01": ["x", "lag", "every"]}
    for day, stale in days.items():
        found = seen(run, project, goals, "x 2024-11 1\nx 2024-12 2", "--as-of", day)
        assert [id_ for id_, one in found.items() if one["stale"]] == stale


@pytest.mark.parametrize(
    ("actuals", "status", "missing"),
    [
        ("x 2021 9\nx 2022 9", "on-track", None),
        ("x 2021 9\nx 2022 9\nx 2024 9\nx 2027 9", "achieved", "1 period has"),
        ("x 2021 9\nx 2022 7\nx 2023 9", "missed", None),
        ("x 2023 9\nx 2024 9", "achieved", "2 periods have"),
    ],
    ids=["kept so far", "a missing period breaks nothing", "broken", "missing since the baseline"],
)
def test_keep(run: Run, project: Project, actuals: str, status: str, missing: str | None) -> None:
    """8 in every period from 2020 to 2024: only recorded ones break it, those without a value are counted."""
    rows = f"x 2020 8\n{actuals}"
    goals = goal("x", "target = 8", "due = 2024", "baseline = 2020", 'mode = "keep"')
    as_of = "2028-01-31" if "2024" in actuals else "2024-01-31"
    one = seen(run, project, goals, rows, "--as-of", as_of)["x"]
    assert (one["status"], one["expected"], one["bound"]) == (status, 8, "upper")
    assert (one["growth"]["planned"], one["growth"]["required"], one["pace"], one["progress"]) == (None,) * 4
    assert (missing or "no value") in one["reason"] or missing is None
    assert missing is not None or "no value" not in one["reason"]


def test_no_baseline(run: Run, project: Project) -> None:
    """Without one the first actual is y0: (6 − 4)/(8 − 4); a declared one without an actual leaves those null."""
    goals = goal("without", "target = 8", "due = 2024") + goal("empty", "target = 8", "due = 2024", "baseline = 2019")
    found = seen(run, project, goals, "x 2020 4\nx 2022 6", "--as-of", "2023-01-31")
    assert (found["without"]["progress"], found["without"]["elapsed"]) == (0.5, 0.5)
    empty = found["empty"]
    assert empty["baseline"] == {"period": "2019", "on": "2019-12-31", "value": None}
    assert [empty[key] for key in ("progress", "elapsed", "expected", "ahead", "pace")] == [None] * 5
    assert (empty["growth"]["observed"], empty["growth"]["planned"]) == (None, None)
    assert empty["chance"] is not None
    assert "2019 has no actual" in empty["reason"]


def test_nothing_recorded(run: Run, project: Project) -> None:
    """Missing is null, never 0."""
    one = seen(run, project, "[series.x]\n" + goal("x", "target = 8", "due = 2024"), "", "--as-of", "2023-01-31")["x"]
    assert (one["status"], one["actual"], one["target"]["value"]) == ("no-data", None, 8)
    assert [one[key] for key in ("gap", "progress", "elapsed", "expected", "chance", "reaches")] == [None] * 6


def test_steps_bend_the_path_alone(run: Run, project: Project) -> None:
    """From 10 by 14 in 2022 to 16 in 2024: 12 after one year, 15 after three; planned stays (16 − 10)/4."""
    goals = goal(
        "x", "target = 16", "due = 2024", "baseline = 2020", 'path = "linear"', "steps = [{ due = 2022, target = 14 }]"
    )
    early = seen(run, project, goals, "x 2020 10\nx 2021 11", "--as-of", "2022-01-31")["x"]
    assert (early["expected"], early["ahead"], early["growth"]["planned"]) == (12, -1, 1.5)
    late = seen(run, project, goals, "x 2020 10\nx 2022 13\nx 2023 15", "--as-of", "2024-01-31")["x"]
    assert (late["expected"], late["ahead"]) == (15, 0)
    assert "the step due 2022-12-31 was missed" in late["reason"]


def test_a_step_before_the_first_actual_bends_nothing(run: Run, project: Project) -> None:
    """Without a baseline the way starts at the first actual, 2021: (10 + 16)/2 halfway, whatever 2020 was to be."""
    goals = goal("x", "target = 16", "due = 2025", 'path = "linear"', "steps = [{ due = 2020, target = 3 }]")
    one = seen(run, project, goals, "x 2021 10\nx 2023 11", "--as-of", "2024-01-31")["x"]
    assert (one["expected"], one["ahead"]) == (13, -2)


def test_a_rank_has_a_gap_and_a_chance_alone(run: Run, project: Project) -> None:
    """Rank 9 → 6 towards 5, lower is better: 1 to go, 3/4 of the way, and no rates."""
    goals = '[series.x]\nkind = "rank"\n' + goal(
        "x", "target = 5", "due = 2024", "baseline = 2020", 'direction = "down"'
    )
    one = seen(run, project, goals, "x 2020 9\nx 2022 6", "--as-of", "2023-01-31")["x"]
    assert (one["gap"], one["progress"], one["growth"], one["pace"], one["reaches"]) == (1, 0.75, None, None, None)
    assert (one["projected"]["value"], one["model"]) == (None, "trend")


@pytest.mark.parametrize(
    ("rows", "as_of", "status"),
    [("", "2023-06-30", "open"), ("", "2024-01-30", "awaiting"), ("", "2024-01-31", "overdue"),
     ("x 2023-05-04 1", "2023-06-30", "achieved"), ("x 2024-01-02 0", "2024-01-31", "missed")],
)  # fmt: skip
def test_a_milestone(run: Run, project: Project, rows: str, as_of: str, status: str) -> None:
    """Open until done; after 2023 awaited for 30 days; a 0 at or after due says that it was not done."""
    goals = '[series.x]\nkind = "milestone"\n' + goal("x", "due = 2023")
    one = seen(run, project, goals, rows, "--as-of", as_of)["x"]
    assert (one["status"], one["progress"]) == (status, 1 if status == "achieved" else 0)
    assert (one["gap"], one["growth"], one["chance"], one["expected"], one["projected"]) == (None,) * 5


def test_growth_of_a_single_year(run: Run, project: Project) -> None:
    """7 % so far against 8 %, and last year half came in each half: 100 · 1.08 = 50 · 1.07 + 50 · 1.09."""
    goals = '[series.x]\nkind = "growth"\nlevel = "y"\n[series.y]\nkind = "ytd"\n' + goal(
        "x", "target = 8", "due = 2024"
    )
    rows = "x 2023 6\nx 2024-06 7\ny 2023-06 50\ny 2023-12 100"
    one = seen(run, project, goals, rows, "--as-of", "2024-07-31")["x"]
    assert (one["gap"], one["growth"]["required"]) == (1, pytest.approx(9, abs=1e-9))
    assert (one["chance"], one["model"]) == (None, None)


def test_growth_chains_over_the_years(run: Run, project: Project) -> None:
    """10 % and 21 % leave (1.1² · 1.1²/(1.1 · 1.21))^½ = √1.1 − 1 = 4.88 % for the last two of four years at 10 %."""
    goals = '[series.x]\nkind = "growth"\n' + goal("x", "target = 10", "due = 2024", "baseline = 2020")
    one = seen(run, project, goals, "x 2021 10\nx 2022 21", "--as-of", "2023-01-31")["x"]
    assert one["actual"]["value"] == pytest.approx(100 * ((1.1 * 1.21) ** 0.5 - 1), abs=1e-9)
    assert one["growth"]["required"] == pytest.approx(100 * (1.1**0.5 - 1), abs=1e-9)
    assert (one["growth"]["unit"], one["status"], one["chance"]) == ("%/year", "on-track", None)
    off = seen(run, project, goals, "x 2021 1\nx 2022 2", "--as-of", "2023-01-31")["x"]
    assert off["status"] == "off-track"  # √(1.1⁴/(1.01 · 1.02)) − 1 = 19.2 %, more than either


def test_promises_in_force(run: Run, project: Project) -> None:
    """`until` is inclusive, and of several revisions the smallest `until` on or after the day holds."""
    goals = goal("x", "target = 30", "due = 2026") + (
        "revisions = [{ until = 2024-06-30, target = 20, due = 2025 }, { until = 2023-06-30, target = 10 }]\n"
    )
    for day, target, due in (
        ("2023-06-30", 10, "2026-12-31"), ("2023-07-01", 20, "2025-12-31"), ("2024-06-30", 20, "2025-12-31"),
        ("2024-07-01", 30, "2026-12-31"),
    ):  # fmt: skip
        one = seen(run, project, goals, "x 2020 4\nx 2022 6", "--as-of", "2025-01-31", "--known-on", day)["x"]
        assert (one["target"]["value"], one["due"]) == (target, due)
    assert seen(run, project, goals, "x 2020 4\nx 2022 6", "--as-of", "2023-01-31")["x"]["target"]["value"] == 30


def test_what_was_known(run: Run, project: Project) -> None:
    """`published` decides, else the day of `recorded_at`; --recorded-by looks at the ledger alone."""
    rows = (
        "x 2020 4 final 2021-03-01 2024-01-01T00:00:00Z\nx 2021 5 provisional 2022-03-01 2024-01-01T00:00:00Z\n"
        "x 2021 6 final 2022-09-01 2024-01-02T00:00:00Z\nx 2022 7 retracted 2023-03-01 2024-01-03T00:00:00Z"
    )
    goals = goal("x", "target = 30", "due = 2026")

    def latest(*options: str) -> tuple[str | None, float | None, bool]:
        one = seen(run, project, goals, rows, "--as-of", "2025-01-31", *options)["x"]
        actual = one["actual"] or {"period": None, "value": None}
        return actual["period"], actual["value"], one["provisional"]

    assert latest("--known-on", "2021-12-31") == ("2020", 4, False)
    assert latest("--known-on", "2022-03-01") == ("2021", 5, True)
    assert latest("--known-on", "2022-09-01") == ("2021", 6, False)
    assert latest() == ("2021", 6, False)
    assert latest("--recorded-by", "2023-12-31") == (None, None, False)
    assert latest("--recorded-by", "2024-01-01") == ("2021", 5, True)


def test_leap_days_and_the_ends_of_the_calendar(run: Run, project: Project) -> None:
    """2024-02-29 → 2028-02-29 is 4 years, and so is the way from its first anniversary, 2025-02-28, less one."""
    goals = goal("leap", "target = 8", "due = 2028-02-29", "baseline = 2024-02-29")
    goals += goal("ends", "target = 8", 'due = "9999"', 'baseline = "0001"', series="y")
    rows = "x 2024-02-29 4\nx 2025-02-28 5\ny 0001 1\ny 0002 2"
    found = seen(run, project, goals, rows, "--as-of", "2025-03-31")
    assert (found["leap"]["elapsed"], found["leap"]["progress"]) == (0.25, 0.25)
    assert found["ends"]["elapsed"] == pytest.approx(1 / 9998, abs=1e-15)


@pytest.mark.parametrize("size", ["1e300", "1e-300", "1.7e308", "5e-324"])
@pytest.mark.parametrize("kind", ["level", "ratio", "total", "flow", "rank"])
def test_numbers_at_the_ends_of_floats(run: Run, project: Project, size: str, kind: str) -> None:
    """Figures that leave the range of floats are null; nothing breaks and nothing infinite is written."""
    goals = f'[series.x]\nkind = "{kind}"\nunit = "%"\n[series.y]\nkind = "{kind}"\n'
    goals += goal("one", "target = 3", "due = 2026") + goal("huge", f"target = {size}", "due = 2026", series="y")
    goals += goal("moving", 'target = { series = "y", share = -2 }', "due = 2026")
    goals += goal("sum", 'sum = ["x", "y"]', "target = 9", "due = 2026", series=None)
    rows = f"x 2020 {size}\nx 2021 1\nx 2022 {size}\ny 2020 1\ny 2021 {size}\ny 2022 {size}"
    found = seen(run, project, goals, rows, "--as-of", "2023-01-31")
    assert len(found) == 4
    assert "Infinity" not in json.dumps(found)


def test_what_rests_on_a_figure_that_is_not_final(run: Run, project: Project) -> None:
    """The latest, the baseline, or the one that met the target; another year's estimate does not matter."""
    goals = "".join(
        f"[series.{id_}]\n" + goal(id_, "target = 8", "due = 2025", "baseline = 2020", series=id_) for id_ in "abcd"
    )
    rows = ""
    for id_, soft in (("a", 2022), ("b", 2020), ("c", 2021), ("d", None)):
        for year, value in ((2020, 1), (2021, 9 if id_ == "c" else 2), (2022, 3)):
            rows += f"{id_} {year} {value} {'estimate' if year == soft else 'final'}\n"
    rows += "d 2019 1 estimate"
    found = seen(run, project, goals, rows, "--as-of", "2023-01-31")
    assert {id_: one["provisional"] for id_, one in found.items()} == {"a": True, "b": True, "c": True, "d": False}
