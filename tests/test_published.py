"""Published growth rates, through the command, by hand: design section 13, "growth"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

RATE = '[series.x]\nkind = "growth"\nunit = "%"\n'


def rate(run: Run, project: Project, lines: str, rows: str, day: str, more: str = "") -> dict[str, Any]:
    """Return the record of a goal on a published rate."""
    return dict(seen(run, project, RATE + more + goal("x", *lines.split("; ")), rows, "--as-of", day)["x"])


PLAN = "target = 7; baseline = 2020; due = 2025; tolerance = 0.5"


@pytest.mark.parametrize(
    ("rates", "status"),
    [
        ("x 2021 8.4\nx 2022 5.2\nx 2023 6", "on-track"),  # the mean is 6.52, within the tolerance
        ("x 2021 8.4\nx 2022 3\nx 2023 6", "at-risk"),  # 5.78; 8.85 is needed for 7 and 7.59 for 6.5: 8.4 was had
        ("x 2021 6\nx 2022 3\nx 2023 6", "off-track"),  # 4.99; also 6.5 needs 8.8, more than any of 6, 3 and 6
    ],
)
def test_a_plan_of_about_seven_percent(run: Run, project: Project, rates: str, status: str) -> None:
    """Rates chain: the mean is (Π(1+g))^(1/3) − 1, and the two years left need (1.07^5/Π(1+g))^(1/2) − 1."""
    one = rate(run, project, PLAN, rates, "2024-02-28")
    done = 1.0
    for line in rates.splitlines():
        done *= 1 + float(line.split()[2]) / 100
    mean = (done ** (1 / 3) - 1) * 100
    assert one["status"] == status
    assert one["actual"]["value"] == pytest.approx(mean, abs=1e-9)
    growth = one["growth"]
    assert (growth["unit"], growth["planned"]) == ("%/year", 7)
    assert growth["observed"] == pytest.approx(mean, abs=1e-9)
    assert growth["required"] == pytest.approx(((1.07**5 / done) ** 0.5 - 1) * 100, abs=1e-9)
    assert one["gap"] == pytest.approx(7 - mean, abs=1e-9)
    assert (one["elapsed"], one["chance"], one["model"], one["bound"]) == (0.6, None, None, None)
    assert "no chance is computed for a published rate" in one["reason"]


@pytest.mark.parametrize(("last", "status"), [(8, "achieved"), (4, "missed")])
def test_the_plan_is_decided_by_the_mean_at_due(run: Run, project: Project, last: float, status: str) -> None:
    """8.4, 5.2, 6 and 6 with 8 have a mean of 6.71, with 4 of 5.91: about 7 % is 6.5 and more."""
    rows = f"x 2021 8.4\nx 2022 5.2\nx 2023 6\nx 2024 6\nx 2025 {last}"
    one = rate(run, project, PLAN, rows, "2026-02-28")
    assert (one["status"], one["growth"]["required"]) == (status, None)
    assert one["achieved_on"] == ("2025-12-31" if status == "achieved" else None)


def test_part_of_a_year_is_not_in_the_mean(run: Run, project: Project) -> None:
    """With 7.5 for three quarters of 2024 the mean is still that of 2021 to 2023, and so is its day."""
    rows = "x 2021 8.4\nx 2022 5.2\nx 2023 6\nx 2024-Q3 7.5"
    one = rate(run, project, PLAN, rows, "2024-10-31")
    assert (one["actual"]["period"], one["actual"]["age_days"]) == ("2023", 305)
    assert one["actual"]["value"] == pytest.approx(((1.084 * 1.052 * 1.06) ** (1 / 3) - 1) * 100, abs=1e-9)
    assert one["stale"] is False


def test_without_any_rate_there_is_no_data(run: Run, project: Project) -> None:
    """A goal on a rate that nobody published yet says so, whatever its form."""
    for lines in (PLAN, "target = 3; due = 2024; direction = 'down'; mode = 'keep'"):
        one = rate(run, project, lines, "", "2024-02-28")
        assert (one["status"], one["actual"], one["growth"]["observed"]) == ("no-data", None, None)


def test_after_everything_was_lost_no_rate_helps(run: Run, project: Project) -> None:
    """A rate of -100 % leaves nothing to grow: what the years left need cannot be said."""
    one = rate(run, project, PLAN, "x 2021 8.4\nx 2022 -100\nx 2023 6", "2024-02-28")
    assert (one["actual"]["value"], one["growth"]["required"], one["status"]) == (-100, None, "at-risk")


def test_a_rate_is_printed_as_it_was_recorded(run: Run, project: Project) -> None:
    """Nothing was computed for it, so nothing is rounded; the mean of several is settled."""
    rows = "series,period,value,source\nx,2023,9,\nx,2024-Q3,6.512345678901234,Bulletin\n"
    folder = project.write(RATE + goal("x", "target = 7", "due = 2024"), rows)
    one = json.loads(run("status", "--json", "--as-of", "2024-10-31", cwd=folder).out)["goals"][0]
    assert (one["actual"]["value"], one["actual"]["source"]) == (6.512345678901234, "Bulletin")


def test_the_mean_rests_on_every_rate(run: Run, project: Project) -> None:
    """One year of the chain that is not final makes the mean provisional."""
    rows = "x 2021 8.4\nx 2022 5.2 estimate\nx 2023 6"
    assert rate(run, project, PLAN, rows, "2024-02-28")["provisional"] is True


SHARES = '[series.y]\nkind = "{kind}"\n'


@pytest.mark.parametrize(
    ("kind", "level"),
    [("flow", (20, 25, 27, 28)), ("ytd", (20, 45, 72, 100))],
)
def test_the_rest_of_the_year(run: Run, project: Project, kind: str, level: tuple[float, ...]) -> None:
    """6.5 % to September on 72 of last year's 100: 7 % for the year needs (107 − 72·1.065)/28 − 1 = 8.2857 %.

    Last year's shares weigh the rates, so rates may be real and the shares nominal.
    """
    more = SHARES.format(kind=kind)
    text = RATE.replace('unit = "%"', 'unit = "%"\nlevel = "y"') + more + goal("x", "target = 7", "due = 2024")
    rows = "".join(f"y 2023-Q{quarter} {value}\n" for quarter, value in enumerate(level, 1))
    one = seen(run, project, text, rows + "x 2021 8\nx 2022 3\nx 2023 9\nx 2024-Q3 6.5", "--as-of", "2024-10-31")["x"]
    assert one["actual"]["value"] == 6.5
    assert (one["gap"], one["status"]) == (0.5, "at-risk")  # 9 was had
    assert one["growth"]["required"] == pytest.approx(((107 - 72 * 1.065) / 28 - 1) * 100, abs=1e-9)
    harder = text.replace("target = 7", "target = 7.5")
    one = seen(run, project, harder, rows + "x 2021 8\nx 2022 3\nx 2023 9\nx 2024-Q3 6.5", "--as-of", "2024-10-31")["x"]
    assert one["status"] == "off-track"  # (107.5 − 76.68)/28 − 1 = 10.07 % is more than any of the last three


def test_the_rest_of_a_year_after_a_leap_day(run: Run, project: Project) -> None:
    """6 % to 28 February on 10 of 100 to 29 February last year: (107 − 10.6)/90 − 1."""
    text = RATE.replace('unit = "%"', 'unit = "%"\nlevel = "y"') + SHARES.format(kind="ytd")
    text += goal("x", "target = 7", "due = 2025")
    rows = "y 2024-01 4\ny 2024-02 10\ny 2024-12 100\nx 2023 9\nx 2024 8\nx 2025-02 6"
    one = seen(run, project, text, rows, "--as-of", "2025-03-31")["x"]
    assert one["growth"]["required"] == pytest.approx(((107 - 10.6) / 90 - 1) * 100, abs=1e-9)


def test_a_level_may_be_recorded_without_a_table(run: Run, project: Project) -> None:
    """Like every series that has actuals; one that has neither is named with its line."""
    text = RATE.replace('unit = "%"', 'unit = "%"\nlevel = "y"') + goal("x", "target = 7", "due = 2024")
    rows = "".join(f"y 2023-Q{quarter} {value}\n" for quarter, value in enumerate((20, 25, 27, 28), 1))
    one = seen(run, project, text, rows + "x 2023 9\nx 2024-Q3 6.5", "--as-of", "2024-10-31")["x"]
    assert one["growth"]["required"] == pytest.approx(((107 - 72 * 1.065) / 28 - 1) * 100, abs=1e-9)
    done = run("status", cwd=project.write(text, "series,period,value\nx,2023,9\n"))
    assert (done.code, 'the series "y" has neither a table nor an actual' in done.err) == (4, True)


def test_many_rates_have_many_levels(run: Run, project: Project) -> None:
    """What stands in braces in the id of the rate stands for the same in its level; nothing else may."""
    text = '[series."x/{c}"]\nkind = "growth"\nunit = "%"\nlevel = "y/{c}"\n[series."y/{c}"]\nkind = "ytd"\n'
    text += goal("x/{c}", "target = 7", "due = 2024", series="x/{c}")
    rows = "".join(f"y/a 2023-Q{quarter} {value}\n" for quarter, value in enumerate((20, 45, 72, 100), 1))
    rows += "x/a 2023 9\nx/a 2024-Q3 6.5\nx/b 2023 9\nx/b 2024-Q3 6.5"
    found = seen(run, project, text, rows, "--as-of", "2024-10-31")
    assert found["x/a"]["growth"]["required"] == pytest.approx(((107 - 72 * 1.065) / 28 - 1) * 100, abs=1e-9)
    assert found["x/b"]["growth"]["required"] is None
    done = run("status", cwd=project.write(text.replace('level = "y/{c}"', 'level = "y/{d}"'), "series,period,value\n"))
    assert (done.code, "level: {d} is not in the series' id" in done.err) == (4, True)


def test_without_shares_nothing_says_what_the_rest_needs(run: Run, project: Project) -> None:
    """Required is null then, and a rate below its target is at risk."""
    one = rate(run, project, "target = 7; due = 2024", "x 2023 9\nx 2024-Q3 6.5", "2024-10-31")
    assert (one["status"], one["growth"]["required"], one["gap"]) == ("at-risk", None, 0.5)


def test_a_goal_for_part_of_a_year(run: Run, project: Project) -> None:
    """The rate to September decides a goal that is due in September."""
    for value, status in ((7.1, "achieved"), (6.9, "missed")):
        rows = f"x 2024-Q1 7\nx 2024-Q2 7\nx 2024-Q3 {value}"
        one = rate(run, project, 'target = 7; due = "2024-Q3"', rows, "2024-10-31")
        assert (one["status"], one["actual"]["value"]) == (status, value)


def test_a_years_own_rate_holds_beside_its_last_quarter(run: Run, project: Project) -> None:
    """6 for the year and 9 for its fourth quarter end on one day: the year's is 6, in whatever order they stand."""
    for rows in ("x 2023 6\nx 2023-Q4 9", "x 2023-Q4 9\nx 2023 6"):
        one = rate(run, project, "target = 7; due = 2023", f"x 2022 5\n{rows}", "2024-02-28")
        assert (one["actual"]["value"], one["actual"]["period"], one["status"]) == (6, "2023", "missed")


