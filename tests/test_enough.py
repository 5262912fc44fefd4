"""The part of a long history that a database brings gives the same assessments as all of it."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from tracker.assess import assess
from tracker.assess.enough import wanted
from tracker.errors import InvalidFile
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.periods import Length, containing, next_period
from tracker.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.assess.figures import Assessment
    from tracker.periods import Period

SERIES = 60
FIRST = {Length.YEAR: 1930, Length.QUARTER: 2004, Length.MONTH: 2016}
KINDS = ("level", "ratio", "flow", "ytd", "total", "rank", "growth")


def history(random: Random) -> list[tuple[Period, float]]:
    """Return a long history, with gaps, that may turn, fall to zero or start from it."""
    length = random.choice(list(FIRST))
    period = containing(date(FIRST[length] + random.randrange(8), 1, 1), length)
    value, slope, found = 100.0, random.choice((0.03, 0.0, -0.03)), []
    while period.end < date(2025, 1, 1):
        value *= 1 + random.gauss(slope, 0.05)
        if random.random() > 0.03:
            found.append((period, round(value, 2)))
        period = next_period(period)
    if random.random() < 0.1:
        found[random.choice((0, -1))] = (found[random.choice((0, -1))][0], 0.0)
    return sorted(dict(found).items(), key=lambda one: one[0].end)


def goal(name: str, points: list[tuple[Period, float]], random: Random) -> str:
    """Return a goal whose target may have been met long ago, and whose days may lie anywhere in the history."""
    values = [value for _, value in points]
    up, is_new = random.random() < 0.5, random.random() < 0.7
    edge = (max(values) if up else min(values)) if is_new else random.choice(values)
    value = edge * random.choice((1, 1 + 1e-12, 1.001, 1.2, 2) if up else (1, 1 - 1e-12, 0.999, 0.8, 0.5))
    anywhere, due = (random.choice(points)[0].text for _ in range(2))
    target = random.choice((
        f"{value}", f"{value}", f"{value}", f"{{ between = [{value}, {value * 1.2 + 1}] }}",
        f'{{ times = 2, of = "{anywhere}" }}', "{ growth = 0.02 }", f"{{ change = {value - 80} }}",
        '{ series = "s0", share = 1.1 }',
    ))  # fmt: skip
    lines = [
        f'id = "g{name}"',
        f'series = "{name}"',
        f"target = {target}",
        f'due = "{random.choice((due, "2025", "2027-06", "2030", "2060"))}"',
        f'direction = "{"up" if up else "down"}"',
        f'mode = "{random.choice(("by", "by", "at", "keep"))}"',
    ]
    if random.random() < 0.7 or "growth" in target or "change" in target:
        own = random.choice(("", "", f", value = {value}"))
        lines.append(f'baseline = {{ period = "{anywhere}"{own} }}')
    if random.random() < 0.3:
        lines.append(f'steps = [{{ due = "{random.choice(points)[0].text}", target = {value} }}]')
    if random.random() < 0.3:
        lines.append(f"tolerance = {random.choice((0, 1, 30))}")
    return "[[goals]]\n" + "\n".join(lines) + "\n"


def declared(place: int, points: list[tuple[Period, float]], random: Random) -> str | None:
    """Return a series with a goal on it; None where the reader refuses what was drawn."""
    kind = random.choice(KINDS) if place and random.random() < 0.4 else "level"
    unit = 'unit = "%"\n' if kind in {"ratio", "growth"} else ""
    text = f'[series.s{place}]\nkind = "{kind}"\n{unit}' + goal(f"s{place}", points, random)
    others = "[series.s0]\n" if place else ""
    try:
        goals_in(f"format = 1\n{others}{text}".encode(), "goals.toml")
    except InvalidFile:
        return None
    return text


@pytest.mark.parametrize("seed", range(8))
def test_the_part_that_is_brought_decides_as_all_of_it(seed: int, tmp_path: Path) -> None:
    """Every figure of every goal, of all kinds, modes, targets and spacings; and much is left where it is."""
    random = Random(seed)  # noqa: S311  the same goals every time
    text, lines = "format = 1\n", list[Actual]()
    for place in range(SERIES):
        points, drawn = history(random), None
        while drawn is None:
            drawn = declared(place, points, random)
        text += drawn
        lines += [Actual(f"s{place}", period, max(1.0, value)) for period, value in points]
    file = goals_in(text.encode(), "goals.toml").file
    view = View(date(2025, random.randrange(1, 12), 1))
    with closing(open_store(str(tmp_path / "actuals.db"), "", named=False)) as store:
        store.take([line._replace(position=place) for place, line in enumerate(lines, 1)])
        part = store.in_force(view, file.series, lambda: wanted(file, view))
        whole = store.in_force(view, file.series)
    some = {one.goal.id: without_points(one) for one in assess(file, part, view)}
    for one in assess(file, whole, view):
        assert some[one.goal.id] == without_points(one)
    assert sum(len(one) < len(whole[name]) for name, one in part.items()) > 3


def without_points(seen: Assessment) -> Assessment:
    """Return an assessment without its history, of which a part is the purpose."""
    return seen._replace(history=(), common=())
