"""From actuals to the history, through `show --json`: which figures count, and which a target is compared with."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Project, Run


def shown(run: Run, project: Project, series: str, goal: str, rows: str) -> Any:  # noqa: ANN401  a record as JSON has it
    """Return what `show` says of one goal; rows are written `x 2020 100 Office`, one a line, the source last."""
    lines = [line.split(maxsplit=3) for line in rows.strip().splitlines()]
    actuals = "".join(f"{name},{period},{value},{''.join(source)}\n" for name, period, value, *source in lines)
    folder = project.write(f'{series}\n[[goals]]\nid = "g"\n{goal}\n', f"series,period,value,source\n{actuals}")
    done = run("show", "g", "--json", "--as-of", "2025-06-30", cwd=folder)
    assert done.code == 0, done.err
    return json.loads(done.out)


def history(found: dict[str, Any], *more: str) -> list[tuple[Any, ...]]:
    """Return the periods and values of a history, and what else is asked for."""
    return [tuple(point[key] for key in ("period", "value", *more)) for point in found["history"]]


@pytest.mark.parametrize(
    ("kind", "kept"), [("level", ("2023-12", 102)), ("growth", ("2023", 100)), ("ratio", ("2023-12", 102))]
)
def test_one_figure_holds_for_a_day(run: Run, project: Project, kind: str, kept: tuple[str, float]) -> None:
    """Of the figures that end on one day the finest holds, of published rates the year's own."""
    goal = 'series = "x"\ntarget = 120\ndue = 2027\nbaseline = 2022'
    found = shown(run, project, f'[series.x]\nkind = "{kind}"', goal, "x 2023-Q4 101\nx 2023 100\nx 2023-12 102")
    assert history(found) == [kept]


def test_a_sum_names_the_sources_of_its_parts(run: Run, project: Project) -> None:
    """Each source once, in the order of the series; one without a source adds none."""
    goal = 'sum = ["x", "y", "z"]\ntarget = 120\ndue = 2027'
    rows = "x 2022 1 Office\ny 2022 2 Bank\nz 2022 3 Office\nx 2023 4\ny 2023 5\nz 2023 6"
    found = shown(run, project, "[series.x]\n[series.y]\n[series.z]", goal, rows)
    assert history(found, "source") == [("2022", 6, "Office; Bank"), ("2023", 15, None)]


def test_a_year_beyond_all_numbers_is_left_out_alone(run: Run, project: Project) -> None:
    """Two halves of 1e308 make no sum; the years after it have theirs."""
    rows = "".join(
        f"x {year}-S{half} {value}\n" for year, value in ((2021, 1e308), (2022, 5), (2023, 6)) for half in (1, 2)
    )
    found = shown(run, project, '[series.x]\nkind = "flow"', 'series = "x"\ntarget = 20\ndue = 2024', rows)
    assert history(found) == [("2022", 10), ("2023", 12)]


@pytest.mark.parametrize(
    ("due", "letter", "step"),
    [
        ("2024-Q2", "W", 7),  # thirteen Sundays, the last of them 30 June
        ("2027-02", "W", 7),  # four, the last of them the 28th
        ("2024-04", "D", 1),
    ],
)
def test_a_block_of_weeks_or_days_is_full_with_every_one(
    run: Run, project: Project, due: str, letter: str, step: int
) -> None:
    """One amount for each that ends in the block makes its sum; without one of them it is not full."""
    first = {"2024-Q2": date(2024, 4, 7), "2027-02": date(2027, 2, 7), "2024-04": date(2024, 4, 1)}[due]
    last = {"2024-Q2": date(2024, 6, 30), "2027-02": date(2027, 2, 28), "2024-04": date(2024, 4, 30)}[due]
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    names = [f"{day.isocalendar().year}-W{day.isocalendar().week:02}" if letter == "W" else str(day) for day in days]
    rows = [f"x {name} 2" for name in names]
    goal = f'series = "x"\ntarget = 500\ndue = "{due}"\nmode = "at"'
    for given, value in ((rows, 2 * len(days)), (rows[1:], None)):
        folder = project.write(
            f'[series.x]\nkind = "flow"\n[[goals]]\nid = "g"\n{goal}\n',
            "series,period,value\n" + "\n".join(given).replace(" ", ",") + "\n",
        )
        done = run("show", "g", "--json", "--as-of", "2027-06-30", cwd=folder)
        assert done.code == 0, done.err
        assert history(json.loads(done.out)) == ([] if value is None else [(due, value)])


@pytest.mark.parametrize(
    ("due", "rows", "kept"),
    [
        ("2025-02", "x 2023-02 1\nx 2024-02 2\nx 2024-03 3", [("2023-02", 1), ("2024-02", 2)]),
        (
            "2025-S1",
            "x 2023-06-30 1\nx 2024-06-15 2\nx 2024-06-30 3\nx 2024-07-30 4",
            [("2023-06-30", 1), ("2024-06-30", 3)],
        ),
    ],
)
def test_a_cumulated_value_is_compared_with_the_same_part_of_a_year(
    run: Run, project: Project, due: str, rows: str, kept: list[tuple[str, float]]
) -> None:
    """February ends on the 28th or the 29th; any other part of the year ends on one day."""
    found = shown(run, project, '[series.x]\nkind = "ytd"', f'series = "x"\ntarget = 20\ndue = "{due}"', rows)
    assert history(found) == kept


def test_years_are_not_cut_for_a_target_of_a_quarter(run: Run, project: Project) -> None:
    """Amounts of whole years stay what they are where the target is for a shorter period."""
    found = shown(
        run, project, '[series.x]\nkind = "flow"', 'series = "x"\ntarget = 20\ndue = "2025-Q4"', "x 2022 8\nx 2023 9"
    )
    assert history(found) == [("2022", 8), ("2023", 9)]
