"""The status of a goal and its flags: design.md section 7."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from exact.cases import SPANS, Case, Figures, met, step_of
from exact.digits import ZERO, settle, shown
from exact.times import When, later, period, years
from exact.world import Point

if TYPE_CHECKING:
    from datetime import date

Counted = list[tuple[When, bool]]


def decided(
    one: Case, points: list[Point] | None = None, out: Figures | None = None
) -> tuple[str | None, date | None, bool]:
    """Return the status that no chance decides, the day of success, and whether it has lapsed; `points` count."""
    due, last, out = one.due.end, one.last, {} if out is None else out
    if one.aim.value is None or (last is None and one.kind != "milestone"):
        return "no-data" if "target" in one.goal or last is None else "too-few", None, False
    begun = one.start.end if one.start and one.goal.get("baseline") is not None else None
    counting = [*one.over.earlier, *one.points] if points is None else points
    pairs: list[tuple[When, Decimal, Decimal | None]] = [(p.when, p.value, None) for p in counting]
    if one.ref:
        pairs = [*one.ref.common(counting)]
    counted = [(when, met(one, mine, other)) for when, mine, other in pairs if begun is None or when.end > begun]
    if one.mode == "keep" and begun is not None:
        counted = [(when, met(one, mine, other)) for when, mine, other in pairs if when.end >= begun]
    at_due = next((each for each in counted if each[0].end == due), None)
    at_due = at_due or next((each for each in counted if each[0].start <= due < each[0].end), None)
    by_due = [each for each in counted if each[0].end <= due]
    later_ones = [each for each in counted if each[0].end >= due]
    first = next((when.end for when, is_met in by_due if is_met), None)
    if one.mode == "keep" and "allow" in one.goal and counted:
        spent = len(misses(one, counted, at_due))
        out["budget.allowed"], out["budget.used"] = allowed(one, counted), spent
        out["budget.left"], out["budget.periods"] = allowed(one, counted) - spent, whole(one, counted)
    if one.mode == "by":
        if first is not None:
            return "achieved", first, not counted[-1][1]
        if later_ones:
            late = next((when.end for when, is_met in later_ones if is_met), None)
            return "missed", late, False
    elif one.mode == "at":
        if at_due:
            return ("achieved" if at_due[1] else "missed"), at_due[0].end if at_due[1] else None, False
    elif len(misses(one, counted, at_due)) > allowed(one, counted):
        return "missed", None, False
    elif at_due:
        return "achieved", at_due[0].end, False
    status = waited(one)
    return (
        "too-few" if status is None and one.mode == "keep" and points is None and not counted else status,
        None,
        False,
    )


def waited(one: Case) -> str | None:
    """Return awaiting or overdue once due is past without its actual."""
    due, as_of = one.due.end, one.world.as_of
    if as_of <= due:
        return None
    months, days = (
        SPANS[one.goal["every"]] if "every" in one.goal else step_of([*one.over.earlier, *one.rhythm]) or (0, 30)
    )
    wait = max(later(due, months, days), later(due, 0, 30))
    wait = later(wait, *SPANS[one.goal["lag"]]) if "lag" in one.goal else wait
    return "overdue" if as_of > wait else "awaiting"


def misses(one: Case, counted: Counted, at_due: tuple[When, bool] | None) -> list[When]:
    """Return the periods up to due in which a kept goal was not met."""
    last = at_due[0].end if at_due else one.due.end
    return [when for when, is_met in counted if not is_met and when.end <= last]


def whole(one: Case, counted: Counted) -> int:
    """Return how many periods there are from the baseline, else the first recorded, to due."""
    begun = one.start.end if one.start and "baseline" in one.goal else counted[0][0].end
    if one.due.end < begun:
        return 0
    months, days = step_of([Point(when, ZERO, "") for when, _ in counted[-1:]]) or step_of(one.rhythm) or (0, 1)
    if months:
        return int(years(begun, one.due.end) * 12 / months) + 1
    return (one.due.end - begun).days // days + 1


def allowed(one: Case, counted: Counted, *, before: bool = False) -> int:
    """Return how many periods may miss a kept goal: so many, or a share of all of them in whole misses.

    The baseline is one of them, unless it is only what the years begin after.
    """
    allow = one.goal.get("allow")
    if allow is None or not counted:
        return 0
    return int(Decimal(allow[:-1]) / 100 * (whole(one, counted) - before)) if isinstance(allow, str) else int(allow)


def called(one: Case, chance: Decimal | None) -> str:
    """Return the status a chance means."""
    if chance is None:
        return "too-few"
    sure = settle(chance)
    if sure >= settle(one.world.on_track):
        return "on-track"
    return "off-track" if sure < settle(one.world.off_track) else "at-risk"


def is_soft(one: Case, on: date | None) -> bool:
    """Tell whether it rests on a figure that is not final: actual, baseline, the target's base, the success."""
    begun = one.start.end if one.start and one.kind != "milestone" else None
    days = {one.last.on if one.last else None, begun, on}
    target = one.goal.get("target")
    if isinstance(target, dict) and "of" in target:
        days.add(period(str(target["of"])).end)
    used = [each for each in one.points if each.on in days]
    return any(each.quality not in {"final", ""} for each in [*used, *(one.ref.used() if one.ref else ())])


def concluded(one: Case, out: Figures, status: str | None, on: date | None, *, lapsed: bool) -> Figures:
    """Return the figures with the status, that of the chance where nothing else decides, and the flags."""
    last, status = one.last, status or called(one, out.get("chance"))
    out["status"], out["achieved_on"], out["lapsed"] = status, on, lapsed
    out.update(named(one))
    if last is not None:
        out.setdefault("actual.quality", last.quality or None)
    out["provisional"] = last is not None and is_soft(one, on)
    if last is not None:
        last = one.rhythm[-1]
        span = SPANS[one.goal["every"]] if "every" in one.goal else step_of([*one.over.earlier, *one.rhythm])
        if span is not None:
            wait = later(last.on, 2 * span[0], 2 * span[1])
            if lag := one.goal.get("lag"):
                wait = later(wait, *SPANS[lag])
            out["stale"] = (
                one.world.as_of > wait and not one.over.ended and not ("of" in one.goal and last.on >= one.due.end)
            )
    sizes = [abs(value) for value in (one.y0, one.aim.value, *(each.value for each in one.points)) if value is not None]
    return {**written(out), "scale": max(sizes, default=ZERO)}


def named(one: Case) -> Figures:
    """Return what the target is: its form, and the series it follows."""
    target = one.goal.get("target")
    form = None if target is None else "number"
    if isinstance(target, dict):
        form = next(key for key in ("series", "times", "change", "growth", "between") if key in target)
    if one.kind == "milestone":
        form = "milestone"
    follows = target.get("series") if isinstance(target, dict) else None
    return {"target.form": form, "target.series": follows}


def written(out: Figures) -> Figures:
    """Return figures as they are written: settled, null where they left the range of floats."""
    return {key: shown(value) if isinstance(value, Decimal) else value for key, value in out.items()}
