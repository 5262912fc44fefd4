"""Goals made of goals: design.md sections 5 and 13, and the mean as the README has it."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from exact.cases import JUDGED, Figures
from exact.digits import ONE, ZERO, shown
from exact.times import period

if TYPE_CHECKING:
    from exact.world import Goal, World

WORST_FIRST = (
    "missed", "off-track", "overdue", "at-risk", "awaiting", "no-data", "too-few", "open", "on-track", "achieved",
)  # fmt: skip


def composed(world: World, goal: Goal, done: dict[str, Figures]) -> Figures:
    """Return the figures of a goal that is judged by others, in the order of the file."""
    rule = next(key for key in ("all", "any", "at_least", "mean") if key in goal)
    named = goal[rule]["of"] if rule == "at_least" else list(goal[rule])
    ids = [each["id"] for each in world.goals if each["id"] in named]
    children = [done[each] for each in ids]
    place = {"all": len(ids), "any": 1, "mean": len(ids)}.get(rule) or int(goal["at_least"]["count"])
    due = period(str(goal["due"])).end if "due" in goal else max(child["due"] for child in children)
    out: Figures = {"due": due, "today.left": (due - world.as_of).days}
    out["stale"], out["provisional"] = (any(child.get(flag) for child in children) for flag in ("stale", "provisional"))
    if rule == "mean":
        weights = {key: Decimal(str(value)) for key, value in goal["mean"].items()}
        out["status"], out["limiting"] = in_the_middle(ids, done, weights)
        ups = {each["id"]: each.get("direction", "up") == "up" for each in world.goals}
        grades = [weights[each] * grade(done[each], up=ups[each]) for each in ids]
        out["progress"] = shown(sum(grades, ZERO) / sum(weights.values(), ZERO))
    else:
        ranks = sorted((WORST_FIRST.index(child["status"]) for child in children), reverse=True)
        out["status"] = WORST_FIRST[ranks[place - 1]]
        out["limiting"] = next(each for each in ids if done[each]["status"] == out["status"])
        cuts = sorted((part(child) for child in children), reverse=True)
        out["progress"] = shown(sum(cuts, ZERO) / len(cuts) if rule == "all" else cuts[place - 1])
        out["bound"] = {"all": "upper", "any": "lower"}.get(rule)
        chances = [chance(child) for child in children]
        if out["status"] in JUDGED and None not in chances:
            known = [each for each in chances if each is not None]
            out["chance"] = sorted(known, reverse=True)[place - 1]
            out["independent"] = at_least(place, known)
    if out["status"] == "achieved":
        days = sorted(child["achieved_on"] for child in children if child["status"] == "achieved")
        out["achieved_on"] = days[place - 1]
        lasting = sum(child["status"] == "achieved" and not child["lapsed"] for child in children)
        out["lapsed"] = lasting < place
    return out


def at_least(place: int, chances: list[Decimal]) -> Decimal:
    """Return the chance that so many children succeed if nothing ties them together: over every way to do so."""
    found = ZERO
    for ways in product((True, False), repeat=len(chances)):
        if sum(ways) >= place:
            one = ONE
            for is_reached, each in zip(ways, chances, strict=True):
                one *= each if is_reached else 1 - each
            found += one
    return found


def part(child: Figures) -> Decimal:
    """Return a child's progress cut to 0 … 1; null counts 0."""
    return min(max(child.get("progress") or ZERO, ZERO), ONE)


def grade(child: Figures, *, up: bool) -> Decimal:
    """Return what a child is worth in a mean: 1 once achieved and not lapsed, else its progress cut to 0 … 1.

    A baseline at or beyond the target leaves no way to it; a running year is measured by its sum alone.
    """
    if child["status"] == "achieved" and not child["lapsed"]:
        return ONE
    start, target = child.get("baseline.value"), child.get("target.value")
    is_banded = child.get("target.low") is not None and child.get("target.high") is not None
    if start is None or target is None or is_banded or child.get("year.done") is not None:
        return part(child)
    is_beyond = target <= start if up else target >= start
    return ZERO if is_beyond else part(child)


def chance(child: Figures) -> Any:  # noqa: ANN401  a number or nothing
    """Return a child's chance: 1 once achieved, 0 once missed."""
    return {"achieved": ONE, "missed": ZERO}.get(child["status"]) if child["status"] in {"achieved", "missed"} else (
        child.get("chance")
    )  # fmt: skip


def in_the_middle(ids: list[str], done: dict[str, Figures], weights: dict[str, Decimal]) -> tuple[str, str]:
    """Return the status of a mean and the child that decides: the one in the middle of the weight, from the worst."""
    order = [each for status in WORST_FIRST for each in ids if done[each]["status"] == status]
    statuses: list[str] = [done[each]["status"] for each in ids]
    if set(statuses) <= {"achieved", "missed"}:
        status = "missed" if "missed" in statuses else "achieved"
        return status, next(each for each in ids if done[each]["status"] == status)
    reached, half = ZERO, sum(weights.values(), ZERO) / 2
    for each in order:
        reached += weights[each]
        if reached >= half * (1 - Decimal("1e-40")):  # a third thrice is a whole
            status = str(done[each]["status"])
            return {"achieved": "on-track", "missed": "off-track"}.get(status, status), each
    raise AssertionError