@pytest.mark.parametrize(
    ("allow", "last", "status"),
    [("", 3, "missed"), ("allow = 1", 3, "on-track"), ("allow = 1", 4, "on-track"), ("allow = 1", 3.2, "on-track")],
)
def test_a_rate_to_keep_in_every_period(run: Run, project: Project, allow: str, last: float, status: str) -> None:
    """Prices may rise 3 % at most, every month: 3.4 in February is one miss, which a budget of one allows."""
    lines = f"target = 3; due = 2024; baseline = 2023; direction = 'down'; mode = 'keep'; tolerance = 0.3; {allow}"
    rows = "x 2023-12 9\nx 2024-01 2.5\nx 2024-02 3.4\nx 2024-03 " + ("3" if last == 4 else str(last))
    one = rate(run, project, lines, rows, "2024-04-15")
    assert (one["status"], one["achieved_on"]) == (status, None)
    if status == "on-track":
        one = rate(run, project, lines, f"{rows}\nx 2024-12 3", "2025-01-15")
        assert (one["status"], one["achieved_on"]) == ("achieved", "2024-12-31")
    assert (one["growth"]["planned"], one["growth"]["required"], one["pace"]) == (None,) * 3


@pytest.mark.parametrize(("value", "status"), [(6.5, "on-track"), (9, "at-risk"), (5, "at-risk")])
def test_a_band_of_rates(run: Run, project: Project, value: float, status: str) -> None:
    """Between 6 and 7: the gap is what lies outside."""
    one = rate(run, project, "target = { between = [6, 7] }; due = 2024", f"x 2023 6\nx 2024-Q3 {value}", "2024-10-31")
    assert one["status"] == status
    assert one["gap"] == max(0, 6 - value, value - 7)


