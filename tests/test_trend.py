"""The trend model: the chance of reaching a target and the range at due."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.chance import Answer, Model, Question, Scale, answers, cut

if TYPE_CHECKING:
    from pathlib import Path


def asked(  # a question as the tables write it: evenly spaced unless times are given, h after the last
    values: str, target: float | None, h: float, *, up: bool = True, scale: Scale = Scale.AUTO, times: str = ""
) -> Question:
    """Return a question about values written with blanks between them."""
    history = tuple(map(float, values.split()))
    clock = tuple(map(float, times.split())) or tuple(map(float, range(len(history))))
    return Question(Model.TREND, clock, history, clock[-1] + h, target, up, scale)


def answer(question: Question) -> Answer:
    """Return the answer to one question."""
    return answers([question])[0]


def chance(question: Question) -> float:
    """Return the chance of one question, which must have one."""
    found = answer(question).chance
    assert found is not None
    return found


def span(question: Question) -> tuple[float, float, float]:
    """Return low, median and high of one question, which must have them."""
    _, low, median, high = answer(question)
    assert low is not None
    assert median is not None
    assert high is not None
    return low, median, high


# check values of the note "The chance of reaching a target"
TABLE = [
    pytest.param(asked("100 104 109 113 119 124", 140, 3), 0.296527, 1e-6, id="even"),
    pytest.param(asked("100 104", 110, 3), 0.3889, 5e-5, id="two points"),
    pytest.param(asked("100 104 103", 110, 3), 0.1816, 5e-5, id="three points"),
    pytest.param(asked("100 95 91 88", 80, 2, up=False), 0.1650, 5e-5, id="down"),
    pytest.param(asked("-3 1 2 0", 3, 2), 0.1716, 5e-5, id="a sign change"),
    pytest.param(asked("100 104 113 119 131", 150, 3, times="0 1 3 4 6"), 0.319994, 1e-6, id="uneven"),
    pytest.param(asked("30 24 20", 15, 3, up=False, times="0 2 5"), 0.166181, 1e-6, id="uneven, down"),
    pytest.param(asked("80 82.5 84 86 87", 92, 3, scale=Scale.PERCENT), 0.069808, 1e-6, id="a share in %"),
]


@pytest.mark.parametrize(("question", "expected", "digits"), TABLE)
def test_agrees_with_the_published_check_values(question: Question, expected: float, digits: float) -> None:
    """Each chance of the note's table comes out to the digits printed there."""
    assert chance(question) == pytest.approx(expected, abs=digits)


