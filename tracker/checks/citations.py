"""What cannot be cited: figures and promises that say neither who published them nor where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import Goal, GoalsFile


def citations(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], store: str) -> list[Problem]:
    """Return a warning for each promise and each actual in force that has neither source nor url.

    What the series says of its source holds for its actuals. Actuals of series that the goals file does not declare
    are in no figure.
    """
    found = [problem for goal in file.goals for problem in _of_goal(goal, file.file)]
    lines = [
        line
        for name, recorded in actuals.items()
        if name in file.series and not (file.series[name].source or file.series[name].url)
        for line in recorded
        if not (line.source or line.url)
    ]
    what = say("neither source nor url says where this figure is from")
    for line in sorted(lines, key=lambda line: line.line or line.position):
        where = f"{line.series} {line.period.text}"
        advice = say("`tracker record` takes --source and --url; [series.{name}] may say it for all", name=line.series)
        found.append(Problem(store, line.line, where, what, advice, warning=True))
    return found


def _of_goal(goal: Goal, file: str) -> Iterator[Problem]:
    if not (goal.source or goal.url):
        what = say("neither source nor url says who promised this")
        yield Problem(file, goal.line, f"goals.{goal.id}", what, warning=True)
    for revision in goal.revisions:
        if not revision.source:
            what = say("no source says who promised otherwise until {day}", day=revision.until)
            yield Problem(file, goal.line, f"goals.{goal.id}.revisions", what, warning=True)
