"""Every goal of a world, judged."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exact.cases import JUDGED, Case, Figures, case
from exact.composed import composed
from exact.digits import ONE, ZERO
from exact.judged import judge
from exact.rates import judge_rates
from exact.standing import concluded, decided
from exact.times import around, following, period
from exact.verdicts import MAPPED, Verdict, destatis, pace_status, statcan
from exact.world import SUMMED, kind_of, promised, recorded, series_of, whole_parts
from exact.yearly import year_case, year_total

if TYPE_CHECKING:
    from exact.world import Goal, World


def judged(world: World) -> dict[str, Figures]:
    """Return the figures of every goal, by its id: those that repeat one by one, composites after their children."""
    goals = [each for goal in world.goals for each in repeated(goal)]
    made = {goal["id"]: [each["id"] for each in repeated(goal)] for goal in world.goals}
    world = world._replace(goals=[spread(goal, made) for goal in goals])
    done = {goal["id"]: single(world, goal) for goal in world.goals if not is_composite(goal)}
    waiting = [goal for goal in world.goals if is_composite(goal)]
    while waiting:
        goal = waiting.pop(0)
        if all(child in done for child in children(goal)):
            done[goal["id"]] = composed(world, goal, done)
        else:
            waiting.append(goal)
    return done


def is_composite(goal: Goal) -> bool:
    """Tell whether a goal is judged by others."""
    return bool(children(goal))


def children(goal: Goal) -> list[str]:
    """Return the ids of the goals that judge a composite."""
    if "at_least" in goal:
        return list(goal["at_least"]["of"])
    return list(next((goal[key] for key in ("all", "any", "mean") if key in goal), []))


def spread(goal: Goal, made: dict[str, list[str]]) -> Goal:
    """Return a composite with the goals that its declared children make; these share the weight of a mean."""
    if not is_composite(goal):
        return goal
    if "mean" in goal:
        shares = {
            each: Decimal(str(weight)) / len(made[name]) for name, weight in goal["mean"].items() for each in made[name]
        }
        return {**goal, "mean": shares}
    if "at_least" in goal:
        of = [each for name in goal["at_least"]["of"] for each in made[name]]
        return {**goal, "at_least": {**goal["at_least"], "of": of}}
    key = "all" if "all" in goal else "any"
    return {**goal, key: [each for name in goal[key] for each in made[name]]}


def repeated(goal: Goal) -> list[Goal]:
    """Return one goal for each period, from `first` or the one after the baseline; each starts from the one before."""
    if "repeat" not in goal:
        return [goal]
    length, due, base = goal["repeat"], period(str(goal["due"])), goal.get("baseline")
    if "first" in goal:
        one = around(period(str(goal["first"])).start, length)
    else:
        start = period(str(base["period"] if isinstance(base, dict) else base))
        one = around(start.end + timedelta(days=1), length)
    found: list[Goal] = []
    while one.start <= due.end:
        before = around(one.start - timedelta(days=1), length).text
        began = base if not found and base is not None else before
        made = {"id": f"{goal['id']}/{one.text}", "due": one.text, "baseline": began, "of": goal["id"]}
        found.append({**goal, "series": series_of(goal), **made})
        one = following(one)
    return found


def single(world: World, goal: Goal) -> Figures:
    """Return the figures of a goal with a series of its own."""
    kind = kind_of(world, goal["sum"][0] if "sum" in goal else series_of(goal))
    held = promised(world, goal)
    if kind == "milestone":
        return milestone(case(world, {**held, "target": "1"}))
    if kind == "growth":
        return judge_rates(case(world, held))
    if kind in SUMMED and period(str(held["due"])).length == "year":
        one, parts = year_case(world, held, kind)
        return judge(one) if parts is None else year_total(one, parts)
    due, points = period(str(held["due"])), None
    if kind in SUMMED and due.length in {"quarter", "half-year"} and "sum" not in goal and "of" not in goal:
        own = recorded(world, series_of(held))
        points = whole_parts(own, kind, due) if any(each.when.length == "month" for each in own) else None
    one = case(world, held, points)
    out = judge(one)
    return out if world.method == "chance" else ruled(one, out)


def ruled(one: Case, out: Figures) -> Figures:
    """Return the figures with the verdict of the chosen method, which replaces what a chance would have decided."""
    if one.world.method == "pace":
        pace = out.get("pace")
        called, said = pace_status(pace), Verdict(None if pace is not None else "not_available", pace)
    else:
        said = (statcan if one.world.method == "statcan" else destatis)(one, one.points)
        called = MAPPED.get(said.label or "", "on-track")
    out["verdict.label"], out["verdict.ratio"], out["verdict.score"] = said
    if out["status"] in JUDGED or (out["status"] == "too-few" and len(one.points) >= 2):
        out["status"] = called
    if out["status"] not in JUDGED:
        out["chance"] = out["model"] = None
    return out


def milestone(one: Case) -> Figures:
    """Return the figures of what is done or not."""
    last = one.last
    out: Figures = {"due": one.due.end, "target.value": ONE, "today.left": (one.due.end - one.world.as_of).days}
    if "baseline" in one.goal and one.start:
        out["baseline.on"], out["baseline.value"] = one.start.end, one.y0
    out["progress"] = ONE if last is not None and last.value >= 1 else ZERO
    if last is not None:
        out["actual.on"], out["actual.value"] = last.on, last.value
        out["actual.age_days"] = (one.world.as_of - last.on).days
    status, on, lapsed = decided(one, one.points)
    if status is None:
        status = "open"
    return concluded(one, out, status, on, lapsed=lapsed)
