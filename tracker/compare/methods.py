"""What every method says of the same goals, side by side, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import assess
from tracker.assess.figures import JUDGED, Assessment
from tracker.model.goal import Method

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tracker.model.actual import Actual, View
    from tracker.model.goal import GoalsFile

Judged = dict[Method, Assessment]
"""One goal's assessment by each method."""


def by_method(
    file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View, ids: Collection[str]
) -> dict[str, Judged]:
    """Return the assessments of goals by every method; `actuals` are the lines in force, as for `assess`."""
    wanted = _with_children(file, ids)
    alone = file._replace(goals=tuple(goal for goal in file.goals if goal.id in wanted))
    found: dict[str, Judged] = {id_: {} for id_ in ids}
    for method in Method:
        for seen in assess(alone._replace(rules=file.rules._replace(method=method)), actuals, view):
            if seen.goal.id in found:
                found[seen.goal.id][method] = seen
    return found


def _with_children(file: GoalsFile, ids: Collection[str]) -> set[str]:
    parts = {goal.id: goal.parts.ids for goal in file.goals if goal.parts is not None}
    wanted: set[str] = set()
    queue = list(ids)
    while queue:
        id_ = queue.pop()
        if id_ not in wanted:
            wanted.add(id_)
            queue += parts.get(id_, ())
    return wanted


def is_parted(judged: Judged) -> bool:
    """Tell whether the methods part: of those that look ahead at all, not every one says the same."""
    return len({seen.status for seen in judged.values() if seen.status in JUDGED}) > 1