def test_agrees_with_every_real_case(cases: Path) -> None:
    """Every real case has the chance that the study computed, one by one and all at once, and beats the other rules."""
    with (cases / "chance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 964
    questions = [
        asked(row["history"], float(row["target"]), float(row["h"]), up=row["direction"] == "up") for row in rows
    ]
    expected = [float(row["expected_chance"]) for row in rows]
    one_by_one = [chance(question) for question in questions]
    assert one_by_one == pytest.approx(expected, abs=1e-4)
    assert [found.chance for found in answers(questions)] == pytest.approx(one_by_one, abs=1e-12)

    def brier(chances: list[float]) -> float:
        return sum((p - float(row["reached"])) ** 2 for p, row in zip(chances, rows, strict=True)) / len(rows)

    others = ("eurostat_calibrated", "sdsn_calibrated", "prorata_calibrated", "theta_log")
    assert brier([cut(p) for p in one_by_one]) < 0.9 * min(brier([float(row[name]) for row in rows]) for name in others)


RANGED = [case.values[0] for case in TABLE]


@pytest.mark.parametrize("question", RANGED)
def test_the_range_is_where_the_chance_says(question: Question) -> None:
    """The chance of passing low, median and high is 90 %, 50 % and 10 %, whatever the direction asked about."""
    assert isinstance(question, Question)
    upward = question._replace(up=True)
    passed = [chance(upward._replace(target=edge)) for edge in span(question)]
    assert passed == pytest.approx([0.9, 0.5, 0.1], abs=1e-12)


def test_a_range_needs_no_target() -> None:
    """Without a target there is the same range and no chance."""
    with_target = asked("100 104 109 113 119 124", 140, 3)
    without = answer(with_target._replace(target=None))
    assert without.chance is None
    assert without[1:] == answer(with_target)[1:]


def test_a_chance_needs_no_range() -> None:
    """Asked without ranges, an answer has the same chance and no range."""
    question = asked("100 104 109 113 119 124", 140, 3)
    assert answers([question], ranges=False) == [Answer(chance(question), None, None, None)]


@pytest.mark.parametrize(
    ("target", "up", "expected"), [(101.0, True, 0.0), (101.0, False, 1.0), (-1.0, True, 1.0), (-1.0, False, 0.0)]
)
def test_a_share_stays_between_0_and_100_percent(target: float, up: bool, expected: float) -> None:
    """What lies outside 0 to 100 % is impossible on one side and certain on the other."""
    assert chance(asked("80 82.5 84 86 87", target, 3, up=up, scale=Scale.PERCENT)) == expected


@pytest.mark.parametrize("target", [100.0, 0.0])
def test_a_share_can_come_to_its_bounds(target: float) -> None:
    """All or nothing can be reached: it is judged on the level scale."""
    question = asked("80 84 88 93 97", target, 3, up=target > 0, scale=Scale.PERCENT)
    assert chance(question) == chance(question._replace(scale=Scale.LEVEL))
    assert 0 < chance(question) < 1


@pytest.mark.parametrize("values", ["80 90 100", "0 10 30", "90 105 110"])
def test_a_share_outside_its_bounds_is_like_any_number(values: str) -> None:
    """A history that touches or passes 0 or 100 % has no log odds; the other rules hold, above 100 as well."""
    question = asked(values, 101, 2, scale=Scale.PERCENT)
    assert answer(question) == answer(question._replace(scale=Scale.AUTO))
    assert 0 < chance(question) < 1


def test_a_share_stays_inside_its_range() -> None:
    """The range of a share near 100 % ends below 100."""
    low, median, high = span(asked("90 94 97 98.5", 99, 5, scale=Scale.PERCENT))
    assert 0 < low < median < high < 100


def test_what_is_positive_can_be_cleared_to_zero() -> None:
    """A target of 0 has a chance although no logarithm reaches it, and the level scale gives it."""
    question = asked("100 60 30 12", 0, 2, up=False)
    assert 0 < chance(question) < 1
    assert chance(question) == chance(question._replace(scale=Scale.LEVEL))


@pytest.mark.parametrize(("up", "expected"), [(True, 1.0), (False, 0.0)])
def test_what_is_positive_stays_above_a_negative_target(up: bool, expected: float) -> None:
    """A negative target lies below every positive value: certain upwards, impossible downwards."""
    assert chance(asked("100 95 91 88", -5, 2, up=up)) == expected


def test_ranks_never_take_the_logarithm() -> None:
    """On the level scale the range of a falling positive history may pass 0; on the logarithmic one it cannot."""
    ranks = asked("40 30 12 5", 2, 2, up=False)
    assert span(ranks._replace(scale=Scale.LEVEL))[0] < 0 < span(ranks)[0]


def test_a_history_of_zeros_has_an_answer() -> None:
    """Where every value is 0 the mean size counts as 1."""
    question = asked("0 0 0", 1, 1)
    assert 0 < chance(question) < 0.5
    assert span(question)[1] == pytest.approx(0, abs=1e-12)


positive = st.floats(0.1, 1000)
histories = st.lists(positive, min_size=2, max_size=12)
thousandths = st.integers(-(10**6), 10**6).map(lambda number: number / 1000)
signed = st.lists(thousandths, min_size=2, max_size=12).filter(any)  # zeros alone have no size
horizons = st.floats(0.05, 30)


def of(values: list[float], target: float, h: float, *, up: bool = True) -> Question:
    """Return a question about evenly spaced values."""
    return asked(" ".join(map(repr, values)), target, h, up=up)


@given(histories | signed, thousandths, horizons)
def test_up_and_down_add_to_one(values: list[float], target: float, h: float) -> None:
    """The chances of being above and below a target add to 1."""
    both = chance(of(values, target, h)) + chance(of(values, target, h, up=False))
    assert both == pytest.approx(1, abs=1e-12)


@given(histories, positive, st.floats(1, 3), horizons)
def test_a_higher_target_is_never_easier(values: list[float], target: float, times: float, h: float) -> None:
    """Upwards, the chance falls as the target rises."""
    assert chance(of(values, target * times, h)) <= chance(of(values, target, h)) + 1e-12


@given(histories | signed, thousandths, horizons, st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(values: list[float], target: float, h: float, factor: float) -> None:
    """Rescaling history and target changes no chance, and scales the range."""
    question = of(values, target, h)
    other = of([value * factor for value in values], target * factor, h)
    assert chance(other) == pytest.approx(chance(question), abs=1e-9)
    scale = max(map(abs, span(question)))
    assert span(other) == pytest.approx([edge * factor for edge in span(question)], abs=1e-9 * scale * factor)


@given(histories, positive, horizons, st.floats(0.01, 100))
def test_the_unit_of_time_does_not_matter(values: list[float], target: float, h: float, factor: float) -> None:
    """The clock's unit is the history's own mean spacing, so slower histories with later dues are the same."""
    question = of(values, target, h)
    slower = question._replace(times=tuple(t * factor for t in question.times), due=question.due * factor)
    assert chance(slower) == pytest.approx(chance(question), abs=1e-9)


@given(histories | signed, horizons)
def test_the_range_is_where_the_chance_says_for_any_history(values: list[float], h: float) -> None:
    """Plugged back as targets, low, median and high have the chances 90 %, 50 % and 10 %."""
    low, median, high = span(of(values, 1, h))
    assert low < median < high
    for edge, expected in ((low, 0.9), (median, 0.5), (high, 0.1)):
        if edge != 0 and (min(values) <= 0 or edge > 1e-290):
            assert chance(of(values, edge, h)) == pytest.approx(expected, abs=1e-9)


huge = st.sampled_from([1e-300, 1e-30, 1.0, 7.0, 1e30, 1e300])


@given(
    st.lists(huge | huge.map(lambda x: -x) | st.just(0.0), min_size=2, max_size=6) | st.lists(huge, min_size=2),
    huge | huge.map(lambda x: -x) | st.just(0.0),
    st.sampled_from([1e-3, 1.0, 4000.0]),
    st.sampled_from(Scale),
    st.booleans(),
)
def test_extreme_numbers_have_answers(values: list[float], target: float, h: float, scale: Scale, up: bool) -> None:
    """Numbers at the ends of what floats hold give a chance between 0 and 1 and a range that is finite or absent."""
    found = answer(of(values[:40], target, h, up=up)._replace(scale=scale))
    assert found.chance is not None
    assert 0 <= found.chance <= 1
    assert all(edge is None or math.isfinite(edge) for edge in found[1:])


def test_chances_are_cut() -> None:
    """A chance is never shown beyond 0.01 and 0.99."""
    assert [cut(p) for p in (0.0, 0.01, 0.5, 0.99, 1.0)] == [0.01, 0.01, 0.5, 0.99, 0.99]
