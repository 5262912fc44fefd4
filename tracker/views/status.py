"""The table of `tracker status`: one line a goal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Assessment, Status
from tracker.errors import say
from tracker.model.actual import Quality
from tracker.model.goal import Kind, Method
from tracker.tuples import NamedTuple
from tracker.views.order import Part, Shown, by_declaration, counts
from tracker.views.table import NONE, Bar, Cell, Column, Row, Table
from tracker.wording.noted import noted
from tracker.wording.quantity import Amount, Likelihood, Points, Rate, apart, percents
from tracker.wording.reason import reason, target_value
from tracker.wording.terms import SHORT_QUALITY, STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.model.actual import View
    from tracker.wording.words import Words

ACTUAL = ("actual.value", "actual.period", "actual.quality")
TARGET = ("target.value", "due")
PROGRESS = ("progress", "elapsed")
GROWTH = ("growth.observed", "growth.required", "growth.unit")
SHEET = (
    "group", "status", "name", "actual.value", "unit", "actual.period", "actual.quality", "target.value", "due",
    "today.left", "gap", "progress", "elapsed", "growth.observed", "growth.required", "growth.unit", "chance",
    "projected.value", "owner", "reason", "source",
)  # fmt: skip
"""The fields that a workbook has where no columns are asked for: the same figures, one a cell."""
TREND = 12
"""How many of the last values show the trend."""


class Shows(NamedTuple):
    """One column of the table: its title and place, and what it shows of a goal; `wide` ones are asked for.

    `fields` are those of the record that it is made of, where they are not the one called like its key.
    """

    column: Column
    cell: Callable[[Assessment], Cell]
    wide: bool = False
    fields: tuple[str, ...] = ()


def columns(words: Words) -> tuple[Shows, ...]:
    """Return the columns of the table; the smaller its priority, the longer a column stays."""

    def put(cell: Callable[[Assessment, Words], Cell]) -> Callable[[Assessment], Cell]:
        return lambda seen: cell(seen, words)

    return (
        Shows(Column("status", words.text("Status")), put(_status)),
        Shows(Column("goal", words.text("Goal"), folds=True), lambda seen: Cell(seen.goal.name), fields=("name",)),
        Shows(Column("actual", words.text("Actual"), right=True, priority=1), put(_actual), fields=ACTUAL),
        Shows(Column("age", words.text("Age"), right=True, priority=8), put(_age), fields=("actual.age_days",)),
        Shows(Column("target", words.text("Target · due"), right=True, priority=2), put(_target), fields=TARGET),
        Shows(Column("left", words.text("Left"), right=True, priority=7), put(_left), fields=("today.left",)),
        Shows(Column("gap", words.text("Gap"), right=True, priority=4), put(_gap)),
        Shows(Column("progress", words.text("Progress ┃ time"), priority=6), _progress, fields=PROGRESS),
        Shows(Column("growth", words.text("Growth → required"), right=True, priority=5), put(_growth), fields=GROWTH),
        Shows(Column("chance", words.text("Chance"), right=True, priority=3), put(_chance)),
        Shows(Column("verdict", words.text("Verdict"), priority=3), put(_verdict), wide=True),
        Shows(Column("trend", words.text("Trend"), priority=9), _trend, wide=True),
        Shows(Column("owner", words.text("Owner"), priority=9), _owner, wide=True),
        Shows(Column("noted", words.text("Note"), folds=True, priority=11), put(_noted), wide=True),
        Shows(Column("reason", words.text("Why"), folds=True, priority=10), put(_reason), wide=True),
    )


def usual_columns(words: Words, *, wide: bool = False, ruled: bool = False) -> list[Shows]:
    """Return the columns that a table has where none are asked for; `wide` brings every one there is.

    Where goals are judged by a published rule (`ruled`), what it says itself stands beside the statuses it gave.
    """
    return [one for one in columns(words) if wide or not one.wide or (ruled and one.column.key == "verdict")]


def status_table(  # noqa: PLR0913, PLR0917  what it shows, and how much of it
    shown: Sequence[Shown],
    asked: Sequence[Shows],
    title: str | None,
    view: View,
    words: Words,
    part: Part | None = None,
) -> Table:
    """Return the table of goals in the columns asked for, with its summary line.

    `part` tells of which goals these are only a part: all are counted, and notes say how many are left out.
    """
    rows = tuple(Row(tuple(one.cell(each.seen) for one in asked), each.group, each.depth) for each in shown)
    counted = list({each.seen.goal.id: each.seen for each in shown}.values()) if part is None else part.among
    return Table(
        tuple(one.column for one in asked),
        rows,
        title=summary(counted, title, view, words),
        lead=tuple(_declarations(counted, words)),
        notes=() if part is None else tuple(_left_out(part, words)),
    )


def _left_out(part: Part, words: Words) -> Iterator[str]:
    """Yield how many goals are not shown, and what shows them; where nothing is recorded at all, how that is done."""
    if part.among and all(
        seen.status is Status.NO_DATA and seen.actual is None and seen.recorded is None for seen in part.among
    ):
        first = next((seen.goal.series for seen in part.among if seen.goal.series is not None), "SERIES")
        yield words.text("nothing is recorded yet: tracker record {series} VALUE --period P", series=first)
    more = len(part.among) - len(part.shown)
    if more > 0:
        yield words.text("{n} more goal, which --limit 0 shows", "{n} more goals, which --limit 0 shows", n=more)
    if part.hidden:
        yield behind(part.hidden, words)


def behind(n: int, words: Words) -> str:
    """Return how many goals for other periods stand behind those that repeat."""
    return words.text(
        "{n} goal for another period is not shown: --all shows it",
        "{n} goals for other periods are not shown: --all shows them",
        n=n,
    )


def _declarations(assessments: Sequence[Assessment], words: Words) -> Iterator[str]:
    """Yield how the goals of each declaration for many stand, where more than one of them is counted."""
    for name, goals in by_declaration(assessments).items():
        if len(goals) > 1:
            yield f"{name}: {standings(goals, words)}"


def summary(assessments: Sequence[Assessment], title: str | None, view: View, words: Words) -> str:
    """Return the line above the table: title, the day we look from, and how many goals stand where."""
    said = clocks(view, words)
    method = next((seen.verdict.method for seen in assessments), Method.CHANCE)
    if method is not Method.CHANCE:
        said.append(words.text("judged by {method}", method=method.value))
    return " · ".join([*([title] if title else []), *said, standings(assessments, words)])


def clocks(view: View, words: Words) -> list[str]:
    """Return the days we look from, in words."""
    said = [words.text("as of {day}", day=view.as_of)]
    if view.known_on is not None:
        said.append(words.text("known on {day}", day=view.known_on))
    if view.recorded_by is not None:
        said.append(words.text("recorded by {day}", day=view.recorded_by))
    return said


def standings(assessments: Sequence[Assessment], words: Words) -> str:
    """Return how many goals there are and how many of them stand where, in words."""
    found = {status: n for status, n in counts(assessments).items() if n}
    parts = [words.text("{count} {status}", count=n, status=STATUS[status]) for status, n in found.items()]
    return words.text(
        "{n} goal: {statuses}", "{n} goals: {statuses}", n=len(assessments), statuses=" · ".join(parts) or "–"
    )


def grouped(shown: Sequence[Shown], by: Callable[[Assessment], list[str]], words: Words) -> list[Shown]:
    """Return goals under the headings that `by` gives each, with how they stand there; in the order of the goals."""
    under: dict[str, list[Assessment]] = {}
    for each in shown:
        for heading in by(each.seen):
            under.setdefault(heading, []).append(each.seen)
    return [
        Shown(seen, heading=f"{heading} · {standings(members, words)}")
        for heading, members in under.items()
        for seen in members
    ]


def _status(seen: Assessment, words: Words) -> Cell:
    text = words(STATUS[seen.status])
    if seen.lapsed:
        text = words.text("{status}, lapsed", status=text)
    if seen.stale:
        text = words.text("{status}, stale", status=text)
    return Cell(text, status=seen.status)


def _actual(seen: Assessment, words: Words) -> Cell:
    if seen.actual is None:
        return Cell("–", dim=True)
    value = words.put(Amount(seen.actual.value, seen.unit, seen.target.value if seen.target else None))
    soft = seen.actual.quality not in {None, Quality.FINAL}
    quality = f" {words(SHORT_QUALITY[seen.actual.quality])}" if soft and seen.actual.quality else ""
    return Cell(f"{value} {seen.actual.period}{quality}", lines=(value, f"{seen.actual.period}{quality}"))


def _age(seen: Assessment, words: Words) -> Cell:
    return NONE if seen.age_days is None else Cell(words.text("{n} d", n=seen.age_days))


def _target(seen: Assessment, words: Words) -> Cell:
    due = seen.goal.due.text if seen.goal.due else seen.due.isoformat() if seen.due else "–"
    if seen.goal.parts is not None:
        text = words(say("{n} goal · {due}", "{n} goals · {due}", n=len(seen.children), due=due))
        return Cell(text, lines=(text.removesuffix(due).rstrip(" ·"), due))
    if seen.target is None or seen.target.value is None or seen.target.form == "milestone":
        return Cell(due)
    rising = " ↗" if seen.target.form == "series" else ""
    # the unit stands with the actual already
    unit = None if seen.actual is not None and seen.unit != "%" else seen.unit
    value = f"{words.put(target_value(seen, unit))}{rising}"
    return Cell(f"{value} · {due}", lines=(value, due))


def _left(seen: Assessment, words: Words) -> Cell:
    if seen.today.left is None:
        return NONE
    return Cell(words.text("{n} d", n=seen.today.left)) if seen.today.left >= 0 else Cell(words.text("past"), dim=True)


def _gap(seen: Assessment, words: Words) -> Cell:
    if seen.gap is None:
        return NONE
    if seen.gap <= 0:
        return Cell("0" if seen.gap == 0 else words.text("+{over}", over=Points(-seen.gap, seen.unit)), dim=True)
    return Cell(words.put(Points(seen.gap, seen.unit)))


def _progress(seen: Assessment) -> Cell:
    if seen.progress is None:
        return NONE
    done = percents(seen.progress, 0)
    text = f"{done} %" if seen.elapsed is None else f"{done}┃{percents(seen.elapsed, 0)} %"
    return Cell(text, bar=Bar(seen.progress, seen.elapsed), lines=("", text))


def _growth(seen: Assessment, words: Words) -> Cell:
    growth = seen.growth
    if growth is None or (growth.observed is None and growth.required is None):
        return NONE
    if growth.unit == "%/year":
        return _in_two(f"{_rate(growth.observed)} → {_rate(growth.required)} %")
    over = seen.status in {Status.ACHIEVED, Status.MISSED} or growth.required is None
    if over:
        return Cell(words.put(Rate(growth.observed, growth.unit)))
    return _in_two(words.put(Rate(growth.observed, growth.unit, growth.required, arrow=True)))


def _in_two(text: str) -> Cell:
    """Return what there was → what there must be, in two lines where space is short."""
    before, arrow, after = text.partition(" → ")
    return Cell(text, lines=(before + arrow.rstrip(), after))


def _chance(seen: Assessment, words: Words) -> Cell:
    return NONE if seen.chance is None else Cell(words.put(Likelihood(seen.chance)))


def _verdict(seen: Assessment, words: Words) -> Cell:
    if seen.verdict.method is Method.CHANCE:
        return NONE
    from tracker.wording.explain_verdict import detail_of

    said = detail_of(seen)
    return NONE if said is None else Cell(words.put(said))


def _trend(seen: Assessment) -> Cell:
    """Return the last values of the history, of a year that is not over those of the full years before."""
    points = seen.history[:-1] if seen.year is not None else seen.history
    if len(points) < 2 or seen.kind is Kind.MILESTONE:  # noqa: PLR2004  one value has no trend
        return NONE
    values = tuple(point.value for point in points[-TREND:])
    return Cell(f"{apart(values[0], None)} → {apart(values[-1], None)}", spark=values)


def _owner(seen: Assessment) -> Cell:
    return Cell(seen.goal.owner) if seen.goal.owner else NONE


def _noted(seen: Assessment, words: Words) -> Cell:
    return NONE if seen.noted is None else Cell(words(noted(seen.noted)))


def _reason(seen: Assessment, words: Words) -> Cell:
    return Cell(reason(seen, words))


def _rate(value: float | None) -> str:
    return "–" if value is None else apart(value, None)
