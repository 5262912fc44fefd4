"""Laws that hold for every form of goal: another unit, other years, a better figure, the same twice, other days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from exact.compared import actual, declared, found
from exact.random_forms import FORMS
from exact.world import Line, World, series_of

from tracker.assess import assess
from tracker.assess.figures import Status
from tracker.assess.wanted import wanted
from tracker.compare.changes import Changes, changes
from tracker.compare.snapshot import snapshot
from tracker.errors import InvalidFile
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View, in_force
from tracker.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.assess.figures import Assessment
    from tracker.assess.wanted import Wanted

WORLDS = 40
TIMELESS = ("due", "reason", "achieved_on", "reaches")
AMOUNTS = ("gap", "gap_now", "expected", "ahead", "target.value", "target.low", "target.high", "target.now",
           "actual.value", "baseline.value", "year.time_expected", "year.time_ahead", "projected.value")  # fmt: skip
PURE = ("status", "achieved_on", "lapsed", "stale", "provisional", "elapsed", "reaches", "model", "limiting", "bound")
NUMBERS = ("progress", "pace", "chance", "verdict.ratio", "year.share", "year.time_pace")
SCALED = frozenset({"value", "target", "change", "between", "tolerance", "offset"})


def worlds(form: str, seed: int, fits: Callable[[World], bool] = lambda _: True) -> Iterator[World]:
    """Yield seeded random worlds of a form that are read and that fit."""
    random, count, tried = Random(seed), 0, 0  # noqa: S311  the same goals every time
    while count < WORLDS:
        tried += 1
        assert tried < 400 * WORLDS, f"hardly any {form} fits"
        world = FORMS[form](random)
        try:
            goals_in(declared(world).encode(), "goals.toml")
        except InvalidFile:
            continue
        if fits(world):
            count += 1
            yield world


def changed(value: Any, key: str, change: Callable[[str, str], str]) -> Any:  # noqa: ANN401  whatever TOML holds
    """Return a declared value with every text under its key changed."""
    if isinstance(value, dict):
        return {name: changed(each, name, change) for name, each in value.items()}
    if isinstance(value, list):
        return [changed(each, key, change) for each in value]
    return change(key, value) if isinstance(value, str) else value


def close(one: float | None, other: float | None) -> bool:
    """Tell whether two figures are the same but for rounding, or both missing."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-8 * max(abs(one), abs(other)) + 1e-9


def can_be_rescaled(world: World) -> bool:
    """Tell whether values may be in another unit: not shares of a hundred, places, marks and rates; and in range."""
    kinds = {table.get("kind") for table in world.series.values()}
    percents = any(table.get("unit") == "%" and table.get("kind") == "ratio" for table in world.series.values())
    far = any(line.value.endswith(("e300", "e-300")) for line in world.lines)
    # statcan puts 0.001 in place of 0, whatever the unit
    return not kinds & {"rank", "milestone", "growth"} and not percents and not far and world.method != "statcan"


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"milestone", "rates"}])
def test_another_unit_changes_no_rate_and_no_status(form: str) -> None:
    """In units of an eighth: amounts are eight times as many, all else is the same, compound rates too."""

    def scale(text: str) -> str:
        return str(Decimal(text) * 8)

    for world in worlds(form, 8, can_be_rescaled):
        goals = [
            changed(goal, "", lambda key, text: scale(text) if key in SCALED and key != "growth" else text)
            for goal in world.goals
        ]
        lines = [line._replace(value=scale(line.value)) for line in world.lines]
        before, after = found(world), found(world._replace(goals=goals, lines=lines))
        for name, one in before.items():
            other = after[name]
            assert {key: one[key] for key in PURE} == {key: other[key] for key in PURE}, declared(world)
            rates = [key for key in one if key.startswith("growth.") and key not in {"growth.unit", "growth.undefined"}]
            compound = str(one["growth.unit"]).startswith("fraction")
            for key in (*NUMBERS, *(rates if compound else ())):
                assert close(one[key], other[key]), (key, declared(world))
            for key in AMOUNTS:
                assert close(one[key] and one[key] * 8, other[key]), (key, declared(world))


def waiting(seen: Sequence[Assessment]) -> set[str]:
    """Return the goals that wait for the figure of their due, but for those made of goals."""
    return {one.goal.id for one in seen if one.status in {Status.AWAITING, Status.OVERDUE} and one.goal.parts is None}


