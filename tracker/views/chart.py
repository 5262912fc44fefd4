"""A goal's chart as data: what every drawing of it, on a terminal or on a page, follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED, Status
from tracker.errors import say
from tracker.model.goal import Mode
from tracker.tuples import NamedTuple
from tracker.views.chartlines import Spot, followed, moved, planned, required_way, so_far, values
from tracker.wording.explain_ahead import is_uncertain
from tracker.wording.quantity import Amount, Likelihood, apart
from tracker.wording.reason import reason, target_value
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment
    from tracker.model.actual import Actual, View
    from tracker.model.goal import GoalsFile
    from tracker.wording.words import Words

BEYOND = 0.5
"""A day later than the last of all others by more than this share of the chart's span stands at its edge."""


class Drawn(NamedTuple):
    """One line: its key ("actual", "path", "required", "projected", "target"), its name, its corners by day."""

    key: str
    name: str
    spots: tuple[Spot, ...]


class Fan(NamedTuple):
    """The range that 8 in 10 outcomes fall into: it opens from a spot to `low` and `high` on a day."""

    name: str
    start: Spot
    on: date
    low: float
    high: float


class Aim(NamedTuple):
    """The target: `spot` is where it must be met, `low` and `high` a band, `level` whether it stands still."""

    name: str
    spot: Spot
    low: float | None
    high: float | None
    level: bool


class Day(NamedTuple):
    """A day that is marked, with its key ("due", "today"); `beyond` is one that lies right of the chart."""

    key: str
    name: str
    on: date
    beyond: bool = False


class Chart(NamedTuple):
    """What a chart shows, from the day `start` to the day `end`; `about` says in words what there is to see."""

    title: str
    status: Status
    verdict: str
    reason: str
    about: str
    unit: str | None
    start: date
    end: date
    lines: tuple[Drawn, ...]
    fan: Fan | None
    aim: Aim | None
    days: tuple[Day, ...]

    @property
    def subtitle(self) -> str:
        """Return what the goal's status is, and why."""
        return f"{self.verdict} · {self.reason}"


def chart_of(
    seen: Assessment, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View, words: Words
) -> Chart | None:
    """Return the chart of a goal; None where it has no values to draw: composites, milestones, nothing recorded.

    `actuals` are the lines in force for `view`, as for `assess`.
    """
    target = seen.target
    if (
        seen.goal.parts is not None
        or seen.actual is None
        or seen.due is None
        or (target and target.form == "milestone")
    ):
        return None
    lines = tuple(line for line in _lines(seen, file, actuals, words) if line.spots)
    aim = _aim(seen, seen.due, words)
    known = [spot.on for line in lines for spot in line.spots]
    start, end = min(known), max(*known, seen.due)
    days = (
        Day("due", words.text("due {day}", day=seen.goal.due.text if seen.goal.due else seen.due), seen.due),
        _today(view.as_of, start, end, words),
    )
    end = max([end, *(day.on for day in days)])
    return Chart(
        title=seen.goal.name,
        status=seen.status,
        verdict=words(STATUS[seen.status]),
        reason=words.text("{reason}.", reason=reason(seen, words)),
        about=words.text(
            "{goal}, {status}: {what}.", goal=seen.goal.name, status=STATUS[seen.status], what=_about(seen, words)
        ),
        unit=seen.unit,
        start=start,
        end=end,
        lines=lines,
        fan=_fan(seen, words),
        aim=aim,
        days=days,
    )


def _lines(seen: Assessment, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], words: Words) -> list[Drawn]:
    """Return every line, the quietest first: what is drawn later lies above."""
    lines = [
        Drawn("target", words.text("target {series}", series=_name(seen, file)), moved(seen, file, actuals)),
        Drawn("path", words.text("planned path"), planned(seen)),
        Drawn("actual", words.text("actual"), values(seen)),
        Drawn("actual", words.text("actual"), so_far(seen)),
    ]
    if seen.status not in {Status.ACHIEVED, Status.MISSED}:
        lines[2:2] = [
            Drawn("projected", words.text("if it goes on as it has"), followed(seen)),
            Drawn("required", words.text("as it must go"), required_way(seen)),
        ]
    return lines


def _name(seen: Assessment, file: GoalsFile) -> str:
    series = file.series.get(seen.target.series or "") if seen.target else None
    return series.name if series else ""


def _fan(seen: Assessment, words: Words) -> Fan | None:
    ahead, now = seen.projected, seen.actual
    if ahead is None or now is None or seen.due is None or ahead.low is None or ahead.high is None:
        return None
    if now.on >= seen.due or seen.status not in JUDGED or is_uncertain(seen, ahead):
        return None
    return Fan(words.text("8 in 10 outcomes"), Spot(now.on, now.value), seen.due, ahead.low, ahead.high)


def _aim(seen: Assessment, due: date, words: Words) -> Aim | None:
    target = seen.target
    if target is None or target.value is None:
        return None
    name = words.text("target {value}", value=target_value(seen))
    return Aim(name, Spot(due, target.value), target.low, target.high, target.form != "series")


def _today(as_of: date, start: date, end: date, words: Words) -> Day:
    """Return the day we look from; where it lies far to the right it stands at the edge and says so."""
    if (as_of - end).days > BEYOND * max((end - start).days, 1):
        return Day("today", words.text("as of {day} →", day=as_of), end, beyond=True)
    return Day("today", words.text("as of {day}", day=as_of), max(as_of, start))


def _about(seen: Assessment, words: Words) -> str:
    """Return what the chart shows in one sentence, for those who do not see it."""
    now = seen.actual
    said = []
    if now is not None:
        other = seen.target.value if seen.target else None
        value = Amount(now.value, seen.unit, other)
        said.append(words(say("{value} for {period}", value=value, period=now.period)))
    if seen.target is not None and seen.target.value is not None:
        mode = words.text("target {value}", value=target_value(seen))
        said.append(words.text("{target} by {due}", target=mode, due=seen.due))
    ahead = seen.projected
    if ahead is not None and ahead.value is not None and seen.goal.mode is not Mode.KEEP:
        value = Amount(ahead.value, seen.unit)
        said.append(words(say("going on as it has leads to {value}", value=value)))
    if _fan(seen, words) is not None and ahead is not None and ahead.low is not None:
        low = apart(ahead.low, ahead.high)
        said.append(words.text("8 in 10 outcomes between {low} and {high}", low=low, high=ahead.high))
    if seen.chance is not None:
        said.append(words.text("chance {chance}", chance=Likelihood(seen.chance)))
    return words.text("; ").join(said)