def test_a_missing_year_breaks_the_chain(run: Run, project: Project) -> None:
    """Without 2022 the rates since 2020 cannot be chained, and the reason says so."""
    one = rate(run, project, PLAN, "x 2021 8.4\nx 2023 6", "2024-02-28")
    assert (one["status"], one["growth"]["required"]) == ("too-few", None)
    assert "cannot be chained" in one["reason"]


def test_show_explains_the_chain(run: Run, project: Project) -> None:
    """The mean and what is needed stand with every rate in them, in both languages."""
    rate(run, project, PLAN, "x 2021 8.4\nx 2022 5.2\nx 2023 6", "2024-02-28")
    record = json.loads(run("show", "x", "--json", "--lang", "en", "--as-of", "2024-02-28", cwd=project.folder).out)
    lines = {line["figure"]: line["how"] for line in record["explained"]}
    chain = "(1 + 8.4 %) × (1 + 5.2 %) × (1 + 6 %)"
    assert lines["actual"].startswith(f"({chain})^(1 / 3) − 1")
    assert lines["growth.required"].startswith(f"((1 + 7 %)^5 / ({chain}))^(1 / 2) − 1")
    assert chain in run("show", "x", "--lang", "zh", "--as-of", "2024-02-28", cwd=project.folder).out


