"""What an import comes to: for every value whether it is new, the same or a revision, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, WrongUsage, say
from tracker.intake.kept import Candidate, Skipped, cell_problem
from tracker.intake.recording import Outcome, recording
from tracker.model.actual import Actual, View, age_key, in_force
from tracker.model.goal import SUMMED, Kind
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tracker.intake.found import Found
    from tracker.model.goal import GoalsFile

    Key = tuple[str, str]


class Planned(NamedTuple):
    """What becomes of one value: `line` is to be appended, None where nothing is; `before` is what was in force."""

    candidate: Candidate
    outcome: Outcome
    line: Actual | None
    before: Actual | None
    holds: bool


class Plan(NamedTuple):
    """What an import comes to, before anything is written.

    `missing` counts cells that say that there is no value. With `problems` nothing is imported.
    """

    tables: Sequence[Found]
    planned: Sequence[Planned]
    skipped: Sequence[Skipped]
    problems: Sequence[Problem]
    missing: int

    @property
    def lines(self) -> list[Actual]:
        """Return the lines to append."""
        return [each.line for each in self.planned if each.line is not None]

    def count(self, outcome: Outcome) -> int:
        """Return how many values have an outcome."""
        return sum(each.outcome is outcome for each in self.planned)


def planned(candidates: Iterable[Candidate], lines: Iterable[Actual], now: datetime) -> list[Planned]:
    """Return what becomes of every value, given every recorded line of their series.

    A value whose firmness nobody states and that is in force already keeps the quality it has.
    """
    history: dict[Key, list[Actual]] = {}
    for line in lines:
        history.setdefault((line.series, line.period.text), []).append(line)
    return [_planned(each, history, now) for each in candidates]


def _planned(each: Candidate, history: dict[Key, list[Actual]], now: datetime) -> Planned:
    new = each.actual._replace(recorded_at=now)
    known = history.setdefault((new.series, new.period.text), [])
    if not known and new.value is not None:
        known.append(new)
        return Planned(each, Outcome.NEW, new, None, holds=True)
    if each.was is not None and any(_is_it(line, each) for line in known):
        return Planned(each, Outcome.SAME, None, None, holds=True)
    if not each.firm and known:
        latest = max(known, key=age_key)
        new = new._replace(quality=latest.quality) if latest.value == new.value else new
    try:
        done = recording(known, new, revise=True)
    except WrongUsage:  # a retraction where there is no value
        return Planned(each, Outcome.SAME, None, None, holds=True)
    known += done.lines
    return Planned(each, done.outcome, done.lines[0] if done.lines else None, done.before, done.holds)


def _is_it(line: Actual, each: Candidate) -> bool:
    """Tell whether a value is this very line of the ledger, which the table was made from."""
    new = each.actual
    return (line.recorded_at, line.value, line.quality) == (each.was, new.value, new.quality)


def contradictions(candidates: Iterable[Candidate]) -> list[Problem]:
    """Return a problem for each cell that gives a series and period another value than a cell before it.

    Lines that became public, or were recorded, at different times are a history and no contradiction.
    """
    first: dict[tuple[str, str, date | None, datetime | None], Candidate] = {}
    problems = []
    for each in candidates:
        key = (each.actual.series, each.actual.period.text, each.actual.published, each.was)
        before = first.setdefault(key, each)
        if before.actual.value != each.actual.value:
            what = say(
                "{series} is {value} for {period} here, but {other} in {cell}",
                series=each.actual.series, value=each.actual.value, period=each.actual.period,
                other=before.actual.value, cell=before.cell,
            )  # fmt: skip
            problems.append(cell_problem(each.found, each.place, what, say("one series has one value for a period")))
    return problems


def unfit(file: GoalsFile, done: Sequence[Planned], lines: Iterable[Actual], latest: date) -> list[Problem]:
    """Return a problem for each series of amounts that the import would leave with periods of several lengths."""
    new = {each.candidate.actual.series: each for each in done if each.line is not None}
    summed = {name for name in new if name in file.series and file.series[name].kind in SUMMED}
    if not summed:
        return []
    after = [*lines, *(each.line for each in done if each.line is not None)]
    ours = [line._replace(position=place) for place, line in enumerate(after, 1) if line.series in summed]
    problems = []
    for name, holding in in_force(ours, View(latest)).items():
        kept = new[name].candidate
        other = next((line for line in holding if line.period.length is not kept.actual.period.length), None)
        if other is not None:
            what = say(
                "{period} and {other} are periods of different lengths in {series}, which is of kind {kind}",
                period=kept.actual.period, other=other.period, series=name, kind=file.series[name].kind.value,
            )  # fmt: skip
            advice = _CUMULATED if file.series[name].kind is Kind.YTD else _ADDED
            problems.append(cell_problem(kept.found, kept.place, what, advice))
    return problems


_ADDED = say("amounts add up only if all periods of a series have one length; use a series for each")
_CUMULATED = say("head what is cumulated since January with 1-3月, 1-6月 and so on, and the whole year with 1-12月")