@pytest.mark.parametrize("form", ["plain", "year", "milestone", "kept", "repeat", "rates", "part"])
def test_what_is_awaited_is_due_and_decides_once_it_is_there(form: str) -> None:
    """Every goal that waits is listed; with all that is late recorded none waits, unless for a period not yet over."""
    for world in worlds(form, 17, is_past):
        file, view = goals_in(declared(world).encode(), "goals.toml").file, View(world.as_of, world.known_on)
        held = in_force([actual(line, place) for place, line in enumerate(world.lines)], view)
        listed: list[Wanted] = []
        for _ in range(500):
            seen = assess(file, held, view)
            listed = wanted(file, held, seen, view.as_of)
            assert waiting(seen) <= {name for one in listed for name in one.goals}, declared(world)
            missing = [
                (one.series, one.late.runs[0].first if one.late else one.coming and one.coming.period) for one in listed
            ]
            over = [(name, period) for name, period in missing if period is not None and period.end <= view.as_of]
            if not over or not waiting(seen):
                break
            name, period = over[0]
            lines = held.setdefault(name, [])
            lines.append(Actual(name, period, lines[-1].value if lines else 1.0))
            lines.sort(key=lambda line: (line.period.end, line.period.start))
        else:
            raise AssertionError(declared(world))


def is_past(world: World) -> bool:
    """Tell whether some goal's due is past."""
    dues = [parse_period(str(goal["due"])) for goal in world.goals if "due" in goal]
    return any(due is not None and due.end < world.as_of for due in dues)


def moved(text: str, by: int) -> str:
    """Return a period so many years later."""
    return f"{int(text[:4]) + by:04}{text[4:]}"


def in_other_years(world: World, by: int) -> World:
    """Return a world in which everything happens so many years later."""
    whens = {"due", "of", "period", "baseline", "first"}

    def later(day: date | None) -> date | None:
        return None if day is None else day.replace(year=day.year + by)

    def goal(one: dict[str, Any]) -> dict[str, Any]:
        made = changed(one, "", lambda key, text: moved(text, by) if key in whens and text[:4].isdigit() else text)
        revisions = [{**each, "until": later(each["until"])} for each in made.get("revisions", [])]
        return {**made, **({"revisions": revisions} if revisions else {})}

    series = {
        name: {**table, "breaks": [{**each, "on": later(each["on"])} for each in table["breaks"]]}
        if "breaks" in table
        else table
        for name, table in world.series.items()
    }
    lines = [
        line._replace(
            period=moved(line.period, by),
            published=later(line.published),
            recorded_at=line.recorded_at and line.recorded_at.replace(year=line.recorded_at.year + by),
        )
        for line in world.lines
    ]
    as_of = later(world.as_of)
    assert as_of is not None
    return World(series, [goal(one) for one in world.goals], lines, as_of, later(world.known_on), world.method)


def years_of(world: World) -> set[int]:
    """Return the years of everything recorded and promised."""
    texts = [line.period for line in world.lines]
    return {int(text[:4]) for text in texts} | {
        world.as_of.year,
        *(int(g["due"][:4]) for g in world.goals if "due" in g),
    }


@pytest.mark.parametrize("form", FORMS)
def test_four_centuries_change_nothing(form: str) -> None:
    """The calendar repeats every 400 years: days, weeks and months too, so not one figure differs."""
    for world in worlds(form, 400, lambda one: min(years_of(one)) > 1500 and max(years_of(one)) < 9500):
        before, after = found(world), found(in_other_years(world, 400))
        for one, other in zip(before.values(), after.values(), strict=True):
            skipped = [key for key in one if key in TIMELESS or key.endswith((".on", ".period"))]
            # a goal that repeats is named after its period
            skipped += ["id", "name", "limiting", "children", "weights", "parent"] if form == "repeat" else []
            skipped += ["target.declared"]
            figures = {key: value for key, value in one.items() if key not in skipped}
            assert figures == {key: value for key, value in other.items() if key not in skipped}, declared(world)


