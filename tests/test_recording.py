"""What recording and undoing come to: which lines are appended, and what holds afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import WrongUsage
from tracker.intake.recording import Outcome, Recorded, Undone, recording, undoing
from tracker.model.actual import Actual, Quality, View, in_force
from tracker.periods import Period, parse_period

START = datetime(2026, 1, 1, 8, tzinfo=UTC)
LATE = date(2030, 1, 1)


def period(text: str = "2024") -> Period:
    """Return a period that is known to be one."""
    found = parse_period(text)
    assert found is not None
    return found


class Book:
    """A ledger in memory whose clock goes on by a day with every act."""

    def __init__(self) -> None:
        self.lines: list[Actual] = []
        self.clock = START

    def record(self, value: float | None, *, revise: bool = True, **more: Any) -> Recorded:  # noqa: ANN401  any field of a line
        """Record a value for 2024 and keep the lines that this comes to."""
        self.clock += timedelta(days=1)
        new = Actual(**{"series": "a", "period": period(), "value": value, "recorded_at": self.clock, **more})
        done = recording(self.lines, new, revise=revise)
        self._keep(done.lines)
        return done

    def undo(self) -> Undone:
        """Undo the latest line of 2024 and keep the lines that this comes to."""
        self.clock += timedelta(days=1)
        done = undoing(self.lines, "a", period(), self.clock)
        self._keep(done.lines)
        return done

    def _keep(self, lines: tuple[Actual, ...]) -> None:
        for line in lines:
            self.lines.append(line._replace(position=len(self.lines) + 1))

    def holds(self, known_on: date | None = None) -> Actual | None:
        """Return the line that holds for 2024."""
        found = in_force(self.lines, View(LATE, known_on)).get("a")
        return found[0] if found else None

    def value(self) -> float | None:
        """Return the value that holds for 2024."""
        line = self.holds()
        return line.value if line else None


@pytest.fixture
def book() -> Book:
    """Return an empty ledger."""
    return Book()


def test_a_first_value_is_new(book: Book) -> None:
    """The first value of a period is appended as it was given."""
    done = book.record(44, revise=False, source="x")
    assert (done.outcome, done.before, done.holds) == (Outcome.NEW, None, True)
    assert [(line.value, line.source) for line in done.lines] == [(44, "x")]


def test_the_same_again_is_nothing(book: Book) -> None:
    """The same value and quality append nothing, whatever source and note say."""
    book.record(44)
    done = book.record(44, revise=False, source="another", note="n")
    assert (done.outcome, done.lines) == (Outcome.SAME, ())
    assert done.before == book.lines[0]


def test_another_quality_needs_no_revise(book: Book) -> None:
    """A change of quality alone is appended without being called a revision."""
    book.record(44, quality=Quality.PROVISIONAL)
    done = book.record(44, revise=False)
    assert (done.outcome, len(done.lines), done.before) == (Outcome.QUALITY, 1, book.lines[0])
    holding = book.holds()
    assert holding is not None
    assert holding.quality is Quality.FINAL


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "a has 44.5 for 2024 already: final, recorded 2026-01-02, no source given"),
        (
            {"quality": Quality.ESTIMATE, "published": date(2025, 3, 1), "source": "统计公报"},
            "a has 44.5 for 2024 already: estimate, published 2025-03-01, from 统计公报",
        ),
        ({"recorded_at": None}, "a has 44.5 for 2024 already: final, without a day, no source given"),
    ],
)
def test_another_value_needs_revise(book: Book, more: dict[str, Any], sentence: str) -> None:
    """Another value is refused with what is in force, since when and from where; with `revise` it is appended."""
    book.record(44.5, **more)
    with pytest.raises(WrongUsage) as caught:
        book.record(45, revise=False)
    assert str(caught.value) == sentence
    assert str(caught.value.help) == "--revise records 45 as its correction"
    done = book.record(45)
    assert (done.outcome, done.before, done.holds) == (Outcome.REVISED, book.lines[0], True)
    assert book.value() == 45


def test_other_periods_and_series_do_not_matter(book: Book) -> None:
    """Only lines of the same series and period are looked at."""
    book.record(44)
    book.lines += [Actual("b", period(), 1.0), Actual("a", period("2024-12-31"), 2.0)]
    assert book.record(44).outcome is Outcome.SAME


def test_retracting(book: Book) -> None:
    """A retraction needs `revise` and a value; afterwards recording is new again, even of the same value."""
    with pytest.raises(WrongUsage, match="a has no value for 2024 to retract"):
        book.record(None, quality=Quality.RETRACTED)
    book.record(44)
    with pytest.raises(WrongUsage) as caught:
        book.record(None, revise=False, quality=Quality.RETRACTED)
    assert str(caught.value.help) == "--revise retracts it"
    assert book.record(None, quality=Quality.RETRACTED).outcome is Outcome.REVISED
    assert book.value() is None
    assert book.record(None, quality=Quality.RETRACTED).outcome is Outcome.SAME
    done = book.record(44, revise=False)
    assert (done.outcome, done.before) == (Outcome.NEW, None)
    assert book.value() == 44


def test_a_figure_published_earlier_is_history(book: Book) -> None:
    """What became public before the figure in force is kept in its place and does not hold; again it is nothing."""
    book.record(45, published=date(2025, 3, 1))
    done = book.record(43, published=date(2025, 1, 20))
    assert (done.outcome, done.holds) == (Outcome.REVISED, False)
    assert book.value() == 45
    then = book.holds(known_on=date(2025, 2, 1))
    assert then is not None
    assert then.value == 43
    assert book.record(43, revise=False, published=date(2025, 1, 20)).outcome is Outcome.SAME


def test_a_clock_that_is_behind(book: Book) -> None:
    """A line written by a clock that is behind still follows the line it revises, for record and for undo."""
    book.record(44)
    book.record(45, recorded_at=START + timedelta(days=300))
    assert book.record(46).holds
    assert book.value() == 46
    book.undo()
    assert book.value() == 45


def test_undo_restores_what_was_before(book: Book) -> None:
    """The line before comes back with quality, source, address and note, on the public day of the one undone."""
    book.record(44, quality=Quality.ESTIMATE, source="s", url="u", note="n", published=date(2025, 1, 20))
    book.record(45, published=date(2025, 3, 1), source="wrong")
    done = book.undo()
    assert (done.cancelled, done.restored) == (book.lines[1], book.lines[0])
    (line,) = done.lines
    assert (line.value, line.quality, line.source, line.url, line.note) == (44, Quality.ESTIMATE, "s", "u", "n")
    assert (line.published, line.recorded_at) == (date(2025, 3, 1), book.clock)
    holding = book.holds()
    assert holding is not None
    assert holding.position == 3


def test_undo_of_the_first_value_retracts_it(book: Book) -> None:
    """Where nothing was before, the period has no value any more, now and on the day the value was public."""
    book.record(44, published=date(2025, 3, 1))
    done = book.undo()
    assert done.restored is None
    assert [(line.value, line.quality) for line in done.lines] == [(None, Quality.RETRACTED)]
    assert book.holds() is None
    assert book.holds(known_on=date(2025, 3, 1)) is None


def test_undo_goes_on_to_the_beginning(book: Book) -> None:
    """Each undo goes one step further back, and at the end nothing is left."""
    for value in (43, 44, 45):
        book.record(value)
    seen = []
    for _ in range(3):
        book.undo()
        seen.append(book.value())
    assert seen == [44, 43, None]
    with pytest.raises(WrongUsage, match="a has nothing left to undo for 2024"):
        book.undo()
    assert len(book.lines) == 6


def test_nothing_recorded_is_nothing_to_undo(book: Book) -> None:
    """Without a line for the series and period there is nothing to undo."""
    with pytest.raises(WrongUsage, match="nothing left to undo"):
        book.undo()


def test_a_correction_back_is_no_undo(book: Book) -> None:
    """Recording the old value again is a line of its own: its undo restores the value between."""
    for value in (44, 45, 44):
        book.record(value)
    assert book.undo().cancelled.position == 3
    assert book.value() == 45


def test_recording_after_an_undo(book: Book) -> None:
    """What was undone stays undone: the next undo restores what held before the new value."""
    book.record(44)
    book.record(45)
    book.undo()
    book.record(46)
    book.undo()
    assert book.value() == 44
    book.undo()
    assert book.value() is None
    book.record(47)
    book.undo()
    assert book.value() is None


def test_undo_of_a_retraction_and_of_a_quality(book: Book) -> None:
    """A retraction and a change of quality are undone like any line."""
    book.record(44, quality=Quality.PROVISIONAL)
    book.record(44)
    book.record(None, quality=Quality.RETRACTED)
    book.undo()
    assert book.value() == 44
    book.undo()
    holding = book.holds()
    assert holding is not None
    assert holding.quality is Quality.PROVISIONAL


def test_undo_of_history_leaves_the_present(book: Book) -> None:
    """A figure typed in for an earlier day is undone in its place; what holds goes on holding."""
    book.record(44, published=date(2025, 1, 1))
    book.record(46, published=date(2025, 3, 1))
    book.record(45, published=date(2025, 2, 1))
    done = book.undo()
    assert done.cancelled.value == 45
    assert book.value() == 46
    then = book.holds(known_on=date(2025, 2, 15))
    assert then is not None
    assert then.value == 44
    book.undo()
    assert book.value() == 44


def test_lines_without_a_day_can_be_undone() -> None:
    """Lines typed by hand without any day are undone in the order of the file."""
    lines = [Actual("a", period(), value, position=n) for n, value in enumerate((44.0, 45.0), 1)]
    first = undoing(lines, "a", period(), START).lines[0]._replace(position=3)
    assert (first.value, first.published) == (44.0, START.date())
    second = undoing([*lines, first], "a", period(), START + timedelta(days=1))
    assert second.restored is None
    assert in_force([*lines, first, second.lines[0]._replace(position=4)], View(LATE)) == {}


ACTS = st.lists(st.sampled_from([1.0, 2.0, 3.0, None, "undo"]), max_size=12)


@given(ACTS)
def test_undo_is_a_stack(acts: list[float | str | None]) -> None:
    """However recording, retracting and undoing alternate, what holds is what a stack of values would say."""
    book = Book()
    stack: list[float | None] = [None]
    for act in acts:
        if act == "undo":
            if len(stack) == 1:
                with pytest.raises(WrongUsage):
                    book.undo()
            else:
                book.undo()
                stack.pop()
        elif isinstance(act, float):
            if book.record(act).lines:
                stack.append(act)
        elif stack[-1] is not None:
            book.record(None, quality=Quality.RETRACTED)
            stack.append(None)
        assert book.value() == stack[-1]
