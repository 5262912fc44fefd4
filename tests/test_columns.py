"""The same formulas on numpy columns, and when they are used."""

from __future__ import annotations

import subprocess
import sys
from math import isclose, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.chance import Answer, Model, Question, Scale, answers
from tracker.chance.answering import MANY
from tracker.chance.columns import ROWS, ColumnAnswers, column_answers

EQUAL = 1e-12

values_of_a_kind = st.sampled_from([st.floats(0.5, 99.5), st.floats(0.1, 5000), st.floats(-100, 100)])
targets = st.floats(-50, 5000) | st.floats(1, 99) | st.sampled_from([0.0, 100.0, 101.0]) | st.none()


@st.composite
def groups(draw: st.DrawFn) -> list[Question]:
    """Draw questions that can stand in columns together: one model, scale and number of actuals."""
    n = draw(st.integers(2, 9) | st.just(40))
    model = draw(st.sampled_from([Model.TREND, Model.TOTAL]))
    scale, mirrored = draw(st.sampled_from(Scale)), model is Model.TOTAL and draw(st.booleans())

    def question() -> Question:
        gaps = draw(st.lists(st.floats(0.05, 3), min_size=n, max_size=n))
        times = tuple(sum(gaps[:j]) for j in range(n))
        values = tuple(draw(st.lists(draw(values_of_a_kind), min_size=n, max_size=n)))
        due = times[-1] + draw(st.floats(0.01, 20))
        return Question(model, times, values, due, draw(targets), draw(st.booleans()), scale, mirrored)

    return [question() for _ in range(draw(st.integers(1, 4)))]


def in_columns(group: list[Question], *, ranges: bool = True) -> ColumnAnswers:
    """Return the answers to questions of one group, computed as columns."""
    return column_answers(
        np.array([question.times for question in group]).T,
        np.array([question.values for question in group]).T,
        [question.due for question in group],
        [nan if question.target is None else question.target for question in group],
        [question.up for question in group],
        model=group[0].model,
        scale=group[0].scale,
        mirrored=group[0].mirrored,
        ranges=ranges,
    )


def agrees(one: float | None, column: float, size: float) -> bool:
    """Tell whether a float answer and a column's are the same to 12 digits of the numbers they came from."""
    return isnan(column) if one is None else isclose(one, column, rel_tol=EQUAL, abs_tol=EQUAL * size)


@given(groups())
def test_columns_are_floats(group: list[Question]) -> None:
    """Chance and range of every question are the same on floats and on columns, to 1e-12."""
    found = in_columns(group)
    for question, chance, *span in zip(group, *found, strict=True):
        one = answers([question])[0]
        assert agrees(one.chance, chance, 1.0)
        size = max(abs(edge) for edge in (*question.values, *(e for e in one[1:] if e is not None)))
        assert all(agrees(edge, column, size) for edge, column in zip(one[1:], span, strict=True))


EVEN = Question(Model.TREND, (0.0, 1.0, 2.0, 3.0), (100.0, 95.0, 91.0, 88.0), 5.0, 80.0, up=False)


def test_times_due_target_and_direction_may_be_shared() -> None:
    """One clock, due, target and direction for all columns answer as if repeated, over several blocks of rows."""
    k = ROWS + 3
    values = np.tile(np.array(EVEN.values)[:, None], k)
    found = column_answers(list(EVEN.times), values, EVEN.due, 80.0, up=False)
    one = answers([EVEN])[0]
    for column, expected in zip(found, one, strict=True):
        assert column.shape == (k,)
        assert column == pytest.approx(np.full(k, expected), rel=EQUAL)


def test_columns_without_ranges_have_none() -> None:
    """Without ranges the quantiles of a column are not numbers and the chance is the same."""
    found = in_columns([EVEN], ranges=False)
    assert found.chance[0] == pytest.approx(answers([EVEN])[0].chance, rel=EQUAL)
    assert np.isnan(np.array(found[1:])).all()


def mixed(count: int) -> list[Question]:
    """Return questions of every model, scale and length, some of them alone of their kind."""
    rng = np.random.default_rng(20261123)
    made = []
    for j in range(count):
        n = int(rng.integers(2, 6)) if j % 50 else 11
        values = tuple(float(v) for v in rng.uniform(-1 if j % 5 == 0 else 1, 90, n))
        target = None if j % 7 == 0 else float(rng.uniform(0, 120))
        model = Model.TOTAL if j % 3 == 0 else Model.TREND
        scale = (Scale.AUTO, Scale.PERCENT, Scale.LEVEL)[j % 4 % 3]
        clock = tuple(float(t) for t in range(n))
        made.append(Question(model, clock, values, n + 1.5, target, j % 2 == 0, scale))
    return made


def same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers are the same to 12 digits, and absent at the same places."""
    return all(
        (a is None and b is None) or (a is not None and b is not None and isclose(a, b, rel_tol=1e-11, abs_tol=1e-11))
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("ranges", [True, False])
def test_many_questions_come_back_in_order(ranges: bool) -> None:
    """Many mixed questions have, in their order, the answers they have one by one."""
    questions = mixed(2 * MANY)
    one_by_one = [answers([question], ranges=ranges)[0] for question in questions]
    together = answers(questions, ranges=ranges)
    assert all(same(one, other) for one, other in zip(one_by_one, together, strict=True))


def test_many_questions_need_no_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numpy is not installed, floats answer many questions too."""
    questions = mixed(MANY)
    one_by_one = [answers([question])[0] for question in questions]
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert answers(questions) == one_by_one


@pytest.mark.parametrize(("count", "loaded"), [(1, "False"), (MANY - 1, "False"), (MANY, "True")])
def test_numpy_is_loaded_for_many_questions_only(count: int, loaded: str) -> None:
    """A few questions cost no import of numpy."""
    code = (
        "import sys\nfrom tracker.chance import Model, Question, answers\n"
        "one = Question(Model.TREND, (0.0, 1.0), (1.0, 2.0), 3.0, 3.0, True)\n"
        f"answers([one] * {count})\nprint('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == loaded
