"""Coarser blocks of a history, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.chance import HISTORY, Block, coarse_enough, coarsened
from tracker.periods import Length, Period, containing, day_period, next_period, parse_period


def points(text: str) -> list[tuple[Period, float]]:
    """Return points written as 'period=value' with blanks between them."""
    found = []
    for item in text.split():
        period = parse_period(item.split("=")[0])
        assert period is not None
        found.append((period, float(item.split("=")[1])))
    return found


def written(history: list[tuple[Period, float]]) -> str:
    """Return points as 'period=value' with blanks between them."""
    return " ".join(f"{period}={value:g}" for period, value in history)


def run(first: str, count: int) -> list[tuple[Period, float]]:
    """Return consecutive periods from the first on, with the values 1, 2, 3 …."""
    period = parse_period(first)
    assert period is not None
    found = []
    for number in range(1, count + 1):
        found.append((period, float(number)))
        period = next_period(period)
    return found


@pytest.mark.parametrize(
    ("history", "how", "to", "blocks"),
    [
        pytest.param(
            "2024-01=1 2024-02=2 2024-03=3 2024-04=4 2024-05=5 2024-06=6",
            "last", Length.QUARTER, "2024-03=3 2024-06=6", id="the last month of each quarter",
        ),
        pytest.param(
            "2024-03=3 2024-06=6 2024-07=7", "last", Length.QUARTER,
            "2024-03=3 2024-06=6 2024-07=7", id="the latest actual stays, its quarter unfinished",
        ),
        pytest.param(
            "2024-02=2 2024-06=6 2024-08=8 2024-12=12", "last", Length.QUARTER,
            "2024-06=6 2024-12=12", id="a quarter without its last month does not count",
        ),
        pytest.param(
            "2023-Q4=1 2024-Q1=2 2024-Q3=4 2024-Q4=5 2025-Q1=6", "last", Length.YEAR,
            "2023-Q4=1 2024-Q4=5 2025-Q1=6", id="quarters to years",
        ),
        pytest.param(
            "2024-W12=1 2024-W13=2 2024-W14=3 2024-W25=4 2024-W26=5", "last", Length.QUARTER,
            "2024-W13=2 2024-W26=5", id="a quarter's last week is the one whose Sunday is its last",
        ),
        pytest.param(
            "2024-W11=1 2024-W12=2 2024-W14=3", "last", Length.QUARTER,
            "2024-W14=3", id="without its last week a quarter does not count",
        ),
        pytest.param(
            "2024-02-10=1 2024-03-20=2 2024-05-05=3 2024-06-30=4 2024-07-02=5", "last", Length.QUARTER,
            "2024-03-20=2 2024-06-30=4 2024-07-02=5", id="days keep their own day",
        ),
        pytest.param(
            "2024-01=1 2024-02=2 2024-03=3 2024-04=4 2024-05=5", "sum", Length.QUARTER,
            "2024-Q1=6", id="an amount needs every month",
        ),
        pytest.param("2024-02=2 2024-03=3", "sum", Length.QUARTER, "", id="the first month counts too"),
        pytest.param("2023-S1=1 2023-S2=2 2024-S1=3", "sum", Length.YEAR, "2023=3", id="half-years to years"),
        pytest.param(
            " ".join(f"2024-W{week:02d}=1" for week in range(1, 27)), "sum", Length.QUARTER,
            "2024-Q1=13 2024-Q2=13", id="a quarter has the weeks whose Sundays lie in it",
        ),
        pytest.param(
            "2024-01-01=1 2024-02-15=2 2024-04-10=3 2024-06-30=4 2024-08-01=5", "sum", Length.QUARTER,
            "2024-Q1=3 2024-Q2=7", id="amounts on days: whole where something lies before and after",
        ),
        pytest.param("2024-01-05=1 2024-04-10=3", "sum", Length.QUARTER, "", id="days: the beginning is not known"),
        pytest.param(
            "2024-02=20 2024-03=33 2024-05=55 2024-06=70 2024-08=90 2024-12=150", "ytd", Length.QUARTER,
            "2024-Q1=33 2024-Q2=37", id="cumulated: missing months are bridged, an unknown quarter's end is not",
        ),
        pytest.param(
            "2023-11=110 2023-12=120 2024-02=20 2024-12=150 2025-03=40", "ytd", Length.YEAR,
            "2023=120 2024=150", id="cumulated: December has the year",
        ),
        pytest.param(
            "2023-12=100 2024-03=20 2024-06=50", "ytd", Length.QUARTER,
            "2024-Q1=20 2024-Q2=30", id="cumulated: January starts from nothing",
        ),
        pytest.param(
            "2023-12-20=100 2024-03-10=20 2024-06-05=50 2024-07-01=60", "ytd", Length.QUARTER,
            "2024-Q1=20 2024-Q2=30", id="cumulated on days: a quarter has ended once something later is recorded",
        ),
    ],
)  # fmt: skip
def test_blocks_by_hand(history: str, how: Block, to: Length, blocks: str) -> None:
    """Each history in blocks is the one worked out by hand."""
    assert written(coarsened(points(history), how, to)) == blocks


def test_an_empty_history_has_no_blocks() -> None:
    """Nothing recorded stays nothing."""
    assert coarsened([], "last", Length.YEAR) == []
    assert coarse_enough([], "sum", date(2030, 12, 31)) == []


def test_the_last_week_of_the_calendar_is_no_error() -> None:
    """Weeks and quarters at the end of year 9999 are blocks like any others."""
    history = points("9999-W25=1 9999-W26=2 9999-12=3")
    assert written(coarsened(history, "last", Length.QUARTER)) == "9999-W25=1 9999-12=3"


@pytest.mark.parametrize(
    ("history", "how", "due", "expected"),
    [
        pytest.param(run("2020-01", 24), "last", date(2022, 6, 30), run("2020-01", 24), id="six months: as it is"),
        pytest.param(
            run("2020-01", 24), "last", date(2022, 7, 31), run("2020-01", 24)[2::3], id="seven months ahead: quarters"
        ),
        pytest.param(
            run("2020-01", 60), "last", date(2026, 12, 31), run("2020-01", 60)[11::12], id="24 months ahead: years"
        ),
        pytest.param(
            run("2020-01", 36), "last", date(2025, 12, 31), run("2020-01", 36)[2::3],
            id="three years are fewer than four points: quarters remain",
        ),
        pytest.param(run("2020-01", 11), "sum", date(2025, 12, 31), run("2020-01", 11), id="too few quarters: months"),
        pytest.param(
            run("2020-Q1", 16), "last", date(2026, 12, 31), run("2020-Q1", 16)[3::4], id="quarters go to years at once"
        ),
        pytest.param(
            run("2020-S1", 8), "sum", date(2030, 12, 31), points("2020=3 2021=7 2022=11 2023=15"), id="half-years too"
        ),
        pytest.param(
            [*run("2020-01", 23), *points("2021-Q4=24")], "last", date(2022, 7, 31),
            [*run("2020-01", 23)[2::3], *points("2021-Q4=24")], id="most of the latest periods are months",
        ),
        pytest.param(run("2000", 5), "last", date(2030, 12, 31), run("2000", 5), id="years stay, however far due is"),
        pytest.param(run("2020-01", 1), "last", date(2030, 12, 31), run("2020-01", 1), id="one point has no spacing"),
    ],
)  # fmt: skip
def test_a_far_due_asks_for_coarser_blocks(
    history: list[tuple[Period, float]], how: Block, due: date, expected: list[tuple[Period, float]]
) -> None:
    """Beyond six mean spacings months become quarters, then years, never fewer than four points."""
    assert coarse_enough(history, how, due) == expected


def test_the_latest_month_stays_after_whole_years() -> None:
    """53 months end in May: four years and the latest actual remain, so the age of the figure is not lost."""
    history = run("2020-01", 53)
    assert coarse_enough(history, "last", date(2027, 12, 31)) == [*history[11:48:12], history[-1]]


def test_days_a_year_apart_are_not_finer_than_a_year() -> None:
    """The step of actuals on days is their median spacing."""
    yearly = [(day_period(date(year, 6, 30)), float(year)) for year in range(2010, 2020)]
    assert coarse_enough(yearly, "last", date(2040, 12, 31)) == yearly
    weekly = [(day_period(date(2018, 1, 3) + timedelta(days=7 * j)), float(j)) for j in range(120)]
    found = coarse_enough(weekly, "last", date(2021, 6, 30))
    assert [containing(period.end, Length.QUARTER).text for period, _ in found] == [
        f"{year}-Q{quarter}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4)
    ][:10]


def test_days_a_third_of_a_year_apart_are_not_finer_than_a_quarter() -> None:
    """110 days are more than a quarter, and of whole years there would be too few."""
    history = [(day_period(date(2018, 1, 5) + timedelta(days=110 * j)), float(j)) for j in range(8)]
    assert coarse_enough(history, "sum", date(2030, 12, 31)) == history


def test_coarsening_comes_before_the_cut() -> None:
    """More months than a model looks at still make all their quarters."""
    history = run("2000-01", 120)
    assert len(history) > HISTORY
    assert len(coarse_enough(history, "last", date(2010, 9, 30))) == 40


def test_six_spacings_are_not_beyond_six() -> None:
    """A due exactly six weeks on is near for weeks within one year, whatever the parts of a year round to."""
    for first in range(1, 5):
        for count in range(4, 42):
            history = run(f"2021-W{first:02}", count)
            due = history[-1][0].end + timedelta(days=42)
            assert coarse_enough(history, "last", due) == history, (first, count)
            assert count < 41 or coarse_enough(history, "last", due + timedelta(days=1)) != history, (first, count)
