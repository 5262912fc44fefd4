"""The table of `tracker status`: one line a goal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.assess.figures import Assessment, Status
from tracker.errors import say
from tracker.model.actual import Quality
from tracker.views.order import by_declaration, counts
from tracker.views.table import Bar, Cell, Column, Row, Table
from tracker.wording.quantity import Amount, Likelihood, Points, Rate, apart, percents
from tracker.wording.reason import reason, target_value
from tracker.wording.terms import SHORT_QUALITY, STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.model.actual import View
    from tracker.views.order import Shown
    from tracker.wording.words import Words

NONE = Cell("–", dim=True)


class Shows(NamedTuple):
    """One column of the table: its title and place, and what it shows of a goal; `wide` ones are asked for."""

    column: Column
    cell: Callable[[Assessment], Cell]
    wide: bool = False


def columns(words: Words) -> tuple[Shows, ...]:
    """Return the columns of the table; the smaller its priority, the longer a column stays."""

    def put(cell: Callable[[Assessment, Words], Cell]) -> Callable[[Assessment], Cell]:
        return lambda seen: cell(seen, words)

    return (
        Shows(Column("status", words.text("Status")), put(_status)),
        Shows(Column("goal", words.text("Goal"), folds=True), lambda seen: Cell(seen.goal.name)),
        Shows(Column("actual", words.text("Actual"), right=True, priority=1), put(_actual)),
        Shows(Column("age", words.text("Age"), right=True, priority=8), put(_age)),
        Shows(Column("target", words.text("Target · due"), right=True, priority=2), put(_target)),
        Shows(Column("left", words.text("Left"), right=True, priority=7), put(_left)),
        Shows(Column("gap", words.text("Gap"), right=True, priority=4), put(_gap)),
        Shows(Column("progress", words.text("Progress ┃ time"), priority=6), _progress),
        Shows(Column("growth", words.text("Growth → required"), right=True, priority=5), put(_growth)),
        Shows(Column("chance", words.text("Chance"), right=True, priority=3), put(_chance)),
        Shows(Column("owner", words.text("Owner"), priority=9), _owner, wide=True),
        Shows(Column("reason", words.text("Why"), folds=True, priority=10), put(_reason), wide=True),
    )


def status_table(  # noqa: PLR0913  one argument for each thing it shows
    shown: Sequence[Shown],
    title: str | None,
    view: View,
    words: Words,
    *,
    wide: bool = False,
    among: Sequence[Assessment] | None = None,
) -> Table:
    """Return the table of goals with its summary line; `wide` brings every column there is.

    `among` are the goals that are counted, where not all are shown.
    """
    counted = [one.seen for one in shown] if among is None else among
    asked = [one for one in columns(words) if wide or not one.wide]
    rows = tuple(Row(tuple(one.cell(each.seen) for one in asked), each.seen.goal.group, each.depth) for each in shown)
    heads = tuple(one.column for one in asked)
    hidden = len(counted) - len(shown)
    notes = (words.text("{n} more goal, which --limit 0 shows", "{n} more goals, which --limit 0 shows", n=hidden),)
    return Table(
        heads,
        rows,
        title=summary(counted, title, view, words),
        lead=tuple(_declarations(counted, words)),
        notes=notes if hidden > 0 else (),
    )


def _declarations(assessments: Sequence[Assessment], words: Words) -> Iterator[str]:
    """Yield how the goals of each declaration for many stand."""
    for name, goals in by_declaration(assessments).items():
        yield words.text(
            "{name}: {n} goal: {statuses}",
            "{name}: {n} goals: {statuses}",
            name=name,
            n=len(goals),
            statuses=_standing(goals, words),
        )


def _standing(assessments: Sequence[Assessment], words: Words) -> str:
    found = {status: n for status, n in counts(assessments).items() if n}
    parts = [words.text("{count} {status}", count=n, status=STATUS[status]) for status, n in found.items()]
    return " · ".join(parts) or "–"


def summary(assessments: Sequence[Assessment], title: str | None, view: View, words: Words) -> str:
    """Return the line above the table: title, the day we look from, and how many goals stand where."""
    clocks = [words.text("as of {day}", day=view.as_of)]
    if view.known_on is not None:
        clocks.append(words.text("known on {day}", day=view.known_on))
    if view.recorded_by is not None:
        clocks.append(words.text("recorded by {day}", day=view.recorded_by))
    goals = words.text(
        "{n} goal: {statuses}",
        "{n} goals: {statuses}",
        n=len(assessments),
        statuses=_standing(assessments, words),
    )
    return " · ".join([*([title] if title else []), *clocks, goals])


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
    return Cell(f"{value} {seen.actual.period}{quality}")


def _age(seen: Assessment, words: Words) -> Cell:
    return NONE if seen.age_days is None else Cell(words.text("{n} d", n=seen.age_days))


def _target(seen: Assessment, words: Words) -> Cell:
    due = seen.goal.due.text if seen.goal.due else seen.due.isoformat() if seen.due else "–"
    if seen.goal.parts is not None:
        return Cell(words(say("{n} goals · {due}", n=len(seen.children), due=due)))
    if seen.target is None or seen.target.value is None or seen.target.form == "milestone":
        return Cell(due)
    rising = " ↗" if seen.target.form == "series" else ""
    # the unit stands with the actual already
    unit = None if seen.actual is not None and seen.unit != "%" else seen.unit
    return Cell(f"{words.put(target_value(seen, unit))}{rising} · {due}")


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
    if seen.elapsed is None:
        return Cell(f"{done} %", bar=Bar(seen.progress, None))
    return Cell(f"{done}┃{percents(seen.elapsed, 0)} %", bar=Bar(seen.progress, seen.elapsed))


def _growth(seen: Assessment, words: Words) -> Cell:
    growth = seen.growth
    if growth is None or (growth.observed is None and growth.required is None):
        return NONE
    if growth.unit == "%/year":
        return Cell(f"{_rate(growth.observed)} → {_rate(growth.required)} %")
    over = seen.status in {Status.ACHIEVED, Status.MISSED} or growth.required is None
    if over:
        return Cell(words.put(Rate(growth.observed, growth.unit)))
    return Cell(words.put(Rate(growth.observed, growth.unit, growth.required, arrow=True)))


def _chance(seen: Assessment, words: Words) -> Cell:
    return NONE if seen.chance is None else Cell(words.put(Likelihood(seen.chance)))


def _owner(seen: Assessment) -> Cell:
    return Cell(seen.goal.owner) if seen.goal.owner else NONE


def _reason(seen: Assessment, words: Words) -> Cell:
    return Cell(reason(seen, words))


def _rate(value: float | None) -> str:
    return "–" if value is None else apart(value, None)
