"""The model of running totals, and which histories are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.chance import Answer, Model, Question, Shape, answers, total_applies


def asked(values: list[float], times: list[float], target: float | None, due: float, *, up: bool = True) -> Question:
    """Return a question about a running total."""
    return Question(Model.TOTAL, tuple(times), tuple(values), due, target, up)


def answer(question: Question) -> Answer:
    """Return the answer to one question."""
    return answers([question])[0]


WEEKS = [float(week) for week in range(8)]

# check values of the note "The chance of reaching a target", section "Running totals"
TABLE = [
    (asked([0, 10, 18, 30, 39], [0, 1, 2, 3, 4], 100, 10), 0.370492),
    (asked([0, 10, 18, 30, 39], [0, 1, 2, 3, 4], 80, 8), 0.358562),
    (asked([0, 25, 31, 70], [0, 2, 3, 6], 120, 10), 0.392797),
    (asked([100 * week / 13 for week in WEEKS], WEEKS, 100, 13), 0.5),
    (asked([120 * week / 13 for week in WEEKS], WEEKS, 100, 13), 0.997008),
    (asked([8, 6, 2], [0, 1, 2], 0, 5, up=False)._replace(mirrored=True), 0.920544),
]


@pytest.mark.parametrize(("question", "expected"), TABLE)
def test_agrees_with_the_published_check_values(question: Question, expected: float) -> None:
    """Each chance of the note's table comes out to the digits printed there."""
    assert answer(question).chance == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("question", [question for question, _ in TABLE])
def test_the_range_is_where_the_chance_says(question: Question) -> None:
    """Plugged back as targets, low, median and high have the chances 90 %, 50 % and 10 % of being passed."""
    _, *edges = answer(question)
    passed = [answer(question._replace(target=edge, up=True)).chance for edge in edges]
    assert passed == pytest.approx([0.9, 0.5, 0.1], abs=1e-12)


def test_a_mirrored_history_is_what_it_has_come_down_by() -> None:
    """8 6 2 on the way to 0 has the chance of 0 2 6 on the way to 8, and its range is told in its own unit."""
    down = answer(asked([8, 6, 2], [0, 1, 2], 0, 5, up=False)._replace(mirrored=True))
    up = answer(asked([0, 2, 6], [0, 1, 2], 8, 5))
    assert down.chance == pytest.approx(up.chance, abs=1e-12)
    assert up.low is not None
    assert up.median is not None
    assert up.high is not None
    assert down[1:] == pytest.approx([8 - up.high, 8 - up.median, 8 - up.low], abs=1e-12)


def test_one_increment_is_enough() -> None:
    """Two points, 243 of 1344 homes after 15 days of 19, give a chance, and it is small."""
    found = answer(asked([0, 243], [0, 15 / 365], 1344, 19 / 365))
    assert found.chance is not None
    assert 0 < found.chance < 0.01


@pytest.mark.parametrize(("target", "up", "expected"), [(1, True, 0), (1, False, 1), (0, True, 1), (0, False, 1)])
def test_a_total_that_never_moved_stays(target: float, up: bool, expected: float) -> None:
    """Without any increment there is no spread: the target is met as things stand or it never is."""
    found = answer(asked([0, 0, 0], [0, 1, 2], target, 4, up=up))
    assert found == Answer(expected, 0, 0, 0)


def test_only_the_last_three_increments_are_recent() -> None:
    """Of two totals with the same mean rate and evenness the one whose growth came late has the better chance."""
    late, early = ([0.0, 1, 2, 3, 13, 23, 33], [0.0, 10, 20, 30, 31, 32, 33])
    times = [float(t) for t in range(7)]
    assert (answer(asked(late, times, 59, 9)).chance or 0) > 0.5 > (answer(asked(early, times, 59, 9)).chance or 1)


amounts = st.lists(st.floats(0.1, 50), min_size=1, max_size=12)


@given(amounts, st.floats(1, 500), st.floats(0.1, 10), st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(steps: list[float], target: float, h: float, factor: float) -> None:
    """Rescaling totals and target changes no chance, and up and down add to 1."""
    values = [sum(steps[:j]) for j in range(len(steps) + 1)]
    times = [float(j) for j in range(len(values))]
    question = asked(values, times, target, times[-1] + h)
    other = asked([value * factor for value in values], times, target * factor, times[-1] + h)
    one = answer(question).chance
    assert one is not None
    assert answer(other).chance == pytest.approx(one, abs=1e-9)
    assert answer(question._replace(up=False)).chance == pytest.approx(1 - one, abs=1e-12)


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_extreme_totals_have_answers(size: float) -> None:
    """Very small and very large totals have the chance of ordinary ones."""
    ordinary = asked([0, 10, 18, 30, 39], [0, 1, 2, 3, 4], 100, 10)
    extreme = ordinary._replace(values=tuple(v * size for v in ordinary.values), target=100 * size)
    assert answer(extreme).chance == pytest.approx(answer(ordinary).chance, abs=1e-12)


@pytest.mark.parametrize(
    ("values", "target", "up", "shape"),
    [
        ([0, 10, 18], 100, True, Shape.PLAIN),
        ([0, 10, 10], None, True, Shape.PLAIN),
        ([0, 0, 0], 0, False, Shape.PLAIN),
        ([0, 10, 9], 100, True, None),
        ([0.1, 10, 18], 100, True, None),
        ([8, 6, 2], 0, False, Shape.MIRRORED),
        ([8, 8, 2], 0, False, Shape.MIRRORED),
        ([8, 6, 7], 0, False, None),
        ([8, 6, 2], 1, False, None),
        ([8, 6, 2], 0, True, None),
        ([8, 6, 2], None, False, None),
    ],
)
def test_which_histories_are_running_totals(
    values: list[float],
    target: float | None,
    up: bool,
    shape: Shape | None,
) -> None:
    """From exactly 0 and never falling, or never rising on the way down to 0; nothing else."""
    assert total_applies(values, target=target, up=up) is shape
