"""What is wrong or odd about goals and actuals taken together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.errors import Problem, say
from tracker.model.goal import SUMMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import GoalsFile


def ledger_problems(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], store: str) -> list[Problem]:
    """Return the errors that show only when actuals meet their series: amounts of periods of different lengths.

    `actuals` are the lines in force; amounts for years and months cannot be told apart once they are added up.
    """
    problems = []
    for name, series in file.series.items():
        if series.kind not in SUMMED:
            continue
        for before, after in pairwise(actuals.get(name, ())):
            if before.period.length is not after.period.length:
                what = say(
                    "{period} and {other} (line {line}) are periods of different lengths in a series of kind {kind}",
                    period=after.period,
                    other=before.period,
                    line=before.line or before.position,
                    kind=series.kind.value,
                )
                advice = say("amounts add up only if all periods of a series have one length; use a series for each")
                problems.append(Problem(store, after.line, name, what, advice))
                break
    return problems