def test_a_due_inside_the_year_needs_its_own_part_of_it(run: Run, project: Project) -> None:
    """45 of the 70 by September came by June: 6 % by September needs (70·1.06 − 45·1.052)/25 − 1."""
    level = 'level = "y"\n[series.y]\nkind = "flow"\n'
    rows = "y 2024-Q1 20\ny 2024-Q2 25\ny 2024-Q3 25\ny 2024-Q4 30\nx 2025-Q1 5\nx 2025-Q2 5.2"
    one = rate(run, project, 'target = 6; due = "2025-Q3"', rows, "2025-07-20", level)
    assert one["growth"]["required"] == pytest.approx(((70 * 1.06 - 45 * 1.052) / 25 - 1) * 100, abs=1e-9)
    said = run("show", "x", "--as-of", "2025-07-20").out
    assert "what is left up to due needs, by the shares of the year before" in said
    gone = rate(run, project, 'target = 6; due = "2025-Q3"', rows.replace("y 2024-Q1 20\n", ""), "2025-07-20", level)
    assert gone["growth"]["required"] is None


def test_before_the_first_year_of_a_plan_the_target_itself_is_needed(run: Run, project: Project) -> None:
    """No year of the plan has a rate yet, so each must have the target; the rate before it is called so."""
    one = rate(run, project, "target = 5; baseline = 2025; due = 2029", "x 2024 5.6\nx 2025 5.5", "2026-02-20")
    assert (one["growth"]["required"], one["elapsed"]) == (5, 0)
    assert "before the plan's first year the rate was 5.5 %/year; 5 %/year is needed" in one["reason"]
    said = run("show", "x", "--as-of", "2026-02-20").out
    assert any("growth required" in line and "the target itself" in line for line in said.splitlines())
