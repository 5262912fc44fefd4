"""The other forms of goals, at random: years, composites, budgets, sums, repeats, breaks, rates, methods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from exact.random_goals import due_after, lines, number, periods, plain, values, views
from exact.times import PER_YEAR, around, following, later, period
from exact.world import Goal, Line, World

if TYPE_CHECKING:
    from random import Random


def year(random: Random) -> World:
    """Return one goal on the total of a year, of a flow or of a series cumulated since January."""
    kind, length = random.choice(["flow", "ytd"]), random.choice(["month", "quarter", "quarter", "half-year"])
    f = PER_YEAR[length]
    first, count, m = random.choice([2015, 2019, 1899]), random.randint(0, 5), random.randint(1, f)
    season = [random.uniform(0.3, 2) for _ in range(f)]
    level, drift = random.uniform(1, 300), random.uniform(-0.1, 0.15)
    when = [around(date(first, 1, 1), length)]
    while len(when) < count * f + m:
        when.append(following(when[-1]))
    amounts = [
        round(level * (1 + drift) ** (k / f) * season[k % f] * random.uniform(0.9, 1.1), 2) for k in range(len(when))
    ]
    if random.random() < 0.1:
        amounts[random.randrange(len(amounts))] = random.choice([0, -level, 0])
    known, so_far = [], 0.0
    for each, amount in zip(when, amounts, strict=True):
        so_far = amount if kind == "flow" or each.start.month == 1 else so_far + amount
        known.append(f"{so_far:.2f}")
    holes = set(random.sample(range(len(when)), min(len(when) - 1, random.choice([0] * 5 + [1, 2]))))
    known = [value for k, value in enumerate(known) if k not in holes]
    when = [each for k, each in enumerate(when) if k not in holes]
    goal: dict[str, Any] = {"id": "x", "due": str(when[-1].end.year + random.choice([0] * 6 + [1, 2]))}
    whole = sum(amounts[-f:]) if len(amounts) >= f else sum(amounts) * f / m
    form = random.choice(["number", "number", "number", "between", "growth", "change", "times", "series"])
    if random.random() < 0.6 or form in {"growth", "change"}:
        goal["baseline"] = str(random.randint(max(first - 1, 1), int(goal["due"]) - 1))
        if random.random() < 0.2:
            goal["baseline"] = {"period": goal["baseline"], "value": f"{level * f:.1f}"}
    goal["target"] = f"{whole * random.uniform(0.6, 1.5):.1f}"
    if form == "between":
        goal["target"] = {"between": [f"{whole * 0.9:.1f}", f"{whole * random.uniform(0.95, 1.3):.1f}"]}
    elif form == "growth":
        goal["target"] = {"growth": random.choice(["0.05", "-0.1", "0.2"])}
    elif form == "change":
        goal["target"] = {"change": f"{whole * random.uniform(-0.2, 0.4):.1f}"}
    elif form == "times" and int(goal["due"]) > first:
        goal["target"] = {"times": random.choice(["1.5", "2", "0.7"]), "of": str(first)}
    elif form == "series":
        goal["target"] = {"series": "y", "share": random.choice(["1", "0.9"])}
    if form != "between" and random.random() < 0.5:
        goal["direction"] = random.choice(["up", "down"])
    goal["mode"] = random.choice(["by", "by", "at", "at", "keep"])
    if random.random() < 0.2:
        goal["tolerance"] = random.choice(["5", "0.5"])
    if random.random() < 0.2:
        goal["lag"] = random.choice(["20d", "month"])
    series = {"x": {"kind": kind, "unit": "t"}}
    recorded = lines(random, "x", when, known)
    if form == "series":
        series["y"] = {"kind": kind, "unit": "t"}
        recorded += lines(random, "y", when, [f"{float(each) * random.uniform(0.8, 1.2):.1f}" for each in known])
    return World(series, [goal], recorded, *views(random, when, period(goal["due"])))


def renamed(world: World, number: int) -> tuple[dict[str, dict[str, Any]], Goal, list[Line]]:
    """Return the series, the goal and the lines of a world of one goal under names of their own."""
    names = {name: f"{name}{number}" for name in world.series}
    goal = {**world.goals[0], "id": f"g{number}", "series": names["x"]}
    if isinstance(goal["target"], dict) and "series" in goal["target"]:
        goal["target"] = {**goal["target"], "series": names[goal["target"]["series"]]}
    series = {names[name]: table for name, table in world.series.items()}
    return series, goal, [line._replace(series=names[line.series]) for line in world.lines]


def composite(random: Random) -> World:
    """Return goals made of goals: all, any, some, their mean, and one of these inside another."""
    series: dict[str, dict[str, Any]] = {}
    goals: list[Goal] = []
    recorded: list[Line] = []
    worlds = [random.choice([plain, plain, year])(random) for _ in range(random.randint(1, 5))]
    for place, world in enumerate(worlds):
        more, goal, own = renamed(world, place)
        series |= more
        goals.append(goal)
        recorded += own
    ids = [goal["id"] for goal in goals]
    rule = random.choice(["all", "any", "at_least", "mean", "mean"])
    over: Goal = {"id": "over"}
    over[rule] = random.sample(ids, len(ids))
    if rule == "at_least":
        over[rule] = {"count": str(random.randint(1, len(ids))), "of": over[rule]}
    elif rule == "mean":
        over[rule] = {each: random.choice(["1", "2", "0.5", "3"]) for each in over[rule]}
    if random.random() < 0.3:
        over["due"] = "2030"
    goals.insert(random.randint(0, len(goals)), over)
    if random.random() < 0.3:
        goals.append({"id": "top", random.choice(["all", "any"]): ["over", ids[0]]})
    return World(series, goals, recorded, worlds[0].as_of, worlds[0].known_on)


def milestone(random: Random) -> World:
    """Return something done or not."""
    when = periods(random, random.choice(["year", "month", "day"]), random.randint(1, 5))
    goal: Goal = {"id": "x", "due": due_after(random, when, when[0].length) or "9999"}
    if random.random() < 0.3:
        goal["baseline"] = when[0].text
    if random.random() < 0.3:
        goal["mode"] = "at"
    recorded = lines(random, "x", when, values(random, len(when), "plain", "milestone"))
    return World({"x": {"kind": "milestone"}}, [goal], recorded, *views(random, when, period(goal["due"])))


def kept(random: Random) -> World:
    """Return a goal that is kept within a budget of misses."""
    while True:
        world = plain(random)
        if "steps" not in world.goals[0] and "revisions" not in world.goals[0]:
            goal = {**world.goals[0], "mode": "keep", "allow": random.choice(["10%", "25%", "7%", 1, 2])}
            return world._replace(goals=[goal])


def ending(text: str, length: str) -> str:
    """Return the period of a length that ends with another one; that itself where there is none."""
    end = period(text).end
    other = around(end, length)
    return other.text if other.end == end else text


def summed(random: Random) -> World:
    """Return a goal on the sum of two or three series, which do not all have the same periods."""
    while True:
        world = plain(random)
        goal = world.goals[0]
        if "y" in world.series or world.series["x"]["kind"] == "rank":
            continue
        names = ["x", "z", "w"][: random.randint(2, 3)]
        recorded = list(world.lines)
        for name in names[1:]:
            to = random.choice([None, None, "month", "day"])  # the same last days, written otherwise
            recorded += [
                line._replace(series=name, period=ending(line.period, to) if to else line.period)
                for line in world.lines
                if random.random() < 0.9
            ]
        return world._replace(
            series=dict.fromkeys(names, world.series["x"]), goals=[{**goal, "sum": names}], lines=recorded
        )


def repeats(random: Random) -> World:
    """Return a goal for each of several periods."""
    length = random.choice(["year", "quarter", "month", "half-year"])
    when = periods(random, length, random.randint(2, 9))
    while when[0].start.year < 3 or when[-1].end.year > 9000:
        when = periods(random, length, random.randint(2, 9))
    kind = random.choice(["level", "flow", "ratio"])
    known = values(random, len(when), "plain", kind)
    goal: Goal = {"id": "x", "repeat": length, "due": following(when[-1], random.randint(0, 2)).text}
    goal["target"] = random.choice([known[-1], {"change": "5"}, {"growth": "0.1"}])
    if random.random() < 0.5:
        goal["baseline"] = when[0].text
    if random.random() < 0.6 or "baseline" not in goal:
        goal["first"] = when[min(1, len(when) - 1)].text
    goal["mode"] = random.choice(["by", "at"])
    goal["direction"] = random.choice(["up", "down"])
    goals = [goal]
    if random.random() < 0.5:
        goals.append({"id": "over", "mean": {"x": "3"}} if random.random() < 0.5 else {"id": "over", "all": ["x"]})
    recorded = lines(random, "x", when, known)
    return World({"x": {"kind": kind, "unit": "%"}}, goals, recorded, *views(random, when, period(goal["due"])))


def other_method(random: Random) -> World:
    """Return a goal on yearly values judged by another published rule."""
    when = periods(random, "year", random.randint(1, 10))
    kind = random.choice(["level", "level", "ratio"])
    size = random.choice(["plain", "plain", "negative", "zeros", "flat"])
    known = values(random, len(when), size, kind)
    goal: Goal = {"id": "x", "due": due_after(random, when, "year") or "9999"}
    if len(goal["due"]) != len("2024"):
        goal["due"] = goal["due"][:4]
    goal["target"] = random.choice([number(random, size), "0", f"{float(known[-1]) * random.uniform(0.7, 1.6):.2f}"])
    if random.random() < 0.6:
        goal["baseline"] = random.choice(when).text
    goal["direction"] = random.choice(["up", "down"])
    recorded = lines(random, "x", when, known)
    view = views(random, when, period(goal["due"]))
    method = random.choice(["pace", "statcan", "statcan", "destatis", "destatis"])
    if method == "statcan" and random.random() < 0.4:
        del goal["target"]
        if random.random() < 0.6:
            goal["limit"] = random.choice(["100", "60", "-40", known[0] if Decimal(known[0]) else "100"])
    elif method == "destatis" and random.random() < 0.3:
        goal["mode"] = "keep"
    return World({"x": {"kind": kind, "unit": "t"}}, [goal], recorded, *view, method)


def broken(random: Random) -> World:
    """Return a goal on a series that was measured otherwise from some days on."""
    while True:
        world = plain(random)
        goal, days = world.goals[0], [period(line.period).end for line in world.lines]
        moves = isinstance(goal["target"], dict) and goal["target"].keys() & {"series", "times"}
        if moves or "revisions" in goal or min(days).year < 3 or max(days).year > 9000 or goal["due"] > "9000":
            continue
        breaks: list[dict[str, Any]] = []
        for _ in range(random.randint(1, 2)):
            on = later(random.choice(days), 0, random.choice([-40, 0, 1, 20, 300]))
            link = {"link": random.choice(["0.9", "1.25", "2"])} if random.random() < 0.6 else {}
            breaks.append({"on": on} | link)
        breaks = list({each["on"]: each for each in breaks}.values())
        return world._replace(series={"x": {**world.series["x"], "breaks": breaks}})


def rates(random: Random) -> World:
    """Return a goal on a published rate: for the years of a plan, or for a year with part of its rate known."""
    first, count = random.choice([2012, 2019]), random.randint(1, 9)
    drop = {random.randrange(count)} if random.random() < 0.1 else set()
    when = [period(str(first + k)) for k in range(count) if k not in drop or k == count - 1]
    known = [f"{random.uniform(-5, 12):.1f}" for _ in when]
    length = random.randint(1, 6)
    due = str(when[-1].end.year + random.randint(-1, 4))
    goal: Goal = {"id": "x", "due": due}
    if random.random() < 0.75:
        goal["baseline"] = str(max(int(due) - length, first - 1))
        if int(goal["baseline"]) >= int(due):
            goal["baseline"] = str(int(due) - 1)
    goal["target"] = f"{random.uniform(-2, 11):.1f}"
    if random.random() < 0.2:
        goal["target"] = {"between": sorted([goal["target"], "3"], key=float)}
    elif random.random() < 0.4:
        goal["direction"] = "down"
    if random.random() < 0.3:
        goal["tolerance"] = "0.5"
    if random.random() < 0.25:
        goal["mode"] = "keep"
        if random.random() < 0.5:
            goal["allow"] = random.choice(["20%", "50%", 1, 2])
    series: dict[str, dict[str, Any]] = {"x": {"kind": "growth", "unit": "%"}}
    recorded: list[Line] = []
    if random.random() < 0.4:
        when.append(period(f"{when[-1].end.year + 1}-Q{random.randint(1, 3)}"))
        known.append(f"{random.uniform(-5, 12):.1f}")
        if random.random() < 0.6:
            kind = random.choice(["flow", "ytd"])
            series["x"]["level"] = "z"
            series["z"] = {"kind": kind, "unit": "t"}
            amounts = [random.randint(10, 40) for _ in range(4)]
            levels = [sum(amounts[: k + 1]) if kind == "ytd" else amounts[k] for k in range(4)]
            names = [period(f"{when[-2].end.year}-Q{k}") for k in range(1, 5)]
            recorded += lines(random, "z", names, [str(each) for each in levels])
    recorded += lines(random, "x", when, known)
    as_of = later(when[-1].end, 0, random.choice([0, 30, 200, 420]))
    return World(series, [goal], recorded, as_of, None)


def part(random: Random) -> World:
    """Return a goal on the amount of a quarter or half-year, of a flow or of a series cumulated since January."""
    kind, length, to = random.choice(["flow", "ytd"]), "month", random.choice(["quarter", "half-year"])
    first = date(random.choice([2018, 2019, 1899]), random.choice([1, 4, 7]), 1)
    when = [around(first, length)]
    for _ in range(random.randint(2, 40)):
        when.append(following(when[-1]))
    amounts = [round(random.uniform(1, 9), 1) if random.random() < 0.9 else 0 for _ in when]
    known, so_far = [], 0.0
    for each, amount in zip(when, amounts, strict=True):
        so_far = amount if kind == "flow" or each.start.month == 1 else so_far + amount
        known.append(f"{so_far:.1f}")
    kept_ones = [k for k in range(len(when)) if random.random() < 0.97 or k == 0]
    when, known = [when[k] for k in kept_ones], [known[k] for k in kept_ones]
    due = following(around(when[-1].end, to), random.choice([0, 0, 1, 2, 4]))
    goal: Goal = {"id": "x", "due": due.text, "target": f"{random.uniform(5, 60):.1f}"}
    if random.random() < 0.5:
        goal["baseline"] = around(when[0].start, to).text
        if goal["baseline"] == goal["due"]:
            del goal["baseline"]
    goal["mode"], goal["direction"] = random.choice(["by", "at", "keep"]), random.choice(["up", "down"])
    if goal["mode"] == "keep" and random.random() < 0.5:
        goal["allow"] = random.choice(["20%", 1, 3])
    recorded = lines(random, "x", when, known)
    return World({"x": {"kind": kind, "unit": "t"}}, [goal], recorded, *views(random, when, due))


FORMS = {
    "plain": plain,
    "year": year,
    "composite": composite,
    "milestone": milestone,
    "kept": kept,
    "sum": summed,
    "repeat": repeats,
    "method": other_method,
    "breaks": broken,
    "rates": rates,
    "part": part,
}
"""The forms of goals, each with what makes a random world of it."""
