"""Random goals of every form with what was recorded for them, from a seed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from exact.times import When, around, following, later, period
from exact.world import Line, World

if TYPE_CHECKING:
    from random import Random

DAYS = [date(2019, 12, 31), date(2020, 2, 29), date(2021, 2, 28), date(2023, 12, 31), date(2024, 2, 29)]
LENGTHS = ("year", "year", "year", "half-year", "quarter", "month", "month", "week", "day")
MAGNITUDES = ("plain", "plain", "plain", "negative", "zeros", "e-300", "e-12", "e15", "e300", "flat", "near")


def number(random: Random, size: str) -> str:
    """Return a value as text."""
    digits = random.randint(0, 3)
    text = f"{random.uniform(1, 200):.{digits}f}"
    if size == "negative":
        return f"{random.uniform(-100, 100):.{digits}f}"
    if size == "zeros":
        return random.choice(["0", "0", text])
    if size.startswith("e"):
        return f"{random.randint(1, 999)}{size}"
    if size == "flat":
        return random.choice(["100", "100", "100", "101"])
    if size == "near":
        return f"{random.uniform(99.9, 100.1):.4f}"
    return text


def periods(random: Random, length: str, count: int) -> list[When]:
    """Return some periods of one length, with gaps now and then; on days at uneven distances."""
    year = random.choice([2015, 2019, 2020, 1999, 1899]) if random.random() < 0.93 else random.choice([1, 2, 9960])
    first = date(year, random.randint(1, 12), random.randint(1, 28)) if random.random() < 0.6 else None
    start = first or random.choice(DAYS)
    if length == "week" and start.year < 2:
        start = date(2, 1, 1)
    if length == "day":
        days = [start]
        for _ in range(count - 1):
            days.append(later(days[-1], 0, random.choice([1, 1, 2, 7, 30, 31, 90, 365])))
        return [around(each, "day") for each in sorted(set(days))]
    found = [around(start, length)]
    gap = random.random() < 0.3
    try:
        for _ in range(count - 1):
            found.append(following(found[-1], random.choice([1, 1, 1, 2, 3]) if gap else 1))
    except (OverflowError, ValueError):
        return found
    return found


def values(random: Random, count: int, size: str, kind: str) -> list[str]:
    """Return some values: on their way, or at random."""
    if kind == "rank":
        return [str(random.randint(1, 30)) for _ in range(count)]
    if kind == "milestone":
        return [random.choice(["0", "0", "1"]) for _ in range(count)]
    if kind == "total" and random.random() < 0.8:
        sums, so_far = [], random.choice([0, 0, 5])
        for _ in range(count):
            sums.append(str(so_far))
            so_far += random.randint(0, 20)
        return sums
    if kind == "ratio" and random.random() < 0.8:
        return [f"{min(max(random.gauss(50 + 2 * k, 6), 0), 100):.2f}" for k in range(count)]
    if size == "plain" and random.random() < 0.7:
        drift, at = random.uniform(-0.08, 0.1), random.uniform(10, 1000)
        return [f"{at * (1 + drift + random.gauss(0, 0.03)) ** k:.3f}" for k in range(count)]
    if size == "zeros" and random.random() < 0.5:
        falling = sorted((random.randint(0, 60) for _ in range(count - 1)), reverse=random.random() < 0.6)
        return [str(each) for each in ([*falling, 0] if random.random() < 0.5 else [0, *falling])][:count]
    return [number(random, size) for _ in range(count)]


def lines(random: Random, series: str, when: list[When], known: list[str]) -> list[Line]:
    """Return the lines of a series; some were revised, some taken back, in any order of writing."""
    found = []
    for each, value in zip(when, known, strict=True):
        quality = random.choice(["final"] * 8 + ["provisional", "estimate"])
        published = later(each.end, 0, random.randint(0, 60)) if random.random() < 0.5 else None
        written = published if published and random.random() < 0.5 else None
        at = datetime.combine(written, time(random.randint(0, 23), 5), UTC) if written else None
        found.append(Line(series, each.text, value, quality, published, at))
        if random.random() < 0.06:
            again = later(published or each.end, 0, random.randint(0, 90))
            then = random.choice(["final", "final", "estimate", "retracted"])
            found.append(Line(series, each.text, random.choice(known), then, again))
    if random.random() < 0.1:
        random.shuffle(found)
    return found


def due_after(random: Random, when: list[When], length: str) -> str | None:
    """Return a due some periods after the first, mostly after the last; None where the calendar ends."""
    ahead = random.choice([-1, 0, 0, 1, 1, 2, 3, 3, 5, 8, 13, 30])
    try:
        anchor = when[-1] if ahead >= 0 or len(when) < 2 else when[-2]
        due = following(anchor, max(ahead, 0))
        if random.random() < 0.06:  # where rates change from days to months to years
            due = around(later(when[-1].end, 0, random.choice([59, 60, 61, 364, 365, 366])), "day")
        elif random.random() < 0.2:
            due = around(later(due.end, 0, random.randint(0, 200)), random.choice(["day", "month", "quarter", "year"]))
    except (OverflowError, ValueError):
        return "9999" if when[-1].end.year < 9999 else None
    return due.text


def target(random: Random, goal: dict[str, Any], when: list[When], known: list[str], size: str, kind: str) -> bool:
    """Give a goal a target of some form; return whether it moves."""
    form = random.choice(["number"] * 6 + ["times", "change", "growth", "between", "between", "series", "series"])
    last = float(known[-1])
    if kind == "rank":
        form = random.choice(["number", "number", "between", "series"])
    if size in {"e300", "e-300"} and form == "series":
        form = "number"
    if form == "number":
        near = last * random.choice([0.5, 0.9, 1, 1.05, 1.2, 1.5, 2]) if random.random() < 0.7 else None
        text = number(random, size) if near is None else f"{near:.6g}"
        if kind == "ratio" and random.random() < 0.1:
            text = random.choice(["0", "100", "101", "-1"])
        goal["target"] = text if random.random() < 0.93 else "0"
        if kind == "rank":
            goal["target"] = str(random.randint(1, 20))
    elif form == "times":
        goal["target"] = {"times": random.choice(["2", "1.5", "0.8"]), "of": random.choice(when[:2]).text}
    elif form == "change":
        goal["target"] = {"change": number(random, size)}
    elif form == "growth":
        goal["target"] = {"growth": random.choice(["0.08", "0.02", "-0.05", "0.5"])}
    elif form == "between":
        low, high = sorted((float(number(random, size)), float(number(random, size))))
        if random.random() < 0.5:
            low, high = sorted((last * random.choice([0.8, 0.95]), last * random.choice([1.02, 1.3])))
        goal["target"] = {"between": [f"{low:.6g}", f"{high:.6g}"]}
    else:
        goal["target"] = {"series": "y"}
        if random.random() < 0.4:
            goal["target"]["share"] = random.choice(["0.5", "1.2", "2"])
        if random.random() < 0.4:
            goal["target"]["offset"] = random.choice(["-5", "3", "0.5"])
        return True
    return False


def plain(random: Random) -> World:
    """Return one goal on a level, a ratio, a total or a rank."""
    kind = random.choice(["level"] * 5 + ["ratio"] * 3 + ["total"] * 2 + ["rank"])
    size = random.choice(MAGNITUDES) if kind == "level" else "plain"
    length = random.choice(LENGTHS)
    when = periods(random, length, random.choice([1, 2, 2, 3, 4, 5, 6, 8, 10, 14, 25, 45]))
    known = values(random, len(when), size, kind)
    table: dict[str, Any] = {"kind": kind}
    if kind == "ratio" and random.random() < 0.8:
        table["unit"] = "%"
    elif random.random() < 0.7:
        table["unit"] = random.choice(["km", "亿元", "%"])
    goal: dict[str, Any] = {"id": "x"}
    if random.random() < 0.7:
        base = random.choice(when[: max(1, len(when) // 2)])
        goal["baseline"] = base.text
        if random.random() < 0.25:
            goal["baseline"] = {"period": base.text, "value": number(random, size)}
            if random.random() < 0.7:  # nothing recorded for it
                known = [value for each, value in zip(when, known, strict=True) if each != base] or known
                when = [each for each in when if each != base] or when
    due = due_after(random, when, length)
    if due is None:
        due = "9999"
    goal["due"] = due
    clears = kind == "level" and random.random() < 0.08
    if clears:
        known = [str(each) for each in sorted((random.randint(3, 90) for _ in when), reverse=True)]
    recorded = lines(random, "x", when, known)
    moves = target(random, goal, when, known, size, kind) if not clears else False
    if clears:
        goal["target"], goal["direction"] = "0", "down"
    elif random.random() < 0.4:
        goal["direction"] = random.choice(["up", "down", "down"])
    if isinstance(goal["target"], dict) and "between" in goal["target"]:
        goal.pop("direction", None)
    if random.random() < 0.45:
        goal["mode"] = random.choice(["by", "at", "at", "keep"])
    if random.random() < 0.25:
        goal["path"] = random.choice(["linear", "compound"])
    if random.random() < 0.2 and not size.startswith("e"):
        goal["tolerance"] = random.choice(["0.5", "0.05", "3"])
    if random.random() < 0.15:
        goal["lag"] = random.choice(["20d", "2m", "month"])
    if random.random() < 0.1:
        goal["every"] = random.choice(["year", "month", "10d"])
    add_steps(random, goal, when, size)
    add_revisions(random, goal, size)
    series = {"x": table}
    if moves:
        series["y"] = {"kind": kind, "unit": table["unit"]} if "unit" in table else {"kind": kind}
        theirs = [each for each in when if random.random() < 0.85] or when
        if random.random() < 0.3:
            theirs = theirs[:-1] or theirs
        recorded += lines(random, "y", theirs, values(random, len(theirs), size, kind))
    return World(series, [goal], recorded, *views(random, when, period(due)))


def add_steps(random: Random, goal: dict[str, Any], when: list[When], size: str) -> None:
    """Give a goal intermediate targets now and then."""
    base = goal.get("baseline")
    start = period(base["period"] if isinstance(base, dict) else base).end if base else when[0].end
    due = period(goal["due"]).end
    span = (due - start).days
    if random.random() < 0.2 and span > 400:
        days = sorted({start + timedelta(days=random.randint(1, span - 1)) for _ in range(random.randint(1, 2))})
        goal["steps"] = [{"due": each.isoformat(), "target": number(random, size)} for each in days]


def add_revisions(random: Random, goal: dict[str, Any], size: str) -> None:
    """Give a goal promises that were changed, now and then."""
    if random.random() < (0.6 if "steps" in goal else 0.2) and not isinstance(goal["target"], dict):
        due = period(goal["due"])
        found = []
        for days in random.sample(range(-1500, 100), random.randint(1, 2)):
            try:
                until = due.end + timedelta(days=days)
                revision: dict[str, Any] = {"until": until, "target": number(random, size)}
                if random.random() < 0.4:
                    revision["due"] = following(due, random.randint(1, 3)).text
                elif "steps" in goal:  # the same target was due later or, the step ahead, earlier
                    del revision["target"]
                    end = period(goal["steps"][-1]["due"]).end + timedelta(days=random.choice([-1, 1, 400]))
                    revision["due"] = around(end, due.length).text
            except (OverflowError, ValueError):
                continue
            found.append(revision)
        if found:
            goal["revisions"] = found


def views(random: Random, when: list[When], due: When) -> tuple[date, date | None]:
    """Return the day we look from, and now and then the day of what was known."""
    pick = random.random()
    if pick < 0.6:
        as_of = later(when[-1].end, 0, random.choice([0, 1, 20, 45, 200, 500]))
    elif pick < 0.85:
        as_of = (
            later(due.end, 0, random.choice([-366, -365, -300, -61, -60, -59, -20, 0, 1, 25, 31, 70, 400]))
            if due.end.year > 2
            else due.end
        )
    else:
        as_of = random.choice(when).end
    known = later(as_of, 0, random.choice([-400, -30, 0, 10])) if as_of.year > 3 and random.random() < 0.2 else None
    return as_of, known
