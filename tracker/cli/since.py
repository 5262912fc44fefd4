"""What changed since a day or since a saved status: both sides are read here and put to the comparison."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.assess import assess
from tracker.cli import days
from tracker.compare.changes import Changes, changes, narrowed
from tracker.compare.reasons import with_reasons
from tracker.compare.snapshot import snapshot
from tracker.compare.turned import deciding, depending, with_turns
from tracker.errors import Unreachable, WrongUsage, say
from tracker.views.changes import Comparison

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment
    from tracker.cli.reading import Held
    from tracker.compare.saved import Saved
    from tracker.compare.snapshot import Place
    from tracker.model.actual import View

OPTION = "--since"


def compared(held: Held, seen: Sequence[Assessment], since: str, goals: Collection[str]) -> Comparison:
    """Return what changed since a day, or since a status saved in a file; `seen` are the assessments of now.

    `goals` are the ids it is about, with the series that decide them.

    Raises:
        WrongUsage: the text is neither a day nor a file, or it lies after the day we look from.
        InvalidFile: the file holds no saved status, or one of another version.
        Unreachable: the file cannot be read.
    """
    if _is_file(since):
        saved = _saved(since)
        found = _since_saved(held, seen, saved)
        then, name = saved.view, since
    else:
        day = _day(since, held)
        known = min(day, held.view.known_on) if held.view.known_on else day
        then, name = held.view._replace(as_of=day, known_on=known), None
        found = _since_day(held, seen, then)
    file = held.file
    if len(goals) < len(file.goals):
        names = {place.series for place in _places(found) if place.series is not None}
        found = narrowed(found, goals, deciding([one.goal for one in seen if one.goal.id in goals], names, file))
    found = with_turns(found, file, held.actuals, held.view, seen)
    found = with_reasons(found, file, then.promise_day or then.as_of, held.view.promise_day)
    return Comparison(found, then, held.view, name, file, {one.goal.id: one for one in seen})


def changed_goals(held: Held, seen: Sequence[Assessment], since: str) -> set[str]:
    """Return the ids of the goals of which something changed: their status, their promise, an actual they rest on.

    Of a computed rank that is its place: what another member of the panel has may change without it.
    """
    found = compared(held, seen, since, {one.goal.id for one in seen}).found
    goals = {one.goal for one in found.statuses} | {one.goal for one in found.promises}
    for place in _places(found):
        goals |= {place.goal} if place.goal is not None else set()
        if place.series is not None:
            goals |= depending([one.goal for one in seen], {place.series}, held.file)
    return goals


def _places(found: Changes) -> list[Place]:
    return [*(one.place for one in found.new), *(one.place for one in found.revised)]


def _day(text: str, held: Held) -> date:
    try:
        day = days.read_day(text, OPTION)
    except WrongUsage as error:
        advice = say("write a day such as 2026-11-23, last-monday or -7d, or the path of a saved status")
        raise WrongUsage(error.message, advice) from None
    _check_order(day, held)
    return day


def _check_order(day: date, held: Held) -> None:
    if day > held.view.as_of:
        what = say("--since: {day} lies after {now}, the day we look from", day=day, now=held.view.as_of)
        raise WrongUsage(what, say("--as-of looks from another day"))


def _since_day(held: Held, seen: Sequence[Assessment], then: View) -> Changes:
    before = held.project.in_force(then)
    return changes(snapshot(assess(held.file, before, then), before), snapshot(seen, held.actuals))


def _since_saved(held: Held, seen: Sequence[Assessment], saved: Saved) -> Changes:
    from tracker.compare.saved import between

    _check_order(saved.view.as_of, held)
    then = held.view._replace(as_of=saved.view.as_of)
    again = assess(held.file, held.project.in_force(then), then)
    return changes(*between(saved, again, seen, held.actuals))


def _is_file(text: str) -> bool:
    return text == "-" or text.endswith(".json") or os.sep in text or os.path.isfile(text)  # noqa: PTH113


def _saved(path: str) -> Saved:
    from tracker.intake.saved import saved_status
    from tracker.intake.sources import standard_input

    try:
        if path == "-":
            return saved_status(standard_input().read(), "-")
        with open(path, "rb") as file:  # noqa: PTH123
            return saved_status(file.read(), path)
    except (OSError, ValueError) as error:
        from tracker.wording.refusals import reason

        raise Unreachable(say("cannot read {file}: {reason}", file=path, reason=reason(error))) from error