def is_yearly(world: World) -> bool:
    """Tell whether everything is by whole years."""
    texts = [line.period for line in world.lines] + [goal["due"] for goal in world.goals if "due" in goal]
    plain = all("steps" not in goal and "revisions" not in goal for goal in world.goals)
    calm = not any("breaks" in table for table in world.series.values()) and world.known_on is None
    years = years_of(world)
    return plain and calm and all(len(text) == 4 for text in texts) and min(years) > 1000 and max(years) < 9000


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"year", "repeat", "breaks", "part"}])
def test_whole_years_change_nothing_in_yearly_figures(form: str) -> None:
    """Any number of years earlier or later, leap years or not: yearly figures stand on anniversaries."""
    random = Random(3)  # noqa: S311  the same years every time
    timely = {"today.left", "actual.age_days", "target.declared"}
    for each in worlds(form, 4, is_yearly):
        by = random.randint(-900, 900)
        world = each._replace(as_of=each.as_of.replace(month=12, day=31))
        world = world._replace(lines=[line._replace(published=None, recorded_at=None) for line in world.lines])
        before, after = found(world), found(in_other_years(world, by))
        for one, other in zip(before.values(), after.values(), strict=True):
            skipped = timely | {key for key in one if key in TIMELESS or key.endswith((".on", ".period"))}
            figures = {key: value for key, value in one.items() if key not in skipped}
            assert figures == {key: value for key, value in other.items() if key not in skipped}, declared(world)


def improved(world: World) -> World | None:
    """Return a world whose latest figure of the first goal is better; None where that is its baseline as well."""
    goal = next(goal for goal in world.goals if not goal.keys() & {"all", "any", "at_least", "mean"})
    name = goal["sum"][0] if "sum" in goal else series_of(goal)
    if not isinstance(goal["target"], str) or world.known_on is not None:
        return None
    own = [actual(line, 0) for line in world.lines if line.series == name and parse_period(line.period)]
    held = in_force(own, View(world.as_of)).get(name, [])
    if len(held) < 2:
        return None
    last, sign = held[-1], -1 if goal.get("direction") == "down" else 1
    better = (last.value or 0.0) * (1 + sign * 0.07) if (last.value or 0) > 0 else (last.value or 0) + sign
    line = Line(name, last.period.text, repr(better), last.quality.value, date(9999, 1, 1))
    return world._replace(lines=[*world.lines, line])


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"milestone", "rates", "method"}])
def test_a_better_latest_actual_never_worsens(form: str) -> None:
    """Less to go, more progress, no more growth required; progress as long as the baseline lies before the target."""
    tried = 0
    for world in worlds(form, 5):
        better = improved(world)
        if better is None:
            continue
        before, after = found(world), found(better)
        for name, one in before.items():
            other = after[name]
            sign = -1 if one["direction"] == "down" else 1
            if one["gap"] is not None and other["gap"] is not None and one["target.value"] == other["target.value"]:
                tried += 1
                assert other["gap"] <= one["gap"], declared(world)
            start, aim = one["baseline.value"], one["target.value"]
            same = (start, aim) == (other["baseline.value"], other["target.value"])
            if same and None not in {start, aim, one["progress"]} and sign * (aim - start) > 0:
                assert other["progress"] >= one["progress"], declared(world)
            required = (one["growth.required"], other["growth.required"])
            if same and None not in required and one["growth.unit"] == other["growth.unit"]:
                assert sign * (required[1] - required[0]) <= 0, declared(world)
    assert tried >= WORLDS / 8


@pytest.mark.parametrize("form", FORMS)
def test_nothing_changes_between_a_day_and_itself(form: str) -> None:
    """What tracker says of one day, compared with itself, is no change at all."""
    for world in worlds(form, 6):
        file = goals_in(declared(world).encode(), "goals.toml").file
        view = View(world.as_of, world.known_on)
        lines = in_force([actual(line, place) for place, line in enumerate(world.lines)], view)
        one, other = (snapshot(assess(file, lines, view), lines) for _ in range(2))
        assert changes(one, one) == changes(one, other) == Changes(), declared(world)


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_later_changes_no_earlier_answer(form: str) -> None:
    """Periods that end later do not exist for an earlier day, and what is published later was not known then."""
    random = Random(7)  # noqa: S311  the same lines every time
    for world in worlds(form, 7, lambda one: max(years_of(one)) < 9500 and len(one.lines) > 1):
        line = random.choice(world.lines)
        then = parse_period(line.period)
        assert then is not None
        day = then.end
        until = [each for each in world.lines if (period := parse_period(each.period)) and period.end <= day]
        then_known = world._replace(as_of=day, known_on=None)
        assert found(then_known) == found(then_known._replace(lines=until)), declared(world)
        news = [line._replace(value="77", quality="final", published=day + timedelta(days=1 + k)) for k in range(2)]
        known = world._replace(known_on=day)
        assert found(known) == found(known._replace(lines=[*world.lines, *news])), declared(world)
