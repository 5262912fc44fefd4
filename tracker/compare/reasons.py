"""Why promises changed, as the goals file tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.compare.changes import Changes
    from tracker.model.goal import GoalsFile, Revision


def with_reasons(found: Changes, file: GoalsFile, since: date, now: date | None) -> Changes:
    """Return the changes with the reason and source of each promise that ended between two days (None: today)."""
    goals = {goal.id: goal for goal in file.goals}
    promises = []
    for one in found.promises:
        goal = goals.get(one.goal)
        ended = sorted(
            (each for each in (goal.revisions if goal else ()) if since <= each.until and not _holds(each, now)),
            key=lambda each: each.until,
        )
        why = "; ".join(each.why for each in ended if each.why) or None
        source = "; ".join(each.source for each in ended if each.source) or None
        promises.append(one._replace(why=why, source=source))
    return found._replace(promises=tuple(promises))


def _holds(revision: Revision, day: date | None) -> bool:
    return day is not None and revision.until >= day
